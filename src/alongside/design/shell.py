"""What stands around every page: whose hub it is, who is signed in, crisis help, languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One crisis contact as it is shown: its words in the language of the page and the address behind it."""

    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Shell:
    """The values that the layouts use; the same for every page of a request."""

    hub_name: str = "Alongside"
    colour: str = "blue"
    uses_nhs_identity: bool = False
    demo: bool = False
    language: str = "en-gb"
    path: str = "/"
    crisis: tuple[CrisisLine, ...] = ()
    hub_phone: str = ""
    worker_name: str = ""
    hat_words: str = ""
    role: str = ""
    can_triage: bool = False
    can_set_up: bool = False
    csp_nonce: str = ""
