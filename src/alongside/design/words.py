"""Words in the language of the page: codes, dates, numbers of days."""

from __future__ import annotations

from datetime import date, datetime
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
    spoken = language()
    return f"{_DAYS[spoken][value.weekday()]} {value.day} {_MONTHS[spoken][value.month - 1]} {value.year}"


def short_day(value: date | datetime | None) -> str:
    """Write a date shortly, still unmistakable: "Thu 3 Dec 2026"."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = local(value).date()
    spoken = language()
    weekday = _DAYS[spoken][value.weekday()].removeprefix("dydd ")[:3]
    return f"{weekday} {value.day} {_MONTHS[spoken][value.month - 1][:3]} {value.year}"


def clock_time(value: datetime | None) -> str:
    """Write the British time of a moment: "10:42"."""
    return f"{local(value):%H:%M}" if value else ""


def moment(value: datetime | None) -> str:
    """Write a moment: "Thursday 3 December 2026, 10:42"."""
    return f"{day(value)}, {clock_time(value)}" if value else ""


def how_long(minutes: int | None) -> str:
    """Write a length of time in the two largest units that matter: "3 days 4 hours", "12 minutes"."""
    days, rest = divmod(max(int(minutes or 0), 0), 1440)
    hours, left = divmod(rest, 60)
    said = [
        ngettext("%(count)s day", "%(count)s days", days) % {"count": days},
        ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours},
        ngettext("%(count)s minute", "%(count)s minutes", left) % {"count": left},
    ]
    if days:
        return f"{said[0]} {said[1]}" if hours else said[0]
    if hours:
        return f"{said[1]} {said[2]}" if left else said[1]
    return said[2]


def ago(value: datetime | None, now: datetime) -> str:
    """Write how long ago a moment was, for a page that was told the time: "3 days 4 hours ago"."""
    if value is None:
        return ""
    return _("%(time)s ago") % {"time": how_long(int((now - value).total_seconds() // 60))}
