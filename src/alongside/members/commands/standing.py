# For workers only.
"""Writes of how somebody stands: resting, brought back, died, and a death that was written down by mistake."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from alongside.hubs.queries import live, local_date, standard
from alongside.journal.command import command, note
from alongside.members.codes import WHY_TAKEN_BACK
from alongside.members.commands.ledger import _refuse_date
from alongside.members.commands.tasks import _give_to_the_holder, _hello_is_said, create_task
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.members.policies import check_can_hold
from alongside.members.queries import lock_membership
from alongside.members.rules import latest_next_date, next_date_problem
from alongside.people.commands import take_back_death, write_down_death
from alongside.people.policies import check_is_alive, check_is_near
from alongside.refusals import AlreadyDone, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.rest import WAYS_TO_REST


class RestNeedsReason(Invalid):
    code = "rest_needs_reason"
    message = _("Say why the person rests.")


class TakingBackNeedsReason(Invalid):
    code = "taking_back_needs_reason"
    message = _("Say how it came to be written down.")


AFTER_A_DEATH: list[Callable[..., object]] = []
"""What later stages do when a death is written down, inside the same command; they register it when they start."""


AFTER_A_DEATH_IS_TAKEN_BACK: list[Callable[..., object]] = []
"""The same for a death that was written down by mistake."""


@command("member.rested")
def rest(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    reason: str,
    hello_on: date | None = None,
    wants_messages: bool = False,
) -> Membership:
    """Let a member rest, with the reason; the membership and its holder stay.

    Refuses:  RestNeedsReason; TheyHaveDied; a hello date in the past or further ahead than the hub's standard.
    Source:   lists.md (Holding); S3-14, S3-53.
    """
    check_can_hold(actor, person_id, at=at)
    if reason not in WAYS_TO_REST:
        raise RestNeedsReason
    membership = lock_membership(person_id)
    check_is_alive(membership.person)
    if hello_on:
        latest = latest_next_date(
            local_date(at),
            resting=True,
            active_days=0,
            resting_days=standard(membership.hub_id, "next_date_resting"),
        )
        _refuse_date(next_date_problem(hello_on, today=local_date(at), latest=latest))
    _stand(membership, reason, since=at, next_on=hello_on, wants_messages=wants_messages)
    note(person_id=person_id, reason=reason, hello_on=hello_on)
    return membership


@command("member.died")
def write_down_that_they_died(*, actor: Actor, at: datetime, person_id: int, died_on: date | None = None) -> Membership:
    """Write down that a member has died: from this moment no message leaves, and nobody is asked to be in touch with them.

    In:       the day only when it is known.
    Refuses:  AlreadyDone when it stands there already; DayOfDeathAhead.
    Also:     what was open for them (tasks, call-backs, invitations) is settled as "they have died", and later stages do the
              same; the holder stays, and has a task to think of the family.
    Source:   lists.md (Holding, died); S3-53; T17.
    """
    check_can_hold(actor, person_id, at=at)
    membership = lock_membership(person_id)
    if membership.rest_reason == "died":
        raise AlreadyDone
    write_down_death(actor=actor, at=at, person_id=person_id, died_on=died_on)
    _stand(membership, "died", since=at, next_on=None)
    Task.objects.filter(person_id=person_id, done_at__isnull=True).update(done_at=at, ended_because="died")
    Invitation.objects.filter(person_id=person_id, answered_at__isnull=True, ended_at__isnull=True).update(ended_at=at)
    create_task(actor=actor, at=at, person_id=person_id, what="family_follow_up", due_on=local_date(at) + timedelta(days=7))
    for follow in AFTER_A_DEATH:
        follow(actor=actor, at=at, person_id=person_id)
    note(person_id=person_id, day_is_known=died_on is not None)
    return membership


@command("member.death_taken_back")
def take_back_that_they_died(*, actor: Actor, at: datetime, person_id: int, reason: str) -> Membership:
    """Take back a death that was written down by mistake: the member is active again, with today as the next date.

    Refuses:  AlreadyDone when no death stands there; TakingBackNeedsReason.
    Also:     what the death had settled is open again, with whoever holds them where its owner has left meanwhile; the task
              to think of the family ends.
    """
    check_can_hold(actor, person_id, at=at)
    membership = lock_membership(person_id)
    if membership.rest_reason != "died":
        raise AlreadyDone
    if reason not in WHY_TAKEN_BACK:
        raise TakingBackNeedsReason
    take_back_death(actor=actor, at=at, person_id=person_id)
    about = Task.objects.filter(person_id=person_id)
    about.filter(what="family_follow_up", done_at__isnull=True).update(
        done_at=at, done_by_id=actor.hat_id, ended_because="taken_back"
    )
    about.filter(ended_because="died").update(done_at=None, ended_because="")
    _give_to_the_holder(about.filter(done_at__isnull=True, hat__isnull=False).exclude(live(at, "hat__")))
    Invitation.objects.filter(person_id=person_id, ended_at__isnull=False).update(ended_at=None)
    _stand(membership, "", since=None, next_on=local_date(at), next_what="hello")
    for follow in AFTER_A_DEATH_IS_TAKEN_BACK:
        follow(actor=actor, at=at, person_id=person_id)
    note(person_id=person_id, reason=reason, next_on=membership.next_on)
    return membership


@command("member.brought_back")
def bring_back(*, actor: Actor, at: datetime, person_id: int, next_on: date | None = None) -> Membership:
    """Bring a resting member back in one action, on their own word; the holder is still there (S2-243).

    Refuses:  AlreadyDone when they do not rest; TheyHaveDied: a death is taken back by itself, with its reason.
    """
    if actor.is_worker:
        check_is_near(actor, person_id, at=at)
    membership = lock_membership(person_id)
    check_is_alive(membership.person)
    if not membership.rest_reason:
        raise AlreadyDone
    _stand(membership, "", since=None, next_on=next_on or local_date(at), next_what="hello")
    _hello_is_said(actor, at, person_id)
    note(person_id=person_id, next_on=membership.next_on)
    return membership


def _stand(
    membership: Membership,
    rest_reason: str,
    *,
    since: datetime | None,
    next_on: date | None,
    next_what: str = "hello",
    wants_messages: bool = False,
) -> None:
    """Write how a member stands, active or resting, with the copy of the next date in the open holding."""
    membership.rest_reason, membership.resting_since = rest_reason, since
    membership.wants_messages_at_rest = wants_messages
    membership.next_on, membership.next_what = next_on, next_what if next_on else ""
    membership.save(update_fields=["rest_reason", "resting_since", "wants_messages_at_rest", "next_on", "next_what"])
    Holding.objects.filter(open_for=membership.pk).update(next_on=next_on)
