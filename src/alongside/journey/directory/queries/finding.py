"""Finding what is out there by words, need, place and age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from typing import Any

from django.db.models import Case, Exists, F, FloatField, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from alongside.journey.directory.models import NeedTag, Place, SearchWord, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import locations_by_service, open_services
from alongside.journey.directory.queries.in_short import InShort, in_short
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.danger_words import speaks_of_danger
from alongside.vocabulary.everyday_words import CRISIS, Wish, calls_for_crisis, read_wishes

PAGE = 20
NEAR_MILES = 30.0
MILES_A_DEGREE = 69.0
ORDER = ("after_crisis", "missed", "is_warned", "nearness", "name", "pk")
_FAR = 1_000_000_000
BELIEVED, WARNED, LEFT, CLOSED = range(4)
"""How far an entry is believed, in the order in which they are shown."""

Ending = tuple[int, int, int, int, str, int]
"""Where a page of results ends: the last row by `ORDER`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of services found, in plain words."""

    rows: tuple[InShort, ...]
    go_on: Ending | None
    """Where the next page begins, when there is one."""
    is_crisis: bool
    """The search speaks of danger: crisis help stands above everything."""


def find_services(
    actor: Actor,
    *,
    text: str = "",
    need: str = "",
    place: Place | None = None,
    age: int | None = None,
    after: Ending | None = None,
) -> Found:
    """Find services; near a place, those within thirty miles and those that are not in any place.

    In:       `after`: where the page before ended.
    Finds:    what has every plain word and meets at least one of the needs that the other words mean ("drinking" finds
              what is for alcohol); when the words speak of danger, crisis offers also without them.
    Order:    crisis first when the words call for it; what meets the most; believed before warned; then what let people down,
              then, where words were searched for, what has closed and what is there instead; nearest; name; keyset `after`.
    Rows:     twenty. Queries: two, whatever the size of the directory.
    """
    wishes = read_wishes(text)
    is_crisis = need == CRISIS or calls_for_crisis(wishes) or speaks_of_danger(text)
    every = Service.objects.filter(hub_id=actor.hub, same_as__isnull=True) if wishes and not is_crisis else open_services(actor)
    found = _of_age_and_place(_ranked(every, actor, wishes, place, now(), is_crisis=is_crisis), place, age)
    wanted = _wanted(actor, wishes, need)
    found = found.filter(wanted | Q(is_crisis=True) if is_crisis else wanted)
    if after:
        found = found.filter(_beyond(after))
    services = list(found.select_related("replaced_by").order_by(*ORDER)[: PAGE + 1])
    shown = services[:PAGE]
    places = locations_by_service(one.pk for one in shown)
    last: Any = shown[-1] if len(services) > PAGE else None
    return Found(
        rows=tuple(in_short(one, places.get(one.pk, ()), place) for one in shown),
        go_on=tuple(getattr(last, name) for name in ORDER) if last else None,  # type: ignore[arg-type]  # by ORDER
        is_crisis=is_crisis,
    )


def _wanted(actor: Actor, wishes: tuple[Wish, ...], need: str) -> Q:
    """Give the condition of what was asked: each plain word, at least one of the wishes with a meaning, and the need chosen."""
    meant = [wish for wish in wishes if wish.needs]
    found = Q(missed__lt=len(meant)) if meant else Q()
    for wish in wishes:
        if not wish.needs:
            found &= _says(actor, wish)
    return found & _meets(actor, [need]) if need else found


def _says(actor: Actor, wish: Wish) -> Q:
    """Give the condition that every word of a wish begins a word of the service."""
    found = Q()
    for word in wish.words:
        found &= Q(pk__in=SearchWord.objects.filter(hub_id=actor.hub, word__startswith=word[:40]).values("service"))
    return found


def _meets(actor: Actor, needs: Iterable[str]) -> Q:
    return Q(pk__in=NeedTag.objects.filter(hub_id=actor.hub, need__in=sorted(needs)).values("service"))


def _of_age_and_place(found: QuerySet[Service], place: Place | None, age: int | None) -> QuerySet[Service]:
    if age is not None:
        found = found.filter(Q(age_from__isnull=True) | Q(age_from__lte=age), Q(age_to__isnull=True) | Q(age_to__gte=age))
    if place:
        placed = ServiceAtLocation.objects.filter(service=OuterRef("pk"), hub=OuterRef("hub"), latitude__isnull=False)
        found = found.filter(Exists(placed.filter(**_box(place))) | ~Exists(placed))
    return found


def _ranked(
    found: QuerySet[Service], actor: Actor, wishes: tuple[Wish, ...], place: Place | None, at: datetime, *, is_crisis: bool
) -> QuerySet[Service]:
    """Put beside each service the four figures that order it before its name."""
    missed: Any = Value(0)
    for wish in wishes:
        if wish.needs:
            missed += _nought_when(_says(actor, wish) | _meets(actor, wish.needs))
    return found.annotate(
        after_crisis=_nought_when(Q(is_crisis=True)) if is_crisis else Value(1),
        missed=missed,
        is_warned=Case(
            When(closed_at__isnull=False, then=Value(CLOSED)),
            When(left_at__isnull=False, then=Value(LEFT)),
            When(fades_at__gt=at, then=Value(BELIEVED)),
            default=Value(WARNED),
            output_field=IntegerField(),
        ),
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
