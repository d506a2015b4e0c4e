"""Reads of the contact log."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from alongside.access.policy import visible_to
from alongside.journey.care_contacts.models import CareContact
from alongside.reads import Read, naming, read
from alongside.vocabulary.actor import Actor


def contacts_of(actor: Actor, person_id: int) -> Read[CareContact]:
    """List the newest hundred lines of a person's contact log within reach."""
    return read(_contacts, actor=actor, person_id=person_id)


def _contacts(actor: Actor, person_id: int, at: datetime) -> QuerySet[CareContact]:
    found = visible_to(actor, CareContact.objects.filter(person_id=person_id), at=at)
    return naming(found, "hat").order_by("-at", "-pk")[:100]
