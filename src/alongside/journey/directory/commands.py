"""Keeping the directory: entries taken in, confirmed by humans, closed; nothing is removed by a short feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from alongside.journal.command import command, note
from alongside.journey.directory.models import (
    Confirmation,
    Correction,
    ImportRun,
    NeedTag,
    Place,
    SearchWord,
    Service,
    ServiceAtLocation,
)
from alongside.journey.directory.policies import check_can_keep
from alongside.journey.directory.queries import place_of_postcode
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import fold
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.service_entry import BadRow, LocationEntry, ServiceEntry

BATCH = 500


@dataclass
class Outcome:
    """What came of an import."""

    taken: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[BadRow] = field(default_factory=list)

    def line(self) -> str:
        """Give the last line that the command prints."""
        return f"in {self.taken}, changed {self.changed}, unchanged {self.unchanged}, refused {len(self.problems)}"


@command("directory.imported")
def import_entries(*, actor: Actor, at: datetime, hub_id: int, source: str, rows: Iterable[ServiceEntry | BadRow]) -> Outcome:
    """Take a feed's entries in: new ones are added, changed ones changed, and what the feed leaves out stays.

    Out:      counts, and each row that was not taken, with its place and reason.
    Also:     an entry that changed keeps its confirmations, but the warning returns when its contact or place changed.
    Source:   part E21; standards.md finding 9 (never delete on a short or failed fetch).
    """
    outcome = Outcome()
    seen: set[str] = set()
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        entries: list[ServiceEntry] = []
        for row in batch:
            if isinstance(row, BadRow):
                outcome.problems.append(row)
            elif row.source_id in seen:
                outcome.problems.append(BadRow(f"id {row.source_id[:40]}", "this id stands in the feed twice"))
            else:
                seen.add(row.source_id)
                entries.append(row)
        _take(hub_id, at, source, entries, outcome)
    ImportRun.objects.create(
        hub_id=hub_id,
        source=source[:80],
        at=at,
        taken=outcome.taken,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        not_taken=len(outcome.problems),
        problems=[[problem.place, problem.reason] for problem in outcome.problems[:1000]],
    )
    note(taken=outcome.taken, changed=outcome.changed, unchanged=outcome.unchanged, not_taken=len(outcome.problems))
    return outcome


@command("service.added")
def add_service(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    entry: ServiceEntry,
    team_id: int | None = None,
    organisation_id: int | None = None,
    confirmed: bool = False,
) -> Service:
    """Add a service of the hub's own; whoever adds it may confirm it in the same breath."""
    check_can_keep(actor)
    outcome = Outcome()
    _take(hub_id, at, entry.source, [entry], outcome)
    service = Service.objects.get(hub_id=hub_id, source=entry.source[:80], source_id=entry.source_id)
    service.team_id, service.organisation_id = team_id, organisation_id
    service.save(update_fields=["team", "organisation"])
    if confirmed:
        confirm_service(actor=actor, at=at, service_id=service.public_id, by_words="")
    note(service=service.public_id)
    return service


@command("service.confirmed")
def confirm_service(*, actor: Actor, at: datetime, service_id: UUID, by_words: str = "") -> Service:
    """Say, as a human, that an entry is true today; its warning goes (promise 9)."""
    check_can_keep(actor)
    service = _lock(actor, service_id)
    Confirmation.objects.create(service=service, at=at, by_id=actor.hat_id, by_words=by_words[:160])
    service.confirmed_at = at
    service.save(update_fields=["confirmed_at"])
    note(service=service.public_id)
    return service


@command("service.closed")
def close_service(*, actor: Actor, at: datetime, service_id: UUID) -> Service:
    """Say that a service has closed; from this moment nobody can be introduced to it."""
    check_can_keep(actor)
    service = _lock(actor, service_id)
    service.closed_at = service.closed_at or at
    service.save(update_fields=["closed_at"])
    note(service=service.public_id)
    return service


@command("service.fullness_said")
def say_full(*, actor: Actor, at: datetime, service_id: UUID, full: bool) -> Service:
    """Say that a service is full now, or has room again."""
    check_can_keep(actor)
    service = _lock(actor, service_id)
    service.is_full = full
    service.save(update_fields=["is_full"])
    note(service=service.public_id, full=full)
    return service


@command("service.correction_suggested")
def suggest_correction(*, actor: Actor, at: datetime, hub_id: int, service_id: UUID, words: str) -> Correction:
    """Say that something is wrong with an entry; anybody may, and the editor looks."""
    service = Service.objects.filter(public_id=service_id, hub_id=hub_id).first()
    if service is None:
        raise NotFound
    made = Correction.objects.create(service=service, hub_id=hub_id, at=at, words=words[:1000])
    note(service=service.public_id, correction=made.pk)
    return made


@command("places.imported")
def import_places(*, actor: Actor, at: datetime, rows: Iterable[tuple[str, str, str, float, float]]) -> int:
    """Take in a gazetteer: (name, outcode, county, latitude, longitude); what stood there is replaced as a whole.

    Also: services that came in before it are given their rough place now.
    """
    Place.objects.all().delete()
    count = 0
    stream = iter(rows)
    while batch := list(islice(stream, 2000)):
        Place.objects.bulk_create(
            [
                Place(
                    name=name[:120], folded=fold(name)[:120], outcode=outcode[:6], county=county[:80], latitude=lat, longitude=lon
                )
                for name, outcode, county, lat, lon in batch
            ]
        )
        count += len(batch)
    note(places=count, placed=_place_what_has_none())
    return count


def _place_what_has_none() -> int:
    """Give every location with a postcode and no coordinates the rough place of its postcode."""
    placed = []
    for one in ServiceAtLocation.objects.filter(latitude__isnull=True).exclude(postcode="").iterator(chunk_size=1000):
        place = place_of_postcode(one.postcode)
        if place:
            one.latitude, one.longitude = place.latitude, place.longitude
            placed.append(one)
    ServiceAtLocation.objects.bulk_update(placed, ["latitude", "longitude"], batch_size=500)
    return len(placed)


def _lock(actor: Actor, service_id: UUID) -> Service:
    found = Service.objects.select_for_update().filter(public_id=service_id)
    if actor.hub_id is not None:
        found = found.filter(hub_id=actor.hub_id)
    service = found.first()
    if service is None:
        raise NotFound
    return service


def _take(hub_id: int, at: datetime, source: str, entries: Sequence[ServiceEntry], outcome: Outcome) -> None:
    standing = {
        one.source_id: one
        for one in Service.objects.filter(hub_id=hub_id, source=source[:80], source_id__in=[entry.source_id for entry in entries])
    }
    for entry in entries:
        print_ = entry.fingerprint()
        service = standing.get(entry.source_id)
        if service and service.fingerprint == print_:
            outcome.unchanged += 1
            continue
        if service is None:
            service = Service(hub_id=hub_id, source=source[:80], source_id=entry.source_id)
            outcome.taken += 1
        else:
            outcome.changed += 1
            if (service.phone, service.email) != (entry.phone, entry.email):
                service.confirmed_at = None
        _write(service, entry, print_, at)


def _close_or_open(service: Service, entry: ServiceEntry, at: datetime) -> None:
    """Close or open as the feed says; what a human closed stays closed, whatever the feed says later.

    A closure by the feed carries the moment of the import that last wrote the entry; a human's never does.
    """
    closed_by_feed = service.closed_at is not None and service.closed_at == service.imported_at
    if entry.is_closed and (closed_by_feed or service.closed_at is None):
        service.closed_at = at
    elif closed_by_feed:
        service.closed_at = None


def _write(service: Service, entry: ServiceEntry, print_: str, at: datetime) -> None:
    _close_or_open(service, entry, at)
    service.fingerprint, service.imported_at = print_, at
    service.name, service.organisation_name, service.description = entry.name, entry.organisation, entry.description
    service.url, service.email, service.phone = entry.url, entry.email, entry.phone
    service.cost, service.how_to_start, service.when_next = entry.cost, entry.how_to_start, entry.when_next
    service.accessibility, service.for_whom = entry.accessibility, entry.for_whom
    service.age_from, service.age_to, service.level = entry.age_from, entry.age_to, entry.level
    service.is_crisis, service.licence = entry.is_crisis, entry.licence
    service.search_text = ""
    service.save()
    ServiceAtLocation.objects.filter(service=service).delete()
    ServiceAtLocation.objects.bulk_create([_location(service, one) for one in entry.locations])
    said = set(NeedTag.objects.filter(service=service, guessed=False).values_list("need", flat=True))
    NeedTag.objects.filter(service=service, guessed=True).delete()
    guessed = entry.source != "hub"
    NeedTag.objects.bulk_create(
        [NeedTag(service=service, hub_id=service.hub_id, need=need, guessed=guessed) for need in entry.needs if need not in said]
    )
    SearchWord.objects.filter(service=service).delete()
    text = " ".join(
        [entry.name, entry.organisation, entry.description, entry.for_whom, *(one.address for one in entry.locations)]
    )
    SearchWord.objects.bulk_create(
        [SearchWord(service=service, hub_id=service.hub_id, word=word[:40]) for word in words_of(text)[:400]]
    )


def _location(service: Service, one: LocationEntry) -> ServiceAtLocation:
    latitude, longitude = one.latitude, one.longitude
    if latitude is None or longitude is None:
        place = place_of_postcode(one.postcode)
        if place:
            latitude, longitude = place.latitude, place.longitude
    return ServiceAtLocation(
        service=service,
        hub_id=service.hub_id,
        name=one.name,
        address=one.address,
        postcode=one.postcode,
        latitude=latitude,
        longitude=longitude,
    )
