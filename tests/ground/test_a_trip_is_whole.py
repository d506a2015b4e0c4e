"""Many statements in one trip: each gets its own answer, a fault leaves nothing behind, and a cut line is found out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connections, transaction

from alongside.trips import Underway, few_trips, in_one_trip, key_taken, send_ahead, take_keys

pytestmark = [pytest.mark.both_databases]
DATABASE = "default"


@pytest.fixture
def scratch(db: None) -> Any:
    """A table of the test's own, taken back with the test."""
    return _with_a_table(connections[DATABASE])


@pytest.fixture
def in_earnest(real_transactions: None) -> Any:
    """The same outside any transaction."""
    database = _with_a_table(connections[DATABASE])
    yield database
    with database.cursor() as cursor:
        cursor.execute("DROP TABLE trip_scratch")


def _with_a_table(database: Any) -> Any:
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE trip_scratch (number integer PRIMARY KEY, words text)")
    return database


def kept(database: Any) -> list[int]:
    [rows] = in_one_trip(database, [("SELECT number FROM trip_scratch ORDER BY number", [])])
    return [number for (number,) in rows]


def add(number: int, words: str = "") -> tuple[str, list[Any]]:
    return "INSERT INTO trip_scratch (number, words) VALUES (%s, %s) RETURNING number", [number, words]


def test_each_statement_gets_its_own_answer_in_order(scratch: Any) -> None:
    asked = [add(1, "50% é 🌊"), add(2), ("SELECT words FROM trip_scratch WHERE number = %s AND words LIKE '50%%'", [1])]
    assert in_one_trip(scratch, asked) == [[(1,)], [(2,)], [("50% é 🌊",)]]
    assert in_one_trip(scratch, []) == []
    many = in_one_trip(scratch, [("SELECT number FROM trip_scratch WHERE number = %s", [number % 3]) for number in range(300)])
    assert [len(rows) for rows in many] == [int(number % 3 > 0) for number in range(300)]


def test_an_answer_longer_than_any_buffer_comes_whole(scratch: Any) -> None:
    in_one_trip(scratch, [add(number, "x" * 1_000_000) for number in range(8)])
    found = in_one_trip(scratch, [("SELECT words FROM trip_scratch", [])] * 3)
    assert [[len(words) for (words,) in rows] for rows in found] == [[1_000_000] * 8] * 3


def test_a_fault_is_told_and_the_line_goes_on_working(scratch: Any) -> None:
    for _time in range(3):
        with pytest.raises(IntegrityError), transaction.atomic():
            in_one_trip(scratch, [add(1), add(1), add(2)])
        assert kept(scratch) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        in_one_trip(scratch, [("SELECT nothing_of_the_kind FROM trip_scratch", [])])
    assert in_one_trip(scratch, [add(3)]) == [[(3,)]]


def test_what_was_written_in_a_transaction_that_fails_is_gone(in_earnest: Any) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        in_one_trip(in_earnest, [add(1)])
        with in_earnest.cursor() as cursor:
            cursor.execute("SELECT number FROM trip_scratch")
            assert cursor.fetchall() == [(1,)]
        raise RuntimeError
    assert kept(in_earnest) == []


def test_nothing_is_asked_in_a_transaction_that_is_already_broken(scratch: Any) -> None:
    with transaction.atomic():
        with pytest.raises(IntegrityError), transaction.atomic():
            in_one_trip(scratch, [add(1), add(1)])
        assert in_one_trip(scratch, [add(2)]) == [[(2,)]]
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            in_one_trip(scratch, [add(3)])


def cut(database: Any) -> None:
    """End the server's side of the connection, as a restart of the server does."""
    with database.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(backend,)] = cursor.fetchall()
    other = connections.create_connection(DATABASE)
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])
    other.close()


def test_a_read_on_a_line_that_was_cut_is_asked_again_on_a_new_one(in_earnest: Any) -> None:
    if in_earnest.vendor != "postgresql":
        assert kept(in_earnest) == []  # SQLite has no line that could be cut
        return
    in_one_trip(in_earnest, [add(1)])
    cut(in_earnest)
    assert in_one_trip(in_earnest, [("SELECT number FROM trip_scratch", [])], only_reads=True) == [[(1,)]]


def test_a_write_or_a_transaction_on_a_line_that_was_cut_fails_and_is_never_repeated(in_earnest: Any) -> None:
    if in_earnest.vendor != "postgresql":
        assert kept(in_earnest) == []
        return
    in_one_trip(in_earnest, [add(1)])
    cut(in_earnest)
    with pytest.raises(DatabaseError):
        in_one_trip(in_earnest, [add(2)])
    in_earnest.close()
    with pytest.raises(DatabaseError), transaction.atomic():
        in_one_trip(in_earnest, [add(3)])
        cut(in_earnest)
        in_one_trip(in_earnest, [("SELECT number FROM trip_scratch", [])], only_reads=True)
    in_earnest.close()
    assert kept(in_earnest) == [1]


def later(database: Any, number: int, answers: list[Any] | None = None) -> None:
    send_ahead(database, add(number), (answers if answers is not None else []).extend)


def count_by_the_framework(database: Any) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trip_scratch")
        return int(cursor.fetchone()[0])


def test_what_travels_ahead_is_there_for_whoever_looks_next_and_at_the_end(scratch: Any) -> None:
    answers: list[Any] = []
    with transaction.atomic(), few_trips(scratch):
        later(scratch, 1, answers)
        assert kept(scratch) == [1]
        later(scratch, 2, answers)
        later(scratch, 3, answers)
        assert count_by_the_framework(scratch) == 3
        later(scratch, 4, answers)
    assert answers == [(1,), (2,), (3,), (4,)]
    assert kept(scratch) == [1, 2, 3, 4]


def test_without_few_trips_it_goes_at_once(scratch: Any) -> None:
    later(scratch, 1)
    assert kept(scratch) == [1]


def test_what_travels_ahead_of_a_failure_is_never_sent(scratch: Any) -> None:
    with pytest.raises(RuntimeError), transaction.atomic(), few_trips(scratch):
        later(scratch, 1)
        raise RuntimeError
    later(scratch, 2)
    assert kept(scratch) == [2]


def test_what_is_taken_back_to_a_savepoint_takes_with_it_what_waited_since(scratch: Any) -> None:
    with transaction.atomic(), few_trips(scratch):
        later(scratch, 1)
        with pytest.raises(RuntimeError), transaction.atomic():
            later(scratch, 2)
            raise RuntimeError
        with pytest.raises(IntegrityError), transaction.atomic():
            later(scratch, 3)
            in_one_trip(scratch, [add(1)])
        later(scratch, 4)
    assert kept(scratch) == [1, 4]


def test_a_fault_of_what_travels_ahead_stops_the_whole_at_its_end(scratch: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), few_trips(scratch):
        later(scratch, 1)
        later(scratch, 1)
    assert kept(scratch) == []


def test_what_is_under_way_is_done_once_its_answers_are_read(in_earnest: Any) -> None:
    underway = Underway(in_earnest, [add(1), add(2)])
    assert underway.rows() == [[(1,)], [(2,)]]
    assert underway.rows() == [[(1,)], [(2,)]]
    assert kept(in_earnest) == [1, 2]
    assert in_earnest.execute_wrappers == []


def test_whoever_asks_meanwhile_waits_for_what_is_under_way(in_earnest: Any) -> None:
    for number, ask in ((1, kept), (2, lambda database: list(range(1, count_by_the_framework(database) + 1)))):
        underway = Underway(in_earnest, [add(number)])
        assert ask(in_earnest) == list(range(1, number + 1))
        assert underway.rows() == [[(number,)]]


def test_a_fault_under_way_is_told_to_whoever_comes_first_and_the_line_goes_on_working(in_earnest: Any) -> None:
    in_one_trip(in_earnest, [add(1)])
    if in_earnest.vendor != "postgresql":  # there it is done, and told, at once
        with pytest.raises(IntegrityError):
            Underway(in_earnest, [add(1)])
        return
    for ask in (Underway.rows, lambda _underway: kept(in_earnest)):
        underway = Underway(in_earnest, [add(1)])
        with pytest.raises(IntegrityError):
            ask(underway)
        assert kept(in_earnest) == [1]


def test_a_line_that_is_cut_under_way_is_told_too(in_earnest: Any) -> None:
    if in_earnest.vendor != "postgresql":
        assert kept(in_earnest) == []
        return
    cut(in_earnest)
    with pytest.raises(DatabaseError):
        Underway(in_earnest, [add(1)]).rows()
    in_earnest.close()
    assert kept(in_earnest) == []


def test_an_answer_is_there_before_the_later_ones_have_come(in_earnest: Any) -> None:
    in_one_trip(in_earnest, [add(1), add(2)])
    locked = connections.create_connection(DATABASE)
    waits = "SELECT count(*) FROM trip_scratch"
    if in_earnest.vendor == "postgresql":
        with locked.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(5)")
        waits = "SELECT count(*) FROM trip_scratch, pg_advisory_lock(5)"
    underway = Underway(in_earnest, [("SELECT number FROM trip_scratch ORDER BY number", []), (waits, [])], as_they_come=True)
    assert underway.rows_of(0) == [(1,), (2,)]  # or this would wait for ever
    locked.close()
    assert underway.rows_of(1) == [(2,)]
    assert underway.rows_of(0) == [(1,), (2,)]
    assert underway.rows() == [[(1,), (2,)], [(2,)]]
    assert kept(in_earnest) == [1, 2]


def test_an_early_answer_stands_and_a_fault_behind_it_is_told_to_whoever_looks_there(in_earnest: Any) -> None:
    if in_earnest.vendor != "postgresql":
        assert kept(in_earnest) == []
        return
    in_one_trip(in_earnest, [add(1)])
    faulty = [("SELECT number FROM trip_scratch", []), *[("SELECT 1 / (number - 1) FROM trip_scratch", [])] * 5]
    underway = Underway(in_earnest, faulty, as_they_come=True)
    for look in (lambda: underway.rows_of(3), underway.rows, lambda: underway.rows_of(1)):
        with pytest.raises(DatabaseError):
            look()
    assert kept(in_earnest) == [1]


def test_what_travels_ahead_is_at_work_before_the_next_trip(in_earnest: Any) -> None:
    if in_earnest.vendor != "postgresql":
        assert kept(in_earnest) == []
        return
    with transaction.atomic(), few_trips(in_earnest):
        later(in_earnest, 1)
        waits_for_lock = connections.create_connection(DATABASE)
        with waits_for_lock.cursor() as cursor:
            assert _soon(lambda: _is_locked(cursor))
        waits_for_lock.close()
    assert kept(in_earnest) == [1]


def _is_locked(cursor: Any) -> bool:
    cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = 'trip_scratch'::regclass AND mode = 'RowExclusiveLock'")
    return bool(cursor.fetchone()[0])


def _soon(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 5
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def test_a_value_that_cannot_be_written_stops_the_whole_and_the_line_goes_on_working(in_earnest: Any) -> None:
    bad = ("INSERT INTO trip_scratch (number, words) VALUES (%s, %s) RETURNING number", [9, object()])
    for ask in (lambda: in_one_trip(in_earnest, [bad]), lambda: send_ahead(in_earnest, bad, lambda rows: None)):
        with pytest.raises(Exception), transaction.atomic(), few_trips(in_earnest):  # noqa: B017, PT011  # each driver has its own
            later(in_earnest, 1)
            ask()
        assert kept(in_earnest) == []
    in_one_trip(in_earnest, [add(2)])
    assert kept(in_earnest) == [2]


def test_a_key_is_taken_once_and_only_where_few_trips_are_made(scratch: Any) -> None:
    take_keys(scratch, "people_person")
    assert key_taken("people_person") is None
    with transaction.atomic(), few_trips(scratch):
        take_keys(scratch, "people_person", "hubs_hub")
        in_one_trip(scratch, [])
        keys = key_taken("people_person"), key_taken("people_person"), key_taken("hubs_hub")
    assert [key is not None for key in keys] == ([True, False, True] if scratch.vendor == "postgresql" else [False] * 3)
    assert key_taken("hubs_hub") is None
