"""Ids that point from one document to another: whether what they point at is in the feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.open_referral.checking.findings import Findings, under
from alongside.exchange.open_referral.checking.pages import Ids

MOST_POINTERS = 200_000


@dataclass
class References:
    """What is known in the feed, and what points at it."""

    known: defaultdict[str, Ids] = field(default_factory=lambda: defaultdict(Ids))
    complete: set[str] = field(default_factory=set)
    """Kinds of which every one was read: only about these can be said that something leads nowhere."""
    pointers: list[tuple[str, str, str]] = field(default_factory=list)

    def note(self, kind: str, document: Any, place: str) -> None:
        """Remember a document, and where it points."""
        if not isinstance(document, dict):
            return
        self.known[kind].is_new(document.get("id"))
        for target, key, where in _of(kind, document, place):
            if isinstance(key, str) and len(self.pointers) < MOST_POINTERS:
                self.pointers.append((target, key, where))

    def check(self, findings: Findings) -> None:
        """Name every pointer that leads nowhere, once for each id."""
        told: set[tuple[str, str]] = set()
        for target, key, where in self.pointers:
            if target in self.complete and (target, key) not in told and not self.known[target].has(key):
                told.add((target, key))
                findings.hear("lost-reference", where, f"no {target} of the feed has this id")


def _of(kind: str, document: dict[str, Any], place: str) -> Iterator[tuple[str, Any, str]]:
    """Give where a document points: (kind, id, place)."""
    if kind == "service":
        yield "organization", document.get("organization_id"), under(place, "organization_id")
        yield "organization", _in(document, "organization", "id"), under(place, "organization.id")
        rows = document.get("attributes")
        for number, one in enumerate(rows[:500] if isinstance(rows, list) else ()):
            where = under(place, f"attributes[{number}]")
            yield "taxonomy_term", _in(one, "taxonomy_term_id"), f"{where}.taxonomy_term_id"
            yield "taxonomy_term", _in(one, "taxonomy_term", "id"), f"{where}.taxonomy_term.id"
    elif kind == "service_at_location":
        yield "service", document.get("service_id"), under(place, "service_id")
        yield "service", _in(document, "service", "id"), under(place, "service.id")
    elif kind == "organization":
        yield "organization", document.get("parent_organization_id"), under(place, "parent_organization_id")
    elif kind == "taxonomy_term":
        yield "taxonomy_term", document.get("parent_id"), under(place, "parent_id")
        yield "taxonomy", document.get("taxonomy_id"), under(place, "taxonomy_id")


def _in(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
