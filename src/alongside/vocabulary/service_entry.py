"""One service as a feed or file describes it: plain values, before anything is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any
from zlib import crc32

from alongside.vocabulary.service_details import BEHIND, Details, rows_of, without


@dataclass(frozen=True, slots=True)
class LocationEntry:
    """Where a service is met."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    details: Details = field(default_factory=dict, hash=False)
    """What the source says of it beyond that (`service_details.OF_A_PLACE`)."""


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """What a source says of one service."""

    source: str
    source_id: str
    name: str
    organisation: str = ""
    description: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    """Every number with what the source says of it, in the source's order."""
    cost: str = ""
    how_to_start: str = ""
    when_next: str = ""
    accessibility: str = ""
    for_whom: str = ""
    age_from: int | None = None
    age_to: int | None = None
    level: int = 1
    is_crisis: bool = False
    needs: tuple[str, ...] = ()
    """Codes of needs, guessed from words or terms until a human has said so."""
    locations: tuple[LocationEntry, ...] = ()
    licence: str = ""
    details: Details = field(default_factory=dict, hash=False)
    """What the source says of it beyond these (`service_details.PARTS`)."""
    is_closed: bool = False
    place: str = ""
    """Where it stands in the source; no part of what the entry says."""
    is_partial: bool = False
    """Its details could not be read this time: it may begin an entry, and changes none that stands."""
    row_print: str = ""
    """Of the row as it stood in the source, where it is known: the same again need not be read."""

    def fingerprint(self) -> str:
        """Give the SHA-256 of the content: the same content again changes nothing."""
        return hashlib.sha256(json.dumps([getattr(self, name) for name in _CONTENT], default=_values).encode()).hexdigest()


_CONTENT = tuple(sorted(one.name for one in fields(ServiceEntry) if one.name not in ("place", "is_partial", "row_print")))


def _values(location: LocationEntry) -> list[Any]:
    return [location.name, location.address, location.postcode, location.latitude, location.longitude, location.details]


PLAIN = ("name", "organisation", "description", "url", "email", "cost", "how_to_start", "when_next", "accessibility", "for_whom")
FIELDS = (*PLAIN, "phones", "ages", "places", "details")
"""What one source or another says, field by field."""


def said_in(entry: ServiceEntry, field: str) -> Any:
    """Give what an entry says in one field, in plain values that are kept and compared; a place is its name, address and postcode.

    Words that have a part of the standard behind them (`service_details.BEHIND`) come with it: [words, rows].
    """
    if field == "details":
        return without(entry.details, *BEHIND.values()) if entry.details else {}
    if entry.details and (rows := rows_of(entry.details, BEHIND.get(field, ""))):
        return [getattr(entry, field), rows]
    if field == "phones":
        return [list(phone) for phone in entry.phones]
    if field == "ages":
        return [entry.age_from, entry.age_to]
    if field == "places":
        return [[one.name, one.address, one.postcode] for one in entry.locations]
    return getattr(entry, field)


def saying(entry: ServiceEntry, field: str, value: Any) -> ServiceEntry:
    """Give the entry with another value in one field, as `said_in` gives it."""
    if field == "phones":
        return replace(entry, phones=tuple((number, said) for number, said in value))
    if field == "ages":
        return replace(entry, age_from=value[0], age_to=value[1])
    if field == "places":
        known = {(one.name, one.address, one.postcode): one for one in entry.locations}
        return replace(entry, locations=tuple(known.get(tuple(one)) or LocationEntry(*one) for one in value))
    if field == "details":
        return replace(entry, details=value | {part: rows for part in BEHIND.values() if (rows := rows_of(entry.details, part))})
    if field in BEHIND:
        words, rows = value if isinstance(value, list) else (value, [])
        details = without(entry.details, BEHIND[field]) | ({BEHIND[field]: rows} if rows else {})
        return replace(entry, details=details, **{field: words})
    return replace(entry, **{field: value})


PRINT = 8


def prints_in(entry: ServiceEntry) -> str:
    """Give eight letters for each field: the same again means that the source says nothing new in it."""
    return "".join(f"{crc32(repr(said_in(entry, field)).encode()):08x}" for field in FIELDS)


def new_fields(before: str, after: str) -> list[str]:
    """Give the fields in which a source says something new, by the prints of what it said before and says now; all when not known."""
    return [
        field
        for at, field in zip(range(0, len(after), PRINT), FIELDS, strict=True)
        if before[at : at + PRINT] != after[at : at + PRINT]
    ]


def without_prints(prints: str, *gone: str) -> str:
    """Give prints as if a source had never said some fields: what it says in them next is new."""
    kept = zip(range(0, len(prints), PRINT), FIELDS, strict=False)
    return "".join(" " * PRINT if field in gone else prints[at : at + PRINT] for at, field in kept)


Said = list[list[Any]]
"""Which source said what and when: [source, day, fields]; the first for every field that no later one names."""


def said_anew(before: Said, source: str, day: str, fields: Iterable[str]) -> Said:
    """Give who said what after a source has said some fields anew; all of them when nobody has said anything before."""
    if not before:
        return [[source, day, []]]
    anew = [field for field in FIELDS if field in set(fields)]
    if not anew:
        return before
    first, *later = before
    kept = [[by, on, [field for field in said if field not in anew]] for by, on, said in later]
    same = [one[2] for one in kept if one[:2] == [source, day]]
    found = [one for one in kept if one[2] and one[:2] != [source, day]]
    return [first, *found, [source, day, [field for field in FIELDS if field in {*anew, *(same[0] if same else ())}]]]


def who_said(said: Said, field: str) -> tuple[str, str]:
    """Give (source, day) of one field; nothing of an entry that came in before this was kept."""
    for source, day, those in reversed(said):
        if field in those:
            return source, day
    return (said[0][0], said[0][1]) if said else ("", "")


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken: where it stands and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a row that could not be taken, while the row was: where it stands and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Same:
    """A row that stands in the source letter by letter as it did when its entry was written."""

    place: str
    source_id: str


Read = ServiceEntry | Same | BadRow | LeftOut
"""What reading a source gives: each row is an entry or a fault, and what an entry leaves behind is named beside it."""
