"""Who may introduce, answer, and say that two have met."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.journey.handovers.models import Handover
from alongside.people.policies import check_is_near
from alongside.refusals import NotFound, NotThisRole, Refusal
from alongside.vocabulary.actor import Actor


class SaidByWhoMeets(Refusal):
    code = "said_by_who_meets"
    status = 403
    message = _("Whoever meets the person says so. Until then you hold them; ask the receiver to log their first meeting.")


class SaidByAnother(Refusal):
    code = "said_by_another"
    status = 403
    message = _("You have said yourself that they met; somebody else confirms it.")


def can_introduce(actor: Actor) -> bool:
    """Tell whether the actor's role introduces people."""
    return policy.may(actor, "introduce")


def can_find_help(actor: Actor) -> bool:
    """Tell whether the actor's role looks for help with somebody: to introduce them, or at the end of the conversation."""
    return can_introduce(actor) or policy.may(actor, "converse")


def check_can_introduce(actor: Actor, person_id: int, *, at: datetime) -> None:
    """Refuse whoever is not near the person, and a role that does not introduce."""
    check_is_near(actor, person_id, at=at)
    policy.require(can_introduce(actor))


def check_receives(actor: Actor, handover: Handover) -> None:
    """Refuse whoever does not sit in the team that was asked."""
    if handover.to_team_id is None or handover.to_team_id not in actor.team_ids:
        raise NotFound


def receives_and_holds(actor: Actor, handover: Handover) -> bool:
    """Tell whether the actor sits in the team that was asked, in a role that holds people."""
    return handover.to_team_id is not None and handover.to_team_id in actor.team_ids and policy.may(actor, "hold")


def check_can_accept(actor: Actor, handover: Handover) -> None:
    """Refuse a receiver whose role does not hold people."""
    check_receives(actor, handover)
    if not policy.may(actor, "hold"):
        raise NotThisRole


def may_say_met(actor: Actor, handover: Handover, *, at: datetime) -> bool:
    """Tell whether the actor is the one who meets: whoever said yes; anybody of the team when the giver wrote its yes down, or
    when whoever said yes has left since."""
    said_yes = handover.accepted_by
    theirs = said_yes is None or said_yes.pk == actor.hat_id or (said_yes.until_at is not None and said_yes.until_at <= at)
    return theirs and receives_and_holds(actor, handover)


def check_can_say_met(actor: Actor, handover: Handover, *, at: datetime) -> None:
    """Refuse everybody but the receiver: the giver cannot move the holding away alone (lists.md, Handovers)."""
    if not may_say_met(actor, handover, at=at):
        raise SaidByWhoMeets


def check_can_write_met_down(handover: Handover) -> None:
    """Refuse to write a meeting down for a team with accounts here: it says so itself."""
    if handover.to_team_id is not None:
        raise SaidByWhoMeets


def check_can_confirm_met(actor: Actor, handover: Handover) -> None:
    """Refuse whoever has said it themselves: a second pair of eyes confirms."""
    if actor.hat_id is not None and actor.hat_id == handover.met_written_by_id:
        raise SaidByAnother
