"""Many posts at once, a locked database and a full disk: one referral, or a 503 and a retry that works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

SOURCE = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run the hard times once, on a database file of their own."""
    file = tmp_path_factory.mktemp("hard-times") / "hub.sqlite3"
    env = os.environ | {
        "ALONGSIDE_DATABASE": f"sqlite:///{file}",
        "ALONGSIDE_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": str(SOURCE),
    }
    run = subprocess.run(
        [sys.executable, "-m", "alongside.exchange.tests.hard_times"], env=env, capture_output=True, text=True, timeout=240, check=False
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
    assert found["locked"] == {"during": [503, "5"], "unchanged": True, "after": 200}


def test_a_full_disk_is_said_so_and_the_same_message_is_taken_afterwards(found: dict[str, Any]) -> None:
    assert found["full"] == {"during": [503, "5"], "unchanged": True, "after": 200}
