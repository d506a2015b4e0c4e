"""Reads of messages that came in."""

from __future__ import annotations

from alongside.journey.referrals.models import MessageReceived, Referral
from alongside.vocabulary.actor import Actor


def standing_message(key: str) -> MessageReceived | None:
    """Give the message that was received under this name before."""
    return MessageReceived.objects.filter(key=key).first()


def referral_about(actor: Actor, request_key: str) -> Referral | None:
    """Give the referral that this sender's request made; another sender's request is as if it were not there.

    Queries:  one.
    """
    if not request_key:
        return None
    sent = MessageReceived.objects.filter(hub_id=actor.hub, request_key=request_key, referral__isnull=False)
    if actor.client_id is None:
        sent = sent.filter(client__isnull=True)
    else:
        sent = sent.filter(client__organisation_id=actor.organisation)
    found = sent.select_related("referral__team__organisation").order_by("-received_at", "-pk").first()
    return found.referral if found else None
