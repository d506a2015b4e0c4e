"""What follows from the facts of a referral: plain values in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts a referral's status is derived from."""

    received_at: datetime
    triaged_at: datetime | None
    suspected_spam: bool
    added_to_another: bool


STATES = ("received", "to_be_looked_at", "added", "held")
"""Every status a referral can have; each leaves the person held, and none turns anybody away (promise 1)."""


def status(facts: Facts) -> str:
    """Derive where a referral stands from its facts."""
    if facts.triaged_at:
        return "held"
    if facts.added_to_another:
        return "added"
    return "to_be_looked_at" if facts.suspected_spam else "received"


@dataclass(frozen=True, slots=True)
class Standing:
    """What decides why somebody stands where they stand at triage."""

    urgency: str
    not_safe_now: bool = False
    raised_because: str = ""
    promised_on: date | None = None
    young: bool = False
    child_depends: bool = False
    has_words: bool = True


def reasons(facts: Standing, today: date) -> tuple[str, ...]:
    """Say, as codes, why a row of triage is as urgent as it is and what weighs beside it; there is always at least one.

    Source: part E19 (the reason beside each); lists.md (Urgency).
    """
    asked_for = facts.urgency != "steady" and not (facts.not_safe_now or facts.raised_because)
    found = (
        ("not_safe", facts.not_safe_now),
        (facts.raised_because, bool(facts.raised_because)),
        ("asked_for", asked_for),
        ("date_passed", facts.promised_on is not None and facts.promised_on < today),
        ("young", facts.young),
        ("depends", facts.child_depends),
        ("no_words", not facts.has_words),
    )
    return tuple(code for code, holds in found if holds) or ("nothing_raises",)


def taken_problem(taken_at: datetime, *, opened_at: datetime, now: datetime) -> str:
    """Say what is wrong with when a crisis call was taken: "future", "before" it was opened, or nothing.

    A time is written to the minute, so the minute in which the call was opened is not before it.
    """
    if taken_at > now:
        return "future"
    return "before" if taken_at < opened_at.replace(second=0, microsecond=0) else ""


NEWS = ("", "triaged", "met", "resting")
"""What a referrer hears back, in order; each is told once."""


def news(*, triaged_at: datetime | None, received_on: date, last_met_on: date | None, resting: bool) -> str:
    """Say what there is to tell the referrer now: nothing before triage, then triaged, met, resting."""
    if triaged_at is None:
        return ""
    if resting:
        return "resting"
    return "met" if last_met_on is not None and last_met_on >= received_on else "triaged"


def is_news(found: str, *, told: str) -> bool:
    """Tell whether the referrer has not heard this yet."""
    return NEWS.index(found) > NEWS.index(told)
