"""New records through statements that are compiled once; several that do not wait for each other go in one trip.

The building of an INSERT costs more than the insert. What is written, and every constraint that may refuse it, is the same
as with `Model.save()`; there are no signals in this house to be sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model
from django.db.models.sql import InsertQuery

from alongside.trips import Rows, Underway, in_one_trip, send_ahead

M = TypeVar("M", bound=Model)
_kept: dict[tuple[type[Model], bool, str], _Insert] = {}


@dataclass(frozen=True, slots=True)
class _Insert:
    sql: str
    fields: tuple[Field[Any, Any], ...]
    returning: tuple[str, ...]

    def parameters(self, record: Model, database: Any) -> list[Any]:
        return [field.get_db_prep_save(field.pre_save(record, True), connection=database) for field in self.fields]

    def finish(self, record: Model, rows: Rows) -> None:
        for name, value in zip(self.returning, rows[0], strict=True):
            setattr(record, name, value)
        record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS


def insert(record: M) -> M:
    """Write one new record and give it back with its key. Queries: one. Raises: IntegrityError, as a save does."""
    insert_all([record])
    return record


def insert_all(records: Iterable[Model]) -> None:
    """Write new records, in this order, in one trip; none may need the key of another one of them."""
    database = connections[DEFAULT_DB_ALIAS]
    new = [(record, _insert_of(record, database)) for record in records]
    found = in_one_trip(database, [(one.sql, one.parameters(record, database)) for record, one in new])
    for (record, one), rows in zip(new, found, strict=True):
        one.finish(record, rows)


def insert_later(*records: Model) -> None:
    """Write new records, in this order, with the next trip of the command that runs: nobody needs their keys before.

    Raises: IntegrityError, there or at the end of the command.
    """
    database = connections[DEFAULT_DB_ALIAS]
    for record in records:
        one = _insert_of(record, database)
        send_ahead(database, (one.sql, one.parameters(record, database)), partial(one.finish, record))


@contextmanager
def inserting(record: Model) -> Iterator[None]:
    """Write one new record while what stands inside is done; when this ends well it is written for good.

    Raises: IntegrityError and the like, at its end at the latest.
    """
    database = connections[DEFAULT_DB_ALIAS]
    one = _insert_of(record, database)
    underway = Underway(database, [(one.sql, one.parameters(record, database))])
    try:
        yield
    finally:
        [rows] = underway.rows()
    one.finish(record, rows)


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
        found = _kept[key] = _Insert(sql, fields, tuple(field.attname for field in returning))
    return found
