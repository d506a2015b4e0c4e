"""`./alongside demo`: a made-up hub, ready to look around in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime

from alongside.demo.hub import personas
from alongside.demo.making import PEOPLE, SEED, make, standing_hub
from alongside.hubs.roles import ROLE_WORDS
from alongside.vocabulary.clock import UK, now


class Command(BaseCommand):
    help = "Make the made-up Rivermouth hub, with people and a year of life; one that is there already is left as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--people", type=int, default=PEOPLE, help=f"how many people (default {PEOPLE}); many are filled in bulk"
        )
        parser.add_argument("--seed", type=int, default=SEED, help="the same seed makes the same hub")
        parser.add_argument(
            "--now", type=_moment, default=None, help="the moment at which the year ends (ISO), for repeatable hubs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "This is a live installation, and the demo makes people up: it does not run here. Set ALONGSIDE_MODE=demo elsewhere."
            )
        hub = standing_hub()
        if hub is None:
            hub = make(people=options["people"], seed=options["seed"], now=options["now"] or now(), say=self.stdout.write)
        else:
            self.stdout.write("The Rivermouth hub is here already; it is left as it is.")
        self.stdout.write("\nEverybody here is made up. Sign in at /personas/ as:\n")
        for name, role, try_this in personas():
            self.stdout.write(f"  {name:<26} {ROLE_WORDS.words(role, 'en'):<38} {try_this}")


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None:
        raise CommandError(f"--now is {text!r}; write a moment such as 2026-11-24T09:00.")
    return found if found.tzinfo else found.replace(tzinfo=UK)
