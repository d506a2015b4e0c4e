"""`./alongside demo`: a made-up hub, ready to look around in; made, and its database brought up to date, in one process."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.dateparse import parse_datetime

from alongside.demo.hub import personas
from alongside.demo.making import PEOPLE, SEED, make, others, standing_hub
from alongside.hubs.roles import ROLE_WORDS
from alongside.journal import triggers
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
        _check_is_ours()
        _bring_up_to_date()
        hub = standing_hub()
        if hub is None:
            hub = make(people=options["people"], seed=options["seed"], now=options["now"] or now(), say=self.stdout.write)
        else:
            self.stdout.write("The Rivermouth hub is here already; it is left as it is.")
        self.stdout.write("\nEverybody here is made up. Sign in at /personas/ as:\n")
        for name, role, try_this in personas():
            self.stdout.write(f"  {name:<26} {ROLE_WORDS.words(role, 'en'):<38} {try_this}")


def _check_is_ours() -> None:
    """Whatever the mode says: where people of a real hub are, nobody is made up among them (C33)."""
    there = set(connection.introspection.table_names())
    found = others() if {"hubs_hub", "access_user"} <= there else []
    if found:
        raise CommandError(
            f"This database holds {', '.join(found)}, which the demo did not make: it makes nobody up there. "
            "Name an empty database in ALONGSIDE_DATABASE. Nothing was changed."
        )


def _bring_up_to_date() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()) or triggers.missing():
        call_command("migrate", verbosity=0)


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    if found is None:
        raise CommandError(f"--now is {text!r}; write a moment such as 2026-11-24T09:00.")
    return found if found.tzinfo else found.replace(tzinfo=UK)
