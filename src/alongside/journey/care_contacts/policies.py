"""Who may write in the contact log."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.people.policies import check_is_near
from alongside.vocabulary.actor import Actor


def can_log_contact(actor: Actor) -> bool:
    """Tell whether the actor's role meets people."""
    return policy.may(actor, "contact")


def check_can_log_contact(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, and a role that meets nobody."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_log_contact(actor))
