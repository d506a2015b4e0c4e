"""Who may set up a hub."""

from __future__ import annotations

from alongside.hubs.roles import ROLES
from alongside.refusals import NotFound, NotThisRole
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
