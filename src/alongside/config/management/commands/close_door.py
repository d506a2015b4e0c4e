"""`./alongside manage close_door HUB`: close a public door when the pages cannot be opened."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.hubs.choosing import one_hub
from alongside.hubs.commands import close_public_door
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = "Close the public door of a hub: nobody can ask for help online until it is opened on the hub's pages again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("hub", help="the short name of the hub")

    def handle(self, *args: Any, **options: Any) -> None:
        hub = one_hub(options["hub"])
        close_public_door(actor=Actor.system("close_door", hub.pk), at=now(), hub_id=hub.pk)
        self.stdout.write(f"The public door of {hub.slug} is closed.")
