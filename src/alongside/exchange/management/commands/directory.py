"""`./alongside directory import FILE`: take in an Open Referral UK feed or a table; `places FILE` takes in a gazetteer
or a national postcode file (it looks at the heading which one it is).

`check FILE-or-FOLDER-or-ADDRESS` says what of a feed, ours or another's, passes, warns and fails; it changes nothing.
`feeds` reads the feeds of a hub that are due, or with `--source NAME` one of them now; the background worker does so every night.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.exchange.open_referral.checking.asking import Bounds, check_address, the_way_out
from alongside.exchange.open_referral.checking.reading import check_path
from alongside.exchange.open_referral.checking.report import lines
from alongside.exchange.open_referral.checking.rules import FAIL
from alongside.exchange.open_referral.reading import CannotRead, encoding_of, open_text, rows_of
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.streaming import json_rows
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.exchange.open_referral.taking.night import take_feed, usual_means
from alongside.exchange.postcode_files import is_gazetteer, read_national
from alongside.hubs.choosing import one_hub
from alongside.journey.directory.codes import FEED_TROUBLES, POSTCODE_FILES
from alongside.journey.directory.commands import (
    MuchShorter,
    NotTheWholeCountry,
    import_entries,
    import_places,
    import_postcodes,
    show_as_one,
)
from alongside.journey.directory.queries.entries import sources_with, was_imported
from alongside.journey.directory.queries.feeds import feeds_of, row_prints_of
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read, ServiceEntry

ROWS_A_LINE = 10_000
LOOKED_AT = 50
"""So many services at the head of a feed tell whether it came in before under another name."""


class Command(BaseCommand):
    help = (
        "Take in a directory (import FILE), a gazetteer or a national postcode file (places FILE), check a feed (check FILE, FOLDER or https address), "
        "or read the feeds that are due (feeds)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["import", "places", "check", "feeds"])
        parser.add_argument(
            "file", nargs="?", default="", help="a file; for check also a folder of saved JSON, or the https address of a feed"
        )
        parser.add_argument("--json", action="store_true", help="check: print everything that was found as JSON")
        parser.add_argument("--pages", type=int, default=Bounds.pages, help="check: read so many pages of each list at most")
        parser.add_argument("--services", type=int, default=Bounds.services, help="check: open so many services at most")
        parser.add_argument("--mapping", type=Path, help="which column of a table is what (TOML)")
        parser.add_argument("--hub", default="", help="the hub's short name; not needed when there is one hub")
        parser.add_argument(
            "--source",
            default="",
            help="what to call the source of a feed; what it was before, or its file name; feeds: which one",
        )
        parser.add_argument(
            "--replace",
            action="store_true",
            help="take a gazetteer or a postcode file although it is much shorter than what stands, or not of the whole country",
        )
        parser.add_argument(
            "--northern-ireland",
            action="store_true",
            help="places: take the postcodes of Northern Ireland too, which come under a licence of their own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "check":
            self._check(options)
            return
        if options["what"] == "feeds":
            self._read_feeds(options)
            return
        path = Path(options["file"] or ".")
        if not (path.is_file() or (options["what"] == "places" and options["file"] and path.is_dir())):
            raise CommandError(f"There is no file {path}.")
        try:
            if options["what"] == "places":
                self._take_places(path, options)
                return
            hub = one_hub(options["hub"])
            if encoding_of(path) == "cp1252":
                self.stderr.write(f"{path.name} is not UTF-8: read as Windows-1252; look at its accents.")
            with open_text(path) as file:
                if path.suffix.lower() == ".json":
                    source = options["source"] or self._source(hub.pk, path)
                    known = partial(row_prints_of, hub.pk, source)
                    rows = read_services(json_rows(file, path.name), source=source, known=known)
                else:
                    mapping = read_mapping(options["mapping"] or mapping_for(path))
                    source, rows = mapping.source, read_table(path, mapping)
                actor, at = Actor.system("directory-import", hub.pk), now()
                outcome = import_entries(
                    actor=actor,
                    at=at,
                    hub_id=hub.pk,
                    source=source,
                    rows=self._counted(rows),
                    tell=self._tell,
                )
            if outcome.taken or outcome.changed:
                show_as_one(actor=actor, at=now(), hub_id=hub.pk, source=source[:80], since=at)
        except (CannotRead, NotADirectory, MuchShorter, NotTheWholeCountry) as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from None
        self.stdout.write(outcome.line())
        if outcome.refused and not (outcome.taken or outcome.changed or outcome.unchanged):
            raise SystemExit(1)

    def _take_places(self, path: Path, options: dict[str, Any]) -> None:
        """Take in a gazetteer or a national postcode file, whichever it is; say what became of every row."""
        actor, replace = Actor.system("directory-import"), options["replace"]
        if is_gazetteer(path):
            count = import_places(actor=actor, at=now(), rows=_places(path), replace=replace)
            self.stdout.write(f"{count} places")
            return
        found = read_national(path, tell=self.stderr.write, northern_ireland=options["northern_ireland"])
        self.stderr.write("written into the database now: until that is done, others who write wait")
        at = now()
        count, placed = import_postcodes(
            actor=actor, at=at, kind=found.kind, year=found.year or at.year, points=found.points, replace=replace
        )
        rows = found.counts
        self.stdout.write(POSTCODE_FILES[found.kind].en)
        self.stdout.write(
            f"{rows.rows:,} rows: {count:,} postcodes, of which {rows.ended:,} are no longer used; "
            f"{rows.taken - count:,} came twice, {rows.without_point:,} have no point, "
            f"{rows.northern_ireland:,} are of Northern Ireland and left out, {rows.unreadable:,} cannot be read"
        )
        self.stdout.write(f"{placed:,} places of services lie somewhere else than before")

    def _read_feeds(self, options: dict[str, Any]) -> None:
        """Read the feeds that are due, or the one that is named; end with 1 when one of them was not good."""
        hub, name = one_hub(options["hub"]), options["source"]
        found = [one for one, _newest in feeds_of(Actor.system("feeds", hub.pk)) if name in ("", one.name)]
        if name and not found:
            raise CommandError(f"There is no feed called {name}.")
        is_bad = False
        for feed in found:
            run = take_feed(feed, at=now(), means=usual_means(), asked_for=bool(name), tell=self.stderr.write)
            if run is None:
                self.stdout.write(f"{feed.name}: stopped, not due, or being read")
                continue
            for place, reason, _is_row in run.problems:
                self.stdout.write(f"{feed.name}, {place}: {reason}")
            line = f"in {run.taken}, changed {run.changed}, unchanged {run.unchanged}, refused {run.not_taken}"
            self.stdout.write(f"{feed.name}: {line}{', ' + FEED_TROUBLES[run.trouble].en if run.trouble else ''}")
            is_bad = is_bad or bool(run.trouble)
        if is_bad:
            raise SystemExit(1)

    def _check(self, options: dict[str, Any]) -> None:
        """Say what of a feed passes, warns and fails; end with 1 when anything fails."""
        what: str = options["file"]
        if "://" in what:
            bounds = Bounds(pages=max(1, options["pages"]), services=max(0, options["services"]))
            found = check_address(what, the_way_out(stand_ins=settings.DEMO and settings.STAND_INS), bounds)
        elif Path(what).exists():
            found = check_path(Path(what))
        else:
            raise CommandError(f"There is no file or folder {what}. The address of a feed begins with https://.")
        if options["json"]:
            self.stdout.write(json.dumps(found.as_facts(), indent=1))
        else:
            for line in lines(found):
                self.stdout.write(line.encode("utf-8", "replace").decode())
        if found.verdict == FAIL:
            raise SystemExit(1)

    def _counted(self, rows: Iterable[Read]) -> Iterator[Read]:
        """Say how far it has come, every ten thousand rows."""
        count = 0
        for row in rows:
            yield row
            count += not isinstance(row, LeftOut)
            if count % ROWS_A_LINE == 0 and not isinstance(row, LeftOut):
                self.stderr.write(f"{count:,} rows read")

    def _source(self, hub_id: int, path: Path) -> str:
        """Name where a feed comes from: the same feed under another file name keeps the name it had.

        Open Referral UK feeds do not say who publishes them; the ids of their services do.
        """
        if was_imported(hub_id, path.stem):
            return path.stem
        ids = _ids(path)
        before = sources_with(hub_id, ids)
        if not before:
            return path.stem
        if len(before) == 1 and all(map(_is_unique_anywhere, ids)):
            self.stderr.write(f"These services came in before from {before[0]}; this is taken for the same source.")
            return before[0]
        raise CommandError(
            f"Services with these ids came in before from {', '.join(before)}. Say --source {before[0]} when this is the same "
            f"feed, or --source {path.stem} when it is another. Nothing was changed."
        )

    def _tell(self, problem: BadRow | LeftOut) -> None:
        self.stdout.write(f"{problem.place}: {problem.reason}")


def _ids(path: Path) -> list[str]:
    """Give the ids of the first services of a feed."""
    with open_text(path) as file:
        rows = read_services(json_rows(file, path.name), source="")
        return [row.source_id for row in islice(rows, LOOKED_AT) if isinstance(row, ServiceEntry)]


def _is_unique_anywhere(key: str) -> bool:
    """Tell whether an id is one that no two publishers give: a UUID, as the standard asks for."""
    try:
        return bool(UUID(key))
    except ValueError:
        return False


def _places(path: Path) -> Iterator[tuple[str, str, str, float, float]]:
    for line, cells, problem in rows_of(path):
        if problem:
            raise CannotRead(f"line {line}: {problem}.")
        try:
            latitude, longitude = float(cells["LAT"]), float(cells["LON"])
        except (KeyError, ValueError):
            raise CannotRead(f"line {line}: a place needs NAME, ZCTA5, USPS, LAT and LON.") from None
        yield cells.get("NAME", ""), cells.get("ZCTA5", ""), cells.get("USPS", ""), latitude, longitude
