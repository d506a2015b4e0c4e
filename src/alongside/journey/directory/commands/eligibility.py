"""Who may come to a service: changed only after a rehearsal of exactly this change, of the entry as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.journal.command import command, note
from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.models import NeedTag, RuleChange, Service
from alongside.journey.directory.policies import check_can_keep
from alongside.journey.directory.queries.rules_in_force import Rule, Somebody, rehearse, rule_of, was_rehearsed
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.needs import NEEDS

OLDEST = 120


class AgesTheWrongWayRound(Invalid):
    code = "ages_the_wrong_way_round"
    message = _("The youngest age is above the oldest one.")


class ForAndAgainst(Invalid):
    code = "for_and_against"
    message = _("It is for this need, so it cannot turn away whoever has it.")


class RehearseFirst(Invalid):
    code = "rehearse_first"
    message = _(
        "Something has changed since this was rehearsed. Look at who would gain and who would lose now, and then save it."
    )


class SayWhyTheRule(Invalid):
    code = "say_why_the_rule"
    message = _("Say in one line why.")


class SayWhoAgreed(Invalid):
    code = "say_who_agreed"
    message = _("This would shut people out. Say who agreed to it, such as the governance group and its day.")


@command("service.rules_changed")
def change_rules(
    *,
    actor: Actor,
    at: datetime,
    service_id: UUID,
    rule: Rule,
    people: Sequence[Somebody],
    rehearsed: str,
    reason: str,
    agreed_by: str = "",
) -> RuleChange:
    """Change for which needs and ages a service is, and with which other needs it takes nobody; a feed changes that no more.

    In:       `people`, everybody of the hub as matching asks; `rehearsed`, the seal of the rehearsal that was looked at.
    Refuses:  NotThisRole; NotFound; AgesTheWrongWayRound; ForAndAgainst; SayWhyTheRule; RehearseFirst when this very change was not rehearsed in the
              last twelve hours, or would do something else by now; SayWhoAgreed when it shuts anybody out.
    Source:   S1-06; promise "doors cannot quietly narrow".
    """
    service = _lock_open(actor, service_id)
    check_can_keep(actor, service)
    check_rule(rule)
    if not reason.strip():
        raise SayWhyTheRule
    before, now_does = rule_of(service), rehearse(service, rule, people)
    if rule == before or not was_rehearsed(service, rule, rehearsed, now_does):
        raise RehearseFirst
    if now_does.lose != "0" and not agreed_by.strip():
        raise SayWhoAgreed
    service.age_from, service.age_to, service.not_with = rule.age_from, rule.age_to, list(rule.not_with)
    service.rules_said_at = at
    service.save(update_fields=["age_from", "age_to", "not_with", "rules_said_at"])
    NeedTag.objects.filter(service=service).delete()
    NeedTag.objects.bulk_create(NeedTag(service=service, hub_id=service.hub_id, need=need, guessed=False) for need in rule.needs)
    index([service.pk])
    made = RuleChange.objects.create(
        service=service, hub_id=service.hub_id, at=at, by_id=actor.hat_id, before=before.facts(), after=rule.facts(),
        gain=now_does.gain, lose=now_does.lose, reason=reason.strip()[:400], agreed_by=agreed_by.strip()[:160],
    )  # fmt: skip
    note(
        service=service.public_id, change=made.pk, age_from=rule.age_from, age_to=rule.age_to, age_from_before=before.age_from,
        age_to_before=before.age_to, needs=list(rule.needs), category=list(rule.not_with),
    )  # fmt: skip
    return made


def check_rule(rule: Rule) -> None:
    """Refuse ages in the wrong order or beyond any life, needs that are none, and needs that it is both for and against."""
    ages = [one for one in (rule.age_from, rule.age_to) if one is not None]
    if any(not 0 <= one <= OLDEST for one in ages) or not {*rule.not_with, *rule.needs} <= set(NEEDS):
        raise NotFound
    if ages != sorted(ages):
        raise AgesTheWrongWayRound
    if set(rule.not_with) & set(rule.needs):
        raise ForAndAgainst


def _lock_open(actor: Actor, service_id: UUID) -> Service:
    found = Service.objects.select_for_update().filter(public_id=service_id, hub_id=actor.hub, closed_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found
