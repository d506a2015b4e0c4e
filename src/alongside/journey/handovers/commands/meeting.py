"""Writes of meeting: introduced, met, confirmed, disputed, settled; hands stay on until hands are met (promise 4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, open_relationship
from alongside.design.words import day
from alongside.hubs.queries import local_date, standard
from alongside.journal.command import command, note
from alongside.journey.handovers.commands.answering import _lock_with_code
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.policies import (
    check_can_confirm_met,
    check_can_introduce,
    check_can_say_met,
    check_can_write_met_down,
)
from alongside.journey.handovers.queries import (
    lock_handover,
)
from alongside.journey.handovers.rules import may_meet, settled_is_asked_on
from alongside.members.commands import create_call_back, create_task, give_back, take_over
from alongside.members.models import Holding
from alongside.people.policies import check_is_alive
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor


class MetLater(Invalid):
    code = "met_later"
    message = _("That is still to come. Say it once you have met.")


class MetBefore(Invalid):
    code = "met_before"
    message = _("That was before the introduction was offered. Write when you met because of it.")


class NotMetYet(Invalid):
    code = "not_met_yet"
    message = _("They have not met yet, so it cannot be settled.")


class SettledIsAskedLater(Invalid):
    code = "settled_is_asked_later"


@command("handover.introduced")
def write_down_introduction(*, actor: Actor, at: datetime, handover_id: UUID) -> Handover:
    """Write down that giver, receiver and person have spoken together."""
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    if not may_meet(handover.facts):
        raise AlreadyDone
    handover.introduced_at, handover.introduced_by_id = at, actor.hat_id
    handover.save(update_fields=["introduced_at", "introduced_by"])
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.met")
def meet(
    *, actor: Actor, at: datetime, handover_id: UUID, met_at: datetime | None = None, next_on: date | None = None
) -> Handover:
    """Take down, from the receiver's first attended contact, that the two have met: from now on the receiver holds.

    In:       when they met; this moment without it.
    Refuses:  SaidByWhoMeets for everybody but the receiver; AlreadyDone when it was said before, or was never accepted;
              MetLater, MetBefore for a moment that cannot be.
    Also:     the giver keeps sight until settled and 28 days; "is it settled?" is asked after 14 days.
    Source:   lists.md (Handovers: met is the receiver's first attended contact, and moves the holding); S3-06.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    _check_may_have_met(handover, met_at or at, at)
    check_can_say_met(actor, handover, at=at)
    # When the giver wrote their yes down, or who said yes has left, the one who meets the person is the one who receives.
    handover.accepted_by_id = actor.hat
    _met(actor, at, handover, met_at=met_at or at, how="account")
    open_relationship(
        actor=actor,
        at=at,
        hub_id=handover.hub_id,
        person_id=handover.person_id,
        kind="giving",
        because=("handover", handover.pk),
        hat_id=handover.offered_by_id,
    )
    take_over(actor=actor, at=at, person_id=handover.person_id, why="met", to_hat_id=handover.accepted_by_id, next_on=next_on)
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.met_by_link")
def meet_by_link(*, actor: Actor, at: datetime, token: str, code: str, by_name: str, met_at: datetime) -> Handover:
    """Take down from a partner without an account, by the same link and code, that they have met the person.

    Refuses:  CodeIsWrong; NotFound; AlreadyDone; MetLater; MetBefore.
    Also:     a partner outside the hub's teams never becomes the holder: the hub's own holder stays.
    """
    handover = _lock_with_code(token, code)
    _check_may_have_met(handover, met_at, at)
    return _met(actor, at, handover, met_at=met_at, how="link", by_name=by_name)


@command("handover.met_written_down")
def write_down_met(*, actor: Actor, at: datetime, handover_id: UUID, by_name: str, met_at: datetime) -> Handover:
    """Write down, as the giver, that a partner without an account has met the person, as somebody told; it is marked so.

    Refuses:  SaidByWhoMeets for a team with accounts here; AlreadyDone; MetLater; MetBefore.
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    check_is_alive(handover.person)
    _check_may_have_met(handover, met_at, at)
    check_can_write_met_down(handover)
    return _met(actor, at, handover, met_at=met_at, how="written", by_name=by_name)


@command("handover.met_confirmed")
def confirm_met(*, actor: Actor, at: datetime, handover_id: UUID | None = None, person_id: int | None = None) -> Handover:
    """Confirm, as the giver or the person, that the two have met.

    Refuses:  AlreadyDone when it was confirmed before or is not met; SaidByAnother to whoever said it.
    """
    handover = _lock_met(actor, at, handover_id, person_id)
    check_can_confirm_met(actor, handover)
    if handover.confirmed_at:
        raise AlreadyDone
    handover.confirmed_at, handover.confirmed_by_id = at, actor.hat_id
    handover.save(update_fields=["confirmed_at", "confirmed_by"])
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.not_met")
def say_we_have_not_met(*, actor: Actor, at: datetime, handover_id: UUID | None = None, person_id: int | None = None) -> Handover:
    """Say, as the giver or the person, that the two have not met: the holding moves back to where it was."""
    handover = _lock_met(actor, at, handover_id, person_id)
    before = handover.giver_holding
    handover.met_at, handover.met_how, handover.met_by_name, handover.giver_holding = None, "", "", None
    handover.confirmed_at, handover.confirmed_by_id = None, None
    handover.disputed_at, handover.disputed_by_kind, handover.disputed_by_id = at, actor.kind, actor.hat_id
    handover.save()
    if handover.accepted_by_id and before is not None:
        give_back(actor=actor, at=at, person_id=handover.person_id, why="not_met", holding_id=before.pk)
    create_call_back(actor=actor, at=at, person_id=handover.person_id, what="not_met")
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


@command("handover.settled")
def settle(*, actor: Actor, at: datetime, handover_id: UUID) -> Handover:
    """Say that the two go on well together; the giver's sight ends 28 days later.

    Refuses:  NotMetYet; AlreadyDone; SettledIsAskedLater in the first 14 days after they met (a standard of the hub).
    """
    handover = lock_handover(actor, handover_id, at=at)
    check_can_introduce(actor, handover.person_id, at=at)
    if not handover.met_at:
        raise NotMetYet
    if handover.settled_at:
        raise AlreadyDone
    asked_on = settled_is_asked_on(local_date(handover.met_at), standard(handover.hub_id, "settle"))
    if local_date(at) < asked_on:
        raise SettledIsAskedLater(gettext("Whether it is settled is asked from %(day)s.") % {"day": day(asked_on)})
    handover.settled_at, handover.settled_by_id = at, actor.hat_id
    handover.save(update_fields=["settled_at", "settled_by"])
    until = at + timedelta(days=standard(handover.hub_id, "sight_after_settled"))
    end_relationships(actor=actor, at=at, person_id=handover.person_id, because=("handover", handover.pk), until_at=until)
    note(person_id=handover.person_id, handover=handover.public_id)
    return handover


def _check_may_have_met(handover: Handover, met_at: datetime, at: datetime) -> None:
    if not may_meet(handover.facts):
        raise AlreadyDone
    if met_at > at:
        raise MetLater
    if met_at < _to_the_minute(handover.offered_at):
        raise MetBefore


def _to_the_minute(moment: datetime) -> datetime:
    """Cut a moment as people write one: nobody is told that they met seconds too early."""
    return moment.replace(second=0, microsecond=0)


def _met(actor: Actor, at: datetime, handover: Handover, *, met_at: datetime, how: str, by_name: str = "") -> Handover:
    handover.giver_holding = Holding.objects.get(open_for=handover.person_id)
    handover.met_at, handover.met_how, handover.met_by_name = max(met_at, handover.offered_at), how, by_name[:160]
    handover.met_written_by_id = actor.hat_id
    handover.save()
    create_task(
        actor=actor,
        at=at,
        person_id=handover.person_id,
        what="ask_if_settled",
        due_on=settled_is_asked_on(local_date(met_at), standard(handover.hub_id, "settle")),
    )
    note(person_id=handover.person_id, handover=handover.public_id, how=how)
    return handover


def _lock_met(actor: Actor, at: datetime, handover_id: UUID | None, person_id: int | None) -> Handover:
    """Lock what a worker names, or the newest that a person's own link is about, when it is met and not settled."""
    if actor.is_worker and handover_id is not None:
        handover = lock_handover(actor, handover_id, at=at)
        check_can_introduce(actor, handover.person_id, at=at)
    else:
        met = Handover.objects.select_for_update(of=("self",)).filter(person_id=person_id or 0, met_at__isnull=False)
        newest = met.filter(settled_at__isnull=True).order_by("-met_at").first()
        if newest is None:
            raise NotFound
        handover = newest
    if not handover.met_at or handover.settled_at:
        raise AlreadyDone
    return handover
