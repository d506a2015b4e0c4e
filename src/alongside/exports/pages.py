"""Pages of whoever says yes to a list that somebody wants to take out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One list that waits for a yes."""

    href: str
    main: str
    what: str
    side: str


@dataclass(frozen=True, kw_only=True)
class ListsToTakePage(Page):
    """What waits for a second yes before it leaves."""

    template: ClassVar[str] = "exports/lists_to_take.jinja"
    rows: tuple[AskedRow, ...] = ()
    """The oldest first; who asks, what for, about how many people, and nobody's name."""


@dataclass(frozen=True, kw_only=True)
class AnswerListPage(Page):
    """One list: who asks, what for, about how many people; yes, or no with a reason."""

    template: ClassVar[str] = "exports/answer_list.jinja"
    rows: tuple[tuple[str, str], ...] = ()
    """(what, words), for whoever decides."""
    status: str = ""
    """Where it stands, once it has been answered."""
    colour: str = ""
    """The colour of that."""
