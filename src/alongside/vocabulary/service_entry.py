"""One service as a feed or file describes it: plain values, before anything is kept."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass


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
    phone: str = ""
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

    def fingerprint(self) -> str:
        """Give the SHA-256 of the content: the same content again changes nothing."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken: where it stands and why."""

    place: str
    reason: str
