"""Where a page of a list ended, as it travels in an address: the next page goes on from there, and nonsense is the first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode

from alongside.vocabulary.text import whole_number


def _moment(written: str) -> datetime:
    found = datetime.fromisoformat(written)
    if found.tzinfo is None:
        raise ValueError("a moment without its zone")
    return found.astimezone(UTC)


_READ: dict[type[Any], Callable[[str], Any]] = {int: whole_number, date: date.fromisoformat, datetime: _moment}


def page_after(*end: int | date | datetime) -> str:
    """Write the address of the page that follows a row, by what the list is in order of."""
    return f"?{urlencode({'after': '_'.join(one.isoformat() if isinstance(one, date) else str(one) for one in end)})}"


def read_end(written: str, *kinds: type[int] | type[date] | type[datetime]) -> Any:
    """Read where a page ended, as one value of each kind; None for anything else, and for a moment without its zone."""
    try:
        return tuple(_READ[kind](part) for kind, part in zip(kinds, written.split("_"), strict=True))
    except (ValueError, OverflowError):
        return None
