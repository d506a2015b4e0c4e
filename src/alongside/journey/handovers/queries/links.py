"""What the one-time link of a partner without an account leads to, and what became of it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.design.words import moment
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.queries.introductions import giver_near
from alongside.journey.handovers.rules import may_answer, may_meet
from alongside.messages.rules import Asked
from alongside.refusals import NotFound
from alongside.vocabulary.reference import fingerprint


def lock_by_link(token: str) -> Handover:
    """Get, under a lock, the introduction that a one-time link is about."""
    found = _by_link(token).select_for_update(of=("self",)).first()
    if found is None:
        raise NotFound
    return found


def asked_by_link(token: str) -> str:
    """Tell what a link asks for now: "answer", "met", or "" when all is said; nothing about the introduction is told.

    Refuses: NotFound for a link that is unknown or has been replaced.
    """
    found = _by_link(token).first()
    if found is None:
        raise NotFound
    if may_answer(found.facts):
        return "answer"
    return "met" if may_meet(found.facts) else ""


def _by_link(token: str) -> QuerySet[Handover]:
    found = Handover.objects.unscoped("Whoever has the one-time link.").filter(
        link_fingerprint=fingerprint(token) if 20 <= len(token) <= 80 else ""
    )
    return found.select_related("person")


def how_asked(message_id: int, at: datetime) -> Asked:
    """Say how an introduction stands when the e-mail with its one-time link is about to leave, for the gate of messages.

    Empty: it is not current when another link has taken its place.
    """
    found = (
        Handover.objects.unscoped("For the gate, as a message is about to leave.")
        .select_related("person", "to_service")
        .filter(link_message_id=message_id)
        .first()
    )
    if found is None:
        return Asked(agreed=False, is_open=False, is_current=False)
    return Asked(
        agreed=found.person_agrees,
        is_open=found.to_service is not None and found.to_service.closed_at is None,
        is_current=may_answer(found.facts),
        hat_id=giver_near(found, at),
    )


def what_became_of_the_link(one: Handover) -> str:
    """Say where the e-mail with the one-time link is; nothing when the link goes by hand."""
    email = one.link_message
    if email is None:
        return ""
    where = {"address": email.to_address, "at": moment(email.sent_at)}
    if email.sent_at:
        return _("left for %(address)s on %(at)s") % where
    if email.failed_at or email.stopped_at:
        return _("did not reach %(address)s") % where
    return _("is on its way to %(address)s") % where
