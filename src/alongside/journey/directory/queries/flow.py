"""What became of those introduced to a service, as facts beside its offer: honest waits, counts, and how well the shown waits held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.design.words import how_long, moment, short_day
from alongside.journey.directory.models import Flow, Service
from alongside.journey.directory.rules import PLACES_STAND, SMALL, counted, room_stands
from alongside.reads import filled, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

FAIRLY_SURE, ROUGHLY = 20, 9
"""Of so many waits the range is fairly sure, or roughly right; of fewer it is the longest there was, and a hint."""
CHECKS_SHOWN = 200
THEIRS = 20


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one service, or for the team behind several: see the fields of `Flow`."""

    service_id: int | None
    team_id: int | None
    met_lately: int = 0
    half_days: int | None = None
    most_days: int | None = None
    waiting: int = 0
    longest_days: int | None = None
    introduced: int = 0
    answered: int = 0
    met: int = 0
    settled: int = 0
    came_back: int = 0
    told: int = 0
    went: int = 0
    checked: int = 0
    held: int = 0

    def as_row(self, hub_id: int, at: datetime) -> Flow:
        """Give the row that is kept of it."""
        return Flow(hub_id=hub_id, at=at, **{name: getattr(self, name) for name in self.__slots__})


def last_counted(hub_id: int) -> datetime | None:
    """Tell when the flow of a hub was counted last. Queries: one."""
    return Flow.objects.filter(hub_id=hub_id).order_by("-at").values_list("at", flat=True).first()


def flow_of(services: Iterable[Service]) -> Mapping[int, Flow]:
    """Give the flow of each of some services: of the team behind it where there is one. Queries: one."""
    known = list(services)
    teams = sorted({one.team_id for one in known if one.team_id})
    alone = [one.pk for one in known if not one.team_id]
    found = read(_flows, alone=filled(alone), teams=filled(teams))
    by_key = {(one.service_id, one.team_id): one for one in found}
    of_each = {one.pk: by_key.get((None, one.team_id) if one.team_id else (one.pk, None)) for one in known}
    return {key: flow for key, flow in of_each.items() if flow}


def _flows(at: datetime, alone: list[int], teams: list[int]) -> QuerySet[Flow]:
    return Flow.objects.filter(Q(service_id__in=alone) | Q(team_id__in=teams))


def wait_words(service: Service | None = None, flow: Flow | None = None) -> str:
    """Say how long people wait: counted where enough have met lately, else what the service typed, else that it is to be asked.

    Source: issue "The living directory" 12 and 16; no figure is invented.
    """
    if flow and flow.most_days is not None and flow.half_days is not None:
        return _("Half were met within %(half)s, nine in ten within %(most)s (%(people)s in the last eight weeks: %(sure)s)") % {
            "half": span(flow.half_days),
            "most": span(flow.most_days),
            "people": _how_many(flow.met_lately),
            "sure": _how_sure(flow.met_lately),
        }
    typed = typed_wait(service) if service else ""
    if flow and flow.met_lately:
        too_few = _("Too few met lately to say how long the wait is")
        return f"{too_few}. {typed}" if typed else _("%(too_few)s: ask them.") % {"too_few": too_few}
    return typed or _("The wait is not known: ask them how long it is.")


def typed_wait(service: Service) -> str:
    """Say the wait that a service typed, with whose word it is and when; nothing when it typed none that stands."""
    if service.room_weeks is None or service.is_full or not room_stands(service.room_said_at, now()):
        return _wait_of_entry(service)
    return _("They say: %(wait)s (%(who)s, %(day)s)") % {"wait": _room(service), **_said_by(service)}


def _wait_of_entry(service: Service) -> str:
    """Say the wait that stands in the entry, as whoever keeps it wrote it there; nothing when none stands."""
    if service.wait_weeks is None:
        return ""
    said = {"count": service.wait_weeks, "day": short_day(service.wait_said_at)}
    if service.wait_weeks == 0:
        return _("Nobody waits, they said on %(day)s.") % said
    waits = ngettext(
        "People wait about %(count)s week, they said on %(day)s.", "People wait about %(count)s weeks, they said on %(day)s.", service.wait_weeks
    )  # fmt: skip
    return waits % said


def room_words(service: Service) -> str:
    """Say what a service can take, who said so and when; what was said too long ago is said as that. Nothing when nobody said.

    Source: issue "The living directory" 16.
    """
    if service.room_said_at is None:
        return _("Said to be full, and nobody wrote when: ask them") if service.is_full else ""
    said = {"said": _room(service), **_said_by(service)}
    if room_stands(service.room_said_at, now()):
        return _("Can take: %(said)s (%(who)s, %(day)s)") % said
    return _("Ask again what they can take: they said %(said)s, but long ago (%(who)s, %(day)s)") % said


def place_words(service: Service, at: datetime) -> str:
    """Say how many beds or places are free, of how many and since when; after a day that it is to be asked. Nothing when nobody said."""
    if service.places_said_at is None:
        return ""
    said = {"free": service.places_free, "all": service.places_in_all, "when": moment(service.places_said_at)}
    if at - service.places_said_at < PLACES_STAND:
        return _("Places free: %(free)s of %(all)s (%(when)s)") % said
    return _("Ring to ask what is free: there are %(all)s places, and nobody has said since %(when)s") % said


@dataclass(frozen=True, slots=True)
class Theirs:
    """A service of somebody's own team, and what it said last that it can take."""

    name: str
    service_id: UUID
    said: str
    ask_again: bool
    """It said nothing yet, or too long ago."""


def services_of_my_teams(actor: Actor) -> tuple[Theirs, ...]:
    """List the open services behind which a team of the actor stands, with what each said last that it can take. Queries: one."""
    found = Service.objects.filter(hub_id=actor.hub, team_id__in=actor.team_ids, closed_at__isnull=True).order_by("name", "pk")
    return tuple(
        Theirs(one.name, one.public_id, room_words(one), not room_stands(one.room_said_at, now())) for one in found[:THEIRS]
    )


def is_full_now(service: Service) -> bool:
    """Tell whether a service has said that it is full, not too long ago."""
    return service.is_full and room_stands(service.room_said_at, now())


def _room(service: Service) -> str:
    return weeks_words(None if service.is_full else service.room_weeks)


def weeks_words(weeks: int | None) -> str:
    """Say what can be tapped: people now, in about so many weeks, nobody."""
    if weeks is None:
        return _("nobody, it is full")
    if weeks == 0:
        return _("people now")
    return ngettext("people in about %(count)s week", "people in about %(count)s weeks", weeks) % {"count": weeks}


def _said_by(service: Service) -> dict[str, str]:
    return {"who": service.room_said_by or _("the hub"), "day": short_day(service.room_said_at)}


def fact_words(flow: Flow | None) -> str:
    """Say what became of those introduced in the last year: counts, and 1 to 7 said as that and no nearer. It ranks nothing.

    Source: issue "The living directory" 13.
    """
    if flow is None or not (flow.introduced or flow.told):
        return ""
    told = _("told of it %(told)s, went %(went)s") % {"told": counted(flow.told), "went": counted(flow.went)}
    if flow.introduced <= SMALL:
        said = _("introduced %(introduced)s") % {"introduced": counted(flow.introduced)}
    else:
        said = _("introduced %(introduced)s, answered %(answered)s, met %(met)s, settled %(settled)s, came back %(back)s") % {
            "introduced": counted(flow.introduced),
            "answered": counted(flow.answered),
            "met": counted(flow.met),
            "settled": counted(flow.settled),
            "back": counted(flow.came_back),
        }
    parts = [part for part, is_so in ((said, flow.introduced), (told, flow.told > SMALL)) if is_so]
    return _("People in the last year: %(said)s") % {"said": "; ".join(parts)} if parts else ""


def waiting_words(flow: Flow | None) -> str:
    """Say how many wait there now, and the longest wait so far unless they are few: it would be one person's."""
    if flow is None or not flow.waiting:
        return ""
    if flow.waiting <= SMALL:
        return _("Waiting there now: %(people)s") % {"people": counted(flow.waiting)}
    return _("Waiting there now: %(people)s, the longest for %(time)s") % {
        "people": counted(flow.waiting),
        "time": span(flow.longest_days or 0),
    }


def span(days: int) -> str:
    """Say a wait in days, and from two weeks on in whole weeks, rounded up: nobody is promised less."""
    if days < 14:
        return how_long(max(days, 1) * 1440)
    weeks = -(-days // 7)
    return ngettext("%(count)s week", "%(count)s weeks", weeks) % {"count": weeks}


def _how_many(met: int) -> str:
    return _("fewer than eight people") if met <= SMALL else _("about %(people)s people") % {"people": counted(met)}


def _how_sure(met: int) -> str:
    return _("fairly sure") if met >= FAIRLY_SURE else _("roughly") if met >= ROUGHLY else _("a hint")


@dataclass(frozen=True, slots=True)
class Held:
    """How often what would have been shown held, for one service or team."""

    name: str
    wait: str
    checked: int
    held: int


@dataclass(frozen=True, slots=True)
class HowItHeld:
    """How often the shown waits held in the last half year: in all, and for each service or team with most checks first."""

    at: datetime | None
    checked: int
    held: int
    rows: tuple[Held, ...]


def how_waits_held(actor: Actor) -> HowItHeld:
    """Give the back-test of the waits of the actor's hub, as it was counted last (issue "The living directory" 16). Queries: one."""
    found = list(Flow.objects.filter(hub_id=actor.hub).select_related("service", "team").order_by("-checked", "pk"))
    rows = [
        Held((one.service or one.team).name, wait_words(one.service, one), one.checked, one.held)  # type: ignore[union-attr]  # one of the two
        for one in found
        if one.checked
    ]
    return HowItHeld(
        at=max((one.at for one in found), default=None),
        checked=sum(one.checked for one in found),
        held=sum(one.held for one in found),
        rows=tuple(rows[:CHECKS_SHOWN]),
    )
