"""How the report of a scan is judged (tests/support/scan.py): what it found, what broke, and whether it saw enough."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import scan

WALK = scan.Walk("somebody", "", 2, ("/support/",))
LOG = [
    '[2026-03-02 09:30:00 +0000] 127.0.0.1 - "GET / HTTP/1.1" 200 5.2',
    '[2026-03-02 09:30:01 +0000] 127.0.0.1 - "GET /support/?place=x HTTP/1.1" 200 5.2',
    '[2026-03-02 09:30:02 +0000] 127.0.0.1 - "GET /support/?place=%27 HTTP/1.1" 200 5.2',
    '[2026-03-02 09:30:03 +0000] 127.0.0.1 - "POST /ask/ HTTP/1.1" 302 5.2',
    '[2026-03-02 09:30:04 +0000] 127.0.0.1 - "GET /static/a.css HTTP/1.1" 200 5.2',
    '[2026-03-02 09:30:05 +0000] 127.0.0.1 - "GET /nothing/ HTTP/1.1" 404 5.2',
    "a line of something else",
]


def report(level: int | None = None, kind: str = "vulnerabilities", path: str = "/support/") -> dict[str, Any]:
    found = {"method": "GET", "path": path, "parameter": "place", "info": "made up", "level": level}
    return {"vulnerabilities": {}, "anomalies": {}, kind: {"A fault": [] if level is None else [found]}}


def test_what_was_seen_is_counted_from_what_the_server_answered() -> None:
    seen = scan.judge(WALK, report(), LOG)
    assert (seen.asked, seen.pages, seen.forms, seen.well) == (6, 2, 1, True)


def test_a_scan_that_saw_too_little_fails() -> None:
    seen = scan.judge(WALK, report(), LOG[:1])
    assert (seen.findings, seen.too_little, seen.well) == ([], True, False)


def test_a_scan_of_a_worker_that_never_got_in_fails() -> None:
    """Shown to fail once for real: the cookie was not sent, and the walk saw as many pages as a stranger sees."""
    seen = scan.judge(scan.Walk("a worker", "Somebody", 2, ("/support/", "/people/")), report(), LOG)
    assert (seen.missed, seen.well) == (["/people/"], False)


@pytest.mark.parametrize("kind", ["vulnerabilities", "anomalies"])
@pytest.mark.parametrize(("level", "well"), [(0, True), (1, True), (2, False), (3, False), (4, False)])
def test_from_medium_weight_on_a_finding_fails(level: int, well: bool, kind: str) -> None:
    seen = scan.judge(WALK, report(level, kind), LOG)
    assert (seen.well, len(seen.findings), len(seen.lesser)) == (well, int(not well), int(well))


def test_an_answer_that_says_the_server_broke_fails_whatever_the_scanner_makes_of_it() -> None:
    seen = scan.judge(WALK, report(), [*LOG, '127.0.0.1 - "POST /ask/ HTTP/1.1" 500 5.2'])
    assert (seen.broke, seen.well) == (["500 POST /ask/"], False)


def test_a_finding_is_explained_only_where_the_explanation_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "EXPLAINED", {("A fault", "/support/"): "made up for this test"})
    assert scan.judge(WALK, report(3), LOG).well
    assert not scan.judge(WALK, report(3, path="/people/"), LOG).well


def test_whatever_is_explained_has_a_reason() -> None:
    assert all(len(why) > 15 for why in scan.EXPLAINED.values())
