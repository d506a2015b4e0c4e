"""The asset map: what there is by need, place and level, and every need that has neither an offer within reach nor a recorded gap.

Nobody stands in it, and what may be a refuge lies nowhere in it (it counts for every place): places are those of the hub's sites, of its entries, and those near which somebody looked for help.

Source: S1-09, S1-10, S2-048; requirements.md 11.4 (every need category with an offer within reach or a recorded gap).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from alongside.hubs.models import Site
from alongside.hubs.queries import local_date
from alongside.journey.directory.models import NeedTag, Place, RecordedGap, ServiceAtLocation, UnmetNeed
from alongside.journey.directory.queries.gaps import SHOWN_FOR
from alongside.journey.directory.queries.published import where_is_hidden
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.levels import LEVELS
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.postcode import outcode

REACH_MILES = 10.0
"""So far an offer is within reach of a place, as the crow flies; one that is in no place is within reach of every place (ours)."""
PLACES = 60
"""Places at most: those that are named most often among sites, entries and searches."""
_A_DEGREE = 69.0


@dataclass(frozen=True, slots=True)
class OfANeed:
    """One need seen from one place."""

    need: str
    by_level: tuple[int, ...]
    """Offers within reach, for each level of `LEVELS`."""
    recorded_on: date | None
    """When it was recorded that there is nothing within reach: here, or in the whole area."""
    recorded_here: bool
    """It was recorded from this very place."""

    @property
    def offers(self) -> int:
        return sum(self.by_level)

    @property
    def has_neither(self) -> bool:
        """No offer within reach, and nobody has recorded it."""
        return not self.offers and self.recorded_on is None


@dataclass(frozen=True, slots=True)
class AssetMap:
    """Every need from one place; every place; and what has neither, in every place."""

    outcode: str
    """The place that is looked from; blank for the whole area."""
    rows: tuple[OfANeed, ...]
    places: tuple[tuple[str, str], ...]
    """(outcode, name)."""
    neither: tuple[tuple[str, str], ...]
    """(need, outcode): blank for the whole area, and then its places are not named as well."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """An open service that lets nobody down: its needs, its level, and where it is met."""

    needs: tuple[str, ...]
    level: int
    where: tuple[tuple[float, float], ...]


def asset_map(actor: Actor, at: datetime, *, near: str = "") -> AssetMap:
    """Gather what there is for every need within reach of every place.

    In:       `near`, the outcode of one of its places; another one is the whole area.
    Queries:  eight, whatever the size of the directory.
    """
    places, reached = _seen_from(actor, at)
    gaps = {(one.need, one.outcode): local_date(one.at) for one in RecordedGap.objects.filter(hub_id=actor.hub)}
    seen = {code: _of_needs(offers, gaps, code) for code, offers in reached.items()}
    chosen = near if near in seen else ""
    nowhere = {one.need for one in seen[""] if one.has_neither}
    neither = [(need, "") for need in NEEDS if need in nowhere]
    neither += [
        (row.need, code) for code, rows in seen.items() if code for row in rows if row.has_neither and row.need not in nowhere
    ]
    return AssetMap(chosen, seen[chosen], tuple((one.outcode, f"{one.name} ({one.outcode})") for one in places), tuple(neither))


def offers_within_reach(actor: Actor, at: datetime) -> dict[str, Counter[str]]:
    """Count the offers for each need within reach of every place, by its outcode; blank for the whole area. Queries: seven."""
    _those, reached = _seen_from(actor, at)
    return {code: Counter(need for one in offers for need in one.needs) for code, offers in reached.items()}


def needs_without_answer(actor: Actor, at: datetime) -> tuple[tuple[str, str], ...]:
    """List every (need, outcode) that has neither an offer within reach nor a recorded gap. Queries: eight."""
    return asset_map(actor, at).neither


def _seen_from(actor: Actor, at: datetime) -> tuple[list[Place], dict[str, list[_Offer]]]:
    """Give the places, and the offers within reach of each and in the whole area."""
    hidden = where_is_hidden(actor)
    offers, places = _offers(actor, hidden), _places(actor, local_date(at), hidden)
    reached = {"": offers}
    for place in places:
        here = (place.latitude, place.longitude)
        reached[place.outcode] = [one for one in offers if _is_within_reach(one, here)]
    return places, reached


def _of_needs(offers: Sequence[_Offer], gaps: dict[tuple[str, str], date], code: str) -> tuple[OfANeed, ...]:
    counts = Counter((need, one.level) for one in offers for need in one.needs)
    levels = [int(level) for level in LEVELS]
    return tuple(
        OfANeed(
            need,
            tuple(counts[need, level] for level in levels),
            gaps.get((need, code)) or gaps.get((need, "")),
            (need, code) in gaps,
        )
        for need in NEEDS
    )


def _offers(actor: Actor, hidden: Collection[int]) -> list[_Offer]:
    met = NeedTag.objects.filter(hub_id=actor.hub, service__closed_at__isnull=True, service__left_at__isnull=True)
    met = met.filter(service__same_as__isnull=True)
    needs: dict[int, list[str]] = defaultdict(list)
    level: dict[int, int] = {}
    for key, need, one in met.values_list("service_id", "need", "service__level"):
        needs[key].append(need)
        level[key] = one
    where: dict[int, set[tuple[float, float]]] = defaultdict(set)
    placed = ServiceAtLocation.objects.filter(hub_id=actor.hub, latitude__isnull=False, longitude__isnull=False)
    placed = placed.exclude(service__in=hidden)
    for key, latitude, longitude in placed.values_list("service_id", "latitude", "longitude"):
        where[key].add((latitude or 0.0, longitude or 0.0))
    return [_Offer(tuple(found), level[key], tuple(where[key])) for key, found in needs.items()]


def _is_within_reach(offer: _Offer, place: tuple[float, float]) -> bool:
    return not offer.where or any(
        abs(one[0] - place[0]) * _A_DEGREE <= REACH_MILES and miles_between(one, place) <= REACH_MILES for one in offer.where
    )


def _places(actor: Actor, on: date, hidden: Collection[int]) -> list[Place]:
    """Give the places of the hub that the gazetteer knows, each outcode once, in the order of their names."""
    named: Counter[str] = Counter()
    entries = ServiceAtLocation.objects.filter(hub_id=actor.hub, service__closed_at__isnull=True).exclude(postcode="")
    entries = entries.exclude(service__in=hidden)
    for postcodes in (entries, Site.objects.filter(hub_id=actor.hub).exclude(postcode="")):
        named.update(code for code in map(outcode, postcodes.values_list("postcode", flat=True)) if code)
    looked = UnmetNeed.objects.filter(hub_id=actor.hub, on__gt=on - SHOWN_FOR).exclude(outcode="")
    named.update(looked.values_list("outcode", flat=True))
    first = {one.outcode: one for one in Place.objects.filter(outcode__in=named).order_by("-pk")}
    most = sorted(first, key=lambda code: (-named[code], code))[:PLACES]
    return sorted((first[code] for code in most), key=lambda one: (one.name, one.outcode))
