"""Two records that are said to be of one person: what keeps somebody away from one of them keeps them away from both."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Joined(models.Model):
    """This record is read as one with another, in both directions, from a link until it is taken apart.

    Laid by `people` when a matcher links two records; nothing of either is moved or changed. Source: trust.md C29, P14, H03, H04.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    other = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("other")), name="joined_with_another"),
            models.UniqueConstraint(fields=["person", "other"], condition=Q(until_at__isnull=True), name="joined_once"),
        ]
        indexes = [models.Index(fields=["person", "other", "from_at", "until_at"], name="joined_person")]
