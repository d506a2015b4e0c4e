"""Writing many rows at once, on PostgreSQL by COPY and on SQLite by prepared inserts.

While rows stream in, indexes, foreign keys and row guards stand aside; afterwards they are laid again, which checks every
row, and the ledger is checked by a query. It is one transaction: a load that fails leaves nothing behind.
Only here does a demo speak the dialect of its database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from alongside.journal import triggers
from alongside.members.queries import mismatched_next_dates


class LoadFailed(Exception):
    """A load that broke a rule of the records; nothing of it is kept."""


def plain(value: Any) -> Any:
    """Turn a value into what is written: text of COPY on PostgreSQL, the value itself on SQLite."""
    if connection.vendor == "sqlite":
        return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value).replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def write(model: type[Model], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows of one table, columns in the order of the model."""
    if not rows:
        return
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    quoted = ", ".join(f'"{name}"' for name in names)
    if connection.vendor == "sqlite":
        connection.connection.executemany(f'INSERT INTO "{table}" ({quoted}) VALUES ({", ".join("?" * len(names))})', rows)  # nosec B608  # names of our own models
        return
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
        copy.write("\n".join(map("\t".join, rows)) + "\n")


def next_ids(models: Sequence[type[Model]]) -> dict[type[Model], int]:
    """Give the first free key of each table."""
    found = {}
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'SELECT COALESCE(MAX("{model._meta.pk.column}"), 0) + 1 FROM "{model._meta.db_table}"')  # nosec B608  # names of our own models
            (found[model],) = cursor.fetchone()
    return found


@contextmanager
def wide_open(models: Sequence[type[Model]]) -> Iterator[None]:
    """Let indexes, keys and guards stand aside for one load, and lay them again in the same transaction."""
    tables = [model._meta.db_table for model in models]
    lifting = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with lifting(tables):
        yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f'ANALYZE "{table}"')


@contextmanager
def _on_sqlite(tables: list[str]) -> Iterator[None]:
    inside = connection.in_atomic_block
    with connection.cursor() as cursor:
        if not inside:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("PRAGMA cache_size=-262144")
        try:
            with transaction.atomic():
                marks = ", ".join(f"'{table}'" for table in tables)
                cursor.execute(
                    f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({marks})"  # nosec B608  # names of our own models
                )
                indexes = cursor.fetchall()
                for name, _sql in indexes:
                    cursor.execute(f'DROP INDEX "{name}"')
                cursor.execute(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ({marks})")  # nosec B608  # as above
                for (name,) in cursor.fetchall():
                    cursor.execute(f'DROP TRIGGER "{name}"')
                yield
                for _name, sql in indexes:
                    cursor.execute(sql)
                triggers.install()
                _check_ledger()
                for table in tables:
                    cursor.execute(f'PRAGMA foreign_key_check("{table}")')
                    if cursor.fetchone():
                        raise LoadFailed(f"A key in {table} leads nowhere.")
        finally:
            if not inside:
                cursor.execute("PRAGMA foreign_keys=ON")
                cursor.execute("PRAGMA cache_size=-20000")
                cursor.execute("ANALYZE")


@contextmanager
def _on_postgresql(tables: list[str]) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint "
            "WHERE contype IN ('f', 'u') AND conrelid::regclass::text = ANY(%s) ORDER BY contype, conname",
            [tables],
        )
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i "
            "WHERE i.indrelid::regclass::text = ANY(%s) AND NOT i.indisprimary "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('u', 'p'))",
            [tables],
        )
        indexes = cursor.fetchall()
        for table, name, _definition, _kind in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition, _kind in sorted(constraints, key=lambda row: row[3], reverse=True):
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        for table in tables:
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, 'id')" if _has_id(cursor, table) else "SELECT NULL::text WHERE %s <> ''",
                [table],
            )
            (sequence,) = cursor.fetchone()
            if sequence:
                cursor.execute(f'SELECT setval(%s, (SELECT COALESCE(MAX(id), 1) FROM "{table}"))', [sequence])  # nosec B608  # as above
        _check_ledger()


def _has_id(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT 1 FROM information_schema.columns WHERE table_name = %s AND column_name = 'id'", [table])
    return cursor.fetchone() is not None


def _check_ledger() -> None:
    """Ask the database what the guards would have asked row by row."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM (SELECT from_at, LAG(until_at) OVER (PARTITION BY membership_id ORDER BY id) AS ended, "
            "ROW_NUMBER() OVER (PARTITION BY membership_id ORDER BY id) AS place FROM members_holding) AS ledger "
            "WHERE place > 1 AND (ended IS NULL OR ended <> from_at)"
        )
        (gaps,) = cursor.fetchone()
    if gaps:
        raise LoadFailed("A holding does not start where the last one ended.")
    if mismatched_next_dates():
        raise LoadFailed("A holding's next date differs from its membership's.")
