"""By when a request is answered; plain values in and out."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta


def answer_by(asked_on: date, holidays: Collection[date]) -> date:
    """Give the last day to answer: the same day of the next month, or its last day where it has no such day; a working day.

    Source: UK GDPR art. 12(3); ICO, Right of access ("How long do we have to comply?").
    """
    year, month = (asked_on.year + 1, 1) if asked_on.month == 12 else (asked_on.year, asked_on.month + 1)
    day = min(asked_on.day, _last_day(year, month))
    found = date(year, month, day)
    while found.weekday() >= 5 or found in holidays:
        found += timedelta(days=1)
    return found


def _last_day(year: int, month: int) -> int:
    begins = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return (begins - timedelta(days=1)).day
