"""What was copied, restored and tried: one row a run, so that a page can say when it was last known to work."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

KINDS = ("copy", "restore", "drill")


class Run(models.Model):
    """One run of ./alongside backup, restore or restore-drill that came to an end."""

    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    moment = models.DateTimeField()
    """What was kept by then is in the copy."""
    seconds = models.FloatField()
    """How long it took; of a drill, how long the restore in it took."""
    tables = models.PositiveIntegerField()
    rows = models.PositiveBigIntegerField()
    bytes = models.PositiveBigIntegerField()
    """The size of the sealed copy."""
    missing_seconds = models.FloatField(null=True)
    """Of a drill: the age of the newest kept copy when it began, which is what would have been missing; null when none was kept."""
    found = models.JSONField(default=list)
    """(code of what was checked, whether it held), in the order in which it was checked."""
    went_well = models.BooleanField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="run_kind_known")]
        indexes = [models.Index(fields=["kind", "-at"], name="run_newest")]
