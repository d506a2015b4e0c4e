"""The telephone numbers of a row: every one that may be taken, once each, and why another may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from alongside.vocabulary.phone import is_premium, phone_key

PREMIUM = "a premium-rate number (09, 087, 070 or 118) is not taken; the service was"
MOST = 12
_BETWEEN = re.compile(r"\s*(?:[,;/\n]|\bor\b|\bneu\b)\s*")


def sort_phones(found: Iterable[tuple[str, str, str]]) -> tuple[tuple[tuple[str, str], ...], list[tuple[str, str]]]:
    """Sort what was found (place, number, words) into what is taken (number, words) and what is not (place, reason)."""
    taken: dict[str, tuple[str, str]] = {}
    refused: list[tuple[str, str]] = []
    for place, number, said in found:
        key = phone_key(number) or number
        if is_premium(number):
            refused.append((place, PREMIUM))
        elif key not in taken and len(taken) == MOST:
            refused.append((place, f"a service keeps at most {MOST} numbers"))
        else:
            taken.setdefault(key, (number, said))
    return tuple(taken.values()), refused


def numbers_in(cell: str) -> Iterator[str]:
    """Give the numbers of one cell of a table, where several may stand; a cell with other words in it stays whole."""
    parts = [part for part in _BETWEEN.split(cell) if part]
    yield from parts if all(sum(char.isdigit() for char in part) >= 5 for part in parts) else [cell]
