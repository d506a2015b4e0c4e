"""`./alongside restore-drill`: try a copy now, beside the live database, and keep what came of it for the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from alongside.backups.codes import CHECKED
from alongside.backups.commands import keep_run
from alongside.backups.databases import Database, NotDone, Postgresql, database_at
from alongside.backups.drill import Drilled, drill
from alongside.backups.sealed import private_folder, read_identity
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Restore a copy into a database that is thrown away, check it, damage it in four ways, and write down how it went."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="kept_in", type=Path, default=Path(settings.BACKUP_TO), help="where copies are kept")
        parser.add_argument(
            "--key", type=Path, help="try the newest kept copy with the true key; without it one is made for the drill"
        )
        parser.add_argument("--into", default="", help="an empty database for it; without it one is made and taken away")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        try:
            identity = read_identity(options["key"]) if options["key"] else ""
            live = database_at(settings.DATABASE_ADDRESS, at)
            with _scratch(live, options["into"], at) as into:
                done = drill(live, into, kept_in=options["kept_in"], at=at, identity=identity, say=self.stderr.write)
        except Refusal as refusal:
            self._keep(Drilled(at, 0, 0, 0, 0, None, (("as_its_manifest_says", False),)))
            raise CommandError(f"The drill failed. {refusal}") from refusal
        for code, held in done.found:
            self.stdout.write(f"{'ok  ' if held else 'NOT '} {CHECKED[code].en}")
        missing = (
            "no copy is kept" if done.missing_seconds is None else f"{done.missing_seconds / 60:.0f} minutes would be missing"
        )
        self.stdout.write(f"{done.rows} rows of {done.tables} tables, restored and checked in {done.seconds:.1f} s; {missing}.")
        self._keep(done)
        if not all(held for _code, held in done.found):
            raise CommandError("The drill did not hold; see the lines that begin with NOT.")

    def _keep(self, done: Drilled) -> None:
        try:
            keep_run(
                actor=Actor.system("drill"), at=now(), kind="drill", moment=done.moment, seconds=done.seconds, tables=done.tables,
                rows=done.rows, size=done.size, found=done.found, missing_seconds=done.missing_seconds,
            )  # fmt: skip
        except DatabaseError as fault:
            self.stderr.write(f"What came of it could not be written down ({type(fault).__name__}).")


@contextmanager
def _scratch(live: Database, named: str, at: Any) -> Iterator[Database]:
    """Give an empty database that is taken away afterwards, or the one that was named."""
    if named:
        if named == settings.DATABASE_ADDRESS:
            raise NotDone("The drill never restores into the live database. Name another one.")
        yield database_at(named, at)
    elif isinstance(live, Postgresql):
        with live.scratch() as into:
            yield into
    else:
        with private_folder() as folder:
            yield database_at(f"sqlite:///{folder / 'drill.sqlite3'}", at)
