"""Many rows at once, where the framework makes an object of each: what stands beside services, the index of words, postcodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from json import dumps
from operator import attrgetter
from typing import Any, TypeVar

from django.db import connection
from django.db.models import DateTimeField, Field, JSONField, Model, UUIDField
from django.db.models.base import ModelState

PART = 5_000
"""So many rows are said in one statement."""
HELD = 50_000
"""So many rows are held at a time while they are written."""
_HOLD = (
    "INSERT INTO directory_knownword (hub_id, word, services) {rows} ON CONFLICT (hub_id, word) "
    "DO UPDATE SET services = directory_knownword.services + excluded.services RETURNING word, id"
)
M = TypeVar("M", bound=Model)
_NOTHING: dict[type[Any], str] = {list: "[]", dict: "{}"}
_OF_LISTS = "SELECT %s, * FROM unnest(%s::text[], %s::int[])"
Posting = tuple[int, int, int, int]
"""A word, what it weighs, the square of the map, and the service."""


def add_postings(postings: Iterable[Posting]) -> None:
    """Write postings, best in the order of their index: then it grows at one place after the other. Queries: one for each 50,000."""
    columns = ("word_id", "weight", "cell", "service_id")
    if connection.vendor != "postgresql":
        _add("directory_searchword", columns, postings)
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY directory_searchword ({', '.join(columns)}) FROM STDIN") as copy:
        for piece in _pieces(postings, PART):
            copy.write("".join(["%d\t%d\t%d\t%d\n" % one for one in piece]))  # noqa: UP031  # whole numbers, some millions of them


def add_rows(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of plain values (text, numbers, days, yes and no) of which nobody asks for the key. Queries: one for each 50,000."""
    _add(model._meta.db_table, columns, rows)


def another(one: M) -> M:
    """Give a new record that says what another says, without asking each of its fields for it again."""
    new = type(one).__new__(type(one))
    new.__dict__.update(one.__dict__)
    new._state = ModelState()
    return new


def add_objects(objects: Sequence[Model], *, with_keys: bool = False) -> None:
    """Write new records, as `bulk_create` does, without a part of a statement made for each of their fields.

    In:       plain values in every field, no signal that anybody waits for. `with_keys`: each is given its key. Queries: one; two with keys.
    """
    if not objects:
        return
    meta = objects[0]._meta
    fields = [field for field in meta.concrete_fields if with_keys or not field.primary_key]
    if with_keys:
        for one, key in zip(objects, _new_keys(meta.db_table, len(objects)), strict=True):
            one.pk = key
    values = attrgetter(*(field.attname for field in fields))
    kept = [(place, field) for place, field in enumerate(fields) if isinstance(field, (DateTimeField, JSONField, UUIDField))]
    _add(meta.db_table, [str(field.column) for field in fields], _rows(map(values, objects), kept))
    for one in objects:
        one._state.adding, one._state.db = False, connection.alias


def _rows(found: Iterable[tuple[Any, ...]], kept: Sequence[tuple[int, Field[Any, Any]]]) -> Iterator[list[Any]]:
    """Write those values as the database keeps them that it keeps otherwise than they are."""
    for values in found:
        row = list(values)
        for place, field in kept:
            value = row[place]
            if isinstance(field, JSONField):
                row[place] = dumps(value, cls=field.encoder) if value else _NOTHING[type(value)]
            elif value is not None:
                row[place] = field.get_db_prep_save(value, connection)
        yield row


def _new_keys(table: str, many: int) -> Iterable[int]:
    """Take so many new keys of a table for ourselves."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, many])
            return [key for (key,) in cursor.fetchall()]
        # Nobody else writes while this transaction does.
        cursor.execute("SELECT COALESCE(MAX(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()[0]
        return range(last + 1, last + many + 1)


def _add(table: str, columns: Sequence[str], rows: Any) -> None:
    # Rows come one by one: neither database asks for them all at once, whatever the types of the framework say.
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            for piece in _pieces(rows, HELD):  # the framework holds all that it is given until the last is written
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", piece)  # noqa: S608  # nosec B608  # names are our models'


def drop_postings(postings: Sequence[Posting]) -> None:
    """Take postings away, each found by the index. Queries: one, prepared once."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "DELETE FROM directory_searchword WHERE word_id = %s AND weight = %s AND cell = %s AND service_id = %s", postings
        )


def hold_words(hub_id: int, more: Mapping[str, int]) -> dict[str, int]:
    """Count that so many more services of a hub hold each word; give the key of each. Queries: one for each 5,000 words."""
    keys: dict[str, int] = {}
    with connection.cursor() as cursor:
        for part in _pieces(sorted(more.items()), PART):
            if connection.vendor == "postgresql":
                words, counts = zip(*part, strict=True)
                cursor.execute(_HOLD.format(rows=_OF_LISTS), [hub_id, list(words), list(counts)])
            else:
                rows = "VALUES " + ", ".join(["(%s, %s, %s)"] * len(part))
                cursor.execute(_HOLD.format(rows=rows), [value for word, many in part for value in (hub_id, word, many)])
            keys.update(cursor.fetchall())
    return keys


def let_words_go(fewer: Mapping[int, int]) -> None:
    """Count that so many fewer services hold each word, by its key; a word that nobody holds is forgotten. Queries: two."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE directory_knownword SET services = CASE WHEN services > %s THEN services - %s ELSE 0 END WHERE id = %s",
            [(many, many, key) for key, many in sorted(fewer.items())],
        )
        cursor.executemany("DELETE FROM directory_knownword WHERE id = %s AND services = 0", [(key,) for key in sorted(fewer)])


def _pieces(rows: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    rows = iter(rows)
    while piece := tuple(islice(rows, size)):
        yield piece
