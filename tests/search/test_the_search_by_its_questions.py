"""What the search comes to by the questions: no question in danger without crisis help first, and how many answers it finds.

Two sets, each by an author who had not seen the search. `questions.json` was looked at while the search was made, and the table of what
answers what is fitted to it (ADR 0035): what it comes to by them is how well it was fitted. `fresh_questions.json` was measured when everything was set, and nothing was set by it but this: of its
97 questions in danger 95 were heard at first (41 by the patterns that stood before); lines of the kind of the two that were not were
then added to `danger_said/danger.txt`. Of the answers listed the search finds fewer than the nine in ten that it is to find; the
figures stand here so that they cannot fall, and are to rise.
Shown to fail: with `hear_danger` hearing nothing, most questions in danger bring no crisis help first.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

from alongside.vocabulary import danger_words
from alongside.vocabulary.danger_words import LONGEST, hear_danger
from alongside.vocabulary.topics import lines_said
from tests.search.measuring import FOLDER, load, measure
from tests.search.test_the_questions_are_sound import as_typed
from tests.support.hub import open_hub

QUESTIONS, FRESH = "questions.json", "fresh_questions.json"
RECALL = {QUESTIONS: 0.77, FRESH: 0.67}
"""What it finds now of the listed answers among the first five."""
WANTED = 0.9
FALSE_AT_MOST = {"may_be": 0.25, "surely": 0.07}
"""So many of the ordinary questions are taken for danger: the helplines stand above what was found, or crisis offers come first."""


@pytest.mark.hazard("H06")
@pytest.mark.django_db
def test_no_question_in_danger_is_without_crisis_help_first_and_the_rest_does_not_get_worse() -> None:
    made = open_hub()
    load(made.hub.pk)
    for questions, recall in RECALL.items():
        found = measure(made.hub.pk, questions)
        assert found.crisis_missed == ()
        assert recall <= found.recall < WANTED, "once it finds nine in ten, the limit here is nine in ten"


def test_no_written_line_is_a_question_that_the_search_is_measured_by() -> None:
    """Shown to fail: with a question put among the lines."""
    lines = {as_typed(line) for by_services in (False, True) for _code, line in lines_said(by_services=by_services)}
    assert len(lines) > 2000
    for questions in (QUESTIONS, FRESH):
        asked = [as_typed(one["text"]) for one in json.loads((FOLDER / questions).read_text())]
        assert sum(one in lines for one in asked) == 0


@pytest.mark.hazard("H06")
@pytest.mark.parametrize("questions", [QUESTIONS, FRESH])
def test_ordinary_questions_are_not_often_taken_for_danger(questions: str) -> None:
    every = json.loads((FOLDER / questions).read_text())
    ordinary = [hear_danger(one["text"]) for one in every if not one["crisis"]]
    in_danger = [hear_danger(one["text"]) for one in every if one["crisis"]]
    for how, most in FALSE_AT_MOST.items():
        assert sum(getattr(one, how) for one in ordinary) / len(ordinary) <= most
    assert all(one.may_be for one in in_danger)
    assert sum(one.surely for one in in_danger) / len(in_danger) > 0.8


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("Suicide", True), ("SUICIDIAL!!", True), ("i keep thinking about dying", True), ("Dwi ISIO MARW", True), ("my mum is going to hurt herself", True),
        ("dying to meet new people", False), ("the point of walking groups", False), ("", False), ("... ?!", False),
        ("cut my hair", False), ("goodbye loneliness", False), ("food bank near me", False),
    ],
)  # fmt: skip
def test_words_that_are_and_are_not_of_danger(words: str, danger: bool) -> None:
    heard = hear_danger(words)
    assert heard.may_be if danger else not heard.surely


def test_what_stands_among_the_lines_of_danger_surely_is() -> None:
    """Shown to fail: by its words alone "suicide" only may be, since so much is offered after one, and no crisis offer came first."""
    lines = (Path(danger_words.__file__).with_name("danger_said") / "danger.txt").read_text().splitlines()
    assert [line for line in lines if line.strip() and not hear_danger(line).surely] == []


def test_words_without_end_are_looked_at_as_far_as_a_search_goes() -> None:
    assert not hear_danger("singing " * 100_000 + "want to die").surely
    assert hear_danger("want to die " * (LONGEST // 12)).surely


@pytest.mark.hazard("H06")
@pytest.mark.django_db
def test_the_page_shows_whom_to_call_above_everything_also_for_a_long_sentence() -> None:
    made = open_hub()
    load(made.hub.pk)
    every = json.loads((FOLDER / QUESTIONS).read_text())
    long = max((one["text"] for one in every if one["crisis"]), key=len)
    assert len(long) > 100
    assert _calls_stand_first(long)
    assert not _calls_stand_first("somewhere to sing on a tuesday")


def _calls_stand_first(words: str) -> bool:
    page = Client().get("/find-support/", {"words": words, "near": "Rivermouth"}).content.decode()
    return page.index("116 123") < page.index('role="search"')
