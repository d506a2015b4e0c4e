"""The languages in which help is given are read from the rows of a feed and from words, and from no name alone (S2-400)."""

from __future__ import annotations

import pytest

from alongside.vocabulary.spoken_languages import IN, languages_said
from alongside.vocabulary.ways_of_help import WAYS


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("A Polish-speaking adviser on Fridays", ("pl",)),
        ("We speak Arabic and Kurdish.", ("ar", "ku")),
        ("Help in Urdu, Punjabi and Bengali", ("bn", "pa", "ur")),
        ("Farsi interpreter on request", ("fa",)),
        ("Polish your CV with us", ()),
        ("A Turkish bath", ()),
        ("Italian cooking on Tuesdays", ()),
        ("", ()),
    ],
)
def test_words(words: str, codes: tuple[str, ...]) -> None:
    assert languages_said([words]) == codes


def test_no_way_of_help_is_taken_for_a_language() -> None:
    assert [code for code in WAYS if code.startswith(IN)] == []


def test_rows_of_a_feed() -> None:
    assert languages_said([], [{"name": "English", "code": "en"}, {"name": "polish"}, {"code": "ar-SY"}, {"name": None}, {}]) == (
        "ar",
        "pl",
    )
