"""Typed text is cleaned without losing anybody's writing; references survive being said on the telephone."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from alongside.vocabulary.distance import miles_between
from alongside.vocabulary.reference import ALPHABET, check_letter, fingerprint, make_reference, new_token
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


def test_one_wrong_sign_or_two_swapped_make_another_check_letter() -> None:
    """So that whoever hears a reference on the telephone can tell that it was heard wrongly."""
    chance = random.Random(4)
    for _ in range(40):
        made = make_reference(chance.choice)
        assert re.fullmatch(f"[{ALPHABET}]{{3}}-[2-9]{{4}}-[{ALPHABET}]", made)
        body, letter = made.replace("-", "")[:7], made[-1]
        wrong = [
            body[:place] + other + body[place + 1 :]
            for place in range(7)
            for other in (ALPHABET if place < 3 else "23456789")
            if other != body[place]
        ]
        wrong += [
            body[:place] + body[place + 1] + body[place] + body[place + 2 :]
            for place in (0, 1, 3, 4, 5)
            if body[place] != body[place + 1]
        ]
        assert all(check_letter(one) != letter for one in wrong)


def test_a_token_is_long_and_only_its_fingerprint_is_kept() -> None:
    one, other = new_token(), new_token()
    assert one != other and len(one) == 32  # 192 bits
    assert fingerprint(one) == fingerprint(one.encode()) and len(fingerprint(one)) == 64


def test_miles_between_two_cities() -> None:
    swansea, cardiff = (51.62, -3.94), (51.48, -3.18)
    assert miles_between(swansea, cardiff) == pytest.approx(34.1, abs=0.1)
    assert miles_between(cardiff, cardiff) == 0
