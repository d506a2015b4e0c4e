# For workers only.
"""Writes when a worker is away or leaves, and when a team ends: nobody is left with nobody."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import NotToYourself
from alongside.hubs.models import Hat, Leave, Team, TeamSeat, Worker
from alongside.hubs.policies import check_can_set_up
from alongside.hubs.queries import hub_of, live, works_here
from alongside.journal.command import command, note
from alongside.members.commands.ledger import _let_cover_see, _move
from alongside.members.commands.tasks import _give_to_the_holder
from alongside.members.models import Holding, Task
from alongside.members.policies import check_can_manage_people, check_can_manage_worker
from alongside.people.commands import pass_matches_on
from alongside.people.queries import has_open_matches
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


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
