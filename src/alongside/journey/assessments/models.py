"""The trusted conversation: one current record of how things are, in versions; needs ranked in the person's words."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.records import PersonRecord


class Assessment(PersonRecord):
    """One conversation over body, mind and life. There is no field for a diagnosis (promise 5)."""

    CATEGORY: ClassVar = "conversation"
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.UniqueConstraint(fields=["person"], condition=Q(superseded_at__isnull=True), name="one_current_assessment"),
        ]
        indexes = [models.Index(fields=["person", "-begun_at"], name="assessment_person")]


class Version(models.Model):
    """What the conversation said at one saving; amended by the next, never overwritten.

    A parked version is one that met another on the way: both are kept until somebody has put them together.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    based_on = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    parts = models.JSONField(default=dict)
    """Part code to words: the domains, everyday topics, the four boxes of the formulation, next steps."""
    as_before = models.JSONField(default=dict)
    """Part of the conversation to the day on which it was gone through and stood as before."""
    parked = models.BooleanField(default=False)
    merged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], condition=Q(parked=False), name="one_version_a_number")
        ]


class Need(PersonRecord):
    """A need in the person's order: 1 is the most pressing."""

    CATEGORY: ClassVar = "conversation"
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="needs")
    code = models.CharField(max_length=30)
    rank = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=400, blank=True)
    wants_help = models.BooleanField(default=True)
    until_at = models.DateTimeField(null=True)

    class Meta(PersonRecord.Meta):
        indexes = [models.Index(fields=["person", "rank"], condition=Q(until_at__isnull=True), name="need_person_rank")]
