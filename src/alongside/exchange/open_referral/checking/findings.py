"""What the checker found: the rule, how much it weighs, the place and the reason; counted always, listed up to a bound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.open_referral.checking.rules import FAIL, RULES, WARN

LISTED = 25
"""So many findings of one rule and level are listed; the others are counted."""
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as the profile asks."""

    rule: str
    level: str
    place: str
    reason: str


@dataclass
class Findings:
    """Everything that was found, in bounded memory, and what was looked at."""

    listed: list[Finding] = field(default_factory=list)
    counted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often, by rule and level."""
    looked_at: Counter[str] = field(default_factory=Counter)
    """How many documents, by what they are."""
    only_warns: bool = False
    """Set where the profile recommends and does not require: what would fail warns."""

    def hear(self, rule: str, place: str, reason: str, *, level: str = "") -> None:
        """Take one finding, at the level of its rule or a lower one."""
        weight = WARN if self.only_warns else level or RULES[rule].level
        self.counted[rule, weight] += 1
        if self.counted[rule, weight] <= LISTED:
            self.listed.append(Finding(rule, weight, place[:LONGEST], reason[:LONGEST]))

    @contextmanager
    def recommended(self, name: str, required: tuple[str, ...]) -> Iterator[None]:
        """Let what is found inside warn only, unless the profile requires what is looked at."""
        before, self.only_warns = self.only_warns, name not in required
        try:
            yield
        finally:
            self.only_warns = before

    def count(self, level: str) -> int:
        """Count what weighs so much."""
        return sum(times for (_rule, weight), times in self.counted.items() if weight == level)

    @property
    def verdict(self) -> str:
        """Say fail, warn or pass."""
        return FAIL if self.count(FAIL) else WARN if self.count(WARN) else "pass"

    def as_facts(self) -> dict[str, Any]:
        """Give everything as plain values, for a program."""
        return {
            "verdict": self.verdict,
            "fails": self.count(FAIL),
            "warnings": self.count(WARN),
            "looked_at": dict(sorted(self.looked_at.items())),
            "rules": [
                {"rule": rule, "level": level, "times": times, "asks": RULES[rule].asks}
                for (rule, level), times in sorted(self.counted.items(), key=lambda one: (one[0][1], one[0][0]))
            ],
            "findings": [{"rule": one.rule, "level": one.level, "place": one.place, "reason": one.reason} for one in self.listed],
        }


def under(place: str, name: str) -> str:
    """Name what stands in a place: after the name of a file or an address, or after a dot."""
    return f"{place} {name}" if place.endswith(":") else f"{place}.{name}" if place else name
