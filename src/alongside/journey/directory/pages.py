"""Pages of what is out there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.design.qr import Squares
from alongside.design.shell import CrisisLine
from alongside.journey.directory.queries.in_short import InShort


@dataclass(frozen=True, slots=True)
class Chip:
    """A need to press: it keeps the words, place and age already chosen; pressed again it is taken off."""

    words: str
    href: str
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class FindSupportPage(Page):
    """One search box, need chips, place, age folded away; results in plain words."""

    template: ClassVar[str] = "directory/find_support.jinja"
    rows: tuple[InShort, ...] = ()
    """What was found."""
    chips: tuple[Chip, ...] = ()
    """Needs to press."""
    more_open: bool = False
    """A need or an age is chosen: the fold is open, so that it is seen."""
    next: str = ""
    """The next page, or nothing."""
    near: str = ""
    """The place that was asked for, when one was."""
    near_taken: str = ""
    """The place the search was near, with its county; nothing when the gazetteer does not know it."""
    near_others: tuple[tuple[str, str], ...] = ()
    """(words, address) of other places of that name."""
    crisis: tuple[CrisisLine, ...] = ()
    """The words speak of danger: whom to call, above everything."""


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """One service: all that is known, where it came from, when a human last confirmed it."""

    template: ClassVar[str] = "directory/show_service.jinja"
    back_to: str = ""
    """The search."""
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
    take_along: str = ""
    """A short address to take along on paper."""
    qr: Squares | None = None
    """The same as a code to point a phone at."""
    thanks: bool = False
    """Something was reported just now."""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """Something that somebody said is wrong with an entry."""

    href: str
    service: str
    words: str
    at: str


@dataclass(frozen=True, kw_only=True)
class CorrectionsPage(Page):
    """What somebody said is wrong here, and nobody has settled yet: oldest first."""

    template: ClassVar[str] = "directory/corrections.jinja"
    rows: tuple[CorrectionRow, ...] = ()
    """Each with its entry, the first of its words, and its date."""
    next: str = ""
    """The address of newer ones, or nothing."""


@dataclass(frozen=True, kw_only=True)
class SettleCorrectionPage(Page):
    """One correction: the entry, what was said, and what was done about it, or that it is not so."""

    template: ClassVar[str] = "directory/settle_correction.jinja"
    service: str = ""
    """The name of the entry."""
    service_id: UUID | None = None
    """Of the entry, where it is confirmed, closed or said to be full."""
    words: str = ""
    """What somebody said is wrong."""
    at: str = ""
    """When."""
    settled: str = ""
    """When it was settled and how, or nothing."""
