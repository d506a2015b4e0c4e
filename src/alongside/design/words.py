"""Words in the language of the page: codes, dates, numbers of days."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language

from alongside.vocabulary.clock import local
from alongside.vocabulary.codes import CodeList

_DAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "cy": ("dydd Llun", "dydd Mawrth", "dydd Mercher", "dydd Iau", "dydd Gwener", "dydd Sadwrn", "dydd Sul"),
}
_MONTHS = {
    "en": "January February March April May June July August September October November December".split(),
    "cy": "Ionawr Chwefror Mawrth Ebrill Mai Mehefin Gorffennaf Awst Medi Hydref Tachwedd Rhagfyr".split(),
}


def language() -> str:
    """Give "cy" or "en"."""
    return "cy" if (get_language() or "en").startswith("cy") else "en"


def words(codes: CodeList, code: Any) -> str:
    """Give the words of a code in the language of the page."""
    return codes.words(str(code), language()) if code not in (None, "") else ""


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


def how_long(minutes: int) -> str:
    """Write a length of time in the two largest units that matter: "3 days 4 hours", "12 minutes"."""
    days, rest = divmod(max(minutes, 0), 1440)
    hours, left = divmod(rest, 60)
    unit = (
        {"d": ("day", "days"), "h": ("hour", "hours"), "m": ("minute", "minutes")}
        if language() == "en"
        else {"d": ("diwrnod", "diwrnod"), "h": ("awr", "awr"), "m": ("munud", "munud")}
    )

    def said(count: int, key: str) -> str:
        return f"{count} {unit[key][0 if count == 1 else 1]}"

    if days:
        return f"{said(days, 'd')} {said(hours, 'h')}" if hours else said(days, "d")
    if hours:
        return f"{said(hours, 'h')} {said(left, 'm')}" if left else said(hours, "h")
    return said(left, "m")
