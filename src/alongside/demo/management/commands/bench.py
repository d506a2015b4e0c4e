"""`./alongside bench`: how fast the product is, beside the floor of this very machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from alongside.demo.bench.cluster import NoServer, server
from alongside.hubs.models import Hub

ROUNDS = 200


class Command(BaseCommand):
    help = "Measure the everyday tasks on a made-up hub of a chosen size, in turns with the floor, on PostgreSQL (fsync on)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=10_000, help="how many people the hub has (default 10,000)")
        parser.add_argument(
            "--closed", type=int, default=0, help="lay so many exclusions, objections and agreements about everybody first"
        )
        parser.add_argument(
            "--services", type=int, default=0, help="measure the directory, with so many made-up services, and nothing else"
        )
        parser.add_argument("--json", default="", help="write the results to this file as a list of objects")
        parser.add_argument(
            "--database", default="", help="measure in this empty or made-up database instead of a server of our own"
        )
        parser.add_argument("--sqlite", action="store_true", help="measure on SQLite as well, and print it beside")
        parser.add_argument("--rounds", type=int, default=ROUNDS, help="how many times each task runs")
        parser.add_argument("--feed", default="", help="measure only how long this feed takes to come in, and to be read again")
        parser.add_argument("--here", action="store_true", help="measure in the database of this process")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is a live installation, and the bench makes people up: it does not run here.")
        if options["here"]:
            self._measure(options)
        elif options["database"]:
            self._run(options["database"], options)
        else:
            try:
                with server() as address:
                    self._run(address, options)
            except NoServer as missing:
                raise CommandError(str(missing)) from missing
        if options["sqlite"] and not options["here"]:
            with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
                self._run(f"sqlite:///{folder}/bench.sqlite3", {**options, "json": ""})

    def _run(self, address: str, options: dict[str, Any]) -> None:
        """Measure in a process of its own, since a process knows one database."""
        command = [
            sys.executable,
            "-m",
            "django",
            "bench",
            "--here",
            "--people",
            str(options["people"]),
            "--rounds",
            str(options["rounds"]),
            "--closed",
            str(options["closed"]),
            "--services",
            str(options["services"]),
        ]
        if options["json"]:
            command += ["--json", options["json"]]
        if options["feed"]:
            command += ["--feed", options["feed"]]
        done = subprocess.run(command, env={**os.environ, "ALONGSIDE_DATABASE": address}, check=False)  # noqa: S603  # our own command
        if done.returncode:
            raise CommandError("The bench did not finish; the lines above say why.")

    def _measure(self, options: dict[str, Any]) -> None:
        from django.db import connection

        from alongside.demo.bench import directory
        from alongside.demo.bench.report import lines
        from alongside.demo.bench.tasks import prepare, run_all

        call_command("migrate", verbosity=0)
        if options["feed"]:
            from alongside.demo.bench.feeds import measure_feed

            call_command("demo", people=100, stdout=self.stdout)
            measure_feed(Path(options["feed"]), self.stdout.write)
            return
        call_command("demo", people=min(options["people"], 10) if options["services"] else options["people"], stdout=self.stdout)
        if options["services"]:
            self.stdout.write(f"\nMeasuring the directory on {connection.vendor}, {options['rounds']} times each.")
            directory.run(Hub.objects.earliest("pk"), options["services"], options["rounds"], self.stdout.write)
            return
        load_before = os.getloadavg()[0]
        self.stdout.write(f"\nMeasuring on {connection.vendor}, {options['rounds']} times each, in turns with the floor.")
        self.stdout.flush()
        results = run_all(prepare(options["rounds"], options["closed"]), self.stdout.write)
        for line in lines(results, connection.vendor, load_before):
            self.stdout.write(line)
        if options["json"]:
            Path(options["json"]).write_text(json.dumps([one.as_json() for one in results], indent=2) + "\n")
        if any(one.errors for one in results):
            raise CommandError("Some answers were errors; the figures above do not count.")
