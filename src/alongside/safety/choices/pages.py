"""Pages of what somebody chose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip
from alongside.safety.pages import SafetyRow


@dataclass(frozen=True, kw_only=True)
class ItemPage(Page):
    """Who may see one entry of somebody's story."""

    template: ClassVar[str] = "safety/item.jinja"
    strip: Strip | None = None
    """Who this is."""
    words: str = ""
    """What stands there."""
    by: str = ""
    """Who wrote it down, and when."""
    rows: tuple[SafetyRow, ...] = ()
    """What was asked about it, each with a button that shares it again."""


@dataclass(frozen=True, kw_only=True)
class WriteDownCarerPage(Page):
    """Write down somebody close to them."""

    template: ClassVar[str] = "safety/write_down_carer.jinja"
    strip: Strip | None = None
    """Whom they are close to."""


@dataclass(frozen=True, kw_only=True)
class CarerPage(Page):
    """What one carer may be told."""

    template: ClassVar[str] = "safety/carer.jinja"
    strip: Strip | None = None
    """Who this is about."""
    told: str = ""
    """What they may be told now."""
    conflict: str = ""
    """What that stands against."""
    take_back: str = ""
    """Where the choice is taken back, when one holds."""
    no_birthday: bool = False
    """A child whose birthday nobody knows: it could not end the choice."""
