"""What the start of a live installation looks up in its data."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef

from alongside.access.models import User
from alongside.hubs.commands import DoorNeedsRota, check_rota
from alongside.hubs.models import CrisisContact, Hub


def personas_exist() -> bool:
    """Tell whether made-up accounts are there."""
    return User.objects.filter(is_persona=True).exists()


def doors_nobody_answers(at: datetime) -> list[tuple[str, str]]:
    """Name each hub whose public door is open without a duty team whose rota covers its hours, and what is missing."""
    found = []
    for hub in Hub.objects.filter(public_door_open=True).order_by("slug"):
        try:
            check_rota(hub.front_door_team_id or 0, at)
        except DoorNeedsRota as missing:
            found.append((hub.slug, str(missing)))
    return found


def hubs_with_unchecked_contacts() -> list[str]:
    """Name the hubs whose public door is open while a crisis contact has no checked date, or there are none."""
    unchecked = CrisisContact.objects.filter(hub=OuterRef("pk"), checked_on__isnull=True)
    some = CrisisContact.objects.filter(hub=OuterRef("pk"))
    open_hubs = Hub.objects.filter(public_door_open=True).order_by("slug")
    return [slug for slug, bad in open_hubs.annotate(bad=Exists(unchecked) | ~Exists(some)).values_list("slug", "bad") if bad]
