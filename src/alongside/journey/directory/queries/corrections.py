"""What somebody said is wrong with an entry, for whoever keeps entries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import Correction, Editor, Service
from alongside.journey.directory.policies import kept_by, may_keep
from alongside.journey.directory.rules import REPORTER_KEPT
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint

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


def corrections_of(service: Service) -> list[Correction]:
    """List what is said to be wrong with one entry and waits for whoever keeps it, oldest first. Queries: one."""
    return list(service.corrections.filter(settled_at__isnull=True, change__isnull=True).order_by("at", "pk")[:PAGE])


def correction_by_link(token: str) -> Correction:
    """Get what somebody said, by the private link that they were given, or by that of their e-mail; NotFound for any other."""
    told = fingerprint(token) if 20 <= len(token) <= 80 else "none"
    found = Correction.objects.filter(Q(link_fingerprint=told) | Q(mail_fingerprint=told)).select_related("service").first()
    if found is None:
        raise NotFound
    return found


def is_doubted(today: date, of: str = "pk") -> Exists:
    """Tell of services, in their own query, whether something said to be wrong has waited longer than whoever keeps it has.

    In: `of` leads from the row to the service's key.
    """
    # Reckoned with: SQLite would sooner read, for each service, all reports that nothing was changed by.
    waits = Correction.objects.alias(changed_by=Coalesce("change_id", 0)).filter(service=OuterRef(of), settled_at__isnull=True)
    return Exists(waits.filter(changed_by=0, due_on__lt=today))


def doubted_since(service: Service, at: datetime) -> datetime | None:
    """Give since when something has been said to be wrong with an entry that nobody has looked at in time."""
    waits = service.corrections.filter(settled_at__isnull=True, change__isnull=True, due_on__lt=local_date(at))
    return waits.order_by("at").values_list("at", flat=True).first()


def reporters_to_forget(hub_id: int, at: datetime) -> QuerySet[Correction]:
    """Give what somebody wanted to hear of and nobody has settled for so long that their address is kept no longer."""
    return Correction.objects.filter(hub_id=hub_id, settled_at__isnull=True, at__lt=at - REPORTER_KEPT).exclude(email="")


def correction_of_editor(editor: Editor, correction_id: UUID) -> Correction:
    """Get one correction of the entry that an editor keeps, under a lock."""
    found = Correction.objects.select_for_update().filter(public_id=correction_id, service=editor.service).first()
    if found is None:
        raise NotFound
    return found


def lock_correction(actor: Actor, correction_id: UUID) -> Correction:
    """Get one correction of the actor's hub under a lock."""
    found = Correction.objects.select_for_update(of=("self",)).filter(public_id=correction_id, hub_id=actor.hub)
    correction = found.select_related("service").first()
    if correction is None:
        raise NotFound
    return correction
