"""Pages of the settings about what messages say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class WordingPage(Page):
    """Every sentence that a hub may say in words of its own, and whose words it has now."""

    template: ClassVar[str] = "messages/wording.jinja"
    rows: tuple[tuple[str | tuple[str, str], ...], ...] = ()
    """The sentence with its address, whose words it has, and since when."""
    back_to: str = ""
    """The settings."""


@dataclass(frozen=True, kw_only=True)
class ChangeWordingPage(Page):
    """One sentence: how it reads, the hub's own words, and the way back to ours."""

    template: ClassVar[str] = "messages/change_wording.jinja"
    is_own: bool = False
    """The hub says it in words of its own now."""
    places: tuple[tuple[str, str], ...] = ()
    """What may stand in braces, each with what it becomes."""
    english: str = ""
    """How it reads in English with its number and link filled in: as typed, or as it stands."""
    welsh: str = ""
    """The same in Welsh."""
    is_typed: bool = False
    """What is shown is what was typed just now, and not saved."""
    back_to: str = ""
    """The list of sentences."""
