"""Reads of safety: what to review, what is shown to me for somebody's safety, whom I said I know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from alongside.access import policy
from alongside.access.models import DeclaredRelation, Glass, Objection, Override, Relationship
from alongside.hubs.models import Hat, Partner
from alongside.hubs.queries import live, works_here
from alongside.journal.models import Look
from alongside.people.models import Person, StoryEntry
from alongside.people.queries import get_person
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

LISTED = 200
TRACES_AN_HOUR = 10
"""So often one worker may ask for somebody by what is known of them (trust.md P8)."""
TRACE = "emergency.opened"
"""What a refused look is named that somebody leaves who asked for a person and opened nobody."""


def glass_to_review(actor: Actor, at: datetime) -> list[Glass]:
    """List what was opened in an emergency and nobody has reviewed, oldest first; for the privacy officer, unless kept away.

    Queries: one. Source: trust.md C09 (reviewed within three working days).
    """
    policy.check_may(actor, "see_looks")
    found = Glass.objects.filter(hub_id=actor.hub, reviewed_at__isnull=True).select_related("hat__worker", "hat__organisation")
    found = found.exclude(policy.denied(actor, "person_id", at))
    return list(found.order_by("from_at", "pk")[:LISTED])


def get_glass(actor: Actor, glass_id: UUID, at: datetime) -> Glass:
    """Get one that waits for its review."""
    found = next((one for one in glass_to_review(actor, at) if one.public_id == glass_id), None)
    if found is None:
        raise NotFound
    return found


def my_glass(actor: Actor, person_id: int, at: datetime) -> Glass | None:
    """Give the glass behind which this hat sees somebody now, if it is that which opens them."""
    if not actor.has_glass or policy.has_relationship(actor, person_id, at=at):
        return None
    return Glass.objects.filter(live(at), hat_id=actor.hat, person_id=person_id).order_by("-from_at").first()


def traces_in_the_last_hour(actor: Actor, at: datetime) -> int:
    """Count how often this worker has asked for somebody by what is known of them, found or not."""
    since = at - timedelta(hours=1)
    missed = Look.objects.filter(hub_id=actor.hub, at__gt=since, user_id=actor.user_id, page=TRACE, outcome="refused").count()
    return missed + Glass.objects.filter(hat__worker_id=actor.worker, from_at__gt=since).count()


def items_to_share(actor: Actor, person_id: UUID) -> tuple[Person, list[StoryEntry]]:
    """Give a person within reach of a safeguarding lead, and what of their story the lead may see and so may share."""
    person = get_person(actor, person_id)
    policy.check_may(actor, "override")
    found = policy.visible_to(actor, StoryEntry.objects.filter(person=person)).select_related("author_organisation")
    return person, list(found.order_by("-at", "-pk")[:LISTED])


def colleagues(actor: Actor, person_id: int, at: datetime) -> list[Hat]:
    """List who may be shown something for somebody's safety: whoever works here and reads stories, and is not kept away."""
    away = policy.workers_kept_away_from([person_id], at)
    found = Hat.objects.filter(works_here(at), hub_id=actor.hub).exclude(worker_id__in=away).exclude(pk=actor.hat)
    found = found.select_related("worker", "organisation").order_by("worker__name", "pk")
    return [one for one in found if policy.role_may(one.role, "read_story")]


def overrides_of(actor: Actor, person_id: int, at: datetime) -> list[Override]:
    """List what is shown to whom for this person's safety now."""
    policy.check_may(actor, "override")
    found = Override.objects.filter(live(at), hub_id=actor.hub, person_id=person_id).order_by("from_at", "pk")
    return list(found.select_related("recipient__worker", "recipient__organisation")[:LISTED])


def shown_to_me(actor: Actor, at: datetime) -> list[StoryEntry]:
    """List what a safeguarding lead shows this hat for somebody's safety, newest first; nothing else of the person opens by it."""
    items = Override.objects.filter(live(at), recipient_id=actor.hat).values("item")
    found: QuerySet[StoryEntry] = policy.visible_to(actor, StoryEntry.objects.filter(public_id__in=items), at=at)
    return list(found.select_related("person", "author_organisation").order_by("-at", "-pk")[:LISTED])


@dataclass(frozen=True, slots=True)
class Beside:
    """One organisation that is alongside somebody now, who of it, and whether they asked that it see only what it wrote itself."""

    organisation: str
    who: tuple[str, ...]
    only_its_own: bool


@dataclass(frozen=True, slots=True)
class NotShared:
    """What somebody asked not to be shared: who sees only what they wrote themselves (nobody named: each), and since when."""

    objection_id: UUID
    organisation: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who can see one person's record, what they asked not to be shared, who opened or looked at it."""

    beside: tuple[Beside, ...]
    objections: tuple[NotShared, ...]
    opened: tuple[Glass, ...]
    looks: tuple[tuple[datetime, Hat], ...]


def sharing_of(person_id: int, at: datetime) -> Sharing:
    """Gather it, for a person whom the caller has found within reach. Queries: five, whatever the size of the record.

    Also:     nobody who is kept away is named, nor that anybody is.
    Source:   promise 8; trust.md C05, C24 ("who has looked").
    """
    objections = list(
        Objection.objects.filter(live(at), person_id=person_id, item__isnull=True)
        .select_related("organisation")
        .order_by("from_at", "pk")
    )
    near = Relationship.objects.filter(live(at), person_id=person_id, kind__in=policy.FULL_SIGHT)
    near = near.select_related("hat__worker", "hat__organisation", "team__organisation").order_by("from_at", "pk")[:LISTED]
    found: dict[int, tuple[str, list[str]]] = {}
    for one in near:
        organisation = one.hat.organisation if one.hat else one.team.organisation  # type: ignore[union-attr]  # a hat or a team
        who = found.setdefault(organisation.pk, (organisation.name, []))[1]
        name = one.hat.worker.name if one.hat else one.team.name  # type: ignore[union-attr]  # as above
        if name not in who:
            who.append(name)
    closed = {one.organisation_id for one in objections}  # None: everybody
    beside = tuple(Beside(name, tuple(who), bool(closed & {key, None})) for key, (name, who) in found.items())
    opened = (
        Glass.objects.filter(person_id=person_id).select_related("hat__worker", "hat__organisation").order_by("-from_at")[:LISTED]
    )
    looks = list(Look.objects.filter(about_id=person_id, outcome="shown").order_by("-at", "-pk").values_list("at", "hat_id")[:50])
    hats = Hat.objects.select_related("worker", "organisation").in_bulk([key for _at, key in looks if key])
    seen = tuple((moment, hats[key]) for moment, key in looks if key in hats)
    asked = tuple(NotShared(one.public_id, one.organisation.name if one.organisation else "", one.from_at) for one in objections)
    return Sharing(beside, asked, tuple(opened), seen)


def partners(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """List the partners of the hub as choices."""
    found = Partner.objects.filter(hub_id=actor.hub, until_at__isnull=True).select_related("organisation")
    return [(str(one.organisation_id), one.organisation.name) for one in found.order_by("organisation__name")]


def people_i_know(actor: Actor) -> list[DeclaredRelation]:
    """List whom this worker said they know; it says nothing about whether anybody of them is known here."""
    found = DeclaredRelation.objects.filter(hub_id=actor.hub, worker_id=actor.worker, until_at__isnull=True)
    return list(found.order_by("from_at", "pk")[:LISTED])
