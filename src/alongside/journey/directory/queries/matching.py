"""Matching ranked needs with what is out there, and saying why not. A diagnosis is nowhere among the parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from alongside.design.words import words
from alongside.journey.directory.codes import WHY_NOT
from alongside.journey.directory.models import NeedTag, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import locations_by_service, nearest
from alongside.journey.directory.queries.in_short import InShort, in_short
from alongside.journey.directory.rules import Candidate, match
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

LEFT_OUT = 100
"""So many of those left out are named on one page."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """A service or a team that was offered for this person before and said no, and the sentence that says so."""

    service: int | None
    team: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer, in plain words, and why."""

    short: InShort
    why: tuple[str, ...]


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
    actor: Actor,
    *,
    needs: list[str],
    age: int | None,
    place: Place | None = None,
    earlier: Sequence[EarlierAnswer] = (),
    why: str = "",
    after: int = 0,
) -> Matching:
    """Match every service of the hub to ranked needs, in plain words.

    In:       `earlier`: what was answered for this person; `why`: name only those left out for this reason; `after`: from
              the service after this key on.
    Rows:     five offers a need; a hundred of those left out at a time.
    Queries:  five; one more when a place is chosen, and one when a team has said no; whatever the size of the directory.
    """
    said_no = _said_no(actor, earlier)
    candidates = _candidates(actor, place, said_no)
    result = match(needs, age, candidates, at=now())
    offered = {offer.key for _need, offers in result.offers for offer in offers}
    listed = [(key, reason) for key, reason in result.not_shown if key > after and why in ("", reason)]
    stretch = listed[:LEFT_OUT]
    places = locations_by_service(offered)
    short = {one.pk: in_short(one, places.get(one.pk, ()), place) for one in Service.objects.filter(pk__in=offered)}
    miles = {one.key: one.miles for one in candidates}
    names = dict(Service.objects.filter(pk__in=[key for key, _reason in stretch]).values_list("pk", "name"))
    counts = Counter(reason for _key, reason in result.not_shown)
    return Matching(
        offers=tuple(
            (
                need,
                tuple(
                    Offered(short[offer.key], tuple(_spoken(code, short[offer.key], miles[offer.key]) for code in offer.why))
                    for offer in offers
                ),
            )
            for need, offers in result.offers
        ),
        left_out=LeftOut(
            counts=tuple((code, words(WHY_NOT, code), counts[code]) for code in WHY_NOT if counts[code]),
            rows=tuple(
                (names[key], said_no[key] if reason == "asked_before" else words(WHY_NOT, reason))
                for key, reason in stretch
                if key in names
            ),
            go_on=stretch[-1][0] if len(listed) > len(stretch) else 0,
        ),
    )


def _said_no(actor: Actor, earlier: Sequence[EarlierAnswer]) -> dict[int, str]:
    """Give the sentence of each service that has said no itself or through its team."""
    by_team = {one.team: one.words for one in earlier if one.team}
    found = {}
    if by_team:
        behind = Service.objects.filter(hub_id=actor.hub, team_id__in=by_team).values_list("pk", "team_id")
        found = {key: by_team[team] for key, team in behind}
    return found | {one.service: one.words for one in earlier if one.service}


def _candidates(actor: Actor, place: Place | None, said_no: dict[int, str]) -> list[Candidate]:
    """Give what matching knows of every service of the hub."""
    needs: dict[int, list[str]] = {}
    for service_id, need in NeedTag.objects.filter(hub_id=actor.hub).values_list("service_id", "need"):
        needs.setdefault(service_id, []).append(need)
    places: dict[int, list[ServiceAtLocation]] = {}
    if place:
        known = ServiceAtLocation.objects.filter(hub_id=actor.hub, latitude__isnull=False, longitude__isnull=False)
        for one in known.only("service_id", "latitude", "longitude"):
            places.setdefault(one.service_id, []).append(one)
    services = Service.objects.filter(hub_id=actor.hub, same_as__isnull=True).order_by("pk")
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
            fades_at=fades_at,
            left=left_at is not None,
            asked_before=key in said_no,
        )
        for key, name, level, age_from, age_to, closed_at, is_full, fades_at, left_at in services.values_list(
            "pk", "name", "level", "age_from", "age_to", "closed_at", "is_full", "fades_at", "left_at"
        )
    ]


def _spoken(why: str, service: InShort, miles: float | None) -> str:
    return {
        "need": _("it is for this need"),
        "light": _("it is light: easy to start"),
        "near": _("about %(miles)s miles from the place you chose") % {"miles": f"{miles or 0:.1f}"},
        "age": service.ages,
        "confirmed": _("confirmed by a person lately"),
    }[why.partition(":")[0]]
