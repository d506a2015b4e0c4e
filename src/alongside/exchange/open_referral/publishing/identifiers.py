"""The ids under which the parts of an entry are published: the same for the same entry, day after day, and no count of ours.

A service, and an organisation of the installation, have an id of their own. What has none is given one that follows from what it is.
"""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID, uuid5

OURS = UUID("7d0a5b0e-5b7e-4f5e-9d0e-3b5f2a1c9e11")
"""Under it everything is named that is the same in every hub: our needs, and what is said about an entry."""
_BEGINNING = 12
"""So many hexadecimal digits of a version 4 UUID stand before its version; a place begins with those of its service."""


def of_taxonomy(code: str) -> UUID:
    """Name one of our taxonomies."""
    return uuid5(OURS, f"taxonomy {code}")


def of_term(taxonomy: str, code: str) -> UUID:
    """Name a term of one of our taxonomies."""
    return uuid5(of_taxonomy(taxonomy), code)


def of_part(owner: UUID, what: str) -> UUID:
    """Name a part of something that has an id."""
    return uuid5(owner, what)


def of_named_organisation(hub: UUID, name: str) -> UUID:
    """Name an organisation of which an entry gives nothing but the name: one for each name in a hub."""
    return uuid5(hub, f"organisation {' '.join(name.casefold().split())}")


def of_place(service: UUID, said: str, turn: int) -> UUID:
    """Name where a service is met, by what is said of the place; `turn` counts those of which the same is said.

    Its id begins like that of the service, so that the service is found by it, by one look into an index.
    Source: RFC 9562, version 8 (what the digits mean is ours).
    """
    rest = sha256(f"{service} {turn} {said}".encode()).hexdigest()
    return UUID(f"{service.hex[:_BEGINNING]}8{rest[:3]}a{rest[3:18]}")


def services_of_place(place: UUID) -> tuple[UUID, UUID] | None:
    """Give between which ids the service of a place is; nothing when this cannot be the id of a place."""
    if place.hex[_BEGINNING] != "8":
        return None
    beginning, length = place.hex[:_BEGINNING], 32 - _BEGINNING
    return UUID(beginning + "0" * length), UUID(beginning + "f" * length)
