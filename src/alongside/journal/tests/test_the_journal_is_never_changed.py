"""The database itself refuses to change or remove what the journal holds, on both databases, whoever asks, after every migration.

Shown to fail once: `test_without_its_guard_the_journal_could_be_rewritten` takes each guard away and does what it forbids.
"""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from alongside.journal import triggers
from alongside.journal.models import Entry, Look
from tests.support.guards import drop_guards, without_guard
from tests.support.hub import AT

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TABLES = ("journal_entry", "journal_look")
CHANGES = {"UPDATE": "UPDATE {} SET at = at", "DELETE": "DELETE FROM {}", "TRUNCATE": "TRUNCATE {}"}


def write_one_of_each() -> None:
    Entry.objects.create(command="test.written", at=AT, actor_kind="system")
    Look.objects.create(page="test", at=AT, actor_kind="system")


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def events() -> list[str]:
    """SQLite knows no truncate."""
    return [event for event in CHANGES if connection.vendor == "postgresql" or event != "TRUNCATE"]


def every_change_is_refused() -> bool:
    for table in TABLES:
        for event in events():
            with pytest.raises(DatabaseError, match="append-only"):
                execute(CHANGES[event].format(table))
    return True


@pytest.mark.hazard("H20")
def test_update_delete_and_truncate_are_refused_by_the_database() -> None:
    write_one_of_each()
    assert every_change_is_refused()
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.all().delete()
    assert (Entry.objects.count(), Look.objects.count()) == (1, 1)


def test_the_guards_stand_again_after_every_migration() -> None:
    write_one_of_each()
    drop_guards()
    assert set(triggers.missing()) >= {f"{table}_no_{event.lower()}" for table in TABLES for event in events()}
    call_command("migrate", verbosity=0)
    assert triggers.missing() == []
    assert every_change_is_refused()


def test_the_start_is_refused_while_a_guard_is_missing() -> None:
    assert [one.id for one in run_checks(databases=["default"]) if one.id == "alongside.E001"] == []
    for one in triggers.GUARDS:
        if one.event == "TRUNCATE" and connection.vendor != "postgresql":
            continue
        with without_guard(one.name):
            found = [error for error in run_checks(databases=["default"]) if error.id == "alongside.E001"]
            assert [one.name in str(error.msg) for error in found] == [True]
            with pytest.raises(CommandError):
                call_command("check", databases=["default"])
    assert triggers.missing() == []


def test_without_its_guard_the_journal_could_be_rewritten() -> None:
    write_one_of_each()
    for table in TABLES:
        for event in events():
            with without_guard(f"{table}_no_{event.lower()}"):
                execute(CHANGES[event].format(table))
