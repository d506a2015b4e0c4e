"""No index without a query that needs it (performance.md): each one is paid for at every write."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models import Model

from alongside.access.records import PersonRecord

SELDOM_WRITTEN = ("hubs", "directory")
OURS = [one for one in apps.get_models() if one.__module__.startswith("alongside.") and one._meta.app_label not in SELDOM_WRITTEN]
RECORDS = [model for model in OURS if issubclass(model, PersonRecord)]


def indexes(model: type[Model]) -> Iterator[tuple[str, ...]]:
    """Give the columns of each whole index that a table carries, in order."""
    for field in model._meta.local_fields:
        if getattr(field, "db_index", False) or field.unique:
            yield (field.name,)
    for index in model._meta.indexes:
        if index.condition is None:
            yield tuple(name.lstrip("-") for name in index.fields)
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is None:
            yield tuple(constraint.fields)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_index_is_the_beginning_of_another(model: type[Model]) -> None:
    found = list(indexes(model))
    assert len(found) == len(set(found))
    assert [(one, other) for one in found for other in found if one != other and other[: len(one)] == one] == []


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_a_record_is_not_looked_for_by_hub_writer_or_hand_alone(model: type[Model]) -> None:
    """Too many share them for an index to help; it would only turn a database's mind."""
    alone = {one[0] for one in indexes(model) if len(one) == 1}
    assert not alone & {"hub", "author_organisation", *(name for name in alone if name.endswith("_by") or name == "by")}


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model._meta.label)
def test_the_database_carries_what_the_record_states(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    plain = {name for name, one in found.items() if one["index"] and not one["unique"] and not name.endswith("_like")}
    if (connection.vendor, model._meta.label) == ("sqlite", "handovers.Handover"):
        plain.remove("handovers_handover_giver_holding_id_for_sqlite")  # its own check of keys needs it
    keys = {name for name in plain if name.startswith(f"{model._meta.db_table}_")}
    assert plain - keys == {one.name for one in model._meta.indexes}
    assert len(keys) == sum(getattr(field, "db_index", False) and not field.unique for field in model._meta.local_fields)
