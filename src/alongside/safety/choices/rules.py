"""Decisions about what a carer may be told, from plain values: until when a choice holds, and whether a way to reach is a carer's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from alongside.vocabulary.names import alikeness

BIRTHDAYS = (11, 16)
"""Ages at which a young person is asked anew, whatever was chosen before (trust.md C10)."""
AT_FIRST = 90
"""Days after which a choice is looked at again, unless another day is chosen (trust.md T21)."""
LONGEST = 180
"""Days that a choice holds at most."""
ASK_BEFORE = 7
"""Days before its end on which the holder is asked to talk about it again."""
SAME_NAME = 0.95


@dataclass(frozen=True, slots=True)
class End:
    """The first day on which a choice holds no longer, and why."""

    on: date
    because: str


def is_a_review_day(review_on: date, on: date) -> bool:
    """Tell whether a choice written on a day may hold until another."""
    return 0 < (review_on - on).days <= LONGEST


def end_of(from_on: date, review_on: date, born_on: date | None) -> End:
    """Give when a choice ends by itself: on its review day, or on the 11th or 16th birthday that comes before it.

    A birthday on the very day of the choice ends nothing: it was chosen at that age.
    """
    for age in BIRTHDAYS if born_on else ():
        birthday = _birthday(born_on, age)
        if from_on < birthday <= review_on:
            return End(birthday, "birthday")
    return End(review_on, "review_day")


def holds(on: date, from_on: date, review_on: date, born_on: date | None) -> bool:
    """Tell whether a choice that nobody ended holds on a day: it never renews itself."""
    return from_on <= on < end_of(from_on, review_on, born_on).on


def is_to_be_asked(on: date, from_on: date, review_on: date, born_on: date | None) -> bool:
    """Tell whether it is time to talk about it again: a week before it ends, or later."""
    return on >= end_of(from_on, review_on, born_on).on - timedelta(days=ASK_BEFORE)


def births_that_may_end(on: date) -> tuple[tuple[date, date], ...]:
    """Give, for each of the two ages, the first and last birthday that a choice now open may meet, or have met: what to look among."""
    first, last = on - timedelta(days=LONGEST), on + timedelta(days=ASK_BEFORE)
    return tuple((_years_before(first, age), _years_before(last, age) + timedelta(days=1)) for age in BIRTHDAYS)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to reach somebody, as far as it tells whose it is."""

    channel: str
    value: str
    whose: str


def is_theirs(way: Way, name: str, reached_at: Collection[str]) -> bool:
    """Tell whether a way to reach somebody is a carer: it is their number or address, or goes through somebody of their name."""
    if any(one and _plain(one) == _plain(way.value) for one in reached_at):
        return True
    said = (way.whose, way.value) if way.channel == "through" else (way.whose,)
    return any(one and alikeness(name, one) >= SAME_NAME for one in said)


def only_theirs(ways: Iterable[Way], name: str, reached_at: Collection[str]) -> tuple[bool, bool]:
    """Tell whether a carer is a way to reach somebody at all, and whether there is none beside them."""
    theirs = [is_theirs(way, name, reached_at) for way in ways]
    return any(theirs), bool(theirs) and all(theirs)


def _plain(value: str) -> str:
    digits = "".join(char for char in value if char.isdigit())
    return digits[-10:] if "@" not in value and len(digits) >= 9 else value.strip().casefold()


def _birthday(born_on: date | None, age: int) -> date:
    """Give the day on which somebody is so old; born on 29 February, it is 1 March in other years (as `age_on` counts)."""
    assert born_on is not None
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
