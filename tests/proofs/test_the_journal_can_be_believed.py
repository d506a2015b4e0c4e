"""The journal can be believed: whatever is changed, taken out, put in, exchanged or cut off is found, and named (trust.md P6, C23, T19).

Whoever tampers here has taken the database's guards away first, as somebody with all rights over the database could.
Shown to fail: each test compares with the untouched journal, in which nothing is found.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import connection

from alongside.journal import chain
from alongside.journal.command import command, note
from alongside.journal.looks import look_at, record_refusal
from alongside.journal.models import Entry, HandedHead, Look, Seal
from alongside.journal.sealing import keys, seal_all
from alongside.journal.verifying import Witnessed, verify, witnessed_in
from alongside.vocabulary.actor import Actor
from tests.support.alone import run_alone
from tests.support.guards import drop_guards
from tests.support.hub import AT

WHO = Actor(kind="worker", hub_id=1, user_id=3, hat_id=4, organisation_id=5)
MODELS = (Entry, Look)


@command("test.believed")
def change(*, actor: Actor, at: datetime, person_id: int) -> None:
    note(person_id=person_id, label="open", kind="holder", items=[1, person_id])


def write(count: int, first: int = 0) -> None:
    """Write so many entries, looks and refusals, of every shape."""
    for number in range(first, first + count):
        at = AT + timedelta(seconds=number, microseconds=number)
        change(actor=WHO, at=at, person_id=100 + number)
        with look_at(actor=WHO, at=at, page="PersonPage", person_ids=[100 + number, 7], about_id=100 + number):
            pass
        record_refusal(actor=Actor.system("tests"), at=at, page="test.believed", reason="not_permitted")


def a_journal() -> None:
    """Write a small journal and seal it, in several seals."""
    for number in range(4):
        write(2, first=2 * number)
        seal_all(at=AT + timedelta(seconds=number))
    drop_guards()


def found() -> list[str]:
    return verify(keys=keys(), at=AT).findings


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


OTHER: dict[str, tuple[Any, Any]] = {
    "DateTimeField": ("2001-01-01 00:00:00+00:00", None),
    "BigIntegerField": (424242, None),
    "CharField": ("other", ""),
    "UUIDField": (UUID(int=5), None),
    "JSONField": ('{"kind": "other"}', "[]"),
}
"""By kind of column: what somebody writes instead."""


def columns(model: Any) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def adapted(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) and connection.vendor == "sqlite" else value


@pytest.mark.django_db
@pytest.mark.both_databases
def test_nothing_is_found_in_a_journal_that_nobody_touched() -> None:
    a_journal()
    report, seals = verify(keys=keys(), at=AT), Seal.objects.count()
    assert seals >= 4, "one more where keys were given out before and never used"
    assert (report.findings, report.rows, report.seals) == ([], Entry.objects.count() + Look.objects.count(), seals)
    assert report.standing and (report.standing.unsealed, report.standing.number) == (0, seals)


def test_every_column_of_both_tables_is_sealed() -> None:
    for model in MODELS:
        assert set(chain.FORMS[chain.FORM][model._meta.db_table]) == {field.column for field in columns(model)}


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_change_of_any_column_of_any_row_is_found_and_the_row_is_named() -> None:
    a_journal()
    tried = 0
    for model in MODELS:
        table, word = model._meta.db_table, chain.WORDS[model._meta.db_table]
        for row in list(model.objects.order_by("pk").values()):
            for field in columns(model):
                for other in OTHER[field.get_internal_type()]:
                    if other is None and not field.null or other == row[field.attname]:
                        continue
                    with undone():
                        cast = "::jsonb" if connection.vendor == "postgresql" and field.get_internal_type() == "JSONField" else ""
                        execute(f'UPDATE {table} SET "{field.column}" = %s{cast} WHERE id = %s', adapted(other), row["id"])
                        if list(model.objects.filter(pk=row["id"]).values()) == [row]:
                            continue
                        assert [one.startswith(f"{word} {row['id']} is not what was sealed") for one in found()] == [True]
                        tried += 1
    assert tried > 300 and found() == []


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_row_that_was_taken_out_is_named() -> None:
    a_journal()
    for model in MODELS:
        word = chain.WORDS[model._meta.db_table]
        for key in list(model.objects.values_list("pk", flat=True)):
            with undone():
                execute(f"DELETE FROM {model._meta.db_table} WHERE id = %s", key)
                assert [one.startswith(f"{word} {key} was sealed") for one in found()] == [True]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_two_rows_that_were_exchanged_are_both_named() -> None:
    a_journal()
    for model in MODELS:
        table, rows = model._meta.db_table, list(model.objects.values_list("pk", flat=True))
        for one, other in zip(rows, [*rows[1:], rows[0]], strict=True):
            with undone():
                for old, new in ((one, -1), (other, one), (-1, other)):
                    execute(f"UPDATE {table} SET id = %s WHERE id = %s", new, old)
                assert sorted(int(said.split()[1]) for said in found()) == sorted((one, other))


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_row_that_was_put_in_among_sealed_ones_is_named_and_never_sealed() -> None:
    a_journal()
    for model in MODELS:
        table, word = model._meta.db_table, chain.WORDS[model._meta.db_table]
        names = ", ".join(f'"{field.column}"' for field in columns(model))
        for key in [*model.objects.values_list("pk", flat=True), -7, 0]:
            with undone():
                if key > 0:  # the row with this key goes behind the others, and another takes its place
                    execute(f"DELETE FROM {table} WHERE id = %s", key)
                last = model.objects.latest("pk").pk
                execute(f"INSERT INTO {table} (id, {names}) SELECT %s, {names} FROM {table} WHERE id = %s", key, last)
                assert len(found()) == 1 and found()[0].startswith(f"{word} {key} ")
                assert seal_all(at=AT) == 0


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("field", [one.column for one in Seal._meta.concrete_fields])
def test_a_change_of_any_column_of_any_seal_is_found(field: str) -> None:
    a_journal()
    other = {"at": "2001-01-01 00:00:00+00:00", "covers": "{}", "digests": b"x", "key_mark": "0" * 16, "hash": "f" * 64}
    for number in (1, 2, 3, 4):
        with undone():
            execute(f"UPDATE journal_seal SET {field} = %s WHERE number = %s", other.get(field, 99), number)
            assert any("eal" in one for one in found()), (field, number)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_seal_that_was_taken_out_is_found() -> None:
    a_journal()
    for number in (1, 2, 3):
        with undone():
            execute("DELETE FROM journal_seal WHERE number = %s", number)
            assert f"Seal {number} is not there any more." in found()


def heads() -> dict[int, str]:
    return dict(Seal.objects.values_list("number", "hash"))


@pytest.mark.django_db
@pytest.mark.both_databases
def test_an_end_that_was_cut_off_is_found_by_what_a_witness_holds_and_by_nothing_else() -> None:
    a_journal()
    kept = Witnessed(heads()[4], 4)
    assert verify(keys=keys(), at=AT, witnessed=[kept, Witnessed(heads()[2])]).findings == []
    cut_off(after=2)
    assert found() == [], "shown to fail: without a witness nobody can know"
    report = verify(keys=keys(), at=AT, witnessed=[kept])
    assert report.findings == ["A witness holds seal 4, and the chain ends at seal 2: its end was cut off."]
    [said] = verify(keys=keys(), at=AT, witnessed=[Witnessed(kept.hash)]).findings
    assert said.startswith(f"A witness holds {kept.hash[:12]}")


@pytest.mark.django_db
@pytest.mark.both_databases
def test_an_end_that_was_cut_off_and_written_again_is_found_even_when_the_key_was_known() -> None:
    a_journal()
    kept = Witnessed(heads()[4], 4)
    cut_off(after=2)
    write(4, first=50)
    assert seal_all(at=AT) == 12 and seal_all(at=AT) == 0
    write(1, first=70)
    seal_all(at=AT)
    assert found() == []
    assert verify(keys=keys(), at=AT, witnessed=[kept]).findings == [
        "A witness holds another seal 4 than stands here: the chain was written again."
    ]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_what_was_handed_over_is_compared_by_itself() -> None:
    a_journal()
    HandedHead.objects.create(at=AT, hub_id=1, organisation_id=2, number=4, hash=heads()[4])
    assert found() == []
    cut_off(after=3)
    assert found() == ["A head was handed over: seal 4, and the chain ends at seal 3: its end was cut off."]


def cut_off(*, after: int) -> None:
    """Take away the last seals, and the rows that they cover."""
    covers = chain.Content.read(Seal.objects.get(number=after).covers).covers
    for table, one in covers.items():
        execute(f"DELETE FROM {table} WHERE id > %s", one.until)
    execute("DELETE FROM journal_seal WHERE number > %s", after)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_another_key_is_told_apart_from_tampering_and_an_earlier_one_verifies_what_it_sealed(settings: Any) -> None:
    a_journal()
    settings.JOURNAL_KEYS = ["another" * 8]
    assert found()[0] == "Seal 1 was made with a key that ALONGSIDE_JOURNAL_KEY does not hold."
    settings.JOURNAL_KEYS = ["another" * 8, "demo-only-" + "1" * 50]
    write(1, first=90)
    assert seal_all(at=AT) == 3 and found() == []
    assert len(set(Seal.objects.values_list("key_mark", flat=True))) == 2


@pytest.mark.django_db
@pytest.mark.both_databases
def test_bytes_where_a_text_was_are_found_like_any_change() -> None:
    """SQLite lets a column hold anything; what it cannot write down must not stop who verifies."""
    a_journal()
    key = Look.objects.order_by("pk")[2].pk
    said_of_it = [f"Look {key} is not what was sealed (in seal 1): it was changed afterwards."]
    if connection.vendor == "sqlite":
        execute("UPDATE journal_look SET page = x'00ff' WHERE id = %s", key)
        assert found() == said_of_it
        execute("UPDATE journal_look SET page = 'PersonPage' || char(0) || 'x' WHERE id = %s", key)
    else:
        execute("UPDATE journal_look SET page = 'PersonPage ' WHERE id = %s", key)
    assert found() == said_of_it


@pytest.mark.django_db
def test_a_journal_that_nobody_seals_is_a_finding() -> None:
    write(1)
    assert found() == []
    later = verify(keys=keys(), at=AT + timedelta(minutes=10))
    assert later.findings == [
        "3 rows are not sealed, the oldest for 10 minutes: see that the background worker runs (./alongside work)."
    ]


@pytest.mark.django_db
def test_the_command_says_what_it_found_and_ends_with_one(tmp_path: Path) -> None:
    a_journal()
    kept = tmp_path / "witness.eml"
    kept.write_text(f"Subject: x\n\n4:{heads()[4]}\n\nSubject: x\n\n3:{heads()[3]}\n")
    assert said("--witness", str(kept)) == (0, ["2 of 2 heads of witnesses stand in the chain."])
    assert said("--witness", f"4:{heads()[4]}", "--witness", heads()[1])[0] == 0
    execute("UPDATE journal_entry SET person_id = 5 WHERE id = 2")
    code, lines = said()
    assert (code, lines) == (1, ["Entry 2 is not what was sealed (in seal 1): it was changed afterwards."])
    kept.write_text("nothing")
    assert said("--witness", str(kept))[0] == 2


def said(*words: str) -> tuple[int, list[str]]:
    """Run the command; give how it ended, and what it said beside the figures."""
    out, code = StringIO(), 0
    try:
        call_command("journal", "verify", *words, stdout=out, stderr=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    lines = out.getvalue().splitlines()
    usual = ("were compared in", "The chain ends at", "Everything is sealed.", "rows are not sealed yet.")
    return code, [line for line in lines if not any(one in line for one in usual)]


def test_a_witness_may_keep_it_in_any_shape() -> None:
    one, other = "a" * 64, "b1" * 32
    assert witnessed_in(f"12:{one}") == [Witnessed(one, 12)]
    assert witnessed_in(f"Seal 12: {one.upper()}\n> {other}.") == [Witnessed(one, 12), Witnessed(other)]
    assert witnessed_in("a" * 63) == []


def test_writers_at_once_and_two_sealers_leave_no_gap_and_nothing_out(own_database: str) -> None:
    came = run_alone("tests.support.sealing", "at_once", address=own_database)
    assert came["findings"] == [] and came["rows"] == came["written"] and came["unsealed"] == 0
    assert came["numbers"] == list(range(1, len(came["numbers"]) + 1))


def test_a_row_that_is_committed_late_is_neither_missed_nor_taken_for_put_in(own_database: str) -> None:
    """Commits come in another order than keys; without the control a row that came late is taken for one that was put in."""
    if own_database.startswith("sqlite"):
        pytest.skip("one writes at a time")
    came = run_alone("tests.support.sealing", "late", address=own_database)
    assert came == {
        "sealed_past_it": 2,
        "while_it_waits": [],
        "held_open_over_rounds": [],
        "of_another_table": [1, 0],
        "sealed_late": 1,
        "is_sealed": True,
        "after": [],
        "still_open": 0,
        "sealed_of_what_was_put_in": 0,
        "put_in_later": True,
        "without_looking_who_writes": ["Entry KEY was put in after the rows around it were sealed."],
    }


def test_a_sealer_that_is_killed_anywhere_has_sealed_all_or_nothing(own_database: str) -> None:
    came = run_alone("tests.support.sealing", "killed", address=own_database)
    assert came["findings"] == [] and came["unsealed"] == 0 and came["rows"] == came["written"]
    assert came["killed"] > 10 and came["lines"] > 80


class undone:
    """Undo what a part of a test does to the database."""

    def __enter__(self) -> None:
        self.at = connection.savepoint()

    def __exit__(self, *_: Any) -> None:
        connection.savepoint_rollback(self.at)
