"""Reads of safety: what to review, what is shown to me for somebody's safety, whom I said I know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.models import DeclaredRelation, Glass, Objection, Override, Relationship, Withholding
from alongside.access.queries import item_within_reach
from alongside.access.records import PersonRecord
from alongside.design.words import short_day, words
from alongside.hubs.models import Hat, Hub, Partner
from alongside.hubs.queries import live, works_here
from alongside.hubs.words import unnamed_words
from alongside.journal.models import Look
from alongside.members.codes import TASKS
from alongside.members.queries import open_tasks
from alongside.messages.models import Message
from alongside.people.models import Person, StoryEntry
from alongside.people.queries import get_person, ways_to_reach
from alongside.reads import read, together
from alongside.refusals import NotFound
from alongside.safety.watching.queries import A_PAGE, Seen, looks_at
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.channels import CHANNELS

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

    reader: Actor
    beside: tuple[Beside, ...]
    objections: tuple[NotShared, ...]
    opened: tuple[Glass, ...]
    looks: tuple[Seen, ...]


def sharing_of(actor: Actor, person_id: int, at: datetime) -> Sharing:
    """Gather it, for a person whom the caller has found within reach. Queries: eight, whatever the size of the record.

    Also:     nobody who is kept away is named, nor that anybody is; a partner that keeps its own notes is not named either.
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
        unnamed = unnamed_words(organisation, actor)
        who = found.setdefault(organisation.pk, (unnamed or organisation.name, []))[1]
        name = one.hat.worker.name if one.hat else one.team.name  # type: ignore[union-attr]  # as above
        if name not in who and not unnamed:
            who.append(name)
    closed = {one.organisation_id for one in objections}  # None: everybody
    beside = tuple(Beside(name, tuple(who), bool(closed & {key, None})) for key, (name, who) in found.items())
    opened = (
        Glass.objects.filter(person_id=person_id).select_related("hat__worker", "hat__organisation").order_by("-from_at")[:LISTED]
    )
    asked = tuple(NotShared(one.public_id, one.organisation.name if one.organisation else "", one.from_at) for one in objections)
    return Sharing(actor, beside, asked, tuple(opened), tuple(looks_at(person_id)[:A_PAGE]))


class KeptFromThem(NamedTuple):
    """One item, and what the person's own channel does with it now."""

    item: PersonRecord
    withheld: Withholding | None
    is_shown: bool
    """Whether they are shown it now."""


def kept_from_them(actor: Actor, person_id: int, item: UUID, at: datetime) -> KeptFromThem:
    """Give one item within reach, and whether the person is shown it. Queries: a few, of one page that is seldom opened."""
    found = item_within_reach(actor, person_id, item, at=at)
    withheld = Withholding.objects.filter(live(at), item=item).select_related("decided_by__worker", "decided_by__organisation")
    own = type(found)._default_manager.filter(public_id=item)
    return KeptFromThem(found, withheld.first(), policy.for_the_person(own, person_id, at=at).exists())


def partners(actor: Actor, at: datetime) -> list[tuple[str, str]]:
    """List the partners of the hub as choices."""
    found = Partner.objects.filter(hub_id=actor.hub, until_at__isnull=True).select_related("organisation")
    return [(str(one.organisation_id), one.organisation.name) for one in found.order_by("organisation__name")]


def whom_to_ring(actor: Actor, person_id: int, at: datetime) -> tuple[str, ...]:
    """Say whom to ring about somebody's safety: the safeguarding leads who work here and have a number, or else the hub.

    Also:     whoever is kept away from the person is not named: nobody is sent to the very one whom they fear.
    Queries:  three at most. Source: trust.md 3.1 (over-hiding: "speak to the safeguarding duty"), H11.
    """
    leads = Hat.objects.filter(works_here(at), hub_id=actor.hub, role="safeguarding_lead").exclude(worker__phone="")
    leads = leads.exclude(worker_id__in=policy.workers_kept_away_from([person_id], at))
    found = list(leads.select_related("worker").order_by("worker__name", "pk")[:LISTED])
    return ring_words(found, Hub.objects.values_list("phone", flat=True).get(pk=actor.hub))


def ring_words(leads: Sequence[Hat], phone: str) -> tuple[str, ...]:
    """Say whom to ring: these leads, or else the hub."""
    found = [f"{one.worker.name}: {one.worker.phone}" for one in leads]
    at_the_hub = _("ring the hub and ask for the safeguarding lead: %(phone)s") % {"phone": phone}
    return tuple(found) or ((at_the_hub,) if phone else (_("ask the hub for the safeguarding lead"),))


def people_i_know(actor: Actor) -> list[DeclaredRelation]:
    """List whom this worker said they know; it says nothing about whether anybody of them is known here."""
    found = DeclaredRelation.objects.filter(hub_id=actor.hub, worker_id=actor.worker, until_at__isnull=True)
    return list(found.order_by("from_at", "pk")[:LISTED])


class InFlight(NamedTuple):
    """Something that is under way to somebody, or on its way to be done."""

    key: UUID
    words: str
    when: str


class UnderWay(NamedTuple):
    """What is under way for a person: ways nobody has confirmed, messages that have not left, and what is to be done."""

    ways: int
    messages: tuple[InFlight, ...]
    tasks: tuple[InFlight, ...]


def under_way(actor: Actor, person_id: int) -> UnderWay:
    """Gather what is in flight for a person within reach. Queries: three in one trip.

    Source: trust.md T17 (an address change opens a check of what is in flight).
    """
    ways, messages = ways_to_reach(person_id), read(_waiting_messages, actor=actor, person_id=person_id)
    tasks = open_tasks(actor, person_id=person_id)
    together(ways, messages, tasks)
    return UnderWay(
        sum(1 for way in ways if way.confirmed_on is None or way.ask_again_since),
        tuple(
            InFlight(one.public_id, words(CHANNELS, one.channel).capitalize(), _("due %s") % short_day(one.due_at))
            for one in messages
        ),
        tuple(InFlight(one.public_id, one.words or words(TASKS, one.what), _("due %s") % short_day(one.due_on)) for one in tasks),
    )


def _waiting_messages(actor: Actor, person_id: int, at: datetime) -> QuerySet[Message]:
    found = Message.objects.filter(person_id=person_id, sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True)
    return policy.visible_to(actor, found, at=at).order_by("due_at", "pk")[:LISTED]
