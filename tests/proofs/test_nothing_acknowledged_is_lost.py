"""P1: what was acknowledged is there after 50 kills, whole and once; nothing is acknowledged before it is on the disk.

Shown to fail once: with `synchronous=FULL` the last thing before the answer is the unlinking of the journal, unsynced.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.alone import run_alone

KILLS = 50
WHOLE = {"Person": 0, "Membership": 0, "Holding": 0, "StoryEntry": 0, "Entry": 0}


def durable(address: str) -> dict[str, Any]:
    if address.startswith("postgresql"):
        return {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    return {"synchronous": 3, "foreign_keys": 1, "mmap_size": 0}


def test_fifty_kills_lose_nothing_and_double_nothing(own_database: str) -> None:
    """P1 c: a sender that got no answer sends the same again; what is half done is not there."""
    found = run_alone("tests.support.crash", str(KILLS), address=own_database)
    assert (found["kills"], found["lost"], found["doubled"], found["halves"]) == (KILLS, [], [], WHOLE)
    assert found["not_acknowledged"] == 0 and found["acknowledged"] >= KILLS
    assert {name: found["durable"][name] for name in durable(own_database)} == durable(own_database)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Watch one writer, and kill the next ones at every write, once for both tests."""
    file = tmp_path_factory.mktemp("crash") / "hub.sqlite3"
    found: dict[str, Any] = run_alone("tests.support.crash_points", address=f"sqlite:///{file}")
    return found


def test_a_kill_at_every_write_loses_nothing(watched: dict[str, Any]) -> None:
    """P1 a: at every sync and every unlinking of the journal, and at one in five of the pages written."""
    assert (watched["lost"], watched["doubled"], watched["halves"], watched["integrity"]) == ([], [], WHOLE, "ok")
    assert watched["not_acknowledged"] == 0
    assert watched["points"]["fdatasync"] >= 3 and watched["points"]["pwrite64"] >= 10


def test_the_answer_is_given_only_after_the_disk_has_it(watched: dict[str, Any]) -> None:
    """P1 b: after the last page is written it is synced, and so is the folder once the journal is gone; then comes the answer."""
    did = watched["did"]
    assert did[-1] == "write answer"
    if "unlink journal" in did:
        last_page = max(place for place, step in enumerate(did) if step == "pwrite64 database")
        assert did[last_page + 1 : -1] == ["fdatasync database", "unlink journal", "fdatasync folder"]
    else:
        last_page = max(place for place, step in enumerate(did) if step == "pwrite64 wal")
        assert did[last_page + 1 : -1] == ["fdatasync wal"]
