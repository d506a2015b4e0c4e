"""Who may read and write a person's story and settle who is who; seeing always goes through `access.policy`."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


def check_is_near(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse, as if nobody were there, whoever has no relationship with this person now."""
    if not policy.has_relationship(actor, person_id, at=at):
        raise NotFound


def check_can_read_story(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that does not read stories (reception, for one)."""
    check_is_near(actor, person_id, at=at)
    if not policy.may(actor, "read_story"):
        raise NotThisRole


def check_can_write_story(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that does not read stories: who cannot see what was told must not write beside it."""
    check_can_read_story(actor, person_id, at=at)


def check_can_match(actor: Actor) -> None:
    """Refuse a role that does not settle who is who."""
    if not policy.may(actor, "match"):
        raise NotThisRole
