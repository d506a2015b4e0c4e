"""What is missing: needs that nothing met, proposals, rules that changed, gaps that are known."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.hubs.models import Public
from alongside.journey.directory.models.entries import Service


class UnmetNeed(models.Model):
    """On one day, somebody looked for help with a need and found nothing that fits: what, where and for which age. Never who.

    Source: S0-02 (need, place, age band, date, what was tried, who asked).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField()
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    """Of the place that was searched near; blank when none was chosen. Never of anybody's address."""
    age_band = models.CharField(max_length=12, blank=True)
    asked_by = models.CharField(max_length=10)
    """A code of `ASKED_BY`: a worker, a search, or an introduction that came to nothing."""
    missed = models.CharField(max_length=20, blank=True)
    """Why most of what there is did not fit, a code of `WHY_NOT` or `NOT_US`."""
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hub", "on", "need", "outcode", "age_band", "asked_by", "missed"], name="unmet_need_once_a_day"
            )
        ]


class Proposal(Public):
    """What somebody proposes to do about a gap, in one line; the newest of a gap is its answer. Source: S0-02."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    words = models.CharField(max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["hub", "need", "outcode", "at"], name="proposal_of_gap")]


class RuleChange(models.Model):
    """Who may come to a service was changed after a rehearsal: from what to what, why, who agreed, and how many it was said to touch.

    Source: S1-06 (every threshold with its history, the members affected by a change, and who agreed it).
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="rule_changes")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    before = models.JSONField()
    after = models.JSONField()
    """Each: age_from, age_to, not_with, needs."""
    gain = models.CharField(max_length=12)
    lose = models.CharField(max_length=12)
    """How many people of the hub, as the rehearsal said it: never nearer."""
    reason = models.CharField(max_length=400)
    agreed_by = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="rule_change_says_why"),
            models.CheckConstraint(condition=Q(lose="0") | ~Q(agreed_by=""), name="rule_that_shuts_out_was_agreed"),
        ]


class RecordedGap(models.Model):
    """Somebody looked, and there is nothing within reach for this need: in one place, or with a blank outcode in the whole area.

    Source: S1-09, S1-10, S2-048 (an offer within reach or a recorded gap).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    need = models.CharField(max_length=30)
    outcode = models.CharField(max_length=6, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "need", "outcode"], name="gap_recorded_once")]
