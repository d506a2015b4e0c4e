"""Items of somebody's record that a worker sees, in words; and what the person says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.access import policy
from alongside.access.gains import person_records
from alongside.access.records import PersonRecord
from alongside.members.policies import holds
from alongside.refusals import NotFound
from alongside.rights.gathering import in_order
from alongside.rights.written import ALSO_READ, READ_WITH, Written, write
from alongside.safety.challenges import beside, challenges_of
from alongside.safety.models import Challenge
from alongside.vocabulary.actor import Actor

TASK = "answer_challenge"
"""The task that what somebody says makes: our own reminder, and no item of their record to say something of."""


@dataclass(frozen=True, slots=True)
class Item:
    """One record in words, and what the person says of it."""

    record: PersonRecord
    written: Written
    said: tuple[Challenge, ...]

    @property
    def key(self) -> UUID:
        return self.record.public_id


@dataclass(frozen=True, slots=True)
class Whole:
    """A record as a worker sees it, newest first, and what is said of all of it."""

    items: tuple[Item, ...]
    said: tuple[Challenge, ...]


def whole_record(actor: Actor, person_id: int, at: datetime) -> Whole:
    """List every item of a record that this actor sees. Queries: two a kind of record at most, and one, however long it is."""
    seen = [one for records in _kinds(actor, person_id, at) for one in records if getattr(one, "what", "") != TASK]
    said = beside(challenges_of(person_id), {one.public_id for one in seen})
    items = [Item(one, write(one, actor), tuple(told for told in said if told.item == one.public_id)) for one in seen]
    items.sort(
        key=lambda one: (one.written.on is not None, str(one.written.on), str(one.written.at), one.record.pk), reverse=True
    )
    return Whole(tuple(items), tuple(one for one in said if one.item is None))


def get_item(actor: Actor, person_id: int, item: UUID, at: datetime) -> Item:
    """Get one item that this actor sees; any other is not there (NotFound)."""
    for records in _kinds(actor, person_id, at):
        for one in records.filter(public_id=item):
            return Item(one, write(one, actor), tuple(told for told in challenges_of(person_id) if told.item == item))
    raise NotFound


def get_challenge(actor: Actor, person_id: int, challenge_id: UUID, at: datetime) -> tuple[Challenge, Item | None]:
    """Get what somebody says and the item that it is about (none: all of it), for whoever sees that item (NotFound otherwise)."""
    found = next((one for one in challenges_of(person_id) if one.public_id == challenge_id), None)
    if found is None:
        raise NotFound
    return found, get_item(actor, person_id, found.item, at) if found.item else None


def may_answer(actor: Actor, person_id: int, item: Item | None, at: datetime) -> bool:
    """Tell whether this actor answers: the organisation that wrote the item, or whoever holds the person; of all of it, the latter."""
    wrote_it = item is not None and item.record.author_organisation_id == actor.organisation_id
    return wrote_it or holds(actor, person_id, at=at)


def _kinds(actor: Actor, person_id: int, at: datetime) -> Iterator[QuerySet[PersonRecord]]:
    for model in in_order(person_records()):
        if not model.IN_VAULT:
            label = model._meta.label
            about = policy.visible_to(actor, model._default_manager.filter(person_id=person_id), at=at)
            yield about.select_related(*READ_WITH.get(label, ())).prefetch_related(*ALSO_READ.get(label, ())).order_by("-pk")
