"""Decisions of access from plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from alongside.vocabulary.clock import local
from alongside.vocabulary.names import resembles

REVIEW_IN = 3
"""Working days within which a broken glass is reviewed (trust.md C09)."""


def review_by(at: datetime, holidays: Collection[date]) -> date:
    """Give the day by which what was opened in an emergency is reviewed: three working days on, weekends and bank holidays left out."""
    day, left = local(at).date(), REVIEW_IN
    while left:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            left -= 1
    return day


def is_meant(
    name: str,
    born_on: date | None,
    number: str,
    names: Collection[str],
    their_birthday: date | None,
    their_numbers: Collection[str],
) -> bool:
    """Tell whether a person is whom a worker has said they know: the same number, or the same birthday and a name like it."""
    if number and number in their_numbers:
        return True
    return born_on is not None and born_on == their_birthday and any(resembles(name, one) for one in names if one)
