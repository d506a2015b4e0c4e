"""Finding what is out there by words, need, place and age."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import cos, radians
from typing import Any

from django.db.models import Case, Exists, F, FloatField, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import NeedTag, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.asking import read as read_question
from alongside.journey.directory.queries.best import best
from alongside.journey.directory.queries.corrections import is_doubted
from alongside.journey.directory.queries.entries import locations_by_service, nearest, open_services, places_met
from alongside.journey.directory.queries.flow import flow_of
from alongside.journey.directory.queries.in_short import InShort, in_short
from alongside.journey.directory.queries.narrowing import ANYTHING, Choices, narrowed, says, times_by_service, times_of, unsaid_of
from alongside.journey.directory.queries.published import is_where_secret
from alongside.reads import filled, read, together
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.answers import DANGER, MAY_BE
from alongside.vocabulary.clock import now
from alongside.vocabulary.danger_words import CRISIS, hear_danger
from alongside.vocabulary.search_terms import NEED, NEEDED

PAGE = 20
NEAR_MILES = 30.0
MILES_A_DEGREE = 69.0
ORDER = ("after_crisis", "unsaid", "missed", "is_closed", "is_warned", "nearness", "name", "pk")
_FAR = 1_000_000_000
BELIEVED, WARNED, LEFT = range(3)
"""How far an entry is believed, in the order in which they are shown."""
BANDS = (0.8, 0.6, 0.4, 0.2, 0.0)
"""What comes to so much of the most comes before what comes to less, however far it is and whether anybody confirmed it."""
LEAST = 0.12
"""What comes to less than so much of the most is not shown."""
OTHER_AGE = 0.5
"""What a service comes to that is not for an age that the words say."""

IN_SHORT = (
    "public_id", "name", "description", "for_whom", "age_from", "age_to", "when_next", "cost", "how_to_start", "phones", "ways", "team",
    "is_full", "room_weeks", "room_said_at", "room_said_by", "wait_weeks", "wait_said_at", "places_in_all", "places_free",
    "places_said_at", "confirmed_at", "fades_at", "left_at", "closed_at", "replaced_by__name", "replaced_by__public_id",
    "organisation_name", "is_refuge", "no_refuge_said_at",
)  # fmt: skip
"""What a row of results is made of: the rest of an entry is long, and read by nobody here."""

Ending = tuple[int, int, int, int, int, int, str, int]
"""Where a page of results ends: the last row by `ORDER`."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of services found, in plain words."""

    rows: tuple[InShort, ...]
    go_on: Ending | None
    """Where the next page begins, when there is one."""
    is_crisis: bool
    """The search may speak of danger: crisis help stands above everything."""
    places: tuple[tuple[float, float] | None, ...] = ()
    """Where each row is on the map: the nearest of its places, when one is known."""


def find_services(
    actor: Actor,
    *,
    text: str = "",
    need: str = "",
    place: Place | None = None,
    age: int | None = None,
    choices: Choices = ANYTHING,
    after: Ending | None = None,
) -> Found:
    """Find services; near a place, those within thirty miles and those that are not in any place.

    In:       `choices`: what is kept to; crisis offers are shown all the same. `after`: where the page before ended.
    Finds:    by words: what comes to most by `vocabulary/search_terms.py`, a hundred at most; without words: everything
              that meets the need. When the words speak of danger, crisis offers also without them.
    Order:    crisis first when the words call for it; what comes to much before what comes to less; open before closed (which
              only words find); believed before warned, then what let people down; nearest, or what comes to most; name.
    Rows:     twenty. Queries: five by need, at most nine by words, and one more for what is open now, whatever the size of the directory.
    Source:   part 11 of the living directory; ADR 0032.
    """
    danger = hear_danger(text)
    question, terms = read_question(actor.hub, text, danger=DANGER if danger.surely else MAY_BE if danger.may_be else "", age=age)
    asked = _Asked(actor, need, place, age, question.ages, need == CRISIS or danger.surely, choices)
    if asked.is_crisis:
        terms.setdefault(NEED + CRISIS, NEEDED)
    page, places = _by_words(asked, terms, after) if question.words or asked.is_crisis else (_by_need(asked, after), None)
    return _shown(page, places, asked, is_crisis=asked.is_crisis or danger.may_be)


@dataclass(frozen=True, slots=True)
class _Asked:
    actor: Actor
    need: str
    place: Place | None
    age: int | None
    ages: tuple[int, ...]
    """Ages that the words say: what is for them comes before what is not."""
    is_crisis: bool
    choices: Choices


_Page = list[tuple[Ending, int]]
"""Where each row stands, and its service; one more than are shown when there is more."""


_Places = dict[int, list[ServiceAtLocation]]


def _shown(page: _Page, known: _Places | None, asked: _Asked, *, is_crisis: bool) -> Found:
    keys = [key for _standing, key in page[:PAGE]]
    rows, where, times_said = read(_rows, keys=filled(keys), today=local_date(now())), places_met(keys), times_of(keys)
    together(rows, times_said, *([where] if known is None else []))
    services: dict[int, Any] = {one.pk: one for one in rows}
    places = locations_by_service(where) if known is None else known
    places = {key: places.get(key, []) for key in keys if not is_where_secret(services[key])}
    flows, times = flow_of(services.values()), times_by_service(times_said)
    return Found(
        rows=tuple(
            in_short(
                services[key],
                places.get(key, ()),
                asked.place,
                flows.get(key),
                times=times.get(key, ()),
                unsaid=unsaid_of(asked.choices, services[key].ways),
                doubted=services[key].doubted,
            )
            for key in keys
        ),
        places=tuple(_where(places.get(key, ()), asked.place) for key in keys),
        go_on=page[PAGE - 1][0] if len(page) > PAGE else None,
        is_crisis=is_crisis,
    )


def _rows(at: datetime, keys: list[int], today: date) -> QuerySet[Service]:
    services = Service.objects.filter(pk__in=keys).select_related("replaced_by").only(*IN_SHORT)
    return services.annotate(doubted=is_doubted(today))


def _where(places: Iterable[ServiceAtLocation], place: Place | None) -> tuple[float, float] | None:
    _miles, one = nearest(places, place)
    return (one.latitude, one.longitude) if one and one.latitude is not None and one.longitude is not None else None


def _by_need(asked: _Asked, after: Ending | None) -> _Page:
    """Give what meets a need, or everything: in the order of the database."""
    found: Any = open_services(asked.actor).annotate(
        after_crisis=Value(1),
        is_closed=Value(0),
        missed=Value(0),
        is_warned=_is_warned(now()),
        nearness=_nearness_to(asked.place),
    )
    found = narrowed(_of_age_and_place(found, asked.place, asked.age), asked.choices, now())
    if asked.need:
        found = found.filter(_meets(asked.actor.hub, [asked.need]))
    if after:
        found = found.filter(_beyond(after))
    rows = found.order_by(*ORDER).values_list(*ORDER)[: PAGE + 1]
    return [(row, row[-1]) for row in rows]


def _by_words(asked: _Asked, terms: dict[str, float], after: Ending | None) -> tuple[_Page, _Places | None]:
    """Give what comes to most by the terms that are asked for; it is put in order here, since there are few. Near a place, with where each is."""
    scores = best(asked.actor.hub, terms, _box(asked.place) if asked.place else None)
    needs = [asked.need] if asked.need and not asked.is_crisis else []
    keys = dict.fromkeys([*scores, *(read(_crisis_offers, hub_id=asked.actor.hub) if asked.is_crisis else ())])
    found = read(_candidates, keys=filled(keys), hub_id=asked.actor.hub, age=asked.age, needs=needs)
    rows = [row for row in found if not (asked.is_crisis and row[3])]
    times = times_by_service(times_of(row[0] for row in rows)) if asked.choices.open_now else {}
    places, near_by = None, dict[int, int]()
    if asked.place:
        places = locations_by_service(places_met(row[0] for row in rows))
        near_by = _near_by(places, [row[0] for row in rows], asked.place)
        rows = [row for row in rows if row[0] in near_by]
    top = max((scores.get(row[0], 0.0) for row in rows), default=0.0)
    page: _Page = []
    for key, name, is_crisis, is_closed, age_from, age_to, is_warned, ways in rows:
        comes_first = asked.is_crisis and is_crisis
        said = says(asked.choices, ways, times.get(key, ()), now()) if asked.choices else True
        if not comes_first and (
            said is False or (said is None and not asked.choices.unsaid) or (is_closed and asked.choices.open_now)
        ):
            continue
        score = scores.get(key, 0.0)
        if not _is_for(asked.ages, age_from, age_to):
            score *= OTHER_AGE
        if score < LEAST * top and not comes_first:
            continue
        missed = next(band for band, least in enumerate(BANDS) if score >= least * top)
        after_crisis = int(not is_crisis) if asked.is_crisis else 1
        near = near_by[key] if asked.place else round(-score * 1000)
        standing = (after_crisis, int(said is not True), missed, is_closed, is_warned, near, name, key)
        if after is None or standing > after:
            page.append((standing, key))
    return sorted(page)[: PAGE + 1], places


def _crisis_offers(at: datetime, hub_id: int) -> QuerySet[Service, int]:
    return Service.objects.filter(hub_id=hub_id, is_crisis=True, closed_at__isnull=True).values_list("pk", flat=True)


def _candidates(at: datetime, keys: list[int], hub_id: int, age: int | None, needs: list[str]) -> QuerySet[Service, Any]:
    found: Any = Service.objects.filter(pk__in=keys).annotate(
        # Reckoned with, so that they are found by their keys: SQLite would sooner read every service of the hub.
        of_hub=F("hub_id") + 0,
        shown_as=Coalesce("same_as_id", 0),
        is_closed=Case(When(closed_at__isnull=True, then=Value(0)), default=Value(1)),
        is_warned=_is_warned(at),
    )
    found = _of_age(found.filter(of_hub=hub_id, shown_as=0), age)
    if needs:
        found = found.filter(_meets(hub_id, needs))
    return found.values_list("pk", "name", "is_crisis", "is_closed", "age_from", "age_to", "is_warned", "ways")


def _is_for(ages: Iterable[int], age_from: int | None, age_to: int | None) -> bool:
    """Tell whether a service is for every age that was said."""
    return all((age_from is None or age_from <= age) and (age_to is None or age <= age_to) for age in ages)


def _meets(hub_id: int, needs: Sequence[str]) -> Q:
    return Q(pk__in=NeedTag.objects.filter(hub_id=hub_id, need__in=needs).values("service"))


def _near_by(places: _Places, keys: Iterable[int], place: Place) -> dict[int, int]:
    """Give how near each of a few services is, as `_nearness_to` does; those that are beyond the box of the place are left out."""
    (south, north), (west, east) = _box(place).values()
    found: dict[int, int] = {}
    for key in keys:
        at = [
            (one.latitude, one.longitude) for one in places.get(key, ()) if one.latitude is not None and one.longitude is not None
        ]
        if not at:
            found[key] = _FAR
        elif any(south <= latitude <= north and west <= longitude <= east for latitude, longitude in at):
            found[key] = min(_square(place, latitude, longitude) for latitude, longitude in at)
    return found


def _square(place: Place, latitude: float, longitude: float) -> int:
    north, east = latitude - place.latitude, (longitude - place.longitude) * _narrowing(place)
    return int((north * north + east * east) * MILES_A_DEGREE**2 * 1000)


def _of_age(found: QuerySet[Service], age: int | None) -> QuerySet[Service]:
    if age is None:
        return found
    return found.filter(Q(age_from__isnull=True) | Q(age_from__lte=age), Q(age_to__isnull=True) | Q(age_to__gte=age))


def _of_age_and_place(found: QuerySet[Service], place: Place | None, age: int | None) -> QuerySet[Service]:
    found = _of_age(found, age)
    if place:
        # By its service and by nothing else: with the hub in it SQLite reads the whole map again for each service.
        placed = ServiceAtLocation.objects.filter(service=OuterRef("pk"), latitude__isnull=False)
        found = found.filter(Exists(placed.filter(**_box(place))) | ~Exists(placed))
    return found


def _is_warned(at: datetime) -> Case:
    return Case(
        When(left_at__isnull=False, then=Value(LEFT)),
        When(fades_at__gt=at, then=Value(BELIEVED)),
        default=Value(WARNED),
        output_field=IntegerField(),
    )


def _nearness_to(place: Place | None) -> Any:
    """Order by how near: the square of the distance on a flat map, in thousandths of a square mile, as a whole number."""
    if place is None:
        return Value(_FAR)
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
