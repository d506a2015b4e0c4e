"""Building the made-up hub through the commands of `hubs` and `access`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from alongside.access.actors import worker_actor
from alongside.access.commands import begin_agreement, sign_agreement
from alongside.access.models import User
from alongside.demo import cast
from alongside.hubs.commands import (
    add_duty_turn,
    add_organisation,
    add_site,
    add_team,
    add_worker,
    begin_hub,
    change_hub,
    confirm_crisis_contact,
    give_hat,
    give_seat,
    open_public_door,
    set_team_hours,
)
from alongside.hubs.models import CrisisContact, Hat, Hub, Organisation, Team, Worker
from alongside.hubs.queries import local_date
from alongside.vocabulary.actor import Actor

SLUG, ELSEWHERE = "rivermouth", "elsewhere"


@dataclass
class Stage:
    """The hub with its cast by key, and the actors of its hats, each made once."""

    hub: Hub
    partners: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    hats: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    actors: dict[int, Actor] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        """Give the actor as which the hub is set up."""
        return Actor.system("demo", self.hub.pk)

    def actor(self, key: str, at: datetime) -> Actor:
        """Give the actor of a worker by key, as of a moment at which the hat works here."""
        hat_id = self.hats[key]
        if hat_id not in self.actors:
            found = worker_actor(hat_id, user_id=None, at=at)
            if found is None:
                raise LookupError(f"The hat of {key} does not work here at {at}.")
            self.actors[hat_id] = found
        return self.actors[hat_id]


def build(at: datetime) -> Stage:
    """Build hub, partners, teams and workers as of a moment, and open the door."""
    hub = begin_hub(
        actor=Actor.system("demo"), at=at, name=cast.HUB, name_cy=cast.HUB_CY, slug=SLUG, nation="wales", phone=cast.HUB_PHONE
    )
    stage = Stage(hub)
    system = stage.system
    for contact in CrisisContact.objects.filter(hub=hub).order_by("place"):
        confirm_crisis_contact(actor=system, at=at, hub_id=hub.pk, code=contact.code, checked_on=local_date(at))
    agreement = begin_agreement(
        actor=system, at=at, hub_id=hub.pk, purpose="One record for one person, among the partners of the hub"
    )
    for partner in cast.PARTNERS:
        organisation = add_organisation(
            actor=system, at=at, hub_id=hub.pk, name=partner.name, sector=partner.sector, ods_code=partner.ods_code
        )
        stage.partners[partner.key] = organisation.pk
        sign_agreement(actor=system, at=at, agreement_id=agreement.pk, organisation_id=organisation.pk)
    add_site(
        actor=system, at=at, hub_id=hub.pk, organisation_id=stage.partners["hub"], name="Rivermouth hub",
        address="The Old Ferry Office, Made-up Row, Rivermouth", postcode="ZZ3 1AA",
    )  # fmt: skip
    for team in cast.TEAMS:
        _team(stage, team, at)
    for worker in cast.WORKERS:
        add_to_cast(stage, worker, at)
    _rota(stage, "door", ("duty_2", "duty_1"), at)
    open_public_door(actor=system, at=at, hub_id=hub.pk, team_id=stage.teams["door"])
    stage.hub.refresh_from_db()
    return stage


def build_elsewhere(at: datetime) -> Hub:
    """Build a second, tiny hub at another address, to show that nothing of one hub is seen from another."""
    hub = begin_hub(
        actor=Actor.system("demo"), at=at, name="Elsewhere hub", slug=ELSEWHERE, nation="england", phone="01632 960200"
    )
    system = Actor.system("demo", hub.pk)
    for contact in CrisisContact.objects.filter(hub=hub).order_by("place"):
        confirm_crisis_contact(actor=system, at=at, hub_id=hub.pk, code=contact.code, checked_on=local_date(at))
    change_hub(actor=system, at=at, hub_id=hub.pk, hostnames=["elsewhere.localhost"])
    stage = Stage(hub)
    home = add_organisation(actor=system, at=at, hub_id=hub.pk, name="Elsewhere Alliance", sector="charity", ods_code="ZZ9E1")
    stage.partners["elsewhere"] = home.pk
    _team(stage, cast.TeamOf("elsewhere", "Elsewhere front door", "elsewhere", kind="duty"), at)
    add_to_cast(stage, cast.STRANGER, at)
    _rota(stage, "elsewhere", (cast.STRANGER.key,), at)
    open_public_door(actor=system, at=at, hub_id=hub.pk, team_id=stage.teams["elsewhere"])
    return hub


def add_to_cast(stage: Stage, worker: cast.WorkerOf, at: datetime, *, email: str = "") -> int:
    """Add a worker with account, hat and seats; give the hat's id."""
    hub_id, system = stage.hub.pk, stage.system
    user = User(email=email or cast.email_of(worker), is_persona=bool(worker.try_this))
    user.set_unusable_password()
    user.save()
    made = add_worker(actor=system, at=at, hub_id=hub_id, name=worker.name, email=user.email, user_id=user.pk)
    hat = give_hat(
        actor=system, at=at, hub_id=hub_id, worker_id=made.pk, organisation_id=stage.partners[worker.partner], role=worker.role,
        supervisor_id=stage.hats.get(worker.supervisor),
    )  # fmt: skip
    stage.hats[worker.key] = hat.pk
    for team in worker.teams:
        give_seat(actor=system, at=at, hub_id=hub_id, team_id=stage.teams[team], hat_id=hat.pk)
    return hat.pk


def stage_of(hub: Hub) -> Stage:
    """Find the cast of a hub that was built before, by the names and addresses it was built with."""
    stage = Stage(hub)
    organisations = dict(Organisation.objects.filter(partnerships__hub=hub).values_list("name", "pk"))
    teams = dict(Team.objects.filter(hub=hub).values_list("name", "pk"))
    hats = dict(Hat.objects.filter(hub=hub).values_list("worker__email", "pk"))
    stage.partners = {one.key: organisations[one.name] for one in cast.PARTNERS}
    stage.teams = {one.key: teams[one.name] for one in cast.TEAMS}
    stage.hats = {one.key: hats[cast.email_of(one)] for one in cast.WORKERS}
    stage.services = dict(hub.services.filter(source="hub").values_list("source_id", "pk"))
    return stage


def personas() -> list[tuple[str, str, str]]:
    """List the personas: name, role, what to try."""
    try_this = {cast.email_of(one): (one.role, one.try_this) for one in (*cast.WORKERS, cast.STRANGER)}
    found = Worker.objects.filter(user__is_persona=True).order_by("pk")
    return [(one.name, *try_this[one.email]) for one in found if one.email in try_this]


def _team(stage: Stage, team: cast.TeamOf, at: datetime) -> None:
    made = add_team(
        actor=stage.system, at=at, hub_id=stage.hub.pk, organisation_id=stage.partners[team.partner], name=team.name, kind=team.kind,
        national_team_type=team.national_team_type, phone=cast.HUB_PHONE,
    )  # fmt: skip
    stage.teams[team.key] = made.pk
    opens, closes = (time(8), time(20)) if team.long_hours else (time(9), time(17))
    days = range(7) if team.kind == "duty" else range(5)
    set_team_hours(
        actor=stage.system, at=at, hub_id=stage.hub.pk, team_id=made.pk, stretches=[(day, opens, closes) for day in days]
    )


def _rota(stage: Stage, team: str, hats: tuple[str, ...], at: datetime) -> None:
    """Put these workers on turns of a fortnight, from the beginning until a month after the year."""
    for turn in range(30):
        from_at = at + timedelta(days=14 * turn)
        add_duty_turn(
            actor=stage.system, at=at, hub_id=stage.hub.pk, team_id=stage.teams[team],
            hat_id=stage.hats[hats[turn % len(hats)]], from_at=from_at, until_at=from_at + timedelta(days=14),
        )  # fmt: skip
