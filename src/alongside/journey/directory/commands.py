"""Keeping the directory: entries taken in, confirmed by humans, closed; nothing is removed by a short feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.directory.codes import ASKED_BY
from alongside.journey.directory.models import (
    Bounce,
    Confirmation,
    Correction,
    ImportRun,
    NeedTag,
    Place,
    Proposal,
    SearchWord,
    Service,
    ServiceAtLocation,
    UnmetNeed,
)
from alongside.journey.directory.policies import check_can_keep, check_can_look_for_help
from alongside.journey.directory.queries.corrections import lock_correction
from alongside.journey.directory.rules import fades_at, leaves
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import fold
from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.postcode import outcode
from alongside.vocabulary.service_entry import BadRow, LeftOut, LocationEntry, Read, ServiceEntry

BATCH = 2000
LEFT = _("It let people down three times and nobody there was heard from: it is matched with nobody until somebody confirms it.")
KEPT_PROBLEMS = 1000
SEARCHES_A_DAY = 200
"""So many different searches that find nothing are kept of one hub's day: a machine that searches fills no table."""


class MuchShorter(Invalid):
    """A gazetteer with less than half of what stands, or with nothing, is a fault until somebody says otherwise."""

    code = "much_shorter"


class SayWhatWasDone(Invalid):
    code = "say_what_was_done"
    message = _("Say in one line what was done. If nothing is wrong, press the other button.")


class SayWhatIsProposed(Invalid):
    code = "say_what_is_proposed"
    message = _("Say in one line what is proposed.")


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
    _believe(service)
    note(service=service.public_id)
    return service


@command("service.bounced")
def note_bounce(*, actor: Actor, at: datetime, service_id: int, kind: str, because: UUID) -> Bounce | None:
    """Write down that an entry let somebody down: it is believed less, and after the third time it is matched with nobody.

    In:       `kind`, a code of `BOUNCES`; `because`, the introduction or signpost that came to nothing, which counts once.
    Empty:    None when that has counted already.
    Also:     whoever keeps the entry finds it among the corrections when it leaves the matching.
    Source:   promise 9; S2-317, S2-318.
    """
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(pk=service_id)
    if Bounce.objects.filter(because=because).exists():
        return None
    made = Bounce.objects.create(service=service, hub_id=service.hub_id, at=at, kind=kind, because=because)
    service.let_down += 1
    if leaves(service.let_down) and service.left_at is None:
        service.left_at = at
        Correction.objects.create(service=service, hub_id=service.hub_id, at=at, words=str(LEFT))
    service.fades_at = fades_at(service.confirmed_at, service.let_down)
    service.save(update_fields=["let_down", "left_at", "fades_at"])
    note(service=service.public_id, kind=kind, times=service.let_down)
    return made


@command("service.heard_from")
def hear_from_service(*, actor: Actor, at: datetime, service_id: int) -> Service:
    """Write down that somebody at a service answered: it lets nobody down now. That its entry is true it has not said."""
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(pk=service_id)
    if service.let_down:
        _believe(service)
    note(service=service.public_id)
    return service


def _believe(service: Service) -> None:
    """Forget how often it let people down, and reckon anew how long it is believed."""
    service.let_down, service.left_at = 0, None
    service.fades_at = fades_at(service.confirmed_at, 0)
    service.save(update_fields=["confirmed_at", "let_down", "left_at", "fades_at"])


@command("service.closed")
def close_service(*, actor: Actor, at: datetime, service_id: UUID, replaced_by: UUID | None = None) -> Service:
    """Say that a service has closed, and what is there instead; from this moment nobody can be introduced to it.

    Also:     it stays findable by its name, as closed; of one that has closed before, what is there instead can still be said.
    Refuses:  NotFound for an instead that is not open in this hub.
    """
    check_can_keep(actor)
    service = _lock(actor, service_id)
    if replaced_by:
        instead = Service.objects.filter(hub_id=service.hub_id, public_id=replaced_by, closed_at__isnull=True).first()
        if instead is None or instead == service:
            raise NotFound
        service.replaced_by = instead
    service.closed_at = service.closed_at or at
    service.save(update_fields=["closed_at", "replaced_by"])
    note(service=service.public_id, replaced_by=replaced_by)
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


@command("need.unmet")
def note_unmet_need(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    need: str,
    asked_by: str,
    outcode: str = "",
    age_band: str = "",
    missed: str = "",
) -> UnmetNeed | None:
    """Count that somebody looked for help with a need and found nothing that fits. Who it was is not asked and not kept.

    In:       `outcode`, of the place chosen for the search, never of an address; `asked_by`, a code of `ASKED_BY`.
    Empty:    None for a search beyond the most of a day, or for the second one of a day that asks for the same: a search costs nobody
              anything, so it is counted by days.
    Refuses:  NotFound for a need that is none; NotThisRole for a worker whose role looks for help with nobody.
    Source:   S0-02; promise 9.
    """
    if need not in NEEDS or asked_by not in ASKED_BY or actor.hub_id not in (None, hub_id):
        raise NotFound
    if asked_by == "worker":
        check_can_look_for_help(actor)
    if asked_by == "bounce":
        check_is_part_or_system(actor)
    found, day = UnmetNeed.objects.filter(hub_id=hub_id, on=local_date(at)), local_date(at)
    if asked_by == "search" and found.filter(asked_by="search").count() >= SEARCHES_A_DAY:
        return None
    one, is_new = found.get_or_create(
        hub_id=hub_id, on=day, need=need, outcode=outcode[:6], age_band=age_band[:12], asked_by=asked_by, missed=missed[:20]
    )
    if asked_by == "search" and not is_new:
        return None
    UnmetNeed.objects.filter(pk=one.pk).update(times=F("times") + 1)
    note(unmet=one.pk)
    return one


@command("gap.proposal_made")
def propose(*, actor: Actor, at: datetime, need: str, outcode: str, words: str) -> Proposal:
    """Say what is proposed about a gap, in one line; the newest is its answer.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for a need that is none; SayWhatIsProposed.
    """
    check_can_keep(actor)
    if need not in NEEDS:
        raise NotFound
    if not words.strip():
        raise SayWhatIsProposed
    made = Proposal.objects.create(
        hub_id=actor.hub, need=need, outcode=outcode[:6], words=words.strip()[:400], at=at, by_id=actor.hat_id
    )
    note(proposal=made.public_id)
    return made


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
            service.confirmed_at = service.fades_at = None
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
