"""`./alongside backup`: one sealed copy of the database; says done only when it is on the disk."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from alongside.backups.commands import keep_run
from alongside.backups.copying import copy
from alongside.backups.databases import database_at
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Make one copy of the database, sealed for the key in ALONGSIDE_BACKUP_RECIPIENT. Ends with 0 only when it is kept."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=Path(settings.BACKUP_TO), help="the folder (ALONGSIDE_BACKUP_TO)")
        parser.add_argument("--keep", type=int, default=settings.BACKUP_KEEP, help="how many copies stay (ALONGSIDE_BACKUP_KEEP)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BACKUP_RECIPIENT:
            raise CommandError(
                "No copy was made: ALONGSIDE_BACKUP_RECIPIENT is not set, and a copy that is not sealed is not made at all."
                " Type ./alongside backup-key FILE, and put the public key that it prints into the settings."
            )
        at, began = now(), time.monotonic()
        try:
            made = copy(
                database_at(settings.DATABASE_ADDRESS, at),
                to=options["to"],
                recipient=settings.BACKUP_RECIPIENT,
                keep=options["keep"],
            )
        except Refusal as refusal:
            raise CommandError(f"No copy was made. {refusal}") from refusal
        except OSError as fault:
            raise CommandError(f"No copy was made: {fault.strerror or type(fault).__name__} ({options['to']}).") from fault
        contents, seconds = made.manifest.contents, time.monotonic() - began
        self.stdout.write(
            f"{made.path}\n{contents.rows} rows of {len(contents.tables)} tables as they were at {made.manifest.moment:%H:%M:%S %Z on %d %B %Y},"
            f" {made.size} bytes, {seconds:.1f} s"
        )
        for path in made.let_go:
            self.stdout.write(f"let go: {path.name}")
        try:
            keep_run(
                actor=Actor.system("backup"), at=now(), kind="copy", moment=made.manifest.moment, seconds=seconds,
                tables=len(contents.tables), rows=contents.rows, size=made.size,
            )  # fmt: skip
        except DatabaseError as fault:
            self.stderr.write(f"The copy is made; that it was made could not be written down ({type(fault).__name__}).")
