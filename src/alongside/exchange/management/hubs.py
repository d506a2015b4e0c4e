"""Which hub a command of the command line is for."""

from __future__ import annotations

from django.core.management.base import CommandError

from alongside.hubs.models import Hub


def one_hub(slug: str) -> Hub:
    """Find the hub by its short name, or the only one of the installation."""
    hubs = list(Hub.objects.filter(slug=slug) if slug else Hub.objects.order_by("pk")[:2])
    if len(hubs) != 1:
        raise CommandError("Name the hub: --hub SHORT-NAME." if hubs else "There is no such hub. Begin one first.")
    return hubs[0]
