"""One service in two sources is shown as one; a human may part them again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.commands.writing import BATCH
from alongside.journey.directory.models import Parted, Service, ServiceAtLocation
from alongside.journey.directory.policies import check_can_keep
from alongside.refusals import AlreadyDone, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.same_service import ALIKE_THERE, likeness, ways_to_reach

MEANS_NOBODY = 50
"""What more entries of one source are reached by, such as a council's switchboard, tells none of them apart."""
OWN = "hub"


class _Entry(NamedTuple):
    key: int
    source: str
    name: str
    same_as: int | None
    is_kept: bool
    ways: set[str]

    @property
    def order(self) -> tuple[bool, bool, int]:
        """Who is shown: the hub's own entry, then one that its service keeps itself, then the older one."""
        return self.source != OWN, not self.is_kept, self.key


@command("services.shown_as_one")
def show_as_one(*, actor: Actor, at: datetime, hub_id: int, source: str, since: datetime) -> int:
    """Find which entries of a source that came in or changed speak of a service that another source has too, and show each once.

    In:       `since`, when the reading of the source began.
    Out:      how many are shown as one with another.
    Also:     an entry that fits several others equally well, or that a human parted from them, stays by itself. What was one before
              and is not alike any more is parted. Nothing is lost: both entries stay, and each keeps what its source says.
    Queries:  a fixed number, and two for each two thousand entries of other sources.
    """
    check_is_part_or_system(actor)
    anew = Service.objects.filter(hub_id=hub_id, source=source, imported_at__gte=since)
    Service.objects.filter(Q(pk__in=anew.values("pk")) | Q(same_as__in=anew.values("pk")), same_as__isnull=False).update(
        same_as=None
    )
    others = Service.objects.filter(hub_id=hub_id, closed_at__isnull=True).exclude(source=source)
    if not others.exists():
        return 0
    fresh = {one.key: one for one in _entries(anew.filter(closed_at__isnull=True))}
    by_way: dict[str, list[int]] = {}
    for one in fresh.values():
        for way in one.ways:
            by_way.setdefault(way, []).append(one.key)
    by_way = {way: keys for way, keys in by_way.items() if len(keys) <= MEANS_NOBODY}
    best: dict[int, list[tuple[float, _Entry]]] = {}
    stream = _entries(others)
    while batch := list(islice(stream, BATCH)):
        for key, alike, other in _alike(batch, by_way, fresh):
            best.setdefault(key, []).append((alike, other))
    return _show(hub_id, best, fresh)


@command("services.parted")
def part_services(*, actor: Actor, at: datetime, service_id: UUID) -> Service:
    """Say that an entry which is shown as one with another is a service of its own; no later reading puts them together again.

    Refuses:  NotThisRole; NotFound, also for an entry that is not the actor's to keep; AlreadyDone when it stands by itself.
    """
    check_can_keep(actor)
    service = (
        Service.objects.select_for_update(of=("self",))
        .filter(public_id=service_id, hub_id=actor.hub)
        .select_related("same_as")
        .first()
    )
    if service is None:
        raise NotFound
    check_can_keep(actor, service)
    if service.same_as is None:
        raise AlreadyDone
    one, other = sorted((service.pk, service.same_as.pk))
    Parted.objects.get_or_create(hub_id=service.hub_id, one_id=one, other_id=other, defaults={"at": at, "by_id": actor.hat_id})
    note(service=service.public_id, other=service.same_as.public_id)
    service.same_as = None
    service.save(update_fields=["same_as"])
    return service


def show_in_front(service: Service) -> None:
    """Show an entry that its service keeps itself now, and no more the one of a feed that has been shown in its place."""
    front = service.same_as
    if front is None or front.source == OWN or front.kept_at:
        return
    Service.objects.filter(same_as=front).exclude(pk=service.pk).update(same_as=service)
    Service.objects.filter(pk=front.pk).update(same_as=service)
    service.same_as = None
    service.save(update_fields=["same_as"])


def _entries(found: QuerySet[Service]) -> Iterator[_Entry]:
    rows = found.order_by("pk").values_list("pk", "source", "name", "same_as", "kept_at", "phones", "url", "email")
    for key, source, name, same_as, kept_at, phones, url, email in rows.iterator(chunk_size=BATCH):
        yield _Entry(key, source, name, same_as, kept_at is not None, ways_to_reach((phone[0] for phone in phones), url, email))


def _alike(batch: list[_Entry], by_way: dict[str, list[int]], fresh: dict[int, _Entry]) -> Iterator[tuple[int, float, _Entry]]:
    """Give which fresh entry is how like which of a batch; of those too unlike anywhere no postcode is looked up."""
    pairs = [
        (fresh[key], other)
        for other in batch
        for key in sorted({key for way in other.ways for key in by_way.get(way, ())})
        if likeness(fresh[key].name, other.name, is_at_one_postcode=True) >= ALIKE_THERE
    ]
    codes: dict[int, set[str]] = {}
    if pairs:
        keys = {one.key for pair in pairs for one in pair}
        placed = ServiceAtLocation.objects.filter(service__in=keys).exclude(postcode="")
        for key, postcode in placed.values_list("service", "postcode"):
            codes.setdefault(key, set()).add(postcode.replace(" ", "").upper())
    for one, other in pairs:
        is_there = not codes.get(one.key, set()).isdisjoint(codes.get(other.key, set()))
        if alike := likeness(one.name, other.name, is_at_one_postcode=is_there):
            yield one.key, alike + is_there, other


def _show(hub_id: int, best: dict[int, list[tuple[float, _Entry]]], fresh: dict[int, _Entry]) -> int:
    apart = set(Parted.objects.filter(hub_id=hub_id).values_list("one", "other"))
    front_of: dict[int, int] = {}
    taken: set[int] = set()
    for key, found in sorted(best.items()):
        entries = {other.key: other for _alike, other in found}
        together: dict[int, float] = {}
        for alike, other in found:
            shown_by = other.same_as or other.key
            if not {tuple(sorted((key, shown_by))), tuple(sorted((key, other.key)))} & apart:
                together[shown_by] = max(alike, together.get(shown_by, 0.0))
        ranked = sorted(together, key=lambda one: together[one], reverse=True)
        if not ranked or (len(ranked) > 1 and together[ranked[0]] == together[ranked[1]]):
            continue
        front, behind = ranked[0], key
        if front in entries and fresh[key].order < entries[front].order:
            front, behind = key, front
        if {front, behind} & taken:
            continue
        taken.add(behind)
        front_of[behind] = front
    followers = dict(Service.objects.filter(same_as__in=front_of).values_list("pk", "same_as"))
    shown = [Service(pk=one, same_as_id=front) for one, front in front_of.items()]
    shown += [Service(pk=one, same_as_id=front_of[before]) for one, before in followers.items() if before is not None]
    Service.objects.bulk_update(shown, ["same_as"], batch_size=500)
    note(shown=len(shown))
    return len(shown)
