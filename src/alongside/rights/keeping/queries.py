"""Reads of how long records are kept: whose time is over, what is held, what is to be deleted. By reference, never by name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.access import policy
from alongside.hubs.models import Hat
from alongside.hubs.queries import local_date
from alongside.members.models import Membership
from alongside.people.models import Deletion, LegalHold, Person
from alongside.people.queries import whole_of
from alongside.refusals import NotFound
from alongside.rights.keeping.rules import AFTER_DEATH, Kept, kept_until, years_after
from alongside.rights.models import AccessRequest
from alongside.rights.policies import check_can_answer
from alongside.safety.challenges import open_challenges
from alongside.vocabulary.actor import Actor

LISTED = 200
_BY_REFERENCE = "For whoever answers for how long records are kept: the reference and its day, and no more."


@dataclass(frozen=True, slots=True)
class TimeOver:
    """A record whose time is over: its reference, when somebody was last with them, and the rule."""

    reference: str
    last_on: date
    kept: Kept


def person_by_reference(actor: Actor, reference: str, at: datetime) -> Person:
    """Find somebody by the reference of their record (NotFound for nobody, and for whoever keeps the actor away)."""
    check_can_answer(actor)
    found = _people(actor, at).filter(reference__iexact=reference.strip()).exclude(reference="").first()
    if found is None or any(policy.is_kept_away(actor, key, at) for key in whole_of(found.pk)):
        raise NotFound
    return found


def _people(actor: Actor, at: datetime) -> QuerySet[Person]:
    return Person.objects.unscoped(_BY_REFERENCE).filter(hub_id=actor.hub).exclude(policy.denied(actor, "pk", at))


def times_over(actor: Actor, at: datetime) -> list[TimeOver]:
    """List the records whose time is over and which nothing keeps, the longest over first. Queries: four."""
    check_can_answer(actor)
    on = local_date(at)
    resting = Membership.objects.exclude(rest_reason="").filter(
        hub_id=actor.hub, resting_since__date__lte=years_after(on, -AFTER_DEATH), person__in=_people(actor, at)
    )
    kept = _what_is_kept(resting.values_list("pk", flat=True))
    found = [
        TimeOver(one.person.reference, _last_on(one), how_long(one))
        for one in resting.select_related("person").order_by("resting_since")[: 10 * LISTED]
        if one.pk not in kept and how_long(one).until <= on
    ]
    return sorted(found, key=lambda one: one.kept.until)[:LISTED]


def _what_is_kept(person_ids: Collection[int] | QuerySet[Membership, int]) -> set[int]:
    held = LegalHold.objects.filter(until_at__isnull=True, person__in=person_ids).values_list("person", flat=True)
    under_way = Deletion.objects.filter(done_at__isnull=True, stopped_at__isnull=True, person_key__in=person_ids)
    return {*held, *under_way.values_list("person_key", flat=True)}


def how_long(one: Membership) -> Kept:
    """Say how long the record of somebody who rests is kept."""
    person = one.person
    died_on = (person.died_on or local_date(person.death_written_at)) if person.death_written_at else None
    return kept_until(_last_on(one), person.born_on, died_on)


def _last_on(one: Membership) -> date:
    days = [local_date(one.since), *((local_date(one.resting_since),) if one.resting_since else ())]
    return max([*days, *((one.last_contact_on,) if one.last_contact_on else ())])


def what_keeps(person_id: int) -> tuple[str, ...]:
    """Name what forbids to delete somebody's record: legal_hold, request, challenge, not_resting; nothing when nothing does."""
    keys = whole_of(person_id)
    asked = AccessRequest.objects.filter(person__in=keys, closed_at__isnull=True).exists()
    active = Membership.objects.filter(person__in=keys, rest_reason="").exists()
    held = LegalHold.objects.filter(person__in=keys, until_at__isnull=True).exists()
    found = (("legal_hold", held), ("request", asked), ("challenge", open_challenges(keys)), ("not_resting", active))
    return tuple(code for code, is_so in found if is_so)


def holds(actor: Actor, at: datetime) -> list[LegalHold]:
    """List what is held, newest first."""
    return list(
        _holds(actor, at)
        .select_related("person", "from_by__worker", "from_by__organisation")
        .order_by("-from_at", "-pk")[:LISTED]
    )


def get_hold(actor: Actor, hold_id: UUID, at: datetime) -> LegalHold:
    """Get one open hold under a lock (NotFound otherwise)."""
    found = _holds(actor, at).select_for_update(of=("self",)).filter(public_id=hold_id).first()
    if found is None:
        raise NotFound
    return found


def _holds(actor: Actor, at: datetime) -> QuerySet[LegalHold]:
    check_can_answer(actor)
    return LegalHold.objects.filter(hub_id=actor.hub, until_at__isnull=True).exclude(policy.denied(actor, "person_id", at))


@dataclass(frozen=True, slots=True)
class ToBeDeleted:
    """A deletion that is neither done nor stopped."""

    key: UUID
    reference: str
    because: str
    proposed_by: Hat
    proposed_at: datetime
    due_at: datetime | None
    may_agree: bool
    """By somebody else than whoever proposed it."""


def deletions(actor: Actor, at: datetime) -> list[ToBeDeleted]:
    """List what is to be deleted, the earliest first. Queries: two."""
    found = list(
        _deletions(actor, at).select_related("proposed_by__worker", "proposed_by__organisation").order_by("proposed_at")[:LISTED]
    )
    references = dict(_people(actor, at).filter(pk__in=[one.person_key for one in found]).values_list("pk", "reference"))
    return [
        ToBeDeleted(
            one.public_id,
            references[one.person_key],
            one.because,
            one.proposed_by,
            one.proposed_at,
            one.due_at,
            one.proposer_id != actor.worker,
        )
        for one in found
        if one.person_key in references
    ]


def get_deletion(actor: Actor, deletion_id: UUID, at: datetime) -> Deletion:
    """Get one deletion that is neither done nor stopped, under a lock (NotFound otherwise)."""
    found = _deletions(actor, at).select_for_update(of=("self",)).filter(public_id=deletion_id).first()
    if found is None:
        raise NotFound
    return found


def _deletions(actor: Actor, at: datetime) -> QuerySet[Deletion]:
    check_can_answer(actor)
    found = Deletion.objects.filter(hub_id=actor.hub, done_at__isnull=True, stopped_at__isnull=True)
    return found.exclude(policy.denied(actor, "person_key", at))


def deletions_due(at: datetime) -> list[tuple[int, int]]:
    """List (deletion, hub) whose week is over, for the sweep."""
    found = Deletion.objects.filter(done_at__isnull=True, stopped_at__isnull=True, due_at__lte=at)
    return list(found.order_by("due_at").values_list("pk", "hub_id"))
