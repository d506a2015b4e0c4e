"""Telephone numbers: one key to find them by, whatever way they are written."""

from __future__ import annotations

import re
import unicodedata

_EXTENSION = re.compile(r"\s*(?:ext(?:ension|n)?\b|est(?:yniad)?\b|x(?=\s*\d)|#)", re.IGNORECASE)
"""What follows is dialled inside a building and finds nobody: "ext 12", "x12", Welsh "est 12"."""

_AMONG_WORDS = re.compile(r"(?<![\w/.-])\+?\(?[0-9][0-9 ()-]{4,20}[0-9](?![\w/-])")
"""What may be a telephone number in a sentence."""


def phone_key(text: str) -> str:
    """Give the last ten digits (the national number), or nothing when there are too few to mean anybody."""
    digits = _digits(_EXTENSION.split(text, maxsplit=1)[0])
    return digits[-10:] if len(digits) >= 10 else ""


def is_callable(text: str) -> bool:
    """Tell whether this could be dialled: digits, spaces, + and brackets, at least three digits."""
    return bool(re.fullmatch(r"[\d\s()+\-./]{3,40}", text.strip())) and sum(char.isdigit() for char in text) >= 3


def is_premium(text: str) -> bool:
    """Tell whether calling it costs a charge that goes to whoever is called, however it is written: nobody is sent to one.

    That is 09 (premium rate), 087 (a service charge of up to 13p a minute), 118 (directory enquiries) and 070 (personal numbers, which
    look like a mobile's). 084 (up to 7p) is taken: surgeries and helplines still have it.
    Source: trust.md C18; Ofcom, National Telephone Numbering Plan, Parts A and C (designations of 070, 084, 087, 09, 118; unbundled
    tariff numbers since 1 July 2015). 0118 is Reading.
    """
    digits = _digits(_EXTENSION.split(text, maxsplit=1)[0])
    national = re.sub(r"^(?:0044|44)0?", "0", digits)
    return national.startswith(("09", "087", "070")) or re.fullmatch(r"(?:(?:00)?44)?118[0-9]{3}", digits) is not None


def premium_in(text: str) -> str:
    """Give the first premium number that stands among other words, or nothing."""
    return next((found for found in _AMONG_WORDS.findall(text) if is_premium(found)), "")


def _digits(text: str) -> str:
    if text.isascii():
        return "".join([char for char in text if "0" <= char <= "9"])
    return "".join(str(unicodedata.decimal(char)) for char in text if char.isdecimal())
