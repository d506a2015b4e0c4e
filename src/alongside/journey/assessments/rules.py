"""Putting two people's writing together: nothing is overwritten in silence (C29, P14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from alongside.vocabulary.reference import fingerprint


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


def still_as_before(
    before: Mapping[str, str], was: Mapping[str, str], parts: Mapping[str, str], within: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Keep the days on which parts stood as before, but for a part in which something is written differently now.

    In: part to day; what was written and what is written now; part to the codes that are written in within it.
    """
    return {
        part: on
        for part, on in before.items()
        if all(was.get(code, "") == parts.get(code, "") for code in within.get(part, (part,)))
    }


def ranked(codes: list[str]) -> list[tuple[int, str]]:
    """Give each need its rank in the order it was given, once."""
    return list(enumerate(dict.fromkeys(codes), start=1))


def ranking_mark(pairs: Sequence[tuple[str, str]]) -> str:
    """Give a mark that is the same for the same needs with the same words in the same order, and for nothing else."""
    return fingerprint(repr(list(pairs))) if pairs else ""
