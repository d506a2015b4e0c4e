"""Reads of what somebody chose: for one item of their story, for each carer; where two choices pull in two directions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access import policy
from alongside.access.models import Objection
from alongside.hubs.models import Partner
from alongside.hubs.queries import live, local_date
from alongside.hubs.words import unnamed_words
from alongside.members.models import Holding
from alongside.people.models import ContactPoint, Person, RelatedPerson, StoryEntry
from alongside.people.queries import family_of, ways_to_reach
from alongside.reads import Read, read, together
from alongside.refusals import NotFound
from alongside.safety.choices.rules import ASK_BEFORE, End, Way, births_that_may_end, end_of, holds, is_to_be_asked, only_theirs
from alongside.safety.models import CarerChoice
from alongside.vocabulary.actor import Actor

LISTED = 200


def get_item(actor: Actor, person_id: int, item: UUID, at: datetime) -> StoryEntry:
    """Get one entry of a story that this actor sees; any other is not there (NotFound)."""
    found = policy.visible_to(actor, StoryEntry.objects.filter(person_id=person_id, public_id=item), at=at)
    one = found.select_related("author_organisation", "written_by__worker").first()
    if one is None:
        raise NotFound
    return one


@dataclass(frozen=True, slots=True)
class NotForAll:
    """What somebody asked about one entry: who sees it only if they wrote it themselves (nobody named: everybody)."""

    objection_id: UUID
    entry: StoryEntry
    organisation: str
    since: datetime


def items_not_for_all(actor: Actor, person_id: int, at: datetime, *, item: UUID | None = None) -> list[NotForAll]:
    """List the choices about single entries, newest first, of entries that this actor sees; of others nothing is told.

    Queries:  two.
    """
    asked = Objection.objects.filter(live(at), person_id=person_id, item__isnull=False).select_related("organisation")
    asked = asked.filter(item=item) if item else asked
    entries = {
        one.public_id: one
        for one in policy.visible_to(
            actor, StoryEntry.objects.filter(person_id=person_id, public_id__in=asked.values("item")), at=at
        )
    }
    return [
        NotForAll(
            one.public_id,
            entries[one.item],
            (unnamed_words(one.organisation, actor) or one.organisation.name) if one.organisation else "",
            one.from_at,
        )
        for one in asked.order_by("-from_at", "-pk")[:LISTED]
        if one.item in entries
    ]


def partners_but(actor: Actor, author_id: int) -> list[tuple[str, str]]:
    """List the partners of the hub as choices, but for the one that wrote it: it keeps sight of what is its own."""
    found = Partner.objects.filter(hub_id=actor.hub, until_at__isnull=True).exclude(organisation_id=author_id)
    return [
        (str(one.organisation_id), one.organisation.name)
        for one in found.select_related("organisation").order_by("organisation__name")
    ]


def choices_about_carers(actor: Actor, person_id: int) -> Read[CarerChoice]:
    """List what stands written down about each carer, as far as this actor may see it; whether it still holds a rule says."""
    return read(_choices, actor=actor, person_id=person_id)


def _choices(actor: Actor, person_id: int, at: datetime) -> QuerySet[CarerChoice]:
    return policy.visible_to(actor, CarerChoice.objects.filter(person_id=person_id, ended_at__isnull=True), at=at).order_by("pk")


@dataclass(frozen=True, slots=True)
class Carer:
    """One carer or member of the family: what they may be told now, until when, and what that stands against."""

    carer_id: UUID
    name: str
    relationship: str
    chosen: bool
    """A choice holds now; without one nothing is told but general advice."""
    topics: tuple[str, ...]
    end: End | None
    conflict: str = ""
    """A code of `CONFLICTS`."""


def as_carers(
    person: Person,
    family: Sequence[RelatedPerson],
    choices: Sequence[CarerChoice],
    ways: Sequence[ContactPoint],
    on: date,
) -> tuple[Carer, ...]:
    """Put together what each carer may be told, from what was read."""
    standing = {one.carer_id: one for one in choices if holds(on, one.from_on, one.review_on, person.born_on)}
    reached = [Way(one.channel, one.value, one.whose) for one in ways if one.safe]
    found = []
    for one in family:
        choice = standing.get(one.pk)
        topics = tuple(choice.topics) if choice else ()
        is_way, is_only = only_theirs(reached, one.name, (one.phone, one.email))
        conflict = "" if topics or not is_way else "only_way" if is_only else "a_way"
        end = end_of(choice.from_on, choice.review_on, person.born_on) if choice else None
        found.append(Carer(one.public_id, one.name, one.relationship, choice is not None, topics, end, conflict))
    return tuple(found)


def carers_of(actor: Actor, person: Person, at: datetime) -> tuple[Carer, ...]:
    """List a person's carers and family with what each may be told. Queries: three in one trip."""
    family, choices, ways = family_of(actor, person.pk), choices_about_carers(actor, person.pk), ways_to_reach(person.pk)
    together(family, choices, ways)
    return as_carers(person, family, choices, ways, local_date(at))


def get_carer(actor: Actor, person: Person, carer_id: UUID, at: datetime) -> Carer:
    """Get one carer of a person within reach, as far as this actor may know of them."""
    found = next((one for one in carers_of(actor, person, at) if one.carer_id == carer_id), None)
    if found is None:
        raise NotFound
    return found


def holder_sees_only_its_own(person_id: int, at: datetime) -> bool:
    """Tell whether somebody asked that the very organisation which holds them see only what it wrote itself. Queries: two."""
    holding = Holding.objects.select_related("hat", "team").get(open_for=person_id)
    organisation = holding.hat.organisation_id if holding.hat else holding.team.organisation_id if holding.team else 0
    against = Objection.objects.filter(live(at), person_id=person_id, item__isnull=True)
    return against.filter(Q(organisation__isnull=True) | Q(organisation_id=organisation)).exists()


def choices_to_ask_about(on: date) -> list[tuple[int, int]]:
    """List (choice, hub) that end soon and nobody was asked about, for the sweep; not of somebody who has died."""
    open_ones = _that_may_end(on).filter(asked_at__isnull=True, person__death_written_at__isnull=True)
    return [(one.pk, one.hub_id) for one in open_ones if is_to_be_asked(on, one.from_on, one.review_on, one.person.born_on)]


def choices_past_their_day(on: date) -> list[tuple[int, int]]:
    """List (choice, hub) that hold no longer and have no end written down, for the sweep."""
    return [(one.pk, one.hub_id) for one in _that_may_end(on) if not holds(on, one.from_on, one.review_on, one.person.born_on)]


def _that_may_end(on: date) -> QuerySet[CarerChoice]:
    first, second = births_that_may_end(on)
    birthday = Q(person__born_on__range=first) | Q(person__born_on__range=second)
    found = CarerChoice.objects.unscoped("For the sweep, which ends each by its key and asks whoever holds the person.")
    soon = Q(review_on__lte=on + timedelta(days=ASK_BEFORE))
    return found.filter(soon | birthday, ended_at__isnull=True).select_related("person").order_by("pk")
