"""Typed text is cleaned without losing anybody's writing; references survive being said on the telephone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.reference import ALPHABET, fingerprint, make_reference, new_token, read_reference
from alongside.vocabulary.text import clean, first_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x07c", "abc"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\u2028two\x85three\x0cfour", "one\ntwo\nthree\nfour"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("שלום 👩‍👩‍👧 مرحبا", "שלום 👩‍👩‍👧 مرحبا"),
        ("a\ud800b", "ab"),
        ("  Ŵyn\t1 ", "Ŵyn\t1"),
        ("", ""),
    ],
)
def test_control_characters_go_and_writing_stays(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(some.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(("text", "line"), [("\n\none\ntwo", "one"), ("one two three", "one two…"), ("", "")])
def test_the_first_line_is_cut_at_a_word(text: str, line: str) -> None:
    assert first_line(text, 10) == line


@pytest.mark.parametrize("said", ["KFR-4829-F", "kfr 4829 f", "KFR4829F", " kfr–4829–f. "])
def test_a_reference_is_read_however_it_is_said(said: str) -> None:
    assert read_reference(said) == "KFR-4829-F"


@pytest.mark.parametrize("said", ["", "KFR-4829-G", "KFR-4829", "KFR-48299-F", "4829-KFR-F", "KFR-48٢9-F", "ÉFR-4829-F"])
def test_what_cannot_be_a_reference_is_none(said: str) -> None:
    assert read_reference(said) is None


def test_one_wrong_sign_or_two_swapped_never_pass() -> None:
    chance = random.Random(4)
    for _ in range(40):
        made = make_reference(chance.choice).replace("-", "")
        assert read_reference(made)
        for place in range(8):
            for other in ALPHABET if place < 3 or place == 7 else "23456789":
                if other != made[place]:
                    assert read_reference(made[:place] + other + made[place + 1 :]) is None
        for place in range(6):
            if made[place] != made[place + 1]:
                assert read_reference(made[:place] + made[place + 1] + made[place] + made[place + 2 :]) is None


def test_a_token_is_long_and_only_its_fingerprint_is_kept() -> None:
    one, other = new_token(), new_token()
    assert one != other and len(one) == 32  # 192 bits
    assert fingerprint(one) == fingerprint(one.encode()) and len(fingerprint(one)) == 64


def test_miles_between_two_cities() -> None:
    swansea, cardiff = (51.62, -3.94), (51.48, -3.18)
    assert miles_between(swansea, cardiff) == pytest.approx(34.1, abs=0.1)
    assert miles_between(cardiff, cardiff) == 0
