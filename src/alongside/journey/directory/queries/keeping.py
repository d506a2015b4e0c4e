"""Entries whose warning begins soon, or has begun, for whoever keeps entries: asked before they fade, and until they are confirmed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from alongside.journey.directory.models import Service
from alongside.journey.directory.policies import kept_by
from alongside.journey.directory.queries.corrections import Waiting
from alongside.journey.directory.rules import REMIND
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

PAGE = 50
COUNTED = 200
"""So many are counted at most, and then "200+" is said."""


def entries_to_confirm(actor: Actor, *, after: tuple[datetime, int] | None = None) -> Read[Service]:
    """List open entries that a human confirmed once and that carry their warning within four weeks, or do already.

    Order:    the longest faded first, then id; keyset `after`. Rows: 50 and one more. Queries: one.
    """
    fades, key = after or (None, None)
    return read(_to_confirm, actor=actor, before=now() + REMIND, fades=fades, key=key)


def _to_confirm(actor: Actor, before: datetime, fades: datetime | None, key: int | None, at: datetime) -> QuerySet[Service]:
    found = _fading(actor, before)
    if fades is not None:
        found = found.filter(Q(fades_at__gt=fades) | Q(fades_at=fades, pk__gt=key))
    return found.order_by("fades_at", "pk")[: PAGE + 1]


def to_confirm_waiting(actor: Actor) -> Read[Any]:
    """Give when each of the first two hundred of them fades, the earliest first. Queries: one."""
    return read(_waiting, actor=actor, before=now() + REMIND)


def waiting_of(fading: Read[Any]) -> Waiting | None:
    """Say how many wait, and since when the first one does; None when nothing waits."""
    return Waiting(len(fading), fading[0] - REMIND) if fading else None


def _waiting(actor: Actor, before: datetime, at: datetime) -> QuerySet[Any, Any]:
    return _fading(actor, before).order_by("fades_at", "pk").values_list("fades_at", flat=True)[: COUNTED + 1]


def _fading(actor: Actor, before: datetime) -> QuerySet[Service]:
    return Service.objects.filter(
        kept_by(actor), hub_id=actor.hub, closed_at__isnull=True, same_as__isnull=True, fades_at__lt=before
    )


def instead_of(actor: Actor, service: Service) -> list[Service]:
    """List what may be there instead of a service: open ones that meet a need it met, by name; a hundred at most."""
    needs = service.needs.values("need")
    found = Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True, needs__need__in=needs).exclude(pk=service.pk)
    return list(found.distinct().order_by("name", "pk")[:100])
