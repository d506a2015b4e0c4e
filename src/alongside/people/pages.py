"""Pages about telling once and reaching safely."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from alongside.design.page import Page
from alongside.people.queries import Told


@dataclass(frozen=True, slots=True)
class SubjectRow:
    """Something to write about, and how much is told of it already."""

    words: str
    href: str
    told: str


@dataclass(frozen=True, kw_only=True)
class ChooseSubjectPage(Page):
    """First what it is about, so that what is known already is read before anything is asked."""

    template: ClassVar[str] = "people/choose_subject.jinja"
    person_id: UUID | None = None
    """Of this person."""
    name: str = ""
    """Their name."""
    subjects: tuple[SubjectRow, ...] = ()
    """What can be written about."""


@dataclass(frozen=True, kw_only=True)
class WriteDownPage(Page):
    """Write something down; what is known already about it stands before the question."""

    template: ClassVar[str] = "people/write_down.jinja"
    person_id: UUID | None = None
    """Of this person."""
    name: str = ""
    """Their name."""
    subject: str = ""
    """What it is about."""
    known: tuple[Told, ...] = ()
    """What stands there already about this part, newest first."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """An allergy or a medicine as it was told."""

    kind: str
    record_id: UUID
    words: str


@dataclass(frozen=True, kw_only=True)
class AsToldPage(Page):
    """Allergies and medicines as they were told, with whose word it is."""

    template: ClassVar[str] = "people/as_told.jinja"
    person_id: UUID | None = None
    """Of this person."""
    allergies: tuple[ToldRow, ...] = ()
    """What they must not be given."""
    medicines: tuple[ToldRow, ...] = ()
    """What they take."""


@dataclass(frozen=True, slots=True)
class PointRow:
    """One way to reach somebody."""

    key: int
    words: str
    safe: bool
    confirmed: str
    may_be_seen: bool = False
    """Somebody under 18 whose message others may see: they are asked whether that is all right."""


@dataclass(frozen=True, kw_only=True)
class ContactSafetyPage(Page):
    """Every way to reach somebody, what is safe about it, and when that was last confirmed."""

    template: ClassVar[str] = "people/contact_safety.jinja"
    person_id: UUID | None = None
    """Of this person."""
    rows: tuple[PointRow, ...] = ()
    """The ways that stand."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A picture or paper beside an entry."""

    href: str
    words: str
    by: str


@dataclass(frozen=True, kw_only=True)
class FilesPage(Page):
    """Pictures and papers of one entry of the story, and a place for another."""

    template: ClassVar[str] = "people/files.jinja"
    person_id: UUID | None = None
    """Of this person."""
    name: str = ""
    """Their name."""
    told: Told | None = None
    """The entry."""
    rows: tuple[FileRow, ...] = ()
    """What is attached, newest first."""
