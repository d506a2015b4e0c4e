"""A closure by a human outlives the feed; a closure by the feed ends with it (promise 9, E21)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alongside.journey.directory.commands import close_service, import_entries
from alongside.journey.directory.models import Service
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.service_entry import ServiceEntry
from tests.support.hub import AT, MadeHub

pytestmark = pytest.mark.hazard("H18")

ENTRY = ServiceEntry(source="feed", source_id="1", name="Allotment")


def _import(hub: MadeHub, day: int, entry: ServiceEntry) -> Service:
    actor = Actor.system("directory-import", hub.hub.pk)
    import_entries(actor=actor, at=AT + timedelta(days=day), hub_id=hub.hub.pk, source="feed", rows=[entry])
    return Service.objects.get(source="feed")


def test_a_changed_row_never_opens_what_a_human_closed(hub: MadeHub) -> None:
    service = _import(hub, 0, ENTRY)
    close_service(actor=Actor.system("directory-import", hub.hub.pk), at=AT + timedelta(hours=1), service_id=service.public_id)
    assert _import(hub, 1, replace(ENTRY, cost="free")).closed_at == AT + timedelta(hours=1)
    assert _import(hub, 2, replace(ENTRY, is_closed=True)).closed_at == AT + timedelta(hours=1)
    assert _import(hub, 3, ENTRY).closed_at == AT + timedelta(hours=1)


def test_what_the_feed_closed_the_feed_may_open(hub: MadeHub) -> None:
    assert _import(hub, 0, replace(ENTRY, is_closed=True)).closed_at == AT
    assert _import(hub, 1, ENTRY).closed_at is None
