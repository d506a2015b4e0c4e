"""Matching, how far an entry is believed, and how long it stands what a service says it can take.

Matching: lightest and nearest first, each with why, and why not for what is left out. A diagnosis is not a parameter. What a person
wishes for ranks, and hides nothing. Which services are chosen for a need depends on no other need, so whoever has one need more (alcohol,
drugs, neurodiversity, any) is offered no less; the other needs only say in which order the chosen ones stand.
Belief: it falls with time since a human confirmed an entry, and with every time it let somebody down. What decides is two days on the
entry, when its warning begins and when it left the matching; they are written when something happens, so a list of any length asks
only for them.

Source: part E22; S1-20, S2-265, S3-48, S3-07, S2-055, S2-194; promises 5 and 9; S2-309 (unconfirmed entries fade and then leave
matching), S2-318 (nobody is sent to what is closed). The figures of belief are ours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import floor
from typing import Any
from urllib.parse import urlsplit

from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.names import fold
from alongside.vocabulary.phone import is_callable, is_premium, premium_in
from alongside.vocabulary.postcode import has_postcode
from alongside.vocabulary.ways_of_help import is_met

OFFERS_PER_NEED = 5
CLINICAL_FROM = 3
"""From this level of support on (vocabulary.levels) an offer is clinical, whoever makes it."""
CLINICAL_SECTORS = ("nhs", "practice")
ROOM_STANDS = timedelta(days=14)
"""So long it stands what a service said it can take; after that its date is shown and it is to be asked again. Ours."""
CORRECTION_DAYS = 5
"""Working days that whoever keeps an entry has to look at what is said to be wrong with it; then its readers are told. Ours."""
REPORTER_KEPT = timedelta(days=182)
"""So long the e-mail address is kept of somebody who wants to hear what became of it, when nobody settles it. Ours."""
CORRECTIONS_AT_MOST = 20
"""So many may wait for one entry: more say nothing new, and nobody can fill the database with them."""
PLACES_STAND = timedelta(hours=24)
"""So long it stands how many beds or places are free; after that somebody rings. Ours; S2-168 (free now)."""
ROOM_WEEKS = (0, 2, 4, 8)
"""What it can say in one tap, besides that it is full: now, or in about so many weeks."""
MIGHT_STILL_FIT = ("full", "asked_before", "age", "let_down")
"""Reasons that may change, or be talked about: what is left out for one of them alone is a near miss."""
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
_SECRET_LETTERS = ("refuge", "safe", "lloches", "diogel")
"""One of these stands in each of them."""


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
    asked_before: bool = False
    """It was offered for this person before and said "not us", or "not now" until a day to come."""
    tried: bool = False
    """This person was introduced there, or told of it, before: it comes later, and says so."""
    ways: tuple[str, ...] = ()
    """How help is given there, as its entry says (vocabulary.ways_of_help)."""
    clinical: bool = False
    unsure_room: bool = False
    """It said that it is full, but that was too long ago to stand."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that fits, and the codes of why: need, light, near:<miles>, age, confirmed; and what was wished for, by how it is met."""

    key: int
    why: tuple[str, ...]
    warning: str
    met: tuple[str, ...] = ()
    not_met: tuple[str, ...] = ()
    not_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """What fits each need, in the person's order, why everything else was left out, and what nearly fits."""

    offers: tuple[tuple[str, tuple[Offer, ...]], ...]
    not_shown: tuple[tuple[int, str], ...]
    misses: tuple[tuple[str, int, str], ...] = ()
    """(need, service, the one reason against it): for each need the nearest, when there is one."""


def match(
    needs: Sequence[str], age: int | None, candidates: Sequence[Candidate], *, wishes: Sequence[str] = (), at: datetime
) -> Match:
    """Choose offers for each ranked need.

    In:   needs, the most pressing first; an age in years or None; services with their distance from the place chosen; wishes, codes of
          `vocabulary.ways_of_help`.
    Out:  up to five offers a need (at least two where the directory has them; community and clinical ones where it has both), first
          what meets the most wishes, then the lightest, then what also helps with what presses more, then the nearest; what is
          unconfirmed or was tried before comes last.
    """
    needs, wishes = list(dict.fromkeys(needs)), tuple(dict.fromkeys(wishes))
    against = {one.key: _against(one, needs, age) for one in candidates}
    out = {key: reasons[0] for key, reasons in against.items() if reasons}
    fitting = sorted((one for one in candidates if not against[one.key]), key=lambda one: _order(one, wishes, at))
    offers, chosen, passed_over = [], set[int](), dict[int, str]()
    for need in needs:
        ranked = [one for one in fitting if need in one.needs]
        taken = _taken(ranked)
        shown = sorted(taken, key=lambda one: _shown_order(one, needs, wishes, at))
        offers.append((need, tuple(_offer(one, wishes, at) for one in shown)))
        chosen |= {one.key for one in taken}
        for one in ranked:
            if one not in taken:
                passed_over.setdefault(one.key, _passed_over(one, taken, wishes, at))
    out |= {key: why for key, why in passed_over.items() if key not in chosen}
    misses = (_nearest_miss(need, candidates, against, age, wishes, at) for need in needs)
    return Match(tuple(offers), tuple(sorted(out.items())), tuple(one for one in misses if one))


def is_clinical(level: int, sector: str) -> bool:
    """Tell whether an offer is clinical: therapy or more, or made by the NHS or a practice. Everything else is the community's."""
    return level >= CLINICAL_FROM or sector in CLINICAL_SECTORS


def room_stands(said_at: datetime | None, at: datetime) -> bool:
    """Tell whether what a service said it can take still stands."""
    return said_at is not None and at - said_at < ROOM_STANDS


def where_is_secret(words: Sequence[str]) -> bool:
    """Tell whether nothing may be said outside of where a service is: people may hide there from somebody who would hurt them.

    In:      the folded words of its name, its organisation, whom it is for and its description, in their order, as often as they stand.
    Source:  trust.md C11, C18. The mark `is_refuge` says it for certain; of an entry without the mark its own words decide, in doubt
             for silence, and whoever keeps it is asked.
    """
    return not set(SECRET_WORDS).isdisjoint(words) or not set(SECRET_PAIRS).isdisjoint(pairwise(words))


def may_be_refuge(name: str, organisation: str, for_whom: str, description: str) -> bool:
    """Tell whether the words of an entry sound like a refuge (`where_is_secret`)."""
    text = f"{name} {organisation} {for_whom} {description}"
    text = text.lower() if text.isascii() else fold(text)
    # Of a large feed each entry is asked: nearly all have none of these letters.
    return any(part in text for part in _SECRET_LETTERS) and where_is_secret(re.findall(r"\w+", fold(text)))


def fits(one: Candidate, needs: Sequence[str], age: int | None) -> bool:
    """Tell whether matching offers a service to somebody, near the top or further down; the rehearsal of a rule asks the same."""
    return not _against(one, needs, age)


def _against(one: Candidate, needs: Sequence[str], age: int | None) -> tuple[str, ...]:
    """Give everything that speaks against a service, what weighs most first; nothing when it fits."""
    said = {
        "closed": one.closed,
        "let_down": one.left,
        "asked_before": one.asked_before,
        "age": _years_off(one, age) > 0,
        "not_with": not set(one.not_with).isdisjoint(needs),
        "full": one.full,
        "need": set(one.needs).isdisjoint(needs),
    }
    return tuple(code for code, is_so in said.items() if is_so)


def _years_off(one: Candidate, age: int | None) -> int:
    if age is None:
        return 0
    return max((one.age_from or 0) - age, age - one.age_to if one.age_to is not None else 0, 0)


def _order(one: Candidate, wishes: Sequence[str], at: datetime) -> tuple[bool, bool, int, int, int, float, str, int]:
    met = [is_met(wish, one.ways) for wish in wishes]
    unsure = warning(one.fades_at, at) != "" or one.unsure_room
    return unsure, one.tried, met.count(False), met.count(None), one.level, _far(one), one.name, one.key


def _shown_order(one: Candidate, needs: Sequence[str], wishes: Sequence[str], at: datetime) -> tuple[object, ...]:
    """Of equally light ones that which also helps with what presses most comes first: a need weighs more than all beneath it."""
    *first, far, name, key = _order(one, wishes, at)
    return *first, tuple(need not in one.needs for need in needs), far, name, key


def _far(one: Candidate) -> float:
    return one.miles if one.miles is not None else 9999.0


def _taken(ranked: Sequence[Candidate]) -> list[Candidate]:
    """Take the first of those that fit a need; where all of them are of one kind, the best of the other takes the last place."""
    taken, rest = list(ranked[:OFFERS_PER_NEED]), ranked[OFFERS_PER_NEED:]
    other = next((one for one in rest if one.clinical != taken[0].clinical), None)
    if other and len({one.clinical for one in taken}) == 1:
        taken[-1] = other
    return taken


def _passed_over(one: Candidate, taken: Sequence[Candidate], wishes: Sequence[str], at: datetime) -> str:
    """Say in what those that are shown come before this one."""
    mine = _order(one, wishes, at)
    last = max(order for order in (_order(other, wishes, at) for other in taken) if order < mine)
    codes = ("unsure", "tried", "wishes", "wishes")
    return next((code for code, this, that in zip(codes, mine, last, strict=False) if this != that), "far")


def _nearest_miss(
    need: str,
    candidates: Sequence[Candidate],
    against: Mapping[int, tuple[str, ...]],
    age: int | None,
    wishes: Sequence[str],
    at: datetime,
) -> tuple[str, int, str] | None:
    missed = [
        one for one in candidates if need in one.needs and len(against[one.key]) == 1 and against[one.key][0] in MIGHT_STILL_FIT
    ]
    nearest = min(missed, key=lambda one: (_years_off(one, age), _order(one, wishes, at)), default=None)
    return (need, nearest.key, against[nearest.key][0]) if nearest else None


def _offer(one: Candidate, wishes: Sequence[str], at: datetime) -> Offer:
    by = {said: tuple(wish for wish in wishes if is_met(wish, one.ways) is said) for said in (True, False, None)}
    return Offer(one.key, _why(one, at), warning(one.fades_at, at), met=by[True], not_met=by[False], not_said=by[None])


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
