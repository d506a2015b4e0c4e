"""When a service is open, read from what its entry says: from the times of Open Referral UK, or from words ("Mon to Fri 9am-5pm").

What is not wholly understood says nothing: somebody who is sent to a door has to find it open.
Source: RFC 5545 (FREQ, BYDAY) as Open Referral UK uses it; S2-167 (which of them are open now).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

DAY, WEEK = 24 * 60, 7 * 24 * 60
"""Minutes."""
MOST = 40
"""So many times of one service are kept."""
BYDAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORT = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WELSH = ("Llun", "Mawrth", "Mercher", "Iau", "Gwener", "Sadwrn", "Sul")
_RUN = rf"(?:{'|'.join(_SHORT)})(?: to (?:{'|'.join(_SHORT)}))?"
_TIMES = r"\d{1,2}:\d\d(?: to \d{1,2}:\d\d)?"
_SPOKEN = re.compile(rf"{_RUN}(?:, {_RUN})*(?: {_TIMES})?")
"""What `spoken` says of days and times."""


@dataclass(frozen=True, slots=True, order=True)
class Open:
    """One time of the week, in minutes since Monday began: from `opens` until just before `closes`, which may be the next week's."""

    opens: int
    closes: int
    first: date | None = None
    last: date | None = None
    """The days between which this holds, when that was said."""

    def holds_on(self, day: date) -> bool:
        """Tell whether this is said of a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def times_of(schedules: Iterable[Mapping[str, Any]], words: str) -> tuple[Open, ...]:
    """Give the times of the week in which a service is open: what its schedules say, or else its words."""
    found = {one for schedule in schedules for one in _of_schedule(schedule)}
    if not found and not words:
        return ()
    return tuple(sorted(found or set(in_words(words)), key=lambda one: (one.opens, one.closes))[:MOST])


def spoken(schedule: Mapping[str, Any]) -> str:
    """Say one schedule of Open Referral UK in words, when it has none of its own: "Mon to Thu, Sat 09:30 to 15:30"."""
    days = [part.strip() for part in str(schedule.get("byday") or "").upper().split(",") if part.strip()]
    if not all(day in BYDAY for day in days):
        said = ",".join(days)
    else:
        runs = list[list[int]]()
        for day in sorted({BYDAY.index(day) for day in days}):
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        said = ", ".join(_SHORT[run[0]] if len(run) == 1 else f"{_SHORT[run[0]]} to {_SHORT[run[-1]]}" for run in runs)
    opens, closes = (str(schedule.get(name) or "")[:5] for name in ("opens_at", "closes_at"))
    return " ".join(filter(None, (said, f"{opens} to {closes}" if opens and closes else opens or closes)))


def said_in_welsh(words: str) -> str:
    """Say in Welsh what `spoken` said of schedules, one after the other; what a human wrote stays as they wrote it."""
    return "; ".join(_welsh(part) if _SPOKEN.fullmatch(part) else part for part in words.split("; "))


def _welsh(part: str) -> str:
    part = re.sub(r"(\d) to (\d)", r"\1 tan \2", part).replace(" to ", " i ")
    return re.sub("|".join(_SHORT), lambda day: _WELSH[_SHORT.index(day[0])], part)


def minute_of_week(moment: datetime) -> int:
    """Give how many minutes of the week have passed by the clock that a moment carries."""
    return moment.weekday() * DAY + moment.hour * 60 + moment.minute


def open_until(times: Iterable[Open], moment: datetime) -> datetime | None:
    """Give when that closes which is open at a moment; none when nothing is.

    In: a moment that carries the clock of the place. What closes at midnight and opens then closes later.
    """
    known, now = list(times), minute_of_week(moment)
    closes = now
    for _step in range(len(known) + 7):
        later = max((end for one in known for end in _ends(one, closes, moment, now)), default=closes)
        if later == closes:
            break
        closes = later
        if closes - now >= WEEK:
            break
    return _clock(moment, now, closes) if closes > now else None


def opens_next(times: Iterable[Open], moment: datetime) -> datetime | None:
    """Give when it opens next within a week, when it is closed now."""
    now, found = minute_of_week(moment), list[datetime]()
    for one in times:
        opens = one.opens if one.opens > now else one.opens + WEEK
        at = _clock(moment, now, opens)
        if one.holds_on(at.date()):
            found.append(at)
    return min(found, default=None)


def _ends(one: Open, at: int, moment: datetime, now: int) -> Iterator[int]:
    """Give when a time ends in which a minute lies, which may be one of the next week."""
    for weeks in (-1, 0, 1):
        opens, closes = one.opens + weeks * WEEK, one.closes + weeks * WEEK
        if opens <= at < closes and one.holds_on((moment + timedelta(minutes=opens - now)).date()):
            yield closes


def _clock(moment: datetime, now: int, minute: int) -> datetime:
    """Give the moment of a minute of this week or the next on the same clock, whatever summer time does between."""
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    day, rest = divmod(minute - moment.weekday() * DAY, DAY)
    return (midnight + timedelta(days=day)).replace(hour=rest // 60, minute=rest % 60)


def _of_schedule(schedule: Mapping[str, Any]) -> Iterator[Open]:
    """Read one schedule of Open Referral UK: every week, on some days, from and to a time."""
    often = str(schedule.get("freq") or "WEEKLY").upper()
    if often not in ("WEEKLY", "DAILY") or str(schedule.get("interval") or 1) not in ("1", "1.0") or schedule.get("bymonthday"):
        return
    opens, closes = _clock_time(schedule.get("opens_at")), _clock_time(schedule.get("closes_at"))
    if opens is None or closes is None:
        return
    if closes <= opens:
        closes += DAY
    said = str(schedule.get("byday") or ("" if often == "WEEKLY" else ",".join(BYDAY))).upper()
    days = [part.strip() for part in said.split(",") if part.strip()]
    if any(day not in BYDAY for day in days):
        return
    first, last = (_date(schedule.get(name)) for name in ("valid_from", "valid_to"))
    for day in dict.fromkeys(days):
        begins = BYDAY.index(day) * DAY
        yield Open(begins + opens, begins + closes, first, last)


def _clock_time(value: Any) -> int | None:
    found = re.match(r"^(\d{1,2}):(\d{2})(:\d{2})?", str(value or ""))
    if not found or int(found[1]) > 24 or int(found[2]) > 59:
        return None
    minutes = int(found[1]) * 60 + int(found[2])
    return DAY if minutes >= DAY - 1 else minutes


def _date(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None


_DAYS = {
    name: day
    for day, names in enumerate(
        (
            "mon monday mondays llun", "tue tues tuesday tuesdays mawrth maw", "wed weds wednesday wednesdays mercher mer",
            "thu thur thurs thursday thursdays iau", "fri friday fridays gwener gwe", "sat saturday saturdays sadwrn sad",
            "sun sunday sundays sul",
        )
    )
    for name in names.split()
}  # fmt: skip
_MANY = {
    "weekdays": range(5), "weekday": range(5), "weekends": range(5, 7), "weekend": range(5, 7), "daily": range(7), "everyday": range(7),
}  # fmt: skip
_ALL_DAY = "allday"
_PHRASES = (
    (r"\b(7|seven) days a week\b|\b7 days\b|\bevery ?day\b|\bbob dydd\b|\bsaith diwrnod yr wythnos\b", " daily "),
    (r"\b24 ?/ ?7\b|\b24 hours a day\b|\bday (and|or) night\b|\bevery hour of\b|\bdydd a nos\b|\b24[ -]?(hours?|hrs?|awr)\b", " allday "),
    (r"\bround the clock\b", " allday "),
    (r"\ball year( round)?\b|\b365 days a year\b|\bo'?clock\b|\bo'?r gloch\b", " "),
    (r"\b(12 ?)?(noon|midday|canol dydd|hanner dydd)\b", " 12:00 "),
    (r"\b(12 ?)?(midnight|canol nos|hanner nos)\b", " 24:00 "),
    (r"(?<=\d)\.(?=\d\d)", ":"),
    (r"\b([ap])\.?m\b\.?", r"\1m"),
    (r"\bar gau\b", "closed"),
    (r"[–—‒-]|\b(until|till?|through|hyd|tan|i)\b", " to "),
)  # fmt: skip
_SAYS_NOTHING = frozenset(
    ("open", "opening", "hours", "hour", "times", "is", "are", "we", "on", "the", "of", "and", "lines", "line", "phone", "office", "our",
     "from", "between", "o", "rhwng", "ar", "agor", "oriau", "dydd", "ddydd", "dyddiau", "a", "ac", "every", "each", "at", "all", "day",
     "drop", "in")
)  # fmt: skip
_LIMITS = re.compile(
    r"\b(term|tymor|except|eithrio|only|yn unig|alternate|fortnight\w*|every other|bob yn ail|monthly|misol|month|mis|first|second|third|"
    r"fourth|last|appointment|apwyntiad|winter|summer|gaeaf|haf|school)\b",
    re.IGNORECASE,
)
"""Words that make what stands beside them true only sometimes."""
_SENTENCE = re.compile(r"[;\n|]|(?<!\b[ap]\.m)(?<!\b[ap])\.(?=\s|$)")
_NOON = 12 * 60
_TIME = re.compile(r"(\d{1,2})(?::(\d{2}))?(am|pm)?")


def in_words(text: str) -> tuple[Open, ...]:
    """Read times of the week in plain words of either language. A sentence that is not understood gives none.

    Where a sentence says that the rest is not so every week, nothing is read at all.
    """
    if _LIMITS.search(text):
        return ()
    return tuple(dict.fromkeys(one for part in _SENTENCE.split(text) if part.strip() for one in _sentence(part)))


def _sentence(text: str) -> list[Open]:
    """Read days and the times after them, again and again: "mon to thu 9 to 5 fri 9 to 4"."""
    tokens = [token for token in _as_tokens(text).split() if token not in _SAYS_NOTHING]
    if _ALL_DAY in tokens:
        days, after = _days([token for token in tokens if token != _ALL_DAY])
        return [] if after else [Open(day * DAY, (day + 1) * DAY) for day in sorted(set(days) or range(7))]
    found = list[Open]()
    while tokens:
        days, tokens = _days(tokens)
        spans, tokens = _spans(tokens)
        if not days or spans is None:
            return []
        found += [Open(day * DAY + opens, day * DAY + closes) for day in days for opens, closes in spans]
    return found


def _days(tokens: list[str]) -> tuple[list[int], list[str]]:
    """Give the days that stand first, and what comes after them."""
    days = list[int]()
    while tokens and tokens[0] in (*_DAYS, *_MANY):
        if tokens[0] in _MANY:
            days += _MANY[tokens[0]]
            tokens = tokens[1:]
        elif tokens[1:2] == ["to"] and tokens[2:3] and tokens[2] in _DAYS:
            first, last = _DAYS[tokens[0]], _DAYS[tokens[2]]
            days += [(first + step) % 7 for step in range((last - first) % 7 + 1)]
            tokens = tokens[3:]
        else:
            days.append(_DAYS[tokens[0]])
            tokens = tokens[1:]
    return days, tokens


def _spans(tokens: list[str]) -> tuple[list[tuple[int, int]] | None, list[str]]:
    """Give the times that stand first ("9 to 12 1 to 4"; none when it is closed), and what comes after; None for what is not understood."""
    if tokens[:1] == ["closed"]:
        return [], tokens[1:]
    spans = list[tuple[int, int]]()
    while len(tokens) > 2 and tokens[1] == "to" and (span := _span(tokens[0], tokens[2])):
        spans.append(span)
        tokens = tokens[3:]
    return spans or None, tokens


def _as_tokens(text: str) -> str:
    """Give words without accents and capitals, times as "9:30am", and "to" between two ends."""
    found = "".join(one for one in unicodedata.normalize("NFKD", text[:400].lower()) if not unicodedata.combining(one))
    for pattern, instead in _PHRASES:
        found = re.sub(pattern, instead, found)
    found = re.sub(r"(\d) ?(am|pm)\b", r"\1\2", found)
    return re.sub(r"[^a-z0-9: ]|:(?!\d)", " ", found)


def _span(first: str, last: str) -> tuple[int, int] | None:
    """Give (opens, closes) in minutes of the day; None when it may be morning or evening, or is no time.

    "9", "5" is nine to five in the afternoon; "1", "4pm" and "1", "4" are after noon; "22:00", "02:00" goes on after midnight.
    """
    one, two = _TIME.fullmatch(first), _TIME.fullmatch(last)
    opens, closes = _minutes(one), _minutes(two)
    if one is None or two is None or opens is None or closes is None:
        return None
    if not one[3] and not two[3]:
        if first[0] != "0" and last[0] != "0" and max(opens, closes) < 13 * 60:
            if opens < 6 * 60:
                opens, closes = opens + _NOON, closes + _NOON
            elif opens < 8 * 60:
                return None
            elif closes <= opens:
                closes += _NOON
    elif not one[3] and two[3] == "pm" and opens + _NOON < closes:
        opens += _NOON if opens < 7 * 60 else 0
    elif not two[3] and closes <= opens:
        closes += _NOON
    closes += DAY if closes <= opens else 0
    return (opens, closes)


def _minutes(time: re.Match[str] | None) -> int | None:
    if time is None:
        return None
    hour, minute, half = int(time[1]), int(time[2] or 0), time[3]
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    return (hour % 12 + 12 * (half == "pm") if half else hour) * 60 + minute


def as_rows(times: Sequence[Open]) -> list[tuple[int, int, date | None, date | None]]:
    """Give times as they are kept: what goes beyond the end of the week goes on at its beginning."""
    rows: list[tuple[int, int, date | None, date | None]] = []
    for one in times:
        rows.append((one.opens, min(one.closes, WEEK), one.first, one.last))
        if one.closes > WEEK:
            rows.append((0, one.closes - WEEK, one.first, one.last))
    return rows
