"""Taking in a gazetteer, and giving every location with a postcode its rough place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import islice

from alongside.journal.command import command, note
from alongside.journey.directory.commands.placing import place_again
from alongside.journey.directory.models import Place
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import fold


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
    Also:     services that came in before it are placed by it now, where no postcode file places them exactly.
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
    note(places=count, placed=place_again())
    return count
