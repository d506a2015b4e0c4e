"""Taking in a feed: new entries are added, changed ones changed, and a short feed removes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from alongside.journal.command import command, note
from alongside.journey.directory.commands.indexing import count_words
from alongside.journey.directory.commands.writing import BATCH, write_entry, write_parts
from alongside.journey.directory.models import (
    ImportRun,
    NeedTag,
    Service,
    ServiceAtLocation,
)
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read, ServiceEntry

KEPT_PROBLEMS = 1000


@dataclass
class Outcome:
    """What came of an import."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: list[BadRow | LeftOut] = field(default_factory=list)
    """The first of the rows, and parts of rows, that were not taken."""

    def line(self) -> str:
        """Give the last line that the command prints."""
        return f"in {self.taken}, changed {self.changed}, unchanged {self.unchanged}, refused {self.refused}"

    def hear(self, problem: BadRow | LeftOut) -> None:
        """Count a row that was refused, and keep the first problems."""
        self.refused += isinstance(problem, BadRow)
        if len(self.problems) < KEPT_PROBLEMS:
            self.problems.append(problem)


@command("directory.imported")
def import_entries(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    source: str,
    rows: Iterable[Read],
    tell: Callable[[BadRow | LeftOut], None] = lambda _problem: None,
) -> Outcome:
    """Take a feed's entries in: new ones are added, changed ones changed, and what the feed leaves out stays.

    In:       `tell` hears of each problem when it is met; the run keeps the first thousand.
    Out:      counts: every row is in, changed, unchanged or refused.
    Refuses:  what the reader refuses halfway (a feed that is cut off); then nothing of the feed is kept.
    Also:     an entry that changed keeps its confirmations as history, but its warning returns when a telephone number,
              e-mail or web address, opening time, postal address or postcode is no longer what a human confirmed.
    Queries:  a fixed number for each 2,000 rows, and one for each entry that changed.
    Source:   part E21; standards.md finding 9 (never delete on a short or failed fetch).
    """
    outcome = Outcome()
    seen: set[str] = set()
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        entries: list[ServiceEntry] = []
        for row in batch:
            if isinstance(row, ServiceEntry) and row.source_id not in seen:
                seen.add(row.source_id)
                entries.append(row)
                continue
            problem = _twice(row) if isinstance(row, ServiceEntry) else row
            outcome.hear(problem)
            tell(problem)
        take(hub_id, at, source, entries, outcome, counted=False)
    if outcome.taken or outcome.changed:
        count_words(hub_id)
    ImportRun.objects.create(
        hub_id=hub_id,
        source=source[:80],
        at=at,
        taken=outcome.taken,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        not_taken=outcome.refused,
        problems=[[problem.place, problem.reason] for problem in outcome.problems],
    )
    note(taken=outcome.taken, changed=outcome.changed, unchanged=outcome.unchanged, not_taken=outcome.refused)
    return outcome


def _twice(entry: ServiceEntry) -> BadRow:
    return BadRow(entry.place or f"id {entry.source_id[:40]}", "this service stands in the feed twice")


def take(
    hub_id: int, at: datetime, source: str, entries: Sequence[ServiceEntry], outcome: Outcome, *, counted: bool = True
) -> None:
    of_source = Service.objects.filter(hub_id=hub_id, source=source[:80])
    standing = {
        source_id: (key, print_)
        for key, source_id, print_ in of_source.filter(source_id__in=[entry.source_id for entry in entries]).values_list(
            "pk", "source_id", "fingerprint"
        )
    }
    new: list[tuple[Service, ServiceEntry]] = []
    changed: dict[int, ServiceEntry] = {}
    for entry in entries:
        print_ = entry.fingerprint()
        key, known = standing.get(entry.source_id, (0, ""))
        if not key:
            service = Service(hub_id=hub_id, source=source[:80], source_id=entry.source_id)
            write_entry(service, entry, print_, at)
            new.append((service, entry))
        elif known == print_:
            outcome.unchanged += 1
        else:
            changed[key] = entry
    outcome.taken += len(new)
    outcome.changed += len(changed)
    Service.objects.bulk_create([service for service, _entry in new])
    write_parts(new + (_change(changed, at) if changed else []), counted=counted)


def _change(changed: dict[int, ServiceEntry], at: datetime) -> list[tuple[Service, ServiceEntry]]:
    """Write entries that changed, and clear away what stands beside them, to be written again."""
    services = list(Service.objects.select_for_update().filter(pk__in=changed).prefetch_related("locations"))
    for service in services:
        entry = changed[service.pk]
        if _how_to_reach(service) != _how_to_reach_said(entry):
            service.confirmed_at = service.fades_at = None
        write_entry(service, entry, entry.fingerprint(), at)
        service.save()
    for beside in (ServiceAtLocation.objects, NeedTag.objects.filter(guessed=True)):
        beside.filter(service__in=changed).delete()
    return [(service, changed[service.pk]) for service in services]


def _how_to_reach(service: Service) -> tuple[object, ...]:
    """Give what a human's confirmation stands on: numbers, addresses, opening times, places."""
    places = sorted((one.address, one.postcode) for one in service.locations.all())
    return [number for number, _said in service.phones], service.email, service.url, service.when_next, places


def _how_to_reach_said(entry: ServiceEntry) -> tuple[object, ...]:
    places = sorted((one.address, one.postcode) for one in entry.locations)
    return [number for number, _said in entry.phones], entry.email, entry.url, entry.when_next, places
