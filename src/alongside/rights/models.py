"""A person's request for a copy of their record: who asked, what two people decided, and what the copy holds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.hubs.models import Public


class AccessRequest(Public):
    """Somebody asks for a copy of everything that stands here about a person; it has a day by which it is answered.

    Source: UK GDPR art. 15; trust.md C35; X-04.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_by = models.CharField(max_length=12)
    asked_by_name = models.CharField(max_length=120, blank=True)
    """Who asks, when it is not the person."""
    proof = models.CharField(max_length=20)
    asked_on = models.DateField()
    answer_by = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    round = models.PositiveSmallIntegerField(default=1)
    """A decision that is changed after somebody approved begins the next round."""
    frozen_at = models.DateTimeField(null=True)
    """The moment up to which the copy goes: what is written later is not in it."""
    approved_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, expires_at__isnull=True)
                | Q(approved_at__isnull=False, expires_at__isnull=False, frozen_at__isnull=False),
                name="a_copy_that_is_approved_expires",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_because="") | (Q(closed_at__isnull=False) & ~Q(closed_because="")),
                name="a_request_is_closed_for_a_reason",
            ),
            models.CheckConstraint(condition=~Q(asked_by="person") | Q(asked_by_name=""), name="who_asks_for_another_is_named"),
        ]
        indexes = [
            models.Index(fields=["hub", "answer_by"], condition=Q(closed_at__isnull=True), name="access_request_open"),
        ]


class Decision(models.Model):
    """What is decided about one item, by its public id; the newest counts, and the journal keeps the others."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    item = models.UUIDField()
    decision = models.CharField(max_length=20)
    by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "item"], name="one_decision_an_item")]


class ApprovedItem(models.Model):
    """One item that a round of a request holds: the copy is these, and no other."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="items", db_index=False)
    round = models.PositiveSmallIntegerField()
    item = models.UUIDField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "round", "item"], name="once_in_a_copy")]


class Approved(models.Model):
    """One worker's yes to a round; two different people, one of them a privacy officer."""

    request = models.ForeignKey(AccessRequest, on_delete=models.PROTECT, related_name="approvals", db_index=False)
    round = models.PositiveSmallIntegerField()
    worker = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "round", "worker"], name="approves_a_copy_once")]
