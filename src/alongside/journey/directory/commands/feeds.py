"""The feeds of a hub: added, changed, stopped; and each reading of one, from its beginning to its end.

A reading removes nothing: what a feed leaves out stays (standards.md finding 9).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.codes import COLUMNS, FEED_KINDS
from alongside.journey.directory.commands.taking_in import KEPT_PROBLEMS, Outcome, take
from alongside.journey.directory.models import Feed, ImportRun, Service
from alongside.journey.directory.policies import check_can_keep_feeds
from alongside.journey.directory.queries.feeds import lock_feed
from alongside.journey.directory.rules import is_feed_due, night_before
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.service_entry import BadRow, ServiceEntry


class AnotherHasThisName(Invalid):
    code = "another_has_this_name"
    message = _("Another feed, or a file that came in before, has this name. Choose a name of its own.")


class NotAnAddress(Invalid):
    code = "not_an_address"
    message = _("Write a web address that begins with https://.")


class NoColumnForTheName(Invalid):
    code = "no_column_for_the_name"
    message = _("Say which column is the name of the service, on a line like “Service = name”.")


class NotAColumn(Invalid):
    code = "not_a_column"


PROBLEMS_KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class FeedSaid:
    """What is said of a feed when it is added or changed."""

    name: str
    kind: str
    address: str
    columns: tuple[tuple[str, str], ...] = ()
    """Of a table: (column, code of what it is), in the order in which the words of several columns are put together."""
    licence: str = ""

    def check(self) -> None:
        """Refuse what cannot be a feed."""
        if self.kind not in FEED_KINDS:
            raise NotFound
        if not re.fullmatch(r"https?://[^\s]{3,490}", self.address.strip()):
            raise NotAnAddress
        if self.kind == "csv" and "name" not in [what for _column, what in self.columns]:
            raise NoColumnForTheName
        for _column, what in self.columns:
            if what not in COLUMNS:
                raise NotAColumn(_("“%(what)s” is nothing that a column can be.") % {"what": what[:40]})


@command("feed.added")
def add_feed(*, actor: Actor, at: datetime, said: FeedSaid) -> Feed:
    """Add a feed that is taken in from tonight on.

    Refuses:  NotThisRole; NotAnAddress; NoColumnForTheName; NotAColumn; AnotherHasThisName, also for the name of what came in
              from a file: its entries would be taken for the feed's.
    """
    check_can_keep_feeds(actor)
    said.check()
    name = said.name.strip()[:80]
    if _is_taken(actor.hub, name):
        raise AnotherHasThisName
    made = Feed(hub_id=actor.hub, name=name, kept_by_id=actor.hat_id)
    _write(made, said)
    made.save()
    note(feed=made.public_id, kind=made.kind)
    return made


@command("feed.changed")
def change_feed(*, actor: Actor, at: datetime, feed_id: UUID, said: FeedSaid) -> Feed:
    """Change where a feed is and how it is read; its name stays, because its entries carry it."""
    check_can_keep_feeds(actor)
    said.check()
    feed = lock_feed(actor, feed_id)
    if said.address.strip() != feed.address or said.kind != feed.kind:
        feed.gives_details = False
    _write(feed, said)
    feed.kept_by_id, feed.failed = actor.hat_id, 0
    feed.tried_at = feed.ended_at = None
    feed.save()
    note(feed=feed.public_id, kind=feed.kind)
    return feed


@command("feed.stopped")
def stop_feed(*, actor: Actor, at: datetime, feed_id: UUID, stopped: bool = True) -> Feed:
    """Take a feed in no longer, or again from now on; what came from it stays."""
    check_can_keep_feeds(actor)
    feed = lock_feed(actor, feed_id)
    feed.stopped_at, feed.failed = (at if stopped else None), 0
    if not stopped:
        feed.tried_at = feed.ended_at = None
    feed.save(update_fields=["stopped_at", "failed", "tried_at", "ended_at"])
    note(feed=feed.public_id, stopped="yes" if stopped else "no")
    return feed


@command("feed.began")
def begin_reading(*, actor: Actor, at: datetime, feed_id: UUID, asked_for: bool = False) -> ImportRun | None:
    """Begin to read a feed, when it is due or somebody asks for it; of several who ask at once, one reads.

    Empty:    None when it is stopped, not due, or being read.
    Also:     a reading before it that never ended is written down as broken off.
    """
    check_is_part_or_system(actor)
    feed = lock_feed(actor, feed_id)
    is_open = feed.tried_at is not None and (feed.ended_at is None or feed.ended_at < feed.tried_at)
    is_due = is_feed_due(feed.tried_at, feed.ended_at, feed.failed, at=at, night=night_before(local(at)))
    takes = not feed.stopped_at and (is_due or (asked_for and not is_open))
    note(feed=feed.public_id, takes=takes)
    if not takes:
        return None
    ImportRun.objects.filter(feed=feed, ended_at__isnull=True).update(ended_at=at, trouble="lost")
    feed.tried_at = at
    feed.save(update_fields=["tried_at"])
    return ImportRun.objects.create(hub_id=feed.hub_id, feed=feed, source=feed.name, at=at)


@command("feed.read_so_far")
def say_how_far(*, actor: Actor, at: datetime, run_id: int, read: int) -> None:
    """Write down how many rows came so far: the page of the feed shows it."""
    check_is_part_or_system(actor)
    ImportRun.objects.filter(pk=run_id, ended_at__isnull=True).update(read=read)
    note(read=read)


@command("feed.part_taken")
def take_part(*, actor: Actor, at: datetime, run_id: int, entries: Sequence[ServiceEntry], outcome: Outcome) -> None:
    """Take a part of a feed in: new entries are added, changed ones changed.

    In:       at most 2,000 entries, each id once; `outcome` is counted on.
    Queries:  a fixed number, whatever changed.
    Also:     parts stand by themselves: whoever comes in waits for two thousand rows at most, and a reading that is broken off
              is gone on with the next time.
    """
    check_is_part_or_system(actor)
    run = ImportRun.objects.get(pk=run_id)
    take(run.hub_id, at, run.source, entries, outcome)
    note(taken=outcome.taken, changed=outcome.changed)


@command("feed.ended")
def end_reading(
    *, actor: Actor, at: datetime, run_id: int, outcome: Outcome, read: int, said: int | None, trouble: str, gave_details: bool
) -> ImportRun:
    """Write down how a reading ended: every row is in, changed, unchanged or refused, and what is not in it any more is counted.

    Also:     the problems of readings of this feed that are older than ninety days are let go; their counts stay.
    """
    check_is_part_or_system(actor)
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    feed = Feed.objects.select_for_update().get(runs=run)
    standing = Service.objects.filter(hub_id=run.hub_id, source=run.source).count()
    run.missing = max(0, standing - outcome.known) if outcome.known else 0
    if not trouble and outcome.known * 2 < standing:
        trouble = "shrunk"
    run.taken, run.changed, run.unchanged, run.not_taken = outcome.taken, outcome.changed, outcome.unchanged, outcome.refused
    run.problems = [[one.place, one.reason, isinstance(one, BadRow)] for one in outcome.problems[:KEPT_PROBLEMS]]
    run.read, run.said, run.trouble, run.ended_at = read, said, trouble, at
    run.save()
    ImportRun.objects.filter(feed=feed, at__lt=at - PROBLEMS_KEPT).exclude(problems=[]).update(problems=[])
    feed.ended_at, feed.failed = at, min(feed.failed + 1, 30_000) if trouble else 0
    feed.good_at = feed.good_at if trouble else at
    feed.gives_details = feed.gives_details or gave_details
    feed.save(update_fields=["ended_at", "failed", "good_at", "gives_details"])
    note(feed=feed.public_id, why=trouble, taken=run.taken, changed=run.changed, unchanged=run.unchanged, not_taken=run.not_taken)
    return run


def _write(feed: Feed, said: FeedSaid) -> None:
    feed.kind, feed.address, feed.licence = said.kind, said.address.strip(), said.licence.strip()[:120]
    feed.columns = [list(pair) for pair in said.columns] if said.kind == "csv" else []


def _is_taken(hub_id: int, name: str) -> bool:
    return (
        name in ("", "hub")
        or Feed.objects.filter(hub_id=hub_id, name=name).exists()
        or Service.objects.filter(hub_id=hub_id, source=name).exists()
    )
