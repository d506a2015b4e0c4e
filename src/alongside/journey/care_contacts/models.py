"""Meeting: the contact log, small and quick."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.records import PersonRecord


class CareContact(PersonRecord):
    """One line of the contact log: tried, met or missed, with what happened in a sentence."""

    CATEGORY: ClassVar = "contacts"
    at = models.DateTimeField()
    hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="care_contacts", db_index=False)
    outcome = models.CharField(max_length=24)
    mode = models.CharField(max_length=12, blank=True)
    came_along = models.CharField(max_length=160, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    handover = models.ForeignKey(
        "handovers.Handover", null=True, on_delete=models.PROTECT, related_name="care_contacts", db_index=False
    )

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(condition=~Q(outcome="met") | ~Q(mode=""), name="met_says_how"),
        ]
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="contact_person"),
            models.Index(fields=["hub", "outcome", "at"], name="contact_hub_outcome"),
        ]
