"""Who may change who holds a person, and who may end a hat."""

from __future__ import annotations

from datetime import datetime

from alongside.access import policy
from alongside.hubs.models import Hat
from alongside.members.models import Holding
from alongside.people.policies import check_is_near
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


def can_hold(actor: Actor) -> bool:
    """Tell whether the actor's role changes who holds somebody, and whether they rest: it holds people itself, or allocates."""
    return policy.may(actor, "hold") or policy.may(actor, "allocate")


def check_can_hold(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, and a role that neither holds nor allocates."""
    if actor.is_system:
        return
    check_is_near(actor, person_id, at=at)
    policy.require(can_hold(actor))


def check_can_manage_worker(actor: Actor, hub_id: int, worker_id: int) -> None:
    """Refuse everybody but a lead of a hub in which this worker has, or had, a hat."""
    if actor.is_system:
        return
    if actor.hub_id != hub_id or not Hat.objects.filter(worker_id=worker_id, hub_id=hub_id).exists():
        raise NotFound
    if not (policy.may(actor, "allocate") or policy.may(actor, "settings")):
        raise NotThisRole


def check_can_manage_people(actor: Actor, hat_id: int) -> None:
    """Refuse everybody but a lead of the same hub."""
    if actor.is_system:
        return
    if not Hat.objects.filter(pk=hat_id, hub_id=actor.hub).exists():
        raise NotFound
    if not (policy.may(actor, "allocate") or policy.may(actor, "settings")):
        raise NotThisRole


def holds(actor: Actor, person_id: int, *, at: datetime) -> bool:
    """Tell whether this hat holds the person, or covers for the one who does, or sits in the team that does."""
    mine = policy.relationships_of(actor, at, ("holder",)).filter(person_id=person_id)
    return mine.exists() or Holding.objects.filter(open_for=person_id, team_id__in=actor.team_ids).exists()
