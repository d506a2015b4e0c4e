"""The page of the contact log."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, kw_only=True)
class LogContactPage(Page):
    """Two taps and a line; the next date is asked for each time."""

    template: ClassVar[str] = "care_contacts/log_contact.jinja"
    strip: Strip | None = None
    """Who this is, and how to reach them safely."""


@dataclass(frozen=True, kw_only=True)
class WeHaveMetPage(Page):
    """The receiver says when and how they have met; it is the first line of their contact log, and they hold from then."""

    template: ClassVar[str] = "care_contacts/we_have_met.jinja"
    strip: Strip | None = None
    """Who this is, and how to reach them safely."""
