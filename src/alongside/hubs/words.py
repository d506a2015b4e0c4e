"""What a hub says of itself in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from alongside.design.words import day, language, short_day
from alongside.hubs.queries import hours_of_team
from alongside.vocabulary.clock import local

NAMED = 7


def hours_words(team_id: int | None) -> tuple[str, ...]:
    """Say a team's opening hours, a line for each day it opens; nothing without a team."""
    if team_id is None:
        return ()
    hours = hours_of_team(team_id)
    monday = date(2024, 1, 1)
    lines = []
    for weekday in range(7):
        spans = hours.on(monday + timedelta(days=weekday))
        if spans:
            name = day(monday + timedelta(days=weekday)).split(" 1 ")[0].split(" ")
            label = " ".join(name[:2]) if language() == "cy" else name[0]
            lines.append(f"{label.rstrip(',')}: " + ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans))
    return tuple(lines)


def gaps_words(gaps: Sequence[tuple[datetime, datetime]]) -> str:
    """Say in which opening hours nobody is on duty: the first few, and how many more."""
    said = [f"{short_day(begins)} {local(begins):%H:%M}–{local(ends):%H:%M}" for begins, ends in gaps[:NAMED]]
    if len(gaps) > NAMED:
        said.append(_("and %(count)s more") % {"count": len(gaps) - NAMED})
    return ", ".join(said)
