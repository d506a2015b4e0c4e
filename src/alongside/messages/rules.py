"""The gate: may this message leave, by this way, to this person, now? Plain values in, a code out.

Source: trust.md C12; S0-13; pages.md (ask for help, 4); lists.md (rest reasons).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate needs to know of something that a partner without an account is asked."""

    agreed: bool
    """The person said yes to it."""
    is_open: bool
    """The service has not closed."""
    is_current: bool = True
    """It is still unanswered, and this is the link that counts."""
    hat_id: int | None = None
    """Whose task it is when the message cannot leave; without one it is whoever holds the person."""


OPTIONAL = ("news", "reminder")
"""Purposes that somebody who rests, and wants none of it, is not written to about at all: no message is made, and no task."""
LONGEST = 306
"""Characters of a message with its number and link filled in: two texts, as they are counted (ours)."""
PLACES = {"phone": 20, "link": 100, "reference": 20}
"""What may stand in braces in a message, and how long it is at most once it is filled in."""
TELLING = (
    "mental", "psych", "seiciat", "seicol", "therap", "counsel", "cwnsela", "crisis", "argyfwng", "addict", "suicid", "hunanladd",
    "self-harm", "hunan-niwed", "depress",
)  # fmt: skip
"""Beginnings of words that tell whoever reads over a shoulder what it is about (ours)."""
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_NUMBER = re.compile(r"(?:\d[\s().+/-]*){3,}")
_ADDRESS = re.compile(r"://|www\.|\S@\S|\b[a-z0-9-]+\.[a-z]{2,}\b", re.IGNORECASE)

SENDABLE = ("email", "text", "letter")
"""Channels that a machine may use; a call is made by somebody."""
SENT_BY_ITSELF = ("email",)
"""Channels for which there is a sender now; a text or a letter becomes a task for somebody."""
WORD_BACK = "word_back"
"""The purpose of what goes to a referrer."""
PARTNER = "partner"
"""The purpose of what goes to a partner without an account; everything but these two goes to the person."""


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


def wording_problem(words: str, *, default: str, names: Iterable[str], longest: int = LONGEST) -> str:
    """Say why a hub may not use these words in the place of our default, as a code; an empty answer means that it may.

    In:       `names`: whoever and whatever must not be named; a worker's name is looked for in its parts.
    Out:      empty, placeholder (one that our default does not have), link_missing, number, address, telling, name, too_long.
    Source:   part C10; trust.md H08, T05.
    """
    if not words.strip():
        return "empty"
    allowed, found = set(_IN_BRACES.findall(default)), _IN_BRACES.findall(words)
    plain = _IN_BRACES.sub(" ", words)
    if not set(found) <= allowed or "{" in plain or "}" in plain:
        return "placeholder"
    if "link" in allowed and "link" not in found:
        return "link_missing"
    if _NUMBER.search(plain):
        return "number"
    if _ADDRESS.search(plain):
        return "address"
    if allowed and any(re.search(rf"\b{one}", plain, re.IGNORECASE) for one in TELLING):
        return "telling"
    if any(re.search(rf"\b{re.escape(name)}\b", plain) for name in names):
        return "name"
    return "too_long" if len(plain.strip()) + sum(PLACES[one] for one in found) > longest else ""


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


def why_not_partner(whom: Whom, asked: Asked, *, address: str) -> str:
    """Say why a partner may not be written to, as a code: the person is alive and said yes, it still waits for an answer to
    this very link, the service is open, and the address can be one.

    Out: died, answered (or asked anew), not_looked_at, not_agreed, closed, no_way, or "". Rest is no reason: it is not the
    person who is written to.
    """
    if whom.died:
        return "died"
    if not asked.is_current:
        return "answered"
    if whom.suspected_spam:
        return "not_looked_at"
    if not asked.agreed:
        return "not_agreed"
    if not asked.is_open:
        return "closed"
    return "" if is_email(address) else "no_way"
