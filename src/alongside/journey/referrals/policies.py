"""Who may decide at triage, say who took a crisis call, bring someone in."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.members.policies import holds
from alongside.refusals import NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_triage(actor: Actor) -> None:
    """Refuse a role that does not triage."""
    if not policy.may(actor, "triage"):
        raise NotThisRole


def check_can_take_crisis_call(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever neither takes crisis calls nor holds the person; the caller has found the call within reach."""
    if not can_take_crisis_call(actor, person_id, at=at):
        raise NotThisRole


def can_take_crisis_call(actor: Actor, person_id: int, *, at: datetime) -> bool:
    """Tell whether the actor may write down who took a call: by role, or because they hold the person."""
    return policy.may(actor, "crisis_call") or holds(actor, person_id, at=at)


def check_can_bring_in(actor: Actor) -> None:
    """Refuse a role that brings nobody in (a privacy officer, an analyst)."""
    if not policy.may(actor, "bring_in"):
        raise NotThisRole
