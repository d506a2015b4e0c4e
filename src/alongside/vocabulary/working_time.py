"""Opening hours, working days and when something is due: plain values, British clock, daylight saving minded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from alongside.vocabulary.clock import UK, local

WORKING_DAYS = {"soon": 3, "steady": 10}


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening times by weekday (0 is Monday); a weekday that is not named is closed."""

    stretches: Mapping[int, tuple[tuple[time, time], ...]] = field(default_factory=dict)

    def on(self, day: date, holidays: frozenset[date] = frozenset()) -> tuple[tuple[time, time], ...]:
        """Give the opening times of one day; none on a bank holiday."""
        return () if day in holidays else self.stretches.get(day.weekday(), ())


OFFICE = Hours({weekday: ((time(9), time(17)),) for weekday in range(5)})
"""Used where a team has set no hours yet."""


def stretches(hours: Hours, holidays: frozenset[date], day: date) -> list[tuple[datetime, datetime]]:
    """Give the opening times of one day as moments, in UTC, in which alone moments can be compared.

    On the October Sunday every minute from one to two comes twice: a team opens at the first and closes at the second. What
    the March Sunday leaves out is an hour later. Source: trust.md P9.
    """
    found = []
    for opens, closes in hours.on(day, holidays):
        ends = datetime.combine(day, closes, tzinfo=UK)
        found.append(
            (
                datetime.combine(day, opens, tzinfo=UK).astimezone(UTC),
                max(ends.astimezone(UTC), ends.replace(fold=1).astimezone(UTC)),
            )
        )
    return found


def is_open(hours: Hours, holidays: frozenset[date], moment: datetime) -> bool:
    """Tell whether a team is open at a moment."""
    return closing(hours, holidays, moment) is not None


def next_opening(hours: Hours, holidays: frozenset[date], moment: datetime) -> datetime | None:
    """Give the next moment a team opens (now, when it is open), or None when it has no hours at all."""
    if is_open(hours, holidays, moment):
        return moment
    today = local(moment).date()
    for ahead in range(60):
        for start, _ends in stretches(hours, holidays, today + timedelta(days=ahead)):
            if start > moment:
                return local(start)
    return None


def closing(hours: Hours, holidays: frozenset[date], moment: datetime) -> datetime | None:
    """Give when a team that is open at a moment closes."""
    for start, end in stretches(hours, holidays, local(moment).date()):
        if start <= moment.astimezone(UTC) < end:
            return local(end)
    return None


def uncovered(
    hours: Hours, holidays: frozenset[date], turns: Iterable[tuple[datetime, datetime]], begins: datetime, days: int
) -> list[tuple[datetime, datetime]]:
    """List the stretches of opening time, in so many days from a moment on, in which nobody has a turn."""
    taken = sorted((comes.astimezone(UTC), goes.astimezone(UTC)) for comes, goes in turns)
    begins, first, found = begins.astimezone(UTC), local(begins).date(), []
    ends = begins + timedelta(days=days)
    for ahead in range(days + 1):
        for opens, closes in stretches(hours, holidays, first + timedelta(days=ahead)):
            start, end = max(opens, begins), min(closes, ends)
            for comes, goes in taken:
                if start < min(comes, end):
                    found.append((local(start), local(min(comes, end))))
                start = max(start, goes)
            if start < end:
                found.append((local(start), local(end)))
    return found


def is_working_day(day: date, hours: Hours | None, holidays: frozenset[date]) -> bool:
    """Tell whether a team works on a day; without hours, Monday to Friday."""
    return bool((hours if hours and any(hours.stretches.values()) else OFFICE).on(day, holidays))


def add_working_days(day: date, count: int, *, hours: Hours | None = None, holidays: frozenset[date] = frozenset()) -> date:
    """Give the working day that lies `count` working days after a day (with 0, the day itself or the next working day)."""
    found = day
    while count > 0 or not is_working_day(found, hours, holidays):
        found += timedelta(days=1)
        if is_working_day(found, hours, holidays):
            count -= 1
        if found - day > timedelta(days=400):
            break
    return found


def due_by(urgency: str, received_at: datetime, hours: Hours, holidays: frozenset[date]) -> datetime:
    """Give when the first human contact is due.

    now: at once. today: the end of today's opening, or the first hour of the next one. soon: three working days. steady: ten.
    Source: lists.md (Urgency; standards ours).
    """
    hours = hours if any(hours.stretches.values()) else OFFICE
    if urgency == "now":
        return received_at
    if urgency == "today":
        closes = closing(hours, holidays, received_at)
        if closes:
            return closes
        opens = next_opening(hours, holidays, received_at) or received_at
        return opens + timedelta(hours=1)
    day = add_working_days(local(received_at).date(), WORKING_DAYS[urgency], hours=hours, holidays=holidays)
    return local(stretches(hours, holidays, day)[-1][1])
