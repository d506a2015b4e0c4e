"""Finding what is out there: by words, need, place and age; and matching from ranked needs. Entries are public in their hub."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.design.words import words
from alongside.journey.directory.codes import WARNING, WHY_NOT
from alongside.journey.directory.models import NeedTag, Place, SearchWord, Service, ServiceAtLocation
from alongside.journey.directory.rules import Candidate, match, warning
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.names import fold
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.postcode import outcode
from alongside.vocabulary.text import first_line

PAGE = 20
CONSIDERED = 400
NEAR_MILES = 30.0


@dataclass(frozen=True, slots=True)
class Found:
    """A service found, with how far it is from the place chosen for this search."""

    service: Service
    miles: float | None
    address: str


def get_service(actor: Actor, service_id: UUID) -> Service:
    """Get one service of the actor's hub."""
    found = Service.objects.filter(public_id=service_id, hub_id=actor.hub).select_related("organisation", "team").first()
    if found is None:
        raise NotFound
    return found


def locations_of(service: Service) -> list[ServiceAtLocation]:
    """List where a service is met."""
    return list(service.locations.order_by("pk"))


def confirmed_by(service: Service) -> str:
    """Say who confirmed an entry last."""
    newest = service.confirmations.select_related("by__worker", "by__organisation").order_by("-at").first()
    if newest is None:
        return ""
    return newest.by_words or (newest.by.organisation.name if newest.by else "")


def services_to_choose(actor: Actor) -> list[Service]:
    """List the open services of the hub by name, for a select."""
    return list(Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True).order_by("name", "pk")[:500])


def place_named(text: str) -> Place | None:
    """Find a place by name or outcode (a full postcode is cut to its outcode: never anybody's home)."""
    if not text.strip():
        return None
    code = outcode(text)
    if code:
        return Place.objects.filter(outcode=code).order_by("pk").first()
    return Place.objects.filter(folded=fold(text)).order_by("pk").first()


def place_of_postcode(postcode: str) -> Place | None:
    """Find the rough place of a service's postcode."""
    code = outcode(postcode)
    return Place.objects.filter(outcode=code).order_by("pk").first() if code else None


def find_services(
    actor: Actor, *, text: str = "", need: str = "", place: Place | None = None, age: int | None = None, after: int = 0
) -> tuple[list[Found], int]:
    """Find open services.

    In:       `after`: how many were shown before (a page is 20 of at most 400 considered).
    Out:      the page, and the number to go on from, or 0.
    Order:    crisis first when the words call for it; confirmed before unconfirmed; nearest; name.
    Queries:  three, whatever the size of the directory.
    """
    asked = words_of(text)
    found = _open(actor)
    for word in asked[:5]:
        found = found.filter(
            Exists(SearchWord.objects.filter(service=OuterRef("pk"), hub_id=actor.hub, word__startswith=word[:40]))
        )
    if need:
        found = found.filter(Exists(NeedTag.objects.filter(service=OuterRef("pk"), hub_id=actor.hub, need=need)))
    if age is not None:
        found = found.filter(Q(age_from__isnull=True) | Q(age_from__lte=age), Q(age_to__isnull=True) | Q(age_to__gte=age))
    if place:
        found = found.filter(pk__in=_nearest(actor, place))
    services = list(found.order_by("name", "pk")[:CONSIDERED])
    where = _where([one.pk for one in services])
    at = now()
    calls_for_crisis = (
        bool({"crisis", "suicide", "suicidal", "hurt", "danger", "argyfwng", "hunanladdiad"} & set(asked)) or need == "self_harm"
    )
    rows = [_found(one, where.get(one.pk, []), place) for one in services]
    rows.sort(
        key=lambda row: (
            not (calls_for_crisis and row.service.is_crisis),
            warning(row.service.confirmed_at, at) != "",
            row.miles if row.miles is not None else 9999.0,
            row.service.name,
        )
    )
    page = rows[after : after + PAGE]
    return page, after + PAGE if len(rows) > after + PAGE else 0


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer, in plain words."""

    service_id: UUID
    name: str
    about: str
    why: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Offers for each need in order, and everything left out with why not."""

    offers: tuple[tuple[str, tuple[Offered, ...]], ...]
    not_shown: tuple[tuple[str, str], ...]


def match_services(actor: Actor, *, needs: list[str], age: int | None, place: Place | None = None) -> Matching:
    """Match services to ranked needs, in plain words. A diagnosis is nowhere among the parameters.

    Queries: three.
    """
    services = list(Service.objects.filter(hub_id=actor.hub).order_by("pk")[:2000])
    where = _where([one.pk for one in services])
    tags: dict[int, list[str]] = {}
    for service_id, need in NeedTag.objects.filter(hub_id=actor.hub).values_list("service_id", "need"):
        tags.setdefault(service_id, []).append(need)
    by_key = {one.pk: _found(one, where.get(one.pk, []), place) for one in services}
    candidates = [
        Candidate(
            key=one.pk,
            name=one.name,
            needs=tuple(tags.get(one.pk, ())),
            level=one.level,
            age_from=one.age_from,
            age_to=one.age_to,
            miles=by_key[one.pk].miles,
            closed=one.closed_at is not None,
            full=one.is_full,
            confirmed_at=one.confirmed_at,
        )
        for one in services
    ]
    result = match(needs, age, candidates, at=now())
    return Matching(
        offers=tuple(
            (
                need,
                tuple(
                    Offered(
                        by_key[offer.key].service.public_id,
                        by_key[offer.key].service.name,
                        first_line(by_key[offer.key].service.description, 180),
                        tuple(_spoken(why, by_key[offer.key].service) for why in offer.why),
                        words(WARNING, offer.warning),
                    )
                    for offer in offers
                ),
            )
            for need, offers in result.offers
        ),
        not_shown=tuple((by_key[key].service.name, words(WHY_NOT, why)) for key, why in result.not_shown),
    )


def _spoken(why: str, service: Service) -> str:
    if why.startswith("near:"):
        return _("about %(miles)s miles from the place you chose") % {"miles": why[5:]}
    if why == "age":
        if service.age_from is not None and service.age_to is not None:
            return _("for ages %(low)s to %(high)s") % {"low": service.age_from, "high": service.age_to}
        if service.age_from is not None:
            return _("for ages from %(low)s") % {"low": service.age_from}
        return _("for ages up to %(high)s") % {"high": service.age_to}
    return {
        "need": _("it is for this need"),
        "light": _("it is light: easy to start"),
        "confirmed": _("confirmed by a person in the last year"),
    }[why]


def _open(actor: Actor) -> QuerySet[Service]:
    return Service.objects.filter(hub_id=actor.hub, closed_at__isnull=True)


def _nearest(actor: Actor, place: Place) -> list[int]:
    """Give the services with the nearest places, out of a box of about 30 miles that an index finds."""
    high = NEAR_MILES / 69.0
    narrowing = max(cos(radians(place.latitude)), 0.2)
    north, east = F("latitude") - place.latitude, (F("longitude") - place.longitude) * narrowing
    near = ServiceAtLocation.objects.filter(
        hub_id=actor.hub,
        service__closed_at__isnull=True,
        latitude__range=(place.latitude - high, place.latitude + high),
        longitude__range=(place.longitude - high / narrowing, place.longitude + high / narrowing),
    )
    return list(near.order_by(north * north + east * east, "pk").values_list("service_id", flat=True)[: CONSIDERED * 2])


def _where(keys: list[int]) -> dict[int, list[ServiceAtLocation]]:
    found: dict[int, list[ServiceAtLocation]] = {}
    for one in ServiceAtLocation.objects.filter(service_id__in=keys).order_by("pk"):
        found.setdefault(one.service_id, []).append(one)
    return found


def _found(service: Service, places: list[ServiceAtLocation], chosen: Place | None) -> Found:
    best: tuple[float, ServiceAtLocation] | None = None
    if chosen:
        for one in places:
            if one.latitude is not None and one.longitude is not None:
                miles = miles_between((chosen.latitude, chosen.longitude), (one.latitude, one.longitude))
                best = (miles, one) if best is None or miles < best[0] else best
    shown = best[1] if best else (places[0] if places else None)
    address = ", ".join(part for part in (shown.address, shown.postcode) if part) if shown else ""
    return Found(service, best[0] if best else None, address)
