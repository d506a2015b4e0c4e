"""How each kind of database is copied, loaded and counted: the only file of this folder with SQL that differs between the two.

SQLite:      the online backup interface copies while others write; the copy is zipped and sealed from a private folder beside the
             database, where the same words lie in the open already.
PostgreSQL:  `pg_dump` in its own format, streamed through a pipe; counted in the very snapshot that it dumps.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import conninfo, sql

from alongside.backups.manifest import Contents
from alongside.backups.sealed import pieces_of, private_folder, sync_folder
from alongside.refusals import Refusal

UNFINISHED = "alongside_restore_unfinished"
"""A table that stands in a PostgreSQL database from before it is filled until all is checked and held: nothing starts on it."""


class NotDone(Refusal):
    """A copy or a restore that could not be made, and why."""

    code = "not_done"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A database as it was at one moment, while it is copied."""

    moment: datetime
    contents: Contents
    pieces: Iterator[bytes]


class Database(Protocol):
    """What is asked of either kind."""

    vendor: str
    address: str

    def snapshot(self) -> Any: ...  # a context manager of Snapshot
    def is_empty(self) -> bool: ...
    def load(self, payload: Path) -> None: ...
    def contents(self) -> Contents: ...
    def finish(self) -> Database: ...
    def give_up(self) -> None: ...


def database_at(address: str, moment: datetime) -> Database:
    """Give the database of an address as ALONGSIDE_DATABASE writes it; `moment` is now."""
    kind = address.partition(":")[0]
    if kind == "sqlite":
        return Sqlite(address, moment)
    if kind in ("postgresql", "postgres"):
        return Postgresql(address, moment)
    raise NotDone(f"{kind}: is no database that can be copied. Write sqlite:///path or postgresql://user@host/name.")


def is_whole(connection: Any) -> bool:
    """Ask a restored database, through the framework's connection, whether it is whole.

    SQLite reads every page; PostgreSQL built every index and held every constraint while it was filled.
    """
    connection.check_constraints()
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        return [row[0] for row in cursor.fetchall()] == ["ok"]


class Sqlite:
    """One file."""

    vendor = "sqlite"

    def __init__(self, address: str, moment: datetime) -> None:
        self.moment, self.path = moment, Path(unquote(urlsplit(address).path[1:]))
        self.address = address

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Copy it in one step: while it lasts, who wants to write waits, as for any other reader."""
        if not self.path.is_file():
            raise NotDone(f"There is no database at {self.path}.")
        with private_folder(self.path.resolve().parent) as folder:
            copy = folder / "copy"
            with _opened(self.path) as live, _opened(copy) as to:
                live.backup(to)
            with _opened(copy, read_only=True) as to:
                contents = _sqlite_contents(to)
            yield Snapshot(self.moment, contents, _zipped(copy))

    def is_empty(self) -> bool:
        if not self.path.exists():
            return True
        with _opened(self.path, read_only=True) as there:
            return not there.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()

    def load(self, payload: Path) -> None:
        """Unzip it beside where it will stand: it takes its place only when it has been checked, and all is held (`finish`)."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        place = self._waiting_room()
        self.give_up()
        with gzip.open(payload, "rb") as zipped, os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as out:
            shutil.copyfileobj(zipped, out, 1024 * 1024)
            out.flush()
            os.fsync(out.fileno())
        self.address = f"sqlite:///{quote(str(place))}"

    def contents(self) -> Contents:
        with _opened(self._waiting_room(), read_only=True) as there:
            return _sqlite_contents(there)

    def finish(self) -> Sqlite:
        place = self._waiting_room()
        for end in ("-journal", "-wal", "-shm"):
            if Path(f"{place}{end}").exists():
                raise NotDone(f"{place}{end} is still there: somebody else uses what is being restored.")
        os.replace(place, self.path)
        sync_folder(self.path.parent)
        self.address = f"sqlite:///{quote(str(self.path))}"
        return self

    def give_up(self) -> None:
        for end in ("", "-journal", "-wal", "-shm"):
            Path(f"{self._waiting_room()}{end}").unlink(missing_ok=True)

    def _waiting_room(self) -> Path:
        return self.path.with_name(f"{self.path.name}.restoring")


@contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    connection.text_factory = bytes if read_only else str
    try:
        connection.execute("PRAGMA synchronous=FULL")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        yield connection
    finally:
        connection.close()


def _sqlite_contents(there: sqlite3.Connection) -> Contents:
    """Count every table and fingerprint its rows in the order of their keys."""

    def names(kind: str) -> list[str]:
        found = there.execute("SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name", (kind,))
        return [_text(row[0]) for row in found]

    without_row_ids = {
        _text(name) for _schema, name, _kind, _columns, is_without, *_rest in there.execute("PRAGMA table_list") if is_without
    }
    tables = {}
    for name in names("table"):
        digest, count = hashlib.sha256(), 0
        # A table without row ids is the tree of its own key, and is read in that order.
        order = "" if name in without_row_ids else " ORDER BY rowid"
        for row in there.execute(f'SELECT * FROM "{name}"{order}'):  # noqa: S608  # nosec B608  # a name that the database gave
            digest.update(repr(row).encode())
            count += 1
        tables[name] = (count, digest.hexdigest())
    done = there.execute("SELECT app, name FROM django_migrations ORDER BY app, name") if "django_migrations" in tables else ()
    return Contents(tables, tuple(names("trigger")), tuple(f"{_text(app)}.{_text(name)}" for app, name in done))


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _zipped(path: Path) -> Iterator[bytes]:
    squeeze = zlib.compressobj(1, wbits=31)
    with path.open("rb") as file:
        for piece in pieces_of(file):
            if less := squeeze.compress(piece):
                yield less
    yield squeeze.flush()


class Postgresql:
    """A database of a server, by the programs that came with it."""

    vendor = "postgresql"

    def __init__(self, address: str, moment: datetime) -> None:
        self.address, self.moment = address, moment

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        with self._connect() as there:
            there.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            row = there.execute("SELECT pg_export_snapshot()").fetchone()
            assert row is not None
            # The moment is our clock's, as everything in the database is, and a little before the snapshot.
            yield Snapshot(self.moment, _postgresql_contents(there), self._dump(row[0]))

    def is_empty(self) -> bool:
        with self._connect() as there:
            return not [name for name in _tables(there) if name != UNFINISHED]

    def load(self, payload: Path) -> None:
        with self._connect() as there:
            there.execute(sql.SQL("CREATE TABLE IF NOT EXISTS {} (begun timestamptz)").format(sql.Identifier(UNFINISHED)))
        self._run(
            "pg_restore", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={self._target()}", str(payload)
        )

    def contents(self) -> Contents:
        with self._connect() as there:
            return _postgresql_contents(there)

    def finish(self) -> Postgresql:
        with self._connect() as there:
            there.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(UNFINISHED)))
        return self

    def give_up(self) -> None:
        """Empty again what was empty before."""
        with self._connect() as there:
            there.execute("DROP SCHEMA public CASCADE")
            there.execute("CREATE SCHEMA public")

    @contextmanager
    def scratch(self) -> Iterator[Postgresql]:
        """Give an empty database beside this one, taken away afterwards."""
        name = f"alongside_drill_{uuid4().hex[:12]}"
        with psycopg.connect(self.address, autocommit=True) as there:
            try:
                there.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
            except psycopg.errors.InsufficientPrivilege as fault:
                raise NotDone(
                    "The account of ALONGSIDE_DATABASE may not make a database for the drill. Name an empty one: --into ADDRESS."
                ) from fault
            try:
                yield Postgresql(urlunsplit(urlsplit(self.address)._replace(path=f"/{name}")), self.moment)
            finally:
                there.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _connect(self) -> Any:
        return psycopg.connect(
            self.address, options="-c timezone=UTC -c datestyle=ISO,YMD -c intervalstyle=postgres -c extra_float_digits=1"
        )

    def _dump(self, snapshot: str) -> Iterator[bytes]:
        command = [_program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
        with subprocess.Popen(  # noqa: S603  # a program of PostgreSQL, with arguments of our own
            [*command, f"--dbname={self._target()}"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=self._environment()
        ) as dump:
            assert dump.stdout is not None and dump.stderr is not None
            yield from pieces_of(dump.stdout)
            said = dump.stderr.read().decode(errors="replace")
        if dump.returncode:
            raise NotDone(f"pg_dump did not finish: {said.strip()[-300:]}")

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(  # noqa: S603  # as above
            [_program(program), *words], env=self._environment(), capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise NotDone(f"{program} did not finish: {done.stderr.strip()[-300:]}")

    def _target(self) -> str:
        """Give the address without its password, which no list of processes may show."""
        return conninfo.make_conninfo(**{key: value for key, value in self._parts().items() if key != "password"})

    def _environment(self) -> dict[str, str]:
        password = self._parts().get("password")
        return {**os.environ, **({"PGPASSWORD": password} if password else {})}

    def _parts(self) -> dict[str, str]:
        return {key: str(value) for key, value in conninfo.conninfo_to_dict(self.address).items() if value is not None}


def _postgresql_contents(there: Any) -> Contents:
    """Count every table and fingerprint its rows on the server: the sum of a part of each row's SHA-256, whatever the order."""
    tables = {}
    for name in _tables(there):
        if name == UNFINISHED:
            continue
        counted = there.execute(
            sql.SQL(
                "SELECT count(*), coalesce(sum(('x' || substr(encode(sha256(convert_to(one::text, 'UTF8')), 'hex'), 1, 15))::bit(60)"
                "::bigint), 0)::text FROM {} AS one"
            ).format(sql.Identifier(name))
        ).fetchone()
        tables[name] = (counted[0], counted[1])
    guards = there.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgname").fetchall()
    done = (
        there.execute("SELECT app || '.' || name FROM django_migrations ORDER BY app, name").fetchall()
        if "django_migrations" in tables
        else ()
    )
    return Contents(tables, tuple(row[0] for row in guards), tuple(row[0] for row in done))


def _tables(there: Any) -> list[str]:
    found = there.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    return [row[0] for row in found.fetchall()]


def _program(name: str) -> str:
    """Find a program of PostgreSQL, the newest that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise NotDone(f"{name} is missing. Type: sudo apt-get install --no-install-recommends postgresql-client")
    return program
