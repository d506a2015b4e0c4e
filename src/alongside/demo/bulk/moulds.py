"""A mould: every row that one life left in the database, with the places where people differ from each other.

The rows came from the commands, so whatever the commands keep, the copies keep: the ledger, the relationships, the entries
of the journal, next dates. Only ids, random ids, the person's own particulars and who works with them are filled in anew.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Field, ForeignKey, JSONField, Model, QuerySet, UUIDField

from alongside.access.guarded import GuardedQuerySet
from alongside.access.models import Relationship, User
from alongside.demo.identities import Identity
from alongside.hubs.models import Hat, Team
from alongside.journal.models import Entry
from alongside.journey.handovers.models import Handover
from alongside.journey.referrals.models import CrisisCall, Referral
from alongside.members.models import Holding
from alongside.messages.models import Message
from alongside.people.everything import columns, is_keyed_by_person, personal_models
from alongside.people.models import ContactPoint, HeldAddress, Identifier, Name, Person, RelatedPerson, SearchKey

Atom = tuple[str, Any]
"""What is filled in: ("person", 0), ("id", (model, n)), ("uuid", n), ("dashed", n), ("who", field), ("cast", (kind, id))."""

BECAUSE: dict[str, type[Model]] = {"holding": Holding, "referral": Referral, "handover": Handover, "crisis_call": CrisisCall}
FACTS: dict[str, type[Model]] = {"holding": Holding, "hat": Hat, "cover": Hat, "team": Team, "contact_point": ContactPoint}
"""Facts of the journal that are keys of a table; every other number is a count or a rank."""
CAST: dict[type[Model], str] = {Hat: "hat", Team: "team", User: "user"}
WHO: dict[tuple[type[Model], str], str] = {
    (Person, "reference"): "reference",
    (Person, "chosen_name"): "chosen_name",
    (Person, "pronouns"): "pronouns",
    (Person, "born_on"): "born_on",
    (Person, "age_band"): "age_band",
    (Person, "language"): "language",
    (Person, "postcode"): "postcode",
    (Person, "gender"): "gender",
    (Person, "ethnicity"): "ethnicity",
    (Identifier, "as_received"): "nhs_number",
    (Identifier, "value"): "nhs_number",
    (RelatedPerson, "name"): "carer_name",
    (RelatedPerson, "phone"): "carer_phone",
    (HeldAddress, "sealed"): "sealed_address",
    (Message, "language"): "language",
    (Referral, "reference"): "reference",
    (Referral, "name_given"): "chosen_name",
    (Referral, "key"): "key",
    (Referral, "fingerprint"): "fingerprint",
    (Referral, "link_fingerprint"): "link_fingerprint",
}
"""Columns that say who somebody is, and the particular that stands there."""


@dataclass
class Mould:
    """The compiled rows of one life: for each table a getter a row, over one list of values a person."""

    counts: dict[type[Model], int]
    uuids: int
    dashed: list[int]
    casts: list[tuple[str, int]]
    derived: list[tuple[str, Callable[[Sequence[Any]], Any]]]
    constants: list[Any]
    tables: dict[type[Model], list[Callable[[Sequence[Any]], tuple[Any, ...]]]]
    tells_birthday: bool = True
    names: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    arrived_on: Any = None


@dataclass
class _Layout:
    """Gives every different thing to be filled in one place in the list."""

    places: dict[Atom, int] = field(default_factory=dict)

    def place(self, atom: Atom) -> int:
        return self.places.setdefault(atom, len(self.places))


PARTICULARS = (
    "chosen_name", "official_name", "pronouns", "born_on", "age_band", "language", "postcode", "gender", "ethnicity", "nhs_number",
    "phone", "email", "address", "sealed_address", "carer_name", "carer_phone", "reference", "key", "fingerprint", "link_fingerprint",
)  # fmt: skip


def take(person_ids: Sequence[int]) -> dict[int, dict[type[Model], list[Model]]]:
    """Read every row about these people, by person and table, in the order in which they were written."""
    found: dict[int, dict[type[Model], list[Model]]] = {key: {} for key in person_ids}
    for model, path in personal_models().items():
        rows: QuerySet[Model] = model._default_manager.filter(**{f"{path}__in": list(person_ids)}).order_by("pk")
        if isinstance(rows, GuardedQuerySet):
            rows = rows.unscoped("The demo reads back the lives that it has just made up.")
        for row, person_id in zip(rows, rows.values_list(path, flat=True), strict=True):
            found[person_id].setdefault(model, []).append(row)
    return found


def compile_mould(person_id: int, rows: dict[type[Model], list[Model]], who: Identity, plain: Callable[[Any], Any]) -> Mould:
    """Turn one person's rows into a mould.

    In: `plain` turns a constant into what the loader writes (text for COPY, a value for SQLite).
    """
    order = {model: {row.pk: place for place, row in enumerate(found)} for model, found in rows.items()}
    uuids: dict[UUID, int] = {}
    for found in rows.values():
        for row in found:
            uuids.setdefault(row.public_id, len(uuids)) if hasattr(row, "public_id") else None
    values: dict[type[Model], list[list[Any]]] = {}
    atoms: set[Atom] = set()
    for model, found in rows.items():
        if model is SearchKey:
            continue
        for row in found:
            line = [_slot(model, column, row, person_id, order, uuids, who) for column in columns(model)]
            values.setdefault(model, []).append(line)
            for slot in line:
                if isinstance(slot, _Filled):
                    atoms.update(slot.atoms)
                elif isinstance(slot, tuple):
                    atoms.add(slot)
    return _laid_out(rows, values, atoms, len(uuids), plain, person_id)


@dataclass(frozen=True)
class _Filled:
    """A text with places to fill: JSON facts."""

    pattern: str
    atoms: tuple[Atom, ...]


@dataclass(frozen=True)
class _Plain:
    """A value that is the same for everybody who lives this life."""

    value: Any


def _slot(
    model: type[Model], column: Field[Any, Any], row: Model, person_id: int, order: Any, uuids: dict[UUID, int], who: Identity
) -> Any:
    value = getattr(row, column.attname)
    if value is None:
        return _Plain(None)
    if column.primary_key:
        return ("person", 0) if is_keyed_by_person(model) else ("id", (model, order[model][value]))
    if isinstance(column, UUIDField):
        return ("uuid", uuids[value]) if value in uuids else _Plain(value.hex if connection.vendor == "sqlite" else str(value))
    if isinstance(column, ForeignKey):
        return _key(column, value, person_id, order)
    if model is Holding and column.attname == "open_for":
        return ("person", 0)
    if model is Relationship and column.attname == "because_id":
        return ("id", (BECAUSE[row.because_kind], order[BECAUSE[row.because_kind]][value]))  # type: ignore[attr-defined]  # a Relationship
    if model is Entry and column.attname in ("person_id", "hat_id", "user_id"):
        return ("person", 0) if column.attname == "person_id" else ("cast", (column.attname[:-3], value))
    if isinstance(column, JSONField):
        return _json(value, order, uuids)
    particular = WHO.get((model, column.attname))
    if model is Name and column.attname == "value":
        particular = "chosen_name" if row.kind == "chosen" else "official_name"  # type: ignore[attr-defined]  # a Name
    if model is ContactPoint and column.attname == "value" and value:
        particular = next(one for one in ("email", "address", "carer_phone", "phone") if getattr(who, one) == value)
    if particular and not (particular == "age_band" and value == ""):
        return ("who", particular)
    return _Plain(column.get_db_prep_save(value, connection))


def _key(column: ForeignKey[Any, Any], value: Any, person_id: int, order: Any) -> Any:
    target = column.remote_field.model
    if is_keyed_by_person(target) or not column.target_field.primary_key:
        if value != person_id:
            raise LookupError(f"{column} leads to another person; a life to be copied is one person's own.")
        return ("person", 0)
    if target in CAST:
        return ("cast", (CAST[target], value))
    if target in personal_models():
        return ("id", (target, order[target][value]))
    return _Plain(value)


def _json(value: Any, order: Any, uuids: dict[UUID, int]) -> Any:
    atoms: list[Atom] = []

    def walk(name: str, one: Any) -> str:
        if isinstance(one, dict):
            return "{" + ", ".join(f"{_text(key)}: {walk(key, item)}" for key, item in one.items()) + "}"
        if isinstance(one, list):
            return "[" + ", ".join(walk(name, item) for item in one) + "]"
        if name in FACTS and isinstance(one, int) and not isinstance(one, bool):
            table = FACTS[name]
            atoms.append(("cast", (CAST[table], one)) if table in CAST else ("id", (table, order[table][one])))
            return "%s"
        if isinstance(one, str) and len(one) == 36:
            known = uuids.get(UUID(one)) if one.count("-") == 4 else None
            if known is not None:
                atoms.append(("dashed", known))
                return '"%s"'
        return json.dumps(one).replace("%", "%%")

    def _text(key: str) -> str:
        return json.dumps(key).replace("%", "%%")

    pattern = walk("", value)
    return _Filled(pattern, tuple(atoms)) if atoms else _Plain(json.dumps(value))


def _laid_out(rows: Any, values: Any, atoms: set[Atom], uuids: int, plain: Callable[[Any], Any], person_id: int) -> Mould:
    """Give every atom its place: person, ids by table, uuids, dashed ones, particulars, cast; then derived texts, then constants."""
    counts = {model: len(found) for model, found in rows.items() if not is_keyed_by_person(model) and model is not SearchKey}
    dashed = sorted({place for kind, place in atoms if kind == "dashed"})
    casts = sorted({one for kind, one in atoms if kind == "cast"})
    places: dict[Atom, int] = {("person", 0): 0}
    for model, count in counts.items():
        for number in range(count):
            places[("id", (model, number))] = len(places)
    for number in range(uuids):
        places[("uuid", number)] = len(places)
    for number in dashed:
        places[("dashed", number)] = len(places)
    for particular in PARTICULARS:
        places[("who", particular)] = len(places)
    for one in casts:
        places[("cast", one)] = len(places)
    derived: dict[_Filled, int] = {}
    for found in values.values():
        for line in found:
            for slot in line:
                if isinstance(slot, _Filled):
                    derived.setdefault(slot, len(places) + len(derived))
    constants: dict[tuple[str, Any], int] = {}
    start = len(places) + len(derived)
    tables: dict[type[Model], list[Callable[[Sequence[Any]], tuple[Any, ...]]]] = {}
    for model, found in values.items():
        for line in found:
            at = []
            for slot in line:
                if isinstance(slot, _Filled):
                    at.append(derived[slot])
                elif isinstance(slot, _Plain):
                    written = plain(slot.value)
                    at.append(constants.setdefault((type(written).__name__, written), start + len(constants)))
                else:
                    at.append(places[slot])
            tables.setdefault(model, []).append(itemgetter(*at))
    person = rows[Person][0]
    return Mould(
        counts=counts,
        uuids=uuids,
        dashed=dashed,
        casts=casts,
        derived=[(plain(slot.pattern), _getter([places[atom] for atom in slot.atoms])) for slot in derived],
        constants=[written for _kind, written in constants],
        tables=tables,
        tells_birthday=person.born_on is not None,
        names=tuple("chosen_name" if name.kind == "chosen" else "official_name" for name in rows.get(Name, [])),
        phones=tuple(
            dict.fromkeys(
                "phone" for point in rows.get(ContactPoint, []) if point.channel in ("call", "text") and not point.whose
            )
        ),
        arrived_on=person.created_at,
    )


def _getter(places: list[int]) -> Callable[[Sequence[Any]], Any]:
    """Give a getter that always gives a tuple."""
    if len(places) == 1:
        only = places[0]
        return lambda values: (values[only],)
    return itemgetter(*places)
