"""Postcodes: kept as received, written tidily when they have the right shape. Source: Royal Mail PAF, BS7666 shape."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")
_OUTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?")


def tidy(text: str) -> str:
    """Write a postcode as "SA1 1AA" when it has the shape of one, and otherwise give it back as it came."""
    found = _SHAPE.fullmatch(text.strip().upper())
    return f"{found[1]} {found[2]}" if found else text.strip()


def outcode(text: str) -> str:
    """Give the first half of a postcode, or an outcode that was typed alone, or nothing."""
    plain = text.strip().upper()
    found = _SHAPE.fullmatch(plain)
    return found[1] if found else (plain if _OUTCODE.fullmatch(plain) else "")
