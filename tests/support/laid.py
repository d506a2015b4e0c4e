"""Tables that are laid once for all tests: a file on SQLite, a database to copy on PostgreSQL; laying them takes longer than most proofs.

They are kept by a print of the files that say which they are, so that whatever changes there lays them again.
"""

from __future__ import annotations

import fcntl
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.support.alone import ROOT, lay_tables
from tests.support.postgres import Cluster, programs, start_cluster

KEPT = ROOT / "var" / "laid"
SAYS_TABLES = re.compile(r"/migrations/|/models|/apps\.py|/journal/|/connections/|/config/")
"""The files that say which tables there are, and what is laid beside them."""


def laid_file() -> Path:
    """Give a SQLite database with its tables and nothing in them, to copy."""
    made = KEPT / f"{_print()}.sqlite3"
    with _one_at_a_time():
        if not made.exists():
            for old in KEPT.glob("*.sqlite3*"):
                old.unlink()
            making = made.with_suffix(".sqlite3.making")
            lay_tables(f"sqlite:///{making}")
            making.rename(made)
    return made


def copy_laid(to: Path) -> str:
    """Copy it, and give the address of the copy."""
    with closing(sqlite3.connect(laid_file())) as laid, closing(sqlite3.connect(to)) as copy:
        laid.backup(copy)
    return f"sqlite:///{to}"


def laid_database(cluster: Cluster) -> str:
    """Give the name of such a database on a PostgreSQL server."""
    name = f"laid_{_print()}"
    address = urlunsplit(urlsplit(cluster.address)._replace(path=f"/{name}"))
    with _one_at_a_time(), psycopg.connect(cluster.address, autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(f"DROP DATABASE IF EXISTS {name}_making")
            connection.execute(f"CREATE DATABASE {name}_making")
            lay_tables(f"{address.replace(name, name + '_making')}")
            connection.execute(f"ALTER DATABASE {name}_making RENAME TO {name}")
    return name


def carry_over(laid: Cluster, to: Cluster) -> str:
    """Make such a database on another server, and give its address."""
    made, address = laid_database(laid), to.new_database()
    source = urlunsplit(urlsplit(laid.address)._replace(path=f"/{made}"))
    dumped = subprocess.run([programs() / "pg_dump", f"--dbname={source}"], capture_output=True, check=True)
    filled = [programs() / "psql", "-q", "-v", "ON_ERROR_STOP=1", f"--dbname={address}"]
    subprocess.run(filled, input=dumped.stdout, capture_output=True, check=True)
    return address


@lru_cache(maxsize=1)
def _print() -> str:
    files = sorted(path for path in (ROOT / "src").rglob("*.py") if SAYS_TABLES.search(str(path.relative_to(ROOT))))
    return sha256(b"".join(f"{path}".encode() + path.read_bytes() for path in files)).hexdigest()[:16]


def main() -> None:
    """Lay the tables of both databases, before anybody waits for them."""
    laid_file()
    with start_cluster() as cluster:
        laid_database(cluster)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    main()
