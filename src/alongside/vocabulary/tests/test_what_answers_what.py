"""What is meant by words that no phrase holds, which kinds of help answer it, and which language it is in (ADR 0035)."""

from __future__ import annotations

import pytest

from alongside.vocabulary.answers import ANYWHERE, CRISIS, DANGER, FILE, IN_WELSH, MAY_BE, WELSH, YOUNG, answers, how_much
from alongside.vocabulary.kinds import NEARLY_AS_SURE, kinds_of, meant, surest, told
from alongside.vocabulary.search_terms import CRISIS_OFFERS, nearly_known, read_question, said_of, terms_asked, terms_of
from alongside.vocabulary.stems import words_said
from alongside.vocabulary.topics import heard, heard_topics, lines_said, tables
from alongside.vocabulary.welsh import A_QUESTION, A_TEXT, welshness


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("the meter has run out and we sit in our coats", "fuel_help"), ("wynebu'r felan bob dydd a chrio", "low_mood"),
        ("men came about the council tax and want the van", "bailiffs"), ("cannot stop having a flutter on the horses", "gambling"),
    ],
)  # fmt: skip
def test_what_is_said_in_other_words_is_understood_by_written_lines(words: str, topic: str) -> None:
    assert topic in surest(meant(words_said(words)), 3)


def test_two_words_that_stand_together_tell_more_than_each_alone() -> None:
    together, apart = told(["food", "bank"])["food_bank"], told(["bank", "food"])["food_bank"]
    assert together > apart > 0
    assert told([]) == told(["qqqq"]) == {}


def test_whole_phrases_are_heard_as_they_are_where_somebody_asks_for_them() -> None:
    """The quick way of a feed gives the topics that the plain way gives, for every line that services write. Shown to fail: with one word less of reach."""
    lines = [words_said(line) for _code, line in lines_said(by_services=True)]
    assert len(lines) > 500
    assert [set(heard_topics(line)) ^ heard(line, tables().offered).keys() for line in lines] == [set()] * len(lines)
    assert any(heard_topics(line) for line in lines)


def test_only_what_is_nearly_as_sure_is_told_where_no_more_is_asked_for() -> None:
    for _code, line in lines_said(by_services=True)[:300]:
        every, sure = told(words_said(line)), told(words_said(line), least=NEARLY_AS_SURE)
        assert surest(sure, 6) == surest(every, 6)
        assert sure.items() <= every.items()


def test_a_service_is_of_the_kind_that_its_words_say_before_all() -> None:
    kinds = kinds_of(said_of("Rivermouth Food Bank", "Emergency food parcels. We can also talk about debt."), [])
    assert max(kinds, key=lambda kind: kinds[kind]) == "food_bank"
    assert all(0 <= sure <= 1 for sure in kinds.values())


def test_a_service_answers_its_own_kind_and_less_what_is_near_it() -> None:
    answered = answers({"food_bank": 1.0})
    assert answered["food_bank"] == pytest.approx(how_much("food_bank", "food_bank"))
    assert answered["food_bank"] > answered["hardship_grant"] > 0
    assert "singing" not in answered


def test_the_table_of_answers_is_sound() -> None:
    """Every topic stands in it once and answers itself; in danger nothing weighs but crisis offers and what is known of a service."""
    topics, wrong, rows = tables().topics, [], []
    for line in FILE.read_text().splitlines()[1:]:
        asked, _colon, said = line.partition(": ")
        kinds = {one.split()[0]: float(one.split()[1]) for one in said.split(", ")}
        rows.append(asked)
        wrong += [f"{asked}: {kind}" for kind in kinds if kind not in topics and kind not in (IN_WELSH, ANYWHERE, CRISIS)]
        if asked in topics:
            wrong += [f"{asked} does not answer itself"] if kinds.get(asked, 0) <= 0 else []
        elif asked in (DANGER, MAY_BE):
            wrong += [f"{asked}: {kind}" for kind in kinds if kind in topics and kind not in CRISIS_OFFERS]
    assert wrong == []
    assert sorted(rows) == sorted([*topics, DANGER, MAY_BE, YOUNG, WELSH])
    assert how_much(DANGER, CRISIS) > 0.5


def test_welsh_is_known_from_english() -> None:
    assert welshness("dwi methu cysgu") > A_QUESTION
    assert welshness("cannot sleep at all") < 0
    assert welshness("Grwp i bobl sy'n byw gyda galar, bob nos Fawrth yn y neuadd, croeso i bawb.") > A_TEXT
    assert welshness("A group for people who grieve, on Tuesdays in the hall at Abermade.") < 0
    assert welshness("") == 0.0


def test_somebody_who_asks_in_welsh_young_or_in_danger_asks_for_that_too() -> None:
    usual = {"*": 100}
    assert WELSH in terms_asked(read_question("dwi methu cysgu"), usual)
    assert WELSH not in terms_asked(read_question("cannot sleep"), usual)
    assert YOUNG in terms_asked(read_question("im 15 and lonely"), usual)
    assert YOUNG in terms_asked(read_question("lonely"), usual, age=16) and YOUNG not in terms_asked(
        read_question("lonely"), usual
    )
    assert DANGER in terms_asked(read_question("lonely"), usual, danger=DANGER)
    welsh = terms_of(
        "Galar", "", "Grwp i bobl sy'n byw gyda galar, bob nos Fawrth yn y neuadd, croeso i bawb.", "", "1 Stryd Fawr", {}
    )
    assert welsh[WELSH] > terms_of("Grief", "", "A group for people who grieve, on Tuesdays.", "", "1 High Street", {}).get(
        WELSH, 0
    )


def test_a_word_is_also_known_by_its_sound() -> None:
    assert nearly_known("evicshun") == "eviction"
    assert nearly_known("relashunship") == "relationship"


def test_every_line_stands_under_a_topic_that_there_is() -> None:
    every = [*lines_said(), *lines_said(by_services=True)]
    assert [line for code, line in every if code not in tables().topics] == []
    assert [line for _code, line in every if not words_said(line)] == []
    assert (
        {code for code, _line in lines_said()} == {code for code, _line in lines_said(by_services=True)} == set(tables().topics)
    )
