"""Pages of watching over looks: for the privacy officer, without any story and without a name of anybody helped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.safety.pages import SafetyRow


@dataclass(frozen=True, slots=True)
class NoticedRow:
    """One thing that was noticed."""

    href: str
    who: str
    """The worker, with role and organisation."""
    what: str
    """What was noticed, and what was counted."""
    about: str
    """Whom, by the reference, and when."""
    colour: str = ""


@dataclass(frozen=True, kw_only=True)
class LooksToLookAtPage(Page):
    """What a rule noticed about looks and nobody has settled."""

    template: ClassVar[str] = "safety/looks_to_look_at.jinja"
    rows: tuple[NoticedRow, ...] = ()
    """Made-up and watched people first, then newest."""
    workers: tuple[tuple[str, str], ...] = ()
    """Everybody who works here: where their looks are, and their name."""


@dataclass(frozen=True, kw_only=True)
class SettleLookPage(Page):
    """One thing that was noticed, with what was counted and the looks around it."""

    template: ClassVar[str] = "safety/settle_look.jinja"
    row: NoticedRow | None = None
    """What was noticed."""
    meaning: str = ""
    """Why it is asked about, and that it can have a good reason."""
    worker_href: str = ""
    """Where all looks of the worker are."""


@dataclass(frozen=True, kw_only=True)
class WhoLookedPage(Page):
    """Who looked at one person, whom the officer names by the reference."""

    template: ClassVar[str] = "safety/who_looked.jinja"
    reference: str = ""
    """Whose looks these are; empty while nobody is asked for."""
    rows: tuple[SafetyRow, ...] = ()
    """Newest first: when and who, which page and why."""
    next: str = ""
    """Where the page after this one is."""
    searched: bool = False
    """Somebody was asked for."""


@dataclass(frozen=True, kw_only=True)
class WorkerLooksPage(Page):
    """Whom one worker looked at."""

    template: ClassVar[str] = "safety/worker_looks.jinja"
    rows: tuple[SafetyRow, ...] = ()
    """Newest first: when and whom, which page and why."""
    next: str = ""
    """Where the page after this one is."""


@dataclass(frozen=True, kw_only=True)
class WatchListPage(Page):
    """Who is on the watch-list."""

    template: ClassVar[str] = "safety/watch_list.jinja"
    rows: tuple[SafetyRow, ...] = ()
    """By the reference, each with a button that ends it."""


@dataclass(frozen=True, kw_only=True)
class MadeUpPage(Page):
    """The made-up people whom nobody has a reason to touch."""

    template: ClassVar[str] = "safety/made_up.jinja"
    rows: tuple[SafetyRow, ...] = ()
    """Their names, and since when."""


@dataclass(frozen=True, kw_only=True)
class JournalPage(Page):
    """How the journal stands: up to where it is sealed, and who keeps its end."""

    template: ClassVar[str] = "safety/journal.jinja"
    lines: tuple[str, ...] = ()
    """Up to when it is sealed, what is not, when the sealer was last alive."""
    warning: str = ""
    """What to do when it is not sealed."""
    head: str = ""
    """The end of the chain, to copy and keep."""
    rows: tuple[SafetyRow, ...] = ()
    """Who is handed it, and when last; each with a button that ends it."""
