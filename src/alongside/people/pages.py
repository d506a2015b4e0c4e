"""Pages about telling once and reaching safely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class WriteDownPage(Page):
    """Write something down; what is known already about it stands beside."""

    template: ClassVar[str] = "people/write_down.jinja"
    person_id: UUID | None = None
    """Of this person."""
    name: str = ""
    """Their name."""
    known: str = ""
    """What stands there already about this part."""
    known_by: str = ""
    """Who wrote it, and when."""
    guarded: bool = False
    """It was hard to tell: asking again needs a reason and is counted."""
    again_form: object = None
    """Why it is asked again."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """One way to reach somebody."""

    key: int
    words: str
    safe: bool
    confirmed: str


@dataclass(frozen=True, kw_only=True)
class ContactSafetyPage(Page):
    """Every way to reach somebody, what is safe about it, and when that was last confirmed."""

    template: ClassVar[str] = "people/contact_safety.jinja"
    person_id: UUID | None = None
    """Of this person."""
    rows: tuple[PointRow, ...] = ()
    """The ways that stand."""
