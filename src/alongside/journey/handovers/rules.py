"""What may follow what in an introduction; the status from its facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta


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
