"""`./alongside downtime-key WHOSE FILE`: a pair of keys for one pack; the private one goes to the file that is named, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.backups.sealed import NotAKey, write_pair


class Command(BaseCommand):
    help = (
        "Make a pair of keys for one pack: the line for ALONGSIDE_DOWNTIME_KEYS is printed, the private key is written to FILE."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("whose", help="the team or lead, as ./alongside downtime-pack names it")
        parser.add_argument("file", type=Path, help="where the private key goes; it must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            public = write_pair(options["file"], "pack for when the hub cannot be reached")
        except NotAKey as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{options['whose']} {public}\n")
        self.stdout.write("Put this line into the file that ALONGSIDE_DOWNTIME_KEYS names. It can seal, and open nothing.\n")
        self.stdout.write(f"The private key is in {options['file']}. Take it to its readers, and off this machine.\n")
