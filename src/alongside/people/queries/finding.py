"""Finding somebody before they are made again, and whether somebody new is here already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from alongside.access.models import DeclaredRelation
from alongside.access.policy import visible_to
from alongside.access.rules import is_meant
from alongside.people.models import (
    Identifier,
    Person,
    SearchKey,
)
from alongside.reads import Read, read, together
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import alikeness, search_keys
from alongside.vocabulary.nhs_number import read_nhs_number
from alongside.vocabulary.phone import phone_key

CANDIDATES = 200
_SURE = 0.92
_COMPARED = "Only compared with what was typed; nothing of it is shown."
"""So alike two names are when one is taken for the other without a person's look at both."""

FOUND = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed to find a person: any of them may be blank."""

    name: str = ""
    nhs_number: str = ""
    born_on: date | None = None
    phone: str = ""


def find_people(actor: Actor, asked: Asked, *, beside: Sequence[Read[Any]] = ()) -> list[Person]:
    """Find people within this actor's reach by number, name (misspelt too), birthday or phone; nearest first.

    In:       `beside` are reads that a page needs as well; they are asked in the same trip.
    Reach:    only people whom the actor may see; nobody else is counted, hinted at or timed (C13).
    Order:    likeness of the name, then newest. Rows: at most 20. Queries: one for each thing typed, in one trip.
    Source:   performance.md task 7; pages.md (bring someone in).
    """
    digits = read_nhs_number(asked.nhs_number).digits if asked.nhs_number.strip() else ""
    phone = phone_key(asked.phone) if asked.phone.strip() else ""
    names = _selective(search_keys(asked.name)) if asked.name.strip() else []
    ways = [
        *([read(_with_number, actor=actor, digits=[digits])] if digits else []),
        *([read(_with_keys, actor=actor, kind="phone", keys=[phone])] if phone else []),
        *([read(_with_keys, actor=actor, kind="name", keys=names)] if names else []),
        *([read(_born_on, actor=actor, on=asked.born_on)] if asked.born_on and not asked.name.strip() else []),
    ]
    together(*ways, *beside)
    people = list({one.pk: one for way in reversed(ways) for one in way}.values())
    if asked.born_on and asked.name.strip():
        people = [one for one in people if one.born_on in (asked.born_on, None)] or people
    people.sort(key=lambda one: (-alikeness(asked.name, one.chosen_name) if asked.name else 0, -one.pk))
    return people[:FOUND]


@dataclass(frozen=True, slots=True)
class Traced:
    """What somebody knows of a person whom they may not see: the name, the birthday, and one thing more."""

    name: str
    born_on: date | None
    nhs_number: str = ""
    postcode: str = ""
    phone: str = ""


def trace(hub_id: int, known: Traced) -> Person | None:
    """Find the one person of a hub of whom all this is true; nobody when it is not three things, or true of two people.

    For an emergency only: who asks has no reason to see anybody, so nothing but the one certain answer is ever given.
    Source: trust.md C13 (three identifiers).
    """
    digits, phone = _digits(known.nhs_number), phone_key(known.phone) if known.phone.strip() else ""
    keys, postcode = _selective(search_keys(known.name)), _plain(known.postcode)
    if known.born_on is None or not keys or not (digits or phone or postcode):
        return None
    born = {"born_on": known.born_on, "search_keys__kind": "name", "search_keys__key__in": keys}
    found = Person.objects.unscoped("For an emergency: one person of whom three things are known, or nobody.").filter(
        **born, hub_id=hub_id, death_written_at__isnull=True
    )
    if known.nhs_number.strip():
        found = found.filter(identifiers__value__in=digits, identifiers__is_valid=True)
    if known.phone.strip():
        found = found.filter(pk__in=SearchKey.objects.filter(hub_id=hub_id, kind="phone", key=phone).values("person"))
    people = [one for one in found.distinct()[:CANDIDATES] if not postcode or _plain(one.postcode) == postcode]
    sure = [one for one in people if any(alikeness(known.name, name) >= _SURE for name in _names_of(one))]
    return sure[0] if len(sure) == 1 else None


def people_known_as(declared: DeclaredRelation) -> list[int]:
    """Name the people of a hub whom a worker has said they know; for keeping the worker away, and for nothing else."""
    same = Q(identifiers__value=declared.nhs_number, identifiers__is_valid=True) if declared.nhs_number else Q(pk__in=())
    if declared.born_on:
        same |= Q(born_on=declared.born_on)
    found = (
        Person.objects.unscoped("To keep away a worker who says they know them; nothing is shown.")
        .filter(same, hub_id=declared.hub_id)
        .distinct()
    )
    said = declared.name, declared.born_on, declared.nhs_number
    return [one.pk for one in found if is_meant(*said, _names_of(one), one.born_on, _numbers_of(one))]


def _names_of(person: Person) -> tuple[str, ...]:
    return (person.chosen_name, *person.names.unscoped(_COMPARED).values_list("value", flat=True))


def _numbers_of(person: Person) -> tuple[str, ...]:
    return tuple(person.identifiers.unscoped(_COMPARED).filter(is_valid=True).values_list("value", flat=True))


def _plain(postcode: str) -> str:
    return "".join(postcode.split()).upper()


def possible_matches(
    hub_id: int, *, name: str, nhs_number: str, born_on: date | None, phones: list[str]
) -> list[tuple[Person, str]]:
    """Name the people already here who could be the one now coming in, with why; for the system and a matcher only.

    Out:      (person, reason) pairs, reason "number", "number_other_name", "birthday_and_name" or "phone_and_name"; at most 3.
    """
    digits, keys = _digits(nhs_number), _selective(search_keys(name))
    phone_keys = [key for key in map(phone_key, phones) if key]
    numbered = [read(_here_with_number, hub_id=hub_id, digits=digits)] if digits else []
    born = [read(_here_born_on, hub_id=hub_id, on=born_on, keys=keys)] if born_on and keys else []
    reached = [read(_here_with_phone, hub_id=hub_id, keys=phone_keys)] if phone_keys else []
    together(*numbered, *born, *reached)
    found: dict[int, tuple[Person, str]] = {}
    for one in (one for way in numbered for one in way):
        found[one.pk] = (one, "number" if alikeness(name, one.chosen_name) > 0.8 else "number_other_name")
    for one in (one for way in born for one in way):
        found.setdefault(one.pk, (one, "birthday_and_name"))
    for one in (one for way in reached for one in way):
        if alikeness(name, one.chosen_name) > 0.8:
            found.setdefault(one.pk, (one, "phone_and_name"))
    return list(found.values())[:3]


def _digits(nhs_number: str) -> list[str]:
    number = read_nhs_number(nhs_number) if nhs_number.strip() else None
    return [number.digits] if number and number.is_valid else []


def _here_with_number(hub_id: int, digits: list[str], at: datetime) -> QuerySet[Person]:
    return Person.objects.unscoped("For the system and a matcher: who could be the one coming in.").filter(
        hub_id=hub_id, identifiers__value__in=digits, identifiers__is_valid=True
    )[:3]


def _here_born_on(hub_id: int, on: date, keys: list[str], at: datetime) -> QuerySet[Person]:
    return (
        Person.objects.unscoped("For the system and a matcher: who could be the one coming in.")
        .filter(hub_id=hub_id, born_on=on, search_keys__kind="name", search_keys__key__in=keys)
        .distinct()[:3]
    )


def _here_with_phone(hub_id: int, keys: list[str], at: datetime) -> QuerySet[Person]:
    return (
        Person.objects.unscoped("For the system and a matcher: who could be the one coming in.")
        .filter(hub_id=hub_id, search_keys__kind="phone", search_keys__key__in=keys)
        .distinct()[:10]
    )


def certain_match(hub_id: int, *, names: tuple[str, ...], nhs_number: str, born_on: date | None) -> Person | None:
    """Name the one person here with this valid number, this birthday and a name like this; otherwise nobody (part C9)."""
    digits = _digits(nhs_number)
    if not (digits and born_on):
        return None
    holders = read(_holding_number, hub_id=hub_id, digits=digits, on=born_on)
    if len(holders) != 1:
        return None
    known = [holders[0].chosen_name, *holders[0].names.unscoped(_COMPARED).values_list("value", flat=True)]
    return holders[0] if any(alikeness(new, old) >= _SURE for new in names if new for old in known) else None


def _holding_number(hub_id: int, digits: list[str], on: date, at: datetime) -> QuerySet[Person]:
    held = {"identifiers__system": "nhs_number", "identifiers__value__in": digits, "identifiers__is_valid": True}
    return (
        Person.objects.unscoped("For the doors: the one person of whom number, birthday and name are true.")
        .filter(**held, hub_id=hub_id, born_on=on, death_written_at__isnull=True)
        .distinct()[:2]
    )


def _with_number(actor: Actor, digits: list[str], at: datetime) -> QuerySet[Person]:
    found = (
        Identifier.objects.unscoped("Only narrows a search that visible_to limits.")
        .filter(hub_id=actor.hub, system="nhs_number", value__in=digits)
        .values("person_id")
    )
    return _newest(actor, Q(pk__in=found), at)


def _with_keys(actor: Actor, kind: str, keys: list[str], at: datetime) -> QuerySet[Person]:
    found = SearchKey.objects.filter(hub_id=actor.hub, kind=kind, key__in=keys).values("person_id")
    return _newest(actor, Q(pk__in=found), at)


def _born_on(actor: Actor, on: date, at: datetime) -> QuerySet[Person]:
    return _newest(actor, Q(born_on=on), at)


def _newest(actor: Actor, asked: Q, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.filter(asked), at=at).order_by("-pk")[:CANDIDATES]


def _selective(keys: tuple[str, ...]) -> list[str]:
    """Prefer keys of two names together: among a million people one name alone is no descent but a walk."""
    pairs = [key for key in keys if "+" in key]
    return pairs or list(keys)
