"""What stands around every page: whose hub it is, who is signed in, crisis help, languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One crisis contact as it is shown: its words in the language of the page and the address behind it."""

    words: str
    href: str = ""
    """tel:, sms: or https: address; empty when there is nothing to press."""


@dataclass(frozen=True, slots=True)
class Shell:
    """The values that the layouts use; the same for every page of a request."""

    hub_name: str = "Alongside"
    logo_words: str = ""
    """A few words after the name, such as the partnership that runs the hub."""
    colour: str = "blue"
    """One of COLOURS."""
    uses_nhs_identity: bool = False
    """Only for a hub that is entitled to it: shows the NHS logo beside its name."""
    demo: bool = False
    """Everybody here is made up: says so on every page."""
    restored: str = ""
    """What is missing after a restore, on every page of a worker until a hub lead says that it has been written again."""
    language: str = "en-gb"
    path: str = "/"
    """Where the language switch comes back to."""
    crisis: tuple[CrisisLine, ...] = ()
    exit_to: str = "https://www.bbc.co.uk/weather"
    """A neutral page of somebody else, for "Exit this page"."""
    hub_phone: str = ""
    worker_name: str = ""
    """Empty when nobody with a hat is signed in."""
    hat_words: str = ""
    role: str = ""
    can_bring_in: bool = False
    can_triage: bool = False
    can_stop: bool = False
    """May stop an organisation, and has no settings to find that in."""
    can_set_up: bool = False
    can_look_after: bool = False
    """Looks after the installation, and has no settings page."""
    can_allocate: bool = False
    """May arrange leave and end a hat."""
    can_match: bool = False
    """May say whether two records are one person."""
    can_settle: bool = False
    """May say who exactly must be kept away from somebody."""
    can_keep: bool = False
    """May keep the entries of the directory."""
    can_plan: bool = False
    """Is shown what there is and what is missing."""
    can_break_glass: bool = False
    """May open a record in an emergency."""
    can_approve: bool = False
    """May approve what partners share."""
    can_let_out: bool = False
    """Says yes or no to lists that others want to take out."""
    can_take_pack: bool = False
    """Has the pack for when the hub cannot be reached."""
    can_review: bool = False
    """Reviews what was opened in an emergency."""
    can_answer_rights: bool = False
    """Answers what people ask of their own record."""
    is_shown_something: bool = False
    """A safeguarding lead shows this hat something now."""
    stopped_since: str = ""
    """Since when nothing has run by itself any more, if that is so."""
    csp_nonce: str = ""


COLOURS = {
    "blue": "#005eb8",
    "green": "#00703c",
    "purple": "#4c2c92",
    "teal": "#00616b",
    "plum": "#7c2855",
    "slate": "#425563",
}
"""The colours a hub may choose from: each gives white words a contrast of at least 4.5 to 1 (a test computes it)."""
