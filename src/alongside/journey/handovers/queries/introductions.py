"""Introductions as both sides see them; every public read takes the actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.access.actors import worker_actor
from alongside.access.policy import for_the_person, has_relationship, visible_to
from alongside.hubs.models import Hat
from alongside.hubs.queries import teams_in_hub
from alongside.hubs.words import team_words
from alongside.journey.directory.queries.entries import services_to_choose
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.policies import may_say_met
from alongside.journey.handovers.queries.late import waiting_for_an_answer
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

_NEAR = (
    "person",
    "to_team",
    "to_service",
    "offered_by__worker",
    "offered_by__organisation",
    "accepted_by__worker",
    "answered_by__worker",
)


_SAYING = ("introduced_by__worker", "met_written_by__worker", "confirmed_by__worker", "disputed_by__worker", "settled_by__worker")


def get_handover(actor: Actor, handover_id: UUID) -> Handover:
    """Get one introduction within reach."""
    found = (
        visible_to(actor, Handover.objects.filter(public_id=handover_id)).select_related(*_NEAR, *_SAYING, "link_message").first()
    )
    if found is None:
        raise NotFound
    return found


def lock_handover(actor: Actor, handover_id: UUID, *, at: datetime) -> Handover:
    """Get one introduction within reach, under a lock: accepting and meeting are for one worker at a time."""
    locked = Handover.objects.select_for_update(of=("self",)).select_related("person").filter(public_id=handover_id)
    found = visible_to(actor, locked, at=at).first()
    if found is None:
        raise NotFound
    return found


def giver_near(handover: Handover, at: datetime) -> int | None:
    """Give the giver's hat while it works here and may see the person; None when what is to be done is the holder's."""
    giver = worker_actor(handover.offered_by_id, user_id=None, at=at)
    return giver.hat_id if giver and has_relationship(giver, handover.person_id, at=at) else None


def still_to_be_met(person_id: int) -> list[Handover]:
    """List the introductions of a person to a team that were offered and neither met nor answered "not us"."""
    found = Handover.objects.unscoped("Of a person whom a command or the sweep has in hand.").filter(
        person_id=person_id, met_at__isnull=True, to_team__isnull=False
    )
    return list(found.exclude(answer="not_us").order_by("pk"))


def introductions_to_answer(actor: Actor) -> Read[Handover]:
    """List the introductions that wait for an answer from the actor's teams, oldest first."""
    return read(_to_answer, actor=actor)


def _to_answer(actor: Actor, at: datetime) -> QuerySet[Handover]:
    found = visible_to(actor, waiting_for_an_answer().filter(to_team_id__in=actor.team_ids), at=at)
    return naming(found, *_NEAR).order_by("offered_at")[:100]


def introductions_received(actor: Actor) -> list[Handover]:
    """List what the actor's teams have accepted and not settled yet."""
    found = visible_to(
        actor, Handover.objects.filter(to_team_id__in=actor.team_ids, accepted_at__isnull=False, settled_at__isnull=True)
    )
    return list(naming(found, *_NEAR).order_by("offered_at")[:100])


def introductions_given(actor: Actor) -> list[Handover]:
    """List what this hat has offered and is not settled yet, "not us" included until something else is offered."""
    found = visible_to(actor, Handover.objects.filter(offered_by_id=actor.hat_id, settled_at__isnull=True))
    return list(naming(found, *_NEAR).order_by("offered_at")[:100])


def introductions_of(actor: Actor, person_id: int) -> Read[Handover]:
    """List a person's introductions within reach, newest first."""
    return read(_introductions, actor=actor, person_id=person_id)


def _introductions(actor: Actor, person_id: int, at: datetime) -> QuerySet[Handover]:
    found = visible_to(actor, Handover.objects.filter(person_id=person_id), at=at)
    near = ("person", "to_team", "to_service", "offered_by__worker", "offered_by__organisation", "answered_by__worker")
    return naming(found, *near, *_SAYING).order_by("-offered_at", "-pk")[:50]


def accepted_for(actor: Actor, person_id: int, *, at: datetime) -> Handover | None:
    """Get the accepted introduction of a person that the actor's first attended contact will have met, as its receiver."""
    waiting = Handover.objects.unscoped("Only to tell whether this actor, whose contact it is, met them.").filter(
        person_id=person_id, accepted_at__isnull=False, met_at__isnull=True
    )
    near = waiting.filter(to_team_id__in=actor.team_ids).select_related("accepted_by").order_by("accepted_at")
    return next((one for one in near if may_say_met(actor, one, at=at)), None)


@dataclass(frozen=True, slots=True)
class Step:
    """A fact of an introduction: what, when, and who says so."""

    name: str
    at: datetime
    who: str


def steps_of(one: Handover) -> list[Step]:
    """List the facts after the answer in the order of the journey, each with who and when."""
    person = _("the person, by their own link")
    steps = (
        (_("Introduced"), one.introduced_at, _name(one.introduced_by)),
        (_("Met"), one.met_at, _who_says_met(one)),
        (_("Confirmed that they met"), one.confirmed_at, _name(one.confirmed_by) or person),
        (_("Said that they had not met"), one.disputed_at, _name(one.disputed_by) or person),
        (_("Settled"), one.settled_at, _name(one.settled_by)),
    )
    return [Step(name, at, who) for name, at, who in steps if at]


def _who_says_met(one: Handover) -> str:
    if one.met_how == "link":
        return _("%(who)s, by link") % {"who": one.met_by_name}
    if one.met_how == "written":
        return _("%(who)s, as they told %(giver)s") % {"who": one.met_by_name, "giver": _name(one.met_written_by)}
    return _name(one.met_written_by)


def _name(hat: Hat | None) -> str:
    return hat.worker.name if hat else ""


def receiver_words(actor: Actor, one: Handover) -> str:
    """Name who was asked to a reader of the record: a team of a partner that keeps its own notes is not named to the others."""
    return one.receiver if one.to_service or one.to_team is None else team_words(one.to_team, actor)


def latest_for_the_person(person_id: int, *, at: datetime) -> Handover | None:
    """Get a person's newest introduction, for their own private link: one that is kept from them is not there."""
    return (
        for_the_person(Handover.objects.all(), person_id, at=at)
        .select_related("person", "to_team", "to_service", "accepted_by__worker")
        .order_by("-offered_at")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Receivers:
    """To whom somebody may be introduced, each once: a service behind which a team of the hub stands goes to that team."""

    groups: list[tuple[str, list[tuple[str, str]]]]
    """(heading, (value, words) of each) for a select."""
    keys: dict[str, tuple[int | None, int | None]]
    """Team and service of each value."""
    chosen: str
    """The value of the service that was chosen elsewhere, or nothing."""


def receivers_to_choose(actor: Actor, *, chosen: UUID | None = None) -> Receivers:
    """List the teams of the hub and the services without one, confirmed ones first. Queries: four at most."""
    services = services_to_choose(actor, chosen=chosen)
    keys: dict[str, tuple[int | None, int | None]] = {}
    teams: list[tuple[str, str]] = []
    value_chosen = ""
    for team in teams_in_hub(actor):
        value = f"team:{team.pk}"
        behind = [one for one in services.of_teams if one.team_id == team.pk]
        asked = next((one for one in behind if one.public_id == chosen), None)
        value_chosen = value if asked else value_chosen
        keys[value] = team.pk, asked.pk if asked else None
        offers = "; ".join(one.name for one in behind if one.name != team.name)
        teams.append((value, f"{team.name} ({offers})" if offers else team.name))
    for one in (*services.confirmed, *services.others):
        keys[f"service:{one.public_id}"] = None, one.pk
        value_chosen = f"service:{one.public_id}" if one.public_id == chosen else value_chosen
    groups = [
        (_("Teams of this hub"), teams),
        (_("Services, confirmed lately"), [(f"service:{one.public_id}", one.name) for one in services.confirmed]),
        (_("Services that nobody has confirmed lately"), [(f"service:{one.public_id}", one.name) for one in services.others]),
    ]
    return Receivers([group for group in groups if group[1]], keys, value_chosen)
