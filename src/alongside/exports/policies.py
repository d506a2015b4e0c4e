"""Who may ask for a list of several people, and who may say yes to it."""

from __future__ import annotations

from alongside.access import policy
from alongside.vocabulary.actor import Actor


def check_can_ask(actor: Actor) -> None:
    """Refuse a role that holds nobody."""
    policy.check_may(actor, "hold")


def can_answer(actor: Actor) -> bool:
    """Tell whether the role says yes or no to what others want to take out."""
    return policy.may(actor, "approve_exports")


def check_can_answer(actor: Actor) -> None:
    """Refuse a role that does not."""
    policy.check_may(actor, "approve_exports")
