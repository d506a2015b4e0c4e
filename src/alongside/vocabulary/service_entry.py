"""One service as a feed or file describes it: plain values, before anything is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class LocationEntry:
    """Where a service is met."""

    name: str = ""
    address: str = ""
    postcode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """What a source says of one service."""

    source: str
    source_id: str
    name: str
    organisation: str = ""
    description: str = ""
    url: str = ""
    email: str = ""
    phones: tuple[tuple[str, str], ...] = ()
    """Every number with what the source says of it, in the source's order."""
    cost: str = ""
    how_to_start: str = ""
    when_next: str = ""
    accessibility: str = ""
    for_whom: str = ""
    age_from: int | None = None
    age_to: int | None = None
    level: int = 1
    is_crisis: bool = False
    needs: tuple[str, ...] = ()
    """Codes of needs, guessed from words or terms until a human has said so."""
    locations: tuple[LocationEntry, ...] = ()
    licence: str = ""
    is_closed: bool = False
    place: str = ""
    """Where it stands in the source; no part of what the entry says."""

    def fingerprint(self) -> str:
        """Give the SHA-256 of the content: the same content again changes nothing."""
        return hashlib.sha256(json.dumps([getattr(self, name) for name in _CONTENT], default=_values).encode()).hexdigest()


_CONTENT = tuple(sorted(one.name for one in fields(ServiceEntry) if one.name != "place"))


def _values(location: LocationEntry) -> list[str | float | None]:
    return [location.name, location.address, location.postcode, location.latitude, location.longitude]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken: where it stands and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a row that could not be taken, while the row was: where it stands and why."""

    place: str
    reason: str


Read = ServiceEntry | BadRow | LeftOut
"""What reading a source gives: each row is an entry or a fault, and what an entry leaves behind is named beside it."""
