"""Good times to reach somebody, as people write them: read only when every word of it is understood.

"Mornings", "weekdays after 5", "dydd Llun, prynhawn" become hours; "when my husband is out" becomes nothing, and then only a person
may judge. Whoever reads half of a sentence about when it is safe has not read it.

Source: trust.md C12; S0-13; the parts of the day are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import time
from itertools import product

from alongside.vocabulary.working_time import Hours

Span = tuple[int, int]
"""Minutes of the day, from and until."""

DAY = 24 * 60
MORNING, AFTERNOON, EVENING, LUNCH = (8 * 60, 12 * 60), (12 * 60, 17 * 60), (17 * 60, 20 * 60), (12 * 60, 14 * 60)
AFTER_SCHOOL, ALL_DAY = (15 * 60 + 30, 20 * 60), (0, DAY)
WEEK, WEEKDAYS, WEEKEND = frozenset(range(7)), frozenset(range(5)), frozenset((5, 6))

_PARTS: tuple[tuple[str, Span], ...] = (
    (r"ar ôl (?:yr )?ysgol|after school", AFTER_SCHOOL),
    (r"(?:at )?lunch ?times?|(?:at )?lunch|amser cinio", LUNCH),
    (r"(?:in the |yn y )?(?:mornings?|boreau|bore)", MORNING),
    (r"(?:in the |yn y )?(?:afternoons?|prynhawniau|prynhawn)", AFTERNOON),
    (r"(?:in the )?evenings?|gyda'r nos|min nos|nosweithiau|fin nos", EVENING),
    (r"any ?time|any time of day|all day|whenever|unrhyw bryd|unrhyw amser|pryd bynnag|trwy'r dydd", ALL_DAY),
)
_DAYS: tuple[tuple[str, frozenset[int]], ...] = (
    (
        r"(?:on |during the )?(?:week ?days?|working days?)|during the week|dyddiau(?:'r)? (?:yr )?wythnos|yn ystod yr wythnos",
        WEEKDAYS,
    ),
    (r"(?:at |on )?(?:the )?week ?ends?|(?:dros y )?penwythnos(?:au)?", WEEKEND),
    (r"every ?day|any day|daily|bob dydd", WEEK),
    (r"(?:on )?mon(?:days?|s)?|(?:ar )?(?:dydd(?:iau)? )?llun", frozenset((0,))),
    (r"(?:on )?tue(?:s(?:days?)?)?|(?:ar )?(?:dydd(?:iau)? )?mawrth", frozenset((1,))),
    (r"(?:on )?wed(?:nesdays?|s)?|(?:ar )?(?:dydd(?:iau)? )?mercher", frozenset((2,))),
    (r"(?:on )?thu(?:r(?:s(?:days?)?)?)?|(?:ar )?(?:dydd )?iau", frozenset((3,))),
    (r"(?:on )?fri(?:days?|s)?|(?:ar )?(?:dydd(?:iau)? )?gwener", frozenset((4,))),
    (r"(?:on )?sat(?:urdays?|s)?|(?:ar )?(?:dydd(?:iau)? )?sadwrn", frozenset((5,))),
    (r"(?:on )?sun(?:days?|s)?|(?:ar )?(?:dydd(?:iau)? )?sul", frozenset((6,))),
)
_FILLER = r"please|only|usually|best|is|are|is best|are best|os gwelwch yn dda|yn unig|sydd orau|dim ond"
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?(?: ?(am|pm|yb|yh)\b)?(?!\d)|(noon|midday|hanner dydd)"
_AFTER = re.compile(rf"(?:after|from|ar ôl|o) (?:{_CLOCK})(?: onwards| ymlaen)?")
_BEFORE = re.compile(rf"(?:before|until|till|by|cyn|tan) (?:{_CLOCK})")
_BETWEEN = re.compile(rf"(?:between |from |rhwng |o )?(?:{_CLOCK}) ?(?:-|–|to|until|and|tan|i|a) ?(?:{_CLOCK})")
_NOT = re.compile(r"(?:but )?(?:not|never|except|no|ond nid|nid|dim|byth|ac eithrio) ")
_SEPARATOR = re.compile(r"\s*(?:[,;&/+.]|\band\b|\bor\b|\ba\b|\bneu\b|\bac\b)\s*|\s+")


def read_good_times(words: str) -> Hours | None:
    """Read when somebody may be reached, as hours by weekday; None when a single word of it is not understood.

    Empty: no words at all are no answer either: ask `says_nothing` first.
    """
    rest = re.sub(r"\s+", " ", words.casefold().replace("’", "'")).strip(" .!")
    clauses = [_read_clause(one) for one in re.split(r"\s*[;]\s*|\s*,\s*(?=but |not |never |except |ond |nid )", rest) if one]
    if not clauses or any(one is None for one in clauses):
        return None
    wanted = [one for one in clauses if one and not one.is_not]
    if len(wanted) > 1 and not all(one.days and one.spans for one in wanted):
        return None  # "mornings; weekdays": does one narrow the other, or add to it?
    found = _hours_of(wanted) if wanted else {day: [ALL_DAY] for day in WEEK}
    for one in clauses:
        if one and one.is_not:
            found = _without(found, one.days or WEEK, one.spans or [ALL_DAY])
    return _as_hours(found) if any(found.values()) else None


def says_nothing(words: str) -> bool:
    """Tell whether nothing is said of when."""
    return not words.strip(" .,;-!")


def within(hours: Hours, begins: time, ends: time) -> Hours:
    """Give what is left of hours between two times of the day."""
    found = {
        day: tuple((max(opens, begins), min(closes, ends)) for opens, closes in spans if max(opens, begins) < min(closes, ends))
        for day, spans in hours.stretches.items()
    }
    return Hours({day: spans for day, spans in found.items() if spans})


class _Clause:
    """What one part of the sentence says: some days, some times of the day, or not then."""

    def __init__(self, is_not: bool) -> None:
        self.is_not = is_not
        self.days: set[int] = set()
        self.spans: list[Span] = []


def _read_clause(text: str) -> _Clause | None:
    negative = _NOT.match(text)
    clause, place = _Clause(bool(negative)), negative.end() if negative else 0
    afters: list[int] = []
    befores: list[int] = []
    while place < len(text):
        step = _step(text, place, clause, afters, befores)
        if step is None:
            return None
        place = step
        gap = _SEPARATOR.match(text, place)
        if place < len(text) and not gap:
            return None
        place = gap.end() if gap else place
    if afters or befores:
        if clause.spans or len(afters) > 1 or len(befores) > 1:
            return None  # "mornings after 10": read by a person
        begins, ends = afters[0] if afters else 0, befores[0] if befores else DAY
        if begins >= ends:
            return None
        clause.spans.append((begins, ends))
    return clause if clause.days or clause.spans else None


def _step(text: str, place: int, clause: _Clause, afters: list[int], befores: list[int]) -> int | None:
    """Read the next thing that is said; give where it ends, or nothing when it is not understood."""
    if found := _BETWEEN.match(text, place):
        begins, ends = _clock(found.groups()[:4]), _clock(found.groups()[4:])
        if begins is None or ends is None:
            return None
        if found[3] is None and found[7] and begins > ends:  # 7-8am
            begins -= 12 * 60
        if begins >= ends:
            return None
        clause.spans.append((begins, ends))
        return found.end()
    for pattern, into in ((_AFTER, afters), (_BEFORE, befores)):
        if found := pattern.match(text, place):
            at = _clock(found.groups())
            if at is None:
                return None
            into.append(at)
            return found.end()
    for part, span in _PARTS:
        if found := re.compile(rf"(?:{part})(?![\w'])").match(text, place):
            clause.spans.append(span)
            return found.end()
    for name, days in _DAYS:
        if found := re.compile(rf"(?:{name})(?![\w'])").match(text, place):
            clause.days |= days
            return found.end()
    found = re.compile(rf"(?:{_FILLER})(?![\w'])").match(text, place)
    return found.end() if found else None


def _clock(groups: tuple[str | None, ...]) -> int | None:
    """Give the minute of the day; an hour from 1 to 7 without "am" is in the afternoon, since nobody means the night."""
    hour, minute, half, noon = groups
    if noon:
        return 12 * 60
    number, past = int(hour or 0), int(minute or 0)
    if number > 24 or past > 59 or (half and not 1 <= number <= 12):
        return None
    if half in ("pm", "yh"):
        number = number % 12 + 12
    elif half in ("am", "yb"):
        number %= 12
    elif 1 <= number <= 7 and len(hour or "") == 1:
        number += 12
    return min(number * 60 + past, DAY)


def _hours_of(clauses: Iterable[_Clause]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = {}
    for one in clauses:
        for day, span in product(sorted(one.days or WEEK), one.spans or [ALL_DAY]):
            found.setdefault(day, []).append(span)
    return found


def _without(found: dict[int, list[Span]], days: Iterable[int], spans: Iterable[Span]) -> dict[int, list[Span]]:
    for day in days:
        for begins, ends in spans:
            kept = [(opens, min(closes, begins)) for opens, closes in found.get(day, [])]
            kept += [(max(opens, ends), closes) for opens, closes in found.get(day, [])]
            found[day] = [(opens, closes) for opens, closes in kept if opens < closes]
    return found


def _as_hours(found: dict[int, list[Span]]) -> Hours:
    return Hours({day: tuple((_time(a), _time(b)) for a, b in _joined(spans)) for day, spans in sorted(found.items()) if spans})


def _joined(spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for begins, ends in sorted(set(spans)):
        if joined and begins <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(ends, joined[-1][1]))
        else:
            joined.append((begins, ends))
    return joined


def _time(minute: int) -> time:
    """Give a time of the day; the end of a day is its last minute."""
    return time.max if minute >= DAY else time(minute // 60, minute % 60)
