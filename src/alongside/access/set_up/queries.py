"""Reads of setting up: every one limited to the actor's own hub."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from alongside.access.gains import Gain, gains
from alongside.access.models import ApiClient, SharingAgreement, SharingProposal, Signature
from alongside.hubs.commands import CrisisContactsUnconfirmed, DoorNeedsRota, check_rota
from alongside.hubs.models import (
    BankHoliday,
    CrisisContact,
    DutyTurn,
    Hat,
    Hub,
    Organisation,
    Partner,
    Site,
    Standard,
    Stop,
    Team,
    TeamHours,
    Worker,
)
from alongside.hubs.queries import hats_in_hub, live
from alongside.hubs.words import hat_words
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

Choices = list[tuple[str, str]]


def my_hub(actor: Actor) -> Hub:
    """Give the hub that is set up."""
    return Hub.objects.get(pk=actor.hub)


def contacts(actor: Actor) -> list[CrisisContact]:
    """List the crisis contacts in their order."""
    return list(CrisisContact.objects.filter(hub_id=actor.hub).select_related("checked_by__worker").order_by("place"))


def organisations(actor: Actor) -> list[Organisation]:
    """List the partners of today, by name."""
    partners = Organisation.objects.filter(partnerships__hub_id=actor.hub, partnerships__until_at__isnull=True)
    return list(partners.order_by("name").distinct())


def partners(actor: Actor) -> list[Partner]:
    """List the partnerships of today with their organisations, by name."""
    found = Partner.objects.filter(hub_id=actor.hub, until_at__isnull=True).select_related("organisation")
    return list(found.order_by("organisation__name", "pk"))


def partners_in_full(actor: Actor) -> Choices:
    """Give the partners who take part in one record with the others, as choices."""
    return [
        (str(one.organisation_id), one.organisation.name) for one in partners(actor) if one.organisation.participation == "full"
    ]


def organisation_choices(actor: Actor) -> Choices:
    """Give the partners as choices."""
    return [(str(one.pk), one.name) for one in organisations(actor)]


def sites(actor: Actor) -> list[Site]:
    """List the places of the hub."""
    return list(Site.objects.filter(hub_id=actor.hub).select_related("organisation").order_by("name"))


def teams(actor: Actor) -> list[Team]:
    """List the live teams, by name."""
    return list(Team.objects.filter(hub_id=actor.hub, ended_at__isnull=True).select_related("organisation").order_by("name"))


def team_choices(actor: Actor, *, kind: str = "") -> Choices:
    """Give the live teams, or only the duty teams, as choices."""
    return [(str(one.pk), one.name) for one in teams(actor) if not kind or one.kind == kind]


def get_team(actor: Actor, team_id: UUID) -> Team:
    """Get one team of the hub."""
    found = Team.objects.filter(hub_id=actor.hub, public_id=team_id).first()
    if found is None:
        raise NotFound
    return found


def week_of(team_id: int) -> dict[str, str]:
    """Give a team's opening hours as they are typed: {"day_0": "09:00 to 17:00"}."""
    found: dict[str, list[str]] = {}
    for row in TeamHours.objects.filter(team_id=team_id).order_by("weekday", "opens"):
        found.setdefault(f"day_{row.weekday}", []).append(f"{row.opens:%H:%M} to {row.closes:%H:%M}")
    return {day: ", ".join(spans) for day, spans in found.items()}


def seats(team_id: int, at: datetime) -> list[Hat]:
    """List the hats that sit in a team, by name."""
    found = Hat.objects.filter(live(at), live(at, "seats__"), seats__team_id=team_id).select_related("worker", "organisation")
    return list(found.order_by("worker__name").distinct())


def turns(team_id: int, at: datetime) -> list[DutyTurn]:
    """List the duty turns that run or are still to come."""
    found = DutyTurn.objects.filter(team_id=team_id, until_at__gt=at)
    return list(found.select_related("hat__worker", "hat__organisation").order_by("from_at")[:60])


def hat_choices(actor: Actor, at: datetime, *, action: str | None = None) -> Choices:
    """Give the live hats as choices."""
    return [(str(hat.pk), hat_words(hat)) for hat in hats_in_hub(actor, at, action=action)]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has, or had, a hat in the hub."""

    worker: Worker
    works_here: bool
    has_come: bool
    """Has put a hat of this hub on."""


def workers(actor: Actor, at: datetime) -> list[Colleague]:
    """List everybody who has, or had, a hat in the hub, by name."""
    mine = Hat.objects.filter(hub_id=actor.hub, worker=OuterRef("pk"))
    found = Worker.objects.filter(Exists(mine)).annotate(
        works_here=Exists(mine.filter(live(at))), has_come=Exists(mine.filter(first_worn_at__isnull=False))
    )
    rows = found.select_related("user").order_by("name", "pk")
    return [Colleague(one, one.works_here, one.has_come) for one in rows]


def get_worker(actor: Actor, worker_id: UUID) -> Worker:
    """Get one worker of the hub."""
    found = Worker.objects.filter(hats__hub_id=actor.hub, public_id=worker_id).select_related("user").distinct().first()
    if found is None:
        raise NotFound
    return found


def hats_of_worker(actor: Actor, worker_id: int) -> list[Hat]:
    """List a worker's hats in this hub, those of today first."""
    found = Hat.objects.filter(hub_id=actor.hub, worker_id=worker_id).select_related("organisation", "worker")
    return sorted(found, key=lambda hat: (hat.until_at is not None, hat.pk))


def standards(actor: Actor) -> list[Standard]:
    """List the hub's standards."""
    return list(Standard.objects.filter(hub_id=actor.hub).select_related("approved_by__worker").order_by("pk"))


def bank_holidays_from(nation: str, first: date) -> list[BankHoliday]:
    """List a nation's bank holidays from a day on."""
    return list(BankHoliday.objects.filter(nation=nation, on__gte=first).order_by("on")[:60])


def agreements(actor: Actor, at: datetime) -> list[tuple[SharingAgreement, list[Signature]]]:
    """List the agreements in force, each with its signatures."""
    found = SharingAgreement.objects.filter(live(at), hub_id=actor.hub).order_by("pk")
    signed = Signature.objects.filter(live(at), agreement__in=found).select_related("organisation", "signed_by__worker")
    rows = list(signed.order_by("organisation__name"))
    return [(one, [row for row in rows if row.agreement_id == one.pk]) for one in found]


def stops(actor: Actor, at: datetime) -> list[Stop]:
    """List the organisations of which everything is stopped here now."""
    found = Stop.objects.filter(live(at), hub_id=actor.hub).select_related("organisation", "stopped_by__worker")
    return list(found.order_by("from_at"))


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal that waits for two people to say yes."""

    proposal: SharingProposal
    by: str
    partners: list[str]
    approved_by: list[str]
    gains: list[Gain]


def proposals(actor: Actor) -> list[Proposed]:
    """List what is proposed and neither in force nor withdrawn, the oldest first, each with who would gain sight of how many."""
    at = now()
    found = SharingProposal.objects.filter(hub_id=actor.hub, in_force_at__isnull=True, withdrawn_at__isnull=True)
    return [
        Proposed(
            one,
            one.proposed_by.worker.name,
            list(one.organisations.order_by("name").values_list("name", flat=True)),
            list(one.approvals.order_by("pk").values_list("worker__name", flat=True)),
            gains(one, at=at),
        )
        for one in found.select_related("agreement", "proposed_by__worker").order_by("proposed_at", "pk")[:20]
    ]


def clients(actor: Actor, at: datetime) -> list[ApiClient]:
    """List the machines that may send messages."""
    return list(ApiClient.objects.filter(live(at), hub_id=actor.hub).select_related("organisation").order_by("name"))


def door_problems(hub: Hub, at: datetime) -> list[str]:
    """Say what keeps the public door from opening: the hours that nobody covers, crisis contacts to be checked; or nothing."""
    problems = []
    try:
        check_rota(_team_at_the_door(hub), at)
    except DoorNeedsRota as missing:
        problems.append(str(missing))
    if CrisisContact.objects.filter(hub=hub, checked_on__isnull=True).exists():
        problems.append(str(CrisisContactsUnconfirmed.message))
    return problems


def _team_at_the_door(hub: Hub) -> int:
    """Give the team at the door, or the first that could stand there."""
    duty = Team.objects.filter(hub=hub, kind="duty", ended_at__isnull=True).order_by("name").values_list("pk", flat=True)
    return hub.front_door_team_id or duty.first() or 0
