"""Many posts at once, a locked database and a full disk: one referral, or a 503 and a retry that works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from tests.support.laid import copy_laid

pytestmark = pytest.mark.hazard("H01")

SOURCE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make a database that nobody else uses, of the kind that the suite runs on."""
    default = settings.DATABASES["default"]
    if not default["ENGINE"].endswith("postgresql"):
        yield copy_laid(tmp_path_factory.mktemp("hard-times") / "hub.sqlite3")
        return
    where = {"host": default["HOST"], "port": default["PORT"], "user": default["USER"], "password": default["PASSWORD"]}
    name = "alongside_hard_times"
    with psycopg.connect(dbname="postgres", autocommit=True, **{key: value for key, value in where.items() if value}) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}")
        user = f"{quote(where['user'])}:{quote(where['password'])}"
        yield f"postgresql://{user}@/{name}?host={where['host']}&port={where['port']}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def found(address: str) -> dict[str, Any]:
    """Run the hard times once."""
    env = os.environ | {
        "ALONGSIDE_DATABASE": address,
        "ALONGSIDE_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": str(SOURCE),
    }
    run = subprocess.run(
        [sys.executable, "-m", "alongside.exchange.tests.hard_times"],
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-3000:]
    findings: dict[str, Any] = json.loads(run.stdout)
    return findings


def test_thirty_two_posts_at_once_make_one_referral_and_get_one_answer(found: dict[str, Any]) -> None:
    assert found["at_once"] == {
        "answers": 32,
        "different": 1,
        "status": [200],
        "kept": {"MessageReceived": 1, "Referral": 1, "Person": 1, "Holding": 1},
    }


def test_a_locked_database_is_said_so_and_the_same_message_is_taken_afterwards(found: dict[str, Any]) -> None:
    if "locked" in found:  # PostgreSQL waits for the other one instead
        assert found["locked"] == {"during": [503, "5"], "unchanged": True, "after": 200}


def test_a_full_disk_is_said_so_and_the_same_message_is_taken_afterwards(found: dict[str, Any]) -> None:
    if "full" in found:  # only SQLite can be told how large its file may grow
        assert found["full"] == {"during": [503, "5"], "unchanged": True, "after": 200}
