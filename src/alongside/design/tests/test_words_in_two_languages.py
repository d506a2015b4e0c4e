from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from alongside.design import fields, words
from alongside.design.forms import Form
from alongside.vocabulary.codes import Code, CodeList

DAY = date(2026, 12, 3)
FRUIT = CodeList("fruit", "ours", Code("apple", "an apple", "afal"), Code("pear", "a pear", "gellygen"))
MOMENT = datetime(2026, 7, 3, 9, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "short", "moment"),
    [
        ("en-gb", "Thursday 3 December 2026", "Thu 3 Dec 2026", "Friday 3 July 2026, 10:42"),
        ("cy", "dydd Iau 3 Rhagfyr 2026", "Iau 3 Rha 2026", "dydd Gwener 3 Gorffennaf 2026, 10:42"),
    ],
)
@pytest.mark.hazard("H14")
def test_a_date_carries_its_weekday_in_both_languages(language: str, day: str, short: str, moment: str) -> None:
    with translation.override(language):
        assert (words.day(DAY), words.short_day(DAY), words.moment(MOMENT)) == (day, short, moment)


@pytest.mark.parametrize(
    ("at", "english", "welsh"),
    [
        (time(8), "8am", "8am"),
        (time(20, 30), "8:30pm", "8:30pm"),
        (time(12), "midday", "hanner dydd"),
        (time(0), "midnight", "hanner nos"),
        (time(12, 15), "12:15pm", "12:15pm"),
    ],
    ids=str,
)
def test_a_time_of_day_is_said_as_people_say_it(at: time, english: str, welsh: str) -> None:
    for spoken, said in (("en-gb", english), ("cy", welsh)):
        with translation.override(spoken):
            assert words.time_of_day(at) == said


def test_nothing_is_written_for_no_date() -> None:
    assert (words.day(None), words.moment(None), words.clock_time(None), words.ago(None, MOMENT)) == ("", "", "", "")


@pytest.mark.parametrize(
    ("minutes", "english", "welsh"),
    [
        (0, "0 minutes", "0 munud"),
        (1, "1 minute", "1 munud"),
        (62, "1 hour 2 minutes", "1 awr 2 funud"),
        (2880, "2 days", "2 ddiwrnod"),
        (4560, "3 days 4 hours", "3 diwrnod 4 awr"),
        (-5, "0 minutes", "0 munud"),
    ],
)
def test_a_length_of_time_is_said_in_its_two_largest_units(minutes: int, english: str, welsh: str) -> None:
    with translation.override("en-gb"):
        assert words.how_long(minutes) == english
    with translation.override("cy"):
        assert words.how_long(minutes) == welsh


def test_how_long_ago_needs_to_be_told_what_time_it_is() -> None:
    assert words.ago(MOMENT, datetime(2026, 7, 3, 9, 54, tzinfo=UTC)) == "12 minutes ago"


def test_a_code_is_said_in_the_language_of_the_page() -> None:
    fruit = CodeList("fruit", "ours", Code("apple", "an apple", "afal"))
    with translation.override("cy"):
        assert (words.words(fruit, "apple"), words.words(fruit["apple"]), words.words(fruit, None)) == (
            "afal",
            "afal",
            "",
        )


def test_the_choices_of_a_list_are_in_the_language_of_the_page_each_time() -> None:
    lists = {
        "code": fields.CodeField(FRUIT),
        "select": fields.CodeField(FRUIT, select=True, blank=_("Back")),
        "codes": fields.CodesField(FRUIT, only=["pear"]),
    }
    for _round in range(2):
        form = type("Lists", (Form,), dict(lists))()
        with translation.override("en-gb"):
            assert list(form["code"].field.choices) == [("apple", "an apple"), ("pear", "a pear")]
            assert list(form["select"].field.choices) == [("", "Back"), ("apple", "an apple"), ("pear", "a pear")]
            assert list(form["codes"].field.choices) == [("pear", "a pear")]
        with translation.override("cy"):
            assert list(form["code"].field.choices) == [("apple", "afal"), ("pear", "gellygen")]
            assert list(form["select"].field.choices)[0] == ("", "Yn ôl")
            assert list(form["codes"].field.choices) == [("pear", "gellygen")]
