"""What a search makes of words: stems, topics, ages, and words that are spelt otherwise (part 11 of the living directory)."""

from __future__ import annotations

import tomllib

import pytest

from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.search_terms import ages_said, nearly, nearly_known, read_question, terms_asked, terms_of
from alongside.vocabulary.stems import stem, words_said
from alongside.vocabulary.topics import FOLDER, heard, tables


@pytest.mark.parametrize(
    ("words", "one"),
    [
        ("eat eats eating", "eat"), ("care caring cares cared", "care"), ("car cars", "car"), ("stop stopped stopping stops", "stop"),
        ("family families", "famili"), ("die dying died death dead", "die"), ("tired tires tire", "tire"), ("class classes", "class"),
        ("tŷ ty", "ty"), ("lloches", "lloch"),
    ],
)  # fmt: skip
def test_endings_are_cut_so_that_one_word_meets_itself(words: str, one: str) -> None:
    assert {found for word in words.split() for found in words_said(word)} == {one}


def test_words_that_say_nothing_are_left_out_and_every_no_is_one() -> None:
    assert words_said("I can't sleep, and I don't want to") == ["no", "sleep", "no"]
    assert words_said("help me please") == words_said("") == words_said("!!! -- ??") == []
    assert stem("\u0430\u0431\u0432") == "\u0430\u0431\u0432"


def test_a_phrase_is_heard_when_its_words_stand_near_each_other_and_not_otherwise() -> None:
    assert "food_bank" in read_question("do you know of a food bank").topics
    apart = heard(words_said("my bank closed the account and then the dog ate its tinned food"), tables().said)
    assert ("food", "bank") in heard(words_said("a bank where they give out food"), tables().said)["food_bank"]
    assert ("food", "bank") not in apart["food_bank"]


def test_words_that_are_spelt_otherwise_are_taken_for_those_that_a_topic_knows() -> None:
    assert nearly_known(stem("bereavment")) == stem("bereavement")
    assert nearly_known("qqqqqq") == nearly_known("xy") == ""
    assert nearly("hiling", ["hill", "killing", "healing"]) in ("killing", "healing", "")
    assert nearly("oan", ["loan"]) == ""


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("my 14 year old wont go to school", (14,)), ("im 72 and alone", (72,)), ("15yr old son", (15,)), ("mae hi'n 16 oed", (16,)),
        ("aged 80", (80,)), ("24 hours", ()), ("3 kids", ()), ("room 101", ()),
    ],
)  # fmt: skip
def test_ages_that_words_say(text: str, ages: tuple[int, ...]) -> None:
    assert ages_said(text) == ages


def test_a_service_weighs_by_where_its_words_stand() -> None:
    terms = terms_of(
        "Rivermouth Food Bank", "Quayside Church", "We also give advice on debt.", "", "1 High Street, Abermade", {"sleep": False}
    )
    assert terms["food"] > terms["quaysid"] > 0
    assert terms["#food_bank"] > terms["#debt_advice"] > 0
    assert terms["=sleep"] > 0 and terms["abermad"] > 0 and "no" not in terms and "we" not in terms
    asked = terms_asked(read_question("food bank"), {"*": 100, "food": 50, "bank": 2, "#food_bank": 3})
    assert asked["bank"] > asked["food"] and asked["#food_bank"] > asked["=money_and_debt"]


def test_a_search_without_end_is_read_as_far_as_a_search_goes() -> None:
    assert read_question("food bank " * 100_000).said == read_question("food bank " * 41).said


def test_the_tables_of_topics_are_sound() -> None:
    """Every need is one; every other topic that is named is there; nothing stands twice; every topic has Welsh and English to be found by."""
    topics, wrong = tables().topics, []
    for file in sorted(FOLDER.glob("*.toml")):
        for code, said in tomllib.loads(file.read_text()).items():
            wrong += [f"{code}: no need {need}" for need in said["needs"] if need not in NEEDS]
            wrong += [f"{code}: no topic {other}" for other in said["also"] if other not in topics or other == code]
            for kind in ("services_say", "people_say"):
                phrases = [tuple(words_said(phrase)) for phrase in said[kind]]
                wrong += [
                    f"{code}: {kind} has nothing in {phrase!r}" for phrase in said[kind] if not set(words_said(phrase)) - {"no"}
                ]
                wrong += [f"{code}: {kind} too short" for _none in [1] if len(phrases) < 4]
    assert wrong == []
    assert len(topics) > 200
