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
    elsewhere: str = ""
    """Whether staff may sign in by their provider: offered, linked, or silent when it does not answer; nothing where there is none."""
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
    elsewhere: tuple[str, ...] = ()
    """Worker and token of the invitation, where staff may sign in by their provider instead."""


@dataclass(frozen=True, kw_only=True)
class NotLinkedPage(Page):
    """The provider knows somebody whom no account is linked to."""

    template: ClassVar[str] = "access/not_linked.jinja"


@dataclass(frozen=True, kw_only=True)
class SteppedUpPage(Page):
    """Shown that it is you, in another window: go back to the first."""

    template: ClassVar[str] = "access/stepped_up.jinja"


@dataclass(frozen=True, kw_only=True)
class StepUpPage(Page):
    """Show that it is you: stands in the place of the page that was asked for, at its own address."""

    template: ClassVar[str] = "access/step_up.jinja"
    here: str = ""
    """Where the answer goes: back to what was asked for."""
    mark: str = "page"
    """page, or sent when something was sent."""
    kept: tuple[tuple[str, str], ...] = ()
    """What was sent: travels with the answer and is taken up again."""
    because: str = "grave"
    """grave, records or rows."""
    only_a_button: bool = False
    """A made-up person of the demo has no second factor."""
    elsewhere: bool = False
    """The account is linked with the staff's provider, which can be asked too."""
    passkey: str = ""
    """What the browser is asked for, as JSON, when there is a passkey."""
    phone: str = ""
    """Whom to call when somebody is in danger and no second factor is at hand."""


@dataclass(frozen=True, slots=True)
class SignedInRow:
    """One place where somebody is signed in."""

    name: str
    """What ends it."""
    browser: str
    since: str
    seen: str
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class SignedInPage(Page):
    """Where somebody is signed in, and ending it from afar."""

    template: ClassVar[str] = "access/signed_in.jinja"
    rows: tuple[SignedInRow, ...] = ()
    """This one first."""


@dataclass(frozen=True, kw_only=True)
class SignWorkerOutPage(Page):
    """Ending every session of a worker."""

    template: ClassVar[str] = "access/sign_worker_out.jinja"
    name: str = ""
    """Who it is."""
    count: str = ""
    """In how many places they are signed in."""


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
