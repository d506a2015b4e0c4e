"""New records through statements that are compiled once; several that do not wait for each other go in one trip.

The building of an INSERT costs more than the insert. What is written, and every constraint that may refuse it, is the same
as with `Model.save()`; there are no signals in this house to be sent.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, IntegrityError, connections, transaction
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

from alongside.trips import Rows, Statement, Underway, in_one_trip, key_taken, send_ahead, take_keys

M = TypeVar("M", bound=Model)
_NOTHING: frozenset[type] = frozenset({type(None)})
_TEXT: frozenset[type] = frozenset({str, type(None)})
_NUMBER: frozenset[type] = frozenset({int, type(None)})
_PLAIN: dict[str, frozenset[type]] = {
    "CharField": _TEXT,
    "TextField": _TEXT,
    "BooleanField": frozenset({bool, type(None)}),
    "IntegerField": _NUMBER,
    "BigIntegerField": _NUMBER,
    "BigAutoField": _NUMBER,
    "PositiveSmallIntegerField": _NUMBER,
    "ForeignKey": _NUMBER,
    "UUIDField": _NOTHING,
    "DateField": _NOTHING,
    "DateTimeField": _NOTHING,
}
"""Kinds of field that hand values of these very types to the database unchanged; texts and keys are most of what is written."""
_ROWS = 20
"""So many rows go in one statement at most: how many it has is part of its shape."""
_kept: dict[tuple[type[Model], bool, str], _Insert] = {}


@dataclass(frozen=True, slots=True, eq=False)
class _Insert:
    """How the records of one model are written: one row after the other in one statement."""

    head: str
    values: str
    tail: str
    fields: tuple[tuple[Field[Any, Any], str, frozenset[type]], ...]
    """Each with its name and with the types whose values go to the database just as they are."""
    returning: tuple[str, ...]

    def statement(self, records: Sequence[Model], database: Any) -> Statement:
        parameters = [value for record in records for value in self._parameters(record, database)]
        return self.head + ", ".join([self.values] * len(records)) + self.tail, parameters

    def _parameters(self, record: Model, database: Any) -> list[Any]:
        values = vars(record)
        return [
            values[name]
            if type(values[name]) in plain
            else field.get_db_prep_save(field.pre_save(record, True), connection=database)
            for field, name, plain in self.fields
        ]

    def finish(self, records: Sequence[Model], rows: Rows) -> None:
        for record, row in zip(records, rows, strict=True):
            for name, value in zip(self.returning, row, strict=True):
                setattr(record, name, value)
            record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS


def keys_ahead(*models: type[Model]) -> None:
    """Take a key for one new record of each of these models with the next trip of the command that runs.

    Their `insert` need not be waited for then: whatever names them goes in the same trip.
    """
    take_keys(connections[DEFAULT_DB_ALIAS], *(model._meta.db_table for model in models))


def insert(record: M) -> M:
    """Write one new record and give it back with its key.

    Queries: one; with a key that was taken ahead it travels with the next trip of the command.
    Raises:  IntegrityError, as a save does; with a key that was taken ahead, there or at the end of the command.
    """
    key = key_taken(record._meta.db_table)
    if key is None:
        insert_all([record])
    else:
        record.pk = key
        insert_later(record)
    return record


def insert_all(records: Iterable[Model]) -> None:
    """Write new records, in this order, in one trip; none may need the key of another one of them.

    Queries: one for each stretch of records of one model.
    """
    database = connections[DEFAULT_DB_ALIAS]
    stretches = list(_stretches(records, database))
    found = in_one_trip(database, [one.statement(new, database) for one, new in stretches])
    for (one, new), rows in zip(stretches, found, strict=True):
        one.finish(new, rows)


def insert_later(*records: Model) -> None:
    """Write new records, in this order, with the next trip of the command that runs: nobody needs their keys before.

    Raises: IntegrityError, there or at the end of the command.
    """
    database = connections[DEFAULT_DB_ALIAS]
    for one, new in _stretches(records, database):
        send_ahead(database, one.statement(new, database), partial(one.finish, new))


@contextmanager
def inserting(record: Model, *beside: Statement) -> Iterator[None]:
    """Write one new record while what stands inside is done; when this ends well it is written for good.

    In:     `beside`: statements that give rows which nobody reads, to be done in the same trip.
    Raises: IntegrityError and the like, at its end at the latest.
    """
    database = connections[DEFAULT_DB_ALIAS]
    one = _insert_of(record, database)
    # On SQLite each statement would be brought to the disk by itself.
    with transaction.atomic(savepoint=False) if beside and database.vendor == "sqlite" else nullcontext():
        underway = Underway(database, [one.statement([record], database), *beside])
    try:
        yield
    finally:
        rows, *_beside = underway.rows()
    one.finish([record], rows)


def was_taken_already(error: IntegrityError) -> bool:
    """Tell whether a write failed because a row with the same unique value stands there."""
    cause = error.__cause__
    on_sqlite = (sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY)
    return getattr(cause, "sqlstate", None) == "23505" or getattr(cause, "sqlite_errorcode", None) in on_sqlite


def _stretches(records: Iterable[Model], database: Any) -> Iterator[tuple[_Insert, list[Model]]]:
    """Take records of one model that stand beside each other together."""
    for one, found in groupby(records, key=lambda record: _insert_of(record, database)):
        stretch = list(found)
        yield from ((one, stretch[begin : begin + _ROWS]) for begin in range(0, len(stretch), _ROWS))


def _insert_of(record: Model, database: Any) -> _Insert:
    model = type(record)
    key = (model, record.pk is None, database.vendor)
    found = _kept.get(key)
    if found is None:
        fields = tuple(field for field in model._meta.concrete_fields if not (field.primary_key and record.pk is None))
        query = InsertQuery(model)
        query.insert_values(fields, [record])
        compiler = query.get_compiler(connection=database)
        returning = model._meta.db_returning_fields or [model._meta.pk]
        compiler.returning_fields = returning
        ((sql, _parameters),) = compiler.as_sql()
        head, values, tail = re.fullmatch(r"(.* VALUES )(\(.*\))( RETURNING .*)", sql, re.DOTALL).groups()  # type: ignore[union-attr]  # so it is written
        known = tuple((field, field.attname, _plain(field, database)) for field in fields)
        found = _kept[key] = _Insert(head, values, tail, known, tuple(field.attname for field in returning))
    return found


def _plain(field: Field[Any, Any], database: Any) -> frozenset[type]:
    kind = field.get_internal_type()
    if kind == "UUIDField" and database.features.has_native_uuid_field:
        return frozenset({UUID, type(None)})
    return _PLAIN.get(kind, frozenset())
