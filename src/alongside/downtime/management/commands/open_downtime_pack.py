"""`./alongside open-downtime-pack FILE KEY`: a pack as a page for any browser and as text. It asks for no database and no hub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.backups.sealed import read_identity
from alongside.downtime.paper import opened
from alongside.refusals import Refusal


class Command(BaseCommand):
    help = "Open a sealed pack with the private key of its readers: pack.html and pack.txt, without the hub and its database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the sealed pack")
        parser.add_argument("key", type=Path, help="the file of the private key")
        parser.add_argument("--to", type=Path, default=Path("."), help="the folder to open it into (this one)")

    def handle(self, *args: Any, **options: Any) -> None:
        path, folder = options["file"], options["to"]
        try:
            found = opened(path.read_bytes(), read_identity(options["key"]), path.name)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name, content in found.items():
                place = folder / name
                with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                    out.write(content)
                self.stdout.write(str(place))
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as fault:
            raise CommandError(f"{path} cannot be opened here: {fault.strerror or type(fault).__name__}.") from fault
        self.stdout.write("Anybody at this machine can read these two now. Delete them when the hub is back.")
