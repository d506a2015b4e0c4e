"""The gap map: what people looked for and did not find, against what there is, by need and place. Nobody stands in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import Left, Length, Trim

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import NeedTag, Place, Proposal, RecordedGap, UnmetNeed
from alongside.journey.directory.rules import counted
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.needs import NEEDS

SHOWN_FOR = timedelta(days=365)
ROWS = 200
"""Gaps on the page at most: the most asked for first."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One need in one place."""

    need: str
    outcode: str
    place: str
    """The name of the place, or nothing when none was chosen."""
    asked: str
    """How often in the last year nothing fitted, as `rules.counted` says it."""
    offers_there: int
    """Open services with a place in this outcode."""
    offers: int
    """Open services of the hub, wherever they are."""
    since: date
    answer: str
    """The newest proposal, or nothing."""


@dataclass(frozen=True, slots=True)
class GapMap:
    """All of them, and the needs for which there is no offer at all."""

    gaps: tuple[Gap, ...]
    asked_in_all: str
    """Rounded by itself, so that nothing can be worked out from it."""
    without_offer: tuple[str, ...]


def gap_map(actor: Actor, at: datetime) -> GapMap:
    """Gather the gaps of the last year, the most asked for first.

    Rows: two hundred. Queries: five, whatever the size of the directory.
    """
    unmet = _unmet(actor, local_date(at))
    rows = list(
        unmet.values("need", "outcode").annotate(times=Sum("times"), since=Min("on")).order_by("-times", "need", "outcode")
    )
    there, everywhere = _offers(actor)
    names = _names(row["outcode"] for row in rows[:ROWS])
    answers = _answers(actor)
    return GapMap(
        gaps=tuple(
            Gap(
                need=row["need"],
                outcode=row["outcode"],
                place=names.get(row["outcode"], row["outcode"]),
                asked=counted(row["times"]),
                offers_there=there[row["need"], row["outcode"]] if row["outcode"] else everywhere[row["need"]],
                offers=everywhere[row["need"]],
                since=row["since"],
                answer=answers.get((row["need"], row["outcode"]), ""),
            )
            for row in rows[:ROWS]
        ),
        asked_in_all=counted(sum(row["times"] for row in rows)),
        without_offer=tuple(need for need in NEEDS if not everywhere[need]),
    )


def is_gap(actor: Actor, need: str, outcode: str, at: datetime) -> bool:
    """Tell whether anybody looked for this and found nothing in the last year, or somebody recorded that there is nothing."""
    recorded = RecordedGap.objects.filter(hub_id=actor.hub, need=need, outcode=outcode)
    return _unmet(actor, local_date(at)).filter(need=need, outcode=outcode).exists() or recorded.exists()


def proposals_for(actor: Actor, need: str, outcode: str) -> list[Proposal]:
    """List what was proposed about a gap, newest first; twenty at most."""
    found = Proposal.objects.filter(hub_id=actor.hub, need=need, outcode=outcode).select_related("by__worker", "by__organisation")
    return list(found.order_by("-at", "-pk")[:20])


def place_name(outcode: str) -> str:
    """Name the place of an outcode; the outcode itself where the gazetteer does not know it."""
    return _names([outcode]).get(outcode, outcode)


def _unmet(actor: Actor, on: date) -> QuerySet[UnmetNeed]:
    return UnmetNeed.objects.filter(hub_id=actor.hub, on__gt=on - SHOWN_FOR)


def _offers(actor: Actor) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Count the open services that meet a need and let nobody down: by need and outcode, and by need alone."""
    met = NeedTag.objects.filter(hub_id=actor.hub, service__closed_at__isnull=True, service__left_at__isnull=True)
    met = met.filter(service__same_as__isnull=True)
    there: dict[tuple[str, str], int] = defaultdict(int)
    placed = met.filter(service__locations__postcode__gt="")
    code: Any = Trim(Left("service__locations__postcode", Length("service__locations__postcode") - 3))
    for need, outcode, count in placed.values_list("need", code).annotate(count=Count("service", distinct=True)):
        there[need, outcode] = count
    everywhere: dict[str, int] = defaultdict(int)
    everywhere.update(met.values_list("need").annotate(count=Count("service", distinct=True)))
    return there, everywhere


def _names(outcodes: Iterable[str]) -> dict[str, str]:
    found = Place.objects.filter(outcode__in=set(outcodes) - {""}).order_by("-pk").values_list("outcode", "name")
    return {code: f"{name} ({code})" for code, name in found}


def _answers(actor: Actor) -> dict[tuple[str, str], str]:
    found = Proposal.objects.filter(hub_id=actor.hub).order_by("at", "pk").values_list("need", "outcode", "words")
    return {(need, outcode): words for need, outcode, words in found}
