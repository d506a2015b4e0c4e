"""Decisions of safety from plain values."""

from __future__ import annotations

from datetime import datetime, timedelta

A_YEAR = timedelta(days=365)
"""So long after they said whom they know in these services a worker is asked again (trust.md T01)."""


def is_to_say_whom_they_know(said_at: datetime | None, at: datetime) -> bool:
    """Tell whether a worker is asked whom they know: nobody asked them yet, or a year has passed."""
    return said_at is None or at - said_at >= A_YEAR
