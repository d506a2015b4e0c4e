"""`./alongside directory import FILE`: take in an Open Referral UK feed or a table; `places FILE` takes in a gazetteer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.exchange.open_referral.reading import CannotRead, encoding_of, open_text, rows_of
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.streaming import json_rows
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.hubs.models import Hub
from alongside.journey.directory.commands import import_entries, import_places
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read

ROWS_A_LINE = 10_000


class Command(BaseCommand):
    help = "Take in a directory (import FILE) or a gazetteer (places FILE)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["import", "places"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--mapping", type=Path, help="which column of a table is what (TOML)")
        parser.add_argument("--hub", default="", help="the hub's short name; not needed when there is one hub")
        parser.add_argument("--source", default="", help="what to call the source of a feed; its file name otherwise")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        try:
            if options["what"] == "places":
                count = import_places(actor=Actor.system("directory-import"), at=now(), rows=_places(path))
                self.stdout.write(f"{count} places")
                return
            hub = _hub(options["hub"])
            if encoding_of(path) == "cp1252":
                self.stderr.write(f"{path.name} is not UTF-8: read as Windows-1252; look at its accents.")
            with open_text(path) as file:
                if path.suffix.lower() == ".json":
                    source = options["source"] or path.stem
                    rows = read_services(json_rows(file, path.name), source=source)
                else:
                    mapping = read_mapping(options["mapping"] or mapping_for(path))
                    source, rows = mapping.source, read_table(path, mapping)
                outcome = import_entries(
                    actor=Actor.system("directory-import", hub.pk),
                    at=now(),
                    hub_id=hub.pk,
                    source=source,
                    rows=self._counted(rows),
                    tell=self._tell,
                )
        except (CannotRead, NotADirectory) as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        self.stdout.write(outcome.line())
        if outcome.refused and not (outcome.taken or outcome.changed or outcome.unchanged):
            raise SystemExit(1)

    def _counted(self, rows: Iterable[Read]) -> Iterator[Read]:
        """Say how far it has come, every ten thousand rows."""
        count = 0
        for row in rows:
            yield row
            count += not isinstance(row, LeftOut)
            if count % ROWS_A_LINE == 0 and not isinstance(row, LeftOut):
                self.stderr.write(f"{count:,} rows read")

    def _tell(self, problem: BadRow | LeftOut) -> None:
        self.stdout.write(f"{problem.place}: {problem.reason}")


def _hub(slug: str) -> Hub:
    found = list(Hub.objects.filter(slug=slug) if slug else Hub.objects.order_by("pk")[:2])
    if len(found) != 1:
        names = ", ".join(Hub.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"Say which hub with --hub: {names or 'there is none yet; begin one first'}.")
    return found[0]


def _places(path: Path) -> Iterator[tuple[str, str, str, float, float]]:
    for line, cells, problem in rows_of(path):
        if problem:
            raise CannotRead(f"line {line}: {problem}.")
        try:
            latitude, longitude = float(cells["LAT"]), float(cells["LON"])
        except (KeyError, ValueError):
            raise CannotRead(f"line {line}: a place needs NAME, ZCTA5, USPS, LAT and LON.") from None
        yield cells.get("NAME", ""), cells.get("ZCTA5", ""), cells.get("USPS", ""), latitude, longitude
