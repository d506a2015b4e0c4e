"""Who may read and write a person's story and settle who is who; seeing always goes through `access.policy`."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.journal.command import is_part_of_another
from alongside.people.models import Person
from alongside.refusals import NotFound, NotThisRole, Refusal
from alongside.vocabulary.actor import Actor


class TheyHaveDied(Refusal):
    code = "they_have_died"
    status = 409
    message = _("They have died, so nothing was changed. If that was written down by mistake, take it back on their page.")


def check_is_alive(person: Person) -> None:
    """Refuse what makes no sense for somebody who has died."""
    if person.has_died:
        raise TheyHaveDied


def check_is_near(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse, as if nobody were there, whoever has no relationship with this person now."""
    if not policy.has_relationship(actor, person_id, at=at):
        raise NotFound


def check_is_near_or_part(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, unless this is a part of a command that has decided who may."""
    if not is_part_of_another():
        check_is_near(actor, person_id, at=at)


def can_read_story(actor: Actor) -> bool:
    """Tell whether the actor's role reads stories, and so writes them down."""
    return policy.may(actor, "read_story")


def check_can_read_story(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that does not read stories (reception, for one)."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_read_story(actor))


def check_can_write_story(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that does not read stories: who cannot see what was told must not write beside it."""
    check_can_read_story(actor, person_id, at=at)


def can_open_vault(actor: Actor) -> bool:
    """Tell whether the actor's role opens addresses that are held securely."""
    return policy.may(actor, "open_vault")


def check_can_open_vault(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse a role that neither visits nor sends; and, as if nobody were there, whoever is not near by a relationship."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_open_vault(actor))


def check_can_match(actor: Actor) -> None:
    """Refuse a role that does not settle who is who."""
    if not policy.may(actor, "match"):
        raise NotThisRole


def check_wears_a_hat(actor: Actor) -> int:
    """Refuse, as if there were nothing, whoever wears no hat; give the hat that writes."""
    if actor.hat_id is None:
        raise NotFound
    return actor.hat_id
