"""Pages of signing in: choose a hat, and the made-up people of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class ChooseHatPage(Page):
    """One hat a session."""

    template: ClassVar[str] = "access/choose_hat.jinja"
    none: bool = False
    """No hat is left to wear."""


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A made-up worker to sign in as."""

    user_id: int
    name: str
    hats: str


@dataclass(frozen=True, kw_only=True)
class PersonasPage(Page):
    """Made-up workers to pick from; in the demo only."""

    template: ClassVar[str] = "access/personas.jinja"
    rows: tuple[PersonaRow, ...] = ()
    """Whom to be."""
