"""Good times as people write them: what is understood whole becomes hours, everything else becomes nothing."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.vocabulary.good_times import read_good_times, says_nothing, within
from alongside.vocabulary.working_time import Hours

ALL, WORKING, WEEKEND = range(7), range(5), (5, 6)
END = time.max


def t(hour: int, minute: int = 0) -> time:
    return time(hour, minute)


READ: list[tuple[str, dict[int, tuple[tuple[time, time], ...]]]] = [
    ("mornings", {day: ((t(8), t(12)),) for day in ALL}),
    ("Mornings.", {day: ((t(8), t(12)),) for day in ALL}),
    ("mornings only, please", {day: ((t(8), t(12)),) for day in ALL}),
    ("afternoons and evenings", {day: ((t(12), t(20)),) for day in ALL}),
    ("weekday mornings", {day: ((t(8), t(12)),) for day in WORKING}),
    ("weekdays after 5", {day: ((t(17), END),) for day in WORKING}),
    ("weekdays, 9-5", {day: ((t(9), t(17)),) for day in WORKING}),
    ("Mon, Tue and Thursday", {day: ((t(0), END),) for day in (0, 1, 3)}),
    ("Mondays 9am to 10.30am", {0: ((t(9), t(10, 30)),)}),
    ("between 10 and 12", {day: ((t(10), t(12)),) for day in ALL}),
    ("after 7pm", {day: ((t(19), END),) for day in ALL}),
    ("before 10", {day: ((t(0), t(10)),) for day in ALL}),
    ("after 9 before 11", {day: ((t(9), t(11)),) for day in ALL}),
    ("after noon", {day: ((t(12), END),) for day in ALL}),
    ("weekends", {day: ((t(0), END),) for day in WEEKEND}),
    ("any time", {day: ((t(0), END),) for day in ALL}),
    ("not at weekends", {day: ((t(0), END),) for day in WORKING}),
    ("mornings, not weekends", {day: ((t(8), t(12)),) for day in WORKING}),
    ("any time, but not after 6", {day: ((t(0), t(18)),) for day in ALL}),
    ("not mornings", {day: ((t(0), t(8)), (t(12), END)) for day in ALL}),
    ("Monday mornings; Friday afternoons", {0: ((t(8), t(12)),), 4: ((t(12), t(17)),)}),
    ("after school", {day: ((t(15, 30), t(20)),) for day in ALL}),
    ("lunchtime", {day: ((t(12), t(14)),) for day in ALL}),
    ("boreau", {day: ((t(8), t(12)),) for day in ALL}),
    ("dydd Llun, prynhawn", {0: ((t(12), t(17)),)}),
    ("gyda'r nos", {day: ((t(17), t(20)),) for day in ALL}),
    ("unrhyw bryd", {day: ((t(0), END),) for day in ALL}),
    ("rhwng 9 a 11", {day: ((t(9), t(11)),) for day in ALL}),
]


@pytest.mark.parametrize(("words", "hours"), READ)
def test_what_is_understood_whole_becomes_hours(words: str, hours: dict[int, tuple[tuple[time, time], ...]]) -> None:
    found = read_good_times(words)
    assert found is not None and found.stretches == hours


NOT_READ = [
    "",
    "when my husband is out",
    "mornings when the children are at school",
    "mornings unless the curtains are drawn",
    "not when Dai is home",
    "mornings but ring first",
    "mornings; weekdays",
    "mornings after 10",
    "after 25",
    "between 5 and 4",
    "after 10 after 11",
    "every other Monday",
    "Monday 3 March",
    "never",
    "not any time",
    "after work",
    "mornings?",
    "pan fydd y plant yn yr ysgol",
    "13pm to 14pm",
    "1",
]


@pytest.mark.parametrize("words", NOT_READ)
def test_what_only_a_person_can_judge_is_not_half_understood(words: str) -> None:
    assert read_good_times(words) is None


@given(before=st.sampled_from([one for one, _hours in READ]), word=st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=9))
def test_one_strange_word_is_enough_not_to_understand(before: str, word: str) -> None:
    known = "mornings afternoons evenings weekdays weekend weekends weekday monday mondays tuesday tues thurs only please usually best daily noon "
    known += "friday fridays sunday sundays saturday lunch lunchtime midday whenever llun mawrth mercher gwener sadwrn bore boreau prynhawn "
    known += "penwythnos anytime everyday morning afternoon evening tuesdays wednesday wednesdays thursday thursdays saturdays"
    if word not in known.split():
        assert read_good_times(f"{before.rstrip('.')} {word}") is None


@given(words=st.text(max_size=120))
def test_whatever_is_written_it_is_read_or_not_and_breaks_nothing(words: str) -> None:
    found = read_good_times(words)
    assert found is None or any(found.stretches.values())


def test_nothing_said_is_nothing_said() -> None:
    assert [says_nothing(words) for words in ("", " ", "-", ".", "mornings")] == [True, True, True, True, False]


def test_hours_are_cut_to_a_part_of_the_day() -> None:
    hours = Hours({0: ((t(6), t(9)), (t(21), END)), 1: ((t(0), t(5)),)})
    assert within(hours, t(7), t(22)) == Hours({0: ((t(7), t(9)), (t(21), t(22)))})
