"""A writer that is killed again and again, in a process of its own; prints as JSON what was acknowledged and what is there.

Each writer is a fork of a process that has everything loaded, so that it is killed while it works and not while it starts.
Run by `tests/proofs/test_nothing_acknowledged_is_lost.py` with the number of kills.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from typing import Any

from tests.support import alone


def main() -> None:
    """Begin a hub, kill its writers, let the last one finish, and compare."""
    alone.begin()
    from tests.support.hub import open_hub

    hub = open_hub()
    kills, chance = int(sys.argv[1]), random.Random(16)
    acknowledged: dict[str, list[str]] = {}
    for number in range(kills + 1):
        # A sender that got no answer sends the same again: the first key of this writer is the one that hung.
        seconds = chance.uniform(0.01, 0.25) if number < kills else None
        for line in _write_until_killed(hub, len(acknowledged), seconds, after_one=number % 3 > 0):
            key, reference = line.split()
            acknowledged.setdefault(key, []).append(reference)
    json.dump(_compare(acknowledged) | {"kills": kills} | _settings(), sys.stdout)


def _write_until_killed(hub: Any, first: int, seconds: float | None, *, after_one: bool) -> list[str]:
    """Fork a writer and kill it after some time; without a time it takes in three more and ends by itself.

    In:   `after_one`: the time runs from its first acknowledgement, so that on a slow machine too it is killed while it works.
    """
    from django.db import connection

    connection.close()
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        _write(hub, first, writes, 10**9 if seconds else 3)
        os._exit(0)
    os.close(writes)
    said, waits = b"", seconds is not None and after_one
    ends = time.monotonic() + (60 if waits or seconds is None else seconds)
    while (left := ends - time.monotonic()) > 0:
        if select.select([reads], [], [], left)[0]:
            more = os.read(reads, 65536)
            if not more:
                break
            said += more
            if waits and seconds is not None:
                waits, ends = False, time.monotonic() + seconds
    os.kill(child, signal.SIGKILL)
    while more := os.read(reads, 65536):
        said += more
    os.close(reads)
    os.waitpid(child, 0)
    # What is cut off in the middle was not acknowledged.
    return said.decode().split("\n")[:-1]


def _write(hub: Any, first: int, out: int, count: int) -> None:
    """Take people in, and say so on the pipe only after each has been kept."""
    for number in range(first, first + count):
        key = f"k{number}"
        received = hub.refer(key=key, name="Mair Pretend", words="low", email=f"p{number}@person.example")
        os.write(out, f"{key} {received.referral.reference}\n".encode())


def _compare(acknowledged: dict[str, list[str]]) -> dict[str, Any]:
    from django.db import connection

    from alongside.journal.models import Entry
    from alongside.journey.referrals.models import Referral
    from alongside.members.models import Holding, Membership
    from alongside.people.models import Person, StoryEntry

    rows = dict(Referral.objects.values_list("key", "reference"))
    taken = list(Entry.objects.filter(command="referral.received").values_list("facts", flat=True))
    connection.check_constraints()
    return {
        "acknowledged": len(acknowledged),
        "lost": [key for key, references in acknowledged.items() if {rows.get(key)} != set(references)],
        "doubled": [key for key, count in Counter(Referral.objects.values_list("key", flat=True)).items() if count > 1],
        "not_acknowledged": len(rows) - len(acknowledged),
        # Whole or not at all: as many people, members, holdings, stories and entries as referrals.
        "halves": {model.__name__: model.objects.count() - len(rows) for model in (Person, Membership, Holding, StoryEntry)}
        | {"Entry": sum(1 for facts in taken if not facts.get("again")) - len(rows)},
    }


def _settings() -> dict[str, Any]:
    """Read from the database itself how it keeps what it is given."""
    from django.db import connection

    with connection.cursor() as cursor:
        found = {}
        asked = ("fsync", "synchronous_commit", "full_page_writes")
        if connection.vendor == "sqlite":
            asked = ("synchronous", "foreign_keys", "mmap_size", "journal_mode")
        for name in asked:
            cursor.execute(f"PRAGMA {name}" if connection.vendor == "sqlite" else f"SHOW {name}")
            found[name] = cursor.fetchone()[0]
    return {"durable": found}


if __name__ == "__main__":
    main()
