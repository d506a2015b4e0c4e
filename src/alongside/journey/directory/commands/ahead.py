"""Working out what follows from new entries ahead of writing them: of a large feed, in other processes while the database writes.

Such a process is begun from nothing, since a copy of this one would have its connections and half of its threads. It is given entries,
a part of the feed in one line of JSON, and answers in one line; it knows no secret and no database, and ends when nobody is left to ask.
"""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType

from alongside.vocabulary.service_entry import ServiceEntry
from alongside.vocabulary.what_follows import Follows, Words, what_follows, words_of

FEW = 2000
"""So many entries are worked out here: another process takes a second to begin."""
MOST_HANDS = 3
PARTS = 8
"""So many parts of a feed are given to each process before the first is asked for: it has enough to do while many words are written."""
PATIENCE = 60.0
"""So many seconds are waited for a part that another process has begun with, and that takes it a few."""
WIDE = 1 << 20
HAND = (sys.executable, "-m", "alongside.vocabulary.what_follows")
SOURCE = Path(__file__).resolve().parents[4]


class Ahead:
    """Works out what follows from entries before somebody asks for it; with one processor, or of few entries, only then."""

    def __init__(self) -> None:
        self.parts = 0
        """How many parts of a feed are given before the first is asked for; none when nobody works ahead."""
        self._given = 0
        self._hands: list[subprocess.Popen[bytes]] = []
        self._free: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._threads: ThreadPoolExecutor | None = None
        self._waiting: list[_Given] = []

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for hand in self._hands:
            hand.kill()
        if self._threads:
            self._threads.shutdown(wait=True, cancel_futures=True)
        for hand in self._hands:
            with suppress(OSError):  # something may not have been said to it
                hand.communicate()

    def give(self, entries: Sequence[ServiceEntry]) -> Callable[[], list[Follows]]:
        """Begin with some entries. Out: what gives what follows from each, when it is asked for."""
        self._given += len(entries)
        if self._threads is None and self._given > FEW:
            self._begin()
        one = _Given([words_of(entry) for entry in entries])
        if self._threads and entries:
            one.future = self._threads.submit(self._ask, one.words)
            self._waiting.append(one)
        return partial(self._found, one)

    def _begin(self) -> None:
        for _one in range(min(_processors() - 1, MOST_HANDS)):
            with suppress(OSError):
                self._hands.append(_hand())
                self._free.put(self._hands[-1])
        if self._hands:
            self._threads, self.parts = ThreadPoolExecutor(len(self._hands)), PARTS * len(self._hands)

    def _ask(self, words: list[Words]) -> bytes:
        hand = self._free.get()
        assert hand.stdin and hand.stdout  # both are pipes
        try:
            hand.stdin.write(json.dumps(words).encode() + b"\n")
            hand.stdin.flush()
            return hand.stdout.readline()
        finally:
            self._free.put(hand)

    def _found(self, asked: _Given) -> list[Follows]:
        """Give what follows. Nobody waits while there is something to do: what no hand has begun with is worked out here."""
        if asked in self._waiting:
            self._waiting.remove(asked)
        asked.take_over()
        while not asked.is_done():
            last = next((one for one in reversed(self._waiting) if one.take_over()), None)
            if last is None:
                break
        return asked.result()


def _hand() -> subprocess.Popen[bytes]:
    """Begin another process. Its pipes are wide: for each piece that goes through, whoever waits has to wait for its turn here."""
    hand = subprocess.Popen(  # noqa: S603  # a module of our own, without arguments
        HAND,
        bufsize=WIDE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(SOURCE), "PYTHONUTF8": "1"},
    )
    for pipe in (hand.stdin, hand.stdout):
        with suppress(OSError, AttributeError):  # not every system lets a pipe be wide
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, WIDE)  # type: ignore[arg-type]  # both are pipes
    return hand


class _Given:
    """Some entries, by their words, and what follows from them as soon as it is known."""

    def __init__(self, words: list[Words]) -> None:
        self.words = words
        self.future: Future[bytes] | None = None
        self._found: list[Follows] | None = None

    def take_over(self) -> bool:
        """Work it out here when nobody has begun with it."""
        if self._found is not None or self.future is None or not self.future.cancel():
            return False
        self._found = what_follows(self.words)
        return True

    def is_done(self) -> bool:
        return self._found is not None or self.future is None or self.future.done()

    def result(self) -> list[Follows]:
        """Give what follows; when another process dies over it, speaks nonsense or is not heard of, it is worked out here."""
        if self._found is None and self.future:
            with suppress(OSError, ValueError, TypeError):
                self._found = [Follows(*one) for one in json.loads(self.future.result(PATIENCE))]
        return self._found if self._found is not None and len(self._found) == len(self.words) else what_follows(self.words)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
