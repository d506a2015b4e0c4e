"""Taking in a feed: new entries are added, changed ones changed, and a short feed removes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from uuid import uuid4

from alongside.journal.command import command, note
from alongside.journey.directory.commands.ahead import Ahead
from alongside.journey.directory.commands.indexing import Postings
from alongside.journey.directory.commands.quickly import add_objects, another
from alongside.journey.directory.commands.writing import BATCH, close_or_open, without_where, write_entry, write_parts
from alongside.journey.directory.models import (
    ImportRun,
    NeedTag,
    Service,
    ServiceAtLocation,
)
from alongside.journey.directory.rules import may_be_refuge
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import local
from alongside.vocabulary.phone import is_premium
from alongside.vocabulary.service_entry import (
    FIELDS,
    BadRow,
    LeftOut,
    LocationEntry,
    Read,
    Same,
    ServiceEntry,
    new_fields,
    prints_in,
    said_anew,
    said_in,
    saying,
)
from alongside.vocabulary.topics import tables
from alongside.vocabulary.what_follows import Follows

KEPT_PROBLEMS = 1000
ONLY_IN_PART = "its details could not be read this time; what stands was kept"
WRITTEN = (
    "fingerprint", "imported_at", "closed_at", "confirmed_at", "fades_at", "name", "organisation_name", "description", "url", "email",
    "phones", "cost", "how_to_start", "when_next", "accessibility", "for_whom", "age_from", "age_to", "level", "is_crisis", "licence",
    "said_by", "source_prints", "row_print", "link_asked_at", "link_found", "ways", "details",
)  # fmt: skip
"""What a change by a source writes of a service; everything else of it is ours."""


@dataclass
class Outcome:
    """What came of an import."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0
    """Of those refused, so many stand and were left as they stood."""
    problems: list[BadRow | LeftOut] = field(default_factory=list)
    """The first of the rows, and parts of rows, that were not taken."""

    @property
    def known(self) -> int:
        """How many entries of the source were in it."""
        return self.taken + self.changed + self.unchanged + self.kept

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
    Also:     a premium number is left out, and of a refuge, or of what sounds like one until somebody here says that it is none,
              everything that says where it is; an entry that its service keeps itself
              keeps its words, and only a closure of the feed counts. Each is named among the problems.
              An entry that changed keeps its confirmations as history, but its warning returns when a telephone number,
              e-mail or web address, opening time, postal address or postcode is no longer what a human confirmed.
    Queries:  a fixed number for each 2,000 rows, however many changed.
    Source:   part E21; standards.md finding 9 (never delete on a short or failed fetch).
    """
    outcome, held = Outcome(), Postings(hub_id)
    seen: set[str] = set()
    stream, parts = iter(rows), deque[_Part]()
    with Ahead() as ahead:
        while batch := list(islice(stream, BATCH)):
            entries: list[ServiceEntry] = []
            for row in batch:
                problem = entries_once(row, seen, entries, outcome)
                if problem:
                    outcome.hear(problem)
                    tell(problem)
            parts.append(_compared(hub_id, source, entries, outcome, ahead))
            while len(parts) > ahead.parts:
                _write(parts.popleft(), hub_id, at, source, outcome, held)
        for part in parts:
            _write(part, hub_id, at, source, outcome, held)
    held.write()
    ImportRun.objects.create(
        hub_id=hub_id,
        source=source[:80],
        at=at,
        ended_at=at,
        taken=outcome.taken,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        not_taken=outcome.refused,
        problems=[[problem.place, problem.reason, isinstance(problem, BadRow)] for problem in outcome.problems],
    )
    note(taken=outcome.taken, changed=outcome.changed, unchanged=outcome.unchanged, not_taken=outcome.refused)
    return outcome


def entries_once(row: Read, seen: set[str], entries: list[ServiceEntry], outcome: Outcome) -> BadRow | LeftOut | None:
    """Put an entry with the others, or count it when nothing in it is new, each once. Out: what is wrong with it."""
    if isinstance(row, (BadRow, LeftOut)):
        return row
    if row.source_id in seen:
        return _twice(row)
    seen.add(row.source_id)
    if isinstance(row, Same):
        outcome.unchanged += 1
    else:
        entries.append(row)
    return None


def _twice(entry: ServiceEntry | Same) -> BadRow:
    return BadRow(entry.place or f"id {entry.source_id[:40]}", "this service stands in the feed twice")


def take(hub_id: int, at: datetime, source: str, entries: Sequence[ServiceEntry], outcome: Outcome) -> None:
    """Take some entries in: what is new is added, what changed is changed, and of what is the same nothing is touched."""
    with Ahead() as ahead:
        _write(_compared(hub_id, source, entries, outcome, ahead), hub_id, at, source, outcome)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a feed, compared with what stands."""

    new: list[ServiceEntry]
    new_prints: list[str]
    """Of each that is new, as its source says it."""
    follows: Callable[[], list[Follows]]
    """What follows from each that is new."""
    changed: dict[int, ServiceEntry]
    prints: dict[int, str]
    """Of what changed, as it is now."""
    same: list[Service]
    """What is the same, in another row than before."""


def _compared(hub_id: int, source: str, entries: Sequence[ServiceEntry], outcome: Outcome, ahead: Ahead) -> _Part:
    of_source = Service.objects.filter(hub_id=hub_id, source=source[:80])
    standing = {
        source_id: (key, print_, row)
        for key, source_id, print_, row in of_source.filter(source_id__in=[entry.source_id for entry in entries]).values_list(
            "pk", "source_id", "fingerprint", "row_print"
        )
    }
    new: list[ServiceEntry] = []
    new_prints: list[str] = []
    changed: dict[int, ServiceEntry] = {}
    same: list[Service] = []
    prints: dict[int, str] = {}
    for entry in entries:
        key, known, row = standing.get(entry.source_id, (0, "", ""))
        if not key:
            new.append(_in_doubt_without_where(entry, outcome))
            new_prints.append(entry.fingerprint())
            continue
        print_ = entry.fingerprint()
        if known == print_:
            outcome.unchanged += 1
            if row != entry.row_print and not entry.is_partial:
                same.append(Service(pk=key, row_print=entry.row_print))
        elif entry.is_partial:
            outcome.kept += 1
            outcome.hear(BadRow(entry.place, ONLY_IN_PART))
        else:
            prints[key] = print_
            changed[key] = _without_premium(entry, outcome)
    return _Part(new, new_prints, ahead.give(new), changed, prints, same)


def _write(part: _Part, hub_id: int, at: datetime, source: str, outcome: Outcome, held: Postings | None = None) -> None:
    """Write a part of a feed (`held`: see `index_as`)."""
    outcome.taken += len(part.new)
    outcome.changed += len(part.changed)
    Service.objects.bulk_update(part.same, ["row_print"], batch_size=500)
    if not part.new and not part.changed:
        return
    pairs, follows = [], part.follows()
    blank = Service(hub_id=hub_id, source=source[:80], indexed_as=tables().print)
    said_by = said_anew([], source[:80], _day(at), ())
    for entry, print_, (ways, _terms) in zip(part.new, part.new_prints, follows, strict=True):
        service = another(blank)
        service.public_id, service.source_id, service.said_by = uuid4(), entry.source_id, said_by
        entry = _without_premium(entry, outcome)
        write_entry(service, entry, print_, at, ways)
        service.source_prints = prints_in(entry)
        pairs.append((service, entry))
    add_objects([service for service, _entry in pairs], with_keys=True)
    pairs += _change(part.changed, at, outcome, part.prints) if part.changed else []
    write_parts(pairs, held, [terms for _ways, terms in follows])


def _without_premium(entry: ServiceEntry, outcome: Outcome) -> ServiceEntry:
    """Leave premium numbers out of an entry, whoever read it; the readers of feeds have named theirs already."""
    taken = tuple(pair for pair in entry.phones if not is_premium(pair[0]))
    if len(taken) == len(entry.phones):
        return entry
    outcome.hear(LeftOut(_where(entry), "a premium number (09, 087, 070 or 118) was left out; the service was taken"))
    return replace(entry, phones=taken)


def _in_doubt_without_where(entry: ServiceEntry, outcome: Outcome) -> ServiceEntry:
    """Leave out where an entry of a feed is when it sounds like a refuge: no human has looked at it yet (trust.md C18)."""
    if entry.source == "hub" or not may_be_refuge(entry.name, entry.organisation, entry.for_whom, entry.description):
        return entry
    outcome.hear(
        LeftOut(_where(entry), "it sounds like a refuge: where it is was left out until somebody here says that it is none")
    )
    return without_where(entry)


def _where(entry: ServiceEntry) -> str:
    return entry.place or f"id {entry.source_id[:40]}"


def _change(
    changed: dict[int, ServiceEntry], at: datetime, outcome: Outcome, print_of: dict[int, str]
) -> list[tuple[Service, ServiceEntry]]:
    """Write entries that changed, and clear away what stands beside them, to be written again.

    A field in which the source says nothing new is left as it stands: what we wrote there ourselves stays.
    """
    services = list(Service.objects.select_for_update().filter(pk__in=changed).prefetch_related("locations"))
    pairs = []
    for service in services:
        if service.kept_at and service.source != "hub":
            _leave_to_its_keepers(service, changed.pop(service.pk), at, outcome, print_of[service.pk])
            continue
        said = changed[service.pk]
        if service.is_refuge:
            said = without_where(said)
            outcome.hear(LeftOut(_where(said), "it is a refuge: everything that says where it is was left out"))
        elif service.no_refuge_said_at is None:
            said = _in_doubt_without_where(said, outcome)
        stood, entry, prints = entry_of(service, service.locations.all()), said, prints_in(said)
        new = set(new_fields(service.source_prints, prints))
        if service.rules_said_at:
            new.discard("ages")
        for part in FIELDS:
            if part not in new:
                entry = saying(entry, part, said_in(stood, part))
        if _how_to_reach(stood) != _how_to_reach(entry):
            service.confirmed_at = service.fades_at = None
        write_entry(service, entry, print_of[service.pk], at)
        anew = [part for part in FIELDS if said_in(entry, part) != said_in(stood, part)]
        service.said_by, service.source_prints = said_anew(service.said_by, service.source, _day(at), anew), prints
        pairs.append((service, entry))
    Service.objects.bulk_create(services, update_conflicts=True, update_fields=WRITTEN, unique_fields=["id"])
    clear_parts(changed)
    return pairs


def _leave_to_its_keepers(service: Service, entry: ServiceEntry, at: datetime, outcome: Outcome, print_: str) -> None:
    """Leave the words of an entry that its service keeps itself; only a closure of the feed counts."""
    outcome.changed, outcome.unchanged = outcome.changed - 1, outcome.unchanged + 1
    outcome.hear(LeftOut(_where(entry), "its service keeps this entry itself: the feed's words were left out"))
    close_or_open(service, entry, at)
    service.fingerprint, service.row_print, service.imported_at = print_, entry.row_print, at


def clear_parts(keys: Iterable[int]) -> None:
    """Take away what stands beside some services, to be written again; what a human said stays."""
    for beside in (ServiceAtLocation.objects, NeedTag.objects.filter(guessed=True)):
        beside.filter(service__in=list(keys)).delete()


def entry_of(service: Service, places: Iterable[ServiceAtLocation], needs: Iterable[str] = ()) -> ServiceEntry:
    """Give an entry as it stands; where it was placed here by its postcode, its source gave no coordinates."""
    return ServiceEntry(
        source=service.source,
        source_id=service.source_id,
        name=service.name,
        organisation=service.organisation_name,
        description=service.description,
        url=service.url,
        email=service.email,
        phones=tuple((number, said) for number, said in service.phones),
        cost=service.cost,
        how_to_start=service.how_to_start,
        when_next=service.when_next,
        accessibility=service.accessibility,
        for_whom=service.for_whom,
        age_from=service.age_from,
        age_to=service.age_to,
        level=service.level,
        is_crisis=service.is_crisis,
        needs=tuple(needs),
        locations=tuple(
            LocationEntry(one.name, one.address, one.postcode, *_own_point(one), one.details)
            for one in sorted(places, key=lambda one: one.pk)
        ),
        licence=service.licence,
        details=service.details,
        is_closed=service.closed_at is not None,
    )


def _own_point(one: ServiceAtLocation) -> tuple[float | None, float | None]:
    return (None, None) if one.placed_by else (one.latitude, one.longitude)


def _day(at: datetime) -> str:
    return local(at).date().isoformat()


def _how_to_reach(entry: ServiceEntry) -> tuple[object, ...]:
    """Give what a human's confirmation stands on: numbers, addresses, opening times, places."""
    places = sorted((one.address, one.postcode) for one in entry.locations)
    return [number for number, _said in entry.phones], entry.email, entry.url, entry.when_next, places
