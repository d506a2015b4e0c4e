"""Reads of the outbox."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alongside.access.policy import visible_to
from alongside.messages.models import Message
from alongside.vocabulary.actor import Actor


def messages_due(at: datetime) -> list[tuple[int, int]]:
    """List (message, hub) of what is to be sent now, oldest first; at most a hundred."""
    return list(_waiting().filter(due_at__lte=at).order_by("due_at", "pk").values_list("pk", "hub_id")[:100])


def still_to_leave(person_id: int) -> list[int]:
    """List the messages to one person that have neither left nor been stopped, oldest first."""
    return list(_waiting().filter(person_id=person_id).order_by("due_at", "pk").values_list("pk", flat=True))


def _waiting() -> QuerySet[Message]:
    return Message.objects.filter(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True)


def messages_of(actor: Actor, person_id: int) -> list[Message]:
    """List a person's messages within reach, newest first."""
    return list(visible_to(actor, Message.objects.filter(person_id=person_id)).order_by("-made_at", "-pk")[:50])
