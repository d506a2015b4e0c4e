"""Taking in the national postcode file, and giving every location its exact point."""

from __future__ import annotations

from datetime import datetime

from alongside.journal.command import command, note
from alongside.journey.directory.commands.places import MuchShorter
from alongside.journey.directory.commands.placing import place_again
from alongside.journey.directory.commands.quickly import add_rows
from alongside.journey.directory.models import Postcode, PostcodeFile
from alongside.refusals import Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.postcode import AREAS
from alongside.vocabulary.postcode_points import PostcodePoints

NAMED = 12


class NotTheWholeCountry(Invalid):
    """A file without a part of the country has broken off, or is one of several pieces, until somebody says otherwise."""

    code = "not_the_whole_country"


@command("postcodes.imported")
def import_postcodes(
    *, actor: Actor, at: datetime, kind: str, year: int, points: PostcodePoints, replace: bool = False
) -> tuple[int, int]:
    """Take in a national postcode file that has been read; what stood there is replaced as a whole.

    In:       `kind`, of `codes.POSTCODE_FILES`; `year` of its publication; `replace` when it may be much shorter than what
              stands, or may be without a part of the country.
    Out:      how many postcodes stand, and how many locations have another point than before.
    Refuses:  MuchShorter and NotTheWholeCountry otherwise, and then nothing is changed.
    Also:     locations that carry no coordinates of their own source are placed again, by what is known now.
    """
    missing = sorted(AREAS - points.areas())
    if missing and not replace:
        named = ", ".join(missing[:NAMED]) + (f" and {len(missing) - NAMED} more" if len(missing) > NAMED else "")
        raise NotTheWholeCountry(
            f"It has no postcode that begins with {named}: it breaks off, or is a piece. Say --replace when that is meant."
        )
    standing = Postcode.objects.count()
    Postcode.objects.all().delete()
    add_rows(Postcode, ("code", "latitude", "longitude", "ended"), points)
    count = Postcode.objects.count()
    if count * 2 < standing and not replace:
        raise MuchShorter(f"It names {count:,} postcodes where {standing:,} stand. Say --replace when that is meant.")
    PostcodeFile.objects.all().delete()
    PostcodeFile.objects.create(kind=kind, year=year, loaded_at=at, postcodes=count)
    placed = place_again()
    note(kind=kind, postcodes=count, placed=placed)
    return count, placed
