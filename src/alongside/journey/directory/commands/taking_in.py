"""Taking in a feed: new entries are added, changed ones changed, and a short feed removes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice

from alongside.journal.command import command, note
from alongside.journey.directory.commands.indexing import count_words
from alongside.journey.directory.commands.writing import BATCH, close_or_open, without_where, write_entry, write_parts
from alongside.journey.directory.models import (
    ImportRun,
    NeedTag,
    Service,
    ServiceAtLocation,
)
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.phone import is_premium
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
    Also:     a premium number is left out, and of a refuge everything that says where it is; an entry that its service keeps itself
              keeps its words, and only a closure of the feed counts. Each is named among the problems.
              An entry that changed keeps its confirmations as history, but its warning returns when a telephone number,
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
    known_of = of_source.filter(source_id__in=[entry.source_id for entry in entries])
    standing = {source_id: (key, print_) for key, source_id, print_ in known_of.values_list("pk", "source_id", "fingerprint")}
    new: list[tuple[Service, ServiceEntry]] = []
    changed: dict[int, ServiceEntry] = {}
    prints: dict[int, str] = {}
    for entry in entries:
        print_ = entry.fingerprint()
        key, known = standing.get(entry.source_id, (0, ""))
        if not key:
            service = Service(hub_id=hub_id, source=source[:80], source_id=entry.source_id)
            entry = _without_premium(entry, outcome)
            write_entry(service, entry, print_, at)
            new.append((service, entry))
        elif known == print_:
            outcome.unchanged += 1
        else:
            prints[key] = print_
            changed[key] = _without_premium(entry, outcome)
    outcome.taken += len(new)
    outcome.changed += len(changed)
    Service.objects.bulk_create([service for service, _entry in new])
    write_parts(new + (_change(changed, at, outcome, prints) if changed else []), counted=counted)


def _without_premium(entry: ServiceEntry, outcome: Outcome) -> ServiceEntry:
    """Leave premium numbers out of an entry, whoever read it; the readers of feeds have named theirs already."""
    taken = tuple(pair for pair in entry.phones if not is_premium(pair[0]))
    if len(taken) == len(entry.phones):
        return entry
    outcome.hear(LeftOut(_where(entry), "a premium number (09, 087, 070 or 118) was left out; the service was taken"))
    return replace(entry, phones=taken)


def _where(entry: ServiceEntry) -> str:
    return entry.place or f"id {entry.source_id[:40]}"


def _change(
    changed: dict[int, ServiceEntry], at: datetime, outcome: Outcome, prints: dict[int, str]
) -> list[tuple[Service, ServiceEntry]]:
    """Write entries that changed, and clear away what stands beside them, to be written again."""
    services = list(Service.objects.select_for_update().filter(pk__in=changed).prefetch_related("locations"))
    for service in services:
        entry = changed[service.pk]
        if service.kept_at:
            del changed[service.pk]
            outcome.changed, outcome.unchanged = outcome.changed - 1, outcome.unchanged + 1
            outcome.hear(LeftOut(_where(entry), "its service keeps this entry itself: the feed's words were left out"))
            close_or_open(service, entry, at)
            service.fingerprint, service.imported_at = prints[service.pk], at
            service.save(update_fields=["fingerprint", "imported_at", "closed_at"])
            continue
        if service.is_refuge:
            entry = changed[service.pk] = without_where(entry)
            outcome.hear(LeftOut(_where(entry), "it is a refuge: everything that says where it is was left out"))
        if _how_to_reach(service) != _how_to_reach_said(entry):
            service.confirmed_at = service.fades_at = None
        write_entry(service, entry, prints[service.pk], at)
        service.save()
    for beside in (ServiceAtLocation.objects, NeedTag.objects.filter(guessed=True)):
        beside.filter(service__in=changed).delete()
    return [(service, changed[service.pk]) for service in services if service.pk in changed]


def _how_to_reach(service: Service) -> tuple[object, ...]:
    """Give what a human's confirmation stands on: numbers, addresses, opening times, places."""
    places = sorted((one.address, one.postcode) for one in service.locations.all())
    return [number for number, _said in service.phones], service.email, service.url, service.when_next, places


def _how_to_reach_said(entry: ServiceEntry) -> tuple[object, ...]:
    places = sorted((one.address, one.postcode) for one in entry.locations)
    return [number for number, _said in entry.phones], entry.email, entry.url, entry.when_next, places
