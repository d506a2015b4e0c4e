"""The gate: may this message leave, by this way, to this person, now? Plain values in, a code out.

Source: trust.md C12; S0-13; pages.md (ask for help, 4); lists.md (rest reasons).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.vocabulary.email_address import is_email


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


SENDABLE = ("email", "text", "letter")
"""Channels that a machine may use; a call is made by somebody."""


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


def why_not_back(whom: Whom, *, agreed: bool, address: str) -> str:
    """Say why word may not go back to a referrer, as a code: it needs the person's agreement and an address that can be one.

    Out: died, not_looked_at, not_agreed, no_way, or "". Rest is no reason: that somebody rests is one of the things referrers hear.
    """
    if whom.died:
        return "died"
    if whom.suspected_spam:
        return "not_looked_at"
    if not agreed:
        return "not_agreed"
    return "" if is_email(address) else "no_way"
