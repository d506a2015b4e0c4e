"""A list of several people that somebody asked to take out, what was answered, and whether it was taken."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from alongside.exports import rules
from alongside.hubs.models import Public


class ListAsked(Public):
    """One asking: who, what and why; the answer of a second person; the moment at which it was taken.

    Source: trust.md T07 (exports need a second approver).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    what = models.CharField(max_length=20)
    how = models.CharField(max_length=5)
    reason = models.CharField(max_length=20)
    people = models.JSONField()
    """Keys of those who were on the list when it was asked for: the file holds nobody else. As in the journal, they point at nobody."""
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Nobody, where whoever asked has asked anew."""
    yes = models.BooleanField(default=False)
    why_not = models.CharField(max_length=20, blank=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hat", "what"], condition=Q(answered_at__isnull=True), name="asked_once_at_a_time"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, yes=False)
                | Q(answered_at__isnull=False, answered_at__gte=F("asked_at")),
                name="a_list_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(yes=False) | (Q(answered_by__isnull=False) & ~Q(answered_by=F("hat"))),
                name="nobody_approves_their_own_list",
            ),
            models.CheckConstraint(condition=Q(taken_at__isnull=True) | Q(yes=True), name="only_an_approved_list_is_taken"),
        ]
        indexes = [
            models.Index(fields=["hub", "asked_at"], condition=Q(answered_at__isnull=True), name="list_asked_waits"),
            models.Index(fields=["hat", "-asked_at"], name="list_asked_newest"),
        ]

    def status(self, at: datetime) -> str:
        return rules.status(
            answered_at=self.answered_at, yes=self.yes, by_somebody=self.answered_by_id is not None, taken_at=self.taken_at, at=at
        )
