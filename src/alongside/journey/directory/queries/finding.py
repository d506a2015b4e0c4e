"""Finding what is out there by words, need, place and age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from django.db.models import Case, Exists, F, FloatField, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from alongside.journey.directory.models import NeedTag, Place, SearchWord, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import locations_by_service, nearest, open_services
from alongside.journey.directory.rules import CONFIRMED_FOR
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.need_words import words_of

PAGE = 20
NEAR_MILES = 30.0
MILES_A_DEGREE = 69.0
WORDS = 5
ORDER = ("after_crisis", "is_warned", "nearness", "name", "pk")
CALLS_FOR_CRISIS = {"crisis", "suicide", "suicidal", "hurt", "danger", "argyfwng", "hunanladdiad"}
_FAR = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A service found, with how far it is from the place chosen for this search."""

    service: Service
    miles: float | None
    address: str


Ending = tuple[int, int, int, str, int]
"""Where a page of results ends: the last row by `ORDER`."""


def find_services(
    actor: Actor,
    *,
    text: str = "",
    need: str = "",
    place: Place | None = None,
    age: int | None = None,
    after: Ending | None = None,
) -> tuple[list[Found], Ending | None]:
    """Find open services; near a place, those within thirty miles and those that are not in any place.

    In:       `after`: where the page before ended.
    Out:      a page of twenty, and where it ends when there are more.
    Order:    crisis first when the words call for it; confirmed before unconfirmed; nearest; name; keyset `after`.
    Queries:  two, whatever the size of the directory.
    """
    asked = words_of(text)[:WORDS]
    found = _fitting(open_services(actor), asked, need, place, age)
    calls_for_crisis = bool(CALLS_FOR_CRISIS & set(asked)) or need == "self_harm"
    ranked = _ranked(found, place, now(), calls_for_crisis=calls_for_crisis)
    if after:
        ranked = ranked.filter(_beyond(after))
    services = list(ranked.order_by(*ORDER)[: PAGE + 1])
    shown = services[:PAGE]
    places = locations_by_service(one.pk for one in shown)
    rows = []
    for one in shown:
        miles, where = nearest(places.get(one.pk, ()), place)
        rows.append(Found(one, miles, ", ".join(part for part in (where.address, where.postcode) if part) if where else ""))
    last: Any = shown[-1] if len(services) > PAGE else None
    return rows, tuple(getattr(last, name) for name in ORDER) if last else None  # type: ignore[return-value]  # by ORDER


def _fitting(found: QuerySet[Service], asked: list[str], need: str, place: Place | None, age: int | None) -> QuerySet[Service]:
    mine = {"service": OuterRef("pk"), "hub": OuterRef("hub")}
    for word in asked:
        found = found.filter(Exists(SearchWord.objects.filter(**mine, word__startswith=word[:40])))
    if need:
        found = found.filter(Exists(NeedTag.objects.filter(**mine, need=need)))
    if age is not None:
        found = found.filter(Q(age_from__isnull=True) | Q(age_from__lte=age), Q(age_to__isnull=True) | Q(age_to__gte=age))
    if place:
        placed = ServiceAtLocation.objects.filter(**mine, latitude__isnull=False)
        found = found.filter(Exists(placed.filter(**_box(place))) | ~Exists(placed))
    return found


def _ranked(found: QuerySet[Service], place: Place | None, at: datetime, *, calls_for_crisis: bool) -> QuerySet[Service]:
    """Put beside each service the three figures that order it before its name."""
    return found.annotate(
        after_crisis=_nought_when(Q(is_crisis=True)) if calls_for_crisis else Value(1),
        is_warned=_nought_when(Q(confirmed_at__gte=at - CONFIRMED_FOR)),
        nearness=_nearness_to(place) if place else Value(_FAR),
    )


def _nought_when(condition: Q) -> Case:
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())


def _nearness_to(place: Place) -> Any:
    """Order by how near: the square of the distance on a flat map, in thousandths of a square mile, as a whole number."""
    north = (F("latitude") - place.latitude) * MILES_A_DEGREE
    east = (F("longitude") - place.longitude) * (MILES_A_DEGREE * _narrowing(place))
    placed = ServiceAtLocation.objects.filter(service=OuterRef("pk"), latitude__isnull=False, longitude__isnull=False)
    square = placed.order_by().values("service").annotate(least=Min(north * north + east * east, output_field=FloatField()))
    return Coalesce(Cast(Subquery(square.values("least")) * 1000.0, IntegerField()), _FAR)


def _box(place: Place) -> dict[str, tuple[float, float]]:
    """Give a box of about thirty miles around a place, that an index finds."""
    high = NEAR_MILES / MILES_A_DEGREE
    wide = high / _narrowing(place)
    return {
        "latitude__range": (place.latitude - high, place.latitude + high),
        "longitude__range": (place.longitude - wide, place.longitude + wide),
    }


def _narrowing(place: Place) -> float:
    return max(cos(radians(place.latitude)), 0.2)


def _beyond(after: Ending) -> Q:
    """Give the condition for rows that come after a row, by `ORDER`."""
    found = Q()
    for end in range(len(ORDER)):
        same = dict(zip(ORDER[:end], after[:end], strict=True))
        found |= Q(**same, **{f"{ORDER[end]}__gt": after[end]})
    return found
