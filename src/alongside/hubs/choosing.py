"""Which hub a command of the command line is for."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import CommandError

from alongside.hubs.models import Hub


def one_hub(slug: str) -> Hub:
    """Find the hub by its short name; without one, that of ALONGSIDE_HUB, the only one, or in the demo the first.

    Refuses: CommandError, with the short names of all, when that names none or leaves several to choose from.
    """
    hubs = list(Hub.objects.order_by("pk"))
    wanted = slug or settings.HUB
    found = [hub for hub in hubs if hub.slug == wanted] if wanted else hubs
    if len(found) == 1 or (found and settings.DEMO):
        return found[0]
    names = ", ".join(sorted(hub.slug for hub in hubs)) or "none yet, begin one with ./alongside begin"
    if wanted:
        raise CommandError(f"There is no hub called {wanted}. The hubs here: {names}.", returncode=2)
    raise CommandError(f"Say which hub, with --hub SHORT-NAME or ALONGSIDE_HUB. The hubs here: {names}.", returncode=2)
