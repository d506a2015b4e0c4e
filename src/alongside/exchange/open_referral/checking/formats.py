"""Whether a text is written as the profile says it is; each gives the reason why not, or nothing.

Source: RFC 9562 (UUID), RFC 3986 (URI), RFC 5321 (e-mail), RFC 3339 (moments), ISO 8601 (dates and times).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_URI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
_TIME = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")


def _uuid(text: str) -> str:
    return "" if _UUID.fullmatch(text) else "it is no UUID"


def _uri(text: str) -> str:
    return "" if _URI.fullmatch(text) else "it is no whole address with a scheme, like https://"


def _email(text: str) -> str:
    return "" if _EMAIL.fullmatch(text) else "it is no e-mail address"


def _moment(text: str) -> str:
    if not _MOMENT.fullmatch(text):
        return "it is not written like 2026-03-15T10:30:45Z, with its zone"
    try:
        # Python reads at most six digits of a second; a leap second is one by RFC 3339.
        datetime.fromisoformat(re.sub(r"\.\d+", "", text.upper()).replace(":60", ":59").replace("Z", "+00:00"))
    except ValueError:
        return "there is no such moment"
    return ""


def _date(text: str) -> str:
    try:
        return "" if len(text) == 10 and date.fromisoformat(text) else "it is not written like 2026-03-15"
    except ValueError:
        return "it is not written like 2026-03-15"


def _time(text: str) -> str:
    if not _TIME.fullmatch(text):
        return "it is not written like 09:30"
    try:
        time.fromisoformat(text[:5])
    except ValueError:
        return "there is no such time"
    return ""


FORMATS: dict[str, Callable[[str], str]] = {
    "uuid": _uuid,
    "uri": _uri,
    "email": _email,
    "date-time": _moment,
    "date": _date,
    "time": _time,
}
