"""What a service can take, and what became of those introduced to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from alongside.journey.directory.models.entries import Service


class RoomSaid(models.Model):
    """Somebody said what a service can take: people now, in about so many weeks, or nobody. Source: S2-010, S1-31."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="room_said")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    weeks = models.PositiveSmallIntegerField(null=True)
    """None when it is full."""


class Flow(models.Model):
    """What became of those introduced to a service, or to the team behind it, as the hub last counted: numbers, and nobody's name.

    It is counted from the introductions themselves (handovers) and written here, where an offer is shown. It ranks nothing.
    Source: S2-239 (waits of each service), peers.md 6 (honest wait at the point of choice).
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    service = models.OneToOneField(Service, null=True, on_delete=models.CASCADE, related_name="flow")
    team = models.OneToOneField("hubs.Team", null=True, on_delete=models.PROTECT, related_name="flow")
    at = models.DateTimeField()
    met_lately = models.PositiveIntegerField(default=0)
    """So many met in the last eight weeks, and what their waits were:"""
    half_days = models.PositiveSmallIntegerField(null=True)
    most_days = models.PositiveSmallIntegerField(null=True)
    """Nine in ten; none when they are too few to say."""
    waiting = models.PositiveIntegerField(default=0)
    longest_days = models.PositiveSmallIntegerField(null=True)
    """The longest wait so far of those who wait now."""
    introduced = models.PositiveIntegerField(default=0)
    """In the last year, and of them:"""
    answered = models.PositiveIntegerField(default=0)
    met = models.PositiveIntegerField(default=0)
    settled = models.PositiveIntegerField(default=0)
    came_back = models.PositiveIntegerField(default=0)
    """They were answered "not us"."""
    told = models.PositiveIntegerField(default=0)
    """Told of it in the last year, and asked how it went; and of them:"""
    went = models.PositiveIntegerField(default=0)
    checked = models.PositiveIntegerField(default=0)
    """Waits of the last half year for which a range would have been shown, and whose end is known; and of them:"""
    held = models.PositiveIntegerField(default=0)
    """Ended within what would have been shown."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(service__isnull=False, team__isnull=True) | Q(service__isnull=True, team__isnull=False),
                name="flow_of_one_or_the_other",
            ),
            models.CheckConstraint(condition=Q(held__lte=models.F("checked")), name="flow_held_of_checked"),
        ]
        indexes = [models.Index(fields=["hub", "at"], name="flow_of_hub")]


class Bounce(models.Model):
    """An entry let somebody down: nobody answered, or what stands in it was not so. Who it was stands elsewhere, and not here.

    Source: S2-317 (bounces with the entry that caused them).
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="bounces")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=20)
    because = models.UUIDField()
    """The introduction or signpost that came to nothing: each counts once."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["because"], name="bounce_once")]
