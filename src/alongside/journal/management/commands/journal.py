"""`./alongside journal verify`: whether anything in the journal was changed, taken out or put in; ends with 1 when it was."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alongside.journal.sealing import Standing, keys
from alongside.journal.verifying import Report, Witnessed, verify, witnessed_in
from alongside.vocabulary.clock import now

SHOWN = 200
"""Findings that are written out; more are counted."""


class Command(BaseCommand):
    help = "Verify the journal: compare every entry and every look with its seal, and the end with what a witness holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument(
            "--witness",
            action="append",
            default=[],
            metavar="FILE-or-HASH",
            help="what another organisation was handed: a file with its e-mails, NUMBER:HASH, or a hash",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        heads: list[Witnessed] = []
        for one in options["witness"]:
            found = witnessed_in(one if re.fullmatch(r"(\d+:)?[0-9a-fA-F]{64}", one) else Path(one).read_text(errors="replace"))
            if not found:
                self.stderr.write(f"There is no head in {one}: a number and 64 characters from 0 to 9 and a to f.")
                raise SystemExit(2)
            heads += found
        began = time.monotonic()
        report = verify(keys=keys(), at=now(), witnessed=heads)
        self._say(report, heads, time.monotonic() - began)
        if report.findings:
            raise SystemExit(1)

    def _say(self, report: Report, heads: list[Witnessed], seconds: float) -> None:
        for sentence in report.findings[:SHOWN]:
            self.stdout.write(sentence)
        if len(report.findings) > SHOWN:
            self.stdout.write(f"And {len(report.findings) - SHOWN} findings more.")
        self.stdout.write(
            f"{report.rows} rows in {report.seals} seals were compared in {seconds:.1f} seconds; {len(report.findings)} findings."
        )
        if heads:
            self.stdout.write(f"{report.witnessed} of {len(heads)} heads of witnesses stand in the chain.")
        if report.standing:
            self._say_end(report.standing)

    def _say_end(self, end: Standing) -> None:
        if end.number:
            self.stdout.write(f"The chain ends at {end.number}:{end.hash}")
        self.stdout.write(f"{end.unsealed} rows are not sealed yet." if end.unsealed else "Everything is sealed.")
