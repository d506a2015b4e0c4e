"""Matching ranked needs with what is out there, and saying why not. A diagnosis is nowhere among the parameters."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.design.words import words
from alongside.journey.directory.codes import WARNING, WHY_NOT
from alongside.journey.directory.models import NeedTag, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import nearest
from alongside.journey.directory.rules import Candidate, match
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.text import first_line

LEFT_OUT = 100
"""So many of those left out are named on one page."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer, in plain words."""

    service_id: UUID
    name: str
    about: str
    why: tuple[str, ...]
    warning: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Everything that is not offered: how many for each reason, and the names of one stretch of them."""

    counts: tuple[tuple[str, str, int], ...]
    """(code, words, how many)."""
    rows: tuple[tuple[str, str], ...]
    """(service, why)."""
    go_on: int = 0
    """Where the next stretch begins, or 0."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Offers for each need in order, and everything left out with why not."""

    offers: tuple[tuple[str, tuple[Offered, ...]], ...]
    left_out: LeftOut


def match_services(
    actor: Actor, *, needs: list[str], age: int | None, place: Place | None = None, why: str = "", after: int = 0
) -> Matching:
    """Match every service of the hub to ranked needs, in plain words.

    In:       `why`: name only those left out for this reason; `after`: from the service after this key on.
    Rows:     five offers a need; a hundred of those left out at a time.
    Queries:  four, and one more when a place is chosen, whatever the size of the directory.
    """
    candidates = _candidates(actor, place)
    result = match(needs, age, candidates, at=now())
    miles = {one.key: one.miles for one in candidates}
    offered = {offer.key for _need, offers in result.offers for offer in offers}
    listed = [(key, reason) for key, reason in result.not_shown if key > after and why in ("", reason)]
    stretch = listed[:LEFT_OUT]
    services = Service.objects.in_bulk(offered)
    names = dict(Service.objects.filter(pk__in=[key for key, _reason in stretch]).values_list("pk", "name"))
    counts = Counter(reason for _key, reason in result.not_shown)
    return Matching(
        offers=tuple(
            (
                need,
                tuple(
                    Offered(
                        services[offer.key].public_id,
                        services[offer.key].name,
                        first_line(services[offer.key].description, 180),
                        tuple(_spoken(code, services[offer.key], miles[offer.key]) for code in offer.why),
                        words(WARNING, offer.warning),
                    )
                    for offer in offers
                ),
            )
            for need, offers in result.offers
        ),
        left_out=LeftOut(
            counts=tuple((code, words(WHY_NOT, code), counts[code]) for code in WHY_NOT if counts[code]),
            rows=tuple((names[key], words(WHY_NOT, reason)) for key, reason in stretch if key in names),
            go_on=stretch[-1][0] if len(listed) > len(stretch) else 0,
        ),
    )


def _candidates(actor: Actor, place: Place | None) -> list[Candidate]:
    """Give what matching knows of every service of the hub."""
    needs: dict[int, list[str]] = {}
    for service_id, need in NeedTag.objects.filter(hub_id=actor.hub).values_list("service_id", "need"):
        needs.setdefault(service_id, []).append(need)
    places: dict[int, list[ServiceAtLocation]] = {}
    if place:
        known = ServiceAtLocation.objects.filter(hub_id=actor.hub, latitude__isnull=False, longitude__isnull=False)
        for one in known.only("service_id", "latitude", "longitude"):
            places.setdefault(one.service_id, []).append(one)
    services = Service.objects.filter(hub_id=actor.hub).order_by("pk")
    return [
        Candidate(
            key=key,
            name=name,
            needs=tuple(needs.get(key, ())),
            level=level,
            age_from=age_from,
            age_to=age_to,
            miles=nearest(places.get(key, ()), place)[0],
            closed=closed_at is not None,
            full=is_full,
            confirmed_at=confirmed_at,
        )
        for key, name, level, age_from, age_to, closed_at, is_full, confirmed_at in services.values_list(
            "pk", "name", "level", "age_from", "age_to", "closed_at", "is_full", "confirmed_at"
        )
    ]


def _spoken(why: str, service: Service, miles: float | None) -> str:
    if why == "age":
        if service.age_from is not None and service.age_to is not None:
            return _("for ages %(low)s to %(high)s") % {"low": service.age_from, "high": service.age_to}
        if service.age_from is not None:
            return _("for ages from %(low)s") % {"low": service.age_from}
        return _("for ages up to %(high)s") % {"high": service.age_to}
    return {
        "need": _("it is for this need"),
        "light": _("it is light: easy to start"),
        "near": _("about %(miles)s miles from the place you chose") % {"miles": f"{miles or 0:.1f}"},
        "confirmed": _("confirmed by a person in the last year"),
    }[why.partition(":")[0]]
