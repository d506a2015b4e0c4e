"""Who may keep directory entries; what is in them is public."""

from __future__ import annotations

from alongside.access import policy
from alongside.refusals import NotThisRole
from alongside.vocabulary.actor import Actor


def check_can_keep(actor: Actor) -> None:
    """Refuse a role that keeps no entries."""
    if not policy.may(actor, "keep_directory"):
        raise NotThisRole


def check_can_keep_feeds(actor: Actor) -> None:
    """Refuse a role that does not say which directories of others the hub reads: that takes whoever keeps the hub's settings too."""
    if not may_keep_feeds(actor):
        raise NotThisRole


def check_can_look_for_help(actor: Actor) -> None:
    """Refuse a role that looks for help with nobody."""
    if not (policy.may(actor, "introduce") or policy.may(actor, "converse")):
        raise NotThisRole


def may_keep_feeds(actor: Actor) -> bool:
    """Tell whether this actor's role says which feeds the hub reads."""
    return policy.may(actor, "keep_directory") and policy.may(actor, "settings")


def may_keep(actor: Actor) -> bool:
    """Tell whether this actor's role keeps entries."""
    return policy.may(actor, "keep_directory")
