"""Matching, and how far an entry is believed.

Matching: lightest and nearest first, each with why, and why not for what is left out. A diagnosis is not a parameter.
Belief: it falls with time since a human confirmed an entry, and with every time it let somebody down. What decides is two days on the
entry, when its warning begins and when it left the matching; they are written when something happens, so a list of any length asks
only for them.

Source: part E22; S1-20, S2-265, S3-48, S3-07; promise 9; S2-309 (unconfirmed entries fade and then leave matching), S2-318 (nobody is
sent to what is closed). The figures of belief are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

OFFERS_PER_NEED = 5
FULL_FOR = timedelta(days=180)
"""So long the word of a human stands."""
EACH_TAKES = timedelta(days=45)
"""So much of it goes each time somebody is let down."""
LEAVES_AFTER = 3
"""Let down so often, with nobody at the service heard from in between, and it is matched with nobody."""
NIGHT = 1
"""At this hour of the British clock the night begins in which feeds are taken in."""
AGAIN_AFTER, AGAIN_AT_LAST = timedelta(hours=1), timedelta(hours=8)
"""So long after a try that went wrong a feed is tried again; each time twice as long, up to the second."""
READING_IS_LOST = timedelta(hours=4)
"""A reading that has not ended by then was broken off: another may begin."""
REMIND = timedelta(days=28)
"""So long before its warning begins whoever keeps it is asked."""


SMALL, STEP = 7, 5
"""Of people, 1 to 7 are said as that and no nearer, and more to the nearest five (NHS England, suppression of small numbers)."""
SECRET_WORDS = ("refuge", "refuges", "safehouse", "safehouses", "lloches", "llochesau")
SECRET_PAIRS = (("safe", "house"), ("safe", "houses"), ("ty", "diogel"))
"""Folded words, and pairs that stand side by side: a service whose entry has them may be a refuge, which nobody may find by an address."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What matching knows of one service."""

    key: int
    name: str
    needs: tuple[str, ...]
    level: int
    age_from: int | None
    age_to: int | None
    miles: float | None
    closed: bool
    full: bool
    fades_at: datetime | None
    left: bool = False
    """It let people down too often since anybody there was heard from."""
    guessed: bool = False
    asked_before: bool = False
    """It was offered for this person before and said "not us", or "not now" until a day to come."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that fits, and the codes of why: need, light, near:<miles>, age, confirmed."""

    key: int
    why: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Match:
    """What fits each need, in the person's order, and why everything else was left out."""

    offers: tuple[tuple[str, tuple[Offer, ...]], ...]
    not_shown: tuple[tuple[int, str], ...]


def match(needs: Sequence[str], age: int | None, candidates: Sequence[Candidate], *, at: datetime) -> Match:
    """Choose offers for each ranked need.

    In:   needs, the most pressing first; an age in years or None; services with their distance from the place chosen.
    Out:  up to five offers a need (at least two where the directory has them), lightest then nearest; unconfirmed ones last.
    """
    out: dict[int, str] = {}
    fitting: list[Candidate] = []
    for one in candidates:
        reason = _why_not(one, needs, age)
        if reason:
            out[one.key] = reason
        else:
            fitting.append(one)
    chosen: set[int] = set()
    offers = []
    for need in dict.fromkeys(needs):
        ranked = sorted((one for one in fitting if need in one.needs), key=lambda one: _order(one, at))
        offers.append((need, tuple(Offer(one.key, _why(one, at), warning(one.fades_at, at)) for one in ranked[:OFFERS_PER_NEED])))
        chosen |= {one.key for one in ranked[:OFFERS_PER_NEED]}
    out |= {one.key: "far" for one in fitting if one.key not in chosen}
    return Match(tuple(offers), tuple(sorted(out.items())))


def where_is_secret(words: Sequence[str]) -> bool:
    """Tell whether nothing may be said outside of where a service is: people may hide there from somebody who would hurt them.

    In:      the folded words of its name, its organisation, whom it is for and its description, in their order, as often as they stand.
    Source:  trust.md C11, C18. An entry has no mark yet that says "this is a refuge"; until then its own words decide, in doubt for
             silence. Whoever adds the mark reads it here, and in `queries.published`.
    """
    return not set(SECRET_WORDS).isdisjoint(words) or not set(SECRET_PAIRS).isdisjoint(pairwise(words))


def _why_not(one: Candidate, needs: Sequence[str], age: int | None) -> str:
    if one.closed:
        return "closed"
    if one.left:
        return "let_down"
    if one.asked_before:
        return "asked_before"
    if age is not None and ((one.age_from is not None and age < one.age_from) or (one.age_to is not None and age > one.age_to)):
        return "age"
    if one.full:
        return "full"
    return "" if set(one.needs) & set(needs) else "need"


def _order(one: Candidate, at: datetime) -> tuple[bool, int, float, str, int]:
    return (warning(one.fades_at, at) != "", one.level, one.miles if one.miles is not None else 9999.0, one.name, one.key)


def _why(one: Candidate, at: datetime) -> tuple[str, ...]:
    found = ["need"]
    if one.level <= 1:
        found.append("light")
    if one.miles is not None:
        found.append(f"near:{one.miles:.1f}")
    if one.age_from is not None or one.age_to is not None:
        found.append("age")
    if not warning(one.fades_at, at):
        found.append("confirmed")
    return tuple(found)


def fades_at(confirmed_at: datetime | None, let_down: int) -> datetime | None:
    """Give the moment from which an entry carries its warning; none when no human has ever confirmed it.

    In:   `let_down`, how often it let somebody down since anybody there was heard from.
    """
    return confirmed_at + FULL_FOR - let_down * EACH_TAKES if confirmed_at else None


def leaves(let_down: int) -> bool:
    """Tell whether an entry has let people down too often to be matched until somebody confirms it."""
    return let_down >= LEAVES_AFTER


def is_feed_due(tried_at: datetime | None, ended_at: datetime | None, failed: int, *, at: datetime, night: datetime) -> bool:
    """Tell whether a feed is to be taken in now: once a night, and again after a while when that went wrong.

    In:   `night`, when the last night began; `failed`, how many tries in a row were not good.
    """
    if tried_at is None:
        return True
    if ended_at is None or ended_at < tried_at:
        return at >= tried_at + READING_IS_LOST
    return tried_at < night or (failed > 0 and at >= ended_at + min(AGAIN_AFTER * 2 ** min(failed - 1, 8), AGAIN_AT_LAST))


def night_before(moment: datetime) -> datetime:
    """Give when the last night began, by the clock that the moment carries."""
    begins = moment.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    return begins if begins <= moment else begins - timedelta(days=1)


def warning(fades: datetime | None, at: datetime, *, left: bool = False) -> str:
    """Give the warning an entry carries at a moment: it let people down, was never confirmed, or is believed no more."""
    if left:
        return "let_down"
    if fades is None:
        return "never"
    return "old" if at >= fades else ""


def counted(number: int) -> str:
    """Say a number of people so that nobody can be told from it: none, 1 to 7, or the nearest five. A total is rounded by itself."""
    if number <= 0:
        return "0"
    return f"1–{SMALL}" if number <= SMALL else str(STEP * ((number + STEP // 2) // STEP))
