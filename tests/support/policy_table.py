"""The policy as a table, read for the tests: the oracle, by another hand than the policy's."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import alongside

PATH = Path(alongside.__file__).parent / "access" / "policy_table.csv"
FACTS = ("denied", "role", "relationship", "author", "objection", "label", "on_list", "override", "glass")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: the values of each fact that it is about (none means any), and what it decides."""

    row: str
    facts: tuple[frozenset[str], ...]
    decision: str
    rule: str
    why: str

    def matches(self, facts: tuple[str, ...]) -> bool:
        return all(not wanted or found in wanted for wanted, found in zip(self.facts, facts, strict=True))


@lru_cache(maxsize=1)
def rows() -> tuple[Row, ...]:
    """Read the table; the first row that matches decides."""
    with PATH.open(newline="", encoding="utf-8") as file:
        return tuple(
            Row(
                one["row"],
                tuple(frozenset() if one[name] == "*" else frozenset(one[name].split("|")) for name in FACTS),
                one["decision"],
                one["rule"],
                one["why"],
            )
            for one in csv.DictReader(file)
        )


@cache
def decide(*facts: str) -> Row:
    """Give the row that decides about these facts, in the order of `FACTS`."""
    return next(row for row in rows() if row.matches(facts))
