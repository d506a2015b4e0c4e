"""Who may answer what somebody asks of their own record; seeing always goes through `access.policy`."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.people.policies import check_can_write_story
from alongside.vocabulary.actor import Actor


def can_answer(actor: Actor) -> bool:
    """Tell whether the actor's role answers requests: the privacy officer, and the second pair of eyes."""
    return policy.may(actor, "data_rights")


def check_can_answer(actor: Actor) -> None:
    """Refuse a role that does not answer requests."""
    policy.check_may(actor, "data_rights")


def check_can_write_down(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not beside the person, in a role that reads stories: they are who knows that it is they who ask."""
    check_can_write_story(actor, person_id, at=at)
