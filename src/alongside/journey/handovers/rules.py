"""What may follow what in an introduction; the status from its facts; how long those wait who are introduced, and how well that held.

A wait runs from the day on which an introduction was made to the first meeting. What is shown is half, and nine in ten, of the waits
that ended in the last eight weeks; whoever still waits, longer than that already, counts with as long as they have waited, so that a
service where nobody is met any more does not go on looking quick.
Source: issue "The living directory" 12 and 16; peers.md 6 (honest wait at the point of choice); S2-239.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts a handover's status is derived from."""

    answer: str
    accepted_at: datetime | None
    introduced_at: datetime | None
    met_at: datetime | None
    settled_at: datetime | None
    person_has_died: bool = False


STATES = ("offered", "not_now", "not_us", "accepted", "introduced", "met", "settled", "they_have_died")
"""In every one of them somebody holds the person: until *met* the giver's side, from *met* on the receiver's."""


def status(facts: Facts) -> str:
    """Derive where an introduction stands."""
    if facts.settled_at:
        return "settled"
    if facts.met_at:
        return "met"
    if facts.answer == "not_us":
        return "not_us"
    if facts.person_has_died:
        return "they_have_died"
    if facts.answer == "not_now":
        return "not_now"
    if facts.accepted_at:
        return "introduced" if facts.introduced_at else "accepted"
    return "offered"


def may_answer(facts: Facts) -> bool:
    """Tell whether it can be answered: not yet, or with "not now" before."""
    return status(facts) in ("offered", "not_now")


def may_meet(facts: Facts) -> bool:
    """Tell whether the two can have met: after a yes, once."""
    return status(facts) in ("accepted", "introduced")


MEET_WITHIN = timedelta(days=28)
"""After a yes without a day: as far ahead as a next date may be (lists.md, Holding; ours)."""


def meets_by(meet_on: date | None, accepted_on: date) -> date:
    """Give the last day on which the two were to meet: the day that was said, or four weeks after a yes without one."""
    return meet_on or accepted_on + MEET_WITHIN


def settled_is_asked_on(met_on: date, days: int) -> date:
    """Give the day from which "is it settled?" is asked: some days after they met (lists.md, Handovers)."""
    return met_on + timedelta(days=days)


WINDOW = timedelta(weeks=8)
FEWEST = 5
"""Of fewer waits nothing is said."""
STILL_COUNTS = timedelta(weeks=26)
"""So long an introduction that nobody has met or ended counts as waiting."""
REPLAYED = 26
"""Weeks that the back-test goes through."""
WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Passage:
    """One introduction, as its wait goes: when it was made, when they met, or when it ended without a meeting."""

    made_at: datetime
    met_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """What can be said of the waits at one moment, in whole days."""

    met: int
    half_days: int | None
    most_days: int | None
    """Nine in ten; none, as the half, when fewer than five have met lately."""
    waiting: int
    longest_days: int | None


def wait_at(passages: Sequence[Passage], at: datetime) -> Wait:
    """Give what can be said of the waits of one service at a moment, by what was known then.

    In:   its introductions, also those made later, which are not looked at.
    Out:  nine in ten is the smallest wait of which it is to be expected that nine of the next ten are no longer; of fewer than nine
          waits it is the longest.
    """
    ended = [_days(one.made_at, one.met_at) for one in passages if one.met_at and at - WINDOW < one.met_at <= at]
    still = [_days(one.made_at, at) for one in passages if _waits_at(one, at)]
    longest = max(still, default=None)
    if len(ended) < FEWEST:
        return Wait(len(ended), None, None, len(still), longest)
    most = _nine_in_ten(ended)
    known = sorted([*ended, *(days for days in still if days > most)])
    return Wait(len(ended), known[(len(known) - 1) // 2], _nine_in_ten(known), len(still), longest)


@dataclass(frozen=True, slots=True)
class Replayed:
    """A back-test: of so many waits for which a range would have been shown, so many ended within it."""

    checked: int
    held: int


def _most(wait: Wait) -> int | None:
    return wait.most_days


def replay(passages: Sequence[Passage], at: datetime, *, shown: Callable[[Wait], int | None] = _most) -> Replayed:
    """Replay the last half year of one service week by week: what would have been shown, and whether it held for those made then.

    In:   `shown` gives the longest wait of the range that is tried; what is really shown is nine in ten.
    Out:  each introduction of a week for whose range enough time has passed: it held when they met within the range; it did not when
          they met later, or wait still. What ended without a meeting is no wait.
    """
    checked = held = 0
    for week in range(REPLAYED, 0, -1):
        begins = at - week * WEEK
        longest = shown(wait_at(passages, begins))
        if longest is None:
            continue
        for one in passages:
            if not begins <= one.made_at < begins + WEEK or one.made_at + longest * DAY > at or (one.ended_at and not one.met_at):
                continue
            checked += 1
            held += one.met_at is not None and _days(one.made_at, one.met_at) <= longest
    return Replayed(checked, held)


def _waits_at(one: Passage, at: datetime) -> bool:
    open_then = (one.met_at is None or one.met_at > at) and (one.ended_at is None or one.ended_at > at)
    return at - STILL_COUNTS < one.made_at <= at and open_then


def _nine_in_ten(days: Sequence[int]) -> int:
    return sorted(days)[min(len(days), ceil(0.9 * (len(days) + 1))) - 1]


def _days(begins: datetime, ends: datetime) -> int:
    """Count days begun: whoever waits four days and an hour has waited five, so nobody is promised less."""
    return max(ceil((ends - begins) / DAY), 0)
