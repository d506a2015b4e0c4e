"""Many statements in one trip to the database: all are asked before the first answer is awaited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]

_ahead: ContextVar[list[tuple[Statement, Callable[[Rows], None]]] | None] = ContextVar(
    "sent_ahead_of_the_next_trip", default=None
)


def in_one_trip(database: Any, statements: Sequence[Statement], *, only_reads: bool = False) -> list[Rows]:
    """Run statements that do not wait for each other, in this order, and give the rows of each.

    In:       `only_reads`: outside a transaction they are asked again, once, on a new connection when the old one was cut.
    Raises:   the errors of `django.db`; on PostgreSQL nothing of the trip stays then, outside a transaction too.
    Also:     what waits to be sent ahead goes first, in the same trip.
    """
    ahead = _ahead.get()
    if not ahead:
        return _run(database, statements, only_reads=only_reads)
    first = ahead[:]
    ahead.clear()
    answers = _run(database, [*(statement for statement, _then in first), *statements])
    for (_statement, then), rows in zip(first, answers, strict=False):
        then(rows)
    return answers[len(first) :]


@contextmanager
def few_trips(database: Any) -> Iterator[None]:
    """Let statements whose answers nobody waits for travel with the next trip; the last of them go when this ends well.

    Whatever else is asked of the database meanwhile, by the framework too, finds them done: they are sent ahead of it.
    """
    if database.vendor == "sqlite" or _ahead.get() is not None:
        yield
        return
    token = _ahead.set([])
    try:
        with database.execute_wrapper(_after_what_goes_ahead):
            yield
            in_one_trip(database, [])
    finally:
        _ahead.reset(token)


class Underway:
    """Statements that are on their way while something else is done; nothing is taken for done before their answers are read.

    Whatever else is asked of the database meanwhile waits for them first. On SQLite they are done at once.
    """

    def __init__(self, database: Any, statements: Sequence[Statement]) -> None:
        in_one_trip(database, [])
        self._database, self._sent = database, None
        self._rows: list[Rows] | None = None
        if not _may_pipeline(database):
            self._rows = _run(database, statements)
            return
        database.validate_no_broken_transaction()
        with database.wrap_database_errors:
            self._sent = _pipeline(database).send(statements)
        database.execute_wrappers.append(self._after_these)

    def rows(self) -> list[Rows]:
        """Await the answers. Raises: the errors of `django.db`."""
        if self._rows is None:
            self._database.execute_wrappers.remove(self._after_these)
            with self._database.wrap_database_errors:
                self._rows = _pipeline(self._database).answers(self._sent)
        return self._rows

    def _after_these(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        self.rows()
        return execute(sql, params, many, context)


def send_ahead(database: Any, statement: Statement, then: Callable[[Rows], None]) -> None:
    """Send a statement ahead of the next trip, and give its rows to `then`; at once where nobody makes few trips."""
    ahead = _ahead.get()
    if ahead is None:
        [rows] = _run(database, [statement])
        then(rows)
    else:
        ahead.append((statement, then))


def _after_what_goes_ahead(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.startswith("ROLLBACK"):
        (_ahead.get() or []).clear()  # what was to travel since the savepoint is taken back with it
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
