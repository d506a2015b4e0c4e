"""Pages of how long records are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, slots=True)
class KeepingRow:
    """One line, and where it is ended, agreed to or stopped."""

    main: str
    side: str
    agree: str = ""
    stop: str = ""


@dataclass(frozen=True, kw_only=True)
class KeepingPage(Page):
    """How long records are kept: whose time is over, what is to be deleted, and what is held."""

    template: ClassVar[str] = "rights/keeping.jinja"
    over: tuple[KeepingRow, ...] = ()
    """Records whose time is over."""
    deletions: tuple[KeepingRow, ...] = ()
    """What is to be deleted."""
    holds: tuple[KeepingRow, ...] = ()
    """What is held."""


@dataclass(frozen=True, kw_only=True)
class HoldPage(Page):
    """A record is kept whatever its time."""

    template: ClassVar[str] = "rights/hold.jinja"


@dataclass(frozen=True, kw_only=True)
class ProposeDeletionPage(Page):
    """It is proposed that everything about somebody goes for good."""

    template: ClassVar[str] = "rights/propose_deletion.jinja"
