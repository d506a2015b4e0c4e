"""Who may keep directory entries; what is in them is public."""

from __future__ import annotations

from alongside.access import policy
from alongside.journey.directory.models import Service
from alongside.refusals import NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_keep(actor: Actor) -> None:
    """Refuse a role that keeps no entries."""
    if not policy.may(actor, "keep_directory"):
        raise NotThisRole


def check_can_look_for_help(actor: Actor) -> None:
    """Refuse a role that looks for help with nobody."""
    if not (policy.may(actor, "introduce") or policy.may(actor, "converse")):
        raise NotThisRole


def may_keep(actor: Actor) -> bool:
    """Tell whether this actor's role keeps entries."""
    return policy.may(actor, "keep_directory")


def speaks_for(actor: Actor, service: Service) -> bool:
    """Tell whether a worker belongs to a service: to the team behind it, or to the organisation that runs it."""
    if not actor.is_worker:
        return False
    in_team = service.team_id is not None and service.team_id in actor.team_ids
    return in_team or (service.organisation_id is not None and service.organisation_id == actor.organisation_id)


def may_say_room(actor: Actor, service: Service) -> bool:
    """Tell whether somebody may say what a service can take now: whoever works there, and whoever keeps entries."""
    return speaks_for(actor, service) or may_keep(actor)


def check_can_say_room(actor: Actor, service: Service) -> None:
    """Refuse whoever neither works there nor keeps entries."""
    if not may_say_room(actor, service):
        raise NotThisRole
