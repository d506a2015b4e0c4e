"""The rows of the journal as the database itself writes them, letter by letter: what is sealed, and what is verified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import DatabaseError, connection

from alongside.journal.chain import FORMS

UNREADABLE = "unreadable"
"""Stands for a row that the database itself cannot write down: nothing of ours has ever been like that."""


def rows_after(table: str, form: int, after: int, until: int | None, most: int) -> list[tuple[int, str]]:
    """Give the first rows after a key (and up to another), as text, in the order of their keys."""
    columns = _text_of(form, table)
    end = "" if until is None else f" AND id <= {until:d}"
    return _texts(table, columns, f"id > {after:d}{end}", most)


def rows_of(table: str, form: int, keys: Sequence[int]) -> dict[int, str]:
    """Give the rows with these keys that are there."""
    found: dict[int, str] = {}
    for begin in range(0, len(keys), 500):
        some = ", ".join(f"{key:d}" for key in keys[begin : begin + 500])
        found |= dict(_texts(table, _text_of(form, table), f"id IN ({some})", 500))
    return found


def keys_within(table: str, stretches: Sequence[tuple[int, int]]) -> list[int]:
    """Give the keys of these stretches that are there."""
    found: list[int] = []
    with connection.cursor() as cursor:
        for first, last in stretches:
            cursor.execute(f"SELECT id FROM {table} WHERE id BETWEEN %s AND %s ORDER BY id", [first, last])  # noqa: S608  # nosec B608  # a table of ours
            found += [row[0] for row in cursor.fetchall()]
    return sorted(found)


def last_key(table: str) -> int:
    """Give the highest key that is there; 0 when there is none."""
    return int(_one(f"SELECT COALESCE(MAX(id), 0) FROM {table}"))  # noqa: S608  # nosec B608  # a table of ours


def keys_below_one(table: str) -> list[int]:
    """Give the keys that no row of ours has: the database counts from 1."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE id < 1 ORDER BY id LIMIT 100")  # noqa: S608  # nosec B608  # a table of ours
        return [row[0] for row in cursor.fetchall()]


def who_writes(table: str) -> tuple[str, ...]:
    """Name the transactions, other than this one, that have written to a table and not ended yet, or are about to.

    A transaction takes this lock before it takes a key, and keeps it to its end; so whoever holds a key that is not to be
    seen yet is named here. On SQLite one writes at a time, and nobody else while we do.
    """
    if connection.vendor != "postgresql":
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted "
            "AND relation = %s::regclass AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND pid IS DISTINCT FROM pg_backend_pid()",
            [table],
        )
        return tuple(sorted(row[0] for row in cursor.fetchall()))


def is_alone(lock: int) -> bool:
    """Take a lock to the end of this transaction, or tell that another has it. On SQLite whoever writes is alone."""
    return connection.vendor != "postgresql" or bool(_one(f"SELECT pg_try_advisory_xact_lock({lock:d})"))


def _one(question: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def _text_of(form: int, table: str) -> str:
    """Give the SQL for all columns of a form as one text that no other values have."""
    columns = FORMS[form][table]
    if connection.vendor == "postgresql":
        # A moment as a number: how it is written else depends on the session.
        written = ['(EXTRACT(EPOCH FROM "at") * 1000000)::bigint' if name == "at" else name for name in columns]
        return f"ROW({', '.join(written)})::text"
    return f"json_array({', '.join(columns)})"


def _texts(table: str, columns: str, which: str, most: int) -> list[tuple[int, str]]:
    question = f"SELECT id, {columns} FROM {table} WHERE {which} ORDER BY id LIMIT {most:d}"  # noqa: S608  # nosec B608  # names of ours, and numbers
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            found: list[tuple[int, str]] = cursor.fetchall()
            return found
    except DatabaseError:
        if connection.vendor == "postgresql":
            raise
    return _one_by_one(table, columns, which, most)


def _one_by_one(table: str, columns: str, which: str, most: int) -> list[tuple[int, str]]:
    """Go on past a row that SQLite cannot write down: somebody has put bytes where a text was."""
    found: list[tuple[int, str]] = []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {table} WHERE {which} ORDER BY id LIMIT {most:d}")  # noqa: S608  # nosec B608  # as above
        for (key,) in cursor.fetchall():
            try:
                cursor.execute(f"SELECT {columns} FROM {table} WHERE id = {key:d}")  # noqa: S608  # nosec B608  # as above
                found.append((key, cursor.fetchone()[0]))
            except DatabaseError:
                found.append((key, UNREADABLE))
    return found
