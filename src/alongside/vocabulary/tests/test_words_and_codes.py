"""Code lists hold together in both languages and agree with the national lists they name."""

from __future__ import annotations

import csv
import importlib
import pkgutil
from datetime import date
from pathlib import Path

import pytest

import alongside.vocabulary
from alongside.vocabulary.ages import AGE_BANDS, age_for_matching, age_on, band_of, is_under_18
from alongside.vocabulary.codes import Code, CodeList
from alongside.vocabulary.contact_log import MISSED, MODES, OUTCOMES
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.need_words import guess_needs
from alongside.vocabulary.team_types import FOUR_WEEKS, TEAM_TYPES, TWO_CONTACTS, will_count
from alongside.vocabulary.urgency import URGENCY, raise_only


def all_lists() -> list[CodeList]:
    modules = [
        importlib.import_module(f"alongside.vocabulary.{one.name}")
        for one in pkgutil.iter_modules(alongside.vocabulary.__path__)
        if not one.ispkg
    ]
    return [value for module in modules for value in vars(module).values() if isinstance(value, CodeList)]


@pytest.mark.parametrize("codes", all_lists(), ids=lambda codes: codes.name)
def test_every_code_has_words_in_both_languages_and_its_list_a_source(codes: CodeList) -> None:
    assert codes.source and len(codes)
    for code in codes.values():
        assert code.en.strip() == code.en != "" and code.cy.strip() == code.cy != "", code.code
    for language in ("en", "cy"):
        words = [said for _, said in codes.choices(language)]
        assert len(set(words)) == len(words), codes.name


def test_a_code_stands_once_and_an_unknown_one_is_shown_as_it_came() -> None:
    with pytest.raises(ValueError, match="twice"):
        CodeList("two", "ours", Code("a", "a", "a"), Code("a", "b", "b"))
    assert DOORS.words("somewhere", "cy") == "somewhere"


def national(shared_data: Path, name: str) -> dict[str, str]:
    with (shared_data / "mhsds" / "codelists" / name).open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: row["description"] for row in csv.DictReader(file) if not row["last_month"]}


def test_team_types_carry_the_national_names(shared_data: Path) -> None:
    known = national(shared_data, "service_team_type.csv")
    assert {code: TEAM_TYPES[code].en for code in TEAM_TYPES} == {code: known.get(code) for code in TEAM_TYPES}


def test_ways_of_meeting_carry_the_national_mechanism(shared_data: Path) -> None:
    known = national(shared_data, "consultation_mechanism.csv")
    assert {mode: known[code.national] for mode, code in MODES.items()} == {
        "in_person": "Face to face",
        "telephone": "Telephone",
        "video": "Video consultation",
        "text": "Text Message (Asynchronous)",
    }


def test_a_text_conversation_is_not_among_the_mechanisms_that_count_nationally() -> None:
    counted = {"01", "02", "04", "11"}  # standards.md, MHS108
    assert [mode for mode, code in MODES.items() if code.national not in counted] == ["text"]


def test_attendance_is_said_of_meetings_and_never_of_trying() -> None:
    tried = ("no_answer", "voicemail", "number_wrong", "message_sent", "another_time")
    assert {code: OUTCOMES[code].national for code in OUTCOMES} == {
        **dict.fromkeys(tried, ""), "met": "5", "missed_without_notice": "3", "missed_with_notice": "2", "we_cancelled": "4",
    }  # fmt: skip
    assert {*tried, *MISSED, "met"} == set(OUTCOMES)


@pytest.mark.parametrize("team_type", ["F06", "A18", "A21", "D02", "Z01", ""])
def test_a_team_of_these_types_is_told_that_it_will_not_count(team_type: str) -> None:
    counts, english, welsh = will_count(team_type, "england")
    assert not counts and english and welsh


@pytest.mark.parametrize("team_type", TWO_CONTACTS)
def test_a_team_of_these_types_counts_in_england_and_not_in_wales(team_type: str) -> None:
    counts, english, _ = will_count(team_type, "england")
    assert counts and ("not in the four-week wait" in english) == (team_type not in FOUR_WEEKS)
    assert not will_count(team_type, "wales")[0]


@pytest.mark.parametrize(
    ("age", "band"),
    [(0, "under_11"), (10, "under_11"), (11, "11_15"), (15, "11_15"), (16, "16_17"), (17, "16_17"),
     (18, "18_25"), (25, "18_25"), (26, "26_64"), (64, "26_64"), (65, "65_over"), (110, "65_over")],
)  # fmt: skip
def test_bands_meet_without_a_gap(age: int, band: str) -> None:
    assert band_of(age) == band and band in AGE_BANDS


def test_an_age_is_counted_in_whole_years_also_for_29_february() -> None:
    born = date(2008, 2, 29)
    assert (age_on(born, date(2026, 2, 28)), age_on(born, date(2026, 3, 1)), age_on(born, date(2028, 2, 29))) == (17, 18, 20)
    assert is_under_18(born, "26_64", date(2026, 2, 28)) and not is_under_18(None, "not_said", date(2026, 2, 28))
    assert is_under_18(None, "16_17", date(2026, 2, 28)) and age_for_matching(None, "not_said", date(2026, 2, 28)) is None


@pytest.mark.parametrize(
    ("current", "suggested", "kept"),
    [("steady", "now", "now"), ("now", "steady", "now"), ("soon", "today", "today"), ("today", "today", "today")],
)
def test_urgency_only_rises(current: str, suggested: str, kept: str) -> None:
    assert raise_only(current, suggested) == kept
    assert tuple(URGENCY) == ("now", "today", "soon", "steady")


@pytest.mark.parametrize(
    ("text", "need"),
    [("debt", "money_and_debt"), ("banc bwyd", "money_and_debt"), ("iselder", "mood_and_worry"), ("hearing voices", "voices"),
     ("befriending", "loneliness"), ("ysmygu", "tobacco"), ("young carers", "caring"), ("profedigaeth", "grief")],
)  # fmt: skip
def test_words_that_people_type_lead_to_a_need(text: str, need: str) -> None:
    assert need in guess_needs(text)
