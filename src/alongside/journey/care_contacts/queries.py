"""Reads of the contact log."""

from __future__ import annotations

from alongside.access.policy import visible_to
from alongside.journey.care_contacts.models import CareContact
from alongside.vocabulary.actor import Actor


def contacts_of(actor: Actor, person_id: int) -> list[CareContact]:
    """List the newest hundred lines of a person's contact log within reach."""
    found = visible_to(actor, CareContact.objects.filter(person_id=person_id))
    return list(found.select_related("hat__worker", "hat__organisation").order_by("-at", "-pk")[:100])
