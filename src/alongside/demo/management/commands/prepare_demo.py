"""Bring the database up to date and make the hub in a box, in one process, so that a later start is quick."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from alongside.journal import triggers


class Command(BaseCommand):
    help = "Bring the database up to date and make the hub in a box."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=0)
        parser.add_argument("--seed", type=int, default=0)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._prepare(options)
        except KeyboardInterrupt:
            raise CommandError("Stopped before it was finished. Start it again whenever you like.") from None

    def _prepare(self, options: dict[str, Any]) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()) or triggers.missing():
            call_command("migrate", verbosity=0)
        given = {key: options[key] for key in ("people", "seed") if options[key]}
        call_command("demo", stdout=self.stdout, **given)
