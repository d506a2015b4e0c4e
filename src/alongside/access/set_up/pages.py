"""The one page of the settings: sections of a table, some lines and a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.forms import BaseForm

from alongside.design.page import Page

Cell = str | tuple[str, str] | tuple[str, str, str]
"""Text, or a text and the address that it leads to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a settings page."""

    title: str = ""
    lines: tuple[str, ...] = ()
    """Plain sentences above the table."""
    warnings: tuple[str, ...] = ()
    """Sentences that say what stands in the way."""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    empty: str = ""
    """What is said when there are no rows."""
    form: BaseForm | None = None
    what: str = ""
    """Which form was sent: travels with it."""
    button: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingsPage(Page):
    """One subject of setting up the hub."""

    template: ClassVar[str] = "set_up/settings.jinja"
    sections: tuple[Section, ...] = ()
    """What stands on it, in order."""
    back_to: str = ""
    """The page above."""
    shown_once: tuple[tuple[str, str], ...] = ()
    """What is shown this one time: a link or a token, with what it is."""


@dataclass(frozen=True, kw_only=True)
class SettingsIndexPage(Page):
    """Everything that can be set up, each with what is still missing."""

    template: ClassVar[str] = "set_up/index.jinja"
    places: tuple[tuple[str, str, str], ...] = ()
    """Name, what is there now, address."""
