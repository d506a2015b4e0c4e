"""Runs a part of the proofs in a process of its own, on a database of its own: for many at once, and for what may be killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def environment(address: str) -> dict[str, str]:
    """Give the environment of a process that works on this database."""
    return os.environ | {
        "ALONGSIDE_DATABASE": address,
        "ALONGSIDE_MODE": "demo",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }


def run_alone(module: str, *arguments: str, address: str, **settings: str) -> Any:
    """Run `python -m module` to its end and give the JSON it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env=environment(address) | settings, cwd=ROOT, capture_output=True, text=True, timeout=1_200, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def lay_tables(address: str) -> None:
    """Lay the tables of an empty database."""
    laid = [sys.executable, "-m", "django", "migrate", "-v0"]
    subprocess.run(laid, env=environment(address), cwd=ROOT, check=True)


def begin() -> None:
    """Start Django in this process, let it look at what it made by itself, and lay the tables where there are none."""
    wake()
    from django.core.management import call_command
    from django.db import connection

    if "hubs_hub" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)


def wake() -> None:
    """Start Django in this process on a database that has its tables, and let it look at what it made by itself."""
    import django

    django.setup()
    from alongside.access import guarded
    from tests.support.guards import a_test_reads_by_itself

    guarded.also_open = a_test_reads_by_itself
