"""When something is due, in a team's own hours: Christmas, lunch, nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from alongside.vocabulary.bank_holidays import bank_holidays_of
from alongside.vocabulary.clock import UK
from alongside.vocabulary.working_time import OFFICE, Hours, add_working_days, closing, due_by, is_open, next_opening, uncovered

HOLIDAYS = frozenset(bank_holidays_of(2026, 2027))
NIGHT = Hours({6: ((time(0), time(3)),)})
LUNCH = Hours({day: ((time(9), time(12)), (time(13), time(17))) for day in range(5)})


def uk(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UK)


@pytest.mark.parametrize(
    ("urgency", "received", "due"),
    [
        ("now", uk(12, 24, 22), uk(12, 24, 22)),
        ("today", uk(11, 24, 10), uk(11, 24, 17)),  # open: before it closes
        ("today", uk(11, 24, 7), uk(11, 24, 10)),  # before opening: the first hour
        ("today", uk(11, 28, 10), uk(11, 30, 10)),  # Saturday: Monday's first hour
        ("today", uk(12, 24, 22), uk(12, 29, 10)),  # Christmas, and Boxing Day on a Saturday
        ("soon", uk(11, 24, 10), uk(11, 27, 17)),
        ("soon", uk(12, 24, 16), uk(12, 31, 17)),
        ("steady", uk(11, 24, 10), uk(12, 8, 17)),
    ],
)
def test_when_the_first_contact_is_due(urgency: str, received: datetime, due: datetime) -> None:
    assert due_by(urgency, received, OFFICE, HOLIDAYS) == due


@pytest.mark.parametrize("hours", [Hours(), Hours({0: ()})])
def test_a_team_without_hours_still_has_a_due_time(hours: Hours) -> None:
    assert due_by("soon", uk(11, 24, 10), hours, HOLIDAYS) == uk(11, 27, 17)
    assert due_by("today", uk(11, 24, 10), hours, HOLIDAYS) == uk(11, 24, 17)
    assert next_opening(hours, HOLIDAYS, uk(11, 24, 10)) is None


@pytest.mark.parametrize(
    ("moment", "opened", "opens"),
    [
        (uk(11, 24, 8, 59), False, uk(11, 24, 9)),
        (uk(11, 24, 9), True, uk(11, 24, 9)),
        (uk(11, 24, 12), False, uk(11, 24, 13)),
        (uk(11, 24, 17), False, uk(11, 25, 9)),
        (uk(12, 25, 10), False, uk(12, 29, 9)),
    ],
)
def test_open_now_or_next(moment: datetime, opened: bool, opens: datetime) -> None:
    assert (is_open(LUNCH, HOLIDAYS, moment), next_opening(LUNCH, HOLIDAYS, moment)) == (opened, opens)


@pytest.mark.parametrize(
    ("moment", "opened", "closes"),
    [
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True, datetime(2026, 10, 25, 3, tzinfo=UTC)),  # 01:30, the first time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True, datetime(2026, 10, 25, 3, tzinfo=UTC)),  # 01:30, the second time
        (datetime(2026, 10, 25, 3, 0, tzinfo=UTC), False, None),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), True, datetime(2026, 3, 29, 2, tzinfo=UTC)),  # the hour after is not there
        (datetime(2026, 3, 29, 2, 0, tzinfo=UTC), False, None),
    ],
)
@pytest.mark.hazard("H14")
def test_nights_when_the_clocks_change(moment: datetime, opened: bool, closes: datetime | None) -> None:
    found = closing(NIGHT, HOLIDAYS, moment)
    assert (is_open(NIGHT, HOLIDAYS, moment), found and found.astimezone(UTC)) == (opened, closes)


EVENING = Hours({6: ((time(0, 30), time(1, 30)),)})
"""Half of the hour that comes twice, and half of the one before."""


@pytest.mark.hazard("H14")
@pytest.mark.parametrize(
    ("minutes", "opened"),
    [(-1, False), (0, True), (59, True), (60, True), (89, True), (90, True), (119, True), (120, False), (150, False)],
)
def test_the_hour_that_comes_twice_is_open_until_its_second_end(minutes: int, opened: bool) -> None:
    """From half past midnight until half past one: two hours of real time, without a break in the middle."""
    moment = datetime(2026, 10, 24, 23, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    closes = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    found = closing(EVENING, HOLIDAYS, moment)
    assert (is_open(EVENING, HOLIDAYS, moment), found and found.astimezone(UTC)) == (opened, closes if opened else None)
    # Whoever is in touch in either of the two is heard before it closes, never by a moment that has passed.
    assert due_by("today", moment, EVENING, HOLIDAYS) > moment


@pytest.mark.hazard("H14")
def test_a_rota_covers_both_of_the_two_hours_or_says_which_it_does_not() -> None:
    begins = datetime(2026, 10, 24, 23, tzinfo=UTC)
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert uncovered(EVENING, HOLIDAYS, [(begins, second)], begins, 1) == []
    [(start, end)] = uncovered(EVENING, HOLIDAYS, [(begins, first)], begins, 1)
    assert (start.astimezone(UTC), end.astimezone(UTC)) == (first, second)


@pytest.mark.hazard("H14")
def test_an_hour_that_is_not_there_is_one_later() -> None:
    missing = Hours({6: ((time(1, 15), time(1, 45)),)})
    moment = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    opens = next_opening(missing, HOLIDAYS, moment)
    assert opens and opens.astimezone(UTC) == datetime(2026, 3, 29, 1, 15, tzinfo=UTC)
    assert is_open(missing, HOLIDAYS, opens) and not is_open(missing, HOLIDAYS, opens + timedelta(minutes=30))


@pytest.mark.hazard("H14")
def test_every_moment_of_both_nights_is_due_later_and_within_hours() -> None:
    """Quarter by quarter through the two nights on which the clocks change, for a team that is open all of them."""
    for begins in (datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)):
        for quarter in range(32):
            moment = begins + timedelta(minutes=15 * quarter)
            for hours in (NIGHT, EVENING, OFFICE):
                for urgency in ("today", "soon", "steady"):
                    due = due_by(urgency, moment, hours, HOLIDAYS)
                    assert due.astimezone(UTC) > moment
                    assert is_open(hours, HOLIDAYS, due - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
        (date(2026, 11, 28), 0, date(2026, 11, 30)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 12, 24), 1, date(2026, 12, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_working_days_leave_out_weekends_and_bank_holidays(day: date, count: int, found: date) -> None:
    assert add_working_days(day, count, holidays=HOLIDAYS) == found


def test_bank_holidays_of_a_year() -> None:
    assert date(2026, 12, 28) in HOLIDAYS and date(2026, 4, 6) in HOLIDAYS
    assert len(bank_holidays_of(2026, 2026)) == 9  # eight days, and Boxing Day itself beside the day kept for it


@pytest.mark.parametrize(
    ("turns", "gaps"),
    [
        ([], [((11, 24, 10), (11, 24, 12)), ((11, 24, 13), (11, 24, 17)), ((11, 25, 9), (11, 25, 10))]),
        ([((11, 20, 0), (11, 30, 0))], []),
        ([((11, 24, 8), (11, 24, 14)), ((11, 24, 15), (11, 26, 0))], [((11, 24, 14), (11, 24, 15))]),
        (
            [((11, 24, 12), (11, 24, 13))],
            [((11, 24, 10), (11, 24, 12)), ((11, 24, 13), (11, 24, 17)), ((11, 25, 9), (11, 25, 10))],
        ),
        ([((11, 25, 9), (11, 26, 9))], [((11, 24, 10), (11, 24, 12)), ((11, 24, 13), (11, 24, 17))]),
    ],
)
def test_the_opening_hours_in_which_nobody_has_a_turn(turns: list[Any], gaps: list[Any]) -> None:
    covered = [(uk(*begins), uk(*ends)) for begins, ends in turns]
    assert uncovered(LUNCH, HOLIDAYS, covered, uk(11, 24, 10), 1) == [(uk(*begins), uk(*ends)) for begins, ends in gaps]


def test_nobody_needs_a_turn_while_a_team_is_closed() -> None:
    assert uncovered(LUNCH, HOLIDAYS, [], uk(12, 25, 0), 3) == [], "Christmas, a weekend, and Boxing Day on the Monday"
