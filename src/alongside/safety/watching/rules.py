"""What is noticed about looks, from plain values: a privacy officer decides what it means.

A signal is a question and no verdict: it says what was counted, and every one of them can have a good reason.
Source: trust.md C24, V9, T02; the limits marked ours are ours.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alongside.vocabulary.clock import local
from alongside.vocabulary.names import fold

NEAR = 7
"""Days before and after a look in which something should have happened between the two (C24)."""
AN_HOUR = 30
"""People whose own pages one worker opens within an hour (trust.md P8)."""
A_DAY = 60
"""The same within any 24 hours (ours): twice the limit of an hour."""
EARLIEST, LATEST = time(7), time(20)
"""Working hours where a team has none of its own (ours)."""
MARGIN = timedelta(hours=1)
"""So long before and after its hours a team still works, and whoever is on duty (ours)."""
COMMON = 0.01
"""The share of a hub's people from which a surname says nothing by itself (ours)."""
OF_ANYBODY = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "hotmail.com",
        "hotmail.co.uk",
        "live.com",
        "live.co.uk",
        "yahoo.com",
        "yahoo.co.uk",
        "icloud.com",
        "me.com",
        "aol.com",
        "btinternet.com",
        "sky.com",
        "talktalk.net",
        "virginmedia.com",
        "proton.me",
        "protonmail.com",
        "nhs.net",
    ]
)
"""Ends of addresses that say nothing of where somebody works (ours); so many work for the NHS that theirs says nothing either."""
_AS_FIGURES = str.maketrans("oi", "01")
"""Letters that are typed for figures in a postcode; no two true postcodes differ by them alone."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When a worker works, in one stretch of one weekday (Monday is 0)."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at somebody's own page, and what is known of the two."""

    at: datetime
    worker_name: str
    person_names: tuple[str, ...]
    worker_postcode: str = ""
    person_postcode: str = ""
    worker_employer: str = ""
    """What names the employer: the worker's e-mail address, and one of the person's, or what comes after their @."""
    person_employer: str = ""
    surname_share: float = 0.0
    """Which part of the hub's people have the surname that the two share."""
    holds: bool = False
    """The worker holds the person."""
    business: tuple[date, ...] = ()
    """Days on which the worker or their team had to do with the person: a contact, an appointment, a task, an introduction."""
    hours: tuple[Hours, ...] = ()
    """When the worker's teams work; empty when nobody has said."""
    closed_on: Collection[date] = ()
    """Bank holidays: days on which teams with hours of their own are closed."""
    is_on_duty: bool = False


@dataclass(frozen=True, slots=True)
class Noticed:
    """One signal, and what was counted."""

    signal: str
    counted: int


def noticed(look: Looked) -> list[Noticed]:
    """Say what is noticed about one look at one person.

    Counts: `no_contact` the days to the nearest business (999: none at all); `hours` the minutes outside working hours; else 1.
    """
    found: list[Noticed] = []
    days = days_to_business(look)
    has_business = look.holds or days <= NEAR
    is_telling = look.surname_share < COMMON or not has_business
    if shared_surnames(look.worker_name, look.person_names, holds=look.holds) and is_telling:
        found.append(Noticed("surname", 1))
    if is_same_postcode(look.worker_postcode, look.person_postcode):
        found.append(Noticed("postcode", 1))
    if is_same_employer(look.worker_employer, look.person_employer):
        found.append(Noticed("employer", 1))
    if not has_business:
        found.append(Noticed("no_contact", days))
    outside = minutes_outside(look)
    if outside:
        found.append(Noticed("hours", outside))
    return found


def days_to_business(look: Looked) -> int:
    """Count the days to the nearest business between the two, before or after."""
    day = local(look.at).date()
    return min((abs((one - day).days) for one in look.business), default=999)


def is_on_duty(at: datetime, turns: Iterable[tuple[datetime, datetime]]) -> bool:
    """Say whether a moment lies in a turn of duty, or so near that it is being taken over or handed on."""
    return any(begins - MARGIN <= at < ends + MARGIN for begins, ends in turns)


def minutes_outside(look: Looked) -> int:
    """Count the minutes by which a look lies outside working hours; 0 within them, and for whoever is on duty."""
    if look.is_on_duty:
        return 0
    moment = local(look.at).replace(tzinfo=None)
    ends = [
        (datetime.combine(day, one.opens) - MARGIN, datetime.combine(day, one.closes) + MARGIN)
        for day in (moment.date() - timedelta(days=1), moment.date(), moment.date() + timedelta(days=1))
        for one in look.hours or [Hours(weekday, EARLIEST, LATEST) for weekday in range(7)]
        if one.weekday == day.weekday() and not (look.hours and day in look.closed_on)
    ]
    if any(begins <= moment <= closes for begins, closes in ends):
        return 0
    away = [min(abs(moment - begins), abs(moment - closes)) for begins, closes in ends]
    return max(1, int(min(away, default=timedelta(days=1)).total_seconds() // 60))


def volume(opened: Iterable[tuple[datetime, int]], day: date) -> list[Noticed]:
    """Say what is noticed about one worker on one day: how many people they opened within any hour, and any 24, that end on it.

    In: when, and whom, of the day and of the day before, in any order: a night on duty goes on after midnight.
    """
    looks = sorted(opened)
    counted = {
        "hour": (_most_within(looks, timedelta(hours=1), day), AN_HOUR),
        "day": (_most_within(looks, timedelta(hours=24), day), A_DAY),
    }
    return [Noticed(signal, many) for signal, (many, limit) in counted.items() if many > limit]


def _most_within(looks: Sequence[tuple[datetime, int]], span: timedelta, day: date) -> int:
    most, begin = 0, 0
    seen: dict[int, int] = {}
    for at, person in looks:
        seen[person] = seen.get(person, 0) + 1
        while at - looks[begin][0] >= span:
            left = looks[begin][1]
            seen[left] -= 1
            if not seen[left]:
                del seen[left]
            begin += 1
        if local(at).date() == day:
            most = max(most, len(seen))
    return most


def shared_surnames(worker: str, names: Collection[str], *, holds: bool = False) -> set[str]:
    """Give the surnames that a worker shares with somebody of these names, in plain letters.

    What is the last of one may be any but the first of the other: Lloyd is shared with Lloyd Griffiths and with Griffiths-Lloyd.
    Whoever holds the person is asked only about what is last in both: a second first name would be noticed at every visit.
    """
    last, all_but_first = _surnames(worker)
    shared: set[str] = set()
    for one in names:
        their_last, their_others = _surnames(one)
        shared |= last & their_last if holds else (last & their_others) | (their_last & all_but_first)
    return shared


def _surnames(name: str) -> tuple[set[str], set[str]]:
    """Give the surname at the end of a name, each part of a double one, and whatever stands behind the first name.

    The two last words are also one surname (O Neill, Mc Donald). Before a comma stands the surname (LLOYD, Megan). A Polish
    surname that a woman has with another ending than a man is one surname (Kowalska, Kowalski).
    """
    before, comma, after = name.partition(",")
    words = f"{after} {before}".split() if comma else name.split()
    words = [word for word in words if fold(word)]
    if len(words) < 2:
        return set(), set()
    last = set(_parts(words[-1]))
    if len(words) > 2:
        last.add(fold(words[-2] + words[-1]).replace(" ", ""))
    return last, last | {part for word in words[1:] for part in _parts(word)}


def _parts(word: str) -> list[str]:
    """Give each part of a double surname in plain letters, as a man has it."""
    return [re.sub(r"([cs]|dz)ka$", r"\1ki", part) for part in fold(word).split()]


def is_same_postcode(one: str, other: str) -> bool:
    """Say whether two postcodes are the same, whatever stands between their letters, and with O and I typed for 0 and 1."""
    left, right = ("".join(filter(str.isalnum, code.casefold())).translate(_AS_FIGURES) for code in (one, other))
    return bool(left) and left == right


def is_same_employer(one: str, other: str) -> bool:
    """Say whether two addresses are of one employer, or of a part of it; nothing is said by those that anybody may have."""
    left, right = (address.rpartition("@")[2].strip().casefold() for address in (one, other))
    if not left or not right or left in OF_ANYBODY or right in OF_ANYBODY:
        return False
    return left == right or left.endswith(f".{right}") or right.endswith(f".{left}")
