"""How far ahead a next date may lie, and what follows from an invitation: plain values in and out."""

from __future__ import annotations

from datetime import date, timedelta


def latest_next_date(today: date, *, resting: bool, active_days: int, resting_days: int) -> date:
    """Give the furthest day that a next date may be: 28 days ahead while active, 180 while resting (ours)."""
    return today + timedelta(days=resting_days if resting else active_days)


def next_date_problem(on: date, *, today: date, latest: date) -> str:
    """Say what is wrong with a next date: "past", "too_far" or nothing."""
    if on < today:
        return "past"
    return "too_far" if on > latest else ""
