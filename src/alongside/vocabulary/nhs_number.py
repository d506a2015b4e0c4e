"""NHS numbers as received, with whether the check digit holds (modulus 11). Source: NHS Data Dictionary, NHS NUMBER."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from nhs_number.validate import is_valid

_SLIPS = re.compile(r"(?<![^\W_])[\dOIL]*\d[\dOIL]*(?![^\W_])", re.IGNORECASE)
"""A run of digits in which letters stand for digits; the letters of a word such as "No" stay letters."""
_MEANT = str.maketrans("OIL", "011")


@dataclass(frozen=True, slots=True)
class NhsNumber:
    """A number as it came, its ten digits when there are ten, and what is wrong with it."""

    as_received: str
    digits: str
    is_valid: bool
    problem: str
    """wrong_length, check_digit, placeholder (one digit ten times, which fills a gap and is nobody's), or nothing."""


def read_nhs_number(text: str) -> NhsNumber:
    """Read a number as people write it: spaces, dashes, words before it, digits of any script, O for nought and I or l for one."""
    plain = _SLIPS.sub(lambda run: run[0].upper().translate(_MEANT), unicodedata.normalize("NFKC", text))
    digits = "".join(str(unicodedata.decimal(char)) for char in plain if char.isdecimal())
    if len(digits) != 10:
        return NhsNumber(text, digits, False, "wrong_length")
    if len(set(digits)) == 1:  # every such number passes modulus 11
        return NhsNumber(text, digits, False, "placeholder")
    valid = bool(is_valid(digits))
    return NhsNumber(text, digits, valid, "" if valid else "check_digit")


def spaced(digits: str) -> str:
    """Write ten digits as 3, 3 and 4, the way they are read aloud."""
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == 10 else digits
