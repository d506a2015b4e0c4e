"""The product as it runs: a real server on a real database file, with a made-up hub in it."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.laid import copy_laid

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class World:
    """The running hub: its address, its database file, the environment of its commands, and what its server writes down."""

    url: str
    database: Path
    environment: dict[str, str]
    log: Path

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command of the product on this hub."""
        return subprocess.run(
            [sys.executable, "-m", "django", *words], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT
        )

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Look into the database from outside, as a test may and a page may not."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            return connection.execute(sql, values).fetchall()

    def key(self, sql: str, *values: Any) -> str:
        """Give one public id as it stands in an address."""
        return str(uuid.UUID(self.rows(sql, *values)[0][0]))


@contextmanager
def running_hub(folder: Path, *options: str, **settings: str) -> Iterator[World]:
    """Make a hub of forty made-up people in a folder, and serve it until the end; `options` are the server's."""
    database = folder / "hub.sqlite3"
    copy_laid(database)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}",
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
        "ALONGSIDE_DATABASE": f"sqlite:///{database}",
        "ALONGSIDE_MODE": "demo",
        "ALONGSIDE_PORT": str(port),
        # A browser of the tests walks faster than anybody reads.
        "ALONGSIDE_FINDER_A_MINUTE": "0",
        "ALONGSIDE_FINDER_A_MINUTE_IN_ALL": "0",
        **settings,
    }
    made = World(f"http://127.0.0.1:{port}", database, environment, folder / "server.log")
    done = made.manage("demo", "--people", "40", "--seed", "7")
    assert done.returncode == 0, done.stdout + done.stderr
    program = Path(sys.executable).parent / "granian"
    with made.log.open("w") as log:
        server = subprocess.Popen(
            [program, "--interface", "wsgi", "--workers", "1", "--no-ws", "--host", "127.0.0.1", "--port", str(port)]
            + ["--log-level", "warning", *options, "alongside.config.wsgi:application"],
            env=environment,
            stdout=log,
            stderr=log,
            cwd=ROOT,
        )
        try:
            for _try in range(300):
                try:
                    urllib.request.urlopen(f"{made.url}/safeguarding/", timeout=2)
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                raise AssertionError(made.log.read_text())
            yield made
        finally:
            server.terminate()
            server.wait(10)
