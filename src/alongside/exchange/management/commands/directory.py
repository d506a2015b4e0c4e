"""`./alongside directory import FILE`: take in an Open Referral UK feed or a table; `places FILE` takes in a gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.exchange.open_referral.reading import CannotRead, json_of, rows_of
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.hubs.models import Hub
from alongside.journey.directory.commands import import_entries, import_places
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


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
            if path.suffix.lower() == ".json":
                source = options["source"] or path.stem
                rows = read_services(json_of(path), source=source)
            else:
                mapping = read_mapping(options["mapping"] or mapping_for(path))
                source, rows = mapping.source, read_table(path, mapping)
            outcome = import_entries(
                actor=Actor.system("directory-import", hub.pk), at=now(), hub_id=hub.pk, source=source, rows=rows
            )
        except (CannotRead, NotADirectory) as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        for problem in outcome.problems:
            self.stdout.write(f"{problem.place}: {problem.reason}")
        self.stdout.write(outcome.line())
        if outcome.problems and not (outcome.taken or outcome.changed or outcome.unchanged):
            raise SystemExit(1)


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
