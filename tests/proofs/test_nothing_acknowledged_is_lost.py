"""P1: what was acknowledged is there after 50 kills, a full disk and a server stopped hard, whole and once; nothing is acknowledged
before it is on the disk.

With PROVE=full 200 kills, a kill at every page that is written, and a server stopped 20 times.

Shown to fail once: with `synchronous=FULL` the last thing before the answer is the unlinking of the journal, unsynced.
"""

from __future__ import annotations

import json
import os
from typing import Any

import pytest

from tests.support.alone import run_alone
from tests.support.laid import carry_over, copy_laid
from tests.support.postgres import Cluster, own_server

pytestmark = pytest.mark.hazard("H01")

FULL = os.environ.get("PROVE") == "full"
KILLS, STOPS, PAGES = (200, 20, 1) if FULL else (50, 3, 5)
"""How often a writer is killed, a server stopped hard, and at which of the pages that are written a kill is tried (one in so many)."""
WHOLE = {"Person": 0, "Membership": 0, "Holding": 0, "StoryEntry": 0, "Entry": 0}


def durable(address: str) -> dict[str, Any]:
    if address.startswith("postgresql"):
        return {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
    return {"synchronous": 3, "foreign_keys": 1, "mmap_size": 0}


def test_kills_lose_nothing_and_double_nothing(own_database: str) -> None:
    """P1 c: a sender that got no answer sends the same again; what is half done is not there."""
    found = run_alone("tests.support.crash", str(KILLS), address=own_database)
    assert (found["kills"], found["lost"], found["doubled"], found["halves"]) == (KILLS, [], [], WHOLE)
    assert found["not_acknowledged"] == 0 and found["acknowledged"] >= KILLS
    assert {name: found["durable"][name] for name in durable(own_database)} == durable(own_database)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Watch one writer, and kill the next ones at every write, once for both tests."""
    file = tmp_path_factory.mktemp("crash") / "hub.sqlite3"
    found: dict[str, Any] = run_alone("tests.support.crash_points", str(PAGES), address=copy_laid(file))
    return found


def test_a_kill_at_every_write_loses_nothing(watched: dict[str, Any]) -> None:
    """P1 a: at every sync and every unlinking of the journal, and at one in five of the pages written (with PROVE=full at every one)."""
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


def test_a_full_disk_refuses_in_words_loses_nothing_and_works_again(tmp_path: Any) -> None:
    """P1 d: the same process, before, while and after the disk is full; what was refused is kept nowhere, in no part."""
    found = run_alone("tests.support.full_disk", address=f"sqlite:///{tmp_path / 'hub.sqlite3'}")
    assert found["acknowledged_before"] >= 3 and found["refused"] >= 20
    # A person at the door reads that nothing was kept, and that the same may be sent again. (For messages: exchange/tests.)
    assert found["page"] == {"status": 503, "retry_after": "5", "says": True, "help": True}
    # With room again, and without a restart, each of them is taken, once.
    assert found["acknowledged_after"] == found["refused"] and found["page_after"] == 302
    assert (found["lost"], found["doubled"], found["not_acknowledged"], found["halves"]) == ([], [], 0, WHOLE)
    assert found["integrity"] == "ok"


def test_a_server_stopped_hard_loses_nothing(postgres: Cluster) -> None:
    """P1 e: PostgreSQL is stopped at once, again and again, under a writer that lives on and sends again what had no answer.

    Shown to fail: with synchronous_commit off three that had been acknowledged were gone after three stops.
    """
    with own_server() as server:
        address = carry_over(postgres, server)
        found = run_alone("tests.support.stopped_hard", str(STOPS), json.dumps(server.commands), address=address)
    assert (found["stops"], found["lost"], found["doubled"], found["halves"]) == (STOPS, [], [], WHOLE)
    assert found["not_acknowledged"] == 0 and found["acknowledged"] >= 2 * STOPS and found["cut_off"] >= STOPS
