"""Many rows at once, where the framework makes an object of each: what stands beside services, the index of words, postcodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Model

PART = 5_000
"""So many rows are said in one statement."""
_HOLD = (
    "INSERT INTO directory_knownword (hub_id, word, services) VALUES {marks} ON CONFLICT (hub_id, word) "
    "DO UPDATE SET services = directory_knownword.services + excluded.services RETURNING word, id"
)
Posting = tuple[int, int, int, int]
"""A word, what it weighs, the square of the map, and the service."""


def add_postings(postings: Iterable[Posting]) -> None:
    """Write postings, best in the order of their index: then it grows at one place after the other. Queries: one."""
    _add("directory_searchword", ("word_id", "weight", "cell", "service_id"), postings)


def add_rows(model: type[Model], columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of plain values (text, numbers, days, yes and no) of which nobody asks for the key. Queries: one."""
    _add(model._meta.db_table, columns, rows)


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
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608  # nosec B608  # names are our models'


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
            marks = ", ".join(["(%s, %s, %s)"] * len(part))
            cursor.execute(_HOLD.format(marks=marks), [value for word, many in part for value in (hub_id, word, many)])
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
