"""Who may invite somebody to their own page, and who may close it."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.members.policies import can_hold, holds
from alongside.people.policies import check_is_near
from alongside.vocabulary.actor import Actor


def can_invite(actor: Actor, person_id: int, *, at: datetime) -> bool:
    """Tell whether the actor holds the person, or sits in the team that does: who invites has met them, and agreed a number."""
    return policy.may(actor, "hold") and holds(actor, person_id, at=at)


def check_can_invite(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever does not hold the person; and, as if nobody were there, whoever is not near."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_invite(actor, person_id, at=at))


def can_close(actor: Actor) -> bool:
    """Tell whether the actor's role closes somebody's own page: whoever holds or allocates, and the safeguarding lead."""
    return can_hold(actor) or policy.may(actor, "override")


def check_can_close(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that neither holds, allocates nor safeguards; and, as if nobody were there, whoever is not near."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_close(actor))
