# For workers only.
"""Reads of lists that were asked for: one's own newest, and those that wait for a yes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from alongside.exports.models import ListAsked
from alongside.exports.policies import check_can_answer
from alongside.hubs.queries import works_here
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

LISTED = 100


def mine(actor: Actor, what: str) -> ListAsked | None:
    """Give what this hat asked for last. Queries: one."""
    return ListAsked.objects.filter(hat_id=actor.hat, what=what).order_by("-asked_at", "-pk").first()


def _waiting(hub_id: int, at: datetime) -> QuerySet[ListAsked]:
    """Of whoever works here no longer nothing waits."""
    return ListAsked.objects.filter(works_here(at, "hat__"), hub_id=hub_id, answered_at__isnull=True)


def lists_that_wait(actor: Actor, at: datetime) -> list[ListAsked]:
    """List what waits for a yes in the actor's hub, the oldest first, with who asks. Queries: one."""
    check_can_answer(actor)
    found = _waiting(actor.hub, at).select_related("hat__worker", "hat__organisation")
    return list(found.order_by("asked_at", "pk")[:LISTED])


class Waiting(NamedTuple):
    """How many lists wait for a yes, and since when the oldest one does."""

    many: int
    since: datetime


def many_that_wait(actor: Actor) -> Read[Waiting]:
    """Count what waits for a yes of somebody else than this worker; no row when nothing does."""
    return read(_many, into=Waiting, actor=actor)


def _many(actor: Actor, at: datetime) -> QuerySet[Any, Any]:
    found = _waiting(actor.hub, at).exclude(hat__worker_id=actor.worker)
    return found.values("hub_id").annotate(many=Count("pk"), oldest=Min("asked_at")).values_list("many", "oldest")


def get_list(actor: Actor, export_id: UUID) -> ListAsked:
    """Get one list that was asked for in the actor's hub, answered or not, with who asks."""
    check_can_answer(actor)
    found = ListAsked.objects.filter(hub_id=actor.hub, public_id=export_id).select_related("hat__worker", "hat__organisation")
    asked = found.first()
    if asked is None:
        raise NotFound
    return asked


def lock_list(actor: Actor, export_id: UUID) -> ListAsked:
    """Get one list of the actor's hub under a lock, for a command that has decided who may."""
    found = ListAsked.objects.select_for_update(of=("self",)).select_related("hat__worker")
    asked = found.filter(hub_id=actor.hub, public_id=export_id).first()
    if asked is None:
        raise NotFound
    return asked
