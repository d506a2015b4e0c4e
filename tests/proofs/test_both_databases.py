"""What the database itself keeps is kept on both: tests marked `both_databases` run again on PostgreSQL, in a second process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.support.postgres import Cluster

ROOT = Path(__file__).resolve().parents[2]


def test_what_is_marked_holds_on_postgresql_too(postgres: Cluster) -> None:
    """When the suite itself runs on PostgreSQL, the marked tests have run there already."""
    if connection.vendor == "postgresql":
        return
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "both_databases", "-p", "no:randomly", "src", "tests"],
        cwd=ROOT,
        env=os.environ | {"ALONGSIDE_DATABASE": postgres.address, "DJANGO_SETTINGS_MODULE": "alongside.config.settings"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout and "skipped" not in done.stdout
