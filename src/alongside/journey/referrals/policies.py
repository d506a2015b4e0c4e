"""Who may decide at triage, take a crisis call, bring someone in."""

from __future__ import annotations

from alongside.access import policy
from alongside.refusals import NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_triage(actor: Actor) -> None:
    """Refuse a role that does not triage."""
    if not policy.may(actor, "triage"):
        raise NotThisRole


def check_can_take_crisis_call(actor: Actor) -> None:
    """Refuse a role that does not take crisis calls."""
    if not policy.may(actor, "crisis_call"):
        raise NotThisRole


def check_can_bring_in(actor: Actor) -> None:
    """Refuse a role that brings nobody in (a privacy officer, an analyst)."""
    if not policy.may(actor, "bring_in"):
        raise NotThisRole
