"""A pack as plain values, and the page on which somebody takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, slots=True)
class Due:
    """Somebody who is met, called or to be done something for on a day."""

    name: str
    what: str
    holder: str
    place: str
    """Where in the pack the person stands."""


@dataclass(frozen=True, slots=True)
class InPack:
    """One person of a pack."""

    place: str
    name: str
    about: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    """(what, what stands written down), in the order in which it is needed; nothing where nothing is."""


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """A pack on paper, printed from the browser: it is nowhere else afterwards."""

    template: ClassVar[str] = "downtime/pack.jinja"
    made: str = ""
    """Up to which moment it holds what was written."""
    until: str = ""
    """From when on it must not be relied on."""
    about: tuple[str, ...] = ()
    """What it holds, what it does not, and whom to ring for that: the same sentences in every pack."""
    crisis: tuple[str, ...] = ()
    """The hub's crisis contacts."""
    days: tuple[tuple[str, tuple[Due, ...]], ...] = ()
    """(day, who), in the order of the days."""
    people: tuple[InPack, ...] = ()
    """Everybody in it, by name."""
    language: str = "en-gb"
    """The language it is written in."""
    back_to: str = ""
    """Where the way back leads, on a screen."""


@dataclass(frozen=True, kw_only=True)
class PackAlonePage(PackPage):
    """A pack as a page by itself: for the PDF, and for the sealed file."""

    template: ClassVar[str] = "downtime/pack_alone.jinja"


@dataclass(frozen=True, kw_only=True)
class TakePackPage(Page):
    """Whoever is at a duty desk, or leads, takes a pack: which, as what, and why."""

    template: ClassVar[str] = "downtime/take_pack.jinja"
    reads: bool = False
    """The role reads packs; without that it carries sealed ones."""
    nothing: bool = False
    """There is no pack for this hat to take."""
