"""What somebody said is wrong with an entry, for whoever keeps entries."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, Q, QuerySet

from alongside.journey.directory.models import Correction
from alongside.journey.directory.policies import kept_by, may_keep
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

PAGE = 50


def _open_of(actor: Actor) -> QuerySet[Correction]:
    return Correction.objects.filter(kept_by(actor, "service__"), hub_id=actor.hub, settled_at__isnull=True)


def open_corrections(actor: Actor, *, after: tuple[datetime, int] | None = None) -> Read[Correction]:
    """List what nobody has settled yet of the entries that the actor keeps, oldest first.

    Order:    at, id; keyset `after`. Rows: 50 and one more. Queries: one.
    """
    at, key = after or (None, None)
    return read(_open_corrections, actor=actor, since=at, key=key)


def _open_corrections(actor: Actor, since: datetime | None, key: int | None, at: datetime) -> QuerySet[Correction]:
    found = _open_of(actor)
    if since is not None:
        found = found.filter(Q(at__gt=since) | Q(at=since, pk__gt=key))
    return found.select_related("service", "change").order_by("at", "pk")[: PAGE + 1]


class Waiting(NamedTuple):
    """How many corrections wait, and since when the oldest one does."""

    many: int
    since: datetime


def corrections_waiting(actor: Actor) -> Read[Waiting]:
    """Count what nobody has settled yet of the entries that the actor keeps; no row when nothing waits."""
    return read(_waiting, into=Waiting, actor=actor)


def _waiting(actor: Actor, at: datetime) -> QuerySet[Any, Any]:
    return _open_of(actor).values("hub_id").annotate(many=Count("pk"), oldest=Min("at")).values_list("many", "oldest")


def get_correction(actor: Actor, correction_id: UUID) -> Correction:
    """Get one correction of an entry that the actor keeps, settled or not, with its entry at hand."""
    found = Correction.objects.filter(public_id=correction_id, hub_id=actor.hub).select_related("service").first()
    if found is None or not may_keep(actor, found.service):
        raise NotFound
    return found


def lock_correction(actor: Actor, correction_id: UUID) -> Correction:
    """Get one correction of the actor's hub under a lock."""
    found = Correction.objects.select_for_update(of=("self",)).filter(public_id=correction_id, hub_id=actor.hub)
    correction = found.select_related("service").first()
    if correction is None:
        raise NotFound
    return correction
