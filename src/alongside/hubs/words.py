"""What a hub says of itself in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from alongside.design.words import day, language, opening, short_day, time_of_day
from alongside.hubs.models import Hat, Hub, Organisation, Team
from alongside.hubs.queries import bank_holidays, hours_of_team, local_date
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.working_time import closing, next_opening

NAMED = 7


def hub_name(hub: Hub) -> str:
    """Name the hub in the language of the page."""
    return hub.name_cy if language() == "cy" and hub.name_cy else hub.name


def hat_words(hat: Hat, to: Actor | None = None) -> str:
    """Say "Name, organisation": how a worker is named on a page.

    In: `to` whoever reads it on a page about a person. A partner that keeps its own notes is not named to the others there.
    """
    return unnamed_words(hat.organisation, to) or f"{hat.worker.name}, {hat.organisation.name}"


def team_words(team: Team, to: Actor | None = None) -> str:
    """Say a team's name, as `hat_words` says a worker's."""
    return unnamed_words(team.organisation, to) or team.name


def unnamed_words(organisation: Organisation, to: Actor | None) -> str:
    """Say what others read in the place of a partner that keeps its own notes (trust.md section 0, decision 5); else nothing."""
    if to is None or organisation.participation == "full" or to.organisation_id == organisation.pk:
        return ""
    if organisation.participation == "pointer":
        return _("a support service (ring %(line)s)") % {"line": organisation.duty_line}
    return _("a support service")


def open_words(hub: Hub, at: datetime) -> str:
    """Say when a hub is open, and when what is sent is next read."""
    if hub.front_door_team_id is None:
        return ""
    hours, holidays = hours_of_team(hub.front_door_team_id), bank_holidays(hub.nation, local_date(at))
    closes = closing(hours, holidays, at)
    if closes:
        return _("We are open now, until %(time)s. A person reads what you send.") % {"time": time_of_day(local(closes).time())}
    opens = next_opening(hours, holidays, at)
    if opens is None:
        return _("A person reads what you send.")
    return _("We are closed now. We read this from %(when)s.") % {"when": opening(opens, at)}


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
            lines.append(f"{label[:1].upper()}{label[1:]}: " + ", ".join(_stretch(opens, closes) for opens, closes in spans))
    return tuple(lines)


def _stretch(opens: time, closes: time) -> str:
    return _("%(opens)s to %(closes)s") % {"opens": time_of_day(opens), "closes": time_of_day(closes)}


def gaps_words(gaps: Sequence[tuple[datetime, datetime]]) -> str:
    """Say in which opening hours nobody is on duty: the first few, and how many more."""
    said = [f"{short_day(begins)} {local(begins):%H:%M}–{local(ends):%H:%M}" for begins, ends in gaps[:NAMED]]
    if len(gaps) > NAMED:
        said.append(_("and %(count)s more") % {"count": len(gaps) - NAMED})
    return ", ".join(said)
