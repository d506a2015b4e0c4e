"""The feeds of a hub, how they are, and what stands from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from alongside.journey.directory.models import Feed, ImportRun, Service
from alongside.journey.directory.rules import is_feed_due, night_before
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local

SHOWN_RUNS = 10


def lock_feed(actor: Actor, feed_id: UUID) -> Feed:
    """Get one feed of the actor's hub under a lock."""
    found = Feed.objects.select_for_update(of=("self",)).filter(public_id=feed_id, hub_id=actor.hub).first()
    if found is None:
        raise NotFound
    return found


def get_feed(actor: Actor, feed_id: UUID) -> Feed:
    """Get one feed of the actor's hub."""
    found = Feed.objects.filter(public_id=feed_id, hub_id=actor.hub).select_related("kept_by__worker").first()
    if found is None:
        raise NotFound
    return found


def feeds_of(actor: Actor) -> list[tuple[Feed, ImportRun | None]]:
    """List the feeds of the hub by name, each with its newest reading.

    Queries:  two, however many there are.
    """
    feeds = list(Feed.objects.filter(hub_id=actor.hub).order_by("name", "pk"))
    newest = Feed.objects.filter(hub_id=actor.hub).annotate(newest=Max("runs__pk")).values("newest")
    runs = {run.feed_id: run for run in ImportRun.objects.filter(pk__in=newest).defer("problems")}
    return [(one, runs.get(one.pk)) for one in feeds]


def readings_of(feed: Feed) -> list[ImportRun]:
    """List the last ten readings of a feed, newest first; the first with what was not taken. Queries: two."""
    found = list(ImportRun.objects.filter(feed=feed).order_by("-pk").defer("problems")[:SHOWN_RUNS])
    if found:
        found[0].refresh_from_db(fields=["problems"])
    return found


def feeds_due(at: datetime) -> list[Feed]:
    """List the feeds of every hub that are to be read now."""
    night = night_before(local(at))
    return [
        one
        for one in Feed.objects.filter(stopped_at__isnull=True).order_by("tried_at", "pk")
        if is_feed_due(one.tried_at, one.ended_at, one.failed, at=at, night=night)
    ]


def row_prints_of(hub_id: int, source: str, source_ids: Sequence[str]) -> dict[str, str]:
    """Give the print of the row that each of these entries of a source was last written from. Queries: one."""
    found = Service.objects.filter(hub_id=hub_id, source=source[:80], source_id__in=source_ids)
    return dict(found.values_list("source_id", "row_print"))
