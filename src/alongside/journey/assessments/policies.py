"""Who may have and read the conversation."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.people.policies import check_is_near
from alongside.vocabulary.actor import Actor


def can_converse(actor: Actor) -> bool:
    """Tell whether the actor's role has the conversation."""
    return policy.may(actor, "converse")


def check_can_converse(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, and a role that does not have the conversation."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_converse(actor))
