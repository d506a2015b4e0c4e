"""Pages of the trusted conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, slots=True)
class KnownRow:
    """Something known already, and who wrote it."""

    words: str
    by: str


@dataclass(frozen=True, kw_only=True)
class ConversationPage(Page):
    """It starts from what is known; five parts; rank together; four boxes; saved at a time that is shown."""

    template: ClassVar[str] = "assessments/conversation.jinja"
    strip: Strip | None = None
    """Who this is."""
    known: tuple[KnownRow, ...] = ()
    """What was told already, newest first."""
    saved: str = ""
    """When it was last saved and by whom."""
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(heading, names of the fields under it)."""
    rank_form: object = None
    """The needs, ranked in the person's words."""
    to_merge: tuple[tuple[int, str, str], ...] = ()
    """(key, who, when) of versions that wait to be put together."""
    autosave: bool = True
    """The page saves by itself where scripts run; the button does without."""


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
