"""One entry, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from alongside.journey.directory.models import Place, Service, ServiceAtLocation
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.names import fold
from alongside.vocabulary.postcode import outcode

TO_CHOOSE = 200


def get_service(actor: Actor, service_id: UUID) -> Service:
    """Get one service of the actor's hub."""
    found = Service.objects.filter(public_id=service_id, hub_id=actor.hub).select_related("organisation", "team").first()
    if found is None:
        raise NotFound
    return found


def open_services(actor: Actor) -> QuerySet[Service]:
    """Give the services of the hub that have not closed."""
    return Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True)


def locations_of(service: Service) -> list[ServiceAtLocation]:
    """List where a service is met."""
    return list(service.locations.order_by("pk"))


def confirmed_by(service: Service) -> str:
    """Say who confirmed an entry last."""
    newest = service.confirmations.select_related("by__worker", "by__organisation").order_by("-at").first()
    if newest is None:
        return ""
    return newest.by_words or (newest.by.organisation.name if newest.by else "")


def services_to_choose(actor: Actor, *, chosen: UUID | None = None) -> list[Service]:
    """List open services by name, for a select: at most two hundred, and the one that has been chosen elsewhere."""
    found = list(open_services(actor).order_by("name", "pk")[:TO_CHOOSE])
    if chosen and chosen not in {one.public_id for one in found}:
        found[:0] = open_services(actor).filter(public_id=chosen)
    return found


def place_named(text: str) -> Place | None:
    """Find a place by name or outcode (a full postcode is cut to its outcode: never anybody's home)."""
    if not text.strip():
        return None
    code = outcode(text)
    if code:
        return Place.objects.filter(outcode=code).order_by("pk").first()
    return Place.objects.filter(folded=fold(text)).order_by("pk").first()


def locations_by_service(keys: Iterable[int]) -> dict[int, list[ServiceAtLocation]]:
    """Give where each of some services is met. Queries: one."""
    found: dict[int, list[ServiceAtLocation]] = {}
    for one in ServiceAtLocation.objects.filter(service_id__in=list(keys)).order_by("pk"):
        found.setdefault(one.service_id, []).append(one)
    return found


def nearest(places: Iterable[ServiceAtLocation], chosen: Place | None) -> tuple[float | None, ServiceAtLocation | None]:
    """Give how many miles a service is from the place chosen for this search, and where that is.

    Without a place, or where nobody knows how far: the first place of the entry.
    """
    known = list(places)
    placed = [one for one in known if one.latitude is not None and one.longitude is not None]
    if chosen is None or not placed:
        return None, known[0] if known else None
    here = (chosen.latitude, chosen.longitude)
    return min(
        ((miles_between(here, (one.latitude or 0.0, one.longitude or 0.0)), one) for one in placed), key=lambda pair: pair[0]
    )
