"""Matching ranked needs with what is out there, and saying why not. A diagnosis is nowhere among the parameters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.design.words import words
from alongside.journey.directory.codes import WHY_NOT
from alongside.journey.directory.models import NeedTag, Place, Service, ServiceAtLocation
from alongside.journey.directory.queries.entries import locations_by_service, nearest, places_met
from alongside.journey.directory.queries.flow import fact_words, flow_of, room_words, waiting_words
from alongside.journey.directory.queries.in_short import InShort, ages_words, in_short
from alongside.journey.directory.rules import Candidate, Match, Offer, is_clinical, match, room_stands
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.ways_of_help import WAYS

LEFT_OUT = 100
"""So many of those left out are named on one page."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """A service or a team that was tried for this person before, and the sentence that says what came of it."""

    service: int | None
    team: int | None
    words: str
    leaves_out: bool = True
    """It said no, or not yet: it is not offered again now. Otherwise it comes later, with the sentence beside it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer, in plain words, why, and the facts beside it."""

    short: InShort
    why: tuple[str, ...]
    met: tuple[str, ...] = ()
    """Of what was wished for: what its entry says is so,"""
    not_met: tuple[str, ...] = ()
    """what it says is not so,"""
    not_said: tuple[str, ...] = ()
    """and of what it says nothing."""
    also: tuple[str, ...] = ()
    """Others of the person's needs that it is for."""
    tried: str = ""
    """What came of it when it was tried before."""
    facts: tuple[str, ...] = ()
    """What became of those introduced, and how many wait: beside the offer, never in its rank."""


@dataclass(frozen=True, slots=True)
class Missed:
    """What nearly fits a need: the service, and the one reason against it."""

    name: str
    service_id: UUID
    words: str


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
    misses: Mapping[str, Missed]
    """The nearest miss of a need."""


def match_services(
    actor: Actor,
    *,
    needs: list[str],
    age: int | None,
    place: Place | None = None,
    wishes: Sequence[str] = (),
    earlier: Sequence[EarlierAnswer] = (),
    why: str = "",
    after: int = 0,
) -> Matching:
    """Match every service of the hub to ranked needs, in plain words.

    In:       `wishes`, codes of `WAYS`; `earlier`: what was tried for this person; `why`: name only those left out for this reason;
              `after`: from the service after this key on.
    Rows:     five offers a need; a hundred of those left out at a time.
    Queries:  six; one more when a place is chosen, and one when a team was tried before; whatever the size of the directory.
    """
    before = _tried(actor, earlier)
    candidates = _candidates(actor, place, before)
    result = match(needs, age, candidates, wishes=wishes, at=now())
    listed = [(key, reason) for key, reason in result.not_shown if key > after and why in ("", reason)]
    stretch = listed[:LEFT_OUT]
    offered = {offer.key for _need, offers in result.offers for offer in offers}
    services = Service.objects.in_bulk(offered | {key for _need, key, _why in result.misses})
    say = _Say(result, services, place, before, {one.key: one.miles for one in candidates})
    names = dict(Service.objects.filter(pk__in=[key for key, _reason in stretch]).values_list("pk", "name"))
    counts = Counter(reason for _key, reason in result.not_shown)
    return Matching(
        offers=tuple((need, tuple(say.offered(need, offer) for offer in offers)) for need, offers in result.offers),
        left_out=LeftOut(
            counts=tuple((code, words(WHY_NOT, code), counts[code]) for code in WHY_NOT if counts[code]),
            rows=tuple(
                (names[key], before[key].words if reason == "asked_before" else words(WHY_NOT, reason))
                for key, reason in stretch
                if key in names
            ),
            go_on=stretch[-1][0] if len(listed) > len(stretch) else 0,
        ),
        misses={need: say.missed(services[key], reason) for need, key, reason in result.misses},
    )


def _tried(actor: Actor, earlier: Sequence[EarlierAnswer]) -> dict[int, EarlierAnswer]:
    """Give what came of each service that was tried before, itself or through its team; what leaves it out comes before the rest."""
    in_order = sorted(earlier, key=lambda one: one.leaves_out)
    by_team = {one.team: one for one in in_order if one.team}
    found = {}
    if by_team:
        behind = Service.objects.filter(hub_id=actor.hub, team_id__in=by_team).values_list("pk", "team_id")
        found = {key: by_team[team] for key, team in behind}
    for one in in_order:
        if one.service and (one.leaves_out or one.service not in found):
            found[one.service] = one
    return found


def _candidates(actor: Actor, place: Place | None, before: Mapping[int, EarlierAnswer]) -> list[Candidate]:
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
    at = now()
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
            full=is_full and room_stands(said_at, at),
            unsure_room=is_full and not room_stands(said_at, at),
            fades_at=fades_at,
            left=left_at is not None,
            asked_before=key in before and before[key].leaves_out,
            tried=key in before,
            ways=tuple(ways.split()),
            clinical=is_clinical(level, of_team or of_itself or ""),
            not_with=tuple(not_with),
        )
        for key, name, level, age_from, age_to, closed_at, is_full, said_at, fades_at, left_at, ways, of_team, of_itself, not_with in (
            services.values_list(
                "pk", "name", "level", "age_from", "age_to", "closed_at", "is_full", "room_said_at", "fades_at", "left_at",
                "ways", "team__organisation__sector", "organisation__sector", "not_with",
            )
        )
    ]  # fmt: skip


class _Say:
    """What was chosen, in plain words."""

    def __init__(
        self,
        result: Match,
        services: Mapping[int, Service],
        place: Place | None,
        before: Mapping[int, EarlierAnswer],
        miles: Mapping[int, float | None],
    ) -> None:
        self._before, self._miles = before, miles
        self._flows = flow_of(services.values())
        places = locations_by_service(places_met(services))
        self._short = {key: in_short(one, places.get(key, ()), place, self._flows.get(key)) for key, one in services.items()}
        self._for: dict[int, list[str]] = {}
        for need, offers in result.offers:
            for offer in offers:
                self._for.setdefault(offer.key, []).append(need)

    def offered(self, need: str, offer: Offer) -> Offered:
        short, flow = self._short[offer.key], self._flows.get(offer.key)
        return Offered(
            short,
            tuple(_spoken(code, short, self._miles[offer.key]) for code in offer.why),
            met=tuple(words(WAYS, wish) for wish in offer.met),
            not_met=tuple(words(WAYS, wish) for wish in offer.not_met),
            not_said=tuple(words(WAYS, wish) for wish in offer.not_said),
            also=tuple(words(NEEDS, other) for other in self._for[offer.key] if other != need),
            tried=self._before[offer.key].words if offer.key in self._before else "",
            facts=tuple(said for said in (waiting_words(flow), fact_words(flow)) if said),
        )

    def missed(self, service: Service, reason: str) -> Missed:
        said = {
            "age": ages_words(service.age_from, service.age_to),
            "full": room_words(service),
            "asked_before": self._before[service.pk].words if service.pk in self._before else "",
        }
        return Missed(service.name, service.public_id, said.get(reason) or words(WHY_NOT, reason))


def _spoken(why: str, service: InShort, miles: float | None) -> str:
    far = _("%(miles)s miles from the place you chose") if service.exact else _("about %(miles)s miles from the place you chose")
    return {
        "need": _("it is for this need"),
        "light": _("it is light: easy to start"),
        "near": far % {"miles": f"{miles or 0:.1f}"},
        "age": service.ages,
        "confirmed": _("confirmed by a person lately"),
    }[why.partition(":")[0]]
