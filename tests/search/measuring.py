"""Measures the search by the questions: how many of the listed answers stand among the first five, and whether crisis help comes first."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alongside.exchange.open_referral.services import read_services
from alongside.exchange.open_referral.streaming import json_rows
from alongside.journey.directory.commands import import_entries
from alongside.journey.directory.models import Place, Service
from alongside.journey.directory.queries.finding import find_services
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.names import fold

FOLDER = Path(__file__).parent
FIRST = 5


@dataclass(frozen=True)
class Measured:
    """What a set of questions came to."""

    recall: float
    """Of the listed answers, at most five a question, the part that stands among the first five: the mean over questions."""
    hit: float
    """The part of the questions with a listed answer among the first five."""
    by: dict[str, float]
    """Recall by language and kind."""
    crisis_missed: tuple[str, ...]
    """Questions in danger at which no crisis help stood first: neither the page's own lines nor a crisis service."""
    missed: tuple[tuple[str, float], ...]
    """Questions below a recall of 1."""


def load(hub_id: int) -> None:
    """Take the services in as a feed."""
    text = (FOLDER / "services.json").read_text()
    rows = read_services(json_rows(io.StringIO(text), "services.json"), source="set")
    import_entries(actor=Actor.system("tests", hub_id), at=now(), hub_id=hub_id, source="set", rows=rows)
    for name, latitude, longitude in _places(json.loads(text)):
        Place.objects.create(name=name, folded=fold(name), outcode="", county="Made-up", latitude=latitude, longitude=longitude)


def _places(services: list[dict[str, Any]]) -> list[tuple[str, float, float]]:
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for one in services:
        for at in one.get("service_at_locations", ()):
            where = at["location"]
            for address in where.get("addresses", ()):
                if "latitude" in where:
                    found[address["city"]].append((where["latitude"], where["longitude"]))
    return [(name, sum(a for a, _b in at) / len(at), sum(b for _a, b in at) / len(at)) for name, at in sorted(found.items())]


def measure(hub_id: int, questions: str) -> Measured:
    """Ask every question of a file and measure."""
    crisis = set(json.loads((FOLDER / "crisis_ids.json").read_text()))
    by_public = dict(Service.objects.filter(hub_id=hub_id).values_list("public_id", "source_id"))
    recalls: dict[str, list[float]] = defaultdict(list)
    hits, crisis_missed, missed = [], [], []
    for one in json.loads((FOLDER / questions).read_text()):
        place = Place.objects.filter(name=one["place"]).first() if one.get("place") else None
        found = find_services(Actor.public(hub_id), text=one["text"], place=place, age=one.get("age"))
        first = [by_public[row.service_id] for row in found.rows[:FIRST]]
        recall = len(set(first) & set(one["answers"])) / min(FIRST, len(one["answers"]))
        for name in ("all", one["language"], one["kind"]):
            recalls[name].append(recall)
        hits.append(bool(set(first) & set(one["answers"])))
        if one["crisis"] and not (found.is_crisis or (first and first[0] in crisis)):
            crisis_missed.append(one["text"])
        if recall < 1:
            missed.append((one["text"], round(recall, 2)))
    mean = {name: sum(some) / len(some) for name, some in recalls.items()}
    return Measured(mean.pop("all"), sum(hits) / len(hits), mean, tuple(crisis_missed), tuple(missed))
