from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from alongside.design.fields import DateField, MomentField, TimeField
from alongside.design.forms import Form
from alongside.vocabulary.clock import UK

DATES = [
    (("3", "12", "2026"), date(2026, 12, 3)),
    (("03", "12", "2026"), date(2026, 12, 3)),
    ((" 3 ", "Dec", "2026"), date(2026, 12, 3)),
    (("3", "rhagfyr", "2026"), date(2026, 12, 3)),
    (("29", "2", "2024"), date(2024, 2, 29)),
]
NO_DATES = [
    (("31", "2", "2026"), "31 February does not exist. Check the day and the month.", ("day", "month", "year")),
    (("29", "2", "2025"), "29 February 2025 does not exist. Check the day and the month.", ("day", "month", "year")),
    (("31", "11", "2026"), "31 November does not exist. Check the day and the month.", ("day", "month", "year")),
    (("12", "31", "2026"), "Check the month: write a number from 1 to 12.", ("month",)),
    (("32", "1", "2026"), "Check the day: write a number from 1 to 31.", ("day",)),
    (("1", "ma", "2026"), "Check the month: write a number from 1 to 12.", ("month",)),
    (("1", "1", "26"), "Write the year with four digits, like 1984.", ("year",)),
    (("1", "1", "0026"), "Write the year with four digits, like 1984.", ("year",)),
    (("1_0", "1", "2026"), "Check the day: write a number from 1 to 31.", ("day",)),
    (("", "1", "2026"), "Fill in the day.", ("day",)),
    (("1", "", ""), "Fill in the month and the year.", ("month", "year")),
    (("", "", ""), "Fill in a day, a month and a year.", ("day", "month", "year")),
]


@pytest.mark.parametrize(("typed", "meant"), DATES)
@pytest.mark.hazard("H14")
def test_a_date_is_read_as_people_write_it(typed: tuple[str, ...], meant: date) -> None:
    assert DateField().clean(typed) == meant


@pytest.mark.parametrize(("typed", "sentence", "boxes"), NO_DATES)
@pytest.mark.hazard("H14")
def test_what_is_no_date_is_answered_with_what_to_do(typed: tuple[str, ...], sentence: str, boxes: tuple[str, ...]) -> None:
    with pytest.raises(ValidationError) as caught:
        DateField().clean(typed)
    assert (caught.value.messages, caught.value.params["boxes"]) == ([sentence], boxes)


def test_a_date_that_is_not_needed_may_be_left_open() -> None:
    assert DateField(required=False).clean(["", "", ""]) is None


def test_a_date_that_does_not_exist_is_named_in_welsh() -> None:
    with translation.override("cy"), pytest.raises(ValidationError) as caught:
        DateField().clean(("31", "2", "2026"))
    assert caught.value.params["date"] == "31 Chwefror"


class _Bounded(Form):
    born = DateField(past_only=True, label="Born", required=False)
    meet = DateField(future_only=True, label="Meet", required=False)


def _posted(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize(
    ("name", "day", "fits"),
    [
        ("born", date(2026, 11, 24), True),
        ("born", date(2026, 11, 25), False),
        ("meet", date(2026, 11, 24), True),
        ("meet", date(2026, 11, 23), False),
    ],
)
def test_a_date_is_bounded_by_the_day_the_form_was_told(name: str, day: date, fits: bool) -> None:
    assert _Bounded(_posted(name, day), today=date(2026, 11, 24)).is_valid() is fits


def test_a_bounded_date_without_a_day_to_bound_it_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="today=today"):
        _Bounded(_posted("born", date(2000, 1, 1))).is_valid()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("10:30", time(10, 30)), ("10.30", time(10, 30)), ("1030", time(10, 30)), ("9", time(9)), ("2pm", time(14)),
        ("2.30 p.m.", time(14, 30)), ("12am", time(0)), ("12 pm", time(12)), ("00:05", time(0, 5)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, meant: time) -> None:
    assert TimeField().clean(typed) == meant


@pytest.mark.parametrize("typed", ["25:00", "10:60", "13pm", "noon", "1:2", "-1", "99999"])
def test_what_is_no_time_is_answered_with_what_to_do(typed: str) -> None:
    with pytest.raises(ValidationError, match="like 10:30 or 2pm"):
        TimeField().clean(typed)


@pytest.mark.hazard("H14")
def test_a_moment_is_british_time_and_kept_in_utc() -> None:
    assert MomentField().clean(("3", "7", "2026", "2pm")) == datetime(2026, 7, 3, 13, tzinfo=UTC)
    assert MomentField().clean(("3", "12", "2026", "14:00")) == datetime(2026, 12, 3, 14, tzinfo=UK)


@pytest.mark.hazard("H14")
def test_a_moment_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(ValidationError, match="clocks go forward"):
        MomentField().clean(("29", "3", "2026", "1:30"))
