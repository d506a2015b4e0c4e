"""What stands in the database about somebody, without the ids: for comparing two ways of writing it."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, JSONField, Model, UUIDField

from alongside.access.sealing import unseal
from alongside.journey.referrals.models import Referral
from alongside.people.everything import is_keyed_by_person, personal_models
from alongside.people.models import Person

RANDOM = {"reference", "link_fingerprint"}


def facts_of_people(key_prefix: str) -> dict[str, Counter[str]]:
    """Give, for each person by the key of their first referral, every row about them; what is random is left out.

    A key is written as the place of the row that it leads to, counted within the person: the third holding, say.
    """
    people = dict(Referral.objects.filter(key__startswith=key_prefix).values_list("person_id", "key"))
    ordinals: dict[tuple[type[Model], Any], str] = {}
    rows: list[tuple[int, type[Model], Model]] = []
    counted: Counter[tuple[int, type[Model]]] = Counter()
    for model, path in personal_models().items():
        found = model._default_manager.filter(**{f"{path}__in": list(people)}).order_by("pk")
        for row, person_id in zip(found, found.values_list(path, flat=True), strict=True):
            counted[person_id, model] += 1
            ordinals[model, row.pk] = f"{model.__name__} {counted[person_id, model]}"
            if hasattr(row, "public_id"):
                ordinals[Person, row.public_id] = ordinals[model, row.pk]
            rows.append((person_id, model, row))
    facts: dict[str, Counter[str]] = {key: Counter() for key in people.values()}
    for person_id, model, row in rows:
        line = {field.attname: _value(model, field, row, person_id, ordinals) for field in model._meta.concrete_fields}
        facts[people[person_id]][f"{model.__name__} {json.dumps(line, default=str, sort_keys=True)}"] += 1
    return facts


def _value(
    model: type[Model], field: Field[Any, Any], row: Model, person_id: int, ordinals: dict[tuple[type[Model], Any], str]
) -> Any:
    value = getattr(row, field.attname)
    if value is None or field.primary_key or field.attname in RANDOM:
        return None
    if field.attname == "sealed":
        return unseal(value)
    if isinstance(field, UUIDField):
        return ordinals.get((Person, value), str(value))
    if field.attname in ("open_for", "person_id"):
        return "the person" if value == person_id else value
    if isinstance(field, ForeignKey):
        if is_keyed_by_person(field.remote_field.model) or not field.target_field.primary_key:
            return "the person" if value == person_id else value
        return ordinals.get((field.remote_field.model, value), value)
    if field.attname == "because_id":
        kinds = {one.__name__.lower(): one for one in personal_models()}
        return ordinals[kinds[row.because_kind], value]  # type: ignore[attr-defined]  # a Relationship
    if isinstance(field, JSONField):
        return _json(value, "", ordinals)
    return value


def _json(value: Any, name: str, ordinals: dict[tuple[type[Model], Any], str]) -> Any:
    if isinstance(value, dict):
        return {key: _json(item, key, ordinals) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item, name, ordinals) for item in value]
    if isinstance(value, str) and len(value) == 36 and value.count("-") == 4:
        return ordinals.get((Person, UUID(value)), value)
    holding = next(one for one in personal_models() if one.__name__ == "Holding")
    if name == "holding" and isinstance(value, int):
        return ordinals[holding, value]
    return value
