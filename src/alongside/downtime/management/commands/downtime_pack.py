"""`./alongside downtime-pack FOLDER`: a sealed file for every team and safeguarding lead, for when the hub cannot be reached."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from alongside.downtime.commands import pack
from alongside.downtime.folder import name_of, put, take_away_old
from alongside.downtime.keys import read_keys
from alongside.downtime.paper import as_sealed
from alongside.hubs.models import Hub
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = (
        "Make the packs for when the hub cannot be reached, each sealed for its readers. Ends with 0 only when every one is kept."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, help="where the packs go; older ones there are replaced, or taken away after a day"
        )
        parser.add_argument("--keys", default=settings.DOWNTIME_KEYS, help="the file of public keys (ALONGSIDE_DOWNTIME_KEYS)")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, at, missing = options["folder"], now(), False
        try:
            keys = read_keys(options["keys"])
            for hub in Hub.objects.order_by("pk"):
                with translation.override("en-gb"):
                    made = pack(actor=Actor.system("downtime", hub.pk), at=at, hub_id=hub.pk, keys=set(keys))
                    for desk, page in made.packs:
                        place = put(folder, name_of(hub.slug, desk.key), as_sealed(page, keys[desk.key]))
                        self.stdout.write(f"{place.name}: {desk.name}, {len(page.people)} people")
                for desk in made.without_key:
                    self.stderr.write(f"No key, so no pack: {desk.key}  # {desk.name}, {hub.name}")
                if made.nowhere:
                    self.stderr.write(
                        f"{hub.name}: {made.nowhere} people stand in no pack. A safeguarding lead with a key, whom none of them keeps away,"
                        " would have them."
                    )
                missing = missing or bool(made.without_key or made.nowhere)
        except Refusal as refusal:
            raise CommandError(f"No pack was made. {refusal}") from refusal
        except OSError as fault:
            raise CommandError(f"A pack could not be kept: {fault.strerror or type(fault).__name__} ({folder}).") from fault
        finally:
            for name in take_away_old(folder, at):
                self.stdout.write(f"older than a day, taken away: {name}")
        if missing:
            raise CommandError("Not everybody stands in a pack; the lines above say why. docs/how-to/when-the-hub-is-away.md")
