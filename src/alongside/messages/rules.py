"""The gate: may this message leave, by this way, to this person, now? Plain values in, a code out.

Source: trust.md C12, C17, T03, H08; S0-13; pages.md (ask for help, 4); lists.md (rest reasons, age bands); ADR 0016.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from alongside.vocabulary.clock import local
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.good_times import read_good_times, says_nothing, within
from alongside.vocabulary.working_time import Hours, next_opening


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody, as the gate needs to know it."""

    channel: str
    safe: bool
    confirmed_on: date | None
    whose: str = ""
    ended: bool = False
    ask_again: bool = False
    """An address changed since it was last confirmed."""
    not_working: bool = False
    """What is sent to it comes back for good."""
    who_else: str = ""
    """Who else might see it, as they said."""
    although_seen: bool = False
    """They say that it may be used all the same."""
    good_times: str = ""


@dataclass(frozen=True, slots=True)
class Whom:
    """What the gate needs to know of the person."""

    died: bool
    resting: bool
    wants_messages_at_rest: bool
    suspected_spam: bool = False
    under_18: bool = False
    under_16: bool = False
    restored_on: date | None = None
    """The day of a restore, while what was written after the copy is missing: what was said before that day may not hold."""


NOBODY = Whom(died=False, resting=False, wants_messages_at_rest=True)
"""Of a message that is about nobody: nothing of a person stops it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the gate needs to know of something that a partner or a keeper without an account is asked."""

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
PLACES = {"phone": 20, "link": 100, "reference": 20, "code": 6}
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
CRISIS = "crisis"
"""The purpose that keeps a reserve of the day's budget and does not wait for our hours; it waits for the person's own."""
SIGN_IN = "sign_in"
"""The purpose of a code that the person has just asked for, to open their own page: it leaves now, or not at all."""
CODE_LASTS = timedelta(minutes=10)
"""So long a code opens; one that has not left by then is not sent (ours)."""
PURPOSES = ("acknowledge", "care", CRISIS, SIGN_IN, *OPTIONAL)
"""What may be written to a person about."""
NEVER_AT_NIGHT = (time(7), time(22))
"""No text before or after, whatever somebody's good times are (ours)."""
CRISIS_RESERVE = 10
"""So many hundredths of a hub's daily budget are kept for crises (ours)."""
TRIES, OUTAGE_TRIES, LONGEST_WAIT = 5, 100, 15
"""Tries of a message that is turned down; tries while the other side is not well (about a day); minutes between two at most (ours)."""
BROKEN = ("address_refused", "address_unusable", "permanent-failure", "returned-letter")
"""What says for good that a number or address does not work."""
WORD_BACK = "word_back"
"""The purpose of what goes to a referrer."""
PARTNER = "partner"
"""The purpose of what goes to a partner without an account."""
KEEPER = "keeper"
"""The purpose of what goes to whoever keeps a directory entry, and is about nobody; everything but these three goes to the person."""


def is_not_wanted(whom: Whom, purpose: str) -> bool:
    """Tell whether a message would only be noise: it is optional, and they rest and want none."""
    return purpose in OPTIONAL and whom.resting and not whom.wants_messages_at_rest


def why_not(whom: Whom, way: Way | None, *, today: date, reconfirm_days: int) -> str:
    """Say why a message may not leave, as a code; an empty answer means that it may.

    Out: died, resting, not_looked_at, no_way, ended, not_safe, not_theirs, young_not_theirs, not_working, not_confirmed,
         confirm_again, young_seen, young_letter, times_unclear, not_sendable, or "".
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
        return "young_not_theirs" if whom.under_18 else "not_theirs"
    if way.not_working:
        return "not_working"
    if way.confirmed_on is None:
        return "not_confirmed"
    if way.ask_again or today - way.confirmed_on > timedelta(days=reconfirm_days):
        return "confirm_again"
    if whom.restored_on and way.confirmed_on < whom.restored_on:
        return "confirm_again"
    if way.channel not in SENDABLE:
        return "not_sendable"
    return _too_young(whom, way) or _unclear(way)


def _too_young(whom: Whom, way: Way) -> str:
    """Say why not for somebody under 18: nothing that a parent or carer may see unless the young person says so.

    Source: lists.md (age bands); trust.md T03, H10: a letter is opened at home, a shared address is read by whoever shares it.
    """
    if way.although_seen:
        return ""
    if whom.under_16 and way.channel == "letter":
        return "young_letter"
    return "young_seen" if whom.under_18 and way.who_else.strip(" .-") else ""


def _unclear(way: Way) -> str:
    """Say that a machine cannot tell when it is safe: somebody said when, in words that only a person understands."""
    if way.channel == "letter" or says_nothing(way.good_times):
        return ""
    return "" if _own_hours(way) else "times_unclear"


def _own_hours(way: Way) -> Hours | None:
    """Give the person's own good times, for texts without the night; None when they are not understood, or nothing is left."""
    hours = read_good_times(way.good_times)
    if hours and way.channel == "text":
        hours = within(hours, *NEVER_AT_NIGHT)
    return hours if hours and hours.stretches else None


def next_moment(way: Way, purpose: str, at: datetime, *, text_from: int, text_until: int) -> datetime:
    """Give the next moment at which a message may leave by this way: `at` itself, when it may now.

    A person's own good times hold for every purpose. Where they said nothing, texts wait for our hours, but not in a crisis;
    e-mails and letters disturb nobody at night.
    """
    if way.channel == "letter":
        return at
    hours = None if says_nothing(way.good_times) else _own_hours(way)
    if hours is None:
        if way.channel != "text" or purpose == CRISIS:
            return at
        hours = _our_hours(text_from, text_until)
    elif _is_any_time(hours) and way.channel == "text":
        return next_moment(_without_times(way), purpose, at, text_from=text_from, text_until=text_until)
    return next_opening(hours, frozenset(), local(at)) or at


def _our_hours(text_from: int, text_until: int) -> Hours:
    """Give the hours in which texts leave; what is set for the night, or makes no sense, is our default."""
    first, last = NEVER_AT_NIGHT[0].hour, NEVER_AT_NIGHT[1].hour
    begins, ends = max(text_from, first), min(text_until, last)
    span = (time(begins), time(ends)) if begins < ends else (time(8), time(20))
    return Hours(dict.fromkeys(range(7), (span,)))


def _is_any_time(hours: Hours) -> bool:
    return hours.stretches == dict.fromkeys(range(7), (NEVER_AT_NIGHT,))


def _without_times(way: Way) -> Way:
    return Way(way.channel, way.safe, way.confirmed_on)


def letter_lines(name: str, address: str) -> tuple[str, ...]:
    """Give the lines of an envelope: the person, then their address as it was written, by lines or by commas; none without one."""
    lines = [part.strip() for part in re.split(r"[\n,]", address) if part.strip()]
    return (name, *lines) if lines else ()


def over_budget(purpose: str, *, of_number: int, of_day: int, per_number: int, per_day: int, is_work: bool = False) -> str:
    """Say which budget is used up: too_many of one number, too_many_today of the hub, or nothing.

    In:       what was counted today already. Whoever is written to at work has no budget of their own: one practice brings many.
    Source:   trust.md C17: at most 3 messages a number a day.
    """
    if not is_work and of_number >= per_number:
        return "too_many"
    kept = 0 if purpose == CRISIS else per_day * CRISIS_RESERVE // 100
    return "too_many_today" if of_day >= per_day - kept else ""


def wait_after(tries: int) -> timedelta:
    """Give how long to wait after so many tries: 1, 2, 4, 8 and then 15 minutes."""
    return timedelta(minutes=min(2 ** (tries - 1), LONGEST_WAIT))


def is_given_up(*, tries: int, outages: int) -> bool:
    """Tell whether to stop trying: a message turned down five times, or a day of outage."""
    return tries - outages >= TRIES or outages >= OUTAGE_TRIES


def state_of(
    *, failed: str, stopped: bool, delivered: bool, sent: bool, outside: str, held: bool, in_hand: bool, tries: int, later: bool
) -> str:
    """Derive how far a message has come from its facts: failed, perhaps, stopped, delivered, posted, late, sent, held, sending, tried, waits, made."""
    if failed:
        return "perhaps" if failed == "perhaps_sent" else "failed"
    for code, applies in (
        ("stopped", stopped),
        ("delivered", delivered),
        ("posted", sent and outside == "received"),
        ("late", sent and outside.startswith("delayed")),
        ("sent", sent),
        ("held", held),
    ):
        if applies:
            return code
    if in_hand:
        return "sending"
    return "tried" if tries else "waits" if later else "made"


@dataclass(frozen=True, slots=True)
class Became:
    """What a state at the other side means here."""

    delivered: bool = False
    failed: str = ""
    """Why, as a code; nothing while it has not."""
    is_last: bool = False
    """Nothing more is to be asked."""


BECAME = {
    "delivered": Became(delivered=True, is_last=True),
    "received": Became(is_last=True),
    "permanent-failure": Became(failed="permanent-failure", is_last=True),
    "temporary-failure": Became(failed="temporary-failure", is_last=True),
    "technical-failure": Became(failed="technical-failure", is_last=True),
    "validation-failed": Became(failed="technical-failure", is_last=True),
    "virus-scan-failed": Became(failed="technical-failure", is_last=True),
    "cancelled": Became(failed="cancelled", is_last=True),
    "returned-letter": Became(failed="returned-letter", is_last=True),
    "not_known": Became(failed="not_known", is_last=True),
    **dict.fromkeys(("created", "sending", "pending", "sent", "accepted", "pending-virus-check"), Became()),
}
"""States of GOV.UK Notify. A letter that was received has been printed and posted; nobody says that it arrived."""


_BY_MAIL = re.compile(r"(failed|delayed|delivered|relayed|expanded) ([245]\.[0-9]{1,3}\.[0-9]{1,3})")
"""What a mail server says later of an e-mail, and its status code (RFC 3464, RFC 3463)."""
NO_SUCH_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.4")
"""Codes that say for good that an address does not work: nobody there, no such place, no address, moved away, takes no mail, closed,
no way there (RFC 3463 section 3, RFC 7505 section 4.2). Others say that a mailbox is full, or that we are not wanted."""


def became(status: str) -> Became:
    """Give what a state means; one that we do not know means nothing yet."""
    said = _BY_MAIL.fullmatch(status)
    if not said:
        return BECAME.get(status, Became())
    if said[1] == "failed":
        return Became(failed="permanent-failure" if said[2] in NO_SUCH_ADDRESS else "sent-back", is_last=True)
    # Nobody can be asked; when something more is to be said of it, it comes by itself.
    return Became(delivered=said[1] == "delivered", is_last=True)


def is_known(status: str) -> bool:
    """Tell whether a state is one that we know."""
    return status in BECAME or bool(_BY_MAIL.fullmatch(status))


def came_back(status: str) -> bool:
    """Tell whether it came back: that is true although somebody said before that it had arrived."""
    return status == "returned-letter" or (is_known(status) and status.startswith("failed "))


def ask_after(sent_for: timedelta) -> timedelta | None:
    """Give when to ask again what became of a message that was sent so long ago; None after eight days.

    Source: GOV.UK Notify keeps a message for seven days, and gives up on a telephone after three.
    """
    if sent_for < timedelta(hours=1):
        return timedelta(minutes=5)
    if sent_for < timedelta(days=1):
        return timedelta(hours=1)
    return timedelta(hours=6) if sent_for < timedelta(days=8) else None


def wording_problem(words: str, *, default: str, names: Iterable[str], longest: int = LONGEST) -> str:
    """Say why a hub may not use these words in the place of our default, as a code; an empty answer means that it may.

    In:       `names`: whoever and whatever must not be named; a worker's name is looked for in its parts.
    Out:      empty, placeholder (one that our default does not have), link_missing, code_missing, number, address, telling, name, too_long.
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
    if "code" in allowed and "code" not in found:
        return "code_missing"
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


def why_not_keeper(asked: Asked, *, address: str) -> str:
    """Say why whoever keeps a directory entry may not be written to, as a code: this very link still opens it, the service is
    open, and the address can be one. It is about nobody, so nobody's safety is asked for.

    Out: answered (taken back, or sent anew), closed, no_way, or "".
    """
    if not asked.is_current:
        return "answered"
    if not asked.is_open:
        return "closed"
    return "" if is_email(address) else "no_way"
