"""Writing what an entry says: the service, its places, its needs, and the words it is found by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from alongside.journey.directory.models import (
    NeedTag,
    Place,
    SearchWord,
    Service,
    ServiceAtLocation,
)
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.postcode import outcode
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry

BATCH = 2000


def write_entry(service: Service, entry: ServiceEntry, print_: str, at: datetime) -> None:
    _close_or_open(service, entry, at)
    service.fingerprint, service.row_print, service.imported_at = print_, entry.row_print, at
    service.name, service.organisation_name, service.description = entry.name, entry.organisation, entry.description
    service.url, service.email = entry.url, entry.email
    service.phones = [list(phone) for phone in entry.phones]
    service.cost, service.how_to_start, service.when_next = entry.cost, entry.how_to_start, entry.when_next
    service.accessibility, service.for_whom = entry.accessibility, entry.for_whom
    service.age_from, service.age_to, service.level = entry.age_from, entry.age_to, entry.level
    service.is_crisis, service.licence = entry.is_crisis, entry.licence


def _close_or_open(service: Service, entry: ServiceEntry, at: datetime) -> None:
    """Close or open as the feed says; what a human closed stays closed, whatever the feed says later.

    A closure by the feed carries the moment of the import that last wrote the entry; a human's never does.
    """
    closed_by_feed = service.closed_at is not None and service.closed_at == service.imported_at
    if entry.is_closed and (closed_by_feed or service.closed_at is None):
        service.closed_at = at
    elif closed_by_feed:
        service.closed_at = None


def write_parts(pairs: Sequence[tuple[Service, ServiceEntry]]) -> None:
    """Write what stands beside each service: its places, its needs, the words it is found by."""
    places = rough_places(one.postcode for _service, entry in pairs for one in entry.locations)
    ServiceAtLocation.objects.bulk_create(
        [_location(service, one, places) for service, entry in pairs for one in entry.locations]
    )
    said = set(
        NeedTag.objects.filter(service__in=[service.pk for service, _entry in pairs], guessed=False).values_list(
            "service", "need"
        )
    )
    NeedTag.objects.bulk_create(
        NeedTag(service_id=service.pk, hub_id=service.hub_id, need=need, guessed=entry.source != "hub")
        for service, entry in pairs
        for need in entry.needs
        if (service.pk, need) not in said
    )
    SearchWord.objects.bulk_create(
        SearchWord(service_id=service.pk, hub_id=service.hub_id, word=word)
        for service, entry in pairs
        for word in dict.fromkeys(word[:40] for word in words_of(_text(entry))[:400])
    )


def _text(entry: ServiceEntry) -> str:
    """Give the text that an entry is found by."""
    return " ".join(
        [entry.name, entry.organisation, entry.description, entry.for_whom, *(one.address for one in entry.locations)]
    )


def _location(service: Service, one: LocationEntry, places: dict[str, tuple[float, float]]) -> ServiceAtLocation:
    latitude, longitude = one.latitude, one.longitude
    if latitude is None or longitude is None:
        latitude, longitude = places.get(outcode(one.postcode), (None, None))
    return ServiceAtLocation(
        service_id=service.pk,
        hub_id=service.hub_id,
        name=one.name,
        address=one.address,
        postcode=one.postcode,
        latitude=latitude,
        longitude=longitude,
    )


def rough_places(postcodes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Give the rough place of each outcode that the gazetteer knows."""
    codes = {outcode(postcode) for postcode in postcodes} - {""}
    found = Place.objects.filter(outcode__in=codes).order_by("-pk").values_list("outcode", "latitude", "longitude")
    return {code: (latitude, longitude) for code, latitude, longitude in found}
