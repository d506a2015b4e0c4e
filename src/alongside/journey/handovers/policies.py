"""Who may introduce, answer, and say that two have met."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.journey.handovers.models import Handover
from alongside.people.policies import check_is_near
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_introduce(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, and a role that does not introduce."""
    check_is_near(actor, person_id, at=at)
    if not policy.may(actor, "introduce"):
        raise NotThisRole


def check_receives(actor: Actor, handover: Handover) -> None:
    """Refuse whoever does not sit in the team that was asked."""
    if handover.to_team_id is None or handover.to_team_id not in actor.team_ids:
        raise NotFound


def receives_and_holds(actor: Actor, handover: Handover) -> bool:
    """Tell whether the actor sits in the team that was asked, in a role that holds people."""
    return handover.to_team_id is not None and handover.to_team_id in actor.team_ids and policy.may(actor, "hold")


def check_can_accept(actor: Actor, handover: Handover) -> None:
    """Refuse a receiver whose role does not hold people."""
    check_receives(actor, handover)
    if not policy.may(actor, "hold"):
        raise NotThisRole
