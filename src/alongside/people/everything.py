"""Which tables hold something about one person, found from the models themselves: a new table is not forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

from alongside.journal.models import Entry
from alongside.people.models import Person

NOT_BEING_DELETED = "NOT EXISTS (SELECT 1 FROM people_deletion WHERE begun_at IS NOT NULL AND done_at IS NULL)"
"""For guards of the database: true but inside the one transaction that carries out a deletion on which two have agreed."""


@cache
def personal_models() -> dict[type[Model], str]:
    """Give every model that hangs on a person, with the look-up that leads from it to the person's key; the journal last."""
    found: dict[type[Model], str] = {Person: "pk"}
    known = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    grown = True
    while grown:
        grown = False
        for model in known:
            if model in found:
                continue
            for key in _keys(model):
                target = key.remote_field.model
                if target in found and key.target_field.primary_key:
                    found[model] = key.attname if _is_the_person(target) else f"{key.name}__{found[target]}"
                    grown = True
                    break
    found[Entry] = "person_id"
    return found


def columns(model: type[Model]) -> list[Field[Any, Any]]:
    """Give the concrete fields of a model, in their order."""
    return list(model._meta.concrete_fields)


def _is_the_person(model: type[Model]) -> bool:
    """Tell whether a model's own key is the person's key (the person, and the membership)."""
    key = model._meta.pk
    return model is Person or (key is not None and key.remote_field is not None and key.remote_field.model is Person)


def is_keyed_by_person(model: type[Model]) -> bool:
    """Tell whether rows of this model have the person's key for their own."""
    return _is_the_person(model)


def _keys(model: type[Model]) -> Iterator[ForeignKey[Any, Any]]:
    """Give the foreign keys of a model, those that must be set first."""
    found = [field for field in columns(model) if isinstance(field, ForeignKey)]
    return iter(sorted(found, key=lambda key: (key.null, key.name != "person")))
