"""The gate: may this message leave, by this way, to this person, now? Plain values in, a code out.

Source: trust.md C12; S0-13; pages.md (ask for help, 4); lists.md (rest reasons).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, as the gate needs to know it."""

    channel: str
    safe: bool
    confirmed_on: date | None
    whose: str = ""
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Whom:
    """What the gate needs to know of the person."""

    died: bool
    resting: bool
    wants_messages_at_rest: bool
    suspected_spam: bool = False


OPTIONAL = ("news", "reminder")
"""Purposes that somebody who rests, and wants none of it, is not written to about at all: no message is made, and no task."""
SENDABLE = ("email", "text", "letter")
"""Channels that a machine may use; a call is made by somebody."""


def is_not_wanted(whom: Whom, purpose: str) -> bool:
    """Tell whether a message would only be noise: it is optional, and they rest and want none."""
    return purpose in OPTIONAL and whom.resting and not whom.wants_messages_at_rest


def why_not(whom: Whom, way: Way | None, *, today: date, reconfirm_days: int) -> str:
    """Say why a message may not leave, as a code; an empty answer means that it may.

    Out: died, resting, not_looked_at, no_way, ended, not_safe, not_theirs, not_confirmed, confirm_again, not_sendable, or "".
    """
    if whom.died:
        return "died"
    if whom.resting and not whom.wants_messages_at_rest:
        return "resting"
    if whom.suspected_spam:
        return "not_looked_at"
    if way is None:
        return "no_way"
    if way.ended:
        return "ended"
    if not way.safe:
        return "not_safe"
    if way.whose:
        return "not_theirs"
    if way.confirmed_on is None:
        return "not_confirmed"
    if today - way.confirmed_on > timedelta(days=reconfirm_days):
        return "confirm_again"
    if way.channel not in SENDABLE:
        return "not_sendable"
    return ""
