"""Who may keep directory entries; what is in them is public.

Whoever keeps the settings of a hub keeps every entry of it; a service editor those of their own organisation or team, and no other.
Somebody at a service without an account keeps one entry by a private link (`queries.editors`).
Source: S2-320 (service staff can edit only their own); lists.md (service editor, hub lead).
"""

from __future__ import annotations

from django.db.models import Q

from alongside.access import policy
from alongside.journey.directory.models import Service
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_keep(actor: Actor, service: Service | None = None) -> None:
    """Refuse a role that keeps no entries, and, as if it were not there, an entry that is not theirs to keep."""
    if not policy.may(actor, "keep_directory"):
        raise NotThisRole
    if service is not None and not may_keep(actor, service):
        raise NotFound


def check_keeps_every(actor: Actor) -> None:
    """Refuse whoever keeps only their own entries."""
    if not keeps_every(actor):
        raise NotThisRole


def check_can_keep_feeds(actor: Actor) -> None:
    """Refuse a role that does not say which directories of others the hub reads: that takes whoever keeps the hub's settings too."""
    if not may_keep_feeds(actor):
        raise NotThisRole


def check_can_look_for_help(actor: Actor) -> None:
    """Refuse a role that looks for help with nobody."""
    if not (policy.may(actor, "introduce") or policy.may(actor, "converse")):
        raise NotThisRole


def may_keep(actor: Actor, service: Service | None = None) -> bool:
    """Tell whether this actor's role keeps entries, and this one among them."""
    if not policy.may(actor, "keep_directory") or service is None:
        return policy.may(actor, "keep_directory")
    if not actor.is_system and service.hub_id != actor.hub_id:
        return False
    own = service.organisation_id is not None and service.organisation_id == actor.organisation_id
    return keeps_every(actor) or own or service.team_id in actor.team_ids


def keeps_every(actor: Actor) -> bool:
    """Tell whether this actor keeps every entry of the hub."""
    return policy.may(actor, "keep_directory") and policy.may(actor, "settings")


def kept_by(actor: Actor, of: str = "") -> Q:
    """Limit entries to those that this actor keeps, for a query; `of` leads from its rows to the entry, as "service__"."""
    if keeps_every(actor):
        return Q()
    if not policy.may(actor, "keep_directory"):
        return Q(pk__in=())
    return Q(**{f"{of}organisation_id": actor.organisation}) | Q(**{f"{of}team_id__in": actor.team_ids})


def check_can_plan(actor: Actor) -> None:
    """Refuse a role that is shown no figures of what there is and what is missing."""
    if not policy.may(actor, "plan"):
        raise NotThisRole


def check_can_record_gap(actor: Actor) -> None:
    """Refuse a role that neither keeps entries nor plans."""
    if not may_record_gap(actor):
        raise NotThisRole


def may_plan(actor: Actor) -> bool:
    """Tell whether this actor's role is shown figures of what there is and what is missing."""
    return policy.may(actor, "plan")


def may_record_gap(actor: Actor) -> bool:
    """Tell whether this actor's role writes down that there is nothing within reach."""
    return policy.may(actor, "plan") or policy.may(actor, "keep_directory")


def speaks_for(actor: Actor, service: Service) -> bool:
    """Tell whether a worker belongs to a service: to the team behind it, or to the organisation that runs it."""
    if not actor.is_worker:
        return False
    in_team = service.team_id is not None and service.team_id in actor.team_ids
    return in_team or (service.organisation_id is not None and service.organisation_id == actor.organisation_id)


def may_say_room(actor: Actor, service: Service) -> bool:
    """Tell whether somebody may say what a service can take now: whoever works there, and whoever keeps entries."""
    return speaks_for(actor, service) or may_keep(actor, service)


def check_can_say_room(actor: Actor, service: Service) -> None:
    """Refuse whoever neither works there nor keeps entries."""
    if not may_say_room(actor, service):
        raise NotThisRole


def may_keep_feeds(actor: Actor) -> bool:
    """Tell whether this actor's role says which feeds the hub reads."""
    return policy.may(actor, "keep_directory") and policy.may(actor, "settings")
