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
    """Where the entry came from; of one that several sources have, all of them."""
    same_as: tuple[str, str] | None = None
    """(name, address) of the entry that is shown in the place of this one."""
    also: tuple[tuple[str, str, UUID], ...] = ()
    """(source, name, id) of the entries of other sources that this one is shown for."""
    said_by: tuple[tuple[str, str], ...] = ()
    """(part of the entry, which source said it and when), for whoever keeps it."""
    confirmed: str = ""
    """When a human last confirmed it, and who."""
    warning: str = ""
    """The warning it carries."""
    closed: bool = False
    """It has closed."""
    instead: tuple[str, str] | None = None
    """(name, address) of what is there instead."""
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
class EntryRow:
    """An entry that needs a human's word."""

    href: str
    service: str
    state: str
    """Its warning begins on a day, began on a day, or it is matched with nobody."""
    let_down: str
    """How often it let somebody down, or nothing."""


@dataclass(frozen=True, kw_only=True)
class EntriesPage(Page):
    """Entries whose warning begins soon or has begun: the longest first."""

    template: ClassVar[str] = "directory/entries.jinja"
    rows: tuple[EntryRow, ...] = ()
    """Each with where it stands."""
    next: str = ""
    """The address of later ones, or nothing."""


@dataclass(frozen=True, kw_only=True)
class CloseServicePage(Page):
    """A service has closed: what is there instead."""

    template: ClassVar[str] = "directory/close_service.jinja"
    service: str = ""
    """Its name."""
    service_id: UUID | None = None
    """Of this service."""


@dataclass(frozen=True, kw_only=True)
class GapsPage(Page):
    """What people looked for and did not find, against what there is."""

    template: ClassVar[str] = "directory/gaps.jinja"
    rows: tuple[tuple[str | tuple[str, str], ...], ...] = ()
    """(need with the address of its gap, place, how often, offers there, offers anywhere, what is proposed): the most asked for first."""
    asked_in_all: str = ""
    """How often in all, rounded by itself."""
    without_offer: tuple[str, ...] = ()
    """Needs for which there is no offer at all."""


@dataclass(frozen=True, kw_only=True)
class GapPage(Page):
    """One gap, what was proposed about it, and a line to propose something."""

    template: ClassVar[str] = "directory/gap.jinja"
    need: str = ""
    """In words."""
    place: str = ""
    """Where, or nothing when no place was chosen."""
    proposals: tuple[tuple[str, str], ...] = ()
    """(words, when and who), newest first."""


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, and how it is."""

    href: str
    name: str
    state: str
    """What is wrong, that it is well, stopped, being read, or not read yet."""
    colour: str
    good: str
    """When all of it was last read, or that it never was."""
    counts: str
    """What came of the newest reading."""


@dataclass(frozen=True, kw_only=True)
class FeedsPage(Page):
    """The feeds of the hub, each with how it is."""

    template: ClassVar[str] = "directory/feeds.jinja"
    rows: tuple[FeedRow, ...] = ()
    """By name."""


@dataclass(frozen=True, kw_only=True)
class EditFeedPage(Page):
    """A feed is added, or changed."""

    template: ClassVar[str] = "directory/edit_feed.jinja"
    back_to: str = ""
    """The feeds, or the feed."""
    columns: tuple[tuple[str, str], ...] = ()
    """(code, words) of what a column of a table can be."""
    is_new: bool = False
    """It is added."""


@dataclass(frozen=True, kw_only=True)
class FeedPage(Page):
    """One feed: how it is, its last readings, and every row that was not taken."""

    template: ClassVar[str] = "directory/feed.jinja"
    feed_id: UUID | None = None
    """Of this feed."""
    state: str = ""
    """How it is."""
    colour: str = ""
    """Of its tag."""
    facts: tuple[tuple[str, str], ...] = ()
    """(question, answer): kind, address, licence, last good, last try, who keeps it."""
    is_stopped: bool = False
    """It is not read."""
    readings: tuple[tuple[str, ...], ...] = ()
    """(when, what was wrong, read, in, changed, unchanged, refused, not in it any more), newest first."""
    refused: tuple[tuple[str, str], ...] = ()
    """(place, reason) of rows that the newest reading refused."""
    left_out: tuple[tuple[str, str], ...] = ()
    """(place, reason) of parts that it left out while the row was taken."""
    more: str = ""
    """That more was not taken than is listed."""


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
    may_keep_feeds: bool = False
    """This hat says which feeds are read."""


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
