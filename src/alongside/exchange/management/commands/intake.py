"""Take referral messages from files: one line a file says what became of it."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from alongside.exchange.commands import Answered
from alongside.exchange.fhir.received_text import MAX_BYTES
from alongside.exchange.intake import take_in
from alongside.hubs.choosing import one_hub
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

TAKEN = {"referral": "taken", "update": "added", "revocation": "call-back made"}


class Command(BaseCommand):
    help = "Take FHIR messages (BaRS, JSON) from files. Prints file, outcome and human reference; exits 1 when one was not taken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--hub", default="", help="The hub's short name, when there is more than one hub.")

    def handle(self, *args: Any, **options: Any) -> None:
        # Whoever may run this hands in what other organisations' machines sent, so it is believed like them.
        actor = Actor(kind="client", hub_id=one_hub(options["hub"]).pk, name="intake")
        not_taken = 0
        for file in options["files"]:
            outcome, reference = _take(actor, file, now())
            not_taken += not reference
            self.stdout.write("\t".join((str(file), outcome, reference)).rstrip())
        if not_taken:
            raise CommandError(f"{not_taken} of {len(options['files'])} not taken.", returncode=1)


def _take(actor: Actor, file: Path, at: datetime) -> tuple[str, str]:
    """Take one file; what cannot be read or kept is said, and the next file still has its turn."""
    try:
        if file.stat().st_size > MAX_BYTES:
            return f"not taken: the file is larger than {MAX_BYTES:,} bytes", ""
        answered = take_in(actor=actor, at=at, content=file.read_bytes(), address=settings.PUBLIC_ADDRESS)
    except OSError as problem:
        return f"not taken: the file could not be read ({problem.strerror})", ""
    except (OperationalError, InterfaceError):
        return "not taken: the database could not keep it; the same file may be taken again", ""
    return _said(answered), answered.reference


def _said(answered: Answered) -> str:
    if answered.was_taken:
        return TAKEN.get(answered.kind, "taken")
    first = answered.body["issue"][0]
    place = next(iter(first.get("expression", [])), "")
    return f"not taken: {place + ': ' if place else ''}{first['diagnostics']}"
