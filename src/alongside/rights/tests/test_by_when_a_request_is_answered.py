"""A month, as the Information Commissioner counts it, at the ends of months and beside bank holidays."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.rights.rules import answer_by

HOLIDAYS = frozenset(
    {date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 25), date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}
)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (date(2026, 3, 2), date(2026, 4, 2)),
        (date(2026, 1, 31), date(2026, 3, 2)),  # the last of February is a Saturday
        (date(2028, 1, 31), date(2028, 2, 29)),  # a leap year
        (date(2027, 1, 30), date(2027, 3, 1)),  # the 28th of February 2027 is a Sunday
        (date(2026, 3, 31), date(2026, 4, 30)),
        (date(2026, 8, 31), date(2026, 9, 30)),
        (date(2026, 3, 3), date(2026, 4, 7)),  # Good Friday, the weekend, Easter Monday
        (date(2026, 4, 25), date(2026, 5, 26)),  # a bank holiday
        (date(2026, 11, 25), date(2026, 12, 29)),  # Christmas, the weekend, and the day after
        (date(2026, 12, 1), date(2027, 1, 4)),  # into the next year: New Year, then a weekend
        (date(2026, 12, 31), date(2027, 2, 1)),
        (date(2024, 2, 29), date(2024, 3, 29)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_and_on_a_working_day(asked: date, answered: date) -> None:
    assert answer_by(asked, HOLIDAYS) == answered
