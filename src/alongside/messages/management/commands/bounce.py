"""`./alongside bounce`: hear what a mail server says later of an e-mail; it is handed in as mail servers do, or lies in files."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from alongside.messages.bounces import HEARD, LARGEST, NOT_A_REPORT, TRY_AGAIN, Heard, hear
from alongside.vocabulary.clock import now


class Command(BaseCommand):
    help = (
        "Hear what became of an e-mail: one message from standard input, or files, or Maildirs. One line each says what came of it. "
        "Ends with 0 when all was heard, 75 when something is to be handed in again, otherwise 65: something was no report about "
        "a message of ours."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("places", nargs="*", type=Path, metavar="FILE-or-MAILDIR")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["places"]:
            heard = _hear(_all_of(sys.stdin.buffer))
            if heard.code != HEARD:
                raise CommandError(heard.said, returncode=heard.code)
            self.stdout.write(heard.said)
            return
        came = []
        for path, in_maildir in _files(options["places"]):
            heard = _hear_file(path, in_maildir)
            self.stdout.write(f"{path.name}\t{heard.said}")
            came.append(heard.code)
        if any(came):
            not_heard = sum(code != HEARD for code in came)
            raise CommandError(f"{not_heard} of {len(came)} not heard.", returncode=max(came))


def _hear(content: bytes) -> Heard:
    """Hear one message; whatever is wrong with us (the database is away), it is to be handed in again, and nothing of it is logged."""
    try:
        return hear(content, now())
    except Exception as fault:  # a mail server that gets no answer it knows would throw the message away
        return Heard(TRY_AGAIN, f"not heard, because of a fault of ours ({type(fault).__name__}): hand it in again")


def _hear_file(path: Path, in_maildir: bool) -> Heard:
    """Hear one file. In a Maildir what was heard is kept as read, what is no report as unread: a person may have written it."""
    try:
        with path.open("rb") as file:
            heard = _hear(file.read(LARGEST))
        if in_maildir and heard.code != TRY_AGAIN:
            name = path.name.partition(":")[0]
            path.rename(path.parents[1] / "cur" / f"{name}:2,{'' if heard.code == NOT_A_REPORT else 'S'}")
    except OSError as problem:
        return Heard(TRY_AGAIN, f"the file could not be read or moved ({problem.strerror})")
    return heard


def _files(places: list[Path]) -> Iterator[tuple[Path, bool]]:
    """Give each file, and whether it is new in a Maildir."""
    for place in places:
        if (place / "new").is_dir():
            yield from ((path, True) for path in sorted((place / "new").iterdir()))
        else:
            yield place, False


def _all_of(stream: BinaryIO) -> bytes:
    """Read what counts, and the rest for nothing: a mail server whose pipe breaks does not hear our answer."""
    content = stream.read(LARGEST)
    while stream.read(LARGEST):
        pass
    return content
