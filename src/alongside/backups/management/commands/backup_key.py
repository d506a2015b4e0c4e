"""`./alongside backup-key FILE`: a pair of keys; the private one goes to the file that is named, and nowhere else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.backups.sealed import NotAKey, write_pair


class Command(BaseCommand):
    help = "Make a pair of keys for copies: the public one is printed, the private one is written to FILE."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the private key goes; it must not be there yet")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            public = write_pair(path, "copies")
        except NotAKey as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"ALONGSIDE_BACKUP_RECIPIENT={public}\n")
        self.stdout.write("Put this line into the settings of the installation. It can seal, and open nothing.\n")
        self.stdout.write(
            f"The private key is in {path}. Take it off this machine now: two paper or offline copies, kept by two people in two"
            " places. Never put it in the settings, in a mail or on the machine that runs the hub. Without it no copy can be opened.\n"
        )
