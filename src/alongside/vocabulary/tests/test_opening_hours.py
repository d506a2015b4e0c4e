"""Opening hours are read only where they are wholly understood, and "open now" is true at the minute (S2-167)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.vocabulary.clock import UK, local
from alongside.vocabulary.opening_hours import (
    BYDAY,
    DAY,
    WEEK,
    Open,
    as_rows,
    in_words,
    open_until,
    opens_next,
    said_in_welsh,
    spoken,
    times_of,
)

WEEKDAYS, ALL = "MO TU WE TH FR", " ".join(BYDAY)


def _said(days: str, opens: str, closes: str) -> set[tuple[str, str, str]]:
    return {(day, opens, closes) for day in days.split()}


def _written(times: tuple[Open, ...]) -> set[tuple[str, str, str]]:
    found = set()
    for one in times:
        day, opens = divmod(one.opens, DAY)
        closes = one.closes - day * DAY
        found.add((BYDAY[day], f"{opens // 60}:{opens % 60:02}", f"{closes // 60}:{closes % 60:02}"))
    return found


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("Mon to Fri 9am-5pm", _said(WEEKDAYS, "9:00", "17:00")),
        ("Monday - Friday 9:00 \u2013 17:00; Saturday 10am to 12 noon", _said(WEEKDAYS, "9:00", "17:00") | _said("SA", "10:00", "12:00")),
        ("Wednesday 9:30am - 12noon", _said("WE", "9:30", "12:00")),
        ("24/7", _said(ALL, "0:00", "24:00")),
        ("Every day, day or night", _said(ALL, "0:00", "24:00")),
        ("Bob dydd, 24 awr", _said(ALL, "0:00", "24:00")),
        ("24 hours Saturday", _said("SA", "0:00", "24:00")),
        ("Mon, Wed and Fri 9.30am to 4.00pm.", _said("MO WE FR", "9:30", "16:00")),
        ("Weekdays 9-5, Saturdays 10-1", _said(WEEKDAYS, "9:00", "17:00") | _said("SA", "10:00", "13:00")),
        ("Dydd Llun i ddydd Gwener 9am i 5pm", _said(WEEKDAYS, "9:00", "17:00")),
        ("Llun, Mercher a Gwener 10:00-15:00", _said("MO WE FR", "10:00", "15:00")),
        ("Mon 9-12 and 1-4", _said("MO", "9:00", "12:00") | _said("MO", "13:00", "16:00")),
        ("Mon to Fri 9am-5pm. Sun closed", _said(WEEKDAYS, "9:00", "17:00")),
        ("Sat 22:00-02:00", _said("SA", "22:00", "26:00")),
        ("Mon-Thu 9am-5pm. Closed on bank holidays.", _said("MO TU WE TH", "9:00", "17:00")),
        ("Tue 9 a.m. to 5 p.m.", _said("TU", "9:00", "17:00")),
    ],
)  # fmt: skip
def test_plain_words_in_both_languages(words: str, times: set[tuple[str, str, str]]) -> None:
    assert _written(in_words(words)) == times


@pytest.mark.parametrize(
    "words",
    [
        "by appointment", "Mondays", "Monday 10am", "First Monday of the month 10-12", "Mon 7-9", "Mon - Fri 10am - 2pm (term time only)",
        "Mon to Fri 9-5. Alternate weeks only.", "9am to 5pm", "Fri 24 hours except holidays", "Mon 9 to 25", "Not known", "", "- to -",
        "Mon 9-5 ring first", "Every other Tuesday, 10am to noon",
    ],
)  # fmt: skip
def test_what_is_not_wholly_understood_says_nothing(words: str) -> None:
    assert in_words(words) == ()


def test_the_times_of_open_referral_come_before_the_words() -> None:
    schedule = {"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00", "closes_at": "18:00"}
    assert _written(times_of([schedule], "Mon 9am-5pm")) == _said("TH FR", "10:00", "18:00")
    every_day = {"freq": "DAILY", "opens_at": "00:00", "closes_at": "23:59"}
    assert _written(times_of([every_day], "")) == _said(ALL, "0:00", "24:00")


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"byday": "MO,TU,WE,SA", "opens_at": "09:30:00", "closes_at": "15:30"}, "Mon to Wed, Sat 09:30 to 15:30"),
        ({"byday": "TU", "opens_at": "10:00"}, "Tue 10:00"),
        ({"byday": "1TU", "opens_at": "10:00", "closes_at": "11:00"}, "1TU 10:00 to 11:00"),
        ({}, ""),
    ],
)
def test_a_schedule_without_words_is_said_in_words(schedule: dict[str, str], words: str) -> None:
    assert spoken(schedule) == words


def test_what_is_said_of_a_schedule_is_read_as_the_same_times() -> None:
    schedule = {"byday": "MO,TU,WE,SA", "opens_at": "09:30", "closes_at": "15:30"}
    assert set(in_words(spoken(schedule))) == set(times_of([schedule], ""))


@pytest.mark.parametrize(
    ("words", "welsh"),
    [
        ("Mon to Wed, Sat 09:30 to 15:30", "Llun i Mercher, Sadwrn 09:30 tan 15:30"),
        ("Tue 10:00; Sun", "Mawrth 10:00; Sul"),
        (
            "Thu 13:00 to 14:00; Ring first, Mon to Fri 09:00 to 10:00",
            "Iau 13:00 tan 14:00; Ring first, Mon to Fri 09:00 to 10:00",
        ),
        ("Sunday 10am to noon", "Sunday 10am to noon"),
        ("Bob dydd Llun", "Bob dydd Llun"),
        ("", ""),
    ],
)
def test_what_was_said_of_schedules_is_said_in_welsh_and_what_a_human_wrote_stays(words: str, welsh: str) -> None:
    assert said_in_welsh(words) == welsh


@given(
    st.lists(st.sampled_from(BYDAY), min_size=1, max_size=7, unique=True),
    st.integers(6, 11), st.integers(12, 23), st.sampled_from(("00", "15", "45")),
)  # fmt: skip
def test_in_welsh_it_is_read_as_the_same_times(days: list[str], opens: int, closes: int, minutes: str) -> None:
    schedule = {"byday": ",".join(days), "opens_at": f"{opens:02}:{minutes}", "closes_at": f"{closes:02}:{minutes}"}
    assert set(in_words(said_in_welsh(spoken(schedule)))) == set(times_of([schedule], ""))


@pytest.mark.parametrize(
    "odd",
    [
        {"interval": 2}, {"freq": "MONTHLY"}, {"bymonthday": "1"}, {"byday": "1TU"}, {"byday": ""}, {"opens_at": None}, {"closes_at": "25:00"},
        {"opens_at": ["10:00"]}, {"closes_at": "12:99"}, {"freq": 7},
    ],
)  # fmt: skip
def test_a_schedule_that_is_not_each_week_says_nothing(odd: dict[str, object]) -> None:
    schedule = {"freq": "WEEKLY", "byday": "TU", "opens_at": "10:00", "closes_at": "12:00"}
    assert times_of([schedule], "") != ()
    assert times_of([schedule | odd], "") == ()


def test_open_now_to_the_minute_and_over_midnight_and_the_end_of_the_week() -> None:
    sunday_night = in_words("Sun 10pm-2am")
    at = datetime(2026, 11, 29, 21, 59, tzinfo=UK)
    assert open_until(sunday_night, at) is None
    assert opens_next(sunday_night, at) == at + timedelta(minutes=1)
    assert open_until(sunday_night, at + timedelta(minutes=1)) == datetime(2026, 11, 30, 2, tzinfo=UK)
    assert open_until(sunday_night, datetime(2026, 11, 30, 1, 59, tzinfo=UK)) == datetime(2026, 11, 30, 2, tzinfo=UK)
    assert open_until(sunday_night, datetime(2026, 11, 30, 2, tzinfo=UK)) is None


def test_two_times_that_meet_are_one() -> None:
    times = in_words("Fri 9am-1pm, Fri 1pm-5pm")
    assert open_until(times, datetime(2026, 11, 27, 9, tzinfo=UK)) == datetime(2026, 11, 27, 17, tzinfo=UK)
    always = open_until(in_words("24/7"), datetime(2026, 11, 27, 9, tzinfo=UK))
    assert always is not None
    assert always >= datetime(2026, 12, 4, tzinfo=UK)


def test_the_clock_is_the_one_on_the_wall_when_summer_time_ends() -> None:
    closes = open_until(in_words("Sun 1am-5am"), local(datetime(2026, 10, 25, 0, 30, tzinfo=UTC)))
    assert closes is not None
    assert (closes.hour, closes.utcoffset()) == (5, timedelta(0))


def test_what_is_said_of_some_days_only_holds_on_those() -> None:
    schedule = {"byday": "FR", "opens_at": "09:00", "closes_at": "17:00", "valid_from": "2026-12-01", "valid_to": "2026-12-31"}
    times = times_of([schedule], "")
    assert open_until(times, datetime(2026, 11, 27, 10, tzinfo=UK)) is None
    assert open_until(times, datetime(2026, 12, 4, 10, tzinfo=UK)) is not None
    assert times[0].first == date(2026, 12, 1)


@given(st.text(alphabet="mon tueswdhfri-to0123456789:.amp;,/24 ", max_size=80))
def test_any_text_gives_times_of_the_week_or_none(text: str) -> None:
    for one in in_words(text):
        assert 0 <= one.opens < WEEK
        assert one.opens < one.closes <= one.opens + DAY
        assert all(0 <= opens < closes <= WEEK for opens, closes, *_days in as_rows([one]))
