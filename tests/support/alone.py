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


def run_alone(module: str, *arguments: str, address: str) -> Any:
    """Run `python -m module` to its end and give the JSON it printed."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment(address), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout)


def begin() -> None:
    """Start Django in this process and lay the tables."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
