"""NHS numbers as received, with whether the check digit holds (modulus 11). Source: NHS Data Dictionary, NHS NUMBER."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import nhs_number as library


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """A number as it came, its ten digits when there are ten, and what is wrong with it."""

    as_received: str
    digits: str
    is_valid: bool
    problem: str
    """wrong_length, check_digit, or nothing."""


def read_nhs_number(text: str) -> NhsNumber:
    """Read a number as people write it: spaces, dashes, digits of any script, the letter O for nought."""
    plain = unicodedata.normalize("NFKC", text).upper().replace("O", "0")
    digits = "".join(str(unicodedata.decimal(char)) for char in plain if char.isdecimal())
    if len(digits) != 10:
        return NhsNumber(text, digits, False, "wrong_length")
    valid = bool(library.is_valid(digits))
    return NhsNumber(text, digits, valid, "" if valid else "check_digit")


def spaced(digits: str) -> str:
    """Write ten digits as 3, 3 and 4, the way they are read aloud."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else digits
