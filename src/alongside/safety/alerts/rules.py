"""Decisions of alerts from plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

MOST = 5
"""Live alerts of one person (trust.md H25)."""
LONGEST = 180
"""Days that an alert lasts at most before somebody writes it again (ours)."""
AT_FIRST = 90
"""Days that the form offers."""
LOOK_BEFORE = 7
"""Days before its end on which its owner is asked whether it is still needed."""
PLACES = range(1, MOST + 1)


def free_place(taken: Collection[int]) -> int | None:
    """Give the first of the five places that no open alert has."""
    return next((place for place in PLACES if place not in taken), None)


def is_an_end(until_on: date, on: date) -> bool:
    """Tell whether an alert written on a day may last until the end of another."""
    return 0 <= (until_on - on).days <= LONGEST


def look_on(until_on: date, on: date) -> date:
    """Give the day on which its owner is asked: a week before its last, and never before it was written."""
    return max(on, until_on - timedelta(days=LOOK_BEFORE))
