"""Rules that the database itself keeps, in SQL that differs between SQLite and PostgreSQL.

Django's table remake on SQLite drops triggers silently, so they are laid again after every migration
(`post_migrate`) and looked for at every start (a system check). It also stops at a trigger that reads the table it remakes, so
those are lifted before every migration (`pre_migrate`). Source: stack.md decision 8; trust.md C23.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections


@dataclass(frozen=True, slots=True)
class Guard:
    """A refusal by the database: on this event of this table, when this condition holds (portable SQL over NEW/OLD)."""

    name: str
    table: str
    event: str
    """UPDATE, DELETE, INSERT, or TRUNCATE (PostgreSQL only: SQLite has no truncate)."""
    says: str
    when: str = ""
    of: tuple[str, ...] = ()
    """For UPDATE: only these columns."""
    timing: str = "BEFORE"


GUARDS: list[Guard] = []


def guard(*guards: Guard) -> None:
    """Register guards; a stage calls this beside the models they protect."""
    for one in guards:
        if one.name not in {known.name for known in GUARDS}:
            GUARDS.append(one)


def append_only(table: str) -> None:
    """Refuse every update, delete and truncate of a table, for everybody."""
    guard(
        *(
            Guard(f"{table}_no_{event.lower()}", table, event, f"{table} is append-only")
            for event in ("UPDATE", "DELETE", "TRUNCATE")
        )
    )


def install(using: str = "default") -> None:
    """Lay every guard whose table exists, replacing what stood there."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for one in GUARDS:
            if one.table in tables:
                for statement in _statements(connection.vendor, one):
                    cursor.execute(statement)


def lift(editor: Any, table: str, event: str) -> None:
    """Take one guard off a table, inside a migration that moves what stands in it; every guard is laid again after it."""
    for one in GUARDS:
        if one.table == table and one.event == event:
            on = "" if editor.connection.vendor == "sqlite" else f" ON {one.table}"
            editor.execute(f"DROP TRIGGER IF EXISTS {one.name}{on}")


def lift_those_that_read_other_tables(using: str = "default") -> None:
    """Take those guards off before a migration, on SQLite: it refuses to remake a table that the trigger of another one reads."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for one in GUARDS:
                if set(re.findall(r"\bFROM (\w+)", one.when)) - {one.table}:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {one.name}")


def missing(using: str = "default") -> list[str]:
    """Name the guards that should stand in the database and do not."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        )
        standing = {row[0] for row in cursor.fetchall()}
    return [
        one.name
        for one in GUARDS
        if one.table in tables and one.name not in standing and not (connection.vendor == "sqlite" and one.event == "TRUNCATE")
    ]


def check(*, app_configs: Any, databases: Any = None, **_: Any) -> list[CheckMessage]:
    """Refuse to start when a guard is missing."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        found += [
            Error(f"The database guard {name} is missing.", hint="Run the migrations: they lay it again.", id="alongside.E001")
            for name in missing(alias)
        ]
    return found


def _statements(vendor: str, one: Guard) -> Iterator[str]:
    if vendor == "sqlite":
        if one.event == "TRUNCATE":
            return
        columns = f" OF {', '.join(one.of)}" if one.of else ""
        condition = f" WHEN ({one.when})" if one.when else ""
        yield f"DROP TRIGGER IF EXISTS {one.name}"
        yield (
            f"CREATE TRIGGER {one.name} {one.timing} {one.event}{columns} ON {one.table} FOR EACH ROW{condition} "
            f"BEGIN SELECT RAISE(ABORT, '{one.says}'); END"
        )
        return
    returns = {"DELETE": "OLD", "TRUNCATE": "NULL"}.get(one.event, "NEW")
    test = f"IF {one.when} THEN {{raise_}} END IF; RETURN {returns};" if one.when else "{raise_} RETURN NULL;"
    raising = f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{one.says}';"
    columns = f" OF {', '.join(one.of)}" if one.of else ""
    level = "STATEMENT" if one.event == "TRUNCATE" else "ROW"
    yield f"DROP TRIGGER IF EXISTS {one.name} ON {one.table}"
    yield (
        f"CREATE OR REPLACE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN "
        f"{test.format(raise_=raising)} END $guard$"
    )
    yield f"CREATE TRIGGER {one.name} {one.timing} {one.event}{columns} ON {one.table} FOR EACH {level} EXECUTE FUNCTION {one.name}()"
