"""Telephone numbers: one key to find them by, whatever way they are written."""

from __future__ import annotations

import re
import unicodedata


def phone_key(text: str) -> str:
    """Give the last ten digits (the national number), or nothing when there are too few to mean anybody."""
    digits = "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
    return digits[-10:] if len(digits) >= 10 else ""


def is_callable(text: str) -> bool:
    """Tell whether this could be dialled: digits, spaces, + and brackets, at least three digits."""
    return bool(re.fullmatch(r"[\d\s()+\-./]{3,40}", text.strip())) and sum(char.isdigit() for char in text) >= 3


def is_premium(text: str) -> bool:
    """Tell whether a number begins with 09 or 070, which nobody in distress should be sent to (trust.md C18)."""
    digits = re.sub(r"\D", "", text)
    digits = "0" + digits[2:] if digits.startswith("44") else digits
    return digits.startswith(("09", "070"))
