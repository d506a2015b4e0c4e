"""`./alongside work`: the background worker; sends what is due, asks what became of it, sweeps so that nothing waits for ever, seals
the journal, and reads the feeds of the directory at night."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections, connections

from alongside.journal import sealing
from alongside.messages.queries import FEW
from alongside.safety.watching.handing import hand_heads
from alongside.safety.watching.noticing import go_through
from alongside.vocabulary.clock import now
from alongside.web import tasks

SECONDS = 5
SECONDS_BETWEEN_LOOKS = 60
"""So often it is looked whether something that takes long is due."""
log = logging.getLogger("alongside.work")


class Command(BaseCommand):
    help = "Send messages, sweep for what waits too long, and seal the journal, until ended."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one round, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        self.check(tags=["before_work"], databases=["default"])
        ended = threading.Event()
        if not options["once"]:
            for name in (signal.SIGTERM, signal.SIGINT):
                signal.signal(name, lambda *_: ended.set())
        # The sealer does not wait for a slow mail server: what is written is sealed within seconds.
        sealer = threading.Thread(target=_seal_until, args=(ended,), name="sealer", daemon=True)
        if not options["once"]:
            sealer.start()
        slow = threading.Thread(target=_do_what_takes_long_until, args=(ended,), name="feeds", daemon=True)
        if not options["once"]:
            slow.start()
        by, out = tasks.senders(), tasks.way_out()
        while not ended.is_set():
            sent = 0
            try:
                sent = tasks.send_what_is_due(now(), by, until=ended.is_set)
                tasks.ask_what_became(now(), by, until=ended.is_set)
                if out:
                    tasks.look_at_links(now(), out, until=ended.is_set)
                swept = tasks.sweep(now()) if options["once"] else tasks.sweep_when_due(now())
                if options["once"]:
                    sealed = sealing.seal_all(at=now())
                    go_through(now())
                    self.stdout.write(f"{sent} messages looked at, {swept} things raised, {sealed} rows sealed")
                hand_heads(now(), by)
            except DatabaseError as fault:
                log.error("work: %s; tried again in %s seconds", type(fault).__name__, SECONDS)
                close_old_connections()
            if options["once"]:
                return
            if sent < FEW:  # a full round has more behind it
                ended.wait(SECONDS)
        if sealer.is_alive():
            sealer.join(timeout=SECONDS)


def _do_what_takes_long_until(ended: threading.Event) -> None:
    """Do what may take hours, such as reading feeds: no message waits for it, and what is cut off by the end is begun again."""
    while not ended.wait(SECONDS_BETWEEN_LOOKS):
        tasks.do_what_takes_long(now())
        connections.close_all()


def _seal_until(ended: threading.Event) -> None:
    """Seal what is written, round after round; a fault is told and tried again, and ends nothing."""
    while not ended.is_set():
        try:
            sealing.seal_all(at=now())
            sealing.beat(now())
            go_through(now())
        except Exception as fault:
            log.error("sealer: %s; tried again in %s seconds", type(fault).__name__, sealing.SECONDS)
            close_old_connections()
        ended.wait(sealing.SECONDS)
    connections.close_all()
