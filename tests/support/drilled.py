"""Prints as JSON what the last drill left behind, and how its page reads to a hub lead; run in a process of its own."""

from __future__ import annotations

import json
import sys

from tests.support import alone


def main() -> None:
    alone.wake()
    from django.test import Client
    from django.utils.html import strip_tags

    from alongside.backups.models import Run
    from alongside.hubs.models import Hat, Hub
    from alongside.messages.models import Message

    drill = Run.objects.order_by("-pk").first()
    assert drill is not None
    browser = Client()
    browser.force_login(Hat.objects.get(role="hub_lead").worker.user, backend="alongside.access.backend.Accounts")
    browser.get("/hat/")
    page = strip_tags(browser.get("/settings/copies/").content.decode())
    names = ("kind", "went_well", "rows", "seconds", "missing_seconds", "found")
    live = {"held_live": Message.objects.filter(held_at__isnull=False).count(), "restored_to": Hub.objects.get().restored_to}
    json.dump({name: getattr(drill, name) for name in names} | {"page": page} | live, sys.stdout)


if __name__ == "__main__":
    main()
