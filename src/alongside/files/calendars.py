"""Days as a calendar without content: whoever sees the telephone it is on learns that there is something, and not what.

Source: trust.md H08 (calendar), C19; RFC 5545.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event


@dataclass(frozen=True, slots=True)
class Day:
    """Something on a day: an opaque key, so that the next calendar replaces it, and a title of ours that names nobody."""

    key: str
    on: date
    title: str


def as_ics(days: Iterable[Day]) -> bytes:
    """Write whole days as a calendar; a key stands in it only as a fingerprint."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Alongside//EN")
    listed = sorted(days, key=lambda one: (one.on, one.key))
    for one in listed:
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, one.key)))
        event.add("summary", one.title)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("dtstamp", _midnight(one.on))
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    if listed:
        # Every change of the clocks since 1970 would be written out otherwise.
        calendar.add_missing_timezones(first_date=listed[0].on)
    return bytes(calendar.to_ical())


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
