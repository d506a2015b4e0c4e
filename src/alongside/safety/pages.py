"""Pages of safety."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.design.shell import CrisisLine
from alongside.members.strip import Strip


@dataclass(frozen=True, slots=True)
class SafetyRow:
    """One line of a list."""

    main: str
    side: str
    href: str = ""
    """Where it leads, if anywhere."""
    end: str = ""
    """Where its button sends, if it has one."""


@dataclass(frozen=True, kw_only=True)
class EmergencyPage(Page):
    """Open somebody's record in an emergency."""

    template: ClassVar[str] = "safety/emergency.jinja"


@dataclass(frozen=True, kw_only=True)
class GlassToReviewPage(Page):
    """What was opened in an emergency and waits for a review; for the privacy officer, without any story."""

    template: ClassVar[str] = "safety/glass_to_review.jinja"
    rows: tuple[SafetyRow, ...] = ()
    """Who opened it and why, and by when it is reviewed."""


@dataclass(frozen=True, kw_only=True)
class ReviewGlassPage(Page):
    """One review."""

    template: ClassVar[str] = "safety/review_glass.jinja"
    who: str = ""
    """The worker, with role and organisation."""
    when: str = ""
    """From when until when."""
    why: str = ""
    """The kind of emergency."""
    reason: str = ""
    """In the worker's words."""


@dataclass(frozen=True, kw_only=True)
class ShareForSafetyPage(Page):
    """A safeguarding lead shows one item to one colleague, and sees what is shown now."""

    template: ClassVar[str] = "safety/share_for_safety.jinja"
    strip: Strip | None = None
    """Who this is."""
    rows: tuple[SafetyRow, ...] = ()
    """What is shown to whom now, each with a button that ends it."""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One item that is shown for somebody's safety."""

    name: str
    when: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ShownToMePage(Page):
    """What a safeguarding lead shows this hat, and no more of the person."""

    template: ClassVar[str] = "safety/shown_to_me.jinja"
    rows: tuple[ShownRow, ...] = ()
    """Newest first."""


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One organisation that is alongside somebody."""

    organisation: str
    who: str
    sees: str
    """What it can see, in words."""
    conflict: str = ""
    """What to talk about, when it is alongside and may not see what others wrote."""


@dataclass(frozen=True, kw_only=True)
class SharingPage(Page):
    """Who can see somebody's record, what they asked not to be shared, and who looked; a worker writes down what they choose."""

    template: ClassVar[str] = "safety/sharing.jinja"
    strip: Strip | None = None
    """Who this is."""
    beside: tuple[BesideRow, ...] = ()
    """Every organisation that is alongside them now."""
    objections: tuple[SafetyRow, ...] = ()
    """What they asked not to be shared, each with a button that shares again."""
    opened: tuple[str, ...] = ()
    """Who opened the record in an emergency, and when."""
    looked: tuple[str, ...] = ()
    """Who looked, newest first."""
    may_choose: bool = False
    """The role writes down what the person chooses."""


@dataclass(frozen=True, kw_only=True)
class SharingOnPaperPage(Page):
    """The same for the person, to print: who can see what about me, and who looked."""

    template: ClassVar[str] = "safety/sharing_on_paper.jinja"
    name: str = ""
    """What they are called."""
    on: str = ""
    """The day of the print."""
    beside: tuple[BesideRow, ...] = ()
    """Every organisation that is alongside them now."""
    objections: tuple[str, ...] = ()
    """What they asked not to be shared."""
    opened: tuple[str, ...] = ()
    """Who opened the record in an emergency, and when."""
    looked: tuple[str, ...] = ()
    """Who looked, newest first."""
    back_to: str = ""
    """The worker's page."""
    crisis: tuple[CrisisLine, ...] = ()
    """The hub's crisis contacts, in the language of the page."""


@dataclass(frozen=True, kw_only=True)
class PeopleIKnowPage(Page):
    """Whom a worker knows outside their work."""

    template: ClassVar[str] = "safety/people_i_know.jinja"
    rows: tuple[SafetyRow, ...] = ()
    """Whom they said they know, each with a button that takes it back."""
