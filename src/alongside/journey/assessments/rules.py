"""Putting two people's writing together: nothing is overwritten in silence (C29, P14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Together:
    """What came of putting two versions together."""

    parts: dict[str, str]
    """Everything that only one of the two changed."""
    conflicts: tuple[str, ...]
    """Parts that both changed, differently: a person decides."""


def put_together(base: Mapping[str, str], theirs: Mapping[str, str], mine: Mapping[str, str]) -> Together:
    """Merge two versions that grew from the same one, part by part; what both changed differently is a conflict."""
    parts: dict[str, str] = {}
    conflicts: list[str] = []
    for part in {*base, *theirs, *mine}:
        was, other, own = base.get(part, ""), theirs.get(part, ""), mine.get(part, "")
        if own in (other, was):
            parts[part] = other
        elif other == was:
            parts[part] = own
        else:
            conflicts.append(part)
            parts[part] = other
    return Together({part: words for part, words in parts.items() if words}, tuple(sorted(conflicts)))


def ranked(codes: list[str]) -> list[tuple[int, str]]:
    """Give each need its rank in the order it was given, once."""
    return list(enumerate(dict.fromkeys(codes), start=1))
