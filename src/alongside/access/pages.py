"""Pages of signing in, choosing a hat, the first password, and exclusions to settle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.safestring import SafeString

from alongside.design.page import Page


@dataclass(frozen=True, kw_only=True)
class ChooseHatPage(Page):
    """One hat a session."""

    template: ClassVar[str] = "access/choose_hat.jinja"
    none: bool = False
    """No hat is left to wear."""


@dataclass(frozen=True, kw_only=True)
class SignInPage(Page):
    """A page of the sign-in library inside our layout."""

    template: ClassVar[str] = "access/sign_in.jinja"
    content: SafeString = SafeString("")
    """What the library drew."""
    name: str = ""
    """The e-mail address of whoever is signed in."""
    has_password: bool = False
    """They signed in with a password, which they may change; a made-up person of the demo has none."""


@dataclass(frozen=True, slots=True)
class PersonaRow:
    """A made-up worker to sign in as."""

    user_id: int
    name: str
    hats: str


@dataclass(frozen=True, kw_only=True)
class PersonasPage(Page):
    """Made-up workers to pick from; in the demo only."""

    template: ClassVar[str] = "access/personas.jinja"
    rows: tuple[PersonaRow, ...] = ()
    """Whom to be."""


@dataclass(frozen=True, kw_only=True)
class FirstPasswordPage(Page):
    """Behind the link of an invitation: choose a password."""

    template: ClassVar[str] = "access/first_password.jinja"
    email: str = ""
    """What to sign in with."""


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """Somebody whom a person named, not yet settled."""

    href: str
    name: str
    since: str


@dataclass(frozen=True, kw_only=True)
class ExclusionsPage(Page):
    """Exclusions that nobody has settled yet; for the safeguarding lead and the holder only."""

    template: ClassVar[str] = "access/exclusions.jinja"
    rows: tuple[ExclusionRow, ...] = ()
    """Whom it is about, and since when."""


@dataclass(frozen=True, kw_only=True)
class SettlePage(Page):
    """One exclusion: what the person wrote, and who is meant."""

    template: ClassVar[str] = "access/settle.jinja"
    words: str = ""
    """What the person wrote."""
    name: str = ""
    """Who the person is."""
    back_to: str = ""
    """The list."""
