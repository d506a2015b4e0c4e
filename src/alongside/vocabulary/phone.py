"""Telephone numbers: one key to find them by, whatever way they are written."""

from __future__ import annotations

import re
import unicodedata

_EXTENSION = re.compile(r"\s*(?:ext(?:ension|n)?\b|est(?:yniad)?\b|x(?=\s*\d)|#)", re.IGNORECASE)
"""What follows is dialled inside a building and finds nobody: "ext 12", "x12", Welsh "est 12"."""


def phone_key(text: str) -> str:
    """Give the last ten digits (the national number), or nothing when there are too few to mean anybody."""
    digits = _digits(_EXTENSION.split(text, maxsplit=1)[0])
    return digits[-10:] if len(digits) >= 10 else ""


def is_callable(text: str) -> bool:
    """Tell whether this could be dialled: digits, spaces, + and brackets, at least three digits."""
    return bool(re.fullmatch(r"[\d\s()+\-./]{3,40}", text.strip())) and sum(char.isdigit() for char in text) >= 3


def is_premium(text: str) -> bool:
    """Tell whether a number begins with 09 or 070 however it is written, which nobody in distress should be sent to.

    Source: trust.md C18.
    """
    national = re.sub(r"^(?:0044|44)0?", "0", _digits(text))
    return national.startswith(("09", "070"))


def _digits(text: str) -> str:
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
