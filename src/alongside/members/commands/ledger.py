# For workers only.
"""Writes of the ledger: a membership is opened, its holding passed on, its next date set; never without a holder (promise 2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import end_relationships, open_relationship
from alongside.hubs.models import Hat, Leave, Team, TeamSeat
from alongside.hubs.queries import hub_of, live, local_date, standard, works_here
from alongside.journal.command import command, note
from alongside.members.commands.tasks import _hello_is_said, create_task
from alongside.members.models import Holding, Membership, Task
from alongside.members.policies import check_can_hold
from alongside.members.queries import lock_membership, locked_membership
from alongside.members.rules import latest_next_date, next_date_problem
from alongside.people.policies import check_is_alive, check_is_near
from alongside.reads import read
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import start_of
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


@command("member.joined")
def open_membership(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    person_id: int,
    team_id: int,
    next_on: date,
    next_what: str = "triage",
    just_met: bool = False,
) -> Membership:
    """Make a person a member, held by a team from this very moment, with a next date.

    In:       `just_met`: this transaction has written the person down, so that nobody else can have made them a member.
    Also:     the team sees the person; a membership that is there already is left as it is and given back.
    Source:   promise 2; S0-18, S3-14. The GP is never the default holder (lists.md).
    """
    policy.check_is_part_or_system(actor)
    standing = None if just_met else read(locked_membership, person_id=person_id).first()
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


def _may_be_holder(hat_id: int | None, team_id: int | None, person_id: int, hub_id: int, at: datetime) -> bool:
    """Tell whether a live team, or a live hat whose role holds and who is not kept away, may hold this person."""
    if hat_id is None:
        is_live = Team.objects.filter(pk=team_id or 0, hub_id=hub_id, ended_at__isnull=True).exists()
        return is_live and team_id not in policy.teams_kept_away_from(person_id, at)
    hat = Hat.objects.filter(works_here(at), pk=hat_id, hub_id=hub_id).first()
    if hat is None or not policy.role_may(hat.role, "hold"):
        return False
    return hat.worker_id not in policy.workers_kept_away_from([person_id], at)


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
