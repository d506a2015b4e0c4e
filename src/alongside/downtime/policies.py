"""Who takes a pack for when the hub cannot be reached; what stands in it goes through the scope of its readers."""

from __future__ import annotations

from alongside.access import policy
from alongside.vocabulary.actor import Actor


def check_can_take(actor: Actor) -> None:
    """Refuse a role that has no pack."""
    policy.check_may(actor, "downtime")


def reads(actor: Actor) -> bool:
    """Tell whether the role reads a pack, or only carries a sealed one."""
    return policy.may(actor, "downtime") and policy.may(actor, "read_story")
