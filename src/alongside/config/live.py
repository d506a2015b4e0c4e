"""What the start of a live installation looks up in its data."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from alongside.access.models import User
from alongside.hubs.models import CrisisContact, Hub, TeamHours, TeamSeat
from alongside.hubs.queries import live


def personas_exist() -> bool:
    """Tell whether made-up accounts are there."""
    return User.objects.filter(is_persona=True).exists()


def doors_nobody_answers(at: datetime) -> list[str]:
    """Name the hubs whose public door is open without a duty team that has hours and a live seat."""
    team = OuterRef("front_door_team")
    hours = TeamHours.objects.filter(team=team)
    seats = TeamSeat.objects.filter(live(at), live(at, "hat__"), team=team, hat__worker__left_at__isnull=True)
    ready = Hub.objects.filter(
        Exists(hours), Exists(seats), front_door_team__kind="duty", front_door_team__ended_at__isnull=True
    ).values("pk")
    return list(Hub.objects.filter(public_door_open=True).exclude(pk__in=ready).order_by("slug").values_list("slug", flat=True))


def hubs_with_unchecked_contacts() -> list[str]:
    """Name the hubs whose public door is open while a crisis contact has no checked date, or there are none."""
    unchecked = CrisisContact.objects.filter(hub=OuterRef("pk"), checked_on__isnull=True)
    some = CrisisContact.objects.filter(hub=OuterRef("pk"))
    open_hubs = Hub.objects.filter(public_door_open=True).order_by("slug")
    return [slug for slug, bad in open_hubs.annotate(bad=Exists(unchecked) | ~Exists(some)).values_list("slug", "bad") if bad]
