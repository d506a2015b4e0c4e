"""When a choice about a carer ends, from plain values: its review day, and the 11th and 16th birthday, to the day.

Shown to fail: with `<=` for `<` in `holds` a choice lasts a day too long; without the birthdays it lasts past them.
Source: trust.md C10, T21, H10; S2-364.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from alongside.safety.choices.rules import (
    End,
    Way,
    births_that_may_end,
    end_of,
    holds,
    is_a_review_day,
    is_theirs,
    is_to_be_asked,
    only_theirs,
)
from alongside.vocabulary.ages import age_on

pytestmark = pytest.mark.hazard("H10")
ON = date(2026, 3, 2)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("born_on", "end"),
    [
        (None, End(date(2026, 5, 31), "review_day")),
        (date(1980, 4, 1), End(date(2026, 5, 31), "review_day")),
        (date(2015, 4, 1), End(date(2026, 4, 1), "birthday")),  # 11
        (date(2010, 4, 1), End(date(2026, 4, 1), "birthday")),  # 16
        (date(2015, 3, 2), End(date(2026, 5, 31), "review_day")),  # 11 on the very day it was chosen
        (date(2015, 3, 3), End(date(2026, 3, 3), "birthday")),  # the next day
        (date(2015, 5, 31), End(date(2026, 5, 31), "birthday")),  # on the review day itself
        (date(2015, 6, 1), End(date(2026, 5, 31), "review_day")),  # the day after
        (date(2008, 4, 1), End(date(2026, 5, 31), "review_day")),  # 18 ends nothing here
    ],
)
def test_it_ends_on_its_review_day_or_the_birthday_before_it(born_on: date | None, end: End) -> None:
    assert end_of(ON, date(2026, 5, 31), born_on) == end
    last, first = end.on - DAY, end.on
    assert holds(last, ON, date(2026, 5, 31), born_on) or last < ON
    assert not holds(first, ON, date(2026, 5, 31), born_on)


def test_somebody_born_on_29_february_is_11_on_1_march_when_there_is_no_29th() -> None:
    born = date(2016, 2, 29)
    end = end_of(date(2027, 2, 1), date(2027, 4, 1), born)
    assert end == End(date(2027, 3, 1), "birthday")
    assert (age_on(born, end.on - DAY), age_on(born, end.on)) == (10, 11)
    assert end_of(date(2032, 2, 1), date(2032, 4, 1), born).on == date(2032, 2, 29)


def test_it_never_holds_before_it_was_chosen_and_never_longer_than_half_a_year() -> None:
    assert not holds(ON - DAY, ON, ON + 90 * DAY, None) and holds(ON, ON, ON + 90 * DAY, None)
    assert [is_a_review_day(ON + days * DAY, ON) for days in (-1, 0, 1, 180, 181)] == [False, False, True, True, False]


def test_the_holder_is_asked_a_week_before_whichever_end_comes_first() -> None:
    born, review = date(2015, 4, 1), date(2026, 5, 31)
    assert [is_to_be_asked(date(2026, 3, 25) + step, ON, review, born) for step in (-DAY, 0 * DAY)] == [False, True]
    assert [is_to_be_asked(date(2026, 5, 24) + step, ON, review, None) for step in (-DAY, 0 * DAY)] == [False, True]


@pytest.mark.parametrize("on", [ON, date(2028, 2, 29), date(2027, 3, 1), date(2026, 12, 31)])
def test_every_birthday_that_may_end_a_choice_is_among_those_looked_at(on: date) -> None:
    """Whoever is asked about or past their day on `on`, with a choice of any length, was born in one of the two stretches."""
    stretches = births_that_may_end(on)
    for age in (11, 16):
        for days in range(-180, 8):
            birthday = on + days * DAY
            born = date(birthday.year - age, birthday.month, min(birthday.day, 28))
            chosen = birthday - DAY
            if end_of(chosen, chosen + 180 * DAY, born).because == "birthday" and is_to_be_asked(
                on, chosen, chosen + 180 * DAY, born
            ):
                assert any(first <= born <= last for first, last in stretches), (age, days)


@pytest.mark.parametrize(
    ("way", "theirs"),
    [
        (Way("call", "01632 960 123", ""), True),
        (Way("text", "+441632960123", ""), True),
        (Way("call", "01632 960124", ""), False),
        (Way("email", "SIAN@person.example", ""), True),
        (Way("through", "01632 960999", "Sian Pretend"), True),
        (Way("through", "Sian Pretend", ""), True),
        (Way("through", "Sian", "my sister"), True),
        (Way("call", "01632 960999", "Megan Pretend"), False),
        (Way("letter", "Sian Pretend Street 1", ""), False),
        (Way("call", "", ""), False),
    ],
)
def test_whose_a_way_to_reach_somebody_is(way: Way, theirs: bool) -> None:
    assert is_theirs(way, "Sian Pretend", ("01632 960123", "sian@person.example")) is theirs


def test_a_carer_is_a_way_or_the_only_way_or_neither() -> None:
    sian, own = Way("through", "", "Sian Pretend"), Way("email", "mair@person.example", "")
    assert [only_theirs(ways, "Sian Pretend", ("", "")) for ways in ([sian], [sian, own], [own], [])] == [
        (True, True), (True, False), (False, False), (False, False),
    ]  # fmt: skip
