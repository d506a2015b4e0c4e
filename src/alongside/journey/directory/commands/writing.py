"""Writing what an entry says: the service, its places, its needs, and the words it is found by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import chain, repeat
from typing import Any

from django.utils.translation import gettext_lazy as _

from alongside.journey.directory.commands.indexing import Postings, Stands, index_as
from alongside.journey.directory.commands.placing import Known, places_of
from alongside.journey.directory.commands.quickly import add_objects, add_rows, another
from alongside.journey.directory.models import (
    NeedTag,
    OpenHours,
    Service,
    ServiceAtLocation,
)
from alongside.refusals import Invalid
from alongside.vocabulary import service_details
from alongside.vocabulary.opening_hours import as_rows, times_of
from alongside.vocabulary.postcode import without_postcodes
from alongside.vocabulary.service_details import rows_of
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry
from alongside.vocabulary.what_follows import ways_said

BATCH = 2000
WORDS = ("name", "description", "cost", "how_to_start", "when_next", "accessibility", "for_whom")
"""Texts of an entry in which a postcode may stand."""


class EntryNotUsable(Invalid):
    """What cannot stand in an entry: in which field, and why."""

    _WHY = {
        "premium": _("That number costs the caller more: 09, 087, 070 and 118 are not taken. Write another one."),
        "too_many": _("That is more than an entry holds. Leave out what matters least."),
        "not_a_number": _("Write one telephone number a line, and after it what it is for: 01632 960123 mornings."),
        "email": _("Write an e-mail address with an @, like name@example.com."),
        "web": _("Write the whole web address, like https://example.org/our-page."),
        "where": _("Nobody may know where this is: write no address and no postcode."),
    }

    def __init__(self, field: str, problem: str) -> None:
        self.field, self.code = field, f"entry_{problem}"
        super().__init__(self._WHY[problem])


def write_entry(service: Service, entry: ServiceEntry, print_: str, at: datetime, ways: str | None = None) -> None:
    """Write in a service what an entry says. In: `ways`, where it is known already how help is given (`what_follows`)."""
    close_or_open(service, entry, at)
    service.fingerprint, service.row_print, service.imported_at = print_, entry.row_print, at
    service.name, service.organisation_name, service.description = entry.name, entry.organisation, entry.description
    if service.url != entry.url:
        service.link_asked_at, service.link_found = None, ""
    service.url, service.email = entry.url, entry.email
    service.phones = [list(phone) for phone in entry.phones]
    service.cost, service.how_to_start, service.when_next = entry.cost, entry.how_to_start, entry.when_next
    service.accessibility, service.for_whom = entry.accessibility, entry.for_whom
    service.level = entry.level
    if service.rules_said_at is None:
        service.age_from, service.age_to = entry.age_from, entry.age_to
    service.is_crisis, service.licence, service.details = entry.is_crisis, entry.licence, entry.details
    service.ways = ways_said(service) if ways is None else ways


def close_or_open(service: Service, entry: ServiceEntry, at: datetime) -> None:
    """Close or open as the feed says; what a human closed stays closed, whatever the feed says later.

    A closure by the feed carries the moment of the import that last wrote the entry; a human's never does.
    """
    closed_by_feed = service.closed_at is not None and service.closed_at == service.imported_at
    if entry.is_closed and (closed_by_feed or service.closed_at is None):
        service.closed_at = at
    elif closed_by_feed:
        service.closed_at = None


def write_parts(
    pairs: Sequence[tuple[Service, ServiceEntry]], held: Postings | None = None, terms: Sequence[dict[str, int]] = ()
) -> None:
    """Write what stands beside each service, of which nothing stands but what a human said: its places, its needs, the words it is found by.

    In: `held`, where words wait for the end of a whole feed (`index_as`); `terms`, of the first of them, where they are known already.
    """
    standing = {
        service.pk: Stands(service, terms=mine)
        for (service, _entry), mine in zip(pairs, chain(terms, repeat(None)), strict=False)
    }
    known = places_of(one.postcode for _service, entry in pairs for one in entry.locations)
    places = [_location(service, one, known) for service, entry in pairs for one in entry.locations]
    add_objects(places)
    for where in places:
        standing[where.service_id].places.append(where)
    known_of = [key for key, one in standing.items() if one.terms is None]
    if known_of:
        for key, need in NeedTag.objects.filter(service__in=known_of, guessed=False).values_list("service", "need"):
            standing[key].needs[need] = False
    guessed: list[tuple[int, int, str, bool]] = []
    for service, entry in pairs:
        needs = standing[service.pk].needs
        for need in entry.needs:
            if service.rules_said_at is None and need not in needs:
                needs[need] = entry.source != "hub"
                guessed.append((service.pk, service.hub_id, need, needs[need]))
    add_rows(NeedTag, ("service_id", "hub_id", "need", "guessed"), guessed)
    OpenHours.objects.filter(service__in=known_of).delete()
    add_hours([service for service, _entry in pairs], [entry.locations for _service, entry in pairs])
    index_as(list(standing.values()), held)


def write_hours(services: Sequence[Service], places: Sequence[Sequence[LocationEntry]]) -> None:
    """Write anew in which times of the week some services are open; `places`, of each of them. Queries: two."""
    OpenHours.objects.filter(service__in=[service.pk for service in services]).delete()
    add_hours(services, places)


def add_hours(services: Sequence[Service], places: Sequence[Sequence[LocationEntry]]) -> None:
    """Write in which times of the week some services are open of which nothing is written; `places`, of each of them. Queries: one."""
    add_rows(
        OpenHours,
        ("service_id", "opens", "closes", "first", "last"),
        [
            (service.pk, opens, closes, first and first.isoformat(), last and last.isoformat())
            for service, those in zip(services, places, strict=True)
            for opens, closes, first, last in as_rows(times_of(_schedules(service, those), service.when_next))
        ],
    )


def _schedules(service: Service, places: Sequence[LocationEntry]) -> list[dict[str, Any]]:
    return [*rows_of(service.details, "schedules"), *(row for one in places for row in rows_of(one.details, "schedules"))]


def write_places(service: Service, entries: Sequence[LocationEntry]) -> None:
    """Write anew where a service is met."""
    places = places_of(one.postcode for one in entries)
    service.locations.all().delete()
    ServiceAtLocation.objects.bulk_create([_location(service, one, places) for one in entries])


def without_where(entry: ServiceEntry) -> ServiceEntry:
    """Give an entry of which nobody may know where it is: no place, and no postcode among its words (trust.md C18)."""
    words: dict[str, Any] = {name: without_postcodes(getattr(entry, name)) for name in WORDS}
    phones = tuple((number, without_postcodes(said)) for number, said in entry.phones)
    organisation, details = without_postcodes(entry.organisation), service_details.without_where(entry.details)
    return replace(entry, locations=(), phones=phones, organisation=organisation, details=details, **words)


def _location(service: Service, one: LocationEntry, places: Known) -> ServiceAtLocation:
    if one.latitude is None or one.longitude is None:
        latitude, longitude, placed_by = places.of(one.postcode)
    else:
        latitude, longitude, placed_by = one.latitude, one.longitude, ""
    found = another(_blank_location())
    found.service_id, found.hub_id = service.pk, service.hub_id
    found.name, found.address, found.postcode, found.details = one.name, one.address, one.postcode, one.details
    found.latitude, found.longitude, found.placed_by = latitude, longitude, placed_by
    return found


@cache
def _blank_location() -> ServiceAtLocation:
    return ServiceAtLocation()
