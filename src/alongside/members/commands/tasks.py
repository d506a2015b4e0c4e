# For workers only.
"""Writes of what is to be done for somebody: tasks, call-backs, invitations; silence leads to a call-back, never to an ending."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet

from alongside.access import policy
from alongside.hubs.queries import hours_of_team, local_date, standard
from alongside.journal.command import command, note
from alongside.members.models import Holding, Invitation, Task
from alongside.members.queries import lock_membership
from alongside.people.policies import check_is_alive, check_is_near_or_part
from alongside.refusals import AlreadyDone, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.working_time import add_working_days
from alongside.writes import insert


@command("task.made")
def create_task(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    what: str,
    due_on: date,
    words: str = "",
    kind: str = "task",
    hat_id: int | None = None,
    team_id: int | None = None,
) -> Task:
    """Make something to be done for a person; without a named owner it belongs to whoever holds them."""
    check_is_near_or_part(actor, person_id, at=at)
    holding = Holding.objects.select_related("membership__person").get(open_for=person_id)
    if hat_id is None and team_id is None:
        hat_id, team_id = holding.hat_id, holding.team_id
    person = holding.membership.person
    made = insert(
        Task(
            hub_id=holding.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            kind=kind,
            what=what,
            words=words,
            hat_id=hat_id,
            team_id=team_id,
            made_at=at,
            due_on=due_on,
        )
    )
    note(person_id=person_id, task=made.public_id, what=what, due_on=due_on)
    return made


@command("call_back.made")
def create_call_back(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    what: str,
    due_on: date | None = None,
    words: str = "",
    hat_id: int | None = None,
) -> Task:
    """Make a call-back for whoever holds the person, or a hat; silence and missed meetings lead here, never to an ending (S0-19)."""
    check_is_near_or_part(actor, person_id, at=at)
    due = due_on or _call_back_day(person_id, at)
    note(person_id=person_id, what=what)
    return create_task(
        actor=actor, at=at, person_id=person_id, what=what, due_on=due, words=words, kind="call_back", hat_id=hat_id
    )


@command("member.hello_is_due")
def ask_to_say_hello(*, actor: Actor, at: datetime, person_id: int) -> Task | None:
    """Ask whoever holds a resting member to say hello, once, when the day agreed with them has passed.

    Empty:    None when they have been in touch meanwhile, or are asked already.
    Source:   part C12; lists.md (Holding: a hello date they agreed).
    """
    policy.check_is_part_or_system(actor)
    membership = lock_membership(person_id)
    note(person_id=person_id)
    is_due = membership.rest_reason and membership.next_on and membership.next_on < local_date(at)
    if not is_due or Task.objects.filter(person_id=person_id, what="say_hello", done_at__isnull=True).exists():
        return None
    return create_task(actor=actor, at=at, person_id=person_id, what="say_hello", due_on=local_date(at))


@command("task.done")
def finish_task(*, actor: Actor, at: datetime, task_id: int) -> Task:
    """Mark a task as done. Refuses AlreadyDone when somebody was quicker; nobody may finish what they cannot see."""
    task = policy.visible_to(actor, Task.objects.select_for_update(of=("self",)).filter(pk=task_id), at=at).first()
    if task is None:
        raise NotFound
    if task.done_at:
        raise AlreadyDone
    task.done_at, task.done_by_id = at, actor.hat_id
    task.save(update_fields=["done_at", "done_by"])
    note(person_id=task.person_id, task=task.public_id)
    return task


@command("task.done_in_passing")
def finish_in_passing(*, actor: Actor, at: datetime, person_id: int, what: str) -> int:
    """End the open tasks of one kind for a person, because what they asked for has happened; give how many."""
    policy.check_is_part_or_system(actor)
    ended = _end_in_passing(actor, at, person_id, what)
    note(person_id=person_id, what=what, ended=ended)
    return ended


@command("member.invited")
def invite(*, actor: Actor, at: datetime, person_id: int, how: str, for_on: date | None, answer_by: date) -> Invitation:
    """Invite somebody to meet; if they do not answer by the day, it becomes a call-back. Refuses: TheyHaveDied."""
    check_is_near_or_part(actor, person_id, at=at)
    membership = lock_membership(person_id)
    check_is_alive(membership.person)
    made = insert(
        Invitation(
            hub_id=membership.hub_id,
            person_id=person_id,
            author_organisation_id=actor.organisation_id or membership.person.author_organisation_id,
            how=how,
            invited_at=at,
            invited_by_id=actor.hat_id,
            for_on=for_on,
            answer_by=answer_by,
        )
    )
    note(person_id=person_id, invitation=made.public_id, how=how, answer_by=answer_by)
    return made


@command("member.invitation_answered")
def answer_invitations(*, actor: Actor, at: datetime, person_id: int) -> int:
    """Note that the person has answered: whatever invitation stood open is answered by being in touch."""
    check_is_near_or_part(actor, person_id, at=at)
    count = Invitation.objects.filter(person_id=person_id, answered_at__isnull=True).update(answered_at=at)
    note(person_id=person_id, answered=count)
    return count


@command("member.invitation_unanswered")
def turn_into_call_back(*, actor: Actor, at: datetime, invitation_id: int) -> Task | None:
    """Turn an unanswered invitation into a call-back, once (S0-19)."""
    policy.check_is_part_or_system(actor)
    found = Invitation.objects.select_for_update().get(pk=invitation_id)
    if found.answered_at or found.became_call_back_at or found.ended_at:
        return None
    found.became_call_back_at = at
    found.save(update_fields=["became_call_back_at"])
    note(person_id=found.person_id, invitation=found.public_id)
    return create_call_back(actor=actor, at=at, person_id=found.person_id, what="invitation_unanswered")


def _hello_is_said(actor: Actor, at: datetime, person_id: int) -> None:
    """End what the sweep asked for: somebody has been in touch with a member who rests."""
    _end_in_passing(actor, at, person_id, "say_hello")


def _end_in_passing(actor: Actor, at: datetime, person_id: int, what: str) -> int:
    open_ones = Task.objects.filter(person_id=person_id, what=what, done_at__isnull=True)
    return open_ones.update(done_at=at, done_by_id=actor.hat_id, ended_because="in_passing")


def _give_to_the_holder(tasks: QuerySet[Task]) -> None:
    for task in tasks.select_related("person__membership__current_holding"):
        holding = task.person.membership.current_holding
        Task.objects.filter(pk=task.pk).update(hat_id=holding.hat_id, team_id=holding.team_id)


def _call_back_day(person_id: int, at: datetime) -> date:
    holding = Holding.objects.select_related("hub").get(open_for=person_id)
    days = standard(holding.hub_id, "call_back")
    hours = hours_of_team(holding.team_id) if holding.team_id else None
    return add_working_days(local_date(at), days, hours=hours)
