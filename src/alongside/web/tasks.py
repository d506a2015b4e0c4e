"""What runs by itself: messages leave, invitations become call-backs, unanswered introductions rise, hellos are asked for, referrers hear. Each is one command."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings

from alongside.connections.email import NeverSends, NoServer, Sender, SmtpSender
from alongside.hubs.models import Hub
from alongside.hubs.queries import local_date
from alongside.journey.handovers.commands import ask_how_it_went, raise_unanswered
from alongside.journey.handovers.queries import signposts_left_behind, unanswered_past
from alongside.journey.referrals.commands import send_news_to_referrer
from alongside.journey.referrals.queries import referrers_to_tell
from alongside.members.commands import ask_to_say_hello, turn_into_call_back
from alongside.members.queries import hellos_not_said, unanswered_invitations
from alongside.messages.commands import count_fault, deliver
from alongside.messages.queries import messages_due
from alongside.vocabulary.actor import Actor

log = logging.getLogger("alongside.work")


def sender() -> Sender:
    """Give what e-mail leaves by: a real server, in the demo nothing at all; without a server each message becomes a task."""
    if settings.DEMO:
        return NeverSends()
    if not settings.EMAIL_HOST:
        return NoServer()
    return SmtpSender(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        sender=settings.DEFAULT_FROM_EMAIL,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
    )


def send_what_is_due(at: datetime, by: Sender) -> int:
    """Send the messages that are due, each in a transaction of its own; the gate is asked again for each.

    A fault keeps back no other message and is counted like any try that did not succeed; nothing of it is logged but its type.
    """
    done = 0
    for message_id, hub_id in messages_due(at):
        outbox = Actor.system("outbox", hub_id)
        try:
            deliver(actor=outbox, at=at, message_id=message_id, sender=by, address=settings.PUBLIC_ADDRESS)
            done += 1
        except Exception as fault:
            log.error("outbox: %s; the message stays and is tried again", type(fault).__name__)
            _count_fault(outbox, at, message_id)
    return done


def _count_fault(outbox: Actor, at: datetime, message_id: int) -> None:
    try:
        count_fault(actor=outbox, at=at, message_id=message_id)
    except Exception as fault:  # the database itself is not there: nothing has changed, and the next round comes back to it
        log.error("outbox: %s; the try was not counted", type(fault).__name__)


def sweep(at: datetime) -> int:
    """Turn unanswered invitations into call-backs, raise unanswered introductions, ask for hellos past their day and for
    what came of the signposts of whoever has left, tell referrers, in every hub."""
    today, done = local_date(at), 0
    for invitation_id, hub_id in unanswered_invitations(today):
        done += turn_into_call_back(actor=Actor.system("sweep", hub_id), at=at, invitation_id=invitation_id) is not None
    for person_id, hub_id in hellos_not_said(today):
        done += ask_to_say_hello(actor=Actor.system("sweep", hub_id), at=at, person_id=person_id) is not None
    for hub_id in Hub.objects.values_list("pk", flat=True):
        for handover in unanswered_past(hub_id, today):
            done += raise_unanswered(actor=Actor.system("sweep", hub_id), at=at, handover_id=handover.pk) is not None
        for signpost_id in signposts_left_behind(hub_id, at):
            done += ask_how_it_went(actor=Actor.system("sweep", hub_id), at=at, signpost_id=signpost_id) is not None
        for referral_id in referrers_to_tell(hub_id, at):
            send_news_to_referrer(actor=Actor.system("sweep", hub_id), at=at, referral_id=referral_id)
            done += 1
    return done
