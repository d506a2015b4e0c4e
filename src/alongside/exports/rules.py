"""Where a list that somebody asked for stands, from its facts."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = timedelta(hours=24)
"""So long a list may be taken after the yes (trust.md T07; the figure is ours)."""
NEEDS_A_SECOND = 2
"""From so many people on a file needs a second yes."""


def status(*, answered_at: datetime | None, yes: bool, by_somebody: bool, taken_at: datetime | None, at: datetime) -> str:
    """Say where it stands; a yes from after this moment counts for nothing (P9)."""
    if answered_at is None:
        return "waits"
    if not yes:
        return "not_approved" if by_somebody else "asked_anew"
    if taken_at is not None:
        return "taken"
    return "approved" if answered_at <= at < answered_at + LASTS else "over"
