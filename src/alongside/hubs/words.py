"""What a hub says of itself in words."""

from __future__ import annotations

from datetime import date, timedelta

from alongside.design.words import day, language
from alongside.hubs.queries import hours_of_team


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
