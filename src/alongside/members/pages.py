"""Pages of holding: next date and tasks, change of holder, rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, kw_only=True)
class OneFormPage(Page):
    """A person's strip and one form."""

    template: ClassVar[str] = "members/one_form.jinja"
    strip: Strip | None = None
    """Who this is."""
    button: str = ""
    """What the button says."""
    lead: str = ""
    """What it does."""
    second_form: object = None
    """A second form on the same page, when there is one."""
    second_title: str = ""
    """Its heading."""
    second_button: str = ""
    """What its button says."""


@dataclass(frozen=True, kw_only=True)
class TheyHaveDiedPage(Page):
    """Before a death is written down: the day as far as it is known, and then one look at what follows."""

    template: ClassVar[str] = "members/they_have_died.jinja"
    strip: Strip | None = None
    """Who this is."""
    check: str = ""
    """What is about to be written down; nothing while the day is still asked."""
    day: str = ""
    """The day, or that it is not known."""


@dataclass(frozen=True, kw_only=True)
class HatPage(Page):
    """A worker's hat: arrange leave, or end it."""

    template: ClassVar[str] = "members/hat.jinja"
    lines: tuple[str, ...] = ()
    """What it does, and how many people it is about."""
    button: str = ""
    """What the button says."""
    back_to: str = ""
    """The worker's page."""


@dataclass(frozen=True, kw_only=True)
class HatsPage(Page):
    """Who works here: how many people each hat holds, who is away, and the ways to arrange leave and to end a hat."""

    template: ClassVar[str] = "members/hats.jinja"
    rows: tuple[tuple[object, ...], ...] = ()
    """Name, role, how many they hold, leave, and the two links."""
