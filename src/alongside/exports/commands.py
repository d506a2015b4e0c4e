# For workers only.
"""Writes of lists that leave with a second yes: asked for, answered, taken."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.codes import WHY_OWN_PEOPLE
from alongside.access.commands import SayWhatFor, take_out
from alongside.exports.codes import WHY_NOT
from alongside.exports.models import ListAsked
from alongside.exports.policies import check_can_answer, check_can_ask
from alongside.exports.queries import lock_list
from alongside.exports.rules import NEEDS_A_SECOND
from alongside.journal.command import command, note
from alongside.people.models import Person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class NotYourOwnList(Invalid):
    code = "not_your_own_list"
    message = _("Somebody else has to answer what you asked for yourself: a privacy officer or a hub lead.")


class SayWhyNot(Invalid):
    code = "say_why_not"
    message = _("Choose why it does not leave, so that whoever asked knows what to do.")


class NotApprovedYet(Invalid):
    code = "list_not_approved"
    message = _("A second person has to approve this list first, and it can be taken once within 24 hours. Ask for it again.")


@command("export.asked")
def ask_to_take(*, actor: Actor, at: datetime, what: str, how: str, reason: str, person_ids: Collection[int]) -> ListAsked:
    """Ask for a second yes to take a list of several people out of the hub.

    Refuses:  SayWhatFor; NotFound for a kind of file that it is not made as, for anybody out of reach, and for fewer than two people.
    Also:     what the same hat asked for before and nobody has answered is over: there is one asking at a time.
    Source:   trust.md T07.
    """
    check_can_ask(actor)
    if reason not in WHY_OWN_PEOPLE:
        raise SayWhatFor
    people = sorted(set(person_ids))
    if (what, how) not in (("caseload", "csv"), ("caseload", "xlsx")) or len(people) < NEEDS_A_SECOND:
        raise NotFound
    near = policy.visible_to(actor, Person.objects.filter(pk__in=people), at=at)
    if sorted(near.values_list("pk", flat=True)) != people:
        raise NotFound
    ListAsked.objects.filter(hat_id=actor.hat, what=what, answered_at__isnull=True).update(answered_at=at)
    made = insert(ListAsked(hub_id=actor.hub, hat_id=actor.hat, what=what, how=how, reason=reason, people=people, asked_at=at))
    note(export=made.public_id, what=what, how=how, reason=reason, people=people)
    return made


@command("export.answered")
def answer_list(*, actor: Actor, at: datetime, export_id: UUID, yes: bool, why_not: str = "") -> ListAsked:
    """Say yes, or no with a reason, to a list that somebody else wants to take out.

    Refuses:  NotYourOwnList for whoever asked, in whichever hat; AlreadyDone; SayWhyNot.
    Source:   trust.md T07 (a second approver).
    """
    check_can_answer(actor)
    asked = lock_list(actor, export_id)
    if asked.hat.worker_id == actor.worker_id:
        raise NotYourOwnList
    if asked.answered_at is not None:
        raise AlreadyDone
    if not yes and why_not not in WHY_NOT:
        raise SayWhyNot
    asked.answered_at, asked.answered_by_id, asked.yes = at, actor.hat, yes
    asked.why_not = "" if yes else why_not
    asked.save(update_fields=["answered_at", "answered_by", "yes", "why_not"])
    note(export=asked.public_id, answer="yes" if yes else "no", why=asked.why_not, hat=asked.hat_id)
    return asked


@command("export.taken")
def take_approved(*, actor: Actor, at: datetime, export_id: UUID, person_ids: Collection[int]) -> ListAsked:
    """Take an approved list out of the hub: once, within its 24 hours, and nobody who was not on it when it was asked for.

    Refuses:  NotApprovedYet for one that waits, was refused, was taken or is over; NotFound for somebody else's, and for more people.
    Also:     `take_out` writes down about whom it is and asks the policy again about each of them.
    """
    check_can_ask(actor)
    asked = lock_list(actor, export_id)
    if asked.hat_id != actor.hat or not set(person_ids) <= set(asked.people):
        raise NotFound
    if asked.status(at) != "approved":
        raise NotApprovedYet
    asked.taken_at = at
    asked.save(update_fields=["taken_at"])
    take_out(actor=actor, at=at, what=asked.what, how=asked.how, reason=asked.reason, person_ids=person_ids)
    note(export=asked.public_id)
    return asked
