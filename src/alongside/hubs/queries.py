"""Reads about the hub: who is on duty, opening hours, standards, who may hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.hubs.codes import STANDARD_DEFAULTS
from alongside.hubs.models import BankHoliday, DutyTurn, Hat, Heartbeat, Hub, Site, Standard, Stop, Team, TeamHours
from alongside.hubs.roles import roles_that
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.working_time import Hours, add_working_days, uncovered


def live(at: datetime, prefix: str = "") -> Q:
    """Say "from then, and not over" of a row with `from_at` and `until_at`."""
    return Q(**{f"{prefix}from_at__lte": at}) & (Q(**{f"{prefix}until_at__isnull": True}) | Q(**{f"{prefix}until_at__gt": at}))


def works_here(at: datetime, prefix: str = "") -> Q:
    """Say that a hat is live, its worker here and trained, and that neither its account nor its organisation is stopped."""
    gone = Q(**{f"{prefix}worker__user__is_active": False})
    here = live(at, prefix) & Q(**{f"{prefix}worker__left_at__isnull": True}) & is_trained(at, prefix)
    return here & ~gone & ~is_stopped(at, prefix)


def is_stopped(at: datetime, prefix: str = "") -> Q:
    """Say that everything of this organisation is stopped in this hub; for whatever has a hub and an organisation.

    Source:   trust.md C15 (organisation kill switch), T07.
    """
    of_it = Stop.objects.filter(
        from_at__lte=at, until_at__isnull=True, hub=OuterRef(f"{prefix}hub"), organisation=OuterRef(f"{prefix}organisation")
    )
    return Q(Exists(of_it))


def is_trained(at: datetime, prefix: str = "") -> Q:
    """Say that the training of a hat's worker has not run out (trust.md 3.1, D0)."""
    until = f"{prefix}worker__trained_until_at"
    return Q(**{f"{until}__isnull": True}) | Q(**{f"{until}__gt": at})


def hours_of_team(team_id: int) -> Hours:
    """Give a team's opening hours as plain values."""
    return _as_hours(read(_hours, team_id=team_id))


def _as_hours(rows: Iterable[tuple[int, time, time]]) -> Hours:
    stretches: dict[int, list[tuple[time, time]]] = {}
    for weekday, opens, closes in rows:
        stretches.setdefault(weekday, []).append((opens, closes))
    return Hours({day: tuple(spans) for day, spans in stretches.items()})


def _hours(team_id: int, at: datetime) -> QuerySet[Any, tuple[int, time, time]]:
    return TeamHours.objects.filter(team_id=team_id).order_by("weekday", "opens").values_list("weekday", "opens", "closes")


def bank_holidays(nation: str, around: date) -> frozenset[date]:
    """Give a nation's bank holidays from a year before to a year after a day."""
    year = timedelta(days=366)
    return frozenset(read(_holidays, nation=nation, begins=around - year, ends=around + year))


def _holidays(nation: str, begins: date, ends: date, at: datetime) -> QuerySet[Any, date]:
    return BankHoliday.objects.filter(nation=nation, on__gte=begins, on__lte=ends).values_list("on", flat=True)


class Door(NamedTuple):
    """What a door of a hub needs to know to say when somebody is in touch."""

    hub: Hub
    """With the team at its door at hand."""
    hours: Hours
    holidays: frozenset[date]


class DoorReads(NamedTuple):
    """What a door is made of, so that it may be asked for together with other reads."""

    hubs: Read[Hub]
    hours: Read[tuple[int, time, time]]
    holidays: Read[date]

    def door(self) -> Door:
        hub = self.hubs.first()
        if hub is None:
            raise Hub.DoesNotExist
        return Door(hub, _as_hours(self.hours), frozenset(self.holidays))


def door_reads(hub_id: int, around: date) -> DoorReads:
    """Prepare a hub, the opening hours of the team at its door, and its nation's bank holidays. Queries: three in one trip."""
    year = timedelta(days=366)
    return DoorReads(
        read(_hub, hub_id=hub_id),
        read(_door_hours, hub_id=hub_id),
        read(_door_holidays, hub_id=hub_id, begins=around - year, ends=around + year),
    )


def _door_hours(hub_id: int, at: datetime) -> QuerySet[Any, tuple[int, time, time]]:
    found = TeamHours.objects.filter(team__in=Hub.objects.filter(pk=hub_id).values("front_door_team"))
    return found.order_by("weekday", "opens").values_list("weekday", "opens", "closes")


def _door_holidays(hub_id: int, begins: date, ends: date, at: datetime) -> QuerySet[Any, date]:
    nation = Hub.objects.filter(pk=hub_id).values("nation")
    return BankHoliday.objects.filter(nation__in=nation, on__gte=begins, on__lte=ends).values_list("on", flat=True)


def on_duty(team_id: int, at: datetime, *, action: str, without: Collection[int] = ()) -> int | None:
    """Give the hat that is on a team's duty rota at a moment, or else the first that sits in it: of a role that does this.

    In: `without` names workers who are not to be asked.
    """
    here = Hat.objects.filter(works_here(at), role__in=roles_that(action)).exclude(worker_id__in=without).order_by("pk")
    turn = here.filter(duty_turns__team_id=team_id, duty_turns__from_at__lte=at, duty_turns__until_at__gt=at)
    seat = here.filter(live(at, "seats__"), seats__team_id=team_id)
    return turn.values_list("pk", flat=True).first() or seat.values_list("pk", flat=True).first()


ROTA_DAYS = 7
"""A public door needs a rota for so many days ahead: every weekday's hours come once."""


def rota_gaps(team_id: int, at: datetime) -> list[tuple[datetime, datetime]]:
    """List a team's opening hours of the coming week in which nobody is on duty who works here and sits in the team.

    Queries:  four.
    Source:   design.md section 5 (no public door without a rota that covers it).
    """
    nation = Team.objects.values_list("hub__nation", flat=True).get(pk=team_id)
    turns = DutyTurn.objects.filter(
        works_here(at, "hat__"), live(at, "hat__seats__"), team_id=team_id, hat__seats__team_id=team_id, until_at__gt=at
    )
    covered = [
        (begins, min(filter(None, (ends, hat_ends, seat_ends))))
        for begins, ends, hat_ends, seat_ends in turns.values_list("from_at", "until_at", "hat__until_at", "hat__seats__until_at")
    ]
    return uncovered(hours_of_team(team_id), bank_holidays(nation, local_date(at)), covered, at, ROTA_DAYS)


def standard(hub_id: int, code: str) -> int:
    """Give the hub's figure for one standard, or our default where the hub has set none."""
    found = read(_standard, hub_id=hub_id, code=code).first()
    return found if found is not None else STANDARD_DEFAULTS[code].value


def _standard(hub_id: int, code: str, at: datetime) -> QuerySet[Any, int]:
    return Standard.objects.filter(hub_id=hub_id, code=code).values_list("value", flat=True)


def teams_in_hub(actor: Actor) -> list[Team]:
    """List the live teams of the actor's hub, by name."""
    return list(Team.objects.filter(hub_id=actor.hub, ended_at__isnull=True).select_related("organisation").order_by("name"))


def hats_in_hub(actor: Actor, at: datetime, *, action: str | None = None) -> list[Hat]:
    """List the live hats of the actor's hub with worker and organisation, by name; only roles that do `action` when given."""
    found = Hat.objects.filter(works_here(at), hub_id=actor.hub).select_related("worker", "organisation")
    if action:
        found = found.filter(role__in=roles_that(action))
    return list(found.order_by("worker__name", "pk"))


def address_of_door(hub: Hub) -> str:
    """Give the address at which paper reaches the team at the door: of its own place, or of the only one of the hub."""
    rows = read(_places, hub_id=hub.pk)
    of_all = {row[:3] for row in rows}
    of_door = {row[:3] for row in rows if row[3] and row[3] == hub.front_door_team_id}
    found = of_door or (of_all if len(of_all) == 1 else set())
    return ", ".join(part for part in next(iter(found), ()) if part)


def _places(hub_id: int, at: datetime) -> QuerySet[Any, tuple[str, str, str, int | None]]:
    return Site.objects.filter(hub_id=hub_id).values_list("name", "address", "postcode", "teams").order_by("pk")[:200]


def hub_of(hub_id: int) -> Hub:
    """Give one hub."""
    found = read(_hub, hub_id=hub_id).first()
    if found is None:
        raise Hub.DoesNotExist
    return found


def _hub(hub_id: int, at: datetime) -> QuerySet[Hub]:
    return Hub.objects.filter(pk=hub_id).select_related("front_door_team")


def local_date(moment: datetime) -> date:
    """Give the British date of a moment."""
    return local(moment).date()


def next_working_day(hub_id: int, on: date, *, team_id: int | None = None, after: int = 0) -> date:
    """Give the working day that lies `after` working days after a day: of a team, or Monday to Friday of the hub's nation."""
    hours = hours_of_team(team_id) if team_id else None
    return add_working_days(on, after, hours=hours, holidays=bank_holidays(hub_of(hub_id).nation, on))


def heartbeat(name: str) -> Heartbeat | None:
    """Give the last turn of work that runs by itself."""
    return read(_heartbeat, name=name).first()


def _heartbeat(name: str, at: datetime) -> QuerySet[Heartbeat]:
    return Heartbeat.objects.filter(name=name)
