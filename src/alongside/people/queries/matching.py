"""Two records that may be one person, and those that were said to be."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from alongside.access.policy import MATCHING, sight_of
from alongside.people.models import (
    Identifier,
    MatchTask,
    MergeLink,
)
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor


def matches_to_settle(actor: Actor, *, at: datetime) -> list[MatchTask]:
    """List the open match tasks whose two records this actor may compare, oldest first, with the numbers of both.

    Reach:    the matcher and the team of the task, and whoever may see both records anyway; an exclusion beats it.
    Queries:  three.
    """
    open_ones = _comparable(actor, at).filter(settled_at__isnull=True)
    numbers = Identifier.objects.unscoped("Of the two records that a matcher compares.").order_by("pk")
    found = open_ones.select_related("person", "other", "matcher__worker").prefetch_related(
        Prefetch("person__identifiers", numbers), Prefetch("other__identifiers", numbers)
    )
    return list(found.order_by("made_at")[:100])


def has_open_matches(team_id: int) -> bool:
    """Tell whether anything is to be settled by a team: a fact about the team, and about nobody by name."""
    return MatchTask.objects.filter(team_id=team_id, settled_at__isnull=True).exists()


def lock_match(actor: Actor, task_id: UUID, *, at: datetime) -> MatchTask:
    """Get one match task under a lock, when this actor may compare its two records (NotFound otherwise)."""
    found = _comparable(actor, at).select_for_update(of=("self",)).filter(public_id=task_id).first()
    if found is None:
        raise NotFound
    return found


def _comparable(actor: Actor, at: datetime) -> QuerySet[MatchTask]:
    both = sight_of(actor, "person", at, MATCHING) & sight_of(actor, "other", at, MATCHING)
    return MatchTask.objects.filter(both, hub_id=actor.hub)


def linked_to(actor: Actor, person_id: int) -> Read[MergeLink]:
    """List the records that are said to be of the same person, newest first, where this actor may see both."""
    return read(_linked, actor=actor, person_id=person_id)


def _linked(actor: Actor, person_id: int, at: datetime) -> QuerySet[MergeLink]:
    both = sight_of(actor, "kept", at) & sight_of(actor, "joined", at)
    found = MergeLink.objects.filter(Q(kept_id=person_id) | Q(joined_id=person_id), both, undone_at__isnull=True)
    return naming(found, "kept", "joined").order_by("-at", "-pk")[:20]


def whole_of(person_id: int) -> list[int]:
    """Name every record that is said to be of the same person, this one first; for whoever may see each by itself.

    Queries: two, or a few more where more than two records are linked.
    """
    found, new = [person_id], [person_id]
    while new:
        standing = MergeLink.objects.filter(Q(kept__in=new) | Q(joined__in=new), undone_at__isnull=True)
        new = sorted({key for pair in standing.values_list("kept", "joined") for key in pair} - set(found))
        found += new
    return found


def lock_link(actor: Actor, person_id: int, other_id: int, *, at: datetime) -> MergeLink:
    """Get the standing link of two records under a lock, when this actor may see both (NotFound otherwise)."""
    pair = Q(kept_id=person_id, joined_id=other_id) | Q(kept_id=other_id, joined_id=person_id)
    both = sight_of(actor, "kept", at) & sight_of(actor, "joined", at)
    found = MergeLink.objects.select_for_update(of=("self",)).filter(pair, both, undone_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found
