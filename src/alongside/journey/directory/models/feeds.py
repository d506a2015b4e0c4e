"""Feeds: what came from where, and what is shown as one."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.hubs.models import Public
from alongside.journey.directory.models.entries import Service


class Parted(models.Model):
    """A human said that two entries are two services, whatever they have in common."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    one = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    other = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="+", db_index=False)
    """The newer of the two."""
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "one", "other"], name="parted_once")]


class Feed(Public):
    """A directory of somebody else's that is taken in every night; what came from it stays whatever becomes of it."""

    NAMED_BY: ClassVar = ("name",)

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    """What its entries carry as their source."""
    kind = models.CharField(max_length=4)
    """A code of `FEED_KINDS`."""
    address = models.CharField(max_length=500)
    columns = models.JSONField(default=list, blank=True)
    """Of a table: [column, which field it is, a code of `COLUMNS`], in their order."""
    licence = models.CharField(max_length=120, blank=True)
    kept_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who added it or changed it last."""
    stopped_at = models.DateTimeField(null=True)
    gives_details = models.BooleanField(default=False)
    """It has answered with the details of a service before: without them something is wrong."""
    tried_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When the last try ended, well or not."""
    good_at = models.DateTimeField(null=True)
    """When all of it was last read to its end."""
    failed = models.PositiveSmallIntegerField(default=0)
    """So many tries in a row were not good."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hub", "name"], name="feed_once_a_name"),
            models.CheckConstraint(condition=Q(kind__in=["v3", "v1", "csv"]), name="feed_kind_known"),
        ]


class ImportRun(models.Model):
    """One reading of a feed or file, with what came of it."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    feed = models.ForeignKey(Feed, null=True, on_delete=models.PROTECT, related_name="runs", db_index=False)
    source = models.CharField(max_length=80)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When a reading of a feed ended, well or not; a file is read in one moment."""
    trouble = models.CharField(max_length=12, blank=True)
    """What was not as it should be, a code of `FEED_TROUBLES`."""
    read = models.PositiveIntegerField(default=0)
    """So many rows came so far."""
    said = models.PositiveIntegerField(null=True)
    """So many services the feed says it has."""
    taken = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    not_taken = models.PositiveIntegerField(default=0)
    missing = models.PositiveIntegerField(default=0)
    """So many entries of this source were not in it this time; they stay."""
    problems = models.JSONField(default=list)
    """The first of the rows, and parts of rows, that were not taken: [place, reason, whether a whole row was refused]."""

    class Meta:
        indexes = [models.Index(fields=["feed", "at"], name="run_of_feed")]
