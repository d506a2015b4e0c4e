"""Many statements in one trip to the database: all are asked before the first answer is awaited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import DatabaseError

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]

Then = Callable[[Rows], None]


@dataclass(slots=True)
class _Ahead:
    """What waits for the next trip of a command, and what is on its way already."""

    waiting: list[tuple[Statement, Then]] = field(default_factory=list)
    trip: Any = None
    """PostgreSQL's: all that waits has left with it, and the server works at it while the command goes on."""
    keys: dict[str, list[int]] = field(default_factory=dict)
    """Keys of new records, by table, that were taken before the records are made."""

    def add(self, database: Any, statement: Statement, then: Then) -> None:
        """Put one more with what waits; on PostgreSQL it leaves at once."""
        if self.trip is None and not self.waiting and _may_pipeline(database):
            database.validate_no_broken_transaction()
            with database.wrap_database_errors:
                self.trip = _pipeline(database).trip()
        if self.trip is not None:
            with database.wrap_database_errors:
                self.trip.ask([statement])
                self.trip.leave()
        self.waiting.append((statement, then))

    def with_the_last(self, database: Any, statements: Sequence[Statement]) -> list[Rows]:
        """Ask these too, hand on the rows of what went ahead, and give the rows of these."""
        waiting, self.waiting = self.waiting, []
        if self.trip is None:
            found = _run(database, [*(statement for statement, _then in waiting), *statements])
        else:
            try:
                with database.wrap_database_errors:
                    self.trip.ask(statements)
                    self.trip.end()
                    found = self.trip.rows()
            finally:
                self.forget(database)
        for (_statement, then), rows in zip(waiting, found, strict=False):
            then(rows)
        return found[len(waiting) :]

    def forget(self, database: Any) -> None:
        """Drop what waits, and read what the server says to what has left: the transaction, or its part, is taken back."""
        self.waiting.clear()
        trip, self.trip = self.trip, None
        if trip is not None and not trip.is_over:
            with suppress(DatabaseError), database.wrap_database_errors:
                trip.end()
                trip.rows()


_ahead: ContextVar[_Ahead | None] = ContextVar("sent_ahead_of_the_next_trip", default=None)


def in_one_trip(database: Any, statements: Sequence[Statement], *, only_reads: bool = False) -> list[Rows]:
    """Run statements that do not wait for each other, in this order, and give the rows of each.

    In:       `only_reads`: outside a transaction they are asked again, once, on a new connection when the old one was cut.
    Raises:   the errors of `django.db`; on PostgreSQL nothing of the trip stays then, outside a transaction too.
    Also:     what waits to be sent ahead goes first, in the same trip.
    """
    ahead = _ahead.get()
    if not ahead or not ahead.waiting:
        return _run(database, statements, only_reads=only_reads)
    return ahead.with_the_last(database, statements)


@contextmanager
def few_trips(database: Any) -> Iterator[None]:
    """Let statements whose answers nobody waits for travel with the next trip; the last of them go when this ends well.

    Whatever else is asked of the database meanwhile, by the framework too, finds them done: they are sent ahead of it.
    """
    if database.vendor == "sqlite" or _ahead.get() is not None:
        yield
        return
    ahead = _Ahead()
    token = _ahead.set(ahead)
    try:
        with database.execute_wrapper(_after_what_goes_ahead):
            yield
            in_one_trip(database, [])
    finally:
        _ahead.reset(token)
        ahead.forget(database)


class Underway:
    """Statements that are on their way while something else is done; nothing is taken for done before their answers are read.

    Whatever else is asked of the database meanwhile waits for them first. On SQLite they are done at once.
    """

    def __init__(self, database: Any, statements: Sequence[Statement], *, as_they_come: bool = False) -> None:
        in_one_trip(database, [])
        self._database, self._trip = database, None
        self._rows: list[Rows] | None = None
        if not _may_pipeline(database):
            self._rows = _run(database, statements)
            return
        database.validate_no_broken_transaction()
        with database.wrap_database_errors:
            self._trip = _pipeline(database).send(statements, as_they_come=as_they_come)
        database.execute_wrappers.append(self._after_these)

    def rows_of(self, number: int) -> Rows:
        """Await the answer to one of them. Raises: the errors of `django.db`."""
        if self._rows is not None:
            return self._rows[number]
        with self._database.wrap_database_errors:
            found: Rows = self._trip.rows_of(number)  # type: ignore[union-attr]  # it was sent
        return found

    def rows(self) -> list[Rows]:
        """Await the answers. Raises: the errors of `django.db`."""
        if self._rows is None:
            if self._after_these in self._database.execute_wrappers:
                self._database.execute_wrappers.remove(self._after_these)
            with self._database.wrap_database_errors:
                self._rows = self._trip.rows()  # type: ignore[union-attr]  # it was sent
        return self._rows

    def _after_these(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.rows()
        return execute(sql, params, many, context)


def send_ahead(database: Any, statement: Statement, then: Then) -> None:
    """Send a statement ahead of the next trip, and give its rows to `then`; at once where nobody makes few trips."""
    ahead = _ahead.get()
    if ahead is None:
        [rows] = _run(database, [statement])
        then(rows)
    else:
        ahead.add(database, statement, then)


def take_keys(database: Any, *tables: str) -> None:
    """Take a key for a new record of each of these tables with the next trip, so that records that name each other go together.

    Where nobody makes few trips, and on SQLite, a record gets its key when it is written, and nothing is taken.
    """
    ahead = _ahead.get()
    if ahead is not None:
        keys = ", ".join(f"nextval(pg_get_serial_sequence('\"{table}\"', 'id'))" for table in tables)

        def keep(rows: Rows) -> None:
            for table, key in zip(tables, rows[0], strict=True):
                ahead.keys.setdefault(table, []).append(key)

        ahead.add(database, (f"SELECT {keys}", []), keep)


def key_taken(table: str) -> int | None:
    """Give a key that was taken for a new record of this table, once; None when there is none."""
    ahead = _ahead.get()
    return ahead.keys[table].pop() if ahead and ahead.keys.get(table) else None


def _after_what_goes_ahead(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    ahead = _ahead.get()
    if sql.startswith("ROLLBACK") and ahead:
        ahead.forget(context["connection"])  # what was to travel since the savepoint is taken back with it
    else:
        in_one_trip(context["connection"], [])
    return execute(sql, params, many, context)


def _run(database: Any, statements: Sequence[Statement], *, only_reads: bool = False) -> list[Rows]:
    if not statements:
        return []
    if _may_pipeline(database):
        return _by_pipeline(database, statements, may_ask_again=only_reads and not database.in_atomic_block)
    if not _is_watched(database):
        return _one_after_the_other(database, statements)
    found = []
    for sql, parameters in statements:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            found.append(cursor.fetchall())
    return found


def _may_pipeline(database: Any) -> bool:
    database.ensure_connection()
    return database.vendor == "postgresql" and not _is_watched(database)


def _is_watched(database: Any) -> bool:
    """Where somebody watches the statements, the framework's own cursors run them one by one."""
    return database.queries_logged or any(one is not _after_what_goes_ahead for one in database.execute_wrappers)


def _one_after_the_other(database: Any, statements: Sequence[Statement]) -> list[Rows]:
    """Ask SQLite, which is in this very process: there is nothing to wait for, and no cursor of the framework is needed."""
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        return [database.connection.execute(_with_marks(sql), parameters).fetchall() for sql, parameters in statements]


@lru_cache(maxsize=2_000)
def _with_marks(sql: str) -> str:
    return re.sub("%([s%])", lambda found: "?" if found[1] == "s" else "%", sql)


def _by_pipeline(database: Any, statements: Sequence[Statement], *, may_ask_again: bool) -> list[Rows]:
    database.validate_no_broken_transaction()
    connection = database.connection
    with database.wrap_database_errors:
        try:
            return _pipeline(database).ask(statements)
        except Exception:
            if not (may_ask_again and connection.closed):
                raise
    database.close()
    database.connect()
    return _by_pipeline(database, statements, may_ask_again=False)


def _pipeline(database: Any) -> Any:
    from alongside.trips.pipeline import pipeline_of  # the driver is there only where PostgreSQL is

    return pipeline_of(database.connection)
