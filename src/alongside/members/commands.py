# For workers only.
"""Membership and the ledger of holding: opened, passed on, rested, brought back; never without a holder (promise 2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import NotToYourself, end_relationships, open_relationship
from alongside.hubs.models import Hat, Leave, Team, TeamSeat, Worker
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import hours_of_team, hub_of, live, local_date, standard, works_here
from alongside.journal.command import command, note
from alongside.members.codes import WHY_TAKEN_BACK
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.members.policies import check_can_hold, check_can_manage_people, check_can_manage_worker
from alongside.members.queries import lock_membership, locked_membership
from alongside.members.rules import latest_next_date, next_date_problem
from alongside.people.commands import pass_matches_on, take_back_death, write_down_death
from alongside.people.policies import check_is_alive, check_is_near, check_is_near_or_part
from alongside.people.queries import has_open_matches
from alongside.reads import read
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import start_of
from alongside.vocabulary.rest import WAYS_TO_REST
from alongside.vocabulary.working_time import add_working_days
from alongside.writes import insert, insert_later


class NextDateInThePast(Invalid):
    code = "next_date_past"
    message = _("The next date must be today or later.")


class NextDateTooFar(Invalid):
    code = "next_date_too_far"
    message = _("The next date is too far ahead. Choose an earlier day, or let the person rest.")


class NeedsOneHolder(Invalid):
    code = "needs_one_holder"
    message = _("Choose one person or one team to hold them.")


class CannotHold(Invalid):
    code = "cannot_hold"
    message = _("Choose somebody else to hold this person.")


class PeopleNeedNewHolders(Invalid):
    code = "people_need_new_holders"
    message = _("This worker still holds people. Say who will hold them first.")


class TeamIsAtTheDoor(Invalid):
    code = "team_is_at_the_door"
    message = _("This team receives everybody who comes in. Name another team at the public door first.")


class PeopleNeedAnotherTeam(Invalid):
    code = "people_need_another_team"
    message = _("This team still holds people, or something waits for it. Say which team takes over first.")


class LeaveEndsBeforeItBegins(Invalid):
    code = "leave_ends_before_it_begins"
    message = _("The last day away must be the first day or later.")


class CannotCover(Invalid):
    code = "cannot_cover"
    message = _("Choose a colleague who holds people here to cover.")


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


@command("member.joined")
def open_membership(
    *, actor: Actor, at: datetime, hub_id: int, person_id: int, team_id: int, next_on: date, next_what: str = "triage"
) -> Membership:
    """Make a person a member, held by a team from this very moment, with a next date.

    Also:     the team sees the person; a membership that is there already is left as it is and given back.
    Source:   promise 2; S0-18, S3-14. The GP is never the default holder (lists.md).
    """
    policy.check_is_part_or_system(actor)
    standing = read(locked_membership, person_id=person_id).first()
    if standing:
        return standing
    holding = insert(
        Holding(
            membership_id=person_id,
            hub_id=hub_id,
            team_id=team_id,
            from_at=at,
            why="came_in",
            open_for=person_id,
            next_on=next_on,
        )
    )
    made = Membership(
        person_id=person_id, hub_id=hub_id, since=at, current_holding_id=person_id, next_on=next_on, next_what=next_what
    )
    insert_later(made)
    _let_the_holder_see(actor, at, holding)
    note(person_id=person_id, holding=holding.pk, team=team_id, next_on=next_on)
    return made


@command("member.passed_on")
def pass_on(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    why: str,
    to_hat_id: int | None = None,
    to_team_id: int | None = None,
    next_on: date | None = None,
    next_what: str = "",
) -> Holding:
    """Move the holding to another hat or team: the old one ends and the new one begins at the same moment.

    Refuses:  NeedsOneHolder unless exactly one is named; CannotHold for a role that does not hold, for somebody who has
              left, and (silently the same) for somebody who is kept away from this person.
    Also:     when the person has not been told yet (`why` is "not_told"), the new holder has a task to tell them.
    Source:   promise 2 and 4; S0-18, S3-53.
    """
    check_can_hold(actor, person_id, at=at)
    held = _move(actor, at, person_id, why, to_hat_id, to_team_id, next_on, next_what)
    if why == "not_told":
        create_task(actor=actor, at=at, person_id=person_id, what="tell_of_new_holder", due_on=held.next_on or local_date(at))
    return held


@command("member.taken_over")
def take_over(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    why: str,
    to_hat_id: int | None = None,
    to_team_id: int | None = None,
    next_on: date | None = None,
) -> Holding:
    """Move the holding because an introduction was met, or was not after all: the caller has decided who may."""
    policy.check_is_part_or_system(actor)
    return _move(actor, at, person_id, why, to_hat_id, to_team_id, next_on, "")


@command("member.given_back")
def give_back(*, actor: Actor, at: datetime, person_id: int, why: str, holding_id: int) -> Holding:
    """Move the holding back to whoever had an earlier one; when they have left since, to the team at the hub's door."""
    policy.check_is_part_or_system(actor)
    before = Holding.objects.get(pk=holding_id, membership_id=person_id)
    if _may_be_holder(before.hat_id, before.team_id, person_id, before.hub_id, at):
        return take_over(actor=actor, at=at, person_id=person_id, why=why, to_hat_id=before.hat_id, to_team_id=before.team_id)
    door = hub_of(before.hub_id).front_door_team_id
    return take_over(actor=actor, at=at, person_id=person_id, why=why, to_team_id=door)


def _move(
    actor: Actor,
    at: datetime,
    person_id: int,
    why: str,
    hat_id: int | None,
    team_id: int | None,
    next_on: date | None,
    next_what: str,
) -> Holding:
    if (hat_id is None) == (team_id is None):
        raise NeedsOneHolder
    membership = lock_membership(person_id)
    old = Holding.objects.get(open_for=person_id)
    if next_on:
        _check_next_date(membership, next_on, local_date(at))
    if (old.hat_id, old.team_id) == (hat_id, team_id):
        if next_on:
            _write_next(membership, next_on, next_what)
        return old
    if not _may_be_holder(hat_id, team_id, person_id, membership.hub_id, at):
        raise CannotHold
    on = next_on or membership.next_on
    # The old holding gives up its place before the new one takes it; the database checks the pair at the end.
    Holding.objects.filter(pk=old.pk).update(until_at=at, open_for=None, next_on=None)
    end_relationships(actor=actor, at=at, person_id=person_id, because=("holding", old.pk))
    new = insert(
        Holding(
            membership_id=person_id,
            hub_id=membership.hub_id,
            hat_id=hat_id,
            team_id=team_id,
            from_at=at,
            why=why,
            open_for=person_id,
            next_on=on,
        )
    )
    if next_on:
        _write_next(membership, next_on, next_what)
    owner: dict[str, int | None] = {"hat_id": old.hat_id, "team_id": old.team_id}
    Task.objects.filter(person_id=person_id, done_at__isnull=True, **owner).update(hat_id=hat_id, team_id=team_id)
    _let_the_holder_see(actor, at, new)
    note(person_id=person_id, holding=new.pk, hat=hat_id, team=team_id, why=why)
    return new


@command("member.next_date_set")
def set_next_date(*, actor: Actor, at: datetime, person_id: int, on: date, what: str = "") -> Membership:
    """Set when somebody is next in touch.

    Refuses:  NextDateInThePast, NextDateTooFar (28 days while active, 180 while resting; settings of the hub); TheyHaveDied.
    """
    check_is_near(actor, person_id, at=at)
    membership = lock_membership(person_id)
    _check_next_date(membership, on, local_date(at))
    _write_next(membership, on, what)
    if membership.rest_reason:
        _hello_is_said(actor, at, person_id)
    note(person_id=person_id, next_on=on)
    return membership


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


@command("leave.arranged")
def arrange_leave(*, actor: Actor, at: datetime, hat_id: int, from_on: date, until_on: date, cover_id: int) -> Leave:
    """Write down days away with the hat that covers; the cover sees everybody whom the other holds while it lasts.

    Refuses:  LeaveEndsBeforeItBegins; CannotCover for the hat itself, and for one that does not hold people in this hub.
    """
    check_can_manage_people(actor, hat_id)
    if until_on < from_on:
        raise LeaveEndsBeforeItBegins
    away = Hat.objects.get(pk=hat_id)
    cover = Hat.objects.filter(works_here(at), pk=cover_id, hub_id=away.hub_id).first()
    if cover is None or cover_id == hat_id or not policy.role_may(cover.role, "hold"):
        raise CannotCover
    made = insert(Leave(hat_id=hat_id, from_on=from_on, until_on=until_on, cover_id=cover_id))
    for holding in Holding.objects.filter(hat_id=hat_id, until_at__isnull=True):
        _let_cover_see(actor, at, holding, made)
    note(hat=hat_id, cover=cover_id, from_on=from_on, until_on=until_on)
    return made


@command("hat.ended")
def end_hat(
    *, actor: Actor, at: datetime, hat_id: int, new_holder_hat_id: int | None = None, new_holder_team_id: int | None = None
) -> Hat:
    """End a worker's hat; everybody whom it holds has a new holder in the same transaction.

    Refuses:  PeopleNeedNewHolders while it holds people and no new holder is named.
    Also:     what it was to do for people whom others hold goes to those who hold them; the worker's seats end; the session
              stops at its next request (C15). Whom it covered for is on Nobody lost until there is another cover.
    Source:   part C12; H15.
    """
    check_can_manage_people(actor, hat_id)
    hat = Hat.objects.select_for_update().get(pk=hat_id)
    if hat.until_at and hat.until_at <= at:
        raise AlreadyDone
    held = list(Holding.objects.filter(hat_id=hat_id, until_at__isnull=True).values_list("membership_id", flat=True))
    if held and (new_holder_hat_id in (None, hat_id)) and new_holder_team_id is None:
        raise PeopleNeedNewHolders
    for person_id in held:
        _move(actor, at, person_id, "worker_left", new_holder_hat_id, new_holder_team_id, None, "")
    _give_to_the_holder(Task.objects.filter(hat_id=hat_id, done_at__isnull=True))
    hat.until_at = at
    hat.save(update_fields=["until_at"])
    TeamSeat.objects.filter(hat=hat, until_at__isnull=True).update(until_at=at)
    note(hat=hat_id, moved=len(held))
    return hat


@command("worker.left")
def say_has_left(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    worker_id: int,
    new_holder_hat_id: int | None = None,
    new_holder_team_id: int | None = None,
) -> Worker:
    """Say that somebody works in this hub no longer: every hat of theirs here ends, and whoever they held has a new holder.

    Refuses:  NotToYourself; AlreadyDone without a hat here; PeopleNeedNewHolders while they hold people and nobody else is
              named (another hat of theirs is not somebody else).
    Also:     when no other hub has them either, they have left the installation, and their account opens nothing.
    Source:   part C12; H15; C15.
    """
    check_can_manage_worker(actor, hub_id, worker_id)
    if actor.worker_id == worker_id:
        raise NotToYourself
    worker = Worker.objects.select_for_update().get(pk=worker_id)
    hats = Hat.objects.filter(live(at), worker_id=worker_id)
    here = list(hats.filter(hub_id=hub_id).order_by("pk").values_list("pk", flat=True))
    if not here:
        raise AlreadyDone
    if new_holder_hat_id in here:
        raise PeopleNeedNewHolders
    for hat_id in here:
        end_hat(actor=actor, at=at, hat_id=hat_id, new_holder_hat_id=new_holder_hat_id, new_holder_team_id=new_holder_team_id)
    if not hats.exists():
        worker.left_at = at
        worker.save(update_fields=["left_at"])
    note(worker=worker.public_id, hats=len(here))
    return worker


@command("team.ended")
def end_team(*, actor: Actor, at: datetime, hub_id: int, team_id: int, to_team_id: int | None = None) -> Team:
    """End a team: whoever it holds, and whatever waits for it, goes to another team in the same moment.

    Refuses:  TeamIsAtTheDoor for the team that receives everybody who comes in; PeopleNeedAnotherTeam while it holds people,
              has tasks or matches to settle, and no other live team of the hub is named; AlreadyDone.
    Also:     its seats end. An introduction that was offered to it waits for its answer, and rises as any other does.
    """
    check_can_set_up(actor, hub_id)
    team = Team.objects.select_for_update().filter(pk=team_id, hub_id=hub_id).first()
    if team is None:
        raise NotFound
    if team.ended_at:
        raise AlreadyDone
    if hub_of(hub_id).front_door_team_id == team_id:
        raise TeamIsAtTheDoor
    held = list(Holding.objects.filter(team=team, until_at__isnull=True).values_list("membership_id", flat=True))
    tasks = Task.objects.filter(team=team, done_at__isnull=True)
    other = Team.objects.filter(pk=to_team_id or 0, hub_id=hub_id, ended_at__isnull=True).exclude(pk=team_id).first()
    if other is None and (held or tasks.exists() or has_open_matches(team_id)):
        raise PeopleNeedAnotherTeam
    for person_id in held:
        _move(actor, at, person_id, "team_ended", None, to_team_id, None, "")
    if other is not None:
        tasks.update(team_id=other.pk)
        pass_matches_on(actor=actor, at=at, from_team_id=team_id, to_team_id=other.pk)
    TeamSeat.objects.filter(team=team, until_at__isnull=True).update(until_at=at)
    team.ended_at = at
    team.save(update_fields=["ended_at"])
    note(team=team.public_id, moved=len(held))
    return team


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


def _may_be_holder(hat_id: int | None, team_id: int | None, person_id: int, hub_id: int, at: datetime) -> bool:
    """Tell whether a live team, or a live hat whose role holds and who is not kept away, may hold this person."""
    if hat_id is None:
        return Team.objects.filter(pk=team_id or 0, hub_id=hub_id, ended_at__isnull=True).exists()
    hat = Hat.objects.filter(works_here(at), pk=hat_id, hub_id=hub_id).first()
    return hat is not None and policy.role_may(hat.role, "hold") and not policy.is_kept_away(hat.worker_id, person_id, at)


def _let_the_holder_see(actor: Actor, at: datetime, holding: Holding) -> None:
    person_id, because = holding.membership_id, ("holding", holding.pk)
    if holding.team_id:
        open_relationship(
            actor=actor,
            at=at,
            hub_id=holding.hub_id,
            person_id=person_id,
            kind="holding_team",
            because=because,
            team_id=holding.team_id,
        )
        return
    open_relationship(
        actor=actor, at=at, hub_id=holding.hub_id, person_id=person_id, kind="holder", because=because, hat_id=holding.hat_id
    )
    teams = TeamSeat.objects.filter(live(at), hat_id=holding.hat_id or 0).values_list("team_id", flat=True)
    for team_id in teams:
        open_relationship(
            actor=actor, at=at, hub_id=holding.hub_id, person_id=person_id, kind="holding_team", because=because, team_id=team_id
        )
    for leave in Leave.objects.filter(hat_id=holding.hat_id or 0, until_on__gte=local_date(at)):
        _let_cover_see(actor, at, holding, leave)


def _let_cover_see(actor: Actor, at: datetime, holding: Holding, leave: Leave) -> None:
    """Open sight for the days of the leave and no longer, whenever it was arranged."""
    begins, ends = start_of(leave.from_on), start_of(leave.until_on + timedelta(days=1))
    if ends <= at:
        return
    open_relationship(
        actor=actor,
        at=at,
        hub_id=holding.hub_id,
        person_id=holding.membership_id,
        kind="holder",
        because=("holding", holding.pk),
        hat_id=leave.cover_id,
        from_at=max(begins, at),
        until_at=ends,
    )


def _check_next_date(membership: Membership, on: date, today: date) -> None:
    check_is_alive(membership.person)
    latest = latest_next_date(
        today,
        resting=bool(membership.rest_reason),
        active_days=standard(membership.hub_id, "next_date_active"),
        resting_days=standard(membership.hub_id, "next_date_resting"),
    )
    _refuse_date(next_date_problem(on, today=today, latest=latest))


def _refuse_date(problem: str) -> None:
    if problem == "past":
        raise NextDateInThePast
    if problem == "too_far":
        raise NextDateTooFar


def _write_next(membership: Membership, on: date, what: str) -> None:
    membership.next_on, membership.next_what = on, what
    membership.save(update_fields=["next_on", "next_what"])
    Holding.objects.filter(open_for=membership.pk).update(next_on=on)


def _call_back_day(person_id: int, at: datetime) -> date:
    holding = Holding.objects.select_related("hub").get(open_for=person_id)
    days = standard(holding.hub_id, "call_back")
    hours = hours_of_team(holding.team_id) if holding.team_id else None
    return add_working_days(local_date(at), days, hours=hours)
