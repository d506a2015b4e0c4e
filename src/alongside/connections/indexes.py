"""Indexes of keys: those that no query needs are let go, and SQLite alone gets those that its own check of keys looks through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation


class DropKeyIndexes(Operation):
    """Drop the index of each of these keys, where one stands; the table itself is not touched.

    Since then each record states its indexes (performance.md: no index without a query that needs it), and the first
    migrations lay no other; in a new hub there is nothing to drop.
    """

    reversible = True

    def __init__(self, columns: dict[str, list[str]]) -> None:
        self.columns = columns

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Change nothing: the records have said so from their first migration on."""

    def database_forwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any) -> None:
        for table, columns in self.columns.items():
            with editor.connection.cursor() as cursor:
                found = editor.connection.introspection.get_constraints(cursor, table)
            for name, one in found.items():
                is_of_a_key = one["index"] and not one["unique"] and not one["primary_key"] and name.startswith(f"{table}_")
                if is_of_a_key and len(one["columns"]) == 1 and one["columns"][0] in columns:
                    editor.execute(f"DROP INDEX {editor.quote_name(name)}")

    def database_backwards(self, app_label: str, editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any) -> None:
        """Lay nothing again: no query asks for them."""

    def describe(self) -> str:
        return "Drop the indexes of keys that no query needs"


def lay_for_sqlite(table: str, column: str) -> Callable[..., None]:
    """Give what lays, after every migration and on SQLite only, the index of a key that points at a holding.

    A holding and its membership point at each other, so for a moment one of the two is missing. While anything is missing,
    SQLite looks for rows that point at whatever is written next; without an index it reads the whole table, and somebody
    who comes in waits longer the more people there are. PostgreSQL asks for nothing of the kind.
    """

    def lay(*, using: str, **_signal: Any) -> None:
        database = connections[using]
        if database.vendor == "sqlite" and table in database.introspection.table_names():
            with database.cursor() as cursor:
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_{column}_for_sqlite ON {table} ({column})")

    return lay
