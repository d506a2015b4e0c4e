"""Pages of introductions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.journey.directory.queries.flow import Theirs
from alongside.members.strip import Strip


@dataclass(frozen=True, kw_only=True)
class IntroducePage(Page):
    """Receiver, in the person's words, what they agreed to share, how they like to be met, a joint date."""

    template: ClassVar[str] = "handovers/introduce.jinja"
    strip: Strip | None = None
    """Who this is."""
    known: tuple[str, ...] = ()
    """What was told already, so that the words can be theirs."""


@dataclass(frozen=True, kw_only=True)
class LinkPage(Page):
    """The one-time link and its code, shown once, for a receiver without an account; a link that is e-mailed is not shown."""

    template: ClassVar[str] = "handovers/link.jinja"
    strip: Strip | None = None
    """Who this is."""
    link: str = ""
    """The link, which names nobody: when it goes by hand, and in the demonstration, which sends nothing."""
    code: str = ""
    """The code, to be given another way."""
    emailed_to: str = ""
    """The address that the link goes to by itself, or nothing."""
    phone: str = ""
    """The receiver's telephone number, when its entry has one."""
    receiver: str = ""
    """To whom."""
    handover_id: UUID | None = None
    """The introduction."""


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """An introduction in a list."""

    handover_id: UUID
    name: str
    between: str
    status: str
    colour: str
    side: str


@dataclass(frozen=True, kw_only=True)
class IntroductionsPage(Page):
    """Both ways: to answer, received, given."""

    template: ClassVar[str] = "handovers/introductions.jinja"
    to_answer: tuple[HandoverRow, ...] = ()
    """Waiting for an answer from my teams."""
    received: tuple[HandoverRow, ...] = ()
    """Accepted by my teams, not settled yet."""
    given: tuple[HandoverRow, ...] = ()
    """Offered by me, not settled yet."""
    services: tuple[Theirs, ...] = ()
    """Services behind which my teams stand, and what each said last that it can take."""


@dataclass(frozen=True, kw_only=True)
class HandoverPage(Page):
    """One introduction: its facts, and what can be done next."""

    template: ClassVar[str] = "handovers/show_handover.jinja"
    strip: Strip | None = None
    """Who this is."""
    handover_id: UUID | None = None
    """The introduction."""
    status: str = ""
    """Where it stands."""
    colour: str = ""
    """Of the tag."""
    receiver: str = ""
    """To whom."""
    words: str = ""
    """In the person's words."""
    facts: tuple[tuple[str, str], ...] = ()
    """(fact, who and when)."""
    may_answer: bool = False
    """I receive, and it waits for an answer."""
    may_write_down: bool = False
    """I give, and may write down what they said."""
    may_say_spoken: bool = False
    """It was accepted: giver, receiver and person may have spoken together."""
    may_say_met: bool = False
    """I receive: I say when I have met them."""
    may_write_met: bool = False
    """I give, to a partner without an account: I may write down that they have met, as they told me."""
    waits_for_receiver: bool = False
    """I give, to a team that says so itself when it has met them."""
    may_confirm: bool = False
    """It is said that they have met, by somebody else, and nobody has confirmed it."""
    may_dispute: bool = False
    """It is said that they have met."""
    may_settle: bool = False
    """They met long enough ago to ask whether it is settled."""
    settled_from: str = ""
    """The day from which that is asked, while it is still to come."""
    may_renew: bool = False
    """A partner answers by link: a new one can be made."""
    renewed_to: str = ""
    """The address that a new link would go to by itself, or nothing."""
    link_stopped: bool = False
    """Too many wrong codes were tried: the link opens nothing any more."""
    next_fit: bool = False
    """Not us: something else is to be found."""


@dataclass(frozen=True, kw_only=True)
class WriteMetPage(Page):
    """The giver writes down that a partner without an account has met the person, and who told them."""

    template: ClassVar[str] = "handovers/write_met.jinja"
    strip: Strip | None = None
    """Who this is."""
    receiver: str = ""
    """Who met them."""


@dataclass(frozen=True, kw_only=True)
class AnswerByLinkPage(Page):
    """For a receiver without an account: it names nobody."""

    template: ClassVar[str] = "handovers/answer_by_link.jinja"
    thanks: str = ""
    """What follows from what was answered just now."""
    is_answered: bool = False
    """This link has been answered."""
    button: str = ""
    """What the button says."""


@dataclass(frozen=True, kw_only=True)
class SignpostPage(Page):
    """Tell somebody of a service, or write down how it went."""

    template: ClassVar[str] = "handovers/signpost.jinja"
    strip: Strip | None = None
    """Who this is."""
    service: str = ""
    """Which service."""
    about: str = ""
    """What to take along: where, when, how to start."""
    button: str = ""
    """What the button says."""


@dataclass(frozen=True, kw_only=True)
class WhatBecamePage(Page):
    """What people were introduced to a service for, and what became of it: to read, and to print for whoever pays for it."""

    template: ClassVar[str] = "handovers/what_became.jinja"
    service: str = ""
    """Its name."""
    until: str = ""
    """The day up to which it counts."""
    totals: tuple[tuple[str, str], ...] = ()
    """(what, how many), each rounded by itself."""
    rows: tuple[tuple[str, ...], ...] = ()
    """(month, need, introduced, answered, met, settled, came to nothing), the newest month first."""
    back_to: str = ""
    """The entry."""
