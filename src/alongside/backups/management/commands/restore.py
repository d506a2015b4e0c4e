"""`./alongside restore FILE-OR-FOLDER --key FILE --into DATABASE`: live from a copy."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.backups.codes import CHECKED
from alongside.backups.databases import database_at
from alongside.backups.restoring import restore
from alongside.backups.sealed import read_identity
from alongside.refusals import Refusal
from alongside.vocabulary.clock import local, now


class Command(BaseCommand):
    help = "Fill an empty database from the newest copy that can be used; nothing leaves it until somebody says so."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, help="a copy, or a folder of copies: then the newest that can be used")
        parser.add_argument("--key", type=Path, required=True, help="the file of the private key")
        parser.add_argument("--into", required=True, help="an empty database, written as in ALONGSIDE_DATABASE")
        parser.add_argument("--accept", action="append", default=[], choices=list(CHECKED), help="go on without this check")

    def handle(self, *args: Any, **options: Any) -> None:
        at, began = now(), time.monotonic()
        try:
            done = restore(
                options["place"],
                identity=read_identity(options["key"]),
                into=database_at(options["into"], at),
                at=at,
                say=lambda sentence: self.stderr.write(f"WARNING: {sentence}"),
                accepting=options["accept"],
            )
        except Refusal as refusal:
            raise CommandError(f"Nothing was restored. {refusal}") from refusal
        seconds, contents = time.monotonic() - began, done.manifest.contents
        moment = local(done.manifest.moment)
        for code, held in done.found:
            self.stdout.write(f"{'ok  ' if held else 'NOT '} {CHECKED[code].en}")
        self.stdout.write(f"Restored {done.path.name}: {contents.rows} rows of {len(contents.tables)} tables in {seconds:.1f} s.")
        for code, held in done.found:
            if not held:
                self.stderr.write(f"WARNING: this did not hold, look at it now: {CHECKED[code].en}.")
        if done.refused:
            self.stderr.write(f"WARNING: {len(done.refused)} newer copies could not be used. This is an older one.")
        self.stdout.write(
            f"It is as it was at {moment:%H:%M on %-d %B %Y}; what was written later is missing. Every worker's page says so until a"
            " hub lead says, under Settings, that it has been written again. Messages that had not left are held there too."
        )
