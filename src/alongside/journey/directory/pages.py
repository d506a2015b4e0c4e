"""Pages of what is out there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in a list of results."""

    service_id: UUID
    name: str
    about: str
    for_whom: str
    where: str
    when: str
    cost: str
    start: str
    confirmed: str
    warning: str


@dataclass(frozen=True, kw_only=True)
class FindSupportPage(Page):
    """One search box, need chips, place, age folded away; results in plain words."""

    template: ClassVar[str] = "directory/find_support.jinja"
    rows: tuple[ServiceRow, ...] = ()
    """What was found."""
    chips: tuple[tuple[str, str], ...] = ()
    """(words, address) of needs to press."""
    searched: bool = False
    """Something was asked."""
    next: str = ""
    """The next page, or nothing."""
    unknown_place: str = ""
    """A place that the gazetteer does not know."""


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """One service: all that is known, where it came from, when a human last confirmed it."""

    template: ClassVar[str] = "directory/show_service.jinja"
    service_id: UUID | None = None
    """Of this service."""
    about: str = ""
    """What it is."""
    facts: tuple[tuple[str, str], ...] = ()
    """(question, answer)."""
    phones: tuple[tuple[str, str], ...] = ()
    """(number, what the source says of it) to call."""
    email: str = ""
    """To write."""
    url: str = ""
    """Its own page."""
    source: str = ""
    """Where the entry came from."""
    confirmed: str = ""
    """When a human last confirmed it, and who."""
    warning: str = ""
    """The warning it carries."""
    closed: bool = False
    """It has closed."""
    may_keep: bool = False
    """This hat may confirm and close."""
    full: bool = False
    """It is full now."""
    thanks: bool = False
    """Something was reported just now."""
