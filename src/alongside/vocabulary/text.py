"""Cleaning of what was typed: control characters go, emoji and right-to-left writing stay; and numbers within bounds."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""The categories Cc and Cs of Unicode, without the tab and the line end."""
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WHOLE = re.compile("-?[0-9]{1,18}")
_BIDI_OVERRIDES = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))


def clean(text: str) -> str:
    """Drop control characters and text-direction overrides, make line ends one kind, trim the ends."""
    text = _LINE_ENDS.sub("\n", text).translate(_BIDI_OVERRIDES)
    return _CONTROLS.sub("", text).strip()


def first_line(text: str, length: int = 120) -> str:
    """Give the first line, cut at a word with an ellipsis when it is longer."""
    line = text.strip().split("\n", 1)[0]
    if len(line) <= length:
        return line
    return line[:length].rsplit(" ", 1)[0] + "…"


def sentences(*parts: str) -> str:
    """Put what is there one after the other, each with a full stop where it has no end of its own."""
    said = (part.strip() for part in parts)
    return " ".join(part if part.endswith((".", "!", "?", "…")) else f"{part}." for part in said if part)


def whole_number(written: object) -> int:
    """Read a whole number that travelled in an address and that a database can hold; ValueError for anything else."""
    if not _WHOLE.fullmatch(str(written)):
        raise ValueError("not a whole number of eighteen digits or fewer")
    return int(str(written))
