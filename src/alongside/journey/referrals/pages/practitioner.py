"""Pages of the professional door and of triage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A person found by a search."""

    person_id: UUID
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class MineRow:
    """Somebody whom this hat brought in: own words and where it stands, nothing else."""

    referral_id: UUID
    name: str
    reference: str
    first_line: str
    status: str
    colour: str
    received: str


@dataclass(frozen=True, kw_only=True)
class BringSomeoneInPage(Page):
    """Search first, then the short form: three fields and one tick are enough."""

    template: ClassVar[str] = "referrals/bring_someone_in.jinja"
    searched: bool = False
    """A search was made."""
    found: tuple[FoundRow, ...] = ()
    """People within reach who are like what was typed."""
    find_form: object = None
    """The search."""
    mine: tuple[MineRow, ...] = ()
    """What this hat brought in before, newest first."""
    next: str = ""
    """The address of older ones, or nothing."""


@dataclass(frozen=True, kw_only=True)
class BroughtInPage(Page):
    """Where it stands, in the referrer's own words and its status, and a summary to copy."""

    template: ClassVar[str] = "referrals/brought_in.jinja"
    reference: str = ""
    """The human reference."""
    name: str = ""
    """The person's name, as the referrer gave it."""
    status: str = ""
    """Where it stands."""
    words: str = ""
    """The referrer's own words."""
    team: str = ""
    """The team that looks at it, until triage."""
    by: str = ""
    """When first contact is due."""
    summary: str = ""
    """Plain text to copy into another record."""
    message_back: str = ""
    """What was heard, who holds and what is next: once triaged, and with the person's agreement."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the triage queue."""

    referral_id: UUID
    urgency: str
    colour: str
    why: str
    wait: str
    door: str
    name: str
    first_line: str
    wants: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class CallRow:
    """A crisis call that nobody has taken yet."""

    call_id: UUID
    name: str
    open_for: str
    """How long nobody has taken it, and who opened it."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """Somebody who said "not safe", gave a way to reach them, and has given no name yet or has not gone on."""

    draft_id: UUID
    since: str
    name: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way to reach somebody: how it may be used, and the number to press when it is one to call or text."""

    words: str
    number: str
    href: str


@dataclass(frozen=True, kw_only=True)
class TriageQueuePage(Page):
    """Who waits to be looked at: crisis calls on top, then by urgency and wait."""

    template: ClassVar[str] = "referrals/triage_queue.jinja"
    calls: tuple[CallRow, ...] = ()
    """Crisis calls nobody has taken."""
    drafts: tuple[DraftRow, ...] = ()
    """Unfinished askings of somebody who is not safe."""
    rows: tuple[QueueRow, ...] = ()
    """The queue."""
    next: str = ""
    """The address of the next page, or nothing."""


@dataclass(frozen=True, kw_only=True)
class DecidePage(Page):
    """Decide on one page beside the referral."""

    template: ClassVar[str] = "referrals/decide.jinja"
    strip: Strip | None = None
    """Who this is."""
    referral_id: UUID | None = None
    """Of this referral."""
    reference: str = ""
    """The human reference."""
    received: str = ""
    """When it came in."""
    door: str = ""
    """By which door, and who brought it."""
    urgency: str = ""
    """How urgent it came in."""
    words: str = ""
    """What was said."""
    whose: str = ""
    """Whose words they are."""
    wants: str = ""
    """What was asked for."""
    agreed_next: str = ""
    """What was agreed to happen next."""
    needs: tuple[str, ...] = ()
    """What matters most, ranked."""
    flagged: bool = False
    """Suspected spam: nothing is sent until somebody has looked."""
    call: CallRow | None = None
    """An open crisis call of this person."""
    calls_taken: tuple[tuple[str, str], ...] = ()
    """(who took an earlier crisis call and when, what was written then), newest first."""


@dataclass(frozen=True, kw_only=True)
class DecidedPage(Page):
    """What has been decided at triage; it links only to what this worker may still open."""

    template: ClassVar[str] = "referrals/decided.jinja"
    name: str = ""
    """Who it is about."""
    rows: tuple[tuple[str, str, str], ...] = ()
    """(what, how it was decided, "")."""
    person_id: UUID | None = None
    """Of the record, while it is within reach."""
    call_id: UUID | None = None
    """Of a crisis call that nobody has taken yet."""


@dataclass(frozen=True, kw_only=True)
class TakenByPage(Page):
    """Who took the crisis call, and when."""

    template: ClassVar[str] = "referrals/taken_by.jinja"
    strip: Strip | None = None
    """Who this is."""
    ways: tuple[WayRow, ...] = ()
    """The numbers to call."""
    open_for: str = ""
    """How long nobody has taken it, and who opened it."""
    known: tuple[tuple[str, str, str], ...] = ()
    """(question, answer, "") of somebody who has not finished asking."""


@dataclass(frozen=True, kw_only=True)
class SummaryPage(Page):
    """The summary of one coming in, to copy into another record."""

    template: ClassVar[str] = "referrals/summary.jinja"
    strip: Strip | None = None
    """Who this is."""
    summary: str = ""
    """Plain text to copy into another record."""
    agreed: bool = True
    """The person agreed that whoever brought them in hears it."""
