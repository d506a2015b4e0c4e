"""Taking in a gazetteer, and giving every location with a postcode its rough place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from alongside.journal.command import command, note
from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.commands.writing import BATCH, rough_places
from alongside.journey.directory.models import (
    Place,
    ServiceAtLocation,
)
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import fold
from alongside.vocabulary.postcode import outcode


class MuchShorter(Invalid):
    """A gazetteer with less than half of what stands, or with nothing, is a fault until somebody says otherwise."""

    code = "much_shorter"


@command("places.imported")
def import_places(
    *, actor: Actor, at: datetime, rows: Iterable[tuple[str, str, str, float, float]], replace: bool = False
) -> int:
    """Take in a gazetteer: (name, outcode, county, latitude, longitude); what stood there is replaced as a whole.

    In:       `replace` when it may be much shorter than what stands.
    Refuses:  MuchShorter otherwise, and then nothing is changed.
    Also:     services that came in before it are given their rough place now.
    """
    standing = Place.objects.count()
    Place.objects.all().delete()
    count = 0
    stream = iter(rows)
    while batch := list(islice(stream, 2000)):
        Place.objects.bulk_create(
            [
                Place(
                    name=name[:120], folded=fold(name)[:120], outcode=outcode[:6], county=county[:80], latitude=lat, longitude=lon
                )
                for name, outcode, county, lat, lon in batch
            ]
        )
        count += len(batch)
    if count * 2 < standing and not replace:
        raise MuchShorter(f"It names {count:,} places where {standing:,} stand. Say --replace when that is meant.")
    note(places=count, placed=_place_what_has_none())
    return count


def _place_what_has_none() -> int:
    """Give every location with a postcode and no coordinates the rough place of its postcode."""
    count = 0
    homeless = ServiceAtLocation.objects.filter(latitude__isnull=True).exclude(postcode="").order_by("pk")
    rows = homeless.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        places = rough_places(one.postcode for one in batch)
        placed = [one for one in batch if outcode(one.postcode) in places]
        for one in placed:
            one.latitude, one.longitude = places[outcode(one.postcode)]
        ServiceAtLocation.objects.bulk_update(placed, ["latitude", "longitude"], batch_size=500)
        index(sorted({one.service_id for one in placed}))
        count += len(placed)
    return count
