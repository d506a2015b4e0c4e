"""Who may keep directory entries; what is in them is public."""

from __future__ import annotations

from alongside.access import policy
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
