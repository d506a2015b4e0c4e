"""Many statements in one trip to the database: all are asked before the first answer is awaited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Statement = tuple[str, Sequence[Any]]
Rows = list[tuple[Any, ...]]


def in_one_trip(database: Any, statements: Sequence[Statement], *, only_reads: bool = False) -> list[Rows]:
    """Run statements that do not wait for each other, in this order, and give the rows of each.

    In:       `only_reads`: outside a transaction they are asked again, once, on a new connection when the old one was cut.
    Raises:   the errors of `django.db`; on PostgreSQL nothing of the trip stays then, outside a transaction too.
    """
    if not statements:
        return []
    database.ensure_connection()
    is_watched = database.queries_logged or database.execute_wrappers
    if database.vendor == "postgresql" and not is_watched:
        return _by_pipeline(database, statements, may_ask_again=only_reads and not database.in_atomic_block)
    found = []
    for sql, parameters in statements:
        with database.cursor() as cursor:
            cursor.execute(sql, parameters)
            found.append(cursor.fetchall())
    return found


def _by_pipeline(database: Any, statements: Sequence[Statement], *, may_ask_again: bool) -> list[Rows]:
    from alongside.trips.pipeline import pipeline_of

    database.validate_no_broken_transaction()
    connection = database.connection
    with database.wrap_database_errors:
        try:
            return pipeline_of(connection).ask(statements)
        except Exception:
            if not (may_ask_again and connection.closed):
                raise
    database.close()
    database.connect()
    return _by_pipeline(database, statements, may_ask_again=False)
