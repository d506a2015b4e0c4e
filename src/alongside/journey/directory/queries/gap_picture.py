"""The gap map by neighbourhood: how often nothing fitted there against what there is, as a table and drawn from the same figures.

The picture is made of what the table says and of nothing else: a circle is as large as the figure that is said, never as the one that
is not. Source: S1-09, S2-048; trust.md T10; the coordinates of outcodes are those of the gazetteer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians, sqrt

from django.db.models import Sum

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import Place, ServiceAtLocation, UnmetNeed
from alongside.journey.directory.queries.gaps import SHOWN_FOR
from alongside.journey.directory.queries.published import where_is_hidden
from alongside.journey.directory.rules import SMALL, counted
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.postcode import outcode

PLACES = 60
"""Neighbourhoods at most: those that were asked for the most."""
WIDTH, LOWEST, MARGIN, SMALLEST = 600.0, 200.0, 60.0, 10.0
"""Of the drawing, in its own units: its width, its least height, what is left free around it; and half the smallest circle's width."""


@dataclass(frozen=True, slots=True)
class OfAPlace:
    """One neighbourhood."""

    outcode: str
    name: str
    asked: str
    """How often in the last year nothing fitted, as `rules.counted` says it."""
    offers: int
    """Open entries there, for whatever need."""
    where: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Dot:
    """One circle: where it stands, how wide it is, its outcode, and whether there is any offer."""

    x: str
    y: str
    r: str
    outcode: str
    has_offers: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing in its own units."""

    width: str
    height: str
    dots: tuple[Dot, ...]


def gaps_by_place(actor: Actor, at: datetime) -> list[OfAPlace]:
    """List the neighbourhoods near which somebody looked and nothing fitted, the most asked for first.

    Rows: sixty. Queries: four, whatever the size of the directory.
    """
    unmet = UnmetNeed.objects.filter(hub_id=actor.hub, on__gt=local_date(at) - SHOWN_FOR).exclude(outcode="")
    asked = list(unmet.values_list("outcode").annotate(times=Sum("times")).order_by("-times", "outcode")[:PLACES])
    placed = ServiceAtLocation.objects.filter(hub_id=actor.hub, service__closed_at__isnull=True, service__left_at__isnull=True)
    placed = placed.filter(service__same_as__isnull=True).exclude(service__in=where_is_hidden(actor)).exclude(postcode="")
    offers = Counter(code for code, _key in {(outcode(code), key) for code, key in placed.values_list("postcode", "service")})
    known = {one.outcode: one for one in Place.objects.filter(outcode__in=[code for code, _times in asked]).order_by("-pk")}
    return [
        OfAPlace(
            code,
            f"{known[code].name} ({code})" if code in known else code,
            counted(times),
            offers[code],
            (known[code].latitude, known[code].longitude) if code in known else None,
        )
        for code, times in asked
    ]


def drawn(places: Sequence[OfAPlace]) -> Picture | None:
    """Draw the neighbourhoods that the gazetteer knows, north above; nothing where it knows none."""
    known = [(one, one.where) for one in places if one.where]
    if not known:
        return None
    narrowing = max(cos(radians(sum(where[0] for _one, where in known) / len(known))), 0.2)
    flat = [(one, where[1] * narrowing, -where[0]) for one, where in known]
    left, top = min(x for _one, x, _y in flat), min(y for _one, _x, y in flat)
    wide, high = max(x for _one, x, _y in flat) - left, max(y for _one, _x, y in flat) - top
    inner = WIDTH - 2 * MARGIN
    scale = inner / max(wide, high, 0.01)
    height = max(high * scale + 2 * MARGIN, LOWEST)
    right, down = (WIDTH - wide * scale) / 2, (height - high * scale) / 2
    dots = tuple(
        Dot(
            _said(right + (x - left) * scale),
            _said(down + (y - top) * scale),
            _said(_radius(one.asked)),
            one.outcode,
            one.offers > 0,
        )
        for one, x, y in flat
    )
    return Picture(_said(WIDTH), _said(height), dots)


def _radius(asked: str) -> float:
    """Give half the width of a circle by what is said: everything from 1 to 7 is one size."""
    number = SMALL if not asked.isdigit() else int(asked)
    return min(SMALLEST + 2.5 * sqrt(max(number - SMALL, 0)), MARGIN * 0.8)


def _said(number: float) -> str:
    return f"{number:.1f}"
