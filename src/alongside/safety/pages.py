"""Pages of safety."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

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
    carers: tuple[SafetyRow, ...] = ()
    """Carers and family, each with what they may be told."""
    conflicts: tuple[str, ...] = ()
    """Where two choices pull in two directions."""
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
    carers: tuple[str, ...] = ()
    """What those close to them may be told."""
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
    is_asked: bool = False
    """It is a year since they said that this is everybody."""


@dataclass(frozen=True, kw_only=True)
class AddressesPage(Page):
    """Which addresses of somebody are held securely, and who opened one; never what they say."""

    template: ClassVar[str] = "safety/addresses.jinja"
    strip: Strip | None = None
    """Who this is."""
    held: tuple[SafetyRow, ...] = ()
    """Which are held, and since when."""
    may_open: bool = False
    """The role opens addresses."""
    secret: bool = False
    """Where they are must stay secret: practice and postcode are held securely as well."""
    opened: tuple[str, ...] = ()
    """Who opened one, when and what for, newest first; for whoever could open one too."""


@dataclass(frozen=True, kw_only=True)
class OpenAddressPage(Page):
    """One address in clear, in the answer to a post that says what it is needed for."""

    template: ClassVar[str] = "safety/open_address.jinja"
    strip: Strip | None = None
    """Who this is."""
    shown: tuple[str, ...] = ()
    """The lines of the address, this one time."""
    which: str = ""
    """Which address it is."""
    postcode: str = ""
    """Their postcode as they told it, shown with the address."""
    practice: str = ""
    """Their practice, shown with the address."""
    is_held: bool = False
    """Whether there is one to open."""


@dataclass(frozen=True, kw_only=True)
class ChangeAddressPage(Page):
    """Write down where somebody is now; it is sealed at once."""

    template: ClassVar[str] = "safety/change_address.jinja"
    strip: Strip | None = None
    """Who this is."""


@dataclass(frozen=True, kw_only=True)
class UnderWayPage(Page):
    """What is in flight when an address has changed."""

    template: ClassVar[str] = "safety/under_way.jinja"
    strip: Strip | None = None
    """Who this is."""
    ways: int = 0
    """So many ways to reach them nobody has confirmed since."""
    messages: tuple[SafetyRow, ...] = ()
    """Messages that have not left yet."""
    tasks: tuple[SafetyRow, ...] = ()
    """What somebody is to do for them."""


@dataclass(frozen=True, kw_only=True)
class KeptFromThemPage(Page):
    """Whether the person is shown one item; a worker decides, with a reason and a day to look again."""

    template: ClassVar[str] = "safety/kept_from_them.jinja"
    strip: Strip | None = None
    """Who this is."""
    item_id: UUID | None = None
    """The item."""
    words: str = ""
    """What it says, as far as it has words."""
    status: str = ""
    """Whether they are shown it now, and why not."""
    is_withheld: bool = False
    """Somebody decided that they are not shown it."""
    may_release: bool = False
    """It can be shown to them from now on."""
