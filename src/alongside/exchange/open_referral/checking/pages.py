"""The pages of one list: whether each says the truth about itself, and whether together they hold everything once."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from alongside.exchange.open_referral.checking.findings import Findings, under
from alongside.exchange.open_referral.shapes import PAGE

MOST_IDS = 1_000_000
"""So many ids of one list are remembered: a directory of a country has fewer."""


@dataclass
class Ids:
    """The ids of one list, so that one that comes again is known; each is kept in eight bytes."""

    seen: set[bytes] = field(default_factory=set)

    def is_new(self, key: Any) -> bool:
        """Remember an id; tell whether it was not there before."""
        if not isinstance(key, str) or len(self.seen) >= MOST_IDS:
            return True
        mark = _mark(key)
        is_new = mark not in self.seen
        self.seen.add(mark)
        return is_new

    def has(self, key: str) -> bool:
        """Tell whether an id was there."""
        return _mark(key) in self.seen


@dataclass
class List:
    """What is known of one list while its pages are read."""

    name: str
    ids: Ids = field(default_factory=Ids)
    rows: int = 0
    pages: int = 0
    size: int = 0
    """How many stood on the first page."""
    total: int | None = None
    ended: bool = False


def check_envelope(page: dict[str, Any], held: int, place: str, so_far: List, findings: Findings, *, asked: int | None) -> None:
    """Compare what a page says about itself with the rows it holds.

    In:  everything of the page but its rows, how many those are, and the number that was asked for, when one was.
    """
    values: dict[str, Any] = {}
    for name, field_ in PAGE.items():
        here, value = under(place, name), page.get(name)
        wanted = isinstance(value, bool) if field_.kind == "yes or no" else isinstance(value, int) and not isinstance(value, bool)
        if name not in page:
            findings.hear("page-incomplete", here, f"a page says {name}")
        elif not wanted:
            findings.hear(
                "page-member", here, "true or false belongs here" if field_.kind == "yes or no" else "a whole number belongs here"
            )
        else:
            values[name] = value
    _compare(values, held, place, so_far, findings, asked)
    so_far.pages += 1
    so_far.size = so_far.size or held
    so_far.rows += held
    so_far.total = values.get("total_items", so_far.total)
    so_far.ended = values.get("last_page", False)


def _compare(said: dict[str, Any], held: int, place: str, so_far: List, findings: Findings, asked: int | None) -> None:
    def at(name: str) -> str:
        return under(place, name)

    total, pages, number = said.get("total_items"), said.get("total_pages"), said.get("page_number")
    if "size" in said and said["size"] != held:
        findings.hear("page-size", at("size"), f"it says {said['size']}, and {held} stand on the page")
    if "empty" in said and said["empty"] != (held == 0):
        findings.hear("page-empty", at("empty"), f"it says {_yes(said['empty'])}, and {held} stand on the page")
    if total is not None and total < held:
        findings.hear("page-total", at("total_items"), f"it says {total}, and {held} stand on this page alone")
    if so_far.total is not None and total is not None and total != so_far.total:
        findings.hear("page-total", at("total_items"), f"it says {total}, and the page before said {so_far.total}")
    if asked is not None and number is not None and number != asked:
        findings.hear("page-number", at("page_number"), f"it says {number}, and page {asked} was asked for")
    page = asked or number
    is_last = said.get("last_page")
    if page is not None and "first_page" in said and said["first_page"] != (page == 1):
        findings.hear("page-ends", at("first_page"), f"it says {_yes(said['first_page'])} on page {page}")
    if page is not None and pages is not None and is_last is not None and is_last != (page >= pages):
        findings.hear("page-ends", at("last_page"), f"it says {_yes(is_last)} on page {page} of {pages}")
    # How many stand on a full page: what the first page held, unless it was the last as well.
    full = so_far.size or (held if page == 1 else 0)
    if total and pages is not None and full:
        needed = -(-total // full)
        if pages != needed:
            findings.hear("page-count", at("total_pages"), f"it says {pages}, and {total} of {full} on a page make {needed}")
    if total == 0 and pages is not None and pages > 1:
        findings.hear("page-count", at("total_pages"), f"it says {pages} pages of nothing")
    if so_far.size and held < so_far.size and page is not None and pages is not None and page < pages:
        findings.hear(
            "page-cut", at("contents"), f"{held} stand on page {page} of {pages}, where {so_far.size} stood on the first"
        )


def check_whole(so_far: List, place: str, findings: Findings) -> None:
    """Compare what all pages held with what they said, once the last has been read."""
    if so_far.total is not None and so_far.rows != so_far.total:
        findings.hear("page-total", place, f"total_items says {so_far.total}, and all {so_far.pages} pages hold {so_far.rows}")


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _mark(key: str) -> bytes:
    return blake2b(key.lower().encode("utf-8", "replace"), digest_size=8).digest()
