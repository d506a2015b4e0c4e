"""Pages of the public door and of the private link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class AskPage(Page):
    """One question of "ask for help"."""

    template: ClassVar[str] = "referrals/ask.jinja"
    step: str = ""
    """The code of the question, as it stands in the address."""
    back: str = ""
    """The address of the question before."""
    lead: str = ""
    """A sentence under the heading."""
    is_for_another: bool = False
    """Somebody asks on another's behalf."""
    under_18: bool = False
    """Somebody under 18 asks for themselves: no message to a parent or carer, Childline and school help are shown."""
    reference: str = ""
    """They said "not safe" and have been heard already: their reference."""
    team: str = ""
    """The team that holds them then."""


@dataclass(frozen=True, kw_only=True)
class DoorClosedPage(Page):
    """Nobody can ask online now: who helps at once, and how else to reach the hub."""

    template: ClassVar[str] = "referrals/door_closed.jinja"
    phone: str = ""
    """The hub's telephone."""
    hours: tuple[str, ...] = ()
    """When the team at the door is at work, a line a day."""
    kept: bool = False
    """What they wrote before is kept."""


@dataclass(frozen=True, kw_only=True)
class NotSafePage(Page):
    """Numbers first, what we can do now and from when; they may go on."""

    template: ClassVar[str] = "referrals/not_safe.jinja"
    open_words: str = ""
    """What the hub can do now, and from when."""
    phone: str = ""
    """The hub's telephone, when somebody is there to answer."""
    next: str = ""
    """The address to go on to."""
    reference: str = ""
    """They have been heard already: their reference."""


@dataclass(frozen=True, kw_only=True)
class CheckAnswersPage(Page):
    """Check your answers before sending."""

    template: ClassVar[str] = "referrals/check_answers.jinja"
    back_to: str = ""
    """The last question."""
    rows: tuple[tuple[str, str, str], ...] = ()
    """(question, answer, address to change it)."""
    missing: str = ""
    """What is still needed before it can be sent, or nothing."""
    reference: str = ""
    """They said "not safe" and have been heard already: their reference."""


@dataclass(frozen=True, kw_only=True)
class HeardPage(Page):
    """We have heard you: reference, who holds you, when we are in touch, what if it gets worse."""

    template: ClassVar[str] = "referrals/heard.jinja"
    reference: str = ""
    """The human reference of what was sent."""
    team: str = ""
    """The team that holds the person now."""
    hours: tuple[str, ...] = ()
    """The opening hours of the team, a line a day."""
    by: str = ""
    """When they will be in touch, as a date with its weekday."""
    link: str = ""
    """The private link to see where it stands and to change it."""
    how_it_looks: str = ""
    """How a call or message will look on their phone."""
    under_18: bool = False
    """Somebody under 18 asked for themselves: Childline and school help are shown, and that no parent or carer is told."""
    go_on: str = ""
    """The address of the next question, when they have been heard before they have finished."""


@dataclass(frozen=True, kw_only=True)
class HeardOnPaperPage(HeardPage):
    """We have heard you, to print: the same words, nothing to press but the print button."""

    template: ClassVar[str] = "referrals/heard_on_paper.jinja"


@dataclass(frozen=True, kw_only=True)
class ChangeReachPage(Page):
    """Change how we reach you: first by which ways, then about each."""

    template: ClassVar[str] = "referrals/change_reach.jinja"
    back_to: str = ""
    """The page before."""
    parts: bool = False
    """The second page: one part for each way that was chosen."""


@dataclass(frozen=True, kw_only=True)
class ChangeMindPage(Page):
    """I have changed my mind: asked once, with what happens then."""

    template: ClassVar[str] = "referrals/change_mind.jinja"
    back_to: str = ""
    """The private page."""


@dataclass(frozen=True, kw_only=True)
class PaperPage(Page):
    """The same questions on paper."""

    template: ClassVar[str] = "referrals/paper.jinja"
    questions: tuple[tuple[str, int], ...] = ()
    """(question, lines to write on)."""
    hub: str = ""
    """Whose form it is."""
    phone: str = ""
    """The hub's telephone."""
    address: str = ""
    """Where to hand it in or post it."""
