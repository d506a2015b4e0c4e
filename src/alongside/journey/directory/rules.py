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
from math import floor
from typing import Any
from urllib.parse import urlsplit

from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.phone import is_callable, is_premium, premium_in
from alongside.vocabulary.postcode import has_postcode

OFFERS_PER_NEED = 5
FULL_FOR = timedelta(days=180)
"""So long the word of a human stands."""
EACH_TAKES = timedelta(days=45)
"""So much of it goes each time somebody is let down."""
LEAVES_AFTER = 3
"""Let down so often, with nobody at the service heard from in between, and it is matched with nobody."""
REMIND = timedelta(days=28)
"""So long before its warning begins whoever keeps it is asked."""
LINK_LASTS = timedelta(days=56)
"""So long a private link opens its entry: the one in the e-mail before an entry fades, until four weeks after (ours)."""
LOOK_AGAIN = timedelta(days=28)
"""So often a web address is asked whether it is there (ours)."""
MOST_PHONES, MOST_PLACES, LONGEST_WAIT = 6, 12, 104
"""Numbers and places that an entry is given by hand, and weeks that it says people wait, at most (ours)."""

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
    not_with: tuple[str, ...] = ()
    """Needs: whoever has one of them as well is not taken."""
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
    Source:  trust.md C11, C18. The mark `is_refuge` says it for certain; of an entry without the mark its own words decide, in doubt
             for silence, and whoever keeps it is asked.
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
    if set(one.not_with) & set(needs):
        return "not_with"
    if one.full:
        return "full"
    return "" if set(one.needs) & set(needs) else "need"


def fits(one: Candidate, needs: Sequence[str], age: int | None) -> bool:
    """Tell whether matching offers a service to somebody, near the top or further down; the rehearsal of a rule asks the same."""
    return not _why_not(one, needs, age)


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


def cell_of(latitude: float | None, longitude: float | None) -> int:
    """Give the square of the map that a place lies in, about 35 miles high and 45 wide: never 0, which is no place."""
    if latitude is None or longitude is None:
        return 0
    return (floor(latitude * 2) + 200) * 1000 + floor(longitude) + 200


def cells_within(south: float, north: float, west: float, east: float) -> list[int]:
    """Give the squares that a box of the map touches, and 0, for what is in no one square."""
    rows = range(floor(south * 2) + 200, floor(north * 2) + 201)
    return [0, *(row * 1000 + column for row in rows for column in range(floor(west) + 200, floor(east) + 201))]


FREELY = ("description", "for_whom", "how_to_start", "cost", "accessibility")
"""What somebody who keeps an entry changes at once."""
BY_TWO = ("phones", "email", "url", "when_next", "places")
"""How it is reached, and when: a change waits for a second person (trust.md C18)."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody who keeps an entry says of the service: plain text, as it is to stand."""

    description: str = ""
    for_whom: str = ""
    how_to_start: str = ""
    cost: str = ""
    accessibility: str = ""
    when_next: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    """(number, what it is for)."""
    email: str = ""
    url: str = ""
    places: tuple[tuple[str, str], ...] = ()
    """(address, postcode)."""
    wait_weeks: int | None = None


def differences(was: Said, said: Said, fields: Sequence[str]) -> dict[str, Any]:
    """Give what is said otherwise than it stands, by field, as JSON holds it."""
    return {name: as_json(getattr(said, name)) for name in fields if getattr(said, name) != getattr(was, name)}


def as_json(value: Any) -> Any:
    """Give a text as it is, and pairs as lists."""
    return value if isinstance(value, str) else [list(pair) for pair in value]


def problem_with(was: Said, said: Said, *, is_refuge: bool) -> tuple[str, str]:
    """Say what of a change cannot stand in an entry: (field, code), or two blanks. What has not changed is not looked at.

    Out:      premium, too_many, not_a_number, email, web, where; the field is one of `Said`.
    Source:   trust.md C18 (plain text, premium numbers, refuges).
    """
    changed = [name for name in (*FREELY, *BY_TWO) if getattr(said, name) != getattr(was, name)]
    for name in changed:
        code = _problem(name, getattr(said, name), is_refuge)
        if code:
            return name, code
    return "", ""


def _problem(name: str, value: Any, is_refuge: bool) -> str:
    if name == "phones":
        if any(is_premium(number) or premium_in(words) for number, words in value):
            return "premium"
        if is_refuge and any(has_postcode(words) for _number, words in value):
            return "where"
        return "too_many" if len(value) > MOST_PHONES else "" if all(is_callable(one) for one, _of in value) else "not_a_number"
    if name == "places":
        return "where" if is_refuge and value else "too_many" if len(value) > MOST_PLACES else ""
    if name == "email":
        return "" if not value or is_email(value) else "email"
    if name == "url":
        return "" if not value or is_web_address(value) else "web"
    if premium_in(value):
        return "premium"
    return "where" if is_refuge and has_postcode(value) else ""


def is_web_address(text: str) -> bool:
    """Tell whether this is one whole web address that anybody may follow: no name or password in it, no bare number, no port."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    is_plain = not any(char.isspace() or char in "<>\"'`\\" for char in text)
    is_name = "." in host.strip(".") and not host.replace(".", "").isdecimal() and ":" not in host
    return is_plain and parts.scheme in ("http", "https") and is_name and port is None and "@" not in parts.netloc


def are_two(first: frozenset[str], second: frozenset[str]) -> bool:
    """Tell whether two who say something are two persons: they share no worker, no link and no e-mail address."""
    return first.isdisjoint(second)


def found_at(status: int) -> str:
    """Give what an answer of a web server says of a page, a code of `LINKS`."""
    if status in (404, 410):
        return "gone"
    # Many servers let no machine in, and are well for everybody else.
    return "there" if status < 400 or status in (401, 403, 405, 429) else "unwell"
