"""What is noticed about a look, one signal after the other, each beside what is not noticed (trust.md C24)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from alongside.safety.watching.rules import A_DAY, AN_HOUR, Hours, Looked, Noticed, is_on_duty, noticed, shared_surnames, volume

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def look(**told: Any) -> list[tuple[str, int]]:
    """Give what is noticed about a look of Cora Madeup at Mair Pretend, whom she met on that day, changed as told."""
    usual = {"at": MONDAY, "worker_name": "Cora Madeup", "person_names": ("Mair Pretend",), "business": (MONDAY.date(),)}
    return [(one.signal, one.counted) for one in noticed(Looked(**(usual | told)))]


def test_nothing_is_noticed_about_an_ordinary_look() -> None:
    assert look() == []


@pytest.mark.parametrize(
    ("worker", "person", "is_noticed"),
    [
        ("Cora Pretend", "Mair Pretend", True),
        ("Cora PRÉTEND", "Mair Pretend", True),
        ("Cora Lloyd-Pretend", "Mair Pretend", True),
        ("Cora Pretend", "Mair Pretend-Jones", True),
        ("Zofia Madeupska", "Jan Madeupski", True),
        ("Zofia Pretendzka", "Ewa Pretendzki-Jones", True),
        ("Jan Madeupki", "Zofia Madeupka", False),
        ("Mair Madeup", "Mair Pretend", False),
        ("Pretend", "Mair Pretend", False),
        ("Cora Ann Madeup", "Mair Ann Pretend", False),
    ],
)
def test_the_same_surname(worker: str, person: str, is_noticed: bool) -> None:
    assert look(worker_name=worker, person_names=(person,)) == [("surname", 1)] * is_noticed


def test_a_surname_that_many_have_says_something_only_when_nothing_else_joins_the_two() -> None:
    same = {"worker_name": "Cora Jones", "person_names": ("Mair Jones",), "surname_share": 0.03}
    assert look(**same) == []
    assert look(**same, business=()) == [("surname", 1), ("no_contact", 999)]
    assert look(**same, holds=True, business=()) == []


def test_a_former_name_counts() -> None:
    assert look(worker_name="Cora Oldname", person_names=("Mair Pretend", "Mair Oldname")) == [("surname", 1)]


def test_the_same_postcode_and_the_same_employer_however_they_are_written() -> None:
    assert look(worker_postcode="ZZ1 2ab", person_postcode="zz12AB") == [("postcode", 1)]
    assert look(worker_employer="trust.example", person_employer="Trust.example") == [("employer", 1)]
    assert look(worker_postcode="", person_postcode="") == []


@pytest.mark.parametrize(("days", "found"), [(7, []), (-7, []), (8, [("no_contact", 8)]), (-8, [("no_contact", 8)])])
def test_nothing_happened_within_seven_days_before_or_after(days: int, found: list[Any]) -> None:
    assert look(business=(MONDAY.date() + days * DAY,)) == found


def test_whoever_holds_somebody_has_business_with_them() -> None:
    assert look(business=(), holds=True) == []
    assert look(business=()) == [("no_contact", 999)]


@pytest.mark.parametrize(
    ("at", "minutes"),
    [(time(7, 59), 1), (time(8, 0), 0), (time(18, 0), 0), (time(18, 1), 1), (time(23, 0), 300)],
)
def test_outside_the_hours_of_their_teams_and_an_hour_around_them(at: time, minutes: int) -> None:
    moment = datetime.combine(MONDAY.date(), at, tzinfo=UTC)
    open_hours = (Hours(0, time(9), time(17)),)
    assert look(at=moment, hours=open_hours) == [("hours", minutes)] * bool(minutes)
    assert look(at=moment, hours=open_hours, is_on_duty=True) == []


@pytest.mark.parametrize(("minutes", "is_duty"), [(-61, False), (-60, True), (0, True), (539, True), (540, False)])
def test_a_turn_of_duty_is_taken_over_and_handed_on_within_an_hour_of_it(minutes: int, is_duty: bool) -> None:
    turn = (MONDAY, MONDAY + timedelta(hours=8))
    assert is_on_duty(MONDAY + timedelta(minutes=minutes), [turn]) is is_duty
    assert not is_on_duty(MONDAY, [])


def test_without_hours_of_their_own_it_is_between_six_and_nine() -> None:
    night = datetime(2026, 3, 2, 3, 0, tzinfo=UTC)
    assert look(at=night) == [("hours", 180)]
    # British Summer Time: 05:30 in UTC is half past six.
    assert look(at=datetime(2026, 7, 6, 5, 30, tzinfo=UTC), business=(date(2026, 7, 6),)) == []


def test_many_people_within_any_hour_and_within_a_day() -> None:
    today = MONDAY.date()
    quick = [(MONDAY + timedelta(minutes=number), number) for number in range(AN_HOUR)]
    assert volume(quick, today) == []
    assert volume([*quick, (MONDAY + timedelta(minutes=59), 999)], today) == [Noticed("hour", AN_HOUR + 1)]
    assert volume([*quick, (MONDAY + timedelta(minutes=60), 999)], today) == []
    assert volume([*quick, (MONDAY + timedelta(minutes=59), 5)], today) == [], "the same person again"
    slow = [(MONDAY + timedelta(minutes=3 * number), number) for number in range(A_DAY + 1)]
    assert volume(reversed(slow), today) == [Noticed("day", A_DAY + 1)]


def test_a_night_is_counted_on_the_day_on_which_it_ends() -> None:
    evening = datetime(2026, 3, 2, 23, 31, tzinfo=UTC)
    across = [(evening + timedelta(minutes=number), number) for number in range(AN_HOUR + 1)]
    assert volume(across, MONDAY.date()) == []
    assert volume(across, MONDAY.date() + DAY) == [Noticed("hour", AN_HOUR + 1)]
    two_mornings = [
        (MONDAY + days * DAY + timedelta(minutes=3 * number), number + 99 * days) for days in (0, 1) for number in range(A_DAY)
    ]
    assert volume(two_mornings, MONDAY.date() + DAY) == []


def test_a_surname_stands_last_or_before_a_comma_and_each_part_of_it_counts() -> None:
    assert shared_surnames("Mair Eluned Pretend", ["Pretend, Huw"]) == {"pretend"}
    assert shared_surnames("Mair Pretend", ["Huw Pretend Madeup", "Huw Madeup (née Pretend)"]) == {"pretend"}
    assert shared_surnames("Mair O'Pretend", ["Huw O Pretend"]) == {"opretend"}
    assert shared_surnames("Mair Ann Madeup", ["Huw Ann Pretend", "Mair Pretend", "Madeup", ""]) == set()


def test_teams_with_hours_of_their_own_are_closed_on_bank_holidays() -> None:
    monday = {"hours": (Hours(0, time(9), time(17)),), "closed_on": {MONDAY.date()}}
    assert [signal for signal, _minutes in look(**monday)] == ["hours"]
    assert look(**monday, is_on_duty=True) == []
    assert look(closed_on={MONDAY.date()}) == []


def test_an_employer_is_an_address_or_a_part_of_it_and_no_mailbox_that_anybody_may_have() -> None:
    assert look(worker_employer="cora@trust.example", person_employer="huw@wards.trust.example") == [("employer", 1)]
    assert look(worker_employer="cora@trust.example", person_employer="huw@mistrust.example") == []
    assert look(worker_employer="cora@gmail.com", person_employer="huw@gmail.com") == []


def test_a_postcode_is_the_same_whatever_stands_between_its_letters() -> None:
    assert look(worker_postcode="ZZ10 2AB", person_postcode="zz1o-2ab.") == [("postcode", 1)]
    assert look(worker_postcode="ZZ10 2AB", person_postcode="ZZ1 2AB") == []
