"""A small hub for tests, made only through the commands, so that what a test stands on could have happened."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.test import Client

from alongside.access.actors import worker_actor
from alongside.access.commands import begin_agreement, sign_agreement
from alongside.access.models import SharingAgreement, User
from alongside.hubs.commands import (
    add_duty_turn,
    add_organisation,
    add_team,
    add_worker,
    begin_hub,
    confirm_crisis_contact,
    give_hat,
    give_seat,
    open_public_door,
    set_team_hours,
)
from alongside.hubs.models import CrisisContact, Hat, Hub
from alongside.journey.referrals.commands import Received, decide, look_at_suspected_spam, receive_referral
from alongside.journey.referrals.models import Referral
from alongside.people.models import Person
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival, PersonAsTold, WayToReach
from alongside.vocabulary.clock import now

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
"""A Monday morning, with no bank holiday near."""
TODAY = AT.date()

PARTNERS = {"trust": "nhs", "practice": "practice", "charity": "charity", "council": "council"}
TEAMS = {"door": ("trust", "duty"), "north": ("practice", "care"), "harbour": ("charity", "care")}
WORKERS = {
    # key: (name, partner, role, teams)
    "dana": ("Dana Pretend", "trust", "duty_worker", ("door",)),
    "wyn": ("Wyn Invented", "trust", "wellbeing_practitioner", ("door",)),
    "cora": ("Cora Madeup", "practice", "coordinator", ("north",)),
    "nell": ("Nell Fiction", "practice", "link_worker", ("north",)),
    "liv": ("Liv Example", "charity", "link_worker", ("harbour",)),
    "tess": ("Tess Sample", "charity", "therapist", ("harbour",)),
    "gil": ("Gil Story", "practice", "referrer", ()),
    "ada": ("Ada Fable", "practice", "administrator", ()),
    "lea": ("Lea Novel", "trust", "service_lead", ()),
    "saf": ("Saf Legend", "trust", "safeguarding_lead", ()),
}


@dataclass
class MadeHub:
    """A hub with its partners, teams and hats by key."""

    hub: Hub
    partners: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    hats: dict[str, int] = field(default_factory=dict)

    @property
    def system(self) -> Actor:
        return Actor.system("tests", self.hub.pk)

    @property
    def public(self) -> Actor:
        return Actor.public(self.hub.pk)

    def actor(self, key: str, at: datetime = AT) -> Actor:
        """Give the actor of a worker as the next request would build it."""
        found = worker_actor(self.hats[key], user_id=None, at=at)
        assert found is not None, f"{key} does not work here"
        return found

    def signed_in(self, key: str) -> Client:
        """Give the browser of a worker who has signed in, with a second factor, and wears that hat."""
        user = Hat.objects.get(pk=self.hats[key]).worker.user
        assert user is not None
        client = Client()
        client.force_login(user, backend="alongside.access.backend.Accounts")
        client.get("/hat/")
        gives_second_factor(client, now())
        return client

    def take_on(self, key: str, name: str, partner: str, role: str, teams: tuple[str, ...] = (), at: datetime = AT) -> int:
        """Take on one more worker; give the hat's id."""
        user = User.objects.create_user(f"{key}@{self.hub.slug}.example")
        hub_id, system = self.hub.pk, self.system
        worker = add_worker(actor=system, at=at, hub_id=hub_id, name=name, email=user.email, user_id=user.pk)
        supervisor = self.hats["wyn"] if role == "student" else None
        hat = give_hat(
            actor=system, at=at, hub_id=hub_id, worker_id=worker.pk, organisation_id=self.partners[partner], role=role,
            supervisor_id=supervisor,
        )  # fmt: skip
        for team in teams:
            give_seat(actor=system, at=at, hub_id=hub_id, team_id=self.teams[team], hat_id=hat.pk)
        self.hats[key] = hat.pk
        return hat.pk

    def refer(self, at: datetime = AT, actor: Actor | None = None, key: str = "", content: str = "", **told: Any) -> Received:
        """Let somebody come in; what is not said is a made-up person with one safe e-mail address."""
        return receive_referral(
            actor=actor or self.public,
            at=at,
            hub_id=self.hub.pk,
            arrival=arrival(**told),
            key=key or f"test:{uuid.uuid4()}",
            content_fingerprint=content or "same",
        )

    def person(self, at: datetime = AT, **told: Any) -> Person:
        """Give a person who has just come in, held by the door team."""
        return self.refer(at, **told).referral.person

    def look_at(self, person: Person, *, is_genuine: bool, at: datetime = AT) -> None:
        """Let a duty worker look at what may be spam."""
        look_at_suspected_spam(
            actor=self.actor("dana", at), at=at, referral_id=referral_of(person).public_id, is_genuine=is_genuine
        )

    def held_by(self, key: str, at: datetime = AT, **told: Any) -> Person:
        """Give a person who came in and was passed by triage to one worker."""
        referral = self.refer(at, **told).referral
        decide(actor=self.actor("dana", at), at=at, referral_id=referral.public_id, urgency="steady", to_hat_id=self.hats[key])
        return referral.person


def gives_second_factor(client: Client, at: datetime) -> None:
    """Let the session of a browser say that its second factor was given then."""
    session = client.session
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": at.timestamp()}]
    session.save()


def arrival(
    name: str = "Mair Pretend",
    email: str = "mair@person.example",
    ways: tuple[WayToReach, ...] | None = None,
    born_on: date | None = None,
    nhs_number: str = "",
    official_name: str = "",
    age_band: str = "",
    nhs_number_unsure: bool = False,
    dependants: tuple[tuple[str, str], ...] = (),
    postcode: str = "",
    gp_practice: str = "",
    **rest: Any,
) -> Arrival:
    """Write what a door hands in about a made-up person."""
    reached = ways if ways is not None else (WayToReach("email", email),)
    told = PersonAsTold(
        chosen_name=name,
        ways=reached,
        born_on=born_on,
        nhs_number=nhs_number,
        nhs_number_unsure=nhs_number_unsure,
        official_name=official_name,
        age_band=age_band,
        dependants=dependants,
        postcode=postcode,
        gp_practice=gp_practice,
    )
    return Arrival(person=told, door=rest.pop("door", "self"), **rest)


def open_hub(
    slug: str = "rivermouth", *, nation: str = "wales", sharing: bool = True, at: datetime = AT - timedelta(days=30)
) -> MadeHub:
    """Begin a hub, take its partners and workers in, sign the agreement, open the door."""
    hub = begin_hub(actor=Actor.system("tests"), at=at, name=f"{slug} hub", slug=slug, nation=nation, phone="01632 960000")
    made = MadeHub(hub)
    system, hub_id = made.system, hub.pk
    for contact in CrisisContact.objects.filter(hub=hub):
        confirm_crisis_contact(actor=system, at=at, hub_id=hub_id, code=contact.code, checked_on=at.date())
    agreement: SharingAgreement = begin_agreement(actor=system, at=at, hub_id=hub_id, purpose="One record for one person")
    for key, sector in PARTNERS.items():
        partner = add_organisation(actor=system, at=at, hub_id=hub_id, name=f"{key} of {slug}", sector=sector)
        made.partners[key] = partner.pk
        if sharing:
            sign_agreement(actor=system, at=at, agreement_id=agreement.pk, organisation_id=partner.pk)
    for key, (partner_key, kind) in TEAMS.items():
        team = add_team(
            actor=system, at=at, hub_id=hub_id, organisation_id=made.partners[partner_key], name=f"{key} team", kind=kind
        )
        made.teams[key] = team.pk
        week = [(weekday, time(9), time(17)) for weekday in range(5)]
        set_team_hours(actor=system, at=at, hub_id=hub_id, team_id=team.pk, stretches=week)
    for key, (name, partner_key, role, teams) in WORKERS.items():
        made.take_on(key, name, partner_key, role, teams, at=at)
    add_duty_turn(
        actor=system,
        at=at,
        hub_id=hub_id,
        team_id=made.teams["door"],
        hat_id=made.hats["dana"],
        from_at=at,
        until_at=at + timedelta(days=3_650),
    )
    open_public_door(actor=system, at=at, hub_id=hub_id, team_id=made.teams["door"])
    made.hub.refresh_from_db()
    return made


def dated(name: str, day: date) -> dict[str, str]:
    """Write a date as its three boxes are sent."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def referral_of(person: Person) -> Referral:
    """Give a person's first referral."""
    return Referral.objects.filter(person=person).earliest("received_at")
