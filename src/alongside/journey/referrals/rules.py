"""What follows from the facts of a referral: plain values in and out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
