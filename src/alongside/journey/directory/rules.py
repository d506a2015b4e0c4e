"""Matching: lightest and nearest first, each with why, and why not for what is left out. A diagnosis is not a parameter.

Source: part E22; S1-20, S2-265, S3-48, S3-07.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

CONFIRMED_FOR = timedelta(days=365)
OFFERS_PER_NEED = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """What matching knows of one service."""

    key: int
    name: str
    needs: tuple[str, ...]
    level: int
    age_from: int | None
    age_to: int | None
    miles: float | None
    closed: bool
    full: bool
    confirmed_at: datetime | None
    guessed: bool = False
    asked_before: bool = False
    """It was offered for this person before and said "not us", or "not now" until a day to come."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that fits, and the codes of why: need, light, near:<miles>, age, confirmed."""

    key: int
    why: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Match:
    """What fits each need, in the person's order, and why everything else was left out."""

    offers: tuple[tuple[str, tuple[Offer, ...]], ...]
    not_shown: tuple[tuple[int, str], ...]


def match(needs: Sequence[str], age: int | None, candidates: Sequence[Candidate], *, at: datetime) -> Match:
    """Choose offers for each ranked need.

    In:   needs, the most pressing first; an age in years or None; services with their distance from the place chosen.
    Out:  up to five offers a need (at least two where the directory has them), lightest then nearest; unconfirmed ones last.
    """
    out: dict[int, str] = {}
    fitting: list[Candidate] = []
    for one in candidates:
        reason = _why_not(one, needs, age)
        if reason:
            out[one.key] = reason
        else:
            fitting.append(one)
    chosen: set[int] = set()
    offers = []
    for need in dict.fromkeys(needs):
        ranked = sorted((one for one in fitting if need in one.needs), key=lambda one: _order(one, at))
        offers.append(
            (need, tuple(Offer(one.key, _why(one, at), warning(one.confirmed_at, at)) for one in ranked[:OFFERS_PER_NEED]))
        )
        chosen |= {one.key for one in ranked[:OFFERS_PER_NEED]}
    out |= {one.key: "far" for one in fitting if one.key not in chosen}
    return Match(tuple(offers), tuple(sorted(out.items())))


def warning(confirmed_at: datetime | None, at: datetime) -> str:
    """Give the warning an entry carries: never confirmed, or too long ago."""
    if confirmed_at is None:
        return "never"
    return "old" if at - confirmed_at > CONFIRMED_FOR else ""


def _why_not(one: Candidate, needs: Sequence[str], age: int | None) -> str:
    if one.closed:
        return "closed"
    if one.asked_before:
        return "asked_before"
    if age is not None and ((one.age_from is not None and age < one.age_from) or (one.age_to is not None and age > one.age_to)):
        return "age"
    if one.full:
        return "full"
    return "" if set(one.needs) & set(needs) else "need"


def _order(one: Candidate, at: datetime) -> tuple[bool, int, float, str, int]:
    return (warning(one.confirmed_at, at) != "", one.level, one.miles if one.miles is not None else 9999.0, one.name, one.key)


def _why(one: Candidate, at: datetime) -> tuple[str, ...]:
    found = ["need"]
    if one.level <= 1:
        found.append("light")
    if one.miles is not None:
        found.append(f"near:{one.miles:.1f}")
    if one.age_from is not None or one.age_to is not None:
        found.append("age")
    if not warning(one.confirmed_at, at):
        found.append("confirmed")
    return tuple(found)
