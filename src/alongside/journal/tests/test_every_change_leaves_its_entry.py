"""`@command`: one transaction, one entry; nested ones name the outer; what is refused leaves only a refused look."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from datetime import date, datetime
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

import alongside
from alongside.journal.command import command, is_part_of_another, note
from alongside.journal.facts import FreeTextInJournal, clean
from alongside.journal.looks import look_at
from alongside.journal.models import Entry, Look
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, insert_later
from tests.support.hub import AT

User = get_user_model()
WHO = Actor.system("tests", 1)


@command("test.inner")
def inner(*, actor: Actor, at: datetime) -> bool:
    note(person_id=7, kind="holder")
    return is_part_of_another()


@command("test.outer")
def outer(*, actor: Actor, at: datetime, refuse: bool = False) -> tuple[bool, bool]:
    note(person_id=7, count=1)
    within = inner(actor=actor, at=at)
    if refuse:
        raise Refusal("No.")
    return is_part_of_another(), within


@pytest.mark.django_db
def test_a_command_leaves_one_entry_and_a_nested_one_names_the_outer() -> None:
    assert outer(actor=WHO, at=AT) == (False, True), "the inner one is a part of another"
    within, whole = Entry.objects.order_by("pk")
    assert (whole.part_of, whole.command, whole.person_id, whole.facts) == (
        None,
        "test.outer",
        7,
        {"count": 1},
    )
    assert (within.part_of, within.command, within.facts) == (whole.public_id, "test.inner", {"kind": "holder"})
    assert (whole.at, whole.actor_kind, whole.actor_name, whole.hub_id) == (AT, "system", "tests", 1)
    assert not is_part_of_another()


@pytest.mark.django_db
def test_a_refused_command_leaves_neither_change_nor_entry_but_one_refused_look() -> None:
    with pytest.raises(Refusal):
        outer(actor=WHO, at=AT, refuse=True)
    assert not Entry.objects.exists()
    look = Look.objects.get()
    assert (look.page, look.outcome, look.reason, look.person_ids) == ("test.outer", "refused", "refused", [7])


@pytest.mark.django_db
def test_a_refusal_takes_back_what_was_written_before_it() -> None:
    @command("test.half")
    def half(*, actor: Actor, at: datetime) -> None:
        Look.objects.create(page="half", at=at, actor_kind="system")
        raise Refusal

    with pytest.raises(Refusal):
        half(actor=WHO, at=AT)
    assert not Look.objects.filter(page="half").exists()


@pytest.mark.django_db
def test_an_unexpected_fault_leaves_nothing_at_all() -> None:
    @command("test.broken")
    def broken(*, actor: Actor, at: datetime) -> None:
        inner(actor=actor, at=at)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken(actor=WHO, at=AT)
    assert not Entry.objects.exists() and not Look.objects.exists()


@pytest.mark.django_db
def test_the_entry_stands_or_falls_with_the_transaction_around_it() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outer(actor=WHO, at=AT)
        raise ZeroDivisionError
    assert not Entry.objects.exists()


def raced(emails: list[str]) -> Any:
    """Give a command inside another: each run writes the account of the next of these addresses, with the last trip."""

    @command("test.raced")
    def inner(*, actor: Actor, at: datetime) -> Any:
        account = User(email=emails.pop(0), password="!")
        insert_later(account)
        return account

    @command("test.around")
    def around(*, actor: Actor, at: datetime) -> Any:
        return inner(actor=actor, at=at)

    return around


@pytest.mark.both_databases
@pytest.mark.django_db
def test_somebody_quicker_is_found_by_running_the_outermost_command_again() -> None:
    User.objects.create(email="taken@hub.example")
    emails = ["taken@hub.example", "taken@hub.example", "free@hub.example"]
    assert raced(emails)(actor=WHO, at=AT) == User.objects.get(email="free@hub.example")
    assert (emails, Entry.objects.count()) == ([], 2)


@pytest.mark.both_databases
@pytest.mark.django_db
def test_what_stays_taken_is_told_after_three_times() -> None:
    User.objects.create(email="taken@hub.example")
    emails = ["taken@hub.example"] * 5
    with pytest.raises(IntegrityError):
        raced(emails)(actor=WHO, at=AT)
    assert (len(emails), Entry.objects.count()) == (2, 0)


@pytest.mark.both_databases
@pytest.mark.django_db
def test_what_is_never_allowed_is_not_tried_again() -> None:
    runs: list[int] = []

    @command("test.broken")
    def broken(*, actor: Actor, at: datetime) -> None:
        runs.append(1)
        insert(User(email=None))

    with pytest.raises(IntegrityError):
        broken(actor=WHO, at=AT)
    assert runs == [1]


@pytest.mark.parametrize(
    "fact",
    [
        "Mair Pretend",
        "Mair",
        "she cut herself",
        "mair@person.example",
        "a" * 61,
        "07700 900123",
        "O'Neil",
        object(),
        {"a": 1},
        b"x",
    ],
)
def test_free_text_and_names_are_errors_when_they_are_written(fact: Any) -> None:
    with pytest.raises(FreeTextInJournal):
        clean("kind", fact)
    with pytest.raises(FreeTextInJournal):
        clean("kind", ["fine", fact])


@pytest.mark.parametrize("name", ["person", "words", "name", "note", "by"])
def test_a_name_in_small_letters_is_no_code(name: str) -> None:
    """Shown to fail: without `CODED`, `anna` passed for a code under any name."""
    with pytest.raises(FreeTextInJournal):
        clean(name, "anna")
    assert clean("why", "agreed") == "agreed"


def test_ids_codes_dates_and_numbers_may_stand_in_an_entry() -> None:
    key = uuid4()
    kept = [clean("kind", one) for one in (None, True, 3, 0.5, "", "not_us", key, date(2026, 3, 2), AT, (1, 2))]
    assert kept == [None, True, 3, 0.5, "", "not_us", str(key), "2026-03-02", AT.isoformat(), [1, 2]]


def test_note_outside_a_command_is_an_error() -> None:
    with pytest.raises(RuntimeError):
        note(person_id=1)


@pytest.mark.django_db
def test_free_text_in_an_entry_undoes_the_command() -> None:
    @command("test.talks")
    def talks(*, actor: Actor, at: datetime) -> None:
        inner(actor=actor, at=at)
        note(words="what she said")

    with pytest.raises(FreeTextInJournal):
        talks(actor=WHO, at=AT)
    assert not Entry.objects.exists()


def test_a_function_without_actor_and_moment_cannot_be_a_command() -> None:
    with pytest.raises(TypeError):
        command("test.wrong")(lambda actor, at: None)


@pytest.mark.django_db
def test_a_look_names_everybody_shown_and_the_one_whose_own_page_it_was() -> None:
    with look_at(actor=WHO, at=AT, page="one", person_ids=[5, 5, 6], about_id=5):
        pass
    with look_at(actor=WHO, at=AT, page="list", person_ids=range(1, 51)):
        pass
    assert [(look.page, len(look.person_ids)) for look in Look.objects.order_by("pk")] == [("one", 2), ("list", 50)]
    assert list(Look.objects.order_by("pk").values_list("about_id", flat=True)) == [5, None]


def _command_modules() -> list[ModuleType]:
    names = [found.name for found in pkgutil.walk_packages(alongside.__path__, "alongside.")]
    return [importlib.import_module(name) for name in names if name.endswith(".commands") and ".management" not in name]


def test_every_public_function_that_writes_is_a_command() -> None:
    bare = [
        f"{module.__name__}.{name}"
        for module in _command_modules()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith(("_", "check_"))
        and not hasattr(function, "command_name")
        # A check refuses, and a plain function of plain values may stand there; any other that is given an actor writes for somebody.
        if "actor" in inspect.signature(function).parameters
    ]
    assert len(_command_modules()) >= 10 and bare == []


def test_no_two_commands_share_a_name() -> None:
    names: dict[str, set[str]] = {}
    for module in _command_modules():
        for _, function in inspect.getmembers(module, inspect.isfunction):
            if hasattr(function, "command_name"):
                names.setdefault(function.command_name, set()).add(f"{function.__module__}.{function.__qualname__}")
    assert {name: where for name, where in names.items() if len(where) > 1} == {}
