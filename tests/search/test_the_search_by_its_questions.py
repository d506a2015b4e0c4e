"""What the search comes to by the questions: no question in danger without crisis help first, and how many answers it finds.

Shown to fail: without `danger_words` sixty of the seventy-six questions in danger bring no crisis help first.
The patterns of danger were written by somebody who had seen which of these very questions were missed; how many of other people's
words they hear is not shown by them. Of the answers listed the search finds far fewer than the nine in ten that it is to find: it asks
for every word of a sentence. The figure stands here so that it cannot fall, and is to rise.
"""

from __future__ import annotations

import json

import pytest
from django.test import Client

from alongside.vocabulary.danger_words import LONGEST, speaks_of_danger
from alongside.vocabulary.everyday_words import calls_for_crisis, read_wishes
from tests.search.measuring import FOLDER, load, measure
from tests.support.hub import open_hub

QUESTIONS = json.loads((FOLDER / "questions.json").read_text())
RECALL, WANTED = 0.15, 0.9
"""What it finds now of the listed answers among the first five, and what it is to find (the living directory, part 11)."""
FALSE_AT_MOST = 0.05


@pytest.mark.hazard("H06")
@pytest.mark.django_db
def test_no_question_in_danger_is_without_crisis_help_first_and_the_rest_does_not_get_worse() -> None:
    made = open_hub()
    found = measure(made.hub.pk, load(made.hub.pk))
    assert found.crisis_missed == ()
    assert RECALL <= found.recall < WANTED, "once it finds nine in ten, the limit here is nine in ten"


@pytest.mark.hazard("H06")
def test_ordinary_questions_are_rarely_taken_for_danger() -> None:
    ordinary = [one["text"] for one in QUESTIONS if not one["crisis"]]
    taken = [one for one in ordinary if speaks_of_danger(one) or calls_for_crisis(read_wishes(one))]
    assert len(taken) / len(ordinary) <= FALSE_AT_MOST, taken


@pytest.mark.parametrize(
    ("words", "danger"),
    [
        ("SUICIDIAL!!", True), ("i keep thinking about dying", True), ("Dwi ISIO MARW", True), ("my mum is going to hurt herself", True),
        ("dying to meet new people", False), ("killing time", False), ("the point of walking groups", False), ("", False),
        ("cut my hair", False), ("hurt my back", False), ("goodbye loneliness", False),
    ],
)  # fmt: skip
def test_words_that_are_and_are_not_of_danger(words: str, danger: bool) -> None:
    assert speaks_of_danger(words) == danger


def test_words_without_end_are_looked_at_as_far_as_a_search_goes() -> None:
    assert not speaks_of_danger("want " * 100_000 + "to die")
    assert speaks_of_danger("want " * (LONGEST // 5 - 3) + "to die")


@pytest.mark.hazard("H06")
@pytest.mark.django_db
def test_the_page_shows_whom_to_call_above_everything_also_for_a_long_sentence() -> None:
    made = open_hub()
    load(made.hub.pk)
    long = max((one["text"] for one in QUESTIONS if one["crisis"]), key=len)
    assert len(long) > 100
    assert _calls_stand_first(long)
    assert not _calls_stand_first("somewhere to sing on a tuesday")


def _calls_stand_first(words: str) -> bool:
    page = Client().get("/find-support/", {"words": words, "near": "Rivermouth"}).content.decode()
    return page.index("116 123") < page.index('role="search"')
