"""A page of a list goes on from where the one before ended; nonsense in the address is the first page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qs

import pytest

from alongside.vocabulary.list_ends import page_after, read_end

MOMENT = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)


@pytest.mark.parametrize("end", [(date(2026, 3, 2), 7), (MOMENT, 7), (3, MOMENT, 7), (0,)])
def test_what_is_written_is_read_again(end: tuple[Any, ...]) -> None:
    [written] = parse_qs(page_after(*end).removeprefix("?"))["after"]
    assert read_end(written, *map(type, end)) == end


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    east = MOMENT.astimezone(timezone(timedelta(hours=9)))
    assert read_end(f"{east.isoformat()}_1", datetime, int) == (MOMENT, 1)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "_",
        "x",
        "2026-03-02",
        "2026-03-02_",
        "2026-03-02_--1",
        f"2026-03-02_{'9' * 40}",
        "2026-02-30_1",
        "2026-03-02_1_1",
        "2026-03-02_\u0663",
    ],
)
def test_nonsense_is_the_first_page(written: str) -> None:
    assert read_end(written, date, int) is None


@pytest.mark.parametrize("written", ["2026-03-02T09:30:00_1", "0001-01-01T00:00:00+14:00_1", "9999-12-31T23:59:59-12:00_1"])
def test_a_moment_without_a_zone_or_out_of_time_is_the_first_page(written: str) -> None:
    assert read_end(written, datetime, int) is None
