"""One entry, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from re import fullmatch
from uuid import UUID

from django.db.models import Avg, QuerySet, Value
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from alongside.journey.directory.models import ImportRun, Place, Postcode, PostcodeFile, Service, ServiceAtLocation
from alongside.journey.directory.rules import warning
from alongside.reads import Read, filled, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.names import fold
from alongside.vocabulary.postcode import outcode, tidy, unfinished, whole

TO_CHOOSE = 200
OTHER_PLACES = 12
IN_A_FILE = 20_000
"""Entries that stand in a file of them at most; a file says when there are more."""


def get_service(actor: Actor, service_id: UUID) -> Service:
    """Get one service of the actor's hub."""
    found = (
        Service.objects.filter(public_id=service_id, hub_id=actor.hub)
        .select_related("organisation", "team", "replaced_by", "same_as")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def service_of_code(actor: Actor, code: str) -> Service:
    """Get the service that a take-along code names: the first ten digits of its public id."""
    if not fullmatch("[0-9a-f]{10}", code):
        raise NotFound
    first, last = UUID(code + "0" * 22), UUID(code + "f" * 22)
    found = list(Service.objects.filter(hub_id=actor.hub, public_id__gte=first, public_id__lte=last)[:2])
    if len(found) != 1:
        raise NotFound
    return found[0]


def take_along_code(service: Service) -> str:
    """Give the code that leads to a service: short enough to be typed from paper."""
    return service.public_id.hex[:10]


def open_services(actor: Actor) -> QuerySet[Service]:
    """Give the services of the hub that have not closed; of one that several sources have, the entry that is shown."""
    return Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True, same_as__isnull=True)


def every_entry(actor: Actor) -> list[Service]:
    """List every open entry of the hub by name, for a file that anybody may have: one more than stand in it, when there are more."""
    return list(open_services(actor).order_by("name", "pk")[: IN_A_FILE + 1])


def locations_of(service: Service) -> list[ServiceAtLocation]:
    """List where a service is met."""
    return list(service.locations.order_by("pk"))


def also_from(service: Service) -> list[Service]:
    """List the entries of other sources that this one is shown for. Queries: one."""
    return list(service.also.order_by("source", "pk"))


def confirmed_by(service: Service) -> str:
    """Say who confirmed an entry last."""
    newest = service.confirmations.select_related("by__worker", "by__organisation").order_by("-at").first()
    if newest is None:
        return ""
    if newest.by_editor_id:
        return _("the service itself")
    return newest.by_words or (newest.by.organisation.name if newest.by else "")


@dataclass(frozen=True, slots=True)
class ToChoose:
    """Open services for a select: those of the hub's own teams, and the others by whether a human confirmed them lately."""

    of_teams: list[Service]
    confirmed: list[Service]
    others: list[Service]


def services_to_choose(actor: Actor, *, chosen: UUID | None = None) -> ToChoose:
    """List open services by name: at most two hundred without a team, and the one that has been chosen elsewhere."""
    apart = open_services(actor).filter(team__isnull=True)
    found = list(apart.order_by("name", "pk")[:TO_CHOOSE])
    if chosen and chosen not in {one.public_id for one in found}:
        found[:0] = apart.filter(public_id=chosen)
    lately = [one for one in found if not warning(one.fades_at, now())]
    return ToChoose(
        of_teams=list(open_services(actor).filter(team__isnull=False).order_by("name", "pk")[:TO_CHOOSE]),
        confirmed=lately,
        others=[one for one in found if one not in lately],
    )


@dataclass(frozen=True, slots=True)
class PlaceNamed:
    """What a search is near: the place taken, in words that name no other one, and those it may have meant instead."""

    place: Place | None = None
    words: str = ""
    others: tuple[str, ...] = ()
    """Words to search near instead; many places share a name."""
    note: str = ""
    """What whoever searched should know of it: a postcode that nobody knows, that is not whole, or that is no longer used."""


def place_named(text: str) -> PlaceNamed:
    """Find a place by name, outcode or postcode. What is searched near is kept nowhere, but for its outcode.

    In:       "Newport", or as its words say it when there are several: "Newport, Gwent", "Newport, Gwent, NP20"; "NP20", "NP20 4UR".
    Out:      the first of those that fit, one of each other county, then others of the same; twelve at most. The point of a
              postcode where the national file has it; otherwise the place of its outcode, and a note that says so.
    Queries:  one; one more for an outcode that the gazetteer does not know.
    """
    name, *narrower = [part.strip() for part in text.split(",") if part.strip()] or [""]
    if not name:
        return PlaceNamed()
    if outcode(text) or unfinished(text):
        return _by_postcode(text)
    known = list(Place.objects.filter(folded__in=[fold(text), fold(name)]).order_by("county", "outcode", "pk"))
    whole_name = [one for one in known if one.folded == fold(text)]
    found = whole_name or [one for one in known if all(_is_in(one, part) for part in narrower)]
    if not found:
        return PlaceNamed()
    taken = found[0]
    counties = {one.county: one for one in reversed(found)}
    elsewhere = [_place_words(one, found) for county, one in sorted(counties.items()) if county != taken.county]
    here = [_place_words(one, found) for one in found[1:] if one.county == taken.county]
    return PlaceNamed(taken, _place_words(taken, found), tuple([*elsewhere, *here][:OTHER_PLACES]))


def _by_postcode(text: str) -> PlaceNamed:
    """Find the point of a postcode, or else the place of its outcode and what to say of that."""
    code, half = whole(text), outcode(text) or unfinished(text)
    rough = Place.objects.filter(outcode=half).values_list("latitude", "longitude", "name", "county", Value(False), "pk")
    exact = Postcode.objects.filter(code=code).values_list("latitude", "longitude", "code", Value(""), "ended", Value(0))
    found = sorted(exact.union(rough, all=True) if code else rough, key=lambda row: row[-1])
    latitude, longitude, name, county, ended, is_rough = found[0] if found else (0.0, 0.0, "", "", False, 0)
    if found and not is_rough:
        place = Place(name=tidy(text), outcode=half, latitude=latitude, longitude=longitude)
        place.is_exact = True
        return PlaceNamed(
            place, tidy(text), note=_("This postcode is no longer used. We measure from where it was.") if ended else ""
        )
    if found:
        place = Place(name=name, county=county, outcode=half, latitude=latitude, longitude=longitude)
    else:
        middle = _middle_of(half)
        if middle is None:
            return PlaceNamed()
        place = middle
    words = f"{name}, {county} ({half})" if found else half
    if code:
        said = _("We do not know the postcode %(postcode)s, but we know its first half: we measure from around %(outcode)s.")
        return PlaceNamed(place, words, note=said % {"postcode": tidy(text), "outcode": half})
    if not outcode(text):
        return PlaceNamed(
            place, words, note=_("This postcode is not whole: we measure from around %(outcode)s.") % {"outcode": half}
        )
    return PlaceNamed(place, words)


def _middle_of(half: str) -> Place | None:
    """Give the middle of an outcode that the gazetteer does not know, by the postcodes that the national file has of it."""
    those = Postcode.objects.filter(code__gte=half + "0", code__lt=half + ":").annotate(long=Length("code"))
    found = those.filter(long=len(half) + 3).aggregate(latitude=Avg("latitude"), longitude=Avg("longitude"))
    if found["latitude"] is None:
        return None
    return Place(name=half, outcode=half, latitude=found["latitude"], longitude=found["longitude"])


def is_exact(chosen: Place | None, where: ServiceAtLocation | None) -> bool:
    """Tell whether both ends of a distance are points: neither the middle of a town nor that of an outcode."""
    return bool(chosen and where and chosen.is_exact and where.placed_by != "outcode")


def credit_of_places(chosen: Place | None) -> str:
    """Give the line that the licence of the postcode file asks for, where distances are shown. Queries: one, when a place is chosen."""
    stands = PostcodeFile.objects.first() if chosen else None
    if stands is None:
        return ""
    sentence = {
        "ons": _(
            "Contains OS data © Crown copyright and database right %(year)s. Contains Royal Mail data © Royal Mail copyright and"
            " database right %(year)s. Source: Office for National Statistics licensed under the Open Government Licence v.3.0."
        ),
        "os": _(
            "Contains OS data © Crown copyright and database right %(year)s. Contains Royal Mail data © Royal Mail copyright and"
            " database right %(year)s. Contains National Statistics data © Crown copyright and database right %(year)s."
        ),
    }
    return sentence[stands.kind] % {"year": stands.year}


def _is_in(place: Place, narrower: str) -> bool:
    return fold(narrower) == fold(place.county) or narrower.upper() == place.outcode


def _place_words(place: Place, among: list[Place]) -> str:
    """Name a place so that no other one of them is meant: with its county, and its outcode when that is not enough."""
    same = [one for one in among if one.county == place.county]
    parts = (place.name, place.county, place.outcode if len(same) > 1 else "")
    return ", ".join(part for part in parts if part)


def places_met(keys: Iterable[int]) -> Read[ServiceAtLocation]:
    """Give where some services are met, in the order of each entry."""
    return read(_locations, keys=filled(keys))


def _locations(at: datetime, keys: list[int]) -> QuerySet[ServiceAtLocation]:
    return ServiceAtLocation.objects.filter(service_id__in=keys).order_by("pk")


def locations_by_service(found: Iterable[ServiceAtLocation]) -> dict[int, list[ServiceAtLocation]]:
    """Give where each service is met."""
    by_service: dict[int, list[ServiceAtLocation]] = {}
    for one in found:
        by_service.setdefault(one.service_id, []).append(one)
    return by_service


def nearest(places: Iterable[ServiceAtLocation], chosen: Place | None) -> tuple[float | None, ServiceAtLocation | None]:
    """Give how many miles a service is from the place chosen for this search, and where that is.

    Without a place, or where nobody knows how far: the first place of the entry.
    """
    known = list(places)
    placed = [one for one in known if one.latitude is not None and one.longitude is not None]
    if chosen is None or not placed:
        return None, known[0] if known else None
    here = (chosen.latitude, chosen.longitude)
    return min(
        ((miles_between(here, (one.latitude or 0.0, one.longitude or 0.0)), one) for one in placed), key=lambda pair: pair[0]
    )


def was_imported(hub_id: int, source: str) -> bool:
    """Tell whether a feed came in under this name before."""
    return ImportRun.objects.filter(hub_id=hub_id, source=source[:80]).exists()


def sources_with(hub_id: int, source_ids: list[str]) -> list[str]:
    """Name the sources from which services with these ids came in."""
    found = Service.objects.filter(hub_id=hub_id, source_id__in=source_ids)
    return list(found.order_by("source").values_list("source", flat=True).distinct())
