"""A feed of Open Referral UK, v3 or v1, page by page, with the details of each service where the list is shallow.

Every row is written down as it comes; nothing is taken in yet. What cannot be read is named with its place, and what can be is kept.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from alongside.exchange.open_referral.reading import CannotRead
from alongside.exchange.open_referral.streaming import LISTS, Row, json_parts
from alongside.exchange.open_referral.taking.asking import NoAnswer, Questions, Stopped, text_of
from alongside.vocabulary.service_entry import LeftOut

PER_PAGE = 50
LONGEST = 16 * 1024 * 1024
"""Of one value of a page, in characters."""
DEEP = frozenset(
    (
        "service_at_locations", "phones", "contacts", "schedules", "regular_schedules", "cost_options", "attributes", "languages",
        "service_areas", "service_taxonomys", "eligibilitys", "accessibility", "holiday_schedules", "fundings", "funding",
    )
)  # fmt: skip
"""What only the details of a service have: a row with none of these is shallow."""
NOT_THERE = frozenset({404, 405, 410, 501})
_TOTALS, _PAGES = ("total_items", "totalElements"), ("total_pages", "totalPages")
_NUMBERS, _LASTS = ("page_number", "number"), ("last_page", "last")


@dataclass
class Fetched:
    """What came of fetching: how many rows, how many the feed says it has, what was wrong."""

    rows: int = 0
    said: int | None = None
    trouble: str = ""
    """A code of `FEED_TROUBLES`; blank when all of it came."""
    problems: list[LeftOut] = field(default_factory=list)
    gave_details: bool = False
    """It answered with the details of a service at least once."""
    lists_are_all: bool = False
    """It never gives details: what its list says is all that it says."""

    def hear(self, trouble: str, problem: LeftOut) -> None:
        """Keep a problem, and the first trouble."""
        self.trouble = self.trouble or trouble
        self.problems.append(problem)


@dataclass(frozen=True)
class _Page:
    rows: list[Row]
    about: dict[str, Any] | None
    """What the page says of itself; nothing of a plain list."""
    fault: str = ""
    """It was cut off, or is no JSON, behind the rows that could be read."""
    read_as: str = ""


def base_of(address: str) -> str:
    """Give the address that `/services` is put behind, whether it was given with that or without."""
    return address.strip().rstrip("/").removesuffix("/services").rstrip("/")


def fetch_pages(
    address: str,
    *,
    is_first_version: bool,
    gives_details: bool,
    questions: Questions,
    keep: Callable[[Row], None],
    heard: Callable[[int], None] = lambda _rows: None,
) -> Fetched:
    """Fetch every page of a feed, and the details of each service of which the list gives only the outlines.

    In:   `gives_details`: it did so before, and a night without them is a fault; `keep` is given each row; `heard` hears after each page how many rows came so far.
    Out:  never refuses: what was wrong stands in it, with the place.
    """
    visit = _Visit(base_of(address), "perPage" if is_first_version else "per_page", questions, keep, heard, gives_details)
    try:
        visit.walk()
    except Stopped as end:
        visit.found.hear(end.trouble, LeftOut("the feed", end.words))
    return visit.found


@dataclass
class _Visit:
    base: str
    per_page: str
    questions: Questions
    keep: Callable[[Row], None]
    heard: Callable[[int], None]
    gives_details: bool
    found: Fetched = field(default_factory=Fetched)
    seen: set[str] = field(default_factory=set)
    lost_pages: int = 0
    lost_details: int = 0
    no_details: int = 0
    """So many services were answered with "there is none" where their details should be."""
    last: int | None = None
    """The number of the last page, when the feed says it."""

    def walk(self) -> None:
        number = 1
        while True:
            if number > self.questions.limits.pages:
                raise Stopped("too_much", f"more than {self.questions.limits.pages:,} pages")
            page = self._page(number)
            if page is None:
                if self._is_past(number):
                    break
            elif not self._take(page, number):
                break
            number += 1
            self.heard(self.found.rows)
        self._look_back()

    def _page(self, number: int) -> _Page | None:
        """Ask for a page; nothing when it could not be read at all, which is then said."""
        read: list[_Page] = []

        def check(body: bytes) -> None:
            read.append(_read(body, f"page {number}"))
            if read[-1].fault:
                raise NoAnswer(read[-1].fault, 200)

        try:
            self.questions.ask(f"{self.base}/services?page={number}&{self.per_page}={PER_PAGE}", check)
        except NoAnswer as fault:
            best = max(read, key=lambda one: len(one.rows), default=None)
            if number > 1 and fault.status == 404 and self.last is None:
                self.last = number - 1
                return None
            if number == 1 and not (best and best.rows):
                raise Stopped(fault.trouble, fault.words) from None
            self.lost_pages += 1
            self.found.hear("cut_off", LeftOut(f"page {number}", fault.words))
            if self.lost_pages > self.questions.limits.lost_pages:
                raise Stopped("cut_off", f"more than {self.questions.limits.lost_pages} pages could not be read") from None
            return best if best and best.rows else None
        return read[-1]

    def _is_past(self, number: int) -> bool:
        return self.last is not None and number >= self.last

    def _take(self, page: _Page, number: int) -> bool:
        """Keep the rows of a page. Out: whether another page may follow."""
        if page.read_as:
            self.found.problems.append(LeftOut(f"page {number}", f"it is not UTF-8; it is read as {page.read_as}"))
        self._hear_about(page.about, number)
        if not page.rows:
            return bool(page.fault)
        keys = [_key(row.value) for row in page.rows]
        if number > 1 and all(key and key in self.seen for key in keys):
            return self._again(page, number)
        for row, key in zip(page.rows, keys, strict=True):
            self._keep(row, key, number)
        return not self._is_past(number) and (page.about is not None or len(page.rows) == PER_PAGE)

    def _hear_about(self, about: dict[str, Any] | None, number: int) -> None:
        if about is None:
            return
        said = _first_whole(about, _TOTALS)
        self.found.said = said if said is not None else self.found.said
        pages = _first_whole(about, _PAGES)
        if pages is not None:
            self.last = pages
        elif any(about.get(name) is True for name in _LASTS):
            self.last = number

    def _again(self, page: _Page, number: int) -> bool:
        """A page that gives nothing new is the end: by itself where a feed knows no pages, else as a fault."""
        own = _first_whole(page.about or {}, _NUMBERS)
        if page.about is not None and (own is None or own >= number):
            self.found.hear("repeats", LeftOut(f"page {number}", "it gives nothing that the pages before did not"))
        return False

    def _keep(self, row: Row, key: str, number: int) -> None:
        if self.found.rows >= self.questions.limits.services:
            raise Stopped("too_much", f"more than {self.questions.limits.services:,} services")
        place = f"page {number}, {row.place}"
        value, is_partial = row.value, False
        if key and key not in self.seen and isinstance(value, dict) and DEEP.isdisjoint(value):
            value, is_partial = self._with_details(value, key, place)
        if key:
            self.seen.add(key)
        self.found.rows += 1
        self.keep(Row(place, value, row.oddities, is_partial))

    def _with_details(self, row: dict[str, Any], key: str, place: str) -> tuple[dict[str, Any], bool]:
        """Ask for the details of a service. Out: the row with them, or as it stood, and whether they are missing."""
        if self.lost_details >= self.questions.limits.lost_details:
            return row, True
        read: list[dict[str, Any]] = []

        def check(body: bytes) -> None:
            page = _read(body, "its details", lists=())
            found = page.about if page.about is not None else (page.rows[0].value if len(page.rows) == 1 else None)
            if page.fault:
                raise NoAnswer(page.fault, 200)
            if not isinstance(found, dict) or _key(found).lower() != key.lower():
                raise NoAnswer("its details are those of another, or none", 200)
            read.append(found)

        try:
            self.questions.ask(f"{self.base}/services/{quote(key[:200], safe='')}", check)
        except NoAnswer as fault:
            self.lost_details += 1
            if fault.status in NOT_THERE and not self.gives_details:
                self.no_details += 1
            else:
                self.found.hear("cut_off", LeftOut(place, f"its details could not be read: {fault.words}"))
            if self.lost_details == self.questions.limits.lost_details:
                self.found.problems.append(LeftOut(place, "no more details were asked for: too many could not be read"))
            return row, True
        self.lost_details, self.gives_details, self.found.gave_details = 0, True, True
        return {**row, **{name: value for name, value in read[-1].items() if value is not None}}, False

    def _look_back(self) -> None:
        """Compare what came with what the feed says it has, and say where details are missing."""
        if self.no_details and not self.found.gave_details:
            self.found.lists_are_all = not self.found.trouble
            self.found.problems.append(LeftOut("the feed", "it gives no details of a service: what its list says was taken"))
        elif self.no_details:
            self.found.hear("cut_off", LeftOut("the feed", f"details of {self.no_details:,} services were not there"))
        if not self.found.rows:
            self.found.hear("empty", LeftOut("the feed", "it gave no service"))
        elif self.found.said is not None and len(self.seen) < self.found.said:
            self.found.hear(
                "shorter", LeftOut("the feed", f"it says that it has {self.found.said:,} services, and gave {len(self.seen):,}")
            )


def _read(body: bytes, name: str, *, lists: tuple[str, ...] = LISTS) -> _Page:
    """Read a page as far as it goes."""
    text, read_as = text_of(body)
    if text.lstrip()[:1] == "<":
        return _Page([], None, "a web page (or XML) is answered, and no JSON")
    rows: list[Row] = []
    about: dict[str, Any] | None = None
    try:
        for row in json_parts(io.StringIO(text), name, longest=LONGEST, lists=lists):
            if row.place:
                rows.append(row)
            elif isinstance(row.value, dict):
                about = row.value
            else:
                return _Page([], None, "it is no list of services", read_as)
    except CannotRead as fault:
        return _Page(rows, about, str(fault).rstrip("."), read_as)
    if about is not None and not rows and not any(name in about for name in (*LISTS, "id")):
        return _Page([], about, "it is no list of services", read_as)
    return _Page(rows, about, read_as=read_as)


def _key(value: Any) -> str:
    key = value.get("id") if isinstance(value, dict) else None
    return str(key).strip() if isinstance(key, (str, int)) and not isinstance(key, bool) else ""


def _first_whole(about: dict[str, Any], names: tuple[str, ...]) -> int | None:
    for name in names:
        value = about.get(name)
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9:
            return value
    return None
