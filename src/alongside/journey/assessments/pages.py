"""Pages of the trusted conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip
from alongside.people.queries import Told


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the conversation: what is answered in it already, "as before", and where to write."""

    heading: str
    known: tuple[Told, ...]
    as_before: str
    """The name of the tick, or nothing where there is nothing yet that could stand as before."""
    stood: str
    """When it was last gone through and stood as before."""
    names: tuple[str, ...]
    """The fields to write in."""


@dataclass(frozen=True, kw_only=True)
class ConversationPage(Page):
    """It starts from what is known; five parts; rank together; four boxes; next steps; saved at a time that is shown."""

    template: ClassVar[str] = "assessments/conversation.jinja"
    strip: Strip | None = None
    """Who this is."""
    known: tuple[Told, ...] = ()
    """What was told outside the parts, newest first; each part shows its own."""
    known_more: tuple[Told, ...] = ()
    """What was told before that, folded away."""
    saved: str = ""
    """When it was last saved and by whom."""
    parts: tuple[Part, ...] = ()
    """The parts, in their order."""
    ranks: tuple[tuple[str, str], ...] = ()
    """(field of the need, field of the words) of each rank."""
    boxes: tuple[str, ...] = ()
    """The fields of the formulation."""
    to_merge: tuple[tuple[int, str, str], ...] = ()
    """(key, who, when) of versions that wait to be put together."""
    ranked_meanwhile: tuple[str, ...] = ()
    """The order that somebody else saved while this one was written."""
    autosave: bool = True
    """The page saves by itself where scripts run; the buttons do without."""


@dataclass(frozen=True, kw_only=True)
class KeepAwayPage(Page):
    """The kind question about whom to keep away, on a page of its own: its answer is never a part of the conversation."""

    template: ClassVar[str] = "assessments/keep_away.jinja"
    strip: Strip | None = None
    """Who this is."""
    is_written: bool = False
    """It has just been written down."""


@dataclass(frozen=True, slots=True)
class PartBoth:
    """One part as both wrote it."""

    code: str
    label: str
    theirs: str
    mine: str
    differs: bool


@dataclass(frozen=True, kw_only=True)
class PutTogetherPage(Page):
    """Two have written: both versions side by side, and one box to put them together."""

    template: ClassVar[str] = "assessments/put_together.jinja"
    strip: Strip | None = None
    """Who this is."""
    parts: tuple[PartBoth, ...] = ()
    """The parts in which the two differ."""
    theirs_by: str = ""
    """Who wrote what is saved."""
    mine_by: str = ""
    """Who wrote the other version."""
    fields: tuple[str, ...] = ()
    """Names of the fields to put together."""
