"""Pages of what somebody says of their record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from alongside.design.page import Page
from alongside.members.strip import Strip


@dataclass(frozen=True, slots=True)
class Said:
    """What the person says, what was answered, and where it is answered."""

    lines: tuple[str, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class RecordItem:
    """One item in words, with what is said of it."""

    heading: str
    when: str
    lines: tuple[tuple[str, str], ...]
    said: tuple[Said, ...] = ()
    href: str = ""
    """Where it is said that it is not right; nothing while something waits for an answer."""


@dataclass(frozen=True, kw_only=True)
class PutRightPage(Page):
    """A record item by item, as the worker sees it: what the person says is not right, and what was answered."""

    template: ClassVar[str] = "rights/put_right.jinja"
    strip: Strip | None = None
    """Who this is."""
    said: tuple[Said, ...] = ()
    """What they say of all of it."""
    not_used: str = ""
    """Where it is written down that they do not want their record used; nothing while that stands."""
    items: tuple[RecordItem, ...] = ()
    """The items of this page, newest first."""
    next: str = ""
    """The next page, or nothing."""


@dataclass(frozen=True, kw_only=True)
class NotRightPage(Page):
    """They say that one item is not right."""

    template: ClassVar[str] = "rights/not_right.jinja"
    strip: Strip | None = None
    """Who this is."""
    item: RecordItem | None = None
    """The item."""


@dataclass(frozen=True, kw_only=True)
class NotUsedPage(Page):
    """They do not want their record used."""

    template: ClassVar[str] = "rights/not_used.jinja"
    strip: Strip | None = None
    """Who this is."""


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Page):
    """What they say is answered."""

    template: ClassVar[str] = "rights/answer.jinja"
    strip: Strip | None = None
    """Who this is."""
    item: RecordItem | None = None
    """The item that they mean; none: all of their record."""
    said: tuple[str, ...] = ()
    """What they say."""
