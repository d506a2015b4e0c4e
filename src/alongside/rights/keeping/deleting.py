"""Letting everything about somebody go: found from the tables themselves, so that a new table is not forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import ForeignKey, Model

from alongside.journal.models import Entry
from alongside.people.everything import personal_models
from alongside.people.models import Person

AT_ONCE = 500


def delete_everything(person_ids: Collection[int]) -> int:
    """Let every row about these people go, inside the transaction of the command; give how many rows.

    Also:     a row of somebody else that points at one of these stays without it, or goes where it says nothing else (two records
              that were said to be one). The journal stays: it holds keys and codes, and no word of anybody.
    Raises:   IntegrityError when anything still points at what went; then nothing has gone.
    """
    rows: dict[type[Model], set[Any]] = {}
    for model, path in personal_models().items():
        if model is not Entry:
            found = model._base_manager.filter(**{f"{path}__in": list(person_ids)})
            rows[model] = set(found.values_list("pk", flat=True))
    for model, key in _second_keys():
        pointing = model._base_manager.filter(**{f"{key.name}__in": list(person_ids)})
        if key.null:
            pointing.exclude(pk__in=rows[model]).update(**{key.name: None})
        else:
            rows[model] |= set(pointing.values_list("pk", flat=True))
    for model in reversed(list(rows)):
        _delete(model, sorted(rows[model]))
    return sum(map(len, rows.values()))


def _second_keys() -> Iterator[tuple[type[Model], ForeignKey[Any, Any]]]:
    """Give every key to a person beside the one by which its row was found: two records of one person, for one."""
    for model, path in personal_models().items():
        for key in model._meta.concrete_fields:
            if (
                isinstance(key, ForeignKey)
                and key.remote_field.model is Person
                and key.attname != path
                and key.name != path.split("__")[0]
            ):
                yield model, key


def _delete(model: type[Model], keys: list[Any]) -> None:
    for begin in range(0, len(keys), AT_ONCE):
        found: Any = model._base_manager.filter(pk__in=keys[begin : begin + AT_ONCE])
        found._raw_delete(found.db)  # nothing is followed: every table is looked at by itself
