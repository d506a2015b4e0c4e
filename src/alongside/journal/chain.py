"""The keyed chain of seals, from plain values: what is sealed of a row, what a seal says, what follows from the one before.

A seal covers a stretch of keys of each table. What was missing in it when its turn came is written down: on PostgreSQL a row
with a lower key may be committed after one with a higher key, and is then sealed late, or it never comes. Source: trust.md P6; ADR 0015.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

_WHO = ("at", "hub_id", "actor_kind", "actor_name", "user_id", "hat_id", "organisation_id")
FORMS: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        "journal_entry": (*_WHO, "public_id", "command", "part_of", "person_id", "author_organisation_id", "label", "facts"),
        "journal_look": (*_WHO, "page", "outcome", "reason", "person_ids", "about_id"),
    },
}
"""Which columns a seal covers, besides the key. A new column makes a new form; an old seal is verified by its own."""
FORM = max(FORMS)
TABLES = tuple(FORMS[FORM])
WORDS = {"journal_entry": "Entry", "journal_look": "Look"}
FIRST = "0" * 64
"""What stands before the first seal."""
OF_A_ROW = 16
"""Bytes that are kept of the digest of one row."""

Stretch = tuple[int, int]
"""Keys from the first to the second, both among them."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Keys that were passed and not seen, and the transactions that may still bring them."""

    keys: Stretch
    waits_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Covered:
    """What one seal says of one table."""

    after: int = 0
    until: int = 0
    """It covers the keys after the first and up to the second, without those that were missing."""
    missing: tuple[Stretch, ...] = ()
    late: tuple[int, ...] = ()
    """Keys of an earlier stretch that have come since, sealed now."""
    open: tuple[Hole, ...] = ()
    """What may still come after this seal; whatever is missing and not here never will."""

    def ahead(self) -> Iterator[int]:
        """Give the keys of its own stretch that it covers, in order."""
        begin = self.after + 1
        for first, last in self.missing:
            yield from range(begin, first)
            begin = last + 1
        yield from range(begin, self.until + 1)

    @property
    def keys(self) -> list[int]:
        """Give every key that it covers, in the order of the digests."""
        return [*self.ahead(), *self.late]


@dataclass(frozen=True, slots=True)
class Content:
    """What one seal says: for each table what it covers, and the digests of all those rows, in order."""

    covers: dict[str, Covered] = field(default_factory=dict)

    def text(self) -> str:
        """Write it so that the same content is always the same text."""
        return json.dumps(
            {
                table: {
                    "after": one.after,
                    "until": one.until,
                    "missing": one.missing,
                    "late": one.late,
                    "open": [[*hole.keys, *hole.waits_for] for hole in one.open],
                }
                for table, one in self.covers.items()
            },
            sort_keys=True,
            separators=(",", ":"),
        )

    @classmethod
    def read(cls, text: str) -> Content:
        """Read it back. Raises: ValueError, KeyError or TypeError for what nobody has written so."""
        found: dict[str, Any] = json.loads(text)
        return cls(
            {
                table: Covered(
                    after=int(one["after"]),
                    until=int(one["until"]),
                    missing=tuple((int(first), int(last)) for first, last in one["missing"]),
                    late=tuple(int(key) for key in one["late"]),
                    open=tuple(Hole((int(hole[0]), int(hole[1])), tuple(hole[2:])) for hole in one["open"]),
                )
                for table, one in found.items()
            }
        )


def mark_of(key: bytes) -> str:
    """Name a key without giving anything of it away."""
    return hmac.digest(key, b"which key", "sha256").hex()[:16]


def row_digest(key: bytes, table: str, row_id: int, text: str) -> bytes:
    """Give the digest of one row from all its columns as the database itself writes them."""
    return hmac.digest(key, f"{table}\n{row_id}\n{text}".encode("utf-8", "surrogatepass"), "sha256")[:OF_A_ROW]


def seal_hash(key: bytes, *, before: str, number: int, at: datetime, form: int, rows: int, covers: str, digests: bytes) -> str:
    """Give the hash of one seal, which follows from the one before it."""
    moment = int(at.timestamp()) * 1_000_000 + at.microsecond
    head = f"{before}\n{number}\n{moment}\n{form}\n{rows}\n{mark_of(key)}\n{covers}\n".encode("utf-8", "surrogatepass")
    return hmac.digest(key, head + hashlib.sha256(digests).digest(), "sha256").hex()


def next_covered(
    before: Covered, *, fresh: Sequence[int], came: Iterable[int], still_running: Iterable[str], running_now: Iterable[str]
) -> Covered:
    """Give what the next seal says of a table, from what was seen in the table.

    In:   `fresh`: the keys after `before.until` that are there, ascending; `came`: keys of open holes that are there;
          `still_running`: the transactions that were writing before the table was looked at; `running_now`: after it.
    Out:  a hole whose every transaction had ended before the table was looked at, and which is still empty, is closed for good.
    """
    late = tuple(sorted(came))
    running = set(still_running)
    open_now = [
        Hole(keys, tuple(sorted(running & set(hole.waits_for))))
        for hole in before.open
        if running & set(hole.waits_for)
        for keys in without(hole.keys, late)
    ]
    until = fresh[-1] if fresh else before.until
    missing = tuple(_between(before.until, fresh))
    waits_for = tuple(sorted(set(running_now)))
    # Whoever took one of these keys was writing then, or has ended since, and is seen the next time.
    open_now += [Hole(keys, waits_for) for keys in missing]
    return Covered(after=before.until, until=until, missing=missing, late=late, open=tuple(open_now))


def without(keys: Stretch, taken: Sequence[int]) -> list[Stretch]:
    """Give what is left of a stretch when these keys, ascending, are taken out of it."""
    first, last = keys
    found: list[Stretch] = []
    for key in taken[bisect_left(taken, first) : bisect_right(taken, last)]:
        if key > first:
            found.append((first, key - 1))
        first = key + 1
    if first <= last:
        found.append((first, last))
    return found


def may_still_come(key: int, holes: Iterable[Hole]) -> bool:
    """Tell whether a key lies in a hole that is open."""
    return any(hole.keys[0] <= key <= hole.keys[1] for hole in holes)


def _between(after: int, there: Sequence[int]) -> Iterator[Stretch]:
    """Give the stretches that are left out before and between these keys."""
    for key in there:
        if key > after + 1:
            yield after + 1, key - 1
        after = key
