"""Whether two entries of different sources speak of one service: reached in the same way, and called alike.

Ours; neither is enough by itself: a charity has one telephone for all that it does, and "Carers' group" is a name in every town.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from alongside.vocabulary.need_words import words_of
from alongside.vocabulary.phone import phone_key

ALIKE, ALIKE_THERE = 0.75, 0.5
"""So much of two names must be the same, and so much when both are met at one postcode."""
_LITTLE = frozenset(
    [
        "the",
        "and",
        "of",
        "for",
        "in",
        "at",
        "to",
        "on",
        "with",
        "cic",
        "ltd",
        "limited",
        "uk",
        "service",
        "services",
        "group",
        "project",
        "a",
        "y",
        "yr",
        "yn",
        "ar",
        "i",
        "o",
    ]
)


def ways_to_reach(phones: Iterable[str], url: str, email: str) -> set[str]:
    """Give what an entry is reached by, each in one form: telephone numbers, the web address, the e-mail address."""
    found = {f"t:{key}" for number in phones if (key := phone_key(number))}
    if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email.strip()):
        found.add(f"e:{email.strip().lower()}")
    if page := _page(url):
        found.add(f"w:{page}")
    return found


def likeness(one: str, other: str, *, is_at_one_postcode: bool) -> float:
    """Give how alike two names are, from 0 to 1; 0 when they are not alike enough to mean one service."""
    first, second = _name_words(one), _name_words(other)
    if not first or not second:
        return 0.0
    alike = len(first & second) / len(first | second)
    return alike if alike >= (ALIKE_THERE if is_at_one_postcode else ALIKE) else 0.0


def _name_words(name: str) -> frozenset[str]:
    every = frozenset(words_of(name))
    return every - _LITTLE or every


def _page(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    return f"{host}{parts.path.rstrip('/')}" if "." in host else ""
