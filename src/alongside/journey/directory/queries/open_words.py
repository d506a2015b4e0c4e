"""Saying whether a service is open now, and how far away it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.design.words import clock_time, language, opening
from alongside.vocabulary.bank_holidays import bank_holidays_of
from alongside.vocabulary.clock import local
from alongside.vocabulary.opening_hours import DAY, WEEK, Open, open_until, opens_next, said_in_welsh

MINUTES_A_MILE, DETOUR, FARTHEST = 20, 1.3, 2.5
"""An easy walk; how much longer a way is than the straight line, about; and how many miles nobody is told to walk."""


def open_words(times: Sequence[Open], at: datetime) -> str:
    """Say whether it is open now and until when, or when it opens next; nothing when its hours are not known.

    On a bank holiday most places keep other hours than they say, so then only what is always open is said to be open.
    """
    if not times:
        return ""
    moment = local(at)
    closes = open_until(times, moment)
    if closes and closes - moment >= timedelta(minutes=WEEK - DAY):
        return _("Open now, day and night.")
    if moment.date() in _holidays(moment.year):
        return _("Today is a bank holiday: ask first whether it is open.")
    if closes:
        return _("Open now, until %(time)s.") % {"time": clock_time(closes)}
    opens = opens_next(times, moment)
    return _("Closed now. It opens at %(when)s.") % {"when": opening(opens, at)} if opens else ""


def when_words(when: str) -> str:
    """Say when a service is met, as its entry says it; days and times that were read from its schedules in the language of the page."""
    return said_in_welsh(when) if when and language() == "cy" else when


def is_open(times: Sequence[Open], at: datetime) -> bool:
    """Tell whether it says of itself that it is open now."""
    return open_until(times, local(at)) is not None


def far_words(miles: float, *, exact: bool = False) -> str:
    """Say how far a place is from the one chosen for a search, and how long it is on foot when it is near.

    In: `exact`, both ends are points, and not the middle of an outcode.
    """
    said = (_("%(miles).1f miles") if exact else _("about %(miles).1f miles")) % {"miles": miles}
    if miles > FARTHEST:
        return said
    minutes = max(5, 5 * round(miles * DETOUR * MINUTES_A_MILE / 5))
    walk = ngettext("some %(count)s minute on foot", "some %(count)s minutes on foot", minutes) % {"count": minutes}
    return f"{said}, {walk}"


@lru_cache(maxsize=8)
def _holidays(year: int) -> frozenset[object]:
    return frozenset(bank_holidays_of(year, year))
