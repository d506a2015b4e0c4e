"""`./alongside work`: the background worker; sends what is due, and sweeps so that nothing waits for ever."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from alongside.vocabulary.clock import now
from alongside.web import tasks

SECONDS = 5
SWEEP_EVERY = 60
"""Rounds between two sweeps: about five minutes."""
log = logging.getLogger("alongside.work")


class Command(BaseCommand):
    help = "Send messages and sweep for what waits too long, until ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        ended = threading.Event()
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: ended.set())
        by, rounds = tasks.sender(), 0
        while not ended.is_set():
            try:
                sent = tasks.send_what_is_due(now(), by)
                swept = tasks.sweep(now()) if rounds % SWEEP_EVERY == 0 else 0
                if options["once"]:
                    self.stdout.write(f"{sent} messages looked at, {swept} things raised")
            except DatabaseError as fault:
                log.error("work: %s; tried again in %s seconds", type(fault).__name__, SECONDS)
                close_old_connections()
            if options["once"]:
                return
            rounds += 1
            ended.wait(SECONDS)
