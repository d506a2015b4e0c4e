"""Who may decide what a person is not shown; seeing always goes through `access.policy`."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.people.policies import check_is_near
from alongside.vocabulary.actor import Actor


def can_withhold(actor: Actor) -> bool:
    """Tell whether the actor's role decides what is kept from a person: who holds and reads stories, and the safeguarding lead."""
    return policy.may(actor, "read_story") and (policy.may(actor, "hold") or policy.may(actor, "override"))


def check_can_withhold(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that does not decide this (reception, a student); and, as if nobody were there, whoever is not near."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_withhold(actor))
