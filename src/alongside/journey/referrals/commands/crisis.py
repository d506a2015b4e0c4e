"""Writes of crisis calls: a row stays on top, for duty and for whoever holds the person, until a name and a time say who took it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, open_relationship
from alongside.access.policy import check_is_part_or_system, visible_to
from alongside.hubs.queries import hub_of
from alongside.journal.command import command, note
from alongside.journey.referrals.models import CrisisCall, Draft
from alongside.journey.referrals.policies import check_can_take_crisis_call, check_can_triage
from alongside.journey.referrals.queries import lock_unsafe_draft
from alongside.journey.referrals.rules import taken_problem
from alongside.people.policies import check_is_alive, check_is_near_or_part
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class TakenInTheFuture(Invalid):
    code = "taken_in_the_future"
    message = _("This is still to come. Write the day and the time at which the call was taken.")


class TakenBeforeItWasOpened(Invalid):
    code = "taken_before_it_was_opened"
    message = _("This is before anybody was to be called. Check the day and the time.")


@command("crisis_call.opened")
def open_crisis_call(*, actor: Actor, at: datetime, person_id: int, referral_id: int | None = None) -> CrisisCall:
    """Note that somebody is being called now; the row stays on top until a name and a time say who took it (H12).

    Also:     an open call of the same person is given back: two workers pressing at once make one;
              the team at the door sees the person until the call is taken, whoever holds them by then.
    """
    check_is_near_or_part(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    standing = CrisisCall.objects.filter(person_id=person_id, taken_at__isnull=True).first()
    if standing:
        return standing
    made = insert(
        CrisisCall(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            label="open",
            referral_id=referral_id,
            opened_at=at,
            opened_by_id=actor.hat_id,
        )
    )
    team_id = hub_of(person.hub_id).front_door_team_id
    if team_id:
        open_relationship(
            actor=actor,
            at=at,
            hub_id=person.hub_id,
            person_id=person_id,
            kind="duty",
            because=("crisis_call", made.pk),
            team_id=team_id,
        )
    note(person_id=person_id, label="open", call=made.public_id)
    return made


@command("crisis_call.taken")
def take_crisis_call(
    *, actor: Actor, at: datetime, call_id: UUID, taken_by_name: str, taken_at: datetime, outcome: str = ""
) -> CrisisCall:
    """Write down who took a crisis call and when; only then it leaves the top of the list.

    Refuses:  NotFound out of reach; NotThisRole for whoever neither takes crisis calls nor holds the person; AlreadyDone;
              TakenInTheFuture and TakenBeforeItWasOpened.
    Also:     the sight that the call gave to the team at the door ends.
    Source:   part E19; pages.md (Triage); H12.
    """
    call = visible_to(actor, CrisisCall.objects.select_for_update(of=("self",)).filter(public_id=call_id), at=at).first()
    if call is None:
        raise NotFound
    check_can_take_crisis_call(actor, call.person_id, at=at)
    if call.taken_at:
        raise AlreadyDone
    _check_taken(taken_at, opened_at=call.opened_at, now=at)
    _take(actor, at, call, taken_at, taken_by_name, actor.hat_id, outcome)
    note(person_id=call.person_id, label="open", call=call.public_id)
    return call


@command("crisis_call.was_taken")
def take_call_of_draft(*, actor: Actor, at: datetime, draft: Draft) -> int:
    """Write the call that somebody took before the person gave a name onto their record, now that there is one."""
    check_is_part_or_system(actor)
    calls = CrisisCall.objects.select_for_update(of=("self",)).filter(referral=draft.referral, taken_at__isnull=True)
    assert draft.taken_at is not None
    for call in calls:
        _take(actor, at, call, draft.taken_at, draft.taken_by_name, draft.taken_written_by_id, draft.outcome)
        note(person_id=call.person_id, label="open", call=call.public_id)
    return len(calls)


@command("draft.call_taken")
def take_draft_call(
    *, actor: Actor, at: datetime, draft_id: UUID, taken_by_name: str, taken_at: datetime, outcome: str = ""
) -> Draft:
    """Write down who called somebody not safe who has given no name yet, and when; only then they leave the top of the list.

    Refuses:  NotThisRole for a role that does not triage; NotFound out of reach; AlreadyDone; TakenInTheFuture and
              TakenBeforeItWasOpened.
    Source:   pages.md (ask for help, 1; Triage).
    """
    check_can_triage(actor)
    draft = lock_unsafe_draft(actor, draft_id)
    if draft.taken_at or draft.referral_id:
        raise AlreadyDone
    _check_taken(taken_at, opened_at=draft.not_safe_at or draft.begun_at, now=at)
    draft.taken_at, draft.taken_by_name, draft.taken_written_by_id, draft.outcome = taken_at, taken_by_name, actor.hat_id, outcome
    draft.save(update_fields=["taken_at", "taken_by_name", "taken_written_by", "outcome"])
    note(draft=draft.public_id)
    return draft


def _take(actor: Actor, at: datetime, call: CrisisCall, taken_at: datetime, name: str, hat_id: int | None, outcome: str) -> None:
    call.taken_at, call.taken_by_name, call.taken_written_by_id, call.outcome = taken_at, name, hat_id, outcome
    call.save(update_fields=["taken_at", "taken_by_name", "taken_written_by", "outcome"])
    end_relationships(actor=actor, at=at, person_id=call.person_id, because=("crisis_call", call.pk))


def _check_taken(taken_at: datetime, *, opened_at: datetime, now: datetime) -> None:
    problem = taken_problem(taken_at, opened_at=opened_at, now=now)
    if problem:
        raise TakenInTheFuture if problem == "future" else TakenBeforeItWasOpened
