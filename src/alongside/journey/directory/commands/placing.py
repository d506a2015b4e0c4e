"""Where a location is when its source gave no coordinates: the point of its postcode, or else the rough place of its outcode."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from django.db.models import Q, Value

from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.models import Place, Postcode, ServiceAtLocation
from alongside.vocabulary.postcode import outcode, whole

BATCH = 2000

Where = tuple[float | None, float | None, str]
"""Latitude and longitude, and what they are of: `outcode`, `postcode`, or nothing."""
NOWHERE: Where = (None, None, "")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of some postcodes."""

    points: Mapping[str, tuple[float, float]]
    """By whole postcode without its space, or by outcode."""

    def of(self, postcode: str) -> Where:
        """Give where a postcode is: its point, or the rough place of its outcode."""
        exact, rough = self.points.get(whole(postcode)), self.points.get(outcode(postcode))
        if exact:
            return *exact, "postcode"
        return (*rough, "outcode") if rough else NOWHERE


def places_of(postcodes: Iterable[str]) -> Known:
    """Give what is known of some postcodes. Queries: one."""
    said = set(postcodes)
    codes, rough = {whole(one) for one in said} - {""}, {outcode(one) for one in said} - {""}
    if not rough:
        return Known({})
    found = Place.objects.filter(outcode__in=rough).values_list("outcode", "latitude", "longitude", "pk")
    exact = Postcode.objects.filter(code__in=codes).values_list("code", "latitude", "longitude", Value(0))
    rows = sorted(found.union(exact, all=True), key=lambda row: -row[3])
    return Known({code: (latitude, longitude) for code, latitude, longitude, _order in rows})


def place_again() -> int:
    """Place every location whose coordinates its source did not give, by what is known now; give how many have others than before.

    One that nothing is known of any more keeps what it has.
    """
    count = 0
    ours = ServiceAtLocation.objects.filter(Q(latitude__isnull=True) | ~Q(placed_by="")).exclude(postcode="").order_by("pk")
    rows = ours.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        known = places_of(one.postcode for one in batch)
        changed = []
        for one in batch:
            where = known.of(one.postcode)
            if where != NOWHERE and where != (one.latitude, one.longitude, one.placed_by):
                one.latitude, one.longitude, one.placed_by = where
                changed.append(one)
        ServiceAtLocation.objects.bulk_update(changed, ["latitude", "longitude", "placed_by"], batch_size=500)
        index(sorted({one.service_id for one in changed}))
        count += len(changed)
    return count
