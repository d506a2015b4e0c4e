"""Who may set up a hub, and who may look after the installation."""

from __future__ import annotations

from alongside.hubs.roles import ROLES
from alongside.refusals import NotFound, NotPermitted, NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_set_up(actor: Actor, hub_id: int) -> None:
    """Refuse everybody but a lead of this very hub (and the installation itself)."""
    if actor.is_system:
        return
    if actor.hub_id != hub_id:
        raise NotFound
    role = ROLES.get(actor.role)
    if not (actor.is_worker and role and "settings" in role.does):
        raise NotThisRole


def check_runs_by_itself(actor: Actor) -> None:
    """Refuse everybody: only what runs by itself says when it began and was done."""
    if not actor.is_system:
        raise NotPermitted


def check_is_the_installation(actor: Actor) -> None:
    """Refuse, as if it were not there, what only the installation itself does."""
    if not actor.is_system:
        raise NotFound


def check_looks_after(actor: Actor) -> None:
    """Refuse everybody but a hub lead and a system administrator (and the installation itself)."""
    role = ROLES.get(actor.role)
    if not (actor.is_system or (actor.is_worker and role and {"settings", "technical"} & role.does)):
        raise NotThisRole
