"""Pages of what people ask of their own record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.design.shell import CrisisLine
from alongside.members.strip import Strip


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose record a reviewer reads: the look that the page leaves names them."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request in the list."""

    href: str
    main: str
    side: str
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class RequestsPage(Page):
    """What is to be answered, the earliest day first; names only for whoever answers it."""

    template: ClassVar[str] = "rights/requests.jinja"
    rows: tuple[RequestRow, ...] = ()
    """The requests."""


@dataclass(frozen=True, kw_only=True)
class AskPage(Page):
    """A worker writes down that somebody asks for a copy of their record."""

    template: ClassVar[str] = "rights/ask.jinja"
    strip: Strip | None = None
    """Who this is."""


@dataclass(frozen=True, kw_only=True)
class RequestPage(Page):
    """One request: where it stands, and what comes next."""

    template: ClassVar[str] = "rights/request.jinja"
    strip: Whom | None = None
    """Whose record, once it is taken up."""
    request_id: UUID | None = None
    """The request."""
    lines: tuple[str, ...] = ()
    """Who asks, how we know them, by when it is answered."""
    answers: bool = False
    """This hat reads the record for it."""
    open_items: int = 0
    """So many items wait for a decision."""
    approved_by: tuple[str, ...] = ()
    """Who said yes to what the copy holds."""
    may_approve: bool = False
    """Everything is decided, and this worker has not said yes yet."""
    may_hand_over: bool = False
    """Two have approved, and its time is not over."""
    expires: str = ""
    """Until when it can be handed over."""


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item to decide about."""

    field: str
    """The name of its question in the form; nothing for what is withheld."""
    heading: str
    when: str
    why: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CopyItemsPage(Page):
    """Items of a copy with their words, each with what is decided about it."""

    template: ClassVar[str] = "rights/decide.jinja"
    strip: Whom | None = None
    """Whose record."""
    request_id: UUID | None = None
    """The request."""
    rows: tuple[ItemRow, ...] = ()
    """The items of this page."""
    may_decide: bool = False
    """Any of them can be decided about."""
    all_items: bool = False
    """Every item is listed, and not only those that ask for a decision."""
    next: str = ""
    """The next page, or nothing."""


@dataclass(frozen=True, kw_only=True)
class HandOverPage(Page):
    """The approved copy is made: as what, and how they get it."""

    template: ClassVar[str] = "rights/hand_over.jinja"
    strip: Whom | None = None
    """Whose record."""
    request_id: UUID | None = None
    """The request."""


@dataclass(frozen=True, kw_only=True)
class CloseRequestPage(Page):
    """How a request ended; whoever answered it reads the record no longer."""

    template: ClassVar[str] = "rights/close.jinja"
    strip: Whom | None = None
    """Whose record."""
    request_id: UUID | None = None
    """The request."""


@dataclass(frozen=True, slots=True)
class CopyItem:
    """One item of the copy in words."""

    heading: str
    when: str
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class CopyPage(Page):
    """The copy of somebody's record for themselves, to read and to print."""

    template: ClassVar[str] = "rights/copy.jinja"
    strip: Whom | None = None
    """Whose record: for the look that it leaves."""
    name: str = ""
    """What they are called."""
    until: str = ""
    """The moment up to which it goes."""
    about: tuple[tuple[str, str], ...] = ()
    """Who they are, how they are reached, who was alongside them."""
    parts: tuple[tuple[str, tuple[CopyItem, ...]], ...] = ()
    """The record by its parts, each in the order in which it happened."""
    looked: tuple[str, ...] = ()
    """Who looked, newest first."""
    back_to: str = ""
    """The request."""
    language: str = "en"
    """The language of the paper."""
    crisis: tuple[CrisisLine, ...] = ()
    """The hub's crisis contacts, in the language of the page."""


@dataclass(frozen=True, kw_only=True)
class CopyOnPaperPage(CopyPage):
    """The same as a page of its own, for the PDF."""

    template: ClassVar[str] = "rights/copy_on_paper.jinja"
