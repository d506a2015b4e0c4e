"""Words in the language of the page: codes, dates, numbers of days."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alongside.vocabulary.clock import local
from alongside.vocabulary.codes import Code, CodeList

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
_MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "cy": [
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
}


def language() -> str:
    """Give "cy" or "en"."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def words(codes: CodeList | Code | None, code: Any = None) -> str:
    """Give the words of a code in the language of the page: of a `Code`, or of one code of a list."""
    if isinstance(codes, Code):
        return codes.words(language())
    return codes.words(str(code), language()) if codes is not None and code not in (None, "") else ""


def month_name(number: int, spoken: str) -> str:
    """Give the name of a month in "en" or "cy"."""
    return _MONTHS[spoken][number - 1]


def month_number(name: str) -> int:
    """Give 1 to 12 for the name of a month in either language, also shortened to three letters or more; 0 for none."""
    name = name.lower().strip(".")
    for names in _MONTHS.values():
        found = [number for number, month in enumerate(names, 1) if len(name) >= 3 and month.lower().startswith(name)]
        if len(found) == 1:
            return found[0]
    return 0


def day(value: date | datetime | None) -> str:
    """Write a date with its weekday: "Thursday 3 December 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    return _day(value, language())


@lru_cache(maxsize=4096)
def _day(value: date, spoken: str) -> str:
    return f"{_DAYS[spoken][value.weekday()]} {value.day} {_MONTHS[spoken][value.month - 1]} {value.year}"


def short_day(value: date | datetime | None) -> str:
    """Write a date shortly, still unmistakable: "Thu 3 Dec 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    return _short_day(value, language())


@lru_cache(maxsize=4096)
def _short_day(value: date, spoken: str) -> str:
    weekday = _DAYS[spoken][value.weekday()].removeprefix("dydd ")[:3]
    return f"{weekday} {value.day} {_MONTHS[spoken][value.month - 1][:3]} {value.year}"


def clock_time(value: datetime | None) -> str:
    """Write the British time of a moment: "10:42"."""
    return f"{local(value):%H:%M}" if value else ""


def time_of_day(value: time) -> str:
    """Say a time of day as people do: "8am", "8:30pm", "midday", "midnight"."""
    if value.minute == 0 and value.hour % 12 == 0:
        return _("midday") if value.hour else _("midnight")
    said = f"{value.hour % 12 or 12}" + (f":{value.minute:02d}" if value.minute else "")
    return (_("%(time)sam") if value.hour < 12 else _("%(time)spm")) % {"time": said}


def moment(value: datetime | None) -> str:
    """Write a moment: "Thursday 3 December 2026, 10:42"."""
    return f"{day(value)}, {clock_time(value)}" if value else ""


def opening(value: datetime, now: datetime) -> str:
    """Say when something opens, as people say it: "8 this morning", "8 tomorrow morning", "8:30 on Thursday morning".

    A week or more away it carries its date: "8 on Thursday 3 December 2026".
    """
    at, days = local(value), (local(value).date() - local(now).date()).days
    time = f"{at.hour % 12 or 12}" + (f":{at.minute:02d}" if at.minute else "")
    part = 0 if at.hour < 12 else 1 if at.hour < 17 else 2
    if days == 0:
        said = (_("%(time)s this morning"), _("%(time)s this afternoon"), _("%(time)s this evening"))[part]
    elif days == 1:
        said = (_("%(time)s tomorrow morning"), _("%(time)s tomorrow afternoon"), _("%(time)s tomorrow evening"))[part]
    elif days < 7:
        said = (
            _("%(time)s on %(weekday)s morning"),
            _("%(time)s on %(weekday)s afternoon"),
            _("%(time)s on %(weekday)s evening"),
        )[part]
    else:
        return _("%(time)s on %(day)s") % {"time": time, "day": day(value)}
    return said % {"time": time, "weekday": _DAYS[language()][at.weekday()].removeprefix("dydd ")}


def how_long(minutes: int | None) -> str:
    """Write a length of time in the two largest units that matter: "3 days 4 hours", "12 minutes"."""
    return _how_long(max(int(minutes or 0), 0), get_language())


@lru_cache(maxsize=8192)
def _how_long(minutes: int, spoken: str | None) -> str:
    """Say it in the language that is active: `spoken` only keeps the answers of two languages apart."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    said = []
    if days:
        said.append(ngettext("%(count)s day", "%(count)s days", days) % {"count": days})
    if hours:
        said.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if not days and (left or not hours):
        said.append(ngettext("%(count)s minute", "%(count)s minutes", left) % {"count": left})
    return " ".join(said)


def ago(value: datetime | None, now: datetime) -> str:
    """Write how long ago a moment was, for a page that was told the time: "3 days 4 hours ago"."""
    if value is None:
        return ""
    return _("%(time)s ago") % {"time": how_long(int((now - value).total_seconds() // 60))}
