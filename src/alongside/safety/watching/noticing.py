"""Going through the looks of the journal for what a privacy officer should look at; the background worker does it after each seal.

It follows the seals, since each look is in exactly one of them, whatever the order in which looks were committed. Gone through
twice, nothing is noticed twice. Source: trust.md C24, V9 (told within a minute); ADR 0015.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Count, Q

from alongside.access.models import Relationship
from alongside.hubs.models import DutyTurn, Hat, Hub, TeamHours, TeamSeat
from alongside.hubs.queries import bank_holidays, local_date
from alongside.journal.chain import Content
from alongside.journal.models import Entry, Look, Seal
from alongside.people.models import ContactPoint, Name, Person, SearchKey
from alongside.safety.models import HomePostcode, LookedThrough, MadeUpPerson, Watch
from alongside.safety.watching.commands import ToWriteDown, write_down_noticed
from alongside.safety.watching.rules import (
    AN_HOUR,
    MARGIN,
    NEAR,
    Hours,
    Looked,
    is_on_duty,
    is_same_employer,
    noticed,
    shared_surnames,
    volume,
)
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import start_of
from alongside.vocabulary.names import search_keys

SEALS = 20
"""So many seals are gone through at a time."""
LONG_AGO = timedelta(days=30)
"""Looks that are older when they are gone through are left: a journal that was taken over is not raked up."""
OFFICERS = ("privacy_officer",)
OPENED = "emergency.opened"
TO_COMPARE = "The background worker compares it with the worker who looked; it is shown to nobody."
A_FEW = 10
"""From so many people on, a surname can be common (ours)."""
_TASK = "signals"


def go_through(at: datetime) -> int:
    """Go through the looks of the next seals; give how many things were noticed for the first time.

    Queries: about fifteen for each hub among them, whatever their number, and two for each thing that is noticed.
    """
    mark = LookedThrough.objects.filter(task=_TASK).first()
    seals = list(Seal.objects.filter(number__gt=mark.seal if mark else 0).order_by("number")[:SEALS])
    if not seals:
        return 0
    keys = [key for one in seals for key in Content.read(one.covers).covers["journal_look"].keys]
    looks = _looks(keys, since=at - LONG_AGO)
    done = 0
    for hub_id in sorted({one.hub_id for one in looks if one.hub_id}):
        found = _of_hub(hub_id, [one for one in looks if one.hub_id == hub_id], at)
        if found:
            done += write_down_noticed(actor=Actor.system("signals", hub_id), at=at, noticed=found)
    LookedThrough.objects.update_or_create(task=_TASK, defaults={"seal": seals[-1].number})
    return done


def _looks(keys: list[int], *, since: datetime) -> list[Look]:
    found: list[Look] = []
    for begin in range(0, len(keys), 500):
        found += Look.objects.filter(pk__in=keys[begin : begin + 500], at__gt=since, hat_id__isnull=False)
    return found


def _of_hub(hub_id: int, looks: list[Look], at: datetime) -> list[ToWriteDown]:
    hats = Hat.objects.select_related("worker").in_bulk({one.hat_id for one in looks if one.hat_id})
    looks = [one for one in looks if one.hat_id in hats and hats[one.hat_id].role not in OFFICERS]
    opened = [one for one in looks if one.about_id and one.outcome == "shown"]
    found = _touched(hub_id, looks, at)
    facts = _Facts.of(hub_id, opened, hats) if opened else None
    for one in opened:
        assert facts is not None
        found += [_noted(one, one.about_id, each.signal, each.counted) for each in noticed(facts.about(one))]
    return _once(found + _many(hub_id, opened))


def _touched(hub_id: int, looks: list[Look], at: datetime) -> list[ToWriteDown]:
    """Notice whoever touched a made-up person in any way, or somebody on the watch-list by name."""
    made_up = set(MadeUpPerson.objects.filter(hub_id=hub_id).values_list("person_id", flat=True))
    watched = list(
        Watch.objects.filter(hub_id=hub_id, until_at__gt=at - LONG_AGO).values_list("person_id", "from_at", "until_at")
    )
    found = []
    for one in looks:
        touched = {*one.person_ids, *([one.about_id] if one.about_id else [])}
        found += [_noted(one, key, "made_up", 1) for key in touched & made_up]
        by_name = {one.about_id} if one.outcome == "shown" else touched
        found += [_noted(one, key, "watched", 1) for key, begins, ends in watched if key in by_name and begins <= one.at < ends]
    return found


def _many(hub_id: int, opened: list[Look]) -> list[ToWriteDown]:
    """Notice many people within an hour or a day, for the hats among these looks."""
    if not opened:
        return []
    last: dict[int | None, Look] = {one.hat_id: one for one in sorted(opened, key=lambda one: one.at)}
    first, until = min(one.at for one in opened), max(one.at for one in opened)
    mine = Look.objects.filter(hub_id=hub_id, hat_id__in=last, about_id__isnull=False, outcome="shown", at__lte=until)
    begins = start_of(local_date(first) - timedelta(days=1))
    busy = mine.filter(at__gte=begins).values("hat_id").annotate(many=Count("about_id", distinct=True)).filter(many__gt=AN_HOUR)
    hats = list(busy.values_list("hat_id", flat=True))
    if not hats:
        return []
    opened_by: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    for hat, at, person in mine.filter(at__gte=begins, hat_id__in=hats).values_list("hat_id", "at", "about_id"):
        opened_by[hat].append((at, person))  # type: ignore[index,arg-type]  # both are there, as asked
    return [
        ToWriteDown(hub_id, hat, None, each.signal, day, each.counted, last[hat].pk)
        for hat, looks in opened_by.items()
        for day in sorted({local_date(at) for at, _person in looks} - {local_date(begins)})
        for each in volume(looks, day)
    ]


@dataclass
class _Facts:
    """What is known of the workers and the people of some looks, read together."""

    hub_id: int
    hats: dict[int, Hat]
    people: dict[int, Person] = field(default_factory=dict)
    names: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    emails: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    postcodes: dict[int, str] = field(default_factory=dict)
    teams: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    hours: dict[int, list[Hours]] = field(default_factory=lambda: defaultdict(list))
    turns: list[tuple[int, datetime, datetime]] = field(default_factory=list)
    near: dict[int, list[tuple[int | None, int | None, str, datetime, datetime | None]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    done: dict[int, list[tuple[int, date]]] = field(default_factory=lambda: defaultdict(list))
    """By person: which hat wrote something about them, and when."""
    colleagues: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    """By team: the hats that sit in it."""
    shares: dict[str, float] = field(default_factory=dict)
    closed_on: frozenset[date] = frozenset()

    @classmethod
    def of(cls, hub_id: int, looks: list[Look], hats: dict[int, Hat]) -> _Facts:
        people = {one.about_id for one in looks if one.about_id}
        first, last = min(one.at for one in looks), max(one.at for one in looks)
        near = timedelta(days=NEAR + 1)
        made = cls(hub_id, hats, Person.objects.unscoped(TO_COMPARE).in_bulk(people))
        for key, value in Name.objects.unscoped(TO_COMPARE).filter(person__in=people).values_list("person_id", "value"):
            made.names[key].append(value)
        for key, value in (
            ContactPoint.objects.unscoped(TO_COMPARE).filter(person__in=people, channel="email").values_list("person_id", "value")
        ):
            made.emails[key].add(value)
        workers = {one.worker_id for one in hats.values()}
        made.postcodes = dict(HomePostcode.objects.filter(pk__in=workers).values_list("pk", "postcode"))
        for hat, team in TeamSeat.objects.filter(hat__in=hats).values_list("hat_id", "team_id"):
            made.teams[hat].add(team)
        teams = {team for some in made.teams.values() for team in some}
        for hat, team in TeamSeat.objects.filter(team__in=teams).values_list("hat_id", "team_id"):
            made.colleagues[team].add(hat)
        for team, weekday, opens, closes in TeamHours.objects.filter(team__in=teams).values_list(
            "team_id", "weekday", "opens", "closes"
        ):
            made.hours[team].append(Hours(weekday, opens, closes))
        made.closed_on = bank_holidays(Hub.objects.values_list("nation", flat=True).get(pk=hub_id), local_date(first))
        made.turns = list(
            DutyTurn.objects.filter(hat__in=hats, from_at__lte=last + MARGIN, until_at__gte=first - MARGIN).values_list(
                "hat_id", "from_at", "until_at"
            )
        )
        reasons = Relationship.objects.filter(Q(hat__in=hats) | Q(team__in=teams), person__in=people)
        for person, hat_id, team_id, kind, begins, ends in reasons.values_list(
            "person_id", "hat_id", "team_id", "kind", "from_at", "until_at"
        ):
            made.near[person].append((hat_id, team_id, kind, begins, ends))
        entries = Entry.objects.filter(person_id__in=people, at__gte=first - near, at__lte=last + near, hat_id__isnull=False)
        for about, by, at in entries.exclude(command=OPENED).values_list("person_id", "hat_id", "at"):
            made.done[about or 0].append((by or 0, local_date(at)))
        return made

    def about(self, look: Look) -> Looked:
        """Give one look with all that is known of the two."""
        hat_id, person_id = look.hat_id or 0, look.about_id or 0
        hat, person, teams = self.hats[hat_id], self.people.get(person_id), self.teams[hat_id]
        names = (person.chosen_name, *self.names[person_id]) if person else ()
        team_mates = {mate for team in teams for mate in self.colleagues[team]} | {hat_id}
        reasons = [
            one for one in self.near[person_id] if (one[0] == hat_id or one[1] in teams) and (one[4] is None or one[4] > look.at)
        ]
        holds = any(kind == "holder" and mine_alone == hat_id for mine_alone, _team, kind, _from, _until in reasons)
        shared = shared_surnames(hat.worker.name, names, holds=holds)
        return Looked(
            at=look.at,
            worker_name=hat.worker.name,
            person_names=names,
            worker_postcode=self.postcodes.get(hat.worker_id, ""),
            person_postcode=person.postcode if person else "",
            worker_employer=hat.worker.email,
            person_employer=next((one for one in self.emails[person_id] if is_same_employer(hat.worker.email, one)), ""),
            surname_share=min(map(self._share, sorted(shared)), default=0.0),
            holds=holds,
            business=(
                *(day for mate, day in self.done[person_id] if mate in team_mates),
                *(local_date(begins) for _hat, _team, _kind, begins, _until in reasons),
            ),
            hours=tuple(one for team in teams for one in self.hours[team]),
            closed_on=self.closed_on,
            is_on_duty=is_on_duty(look.at, [(begins, ends) for one, begins, ends in self.turns if one == hat_id]),
        )

    def _share(self, surname: str) -> float:
        """Give which part of the hub's people have a surname that sounds like this one. Queries: two, once for each surname."""
        if surname not in self.shares:
            like = (
                SearchKey.objects.filter(hub_id=self.hub_id, kind="name", key__in=search_keys(surname))
                .values("person")
                .distinct()
                .count()
            )
            self.shares[surname] = (
                like / Person.objects.unscoped("A count of everybody in a hub.").filter(hub_id=self.hub_id).count()
                if like >= A_FEW
                else 0.0
            )
        return self.shares[surname]


def _noted(look: Look, person_id: int | None, signal: str, counted: int) -> ToWriteDown:
    return ToWriteDown(look.hub_id or 0, look.hat_id or 0, person_id, signal, local_date(look.at), counted, look.pk)


def _once(found: Iterable[ToWriteDown]) -> list[ToWriteDown]:
    """Keep the first of each kind."""
    kept: dict[tuple[int, int | None, str, date], ToWriteDown] = {}
    for one in found:
        kept.setdefault((one.hat_id, one.person_id, one.signal, one.on), one)
    return list(kept.values())
