"""Reads that are compiled once and run many at a time: the same SQL and rows, a fraction of the time.

Building the same SQL again was nine tenths of a page's time, and waiting for one answer before asking the next question
most of the rest. A read is written as any query, with `visible_to` in it; it is built once with stand-ins for actor, keys
and moments, and from then on only the values are put in. Whatever decides its shape (the role, how many teams, whether
something was given at all) is part of the key under which it is kept, so two actors of different sight never share one.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar, overload
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Model, QuerySet
from django.db.models.base import ModelState
from django.db.models.query import FlatValuesListIterable, ModelIterable, RelatedPopulator, get_related_populators
from django.db.transaction import TransactionManagementError

from alongside.trips import Rows, Statement, Underway, in_one_trip
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

T = TypeVar("T")
K = TypeVar("K", int, str)
M = TypeVar("M", bound=Model)

_MANY = 2_000
_ACTOR_KEYS = ("hub_id", "user_id", "worker_id", "hat_id", "organisation_id", "client_id", "person_id")
_ACTOR_LISTS = ("team_ids", "shared_organisation_ids", "openly_shared_ids")
_ACTOR_FACTS = ("has_glass", "has_overrides", "is_in_circles")
_MOST = 5_000
_kept: dict[tuple[Any, ...], _Statement | None] = {}


class MomentInside(TypeError):
    """A programming error: the query reads the clock by itself, or reckons with a value, and the result would be kept for ever."""


class Read(Sequence[T], Generic[T]):
    """The rows of one read, asked for when somebody first looks, or together with others."""

    __slots__ = ("_coming", "_found", "_into", "_statement", "_values")
    __hash__ = None  # type: ignore[assignment]  # compares by its rows, as a list does

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any], into: Callable[..., T] | None) -> None:
        shape: list[Any] = [build, connections[DEFAULT_DB_ALIAS].vendor]
        self._values: list[Any] = []
        for value in values.values():
            shape.append(_shape_of(value, self._values))
        key = tuple(shape)
        if key not in _kept:
            if len(_kept) > _MANY:
                _kept.clear()
            _kept[key] = _compile(build, values)
        self._statement, self._into = _kept[key], into
        self._found: list[T] | None = None if self._statement else []
        self._coming: Callable[[], Rows] | None = None
        """Gives the rows once they have come, when it has been asked already."""

    @property
    def rows(self) -> list[T]:
        if self._found is None:
            if self._coming:
                self._come(self._coming())
            else:
                self.run([self])
        return self._found or []

    @staticmethod
    def run(reads: Sequence[Read[Any]]) -> None:
        """Ask for the rows of all that nobody has looked at yet."""
        waiting = [one for one in reads if one._found is None and one._coming is None]
        if not waiting:
            return
        database = connections[DEFAULT_DB_ALIAS]
        answers = in_one_trip(database, [one._asked(database) for one in waiting], only_reads=True)
        for one, rows in zip(waiting, answers, strict=True):
            one._come(rows)

    @staticmethod
    @contextmanager
    def underway(reads: Sequence[Read[Any]]) -> Iterator[None]:
        """Ask for all, and go on: each waits for its own rows when somebody looks at them; at the end all have come."""
        waiting = [one for one in reads if one._found is None]
        database = connections[DEFAULT_DB_ALIAS]
        underway = Underway(database, [one._asked(database) for one in waiting], as_they_come=True)
        for number, one in enumerate(waiting):
            one._coming = partial(underway.rows_of, number)
        try:
            yield
        finally:
            underway.rows()

    def _asked(self, database: Any) -> Statement:
        assert self._statement is not None  # without one there is nothing to ask: its rows are known to be none
        return self._statement.with_values(database, self._values)

    def _come(self, rows: Rows) -> None:
        assert self._statement is not None
        found = self._statement.records(rows)
        self._found = [self._into(*row) for row in found] if self._into else found

    def first(self) -> T | None:
        return self.rows[0] if self.rows else None

    def __eq__(self, other: object) -> bool:
        return self.rows == list(other) if isinstance(other, Sequence) else NotImplemented

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> list[T]: ...
    def __getitem__(self, place: int | slice) -> T | list[T]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[T]:
        return iter(self.rows)


@overload
def read(build: Callable[..., QuerySet[Any, T]], *, at: datetime | None = None, into: None = None, **values: Any) -> Read[T]: ...
@overload
def read(
    build: Callable[..., QuerySet[Any, Any]], *, at: datetime | None = None, into: Callable[..., T], **values: Any
) -> Read[T]: ...
def read(
    build: Callable[..., QuerySet[Any, Any]], *, at: datetime | None = None, into: Callable[..., Any] | None = None, **values: Any
) -> Read[Any]:
    """Prepare a read from its builder and values; it is compiled only the first time that this shape is asked for.

    In:       a function of a module (never one made on the spot) that takes `at`, which is this moment when none is given; an
              actor, keys, UUIDs, moments, dates, codes (a text decides the shape) or None, lists of keys or texts (their
              length decides the shape). The builder branches on nothing but what decides the shape, and reads no clock.
    Out:      records with what `select_related` names; tuples for `values_list`, or what `into` makes of their values.
    Refuses:  MomentInside for a builder that reads the clock.
    Queries:  one, when its rows are looked at.
    """
    return Read(build, {**values, "at": at or now()}, into)


def filled(keys: Iterable[K]) -> list[K]:
    """Give keys of an `IN`, the last one said again until they are 1, 2, 5, 10, 20, 50 and so on: the same rows, and few shapes."""
    known = list(keys)
    size = next(size for tens in itertools.count() for size in (10**tens, 2 * 10**tens, 5 * 10**tens) if size >= len(known))
    return known + known[-1:] * (size - len(known))


def naming(found: QuerySet[M, M], *keys: str) -> QuerySet[M, M]:
    """Join what names the records behind these keys, as `NAMED_BY` of their models says, and none of their other columns.

    A worker's name alone needs three tables, and every column that is carried through a join costs the database, on every
    page. What was left out is asked for by itself when somebody touches it all the same; in the suite that is an error.
    """
    joined, left_out = _joined_and_left_out(found.model, keys)
    return found.select_related(*joined).defer(*left_out)


@lru_cache(maxsize=500)
def _joined_and_left_out(model: type[Model], keys: tuple[str, ...]) -> tuple[list[str], list[str]]:
    kept: dict[str, set[str]] = {}
    models: dict[str, type[Model]] = {}
    waiting, joined = list(keys), []
    while waiting:
        key = waiting.pop(0)
        behind, path = model, ""
        for part in key.split("__"):
            kept.setdefault(path, set()).add(part)
            behind = behind._meta.get_field(part).related_model  # type: ignore[assignment]  # a key names a model
            path = f"{path}{part}__"
            models[path] = behind
        named_by: tuple[str, ...] = behind.NAMED_BY  # type: ignore[attr-defined]  # said by every model that is named so
        kept.setdefault(path, set()).update(named_by)
        waiting += [f"{path}{name}" for name in named_by if behind._meta.get_field(name).is_relation]
        joined.append(key)
    left_out = [
        f"{path}{field.name}"
        for path, behind in models.items()
        for field in behind._meta.concrete_fields
        if not field.primary_key and field.name not in kept[path]
    ]
    return joined, left_out


def together(*reads: Read[Any]) -> None:
    """Run reads in one trip to the database: each is its own statement, asked before the first answer is awaited."""
    Read.run(reads)


def underway(*reads: Read[Any]) -> AbstractContextManager[None]:
    """Ask for reads in one trip and go on while the database works at them: a read waits for its own rows when somebody looks.

    What stands inside looks at the reads in the order in which they are named here, and so seldom waits. Whatever else it asks
    of the database waits for all of them first; at its end all of them have come.
    """
    return Read.underway(reads)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a parameter of a compiled statement comes from: the so-manieth of the values."""

    number: int


@dataclass(frozen=True, slots=True)
class _Statement:
    """Compiled SQL, what goes where in its parameters, and how its rows become records."""

    sql: str
    parameters: tuple[Any, ...]
    """Places, and constants."""
    compiler: Any
    converters: Any
    flat: bool
    locks: bool
    record: _Record | None
    """How a row becomes a record; none for a query of values, whose rows are tuples."""
    unscoped: Any = None
    """The query itself when it is of records about people and nothing limits it: it is asked each time whether it may run."""

    def with_values(self, database: Any, values: list[Any]) -> tuple[str, list[Any]]:
        if self.unscoped:
            self.unscoped.check_may_run()
        if self.locks and not database.in_atomic_block:
            raise TransactionManagementError("A lock is taken inside a transaction.")
        given = [values[one.number] if type(one) is _Place else one for one in self.parameters]
        return self.sql, list(map(_adapted, given)) if database.vendor == "sqlite" else given

    def records(self, found: list[Any]) -> list[Any]:
        if self.converters:
            found = [tuple(row) for row in self.compiler.apply_converters(found, self.converters)]
        if self.record is None:
            return [row[0] for row in found] if self.flat else found
        return [self.record.made_of(row) for row in found]


@dataclass(frozen=True, slots=True)
class _Record:
    """How a stretch of a row becomes a record, and what hangs on it.

    What is made equals what Django makes of the same row (a test holds it), without asking each field again for what the
    database has just given in order.
    """

    model: type[Model]
    names: tuple[str, ...]
    first: int
    end: int
    key: int
    """Where its own key stands; nothing there means that there is no such record."""
    related: tuple[tuple[_Record, Callable[..., None], Callable[..., None]], ...]
    annotations: tuple[tuple[str, int], ...] = ()

    def made_of(self, row: Sequence[Any]) -> Any:
        one = self.model.__new__(self.model)
        one.__dict__.update(zip(self.names, row[self.first : self.end], strict=True))
        one._state = state = ModelState()
        state.adding, state.db = False, DEFAULT_DB_ALIAS
        for name, place in self.annotations:
            setattr(one, name, row[place])
        for record, here, there in self.related:
            other = None if row[record.key] is None else record.made_of(row)
            here(one, other)
            if other is not None:
                there(other, one)
        return one


@lru_cache(maxsize=1_000)
def _of_actor(actor: Actor) -> tuple[Any, tuple[int, ...]]:
    """Give what an actor adds to the shape, and its values in order."""
    named = tuple(name for name in _ACTOR_KEYS if getattr(actor, name) is not None)
    lengths = tuple(len(getattr(actor, name)) for name in _ACTOR_LISTS)
    shape = (actor.kind, actor.role, named, lengths, tuple(getattr(actor, name) for name in _ACTOR_FACTS), actor.partly_shared)
    values = [getattr(actor, name) for name in named]
    return shape, (*values, *(one for name in _ACTOR_LISTS for one in getattr(actor, name)))


def _shape_of(value: Any, flat: list[Any]) -> Any:
    """Give what a value adds to the shape; whatever may differ from one time to the next goes into `flat`."""
    if isinstance(value, Actor):
        shape, values = _of_actor(value)
        flat.extend(values)
        return shape
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, (list, tuple)):
        flat.extend(value)
        return len(value), type(value[0]) if value else None
    flat.append(value)
    return type(value)


def _compile(build: Callable[..., QuerySet[Any, Any]], values: dict[str, Any]) -> _Statement | None:
    """Build the read twice with other stand-ins: what differs between the two is a value, what does not is a constant."""
    given, stand_ins = _with_stand_ins(values, 0)
    query = build(**given)
    compiler = query.query.get_compiler(connection=connection)
    try:
        sql, found = compiler.as_sql()
        others, other_stand_ins = _with_stand_ins(values, 1)
        _sql, other = build(**others).query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return None
    places = {
        (_adapted(one), _adapted(two)): _Place(number)
        for number, (one, two) in enumerate(zip(stand_ins, other_stand_ins, strict=True))
    }
    parameters = tuple(one if one == two else places.get((one, two)) for one, two in zip(found, other, strict=True))
    if None in parameters:
        raise MomentInside("A read is made of its values as they are given: it neither reads the clock nor reckons with them.")
    if connection.vendor == "postgresql":
        sql, parameters = _with_constants(sql, parameters)
    converters = compiler.get_converters([column[0] for column in compiler.select])
    klass, locks = compiler.klass_info, query.query.select_for_update
    unscoped = None if getattr(query.query, "scope", True) else query.query
    if klass is None or query._iterable_class is not ModelIterable:
        return _Statement(
            sql, parameters, compiler, converters, query._iterable_class is FlatValuesListIterable, locks, None, unscoped
        )
    fields = klass["select_fields"]
    names = tuple(column[0].target.attname for column in compiler.select[fields[0] : fields[-1] + 1])
    related = _related(get_related_populators(klass, compiler.select, connection.alias))  # type: ignore[call-arg]  # the stubs are of a later Django
    annotations = tuple(compiler.annotation_col_map.items())
    record = _Record(klass["model"], names, fields[0], fields[-1] + 1, fields[0], related, annotations)
    return _Statement(sql, parameters, compiler, converters, False, locks, record, unscoped)


def _with_stand_ins(values: dict[str, Any], turn: int) -> tuple[dict[str, Any], list[Any]]:
    """Give the values with a stand-in in the place of each that may differ from one time to the next, and those stand-ins."""
    made: list[Any] = []

    def stand_in(value: Any) -> Any:
        made.append(_stand_in(value, len(made), turn))
        return made[-1]

    given: dict[str, Any] = {}
    for name, value in values.items():
        if isinstance(value, Actor):
            keys = {key: stand_in(getattr(value, key)) for key in _ACTOR_KEYS if getattr(value, key) is not None}
            lists: dict[str, Any] = {key: tuple(map(stand_in, getattr(value, key))) for key in _ACTOR_LISTS}
            given[name] = replace(value, **keys, **lists)
        elif value is None or isinstance(value, (bool, str)):
            given[name] = value
        elif isinstance(value, (list, tuple)):
            given[name] = [stand_in(one) for one in value]
        else:
            given[name] = stand_in(value)
    return given, made


def _with_constants(sql: str, parameters: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """Write codes and figures of the builder into the SQL: a plan made once can then use an index that is for one code only."""
    from psycopg.sql import Literal

    kept, pieces = [], re.split(r"(%s)", sql)
    for number, parameter in zip(range(1, len(pieces), 2), parameters, strict=True):
        if isinstance(parameter, (bool, int, str)):
            pieces[number] = Literal(parameter).as_string(connection.connection).replace("%", "%%")
        else:
            kept.append(parameter)
    return "".join(pieces), tuple(kept)


def _related(populators: list[RelatedPopulator]) -> tuple[tuple[_Record, Callable[..., None], Callable[..., None]], ...]:
    return tuple(
        (
            _Record(
                one.model_cls,
                tuple(one.init_list),
                one.cols_start,
                one.cols_end,
                one.cols_start + one.pk_idx,
                _related(one.related_populators),
            ),
            one.local_setter,
            one.remote_setter,
        )
        for one in populators
    )


def _stand_in(value: Any, number: int, turn: int) -> Any:
    """Give a value of the same kind, another one each turn, that fits every column."""
    if number >= _MOST:
        raise ValueError(f"A read takes at most {_MOST} values.")
    if isinstance(value, datetime):
        return datetime(1900 + turn, 1, 1, tzinfo=UTC) + timedelta(microseconds=number)
    if isinstance(value, date):
        return date(1800 + 50 * turn, 1, 1) + timedelta(days=number)
    if isinstance(value, UUID):
        return UUID(int=1 + number + _MOST * turn)
    if isinstance(value, int):
        return 10_000 * (turn + 1) + number
    if isinstance(value, str):
        return f"\ue000{turn}{number}"
    raise TypeError(f"A read takes keys, UUIDs, moments, dates and texts, not {type(value).__name__}.")


def _adapted(value: Any) -> Any:
    """Give a value as the compiler hands it to the database."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value
