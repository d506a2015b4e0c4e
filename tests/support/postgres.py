"""A PostgreSQL server for tests: the one that the suite runs on, or a temporary one started here."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

STANDING = ("ALONGSIDE_DATABASE", "ALONGSIDE_TEST_SERVER")
"""The database that the tests run on, and a server that the whole run has for what runs on both."""

NEVER_BY_ITSELF = "-c autovacuum=off"
"""The server tidies up when a test says so. By itself it would look into tables whose rows are not kept yet, take them for empty for
as long as that test lasts, and plan so: whether a test took a second or an hour hung on the moment.
"""


@dataclass(frozen=True)
class Cluster:
    """A running server; `address` opens its database `postgres`."""

    address: str

    def new_database(self, *, like: str = "template1") -> str:
        """Make a database like another of this server, an empty one unless one is named, and give its address."""
        name = f"alongside_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return urlunsplit(urlsplit(self.address)._replace(path=f"/{name}"))


@dataclass(frozen=True)
class Server(Cluster):
    """One that is ours alone: `commands` stop it hard and start it again."""

    commands: dict[str, list[str]]


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server, or take the one that stands, and give the address of its first database."""
    with start_cluster() as started:
        yield started.address


@contextmanager
def start_cluster() -> Iterator[Cluster]:
    """Start a server in a temporary folder, reached by a socket only; fsync stays on, since durability is what is tested."""
    standing = next((one for name in STANDING if (one := os.environ.get(name, "")).startswith("postgres")), "")
    if standing:
        yield Cluster(urlunsplit(urlsplit(standing)._replace(path="/postgres")))
        return
    with own_server() as server:
        yield server


@contextmanager
def own_server() -> Iterator[Server]:
    """Start a server that nobody else uses, and that may be stopped."""
    installed = programs()
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-", dir="/tmp"))
    # The server does not start as root: root hands it to the account that the package made.
    run_as = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.geteuid() == 0 else []
    if run_as:
        shutil.chown(folder, "postgres", "postgres")
    data = folder / "data"

    def run(*command: str | Path) -> None:
        done = subprocess.run([*run_as, *map(str, command)], capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stderr

    run(installed / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses='' -k {folder} -c shared_buffers=64MB -c max_connections=60 {NEVER_BY_ITSELF}"
    try:
        control = [*run_as, str(installed / "pg_ctl"), "-D", str(data), "-l", str(folder / "log"), "-w"]
        start = [*control, "-o", options, "start"]
        run(*start[len(run_as) :])
        stop = [*control, "-m", "immediate", "stop"]
        yield Server(f"postgresql://postgres@/postgres?host={folder}", {"start": start, "stop": stop, "folder": [str(folder)]})
    finally:
        subprocess.run(
            [*run_as, str(installed / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"],
            capture_output=True,
            cwd=folder,
            check=False,
        )
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """Give the folder of PostgreSQL's programs; FileNotFoundError when it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise FileNotFoundError("PostgreSQL is missing. Type: sudo apt-get install --no-install-recommends postgresql")
    return Path(on_path).resolve().parent
