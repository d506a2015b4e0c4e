"""What the person's own channel shows and does not: what is withheld from them, and a circle item that is released to them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

WHY_WITHHELD = ("serious_harm", "confidence")


class Withholding(models.Model):
    """One item that the person is not shown, for a reason in law, by somebody named, looked at again within a year.

    It leaves no trace in their channel: no gap, no count, no sentence. Source: trust.md C06, C10; DPA 2018 Sch. 2 para. 16, Sch. 3.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.UUIDField()
    """The public id of the record, of whatever kind it is."""
    reason = models.CharField(max_length=20)
    decided_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    review_on = models.DateField()
    until_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=WHY_WITHHELD), name="withheld_for_a_known_reason"),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, ended_by__isnull=True) | Q(until_at__gte=F("from_at"), ended_by__isnull=False),
                name="withholding_is_ended_by_somebody",
            ),
            models.UniqueConstraint(fields=["item"], condition=Q(until_at__isnull=True), name="withheld_once"),
        ]
        indexes = [models.Index(fields=["person", "until_at"], name="withholding_person")]


class Release(models.Model):
    """One circle item that the person may see in their own channel: without it a circle item is not shown to them."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.UUIDField()
    released_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item"], condition=Q(until_at__isnull=True), name="released_once")]
