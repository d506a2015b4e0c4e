"""Many people at once: each life is played once through the commands, its rows are taken as a mould, and copied.

It streams: people are made one after the other and written in batches, so a million is the same path and the same memory.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from alongside.access.sealing import seal
from alongside.demo import cast, chance
from alongside.demo.bulk import loading
from alongside.demo.bulk.moulds import PARTICULARS, Mould, compile_mould, take
from alongside.demo.hub import Stage, add_team, add_to_cast
from alongside.demo.identities import Identity, identity
from alongside.demo.lives import group_of, life
from alongside.demo.play import Part, play
from alongside.hubs.models import Hat
from alongside.hubs.queries import local_date
from alongside.journey.referrals.models import Referral
from alongside.people.everything import personal_models
from alongside.people.models import HeldAddress, Identifier, Person, SearchKey
from alongside.vocabulary.ages import band_of
from alongside.vocabulary.names import search_keys
from alongside.vocabulary.phone import phone_key
from alongside.vocabulary.reference import ALPHABET, fingerprint, make_reference

VARIANTS = {"child": 16, "young": 6, "adult": 72, "older": 26}
"""How many different lives each group has in a bulk load."""
FIRST_VARIANT = 1_000_000
"""Lives of a bulk load are other lives than those of the first few hundred people."""
PEOPLE_A_CELL = 2_400
"""A cell is a neighbourhood with workers of its own, so that a caseload stays one that somebody can carry."""
BATCH = 400
SHARED = ("duty_1", "duty_2", "administrator_1")
"""Whoever sits at the front door works for every neighbourhood."""


def variant_of(group: str, number: int, variants: dict[str, int]) -> int:
    """Say which life person `number` lives."""
    return FIRST_VARIANT + number % variants[group]


def part_of(seed: int, number: int, now: datetime, variants: dict[str, int] = VARIANTS) -> Part:
    """Give person `number` of a bulk load with their life, as both paths see them."""
    who = identity(seed, number, local_date(now))
    group = group_of(who.age(local_date(now)))
    return Part(who, life(seed, group, variant_of(group, number, variants), now), key=f"demo:{seed}:{number}")


def fill(
    stage: Stage, *, seed: int, numbers: range, now: datetime, began: datetime, variants: dict[str, int] = VARIANTS,
    say: Callable[[str], object] = lambda _line: None,
) -> int:  # fmt: skip
    """Fill a hub with the people of these numbers; give how many."""
    say("Adding the neighbourhoods' workers.")
    with transaction.atomic():
        stages = [neighbourhood(stage, place, began) for place in range((len(numbers) + PEOPLE_A_CELL - 1) // PEOPLE_A_CELL)]
    return fill_neighbourhoods(stages, seed=seed, numbers=numbers, now=now, variants=variants, say=say)


def fill_neighbourhoods(
    stages: Sequence[Stage], *, seed: int, numbers: range, now: datetime, variants: dict[str, int] = VARIANTS,
    people_a_cell: int = PEOPLE_A_CELL, say: Callable[[str], object] = lambda _line: None,
) -> int:  # fmt: skip
    """Fill neighbourhoods that stand, one after the other; give how many people."""
    say(f"Playing {sum(variants.values())} lives through the commands, to copy them.")
    moulds = mould_lives(stages[0], seed, now, variants)
    cells = [Cell(here, swaps(stages[0], here)) for here in stages]
    models = list(personal_models())
    standing = set(Referral.objects.unscoped("The demo counts what it made up.").values_list("reference", flat=True))
    source = random.Random(f"{seed}:bulk:{numbers.start}")
    with loading.wide_open(models):
        press = _Press(seed, now, moulds, variants, loading.next_ids(models), source, standing)
        waiting: dict[type[Model], list[tuple[Any, ...]]] = {}
        for place, number in enumerate(numbers):
            press.copy(number, cells[place // people_a_cell], waiting)
            if (place + 1) % BATCH == 0:
                _flush(waiting)
            if (place + 1) % 50_000 == 0:
                say(f"  {place + 1:,} people")
        _flush(waiting)
        say("Laying indexes, keys and guards again, which checks every row.")
    return len(numbers)


def mould_lives(stage: Stage, seed: int, now: datetime, variants: dict[str, int]) -> dict[tuple[str, int], Mould]:
    """Play each life once, take its rows, and take everything back."""
    parts, keys = [], []
    stand_ins = _stand_ins(seed, now)
    for group, count in variants.items():
        for variant in range(FIRST_VARIANT, FIRST_VARIANT + count):
            keys.append((group, variant))
            parts.append(Part(next(stand_ins), life(seed, group, variant, now), key=f"mould:{seed}:{group}:{variant}"))
    found: dict[tuple[str, int], Mould] = {}
    try:
        with transaction.atomic(), chance.seeded(f"{seed}:moulds"):
            people = play(stage, parts)
            rows = take([people[part.key] for part in parts])
            for key, part in zip(keys, parts, strict=True):
                person_id = people[part.key]
                found[key] = compile_mould(person_id, rows[person_id], part.identity, loading.plain)
            raise _TakeBack
    except _TakeBack:
        stage.actors.clear()
    return found


class _TakeBack(Exception):
    """Everything that was played to be copied is taken back."""


def _stand_ins(seed: int, now: datetime) -> Iterator[Identity]:
    """Give people who resemble nobody, so that no match is suspected while lives are played."""
    for number in range(10_000):
        who = identity(seed, 800_000 + number, local_date(now))
        name = f"Q{_letters(number)} Standin{_letters(number)}"
        yield replace(
            who, chosen_name=name, official_name=f"{name} Mould", email=f"stand.in.{number}@rivermouth.example",
            phone=f"00 {number:011d}", carer_phone=f"11 {number:011d}", pronouns="they", gender="other", ethnicity="Z", language="en",
        )  # fmt: skip


def _letters(number: int) -> str:
    return "".join("bcdfghjklm"[int(digit)] for digit in f"{number:04d}")


@dataclass(frozen=True)
class Cell:
    """A neighbourhood: which hat, team and account stands in the place of which one of the first neighbourhood."""

    stage: Stage
    swaps: dict[tuple[str, int], int]


def neighbourhood(stage: Stage, place: int, at: datetime) -> Stage:
    """Add a neighbourhood's own teams and workers, through the commands."""
    here = Stage(stage.hub, partners=stage.partners, services=stage.services, teams=dict(stage.teams), hats=dict(stage.hats))
    for team in cast.TEAMS:
        if team.kind != "duty":
            made = add_team(
                actor=stage.system, at=at, hub_id=stage.hub.pk, organisation_id=stage.partners[team.partner],
                name=f"{team.name}, neighbourhood {place + 1}", national_team_type=team.national_team_type, phone=cast.HUB_PHONE,
            )  # fmt: skip
            here.teams[team.key] = made.pk
    for worker in cast.WORKERS:
        if worker.key not in SHARED and (worker.teams or worker.role in ("referrer", "crisis_door")):
            copied = replace(worker, name=f"{worker.name} {_roman(place + 1)}", try_this="")
            add_to_cast(here, copied, at, email=f"{worker.key.replace('_', '.')}.{place + 1}@rivermouth.example")
    return here


def swaps(first: Stage, here: Stage) -> dict[tuple[str, int], int]:
    """Say which team, hat and account of a neighbourhood stands in the place of which one of the first."""
    users = dict(Hat.objects.filter(pk__in=[*first.hats.values(), *here.hats.values()]).values_list("pk", "worker__user_id"))
    found = {("team", first.teams[key]): here.teams[key] for key in first.teams}
    for key, hat_id in first.hats.items():
        found[("hat", hat_id)] = here.hats[key]
        found[("user", users[hat_id])] = users[here.hats[key]]
    return found


def _roman(number: int) -> str:
    found = ""
    for value, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        found, number = found + letters * (number // value), number % value
    return found


class _Press:
    """Copies a mould for one person after the other."""

    def __init__(
        self, seed: int, now: datetime, moulds: dict[tuple[str, int], Mould], variants: dict[str, int], ids: dict[type[Model], int],
        source: random.Random, standing: set[str],
    ) -> None:  # fmt: skip
        self.seed, self.moulds, self.variants, self.ids, self.source, self.standing = (
            seed,
            moulds,
            variants,
            ids,
            source,
            standing,
        )
        self.today = local_date(now)
        self.text = connection.vendor != "sqlite"
        self.hub_id: Any = None

    def copy(self, number: int, cell: Cell, waiting: dict[type[Model], list[tuple[Any, ...]]]) -> None:
        who = identity(self.seed, number, self.today)
        group = group_of(who.age(self.today))
        mould = self.moulds[(group, variant_of(group, number, self.variants))]
        person_id = self.ids[Person]
        self.ids[Person] += 1
        values: list[Any] = [person_id]
        for model, count in mould.counts.items():
            first = self.ids[model]
            self.ids[model] = first + count
            values.extend(range(first, first + count))
        if self.text:
            values = list(map(str, values))
        uuids = self._uuids(mould.uuids)
        values += uuids
        values += [f"{one[:8]}-{one[8:12]}-{one[12:16]}-{one[16:20]}-{one[20:]}" for one in map(uuids.__getitem__, mould.dashed)]
        particulars = self._particulars(who, number, mould)
        values += [particulars[name] for name in PARTICULARS]
        swaps = cell.swaps
        values += [str(swaps[one]) for one in mould.casts] if self.text else [swaps[one] for one in mould.casts]
        values += [pattern % getter(values) for pattern, getter in mould.derived]
        values += mould.constants
        for model, getters in mould.tables.items():
            if model is Identifier and not who.nhs_number:
                continue
            rows = waiting.get(model)
            if rows is None:
                rows = waiting[model] = []
            rows += [getter(values) for getter in getters]
        self._search_keys(person_id, cell.stage.hub.pk, who, mould, waiting)

    def _uuids(self, count: int) -> list[str]:
        drawn = self.source.randbytes(16 * count).hex()
        return [f"{drawn[at : at + 12]}4{drawn[at + 13 : at + 16]}a{drawn[at + 17 : at + 32]}" for at in range(0, 32 * count, 32)]

    def _particulars(self, who: Identity, number: int, mould: Mould) -> dict[str, Any]:
        key = f"demo:{self.seed}:{number}"
        found: dict[str, Any] = {name: getattr(who, name, "") for name in PARTICULARS}
        found["born_on"] = who.born_on.isoformat()
        found["age_band"] = "" if mould.tells_birthday else band_of(who.age(local_date(mould.arrived_on)))
        found["key"], found["fingerprint"] = key, fingerprint(key)
        found["link_fingerprint"] = self.source.randbytes(32).hex()
        found["reference"] = self._reference(number)
        found["sealed_address"] = seal(who.address) if HeldAddress in mould.tables else ""
        return found

    def _reference(self, number: int) -> str:
        """Give each number a reference of its own, by stepping through all of them with a stride that meets each once."""
        at = number
        while True:
            drawn = iter(_digits((at * 9_600_019 + 12_345) % _REFERENCES))
            found = make_reference(lambda letters, drawn=drawn: letters[next(drawn) % len(letters)])  # type: ignore[misc]  # bound now
            if found not in self.standing:
                return found
            at += 14_000_000

    def _search_keys(
        self, person_id: int, hub_id: int, who: Identity, mould: Mould, waiting: dict[type[Model], list[tuple[Any, ...]]]
    ) -> None:
        names = {key for name in mould.names for key in _keys_of(getattr(who, name))}
        phones = {phone_key(getattr(who, name)) for name in mould.phones}
        rows = waiting.setdefault(SearchKey, [])
        for kind, keys in (("name", names), ("phone", phones)):
            for key in sorted(keys):
                line = (self.ids[SearchKey], hub_id, person_id, kind, key[:60])
                rows.append(tuple(map(str, line)) if self.text else line)
                self.ids[SearchKey] += 1


_REFERENCES = len(ALPHABET) ** 3 * 8**4


def _digits(number: int) -> Sequence[int]:
    found = []
    for base in (len(ALPHABET),) * 3 + (8,) * 4:
        number, digit = divmod(number, base)
        found.append(digit)
    return found


@lru_cache(maxsize=200_000)
def _keys_of(name: str) -> tuple[str, ...]:
    return search_keys(name)


def _flush(waiting: dict[type[Model], list[tuple[Any, ...]]]) -> None:
    for model, rows in waiting.items():
        loading.write(model, rows)
    waiting.clear()
