"""Runs on a database that has just been filled from a copy (see `backups/restored.py`); only `./alongside restore` calls it."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from alongside.backups import restored
from alongside.backups.commands import keep_run
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Check a database that has just been restored, and hold what would leave it. Called by ./alongside restore."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("moment", type=datetime.fromisoformat)
        parser.add_argument("at", type=datetime.fromisoformat, help="when the restore began")
        parser.add_argument("counted", type=int, nargs=3, help="tables, rows and bytes of the copy")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.addaudithook(_no_network)
        restored.bring_up_to_date()
        found = restored.check_before(now())
        found += restored.hold_and_say_so(options["moment"], now())
        tables, rows, size = options["counted"]
        keep_run(
            actor=Actor.system("restore"), at=now(), kind="restore", moment=options["moment"], tables=tables, rows=rows, size=size,
            seconds=(now() - options["at"]).total_seconds(), found=found,
        )  # fmt: skip
        connections.close_all()
        self.stdout.write(json.dumps(found))


def _no_network(event: str, given: tuple[Any, ...]) -> None:
    """A database that is being restored talks to nobody (its own server is reached by the driver itself)."""
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        raise PermissionError("nothing leaves while a copy is restored")
