# For workers only.
"""Reads of the ledger: who holds whom, what is due, who would be lost."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.policy import teams_kept_away_from, visible_to, workers_kept_away_from
from alongside.design.words import short_day
from alongside.hubs.models import Hat, Leave, Organisation, Team, Worker
from alongside.hubs.queries import hats_in_hub, is_stopped, live, teams_in_hub, works_here
from alongside.hubs.words import hat_words
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.people.models import Person
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor


def lock_membership(person_id: int) -> Membership:
    """Get one membership under a lock; the commands that change holder, date or rest all meet here."""
    found = Membership.objects.select_for_update(of=("self",)).select_related("person").filter(pk=person_id).first()
    if found is None:
        raise NotFound
    return found


def locked_membership(person_id: int, at: datetime) -> QuerySet[Membership]:
    """Build the read of a membership under a lock, for joining: there may be none yet."""
    return Membership.objects.select_for_update().filter(pk=person_id)


def standing_of(person_id: int) -> Read[Membership]:
    """Give the membership with its open holding, for a page whose person has already been found within reach."""
    return read(_standing, person_id=person_id)


def _standing(person_id: int, at: datetime) -> QuerySet[Membership]:
    return naming(Membership.objects.filter(pk=person_id), "current_holding")


def ledger_of(actor: Actor, person_id: int) -> Read[Holding]:
    """List who has held a person, newest first; nothing of somebody out of reach."""
    return read(_ledger, actor=actor, person_id=person_id)


def _ledger(actor: Actor, person_id: int, at: datetime) -> QuerySet[Holding]:
    found = Holding.objects.filter(membership__person__in=visible_to(actor, Person.objects.filter(pk=person_id), at=at))
    return naming(found, "hat", "team").order_by("-from_at")


NEVER_ARRIVES = ("message_failed", "message_perhaps_sent", "partner_not_reached")
"""Tasks for a message that will never arrive."""
BEFORE_ALL_ELSE = ("got_worse", *NEVER_ARRIVES)
"""Tasks that no pile of others may bury."""


def open_tasks(actor: Actor, *, person_id: int | None = None, mine: bool = False, first: bool = False) -> Read[Task]:
    """List open tasks, soonest due first: of one person, or of this hat and its teams; with `first` only what comes before all else.

    Rows: 200 at most.
    """
    return read(_open_tasks, actor=actor, person_id=person_id, mine=mine, first=first)


def _open_tasks(actor: Actor, person_id: int | None, mine: bool, first: bool, at: datetime) -> QuerySet[Task]:
    found = visible_to(actor, Task.objects.filter(done_at__isnull=True), at=at)
    if person_id is not None:
        found = found.filter(person_id=person_id)
    if mine:
        found = found.filter(Q(hat_id=actor.hat_id) | Q(team_id__in=actor.team_ids))
    if first:
        found = found.filter(what__in=BEFORE_ALL_ELSE)
    return naming(found, "person", "hat", "team").order_by("due_on", "pk")[:200]


def get_task(actor: Actor, task_id: UUID) -> Task:
    """Get one task that this actor may see."""
    found = visible_to(actor, Task.objects.filter(public_id=task_id)).select_related("person").first()
    if found is None:
        raise NotFound
    return found


def held_by_nobody(hub_id: int, at: datetime) -> QuerySet[Holding]:
    """Give the open holdings of a hat that has ended, a worker who has left, an account that is locked, a team that has ended.

    So is whoever is held by a hat or a team of an organisation that is stopped here.
    Whoever has died is held by their last holder, and waits for nobody.
    """
    gone = Q(hat__isnull=False) & ~works_here(at, "hat__")
    gone |= Q(team__isnull=False) & (Q(team__ended_at__isnull=False) | is_stopped(at, "team__"))
    return Holding.objects.filter(gone, until_at__isnull=True, hub_id=hub_id, membership__person__death_written_at__isnull=True)


def without_live_holder(hub_id: int, at: datetime) -> list[Holding]:
    """List the open holdings that nobody who works here answers for."""
    return list(held_by_nobody(hub_id, at).select_related("membership__person"))


def with_passed_next_date(hub_id: int, today: date) -> QuerySet[Membership]:
    """Give the members whose next date has passed: those who are active, and those who rest and agreed on a hello."""
    return Membership.objects.filter(hub_id=hub_id, next_on__lt=today)


def hellos_not_said(today: date) -> list[tuple[int, int]]:
    """List (person, hub) of whoever rests, whose hello is past its day, and whose holder has not been asked yet, for the sweep."""
    asked = Task.objects.unscoped("For the sweep: keys only.").filter(
        person_id=OuterRef("pk"), what="say_hello", done_at__isnull=True
    )
    found = Membership.objects.filter(~Q(rest_reason=""), ~Exists(asked), next_on__lt=today)
    return list(found.order_by("next_on", "pk").values_list("pk", "hub_id")[:500])


def leaves_without_cover(hub_id: int, on: date, at: datetime) -> Read[Leave]:
    """List the leaves of a hub that run on a day, or are still to come, and whose cover has left; none once another is arranged."""
    return read(_without_cover, hub_id=hub_id, on=on, at=at)


def _without_cover(hub_id: int, on: date, at: datetime) -> QuerySet[Leave]:
    here = works_here(at, "cover__")
    covered = Leave.objects.filter(here, hat_id=OuterRef("hat_id"), until_on__gte=OuterRef("until_on"))
    found = Leave.objects.filter(~here, ~Exists(covered), live(at, "hat__"), hat__hub_id=hub_id, until_on__gte=on)
    return found.select_related("hat__worker", "hat__organisation", "cover__worker").order_by("from_on", "pk")[:100]


def held_by_hats(hat_ids: Collection[int]) -> QuerySet[Holding]:
    """Give what these hats hold now, of people who live, for *Nobody lost*."""
    return Holding.objects.filter(hat_id__in=hat_ids, until_at__isnull=True, membership__person__death_written_at__isnull=True)


def unanswered_invitations(today: date) -> list[tuple[int, int]]:
    """List (invitation, hub) of what nobody answered by its day, for the sweep."""
    return list(
        Invitation.objects.unscoped("For the sweep: keys only.")
        .filter(answered_at__isnull=True, became_call_back_at__isnull=True, ended_at__isnull=True, answer_by__lt=today)
        .values_list("pk", "hub_id")[:500]
    )


def mismatched_next_dates() -> int:
    """Count open holdings whose copy of the next date differs from its membership: the sweep and a test expect none."""
    return (
        Holding.objects.filter(until_at__isnull=True)
        .exclude(next_on=F("membership__next_on"))
        .exclude(next_on__isnull=True, membership__next_on__isnull=True)
        .count()
    )


def choices_of_holders(actor: Actor, person_id: int, *, at: datetime) -> list[tuple[str, str]]:
    """List who may hold this person: teams, then hats whose role holds; whoever is kept away is not on it (silently)."""
    away, teams_away = workers_kept_away_from([person_id], at), teams_kept_away_from(person_id, at)
    hats = [hat for hat in hats_in_hub(actor, at, action="hold") if hat.worker_id not in away]
    me = [(f"hat:{hat.pk}", _("Me: %(name)s") % {"name": hat_words(hat)}) for hat in hats if hat.pk == actor.hat_id]
    others = [(f"hat:{hat.pk}", hat_words(hat)) for hat in hats if hat.pk != actor.hat_id]
    teams = [
        (f"team:{team.pk}", _("Team: %(name)s") % {"name": team.name})
        for team in teams_in_hub(actor)
        if team.pk not in teams_away
    ]
    return [*me, *teams, *others]


_DOOR_OF_SECTOR = {
    "practice": "gp",
    "nhs": "mental_health_trust",
    "council": "council",
    "charity": "charity",
    "education": "school",
    "police": "police",
}


def sector_of(actor: Actor) -> Read[str]:
    """Prepare the sector of the hat's organisation, so that a page may ask for it together with its own reads."""
    return read(_sector, organisation_id=actor.organisation)


def default_door(actor: Actor, sectors: Read[str]) -> str:
    """Give the door that fits the sector of the hat's organisation, so that nobody has to choose it."""
    sector = sectors.first()
    if actor.role == "administrator":
        return "receptionist" if sector == "practice" else "telephone"
    return _DOOR_OF_SECTOR.get(sector or "", "telephone")


def _sector(organisation_id: int, at: datetime) -> QuerySet[Any, str]:
    return Organisation.objects.filter(pk=organisation_id).values_list("sector", flat=True)


def get_hat(actor: Actor, hat_id: UUID) -> Hat:
    """Get one hat of the actor's hub, with worker and organisation."""
    found = Hat.objects.filter(public_id=hat_id, hub_id=actor.hub).select_related("worker", "organisation").first()
    if found is None:
        raise NotFound
    return found


def held_by_hat(hat_id: int) -> int:
    """Count the people whom a hat holds now; a count, so that whoever ends the hat need not see who they are."""
    return Holding.objects.filter(hat_id=hat_id, until_at__isnull=True).count()


def loads(actor: Actor, at: datetime) -> list[tuple[Hat, int]]:
    """List the live hats of the hub, by name, each with how many people it holds: figures, and nobody's name."""
    counts = dict(
        Holding.objects.filter(hub_id=actor.hub, until_at__isnull=True, hat__isnull=False)
        .values_list("hat_id")
        .annotate(count=Count("pk"))
    )
    return [(hat, counts.get(hat.pk, 0)) for hat in hats_in_hub(actor, at)]


def away(actor: Actor, on: date) -> dict[int, str]:
    """Give the hats that are away, or will be, each with its days and who covers; the nearest leave wins."""
    found = Leave.objects.filter(hat__hub_id=actor.hub, until_on__gte=on).select_related("cover__worker").order_by("-from_on")
    return {row.hat_id: f"{short_day(row.from_on)} – {short_day(row.until_on)}: {row.cover.worker.name}" for row in found}


def choices_instead_of(actor: Actor, hat_id: int, *, at: datetime) -> list[tuple[str, str]]:
    """List who may hold the people of a hat that ends: teams, then every other hat whose role holds."""
    hats = [hat for hat in hats_in_hub(actor, at, action="hold") if hat.pk != hat_id]
    return [*_teams_to_hold(actor), *((f"hat:{hat.pk}", hat_words(hat)) for hat in hats)]


def get_worker(actor: Actor, worker_id: UUID) -> Worker:
    """Get somebody who has, or had, a hat in the actor's hub."""
    found = Worker.objects.filter(public_id=worker_id, hats__hub_id=actor.hub).distinct().first()
    if found is None:
        raise NotFound
    return found


def has_a_hat_here(actor: Actor, worker_id: int, *, at: datetime) -> bool:
    """Tell whether somebody wears a hat in the actor's hub now: whoever has left does not leave once more."""
    return Hat.objects.filter(live(at), worker_id=worker_id, hub_id=actor.hub).exists()


def get_team(actor: Actor, team_id: UUID) -> Team:
    """Get one live team of the actor's hub."""
    found = Team.objects.filter(public_id=team_id, hub_id=actor.hub, ended_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found


def held_by_worker(actor: Actor, worker_id: int) -> int:
    """Count the people whom a worker's hats in this hub hold now."""
    return Holding.objects.filter(hat__worker_id=worker_id, hub_id=actor.hub, until_at__isnull=True).count()


def held_by_team(team_id: int) -> int:
    """Count the people whom a team holds now."""
    return Holding.objects.filter(team_id=team_id, until_at__isnull=True).count()


def choices_instead_of_worker(actor: Actor, worker_id: int, *, at: datetime) -> list[tuple[str, str]]:
    """List who may hold the people of somebody who leaves: teams, then the hats of others whose role holds."""
    hats = [hat for hat in hats_in_hub(actor, at, action="hold") if hat.worker_id != worker_id]
    return [*_teams_to_hold(actor), *((f"hat:{hat.pk}", hat_words(hat)) for hat in hats)]


def choices_instead_of_team(actor: Actor, team_id: int) -> list[tuple[str, str]]:
    """List which team may take over from one that ends."""
    return [one for one in _teams_to_hold(actor) if one[0] != f"team:{team_id}"]


def _teams_to_hold(actor: Actor) -> list[tuple[str, str]]:
    return [(f"team:{team.pk}", _("Team: %(name)s") % {"name": team.name}) for team in teams_in_hub(actor)]
