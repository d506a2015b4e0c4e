"""Keeping to what somebody chose in the finder: ways of help, languages, open now. What does not say is set apart, and never lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat

from alongside.journey.directory.models import OpenHours, Service
from alongside.reads import Read, filled, read
from alongside.vocabulary.clock import local
from alongside.vocabulary.opening_hours import Open, minute_of_week, open_until
from alongside.vocabulary.ways_of_help import NOT_SO, OTHER_WAY, is_met


@dataclass(frozen=True, slots=True)
class Choices:
    """What somebody keeps to: codes of `WAYS` and of languages, and whether it has to be open now."""

    ways: tuple[str, ...] = ()
    open_now: bool = False
    unsaid: bool = False
    """Also what does not say; it comes after what does."""

    def __bool__(self) -> bool:
        return bool(self.ways or self.open_now)


ANYTHING = Choices()


def says(choices: Choices, ways: str, times: Sequence[Open], moment: datetime) -> bool | None:
    """Tell whether an entry is all that was chosen; None when it does not say, False when it says that something is not so."""
    known = ways.split()
    found = [is_met(way, known) for way in choices.ways]
    if choices.open_now:
        found.append(open_until(times, local(moment)) is not None if times else None)
    return False if False in found else None if None in found else True


def unsaid_of(choices: Choices, ways: str) -> tuple[str, ...]:
    """Give the ways that were chosen of which an entry says nothing."""
    known = ways.split()
    return tuple(way for way in choices.ways if is_met(way, known) is None)


def narrowed(found: QuerySet[Service], choices: Choices, moment: datetime) -> Any:
    """Keep to what was chosen in the database, as `says` does; `unsaid` is 1 of what does not say, and otherwise 0."""
    if not choices:
        return found.annotate(unsaid=Value(0))
    found = found.annotate(said_ways=Concat(Value(" "), F("ways"), Value(" ")))
    yes, no = Q(), Q()
    for way in choices.ways:
        other = OTHER_WAY.get(way)
        so = Q(said_ways__contains=f" {way} ")
        yes &= so
        no |= Q(said_ways__contains=f" {NOT_SO}{way} ") | (~so & Q(said_ways__contains=f" {other} ") if other else Q(pk__in=[]))
    if choices.open_now:
        hours = OpenHours.objects.filter(service=OuterRef("pk"))
        is_open = Q(Exists(hours.filter(_holds(local(moment)))))
        yes &= is_open
        no |= ~is_open & Q(Exists(hours))
    if not choices.unsaid:
        return found.filter(yes).annotate(unsaid=Value(0))
    rank = Case(When(yes, then=Value(0)), default=Value(1), output_field=IntegerField())
    return found.exclude(no).annotate(unsaid=rank)


def _holds(moment: datetime) -> Q:
    minute, day = minute_of_week(moment), moment.date()
    from_then = Q(first__isnull=True) | Q(first__lte=day)
    return Q(opens__lte=minute, closes__gt=minute) & from_then & (Q(last__isnull=True) | Q(last__gte=day))


def times_of(keys: Iterable[int]) -> Read[tuple[int, Open]]:
    """Give the times of the week in which some services are open, each with its service."""
    return read(_times, keys=filled(keys), into=lambda key, *time: (key, Open(*time)))


def _times(at: datetime, keys: list[int]) -> QuerySet[OpenHours, Any]:
    return (
        OpenHours.objects.filter(service__in=keys)
        .order_by("opens", "pk")
        .values_list("service_id", "opens", "closes", "first", "last")
    )


def times_by_service(found: Iterable[tuple[int, Open]]) -> Mapping[int, list[Open]]:
    """Give in which times of the week each service is open."""
    by_service: dict[int, list[Open]] = {}
    for key, time in found:
        by_service.setdefault(key, []).append(time)
    return by_service
