"""NHS numbers, telephones, postcodes, addresses and codes as people write them: tables of what came and what is read."""

from __future__ import annotations

import pytest

from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.nhs_number import read_nhs_number, spaced
from alongside.vocabulary.ods import is_ods_shape
from alongside.vocabulary.phone import is_callable, is_premium, phone_key
from alongside.vocabulary.postcode import outcode, tidy


@pytest.mark.parametrize(
    ("received", "digits", "problem"),
    [
        ("943 476 5919", "9434765919", ""),
        ("943-476-5919", "9434765919", ""),
        ("９４３４７６５９１９", "9434765919", ""),
        ("٩٤٣٤٧٦٥٩١٩", "9434765919", ""),
        ("943 476 59l9", "9434765919", ""),
        ("943 476 59I9", "9434765919", ""),
        ("4O1 O23 2137", "4010232137", ""),
        ("NHS No: 943 476 5919", "9434765919", ""),
        ("943 476 5918", "9434765918", "check_digit"),
        ("9999999999", "9999999999", "placeholder"),
        ("OOOO000000", "0000000000", "placeholder"),
        ("94347659190", "94347659190", "wrong_length"),
        ("not known", "", "wrong_length"),
        ("", "", "wrong_length"),
    ],
)
def test_an_nhs_number_is_read_and_what_came_is_kept(received: str, digits: str, problem: str) -> None:
    number = read_nhs_number(received)
    assert (number.as_received, number.digits, number.problem, number.is_valid) == (received, digits, problem, not problem)


def test_an_nhs_number_is_written_as_it_is_read_aloud() -> None:
    assert (spaced("9434765919"), spaced("12345")) == ("943 476 5919", "12345")


@pytest.mark.parametrize(
    ("text", "key", "premium"),
    [
        ("01632 960123", "1632960123", False),
        ("+44 (0)1632 960123", "1632960123", False),
        ("0044 1632 960123", "1632960123", False),
        ("٠١٦٣٢٩٦٠١٢٣", "1632960123", False),
        ("01632 960123 ext 12", "1632960123", False),
        ("01632 960123 x12", "1632960123", False),
        ("01632 960123 est 12", "1632960123", False),
        ("111", "", False),
        ("85258", "", False),
        ("0906 555 0123", "9065550123", True),
        ("0044 906 555 0123", "9065550123", True),
        ("+44 (0)906 555 0123", "9065550123", True),
        ("+44 70 1234 5678", "7012345678", True),
        ("07012 345678", "7012345678", True),
        ("07700 900123", "7700900123", False),
        ("0870 496 0123", "8704960123", True),
        ("0044 (0)871 496 0123", "8714960123", True),
        ("0844 496 0123", "8444960123", False),
        ("0800 496 0123", "8004960123", False),
        ("118 500", "", True),
        ("+44 118500", "", True),
        ("0118 496 0123", "1184960123", False),
        ("+44 118 496 0123", "1184960123", False),
    ],
)
def test_a_telephone_has_one_key_however_it_is_written_and_a_premium_one_is_seen(text: str, key: str, premium: bool) -> None:
    assert (phone_key(text), is_premium(text)) == (key, premium)


@pytest.mark.parametrize(
    ("text", "can"), [("111", True), ("+44 (0)1632 960123", True), ("ask at the desk", False), ("12", False)]
)
def test_what_can_be_dialled(text: str, can: bool) -> None:
    assert is_callable(text) is can


@pytest.mark.parametrize(
    ("text", "tidied", "first_half"),
    [
        ("sa11aa", "SA1 1AA", "SA1"),
        (" SW1A1AA ", "SW1A 1AA", "SW1A"),
        ("sa1", "sa1", "SA1"),
        ("SA1\u00a01AA", "SA1 1AA", "SA1"),
        ("by the park", "by the park", ""),
    ],
)
def test_a_postcode_is_tidied_or_kept_as_it_came(text: str, tidied: str, first_half: str) -> None:
    assert (tidy(text), outcode(text)) == (tidied, first_half)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("a@b.cymru", True),
        ("ŵ@b.wales", True),
        ("a@b", False),
        ("a b@c.de", False),
        ("a@b.com\nBcc:x@y.de", False),
        ("<a@b.de>", False),
        ("", False),
    ],
)
def test_the_shape_of_an_address(text: str, is_one: bool) -> None:
    assert is_email(text) is is_one


@pytest.mark.parametrize(("text", "is_one"), [("W98010", True), ("RYX", True), ("A8", False), ("ryx", False), ("RYX\n", False)])
def test_the_shape_of_an_ods_code(text: str, is_one: bool) -> None:
    assert is_ods_shape(text) is is_one
