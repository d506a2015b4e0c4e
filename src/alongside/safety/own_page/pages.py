"""Pages around a person's own page: the worker's, and the three by which somebody comes in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, kw_only=True)
class OwnPagePage(Page):
    """Whether somebody has a page of their own, by which way, and who came in lately; inviting them, and closing it."""

    template: ClassVar[str] = "safety/own_page.jinja"
    strip: Strip | None = None
    """Who this is."""
    state: str = ""
    """How it stands, in words."""
    is_live: bool = False
    """There is something to close."""
    may_close: bool = False
    """This hat may close it."""
    may_invite: bool = False
    """This hat holds them."""
    ways: tuple[tuple[int, str], ...] = ()
    """(key, words) of each way by which a link could go."""
    not_sent: str = ""
    """Why the link may not go by the way that was chosen, or nothing."""
    number: str = ""
    """The number to agree with them, shown once."""
    link: str = ""
    """The link, in the demonstration only, which sends nothing."""
    lately: tuple[str, ...] = ()
    """When somebody came in, newest first."""


@dataclass(frozen=True, kw_only=True)
class OwnLinkPage(Page):
    """Behind the link of an invitation: one question, and nothing that says whose page it is or what it is about."""

    template: ClassVar[str] = "safety/own_link.jinja"
    phone: str = ""
    """The hub's number."""


@dataclass(frozen=True, kw_only=True)
class OwnNumberPage(Page):
    """Signing in with an agreed number: the same for whoever is known and whoever is not."""

    template: ClassVar[str] = "safety/own_number.jinja"
    phone: str = ""
    """The hub's number."""


@dataclass(frozen=True, kw_only=True)
class OwnCodePage(Page):
    """The code that came, if one came."""

    template: ClassVar[str] = "safety/own_code.jinja"
    phone: str = ""
    """The hub's number."""
