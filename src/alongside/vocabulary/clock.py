"""The clock, read in one place; everything that decides takes the moment as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")


def now() -> datetime:
    """Give this moment, aware, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """Give the date it is in the United Kingdom."""
    return now().astimezone(UK).date()


def local(moment: datetime) -> datetime:
    """Give the same moment on a British clock."""
    return moment.astimezone(UK)


def start_of(day: date) -> datetime:
    """Give the moment at which a day begins in the United Kingdom."""
    return datetime(day.year, day.month, day.day, tzinfo=UK)
