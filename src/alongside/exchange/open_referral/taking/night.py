"""The feeds that are due, one after the other: each fetched to the disk first, then taken in part by part.

Nothing is written while a server is waited for, so a slow feed keeps nobody waiting; and nothing of a feed is ever removed.
Source: issue "The living directory", parts 7 and 8; standards.md finding 9.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import TextIO

from django.conf import settings
from django.db import DatabaseError

from alongside.connections.outgoing import Outgoing
from alongside.exchange.open_referral.checking.asking import Asks
from alongside.exchange.open_referral.services import read_services
from alongside.exchange.open_referral.streaming import Row
from alongside.exchange.open_referral.taking.asking import Questions, Stopped
from alongside.exchange.open_referral.taking.pages import Fetched, fetch_pages
from alongside.exchange.open_referral.taking.tables import fetch_table, mapping_of
from alongside.journey.directory.commands import begin_reading, end_reading, say_how_far, show_as_one, take_part
from alongside.journey.directory.commands.taking_in import Outcome, entries_once
from alongside.journey.directory.commands.writing import BATCH
from alongside.journey.directory.models import Feed, ImportRun
from alongside.journey.directory.queries.feeds import feeds_due, row_prints_of
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import Read, ServiceEntry

SECONDS_A_PAGE, LARGEST_PAGE = 30.0, 16_000_000
SECONDS_A_TABLE, LARGEST_TABLE = 180.0, 100_000_000
SAID_EVERY = 1_000
"""After so many rows the page of the feed is told how far it has come."""
log = logging.getLogger("alongside.work")


def _nobody(_said: str) -> None:
    return None


@dataclass(frozen=True)
class Means:
    """With what feeds are read; tests give their own."""

    out: Callable[[str], Asks]
    """By the kind of a feed."""
    questions: Callable[[Asks], Questions] = Questions
    clock: Callable[[], datetime] = now


def usual_means() -> Means:
    """Give the one way out, as far as a feed may use it."""
    stand_ins = settings.DEMO and settings.STAND_INS

    def out(kind: str) -> Outgoing:
        if kind == "csv":
            return Outgoing(seconds=SECONDS_A_TABLE, largest=LARGEST_TABLE, stand_ins=stand_ins)
        return Outgoing(seconds=SECONDS_A_PAGE, largest=LARGEST_PAGE, stand_ins=stand_ins)

    return Means(out)


def take_feeds_that_are_due(at: datetime, *, means: Means | None = None) -> int:
    """Read every feed that is due, in every hub; give how many were read. A fault in one keeps back no other."""
    return sum(take_feed(feed, at=at, means=means or usual_means()) is not None for feed in feeds_due(at))


def take_feed(
    feed: Feed, *, at: datetime, means: Means, asked_for: bool = False, tell: Callable[[str], object] = _nobody
) -> ImportRun | None:
    """Read one feed and take it in; none when it is not due or another reads it. `tell` hears how far it has come."""
    actor = Actor.system("feeds", feed.hub_id)
    run = begin_reading(actor=actor, at=at, feed_id=feed.public_id, asked_for=asked_for)
    if run is None:
        return None
    outcome, found = Outcome(), Fetched()
    try:
        found = _read(feed, run, actor, means, outcome, tell)
        if outcome.taken or outcome.changed:
            show_as_one(actor=actor, at=means.clock(), hub_id=feed.hub_id, source=feed.name, since=run.at)
    except Exception as fault:  # whatever it is, the other feeds are read, and the page says that this one was broken off
        log.error("feeds: %s; the feed is tried again", type(fault).__name__)
        found.trouble = "lost"
    try:
        return end_reading(
            actor=actor,
            at=means.clock(),
            run_id=run.pk,
            outcome=outcome,
            read=found.rows,
            said=found.said,
            trouble=found.trouble,
            gave_details=found.gave_details,
        )
    except DatabaseError as fault:
        log.error("feeds: %s; the reading is given up after a while", type(fault).__name__)
        return run


def _read(feed: Feed, run: ImportRun, actor: Actor, means: Means, outcome: Outcome, tell: Callable[[str], object]) -> Fetched:
    """Fetch a feed and take its rows in. Out: what came of fetching; `outcome` is counted on."""
    questions = means.questions(means.out(feed.kind))
    if feed.kind == "csv":
        found, rows = fetch_table(feed.address, mapping_of(feed.name, feed.licence, feed.columns), questions)
        _hear(found, outcome)
        heard = len(found.problems)
        _take_in(rows, feed, run, actor, means, outcome, tell)
        _hear(found, outcome, heard)
        return found
    with TemporaryFile("w+", encoding="ascii") as disk:
        spool = _Spool(disk, questions.limits.text)

        def say(rows: int) -> None:
            if rows // SAID_EVERY > spool.said // SAID_EVERY:
                spool.said = rows
                say_how_far(actor=actor, at=means.clock(), run_id=run.pk, read=rows)
                tell(f"{feed.name}: {rows:,} rows read")

        found = fetch_pages(
            feed.address,
            is_first_version=feed.kind == "v1",
            gives_details=feed.gives_details,
            questions=questions,
            keep=spool.keep,
            heard=say,
        )
        _hear(found, outcome)
        entries = read_services(
            spool.rows(is_whole=found.lists_are_all),
            source=feed.name,
            licence=feed.licence,
            known=lambda keys: row_prints_of(feed.hub_id, feed.name, keys),
        )
        _take_in(entries, feed, run, actor, means, outcome, tell)
    return found


def _hear(found: Fetched, outcome: Outcome, since: int = 0) -> None:
    for problem in found.problems[since:]:
        outcome.hear(problem)


def _take_in(
    rows: Iterable[Read], feed: Feed, run: ImportRun, actor: Actor, means: Means, outcome: Outcome, tell: Callable[[str], object]
) -> None:
    """Take rows in, two thousand at a time; where nothing is new, fingerprints are compared and nothing is written."""
    seen: set[str] = set()
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        entries: list[ServiceEntry] = []
        for row in batch:
            problem = entries_once(row, seen, entries, outcome)
            if problem:
                outcome.hear(problem)
        if entries:
            take_part(actor=actor, at=means.clock(), run_id=run.pk, entries=entries, outcome=outcome)
        tell(f"{feed.name}: {outcome.line()} so far")


class _Spool:
    """Rows on the disk, one a line, so that memory holds none of them while a server is waited for."""

    def __init__(self, disk: TextIO, longest: int) -> None:
        self.disk, self.longest, self.size, self.said = disk, longest, 0, 0

    def keep(self, row: Row) -> None:
        try:
            line = json.dumps([row.place, row.value, row.oddities, row.is_partial])
        except RecursionError:  # nested too deeply to be a service: it is refused as none
            line = json.dumps([row.place, None, row.oddities, row.is_partial])
        self.size += len(line)
        if self.size > self.longest:
            raise Stopped("too_much", f"more than {self.longest // 1_000_000:,} MB of services")
        self.disk.write(line + "\n")

    def rows(self, *, is_whole: bool) -> Iterator[Row]:
        self.disk.seek(0)
        for line in self.disk:
            place, value, oddities, is_partial = json.loads(line)
            yield Row(place, value, tuple(oddities), is_partial and not is_whole, len(line))
