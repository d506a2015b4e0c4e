# For workers only.
"""Pages about copies, and about what is missing after a restore."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class CopiesPage(Page):
    """When a copy was last made, and what came of the last drill."""

    template: ClassVar[str] = "backups/copies.jinja"
    last_copy: str = ""
    """When the last copy was made; empty when none ever was."""
    is_late: bool = False
    """It is older than it should be, or there is none."""
    drill: tuple[tuple[str, str], ...] = ()
    """What came of the last drill, as words and values."""
    failed: tuple[str, ...] = ()
    """What did not hold in it."""
    held: tuple[str, ...] = ()
    """What held in it."""
    rows: tuple[tuple[str, ...], ...] = ()
    """Every run: what, when, how it went, rows, seconds."""
    back_to: str = ""
    """The settings, for whoever has them."""


@dataclass(frozen=True, slots=True)
class Held:
    """A message that waits to be released."""

    key: UUID
    what: str
    when: str
    how: str


@dataclass(frozen=True, kw_only=True)
class AfterARestorePage(Page):
    """What is missing, the messages that are held, and the word that all has been written again."""

    template: ClassVar[str] = "backups/after_a_restore.jinja"
    missing: str = ""
    """From when until when; empty when nothing is missing."""
    held: tuple[Held, ...] = ()
    """Messages that wait, oldest first."""
    back_to: str = ""
    """The settings."""
