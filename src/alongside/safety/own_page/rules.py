"""Decisions of a person's own page from plain values: how long a link opens, how often a number may be wrong."""

from __future__ import annotations

from datetime import datetime, timedelta

LINK_LASTS = timedelta(days=3)
"""So long the link of an invitation opens (ours)."""
WRONG_NUMBERS = 5
"""So many wrong numbers end an invitation: whoever writes them has the link, so it is no stranger who could shut somebody out."""
BY = ("email", "text")
"""Ways by which a link and a code reach somebody at once."""


def may_open(*, opened_at: datetime | None, ended_at: datetime | None, until_at: datetime, wrong: int, at: datetime) -> bool:
    """Tell whether the link of an invitation still opens: once, for three days, until it is ended or guessed at."""
    return opened_at is None and ended_at is None and at < until_at and wrong < WRONG_NUMBERS


def state_of(*, opened_at: datetime | None, ended_at: datetime | None, until_at: datetime, at: datetime) -> str:
    """Derive how it stands with somebody's own page: open, invited, over (the link was not used in time), or ended."""
    if ended_at is not None:
        return "ended"
    if opened_at is not None:
        return "open"
    return "invited" if at < until_at else "over"
