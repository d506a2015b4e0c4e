"""A record about a person is not read without saying how it is limited (trust.md C01; ADR 0019)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db.models import QuerySet

from alongside.access import guarded
from alongside.access.guarded import GuardedManager, UnscopedRead
from alongside.access.policy import visible_to
from alongside.access.records import PersonRecord
from alongside.journal.command import command
from alongside.members.models import Task
from alongside.people.models import ContactPoint, Identifier, Name, Person, StoryEntry
from alongside.reads import read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

BARE: dict[str, Callable[[], Any]] = {
    "rows": lambda: list(StoryEntry.objects.all()),
    "one": lambda: Person.objects.get(pk=1),
    "first": lambda: Person.objects.first(),
    "iterated": lambda: list(Person.objects.iterator()),
    "values": lambda: list(ContactPoint.objects.values_list("value")),
    "counted": lambda: Task.objects.count(),
    "counted of different ones": lambda: Person.objects.values("chosen_name").distinct().count(),
    "is there any": lambda: Identifier.objects.filter(value="1").exists(),
    "gathered": lambda: Person.objects.in_bulk([1]),
    "summed up": lambda: Name.objects.aggregate(many=guarded_count()),
    "of a person": lambda: list(Person(pk=1).storyentrys.all()),  # type: ignore[attr-defined]  # its name comes from the base
    "fetched beside": lambda: list(Person.objects.unscoped("the list of a test").prefetch_related("names")),
    "put together": lambda: list(Person.objects.unscoped("one side has a scope") | Person.objects.all()),
    "one after the other": lambda: list(Person.objects.unscoped("one side has a scope").union(Person.objects.all())),
    "compiled": lambda: list(read(_everybody)),
}


def guarded_count() -> Any:
    from django.db.models import Count

    return Count("pk")


def _everybody(at: datetime) -> QuerySet[Person]:
    return Person.objects.filter(created_at__lte=at)


@pytest.fixture
def somebody(hub: MadeHub) -> Person:
    return hub.held_by("wyn", words="It has been a hard year.")


@pytest.fixture
def as_the_product(monkeypatch: pytest.MonkeyPatch, only_a_test_reads_unscoped: None) -> None:
    """Read as the product does: what a test may read by itself is closed here too."""
    monkeypatch.setattr(guarded, "also_open", lambda: False)


@pytest.mark.parametrize("way", BARE)
def test_an_unscoped_read_is_an_error_whichever_way_it_is_asked(
    hub: MadeHub, somebody: Person, as_the_product: None, way: str
) -> None:
    with pytest.raises(UnscopedRead):
        BARE[way]()


def test_without_the_guard_each_of_them_would_have_been_answered(
    hub: MadeHub, somebody: Person, as_the_product: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control removed: nothing else stops any of them."""
    monkeypatch.setattr(guarded.GuardedQuery, "check_may_run", lambda self: None)
    answered = []
    for way, bare in BARE.items():
        try:
            bare()
        except UnscopedRead:
            continue
        except Person.DoesNotExist:
            pass
        answered.append(way)
    assert answered == list(BARE)


def test_what_a_policy_limited_is_read_and_stays_limited_whatever_is_added(
    hub: MadeHub, somebody: Person, as_the_product: None
) -> None:
    holder = hub.actor("wyn")
    found = visible_to(holder, StoryEntry.objects.filter(person=somebody), at=AT).select_related("person").order_by("-at")
    assert {one.person_id for one in found} == {somebody.pk}
    assert found.exclude(words="x").values_list("person_id", flat=True).count() == len(found)
    assert list(visible_to(Actor(kind="public", hub_id=hub.hub.pk), Person.objects.all())) == []


def test_a_command_reads_what_it_changes_and_nothing_stays_open_after_it(
    hub: MadeHub, somebody: Person, as_the_product: None
) -> None:
    @command("test.reads")
    def reads(*, actor: Actor, at: datetime) -> list[Person]:
        return list(read(_everybody))

    assert somebody in reads(actor=Actor.system("test"), at=now())
    with pytest.raises(UnscopedRead):
        list(read(_everybody))


def test_a_condition_goes_with_the_read_that_it_stands_in(hub: MadeHub, somebody: Person, as_the_product: None) -> None:
    told = StoryEntry.objects.values("person")
    assert list(visible_to(hub.actor("wyn"), Person.objects.filter(pk__in=told), at=AT)) == [somebody]


def test_every_record_about_a_person_is_guarded() -> None:
    from django.apps import apps

    open_ones = [
        model.__name__
        for model in apps.get_models()
        if issubclass(model, (PersonRecord, Person, ContactPoint, Name, Identifier))
        and not (isinstance(model._default_manager, GuardedManager) and isinstance(model.objects, GuardedManager))  # type: ignore[attr-defined]
    ]
    assert open_ones == []


def test_the_check_finds_a_function_that_reads_unscoped_and_a_reason_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import ast

    from alongside.config import unscoped

    bad = "def one():\n    return Person.objects.all()\ndef two():\n    return Person.objects.unscoped('why').all()\n"
    monkeypatch.setattr(unscoped, "_files", lambda: iter([("web/queries.py", ast.parse(bad))]))
    assert unscoped.faults() == [
        "web/queries.py: two says no reason",
        "web/queries.py:1 one reads records about people unscoped",
    ]
