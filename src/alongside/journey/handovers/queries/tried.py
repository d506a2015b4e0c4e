# For workers only.
"""What was tried for a person before, as matching is told it; and what was shown when one service was chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from re import fullmatch
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.access.policy import visible_to
from alongside.design.words import day, language, month_name, words
from alongside.hubs.queries import local_date
from alongside.journey.directory.models import Service
from alongside.journey.directory.queries.matching import EarlierAnswer
from alongside.journey.directory.rules import OFFERS_PER_NEED
from alongside.journey.handovers.codes import RESULTS
from alongside.journey.handovers.models import Handover, Signpost
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.handover_answers import NOT_US
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.ways_of_help import WAYS

STANDS = timedelta(weeks=8)
"""So long a "not us" stands that may change; what does not change with time stands for good."""
FOR_GOOD = ("outside", "not_safe", "closed")


def earlier_answers(actor: Actor, person_id: int, on: date) -> list[EarlierAnswer]:
    """List what was tried for a person before, as it stands with each receiver now, newest first.

    Out:      plain values for matching: which service or team, a sentence, and whether it leaves the service out: "not us" that still
              stands, "not now" until a day to come. Never the words they added.
    Queries:  two.
    """
    introduced = visible_to(actor, Handover.objects.filter(person_id=person_id)).order_by("offered_at", "pk")
    newest = {(one.to_service_id, one.to_team_id): one for one in introduced}
    told = visible_to(actor, Signpost.objects.filter(person_id=person_id)).order_by("given_at", "pk")
    found = [
        (one.offered_at, _introduced(one, on, service=service, team=None if service else team))
        for (service, team), one in newest.items()
    ]
    found += [(one.given_at, EarlierAnswer(one.service_id, None, _told_words(one), leaves_out=False)) for one in told]
    return [answer for _at, answer in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _introduced(one: Handover, on: date, *, service: int | None, team: int | None) -> EarlierAnswer:
    if one.answer == "not_us" and one.answered_at:
        stands = one.not_us_reason in FOR_GOOD or local_date(one.answered_at) + STANDS > on
        said = {"day": day(one.answered_at), "why": words(NOT_US, one.not_us_reason)}
        return EarlierAnswer(service, team, _("they said not us on %(day)s: %(why)s") % said, stands)
    if one.answer == "not_now" and one.not_now_until and one.not_now_until > on:
        said = {"day": day(one.answered_at), "until": day(one.not_now_until)}
        return EarlierAnswer(service, team, _("they said not now on %(day)s: from %(until)s") % said)
    return EarlierAnswer(service, team, _tried_words(one, on), leaves_out=False)


def _tried_words(one: Handover, on: date) -> str:
    if one.settled_at:
        said = _("met, and settled")
    elif one.met_at:
        said = _("met")
    elif one.accepted_at and not one.disputed_at and one.meet_by and one.meet_by >= on:
        said = _("they said yes and have not met yet")
    elif one.accepted_at:
        said = _("did not meet")
    elif one.answer == "not_now":
        said = _("they said not now")
    else:
        said = _("no answer yet")
    return _("tried in %(month)s: %(said)s") % {"month": _month(one.offered_at), "said": said}


def _told_words(one: Signpost) -> str:
    said = words(RESULTS, one.result) if one.result else _("not asked yet how it went")
    return _("told of it in %(month)s: %(said)s") % {"month": _month(one.given_at), "said": said}


def _month(at: datetime) -> str:
    on = local(at)
    return f"{month_name(on.month, language())} {on.year}"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was shown when a service was chosen, for which need, and what was wished for: keys and codes only."""

    need: str = ""
    shown: tuple[int, ...] = ()
    wishes: tuple[str, ...] = ()


def chosen_from(actor: Actor, *, need: str, shown: str, wishes: Iterable[str]) -> Chosen:
    """Read what the link of an offer says was shown with it: public ids of services of the hub, in their order, with dots between.

    Out:      only what is a need, a wish, a service of this hub. Queries: one, or none.
    """
    asked = [UUID(hex=one) for one in shown.split(".")[:OFFERS_PER_NEED] if fullmatch("[0-9a-f]{32}", one)]
    keys = dict(Service.objects.filter(hub_id=actor.hub, public_id__in=asked).values_list("public_id", "pk")) if asked else {}
    return Chosen(
        need=need if need in NEEDS else "",
        shown=tuple(keys[one] for one in dict.fromkeys(asked) if one in keys),
        wishes=tuple(wish for wish in WAYS if wish in set(wishes)),
    )


def shown_words(one: Handover) -> str:
    """Name what was shown when this was chosen, in its order, and what was wished for; nothing when it was chosen otherwise. Queries: one."""
    names = dict(Service.objects.filter(pk__in=one.shown).values_list("pk", "name")) if one.shown else {}
    shown = ", ".join(names[key] for key in one.shown if key in names)
    wished = wish_words(one)
    return _("%(shown)s (wished for: %(wished)s)") % {"shown": shown, "wished": wished} if shown and wished else shown


def wish_words(one: Handover | Signpost) -> str:
    """Say what was wished for when this was chosen."""
    return ", ".join(words(WAYS, wish) for wish in one.wishes)
