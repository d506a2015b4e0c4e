"""Keeping the directory: entries taken in, confirmed by humans, closed; nothing is removed by a short feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.utils.translation import gettext_lazy as _

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
from alongside.journey.directory.queries.corrections import lock_correction
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import fold
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.postcode import outcode
from alongside.vocabulary.service_entry import BadRow, LeftOut, LocationEntry, Read, ServiceEntry

BATCH = 2000
KEPT_PROBLEMS = 1000


class MuchShorter(Invalid):
    """A gazetteer with less than half of what stands, or with nothing, is a fault until somebody says otherwise."""

    code = "much_shorter"


class SayWhatWasDone(Invalid):
    code = "say_what_was_done"
    message = _("Say in one line what was done. If nothing is wrong, press the other button.")


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
        _take(hub_id, at, source, entries, outcome)
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
    note(service=service.public_id, correction=made.public_id)
    return made


@command("service.correction_settled")
def settle_correction(*, actor: Actor, at: datetime, correction_id: UUID, was_so: bool, done: str = "") -> Correction:
    """Say what was done about something that was wrong with an entry, or that it is not so.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for another hub's; AlreadyDone; SayWhatWasDone.
    Also:     the entry itself is changed, confirmed or closed by its own commands.
    """
    check_can_keep(actor)
    correction = lock_correction(actor, correction_id)
    if correction.settled_at:
        raise AlreadyDone
    if was_so and not done.strip():
        raise SayWhatWasDone
    correction.settled_at, correction.settled_by_id = at, actor.hat_id
    correction.was_so, correction.done = was_so, done.strip()
    correction.save(update_fields=["settled_at", "settled_by", "was_so", "done"])
    note(service=correction.service.public_id, correction=correction.public_id, was_so=was_so)
    return correction


@command("places.imported")
def import_places(
    *, actor: Actor, at: datetime, rows: Iterable[tuple[str, str, str, float, float]], replace: bool = False
) -> int:
    """Take in a gazetteer: (name, outcode, county, latitude, longitude); what stood there is replaced as a whole.

    In:       `replace` when it may be much shorter than what stands.
    Refuses:  MuchShorter otherwise, and then nothing is changed.
    Also:     services that came in before it are given their rough place now.
    """
    standing = Place.objects.count()
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
    if count * 2 < standing and not replace:
        raise MuchShorter(f"It names {count:,} places where {standing:,} stand. Say --replace when that is meant.")
    note(places=count, placed=_place_what_has_none())
    return count


def _place_what_has_none() -> int:
    """Give every location with a postcode and no coordinates the rough place of its postcode."""
    count = 0
    homeless = ServiceAtLocation.objects.filter(latitude__isnull=True).exclude(postcode="").order_by("pk")
    rows = homeless.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        places = _places_of(one.postcode for one in batch)
        placed = [one for one in batch if outcode(one.postcode) in places]
        for one in placed:
            one.latitude, one.longitude = places[outcode(one.postcode)]
        ServiceAtLocation.objects.bulk_update(placed, ["latitude", "longitude"], batch_size=500)
        count += len(placed)
    return count


def _places_of(postcodes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Give the rough place of each outcode that the gazetteer knows."""
    codes = {outcode(postcode) for postcode in postcodes} - {""}
    found = Place.objects.filter(outcode__in=codes).order_by("-pk").values_list("outcode", "latitude", "longitude")
    return {code: (latitude, longitude) for code, latitude, longitude in found}


def _lock(actor: Actor, service_id: UUID) -> Service:
    found = Service.objects.select_for_update().filter(public_id=service_id)
    if actor.hub_id is not None:
        found = found.filter(hub_id=actor.hub_id)
    service = found.first()
    if service is None:
        raise NotFound
    return service


def _take(hub_id: int, at: datetime, source: str, entries: Sequence[ServiceEntry], outcome: Outcome) -> None:
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
            _write(service, entry, print_, at)
            new.append((service, entry))
        elif known == print_:
            outcome.unchanged += 1
        else:
            changed[key] = entry
    outcome.taken += len(new)
    outcome.changed += len(changed)
    Service.objects.bulk_create([service for service, _entry in new])
    _write_parts(new + (_change(changed, at) if changed else []))


def _change(changed: dict[int, ServiceEntry], at: datetime) -> list[tuple[Service, ServiceEntry]]:
    """Write entries that changed, and clear away what stands beside them, to be written again."""
    services = list(Service.objects.select_for_update().filter(pk__in=changed).prefetch_related("locations"))
    for service in services:
        entry = changed[service.pk]
        if _how_to_reach(service) != _how_to_reach_said(entry):
            service.confirmed_at = None
        _write(service, entry, entry.fingerprint(), at)
        service.save()
    for beside in (ServiceAtLocation.objects, NeedTag.objects.filter(guessed=True), SearchWord.objects):
        beside.filter(service__in=changed).delete()
    return [(service, changed[service.pk]) for service in services]


def _how_to_reach(service: Service) -> tuple[object, ...]:
    """Give what a human's confirmation stands on: numbers, addresses, opening times, places."""
    places = sorted((one.address, one.postcode) for one in service.locations.all())
    return [number for number, _said in service.phones], service.email, service.url, service.when_next, places


def _how_to_reach_said(entry: ServiceEntry) -> tuple[object, ...]:
    places = sorted((one.address, one.postcode) for one in entry.locations)
    return [number for number, _said in entry.phones], entry.email, entry.url, entry.when_next, places


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
    service.url, service.email = entry.url, entry.email
    service.phones = [list(phone) for phone in entry.phones]
    service.cost, service.how_to_start, service.when_next = entry.cost, entry.how_to_start, entry.when_next
    service.accessibility, service.for_whom = entry.accessibility, entry.for_whom
    service.age_from, service.age_to, service.level = entry.age_from, entry.age_to, entry.level
    service.is_crisis, service.licence = entry.is_crisis, entry.licence


def _write_parts(pairs: Sequence[tuple[Service, ServiceEntry]]) -> None:
    """Write what stands beside each service: its places, its needs, the words it is found by."""
    places = _places_of(one.postcode for _service, entry in pairs for one in entry.locations)
    ServiceAtLocation.objects.bulk_create(
        [_location(service, one, places) for service, entry in pairs for one in entry.locations]
    )
    said = set(
        NeedTag.objects.filter(service__in=[service.pk for service, _entry in pairs], guessed=False).values_list(
            "service", "need"
        )
    )
    NeedTag.objects.bulk_create(
        NeedTag(service_id=service.pk, hub_id=service.hub_id, need=need, guessed=entry.source != "hub")
        for service, entry in pairs
        for need in entry.needs
        if (service.pk, need) not in said
    )
    SearchWord.objects.bulk_create(
        SearchWord(service_id=service.pk, hub_id=service.hub_id, word=word)
        for service, entry in pairs
        for word in dict.fromkeys(word[:40] for word in words_of(_text(entry))[:400])
    )


def _text(entry: ServiceEntry) -> str:
    """Give the text that an entry is found by."""
    return " ".join(
        [entry.name, entry.organisation, entry.description, entry.for_whom, *(one.address for one in entry.locations)]
    )


def _location(service: Service, one: LocationEntry, places: dict[str, tuple[float, float]]) -> ServiceAtLocation:
    latitude, longitude = one.latitude, one.longitude
    if latitude is None or longitude is None:
        latitude, longitude = places.get(outcode(one.postcode), (None, None))
    return ServiceAtLocation(
        service_id=service.pk,
        hub_id=service.hub_id,
        name=one.name,
        address=one.address,
        postcode=one.postcode,
        latitude=latitude,
        longitude=longitude,
    )
