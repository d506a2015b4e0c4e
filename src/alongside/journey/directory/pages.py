"""Pages of what is out there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.design.qr import Squares
from alongside.design.shell import CrisisLine
from alongside.journey.directory.queries.finder_picture import FinderPicture
from alongside.journey.directory.queries.gap_picture import Picture
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
    """Something in the fold is chosen: it is open, so that it is seen."""
    unsaid: str = ""
    """The address of the same search with those as well that do not say whether they are what was chosen; nothing when they are shown."""
    picture: FinderPicture | None = None
    """Where the rows are, drawn; the list says the same."""
    here: str = ""
    """The whole address of this search, to take along."""
    qr: Squares | None = None
    """The same as a code to point a phone at."""
    mail: str = ""
    """An address that opens an e-mail with this search in it."""
    next: str = ""
    """The next page, or nothing."""
    near: str = ""
    """The place that was asked for, when one was."""
    near_taken: str = ""
    """The place the search was near, with its county; nothing when the gazetteer does not know it."""
    near_note: str = ""
    """What is to be known of it: a postcode that nobody knows, that is not whole, or that is no longer used."""
    near_credit: str = ""
    """Whose data say where it is, in the words of their licence."""
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
    notice: str = ""
    """What it says beside that for the time being."""
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
    """(source, name, id) of the entries of other sources that this one is shown for, those that the reader keeps."""
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
    """This hat keeps this entry: it may confirm, change and close it."""
    full: bool = False
    """It is full now."""
    can_take: tuple[tuple[str, str], ...] = ()
    """(words, word of the address) of what whoever works there can say in one tap."""
    take_along: str = ""
    """A short address to take along on paper."""
    qr: Squares | None = None
    """The same as a code to point a phone at."""
    doubted: str = ""
    """Since when something has been said to be wrong with it that nobody has looked at in time."""


@dataclass(frozen=True, kw_only=True)
class SayPlacesPage(Page):
    """How many beds or places of a service are free now."""

    template: ClassVar[str] = "directory/say_places.jinja"
    service: str = ""
    """Its name."""
    service_id: UUID | None = None
    """Of this service."""
    said: str = ""
    """What was said last."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change that waits for a second person, as both see it."""

    change_id: UUID
    rows: tuple[tuple[str, str, str], ...]
    """(what, what stands, what is to stand)."""
    since: str
    mine: bool
    """Whoever looks has asked for it, so somebody else says that it is right."""


@dataclass(frozen=True, kw_only=True)
class SaidWrongPage(Page):
    """What somebody said is wrong with an entry, and what became of it; by a private link."""

    template: ClassVar[str] = "directory/said_wrong.jinja"
    service: str = ""
    """The name of the entry."""
    service_id: UUID | None = None
    """Of the entry."""
    said: str = ""
    """What was said."""
    state: str = ""
    """What became of it, or until when somebody looks."""
    here: str = ""
    """The whole address of this page."""
    will_hear: bool = False
    """An e-mail tells them."""


@dataclass(frozen=True, slots=True)
class SaidWrong:
    """One thing that is said to be wrong, as whoever keeps the entry by a link sees it."""

    correction_id: UUID
    words: str
    since: str
    problem: str = ""
    """What could not be used of what they just said of it."""


@dataclass(frozen=True, slots=True)
class EntryNow:
    """What an entry says now, for somebody who keeps it."""

    name: str
    rows: tuple[tuple[str, str], ...]
    """(what, what it says); what is not known is left blank, so that it is seen."""
    confirmed: str
    """When a human last confirmed it and who; or that nobody has."""
    fades: str
    """From when it warns its readers, or nothing."""
    link: str
    """What was found at its web address and when, or nothing."""
    full: bool
    closed: bool
    waiting: Waiting | None


@dataclass(frozen=True, kw_only=True)
class EntryByLinkPage(Page):
    """For somebody who keeps one entry by a private link: what stands, one button, or change something. Nothing about a person."""

    template: ClassVar[str] = "directory/entry_by_link.jinja"
    entry: EntryNow | None = None
    """As it stands."""
    wrong: tuple[SaidWrong, ...] = ()
    """What is said to be wrong with it, and waits for them."""
    here: str = ""
    """The address of this page, in which the link stands."""
    done: str = ""
    """What was said just now, with thanks."""


@dataclass(frozen=True, kw_only=True)
class ChangeByLinkPage(Page):
    """Change something, by a private link."""

    template: ClassVar[str] = "directory/change_by_link.jinja"
    here: str = ""
    """The page before."""
    service: str = ""
    """Its name."""


@dataclass(frozen=True, slots=True)
class EditorRow:
    """Somebody who keeps an entry by a link."""

    key: str
    email: str
    state: str
    """Where the e-mail is, and until when the link opens the entry."""


@dataclass(frozen=True, kw_only=True)
class KeepEntryPage(Page):
    """For whoever keeps entries inside: what stands, what waits, who else keeps it, and whether it is a refuge."""

    template: ClassVar[str] = "directory/keep_entry.jinja"
    service_id: UUID | None = None
    """Of the entry."""
    entry: EntryNow | None = None
    """As it stands."""
    editors: tuple[EditorRow, ...] = ()
    """Who keeps it by a link."""
    refuge: bool = False
    """Nobody may know where it is."""
    sounds_like_one: bool = False
    """Its words sound like a refuge, and nobody has said whether it is one: until then nobody is told where it is."""
    may_say_none: bool = False
    """This hat may say that it is no refuge."""
    link: str = ""
    """In the demonstration, which sends nothing: where the e-mail would lead."""


@dataclass(frozen=True, kw_only=True)
class ChangeEntryPage(Page):
    """Change an entry, inside."""

    template: ClassVar[str] = "directory/change_entry.jinja"
    service_id: UUID | None = None
    """Of the entry."""
    service: str = ""
    """Its name."""


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
class WaitsPage(Page):
    """How often the waits that would have been shown in the last half year held."""

    template: ClassVar[str] = "directory/waits.jinja"
    counted: str = ""
    """The day on which it was counted, or nothing."""
    in_all: str = ""
    """So many of how many, and in a hundred; nothing while there is nothing to check."""
    rows: tuple[tuple[str, str, str], ...] = ()
    """(service or team, what is shown now, how often it held): those with the most checks first."""


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
    places: tuple[tuple[str, ...], ...] = ()
    """(neighbourhood, how often, offers there): the most asked for first."""
    picture: Picture | None = None
    """The same drawn, where the gazetteer knows where they lie."""


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
    perhaps_refuges: tuple[tuple[str, UUID], ...] = ()
    """(name, public id) of entries that sound like a refuge, and of which nobody has said whether they are one."""


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
    """(when, what was wrong, read, in, changed, unchanged, not taken, not in it any more), newest first."""
    not_taken: tuple[tuple[str, str], ...] = ()
    """(place, reason) of rows that the newest reading did not take."""
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
    due: str = ""
    """Until when it is to be looked at, or that it is overdue."""
    is_overdue: bool = False


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
