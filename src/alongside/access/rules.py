"""Decisions of access from plain values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from alongside.vocabulary.clock import local

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
