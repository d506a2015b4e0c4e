"""What people were introduced to a service for, and what became of it: counts, and nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from alongside.hubs.queries import local_date
from alongside.journey.directory.models import Bounce, Service
from alongside.journey.handovers.models import Handover
from alongside.vocabulary.clock import UK, start_of

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Became:
    """Of the introductions that were offered in one month for one need: how many, and how far they came."""

    month: date
    need: str
    """A code of `NEEDS`, or nothing where none was chosen."""
    asked: int
    answered: int
    met: int
    settled: int
    nothing: int
    """Answered with "not us", or by nobody in time."""


def what_became_at(service: Service, at: datetime) -> list[Became]:
    """Count the introductions to a service in this month and the eleven before it, by month and need, the newest first.

    Counts:   introductions, each in the month in which it was offered. They are said only through `rules.counted` of the directory.
    Queries:  one.
    Source:   peers.md 5.9; S2-317; trust.md C25.
    """
    this = local_date(at).replace(day=1)
    first = this.replace(year=this.year - 1, month=this.month + 1) if this.month < 12 else this.replace(month=1)
    bounced = Exists(Bounce.objects.filter(because=OuterRef("public_id")))
    found = (
        Handover.objects.unscoped(
            "Counts of one service's introductions by month and need, said only as 1-7 or to the nearest five."
        )
        .filter(to_service=service, offered_at__gte=start_of(first))
        .annotate(month=TruncMonth("offered_at", tzinfo=UK), bounced=bounced)
        .values("month", "need")
        .annotate(
            asked=Count("pk"),
            answered=Count("answered_at"),
            met=Count("met_at"),
            settled=Count("settled_at"),
            nothing=Count("pk", filter=Q(answer="not_us") | Q(bounced=True)),
        )
    )
    rows = [Became(**{**one, "month": one["month"].date()}) for one in found]
    return sorted(rows, key=lambda one: (-one.month.toordinal(), one.need))
