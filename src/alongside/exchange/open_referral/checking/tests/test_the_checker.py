"""What the checker says of feeds: each rule with the place and the reason, pages that lie, and feeds that would break a reader.

Shown to fail: with `_compare` doing nothing, with `RecursionError` not taken in `streaming.py`, and with LISTED left out of `hear`.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alongside.connections.addresses import NotAllowedOut
from alongside.connections.outgoing import Answered, NotReached, Outgoing
from alongside.exchange.open_referral.checking.asking import Bounds, check_address, the_way_out
from alongside.exchange.open_referral.checking.findings import LISTED, Findings
from alongside.exchange.open_referral.checking.reading import check_path
from alongside.exchange.open_referral.checking.report import lines
from alongside.exchange.open_referral.checking.rules import FAIL, RULES, WARN

ORGANISATION = {"id": "d9d5e0f5-d3ce-4f73-9a2f-4dd0ecc6c610", "name": "A charity", "description": "It helps."}
SHORT: dict[str, Any] = {
    "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Walk", "status": "active", "description": "A walk.",
    "organization": ORGANISATION,
}  # fmt: skip
WHOLE: dict[str, Any] = SHORT | {"phones": [{"id": "ac148810-d857-441c-9679-408f346de14c", "number": "01632 960000"}]}
TERM = {"id": "3f7b145d-84af-42d7-8fae-eaca714b02b2", "name": "grief", "description": "Grief."}
TAXONOMY = {"id": "5c4d79d7-cc55-470e-9f1f-8cad074e4892", "name": "Needs", "description": "Needs.", "taxonomy_terms": [TERM]}
ROOT = {"version": "HSDS-UK-3.0", "profile": "https://profile.example/", "openapi_url": "https://profile.example/openapi.json"}
PLACE = {
    "id": "e94c9f38-1e8f-4564-91d4-d53501ab1765",
    "location": {"id": "3a19ff88-4620-4d17-9830-ac1d859eb5d5", "location_type": "physical"},
}
ADDRESS = {
    "id": "3a19ff88-4620-4d17-9830-ac1d859eb5d6", "address_1": "1 Made-up Row", "city": "Town", "state_province": "County",
    "postal_code": "ZZ1 1AA", "country": "GB", "address_type": "physical",
}  # fmt: skip


def page(rows: list[Any], **said: Any) -> dict[str, Any]:
    whole = {
        "total_items": len(rows), "total_pages": 1, "page_number": 1, "size": len(rows), "first_page": True, "last_page": True,
        "empty": not rows, "contents": rows,
    }  # fmt: skip
    return whole | said


def of(number: int, **said: Any) -> dict[str, Any]:
    return SHORT | {"id": f"ac148810-d857-441c-9679-{number:012d}"} | said


def checked(folder: Path, document: Any, name: str = "feed.json") -> Findings:
    (folder / name).write_text(document if isinstance(document, str) else json.dumps(document))
    return check_path(folder / name)


def said(findings: Findings) -> list[tuple[str, str, str]]:
    return [(one.rule, one.level, one.place) for one in findings.listed]


def test_a_good_page_and_a_good_service_pass(tmp_path: Path) -> None:
    assert said(checked(tmp_path, page([SHORT, of(2)]))) == []
    assert said(checked(tmp_path, WHOLE)) == []
    assert checked(tmp_path, [WHOLE]).verdict == "pass"
    assert checked(tmp_path, ROOT).verdict == "pass"


ONE_RULE: dict[str, tuple[Any, str, str, str]] = {
    "a web page": ("<!DOCTYPE html><html></html>", "json", FAIL, ""),
    "a name twice": (json.dumps(WHOLE).replace('"name"', '"name": "a", "name"', 1), "json-odd", WARN, ""),
    "nothing of the profile": ({"colour": "blue"}, "unknown-document", WARN, ""),
    "no object": (WHOLE | {"organization": "A charity"}, "object", FAIL, "organization"),
    "no list": (WHOLE | {"schedules": {}}, "list", FAIL, "schedules"),
    "no name": ({name: value for name, value in WHOLE.items() if name != "name"}, "required", FAIL, "name"),
    "null": (WHOLE | {"url": None}, "type", FAIL, "url"),
    "an empty name": (WHOLE | {"name": " "}, "empty", WARN, "name"),
    "an id that is no UUID": (WHOLE | {"id": "1"}, "format-uuid", FAIL, "id"),
    "half an address": (WHOLE | {"url": "www.example.org"}, "format-uri", FAIL, "url"),
    "no e-mail address": (WHOLE | {"email": "nobody"}, "format-email", FAIL, "email"),
    "no moment": (WHOLE | {"last_modified": "2026-02-30T10:00:00Z"}, "format-date-time", FAIL, "last_modified"),
    "no date": (WHOLE | {"assured_date": "1/2/2026"}, "format-date", WARN, "assured_date"),
    "no time": (WHOLE | {"schedules": [{"id": ADDRESS["id"], "opens_at": "25:00"}]}, "format-time", WARN, "schedules[0].opens_at"),
    "an e-mail address inside a house": (WHOLE | {"email": "a@b"}, "odd-email", WARN, "email"),
    "an address that is no page": (WHOLE | {"url": "mailto:a@b.example"}, "odd-uri", WARN, "url"),
    "a status of their own": (WHOLE | {"status": "open"}, "one-of", FAIL, "status"),
    "beyond the pole": (PLACE | {"location": PLACE["location"] | {"latitude": 100}}, "on-earth", WARN, "location.latitude"),
    "ages the wrong way": (WHOLE | {"minimum_age": 18, "maximum_age": 11}, "ages", WARN, "minimum_age"),
    "days the wrong way": (
        WHOLE | {"cost_options": [{"id": ADDRESS["id"], "valid_from": "2026-02-01", "valid_to": "2026-01-01"}]},
        "dates-in-order", WARN, "cost_options[0].valid_to",
    ),
    "half a postcode": (
        PLACE | {"location": PLACE["location"] | {"addresses": [ADDRESS | {"postal_code": "ZZ1"}]}},
        "postcode", WARN, "location.addresses[0].postal_code",
    ),
    "another organisation than beside it": (WHOLE | {"organization_id": TERM["id"]}, "inner-reference", WARN, "organization_id"),
    "a part of another service": (
        WHOLE | {"schedules": [{"id": ADDRESS["id"], "service_id": TERM["id"]}]}, "inner-reference", WARN, "schedules[0].service_id",
    ),
    "a telephone without a number": (WHOLE | {"phones": [{"id": ADDRESS["id"]}]}, "required", WARN, "phones[0].number"),
    "a hollow service": (SHORT | {"url": "https://a.example"}, "shallow", WARN, ""),
    "an id twice": (page([SHORT, SHORT]), "id-twice", FAIL, "contents[1].id"),
    "a page that does not say": ({name: value for name, value in page([SHORT]).items() if name != "size"}, "page-incomplete", WARN, "size"),
    "a page that says it in words": (page([SHORT], size="one"), "page-member", FAIL, "size"),
    "a size that is none": (page([SHORT], size=2), "page-size", FAIL, "size"),
    "not empty": (page([SHORT], empty=True), "page-empty", FAIL, "empty"),
    "too many pages": (page([SHORT], total_pages=2, last_page=False), "page-count", FAIL, "total_pages"),
    "not the last page": (page([SHORT], last_page=False), "page-ends", FAIL, "last_page"),
    "not the first page": (page([SHORT], page_number=2, total_items=2, total_pages=2), "page-ends", FAIL, "first_page"),
    "rows that are no list": (page([SHORT]) | {"contents": {}}, "page-contents", FAIL, "contents"),
    "a list of a list": (page([of(1) | {"attributes": [{"id": "1"}]}]), "format-uuid", WARN, "contents[0].attributes[0].id"),
    "no version": ({name: value for name, value in ROOT.items() if name != "version"}, "root-version", FAIL, "version"),
    "another version": (ROOT | {"version": "1.0"}, "root-version", FAIL, "version"),
    "no profile": ({name: value for name, value in ROOT.items() if name != "profile"}, "root-profile", FAIL, "profile"),
    "no description of itself": (ROOT | {"openapi_url": ""}, "root-openapi", FAIL, "openapi_url"),
    "no services": (page([]), "no-services", WARN, "services"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ONE_RULE)
def test_each_fault_has_its_rule_level_and_place(tmp_path: Path, kind: str) -> None:
    document, rule, level, place = ONE_RULE[kind]
    name = {"no services": "services.json", "rows that are no list": "services.json"}.get(kind, "feed.json")
    assert (rule, level, place) in said(checked(tmp_path, document, name))


def test_one_fault_is_one_finding(tmp_path: Path) -> None:
    assert said(checked(tmp_path, WHOLE | {"url": "www.example.org"})) == [("format-uri", FAIL, "url")]
    found = checked(tmp_path, WHOLE | {"phones": [{"id": "1", "number": 5}]})
    assert [(one.place, one.reason) for one in found.listed] == [
        ("phones[0].id", "it is no UUID: “1”"),
        ("phones[0].number", "a number stands where text belongs"),
    ]


def test_total_items_is_what_the_page_holds(tmp_path: Path) -> None:
    assert ("page-total", FAIL, "total_items") in said(checked(tmp_path, page([SHORT], total_items=9)))
    assert ("page-total", FAIL, "total_items") in said(checked(tmp_path, page([SHORT, of(2)], total_items=1)))


def test_most_services_need_a_description(tmp_path: Path) -> None:
    rows = [{name: value for name, value in of(number).items() if name != "description"} for number in range(12)]
    assert said(checked(tmp_path, page(rows))) == [("no-description", WARN, "services")]


def test_what_is_recommended_only_warns(tmp_path: Path) -> None:
    found = checked(tmp_path, page([{"id": "1"}], size=7), "taxonomy_term_list.json")
    assert {one.level for one in found.listed} == {WARN} and found.verdict == WARN
    assert {one.rule for one in found.listed} == {"format-uuid", "required", "page-size"}


def test_a_folder_is_read_whole_and_what_leads_nowhere_is_said(tmp_path: Path) -> None:
    lost = {"id": ADDRESS["id"], "taxonomy_term_id": PLACE["id"], "taxonomy_term": TERM | {"id": PLACE["id"]}}
    for name, document in {
        "services.json": page([SHORT, of(2, organization=ORGANISATION | {"id": TERM["id"]})]),
        "service_full.json": WHOLE | {"attributes": [lost]},
        "organizations.json": page([ORGANISATION]),
        "taxonomy_terms.json": page([TERM | {"parent_id": PLACE["id"], "taxonomy_id": TAXONOMY["id"]}]),
        "taxonomies.json": page([TAXONOMY]),
    }.items():
        (tmp_path / name).write_text(json.dumps(document))
    assert said(check_path(tmp_path)) == [
        ("lost-reference", WARN, "service_full.json: attributes[0].taxonomy_term_id"),
        ("lost-reference", WARN, "services.json: contents[1].organization.id"),
    ]


def test_an_empty_taxonomy_is_said(tmp_path: Path) -> None:
    (tmp_path / "taxonomies.json").write_text(json.dumps(page([])))
    (tmp_path / "services.json").write_text(json.dumps(page([SHORT])))
    assert said(check_path(tmp_path)) == [("no-taxonomies", WARN, "taxonomies")]


def deep(levels: int) -> str:
    return "[" * levels + "]" * levels


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "json"),
    "a line of ten million letters": (b'{"id": "' + b"a" * 10_000_000 + b'", "name": "x", "status": "active"}', "format-uuid"),
    "a service longer than may be": (b'[{"name": "' + b"a" * 17_000_000 + b'"}]', "json"),
    "nested a million times": (deep(1_000_000).encode(), "json"),
    "nested inside a service": (b'{"id": 1, "name": "x", "status": ' + deep(100_000).encode() + b"}", "json"),
    "nested a little": (b'{"id": 1, "name": "x", "status": ' + deep(300).encode() + b"}", "type"),
    "cut off": (b'{"contents": [{"id": "1", "na', "json"),
    "two documents": (b'{"id": "1"} {"id": "2"}', "json"),
    "a web page": (b"\xef\xbb\xbf  <html>502 Bad Gateway</html>", "json"),
    "no text": (bytes(range(256)) * 10, "json"),
    "a number of five thousand digits": (b'{"id": "1", "name": "x", "status": ' + b"9" * 5000 + b"}", "json"),
    "a number beyond numbers": (
        b'{"id": "1", "name": "x", "status": "active", "minimum_age": 1e999, "maximum_age": -1e999}',
        "ages",
    ),
    "no number": (b'{"id": "1", "name": "x", "status": NaN}', "json-odd"),
    "half a letter": (b'{"id": "\\ud800", "name": "\\udfff", "status": "\\ud800"}', "format-uuid"),
    "words that move a terminal": (b'{"id": "\\u001b[2J", "name": "x", "status": "active"}', "format-uuid"),
    "Windows letters": ('{"id": "1", "name": "Caf\u00e9", "status": "active"}'.encode("cp1252"), "encoding"),
    "sixteen bits": ('{"id": "1", "name": "Café", "status": "active"}'.encode("utf-16"), "encoding"),
    "a word": (b'"service"', "unknown-document"),
    "a list of lists": (b"[[], [], 5, null]", "unknown-document"),
    "an object of keys": (b"{" + b",".join(b'"k%d": 1' % number for number in range(50_000)) + b"}", "unknown-document"),
    "contents that are a number": (b'{"contents": 5}', "page-contents"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_feed_gives_a_finding_and_no_crash(tmp_path: Path, kind: str) -> None:
    content, rule = HOSTILE[kind]
    (tmp_path / "feed.json").write_bytes(content)
    found = check_path(tmp_path / "feed.json")
    assert rule in {one.rule for one in found.listed}
    assert all(len(one.reason) <= 300 and len(one.place) <= 300 for one in found.listed)
    printed = "\n".join(lines(found)).encode()
    assert b"\x1b" not in printed and len(printed) < 20_000
    json.dumps(found.as_facts())


def test_a_long_feed_is_read_in_little_memory_and_its_findings_are_bounded(tmp_path: Path) -> None:
    rows = 4_000
    with (tmp_path / "services.json").open("w") as file:
        file.write('{"contents": [')
        for number in range(rows):
            file.write(("," if number else "") + json.dumps(of(number, url="nowhere", description="x" * 2_000)))
        file.write("]}")
    size = (tmp_path / "services.json").stat().st_size
    tracemalloc.start()
    found = check_path(tmp_path / "services.json")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 8_000_000 and peak < 4_000_000, peak
    assert found.counted["format-uri", FAIL] == rows
    assert len([one for one in found.listed if one.rule == "format-uri"]) == LISTED
    assert f"… and {rows - LISTED:,} more" in "\n".join(lines(found))


def test_a_folder_without_a_feed_fails(tmp_path: Path) -> None:
    assert [one.rule for one in check_path(tmp_path).listed] == ["json", "nothing-read"]


class Feed:
    """A feed that answers from a table."""

    def __init__(self, answers: dict[str, Any], *, headers: dict[str, str] | None = None) -> None:
        self.answers = answers
        self.headers = {"Access-Control-Allow-Origin": "*", "Content-Type": "application/json"} if headers is None else headers
        self.asked: list[str] = []

    def request(self, method: str, url: str, *, headers: Any = None) -> Answered:
        path = url.removeprefix("https://feed.example")
        self.asked.append(path)
        found = self.answers.get(path, self.answers.get(path.partition("?")[0], (404, {})))
        if isinstance(found, Exception):
            raise found
        if callable(found):
            found = found(path)
        status, body = found if isinstance(found, tuple) else (200, found)
        return Answered(status, self.headers, body if isinstance(body, bytes) else json.dumps(body).encode(), url)


def good(**more: Any) -> dict[str, Any]:
    """Give the answers of a feed with which everything is well."""
    key = SHORT["id"]
    return {
        "/": ROOT, "/services": page([SHORT]), f"/services/{key}": WHOLE, "/taxonomies": page([TAXONOMY]),
        f"/taxonomies/{TAXONOMY['id']}": TAXONOMY, "/taxonomy_terms": page([TERM]), f"/taxonomy_terms/{TERM['id']}": TERM,
        "/service_at_locations": page([PLACE]), f"/service_at_locations/{PLACE['id']}": PLACE, "/organizations": page([ORGANISATION]),
        f"/organizations/{ORGANISATION['id']}": ORGANISATION,
    } | more  # fmt: skip


def in_pages(rows: list[Any], size: int) -> Callable[[str], Any]:
    def answer(path: str) -> Any:
        number = int(path.split("page=")[1].split("&")[0])
        last = -(-len(rows) // size)
        shown = rows[(number - 1) * size : number * size]
        return page(
            shown, total_items=len(rows), total_pages=last, page_number=number, first_page=number == 1, last_page=number == last
        )

    return answer


def asked(feed: Feed, **bounds: Any) -> Findings:
    return check_address("https://feed.example/", feed, Bounds(**bounds))


def test_a_good_feed_is_asked_whole_and_passes() -> None:
    feed = Feed(good())
    assert said(asked(feed)) == []
    assert {path.split("?")[0].split("/")[1] for path in feed.asked} == {
        "", "services", "taxonomies", "taxonomy_terms", "service_at_locations", "organizations",
    }  # fmt: skip


def test_every_page_is_read_and_the_services_asked_for_are_spread() -> None:
    rows = [of(number) for number in range(10)]
    whole = {f"/services/{one['id']}": one | {"phones": WHOLE["phones"]} for one in rows}
    feed = Feed(good(**whole) | {"/services": in_pages(rows, 3)})
    assert said(asked(feed, services=3)) == []
    assert [path[-3:] for path in feed.asked if path.startswith("/services/")] == ["000", "003", "006", "000"]


FEEDS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no answer at the first address": ({"/": (404, {})}, "no-root", FAIL),
    "services that are not there": ({"/services": (500, b"Traceback")}, "status", FAIL),
    "no taxonomies": ({"/taxonomies": (404, {})}, "optional-missing", WARN),
    "an unknown id that is answered": ({"/services/00000000-0000-4000-8000-000000000000": WHOLE}, "status-missing", WARN),
    "another service than was asked for": ({f"/services/{SHORT['id']}": WHOLE | {"id": of(9)["id"]}}, "other-answer", FAIL),
    "an answer without a page": ({"/services": [SHORT]}, "page-contents", FAIL),
    "an answer that is a service": ({"/services": WHOLE}, "page-contents", FAIL),
    "a web page": ({"/services": b"<html>"}, "json", FAIL),
    "letters of Windows": ({f"/services/{SHORT['id']}": json.dumps(WHOLE | {"name": "é"}, ensure_ascii=False).encode("cp1252")}, "encoding", WARN),
    "the first page again and again": (
        {"/services": page([SHORT], total_items=9, total_pages=9, last_page=False)}, "id-on-two-pages", FAIL,
    ),
    "another page than was asked for": ({"/services": page([SHORT], total_items=2, total_pages=2, last_page=False)}, "page-number", FAIL),
    "a page cut off": (
        {"/services": lambda path: page([of(1), of(2)] if "page=1" in path else [of(3)] if "page=2" in path else [of(4), of(5)],
                                         total_items=5, total_pages=3, page_number=int(path[15]), first_page="page=1" in path,
                                         last_page="page=3" in path)}, "page-cut", FAIL,
    ),
    "fewer than it says": (
        {"/services": lambda path: page([of(1), of(2)] if "page=1" in path else [of(3)], total_items=4, total_pages=2,
                                         page_number=int(path[15]), first_page="page=1" in path, last_page="page=2" in path)},
        "page-total", FAIL,
    ),
    "another address than https": ({"/": NotAllowedOut("scheme")}, "not-reached", FAIL),
    "an answer that never comes": ({"/services": NotReached("too_slow")}, "not-reached", FAIL),
    "a fault in what is recommended": ({f"/organizations/{ORGANISATION['id']}": ORGANISATION | {"email": 5}}, "type", WARN),
}  # fmt: skip


@pytest.mark.parametrize("kind", FEEDS)
def test_each_fault_of_a_feed_has_its_rule_and_level(kind: str) -> None:
    answers, rule, level = FEEDS[kind]
    found = asked(Feed(good() | answers))
    assert (rule, level) in {(one.rule, one.level) for one in found.listed}
    assert found.verdict == level


def test_answers_that_may_not_be_read_from_elsewhere_fail() -> None:
    found = asked(Feed(good(), headers={"Access-Control-Allow-Origin": "https://mine.example", "Content-Type": "text/plain"}))
    assert {(one.rule, one.level) for one in found.listed} == {
        ("cross-origin", FAIL), ("content-type", WARN), ("cross-origin", WARN),
    }  # fmt: skip


def test_a_feed_without_an_end_is_read_as_far_as_the_bounds_go_and_no_further() -> None:
    def answer(path: str) -> Any:
        number = int(path.split("page=")[1].split("&")[0])
        return page([of(number)], total_items=99, total_pages=99, page_number=number, first_page=number == 1, last_page=False)

    feed = Feed(good() | {"/services": answer})
    found = asked(feed, pages=5, services=0)
    assert ("cut-short", WARN, "/services") in said(found)
    assert len([path for path in feed.asked if path.startswith("/services?")]) == 5
    moments = iter(range(10_000))
    feed = Feed(good() | {"/services": answer})
    found = check_address("https://feed.example", feed, Bounds(pages=1000, seconds=30), clock=lambda: float(next(moments)))
    assert len(feed.asked) <= 31 and [rule for rule, _level, _place in said(found) if rule == "cut-short"] == ["cut-short"]


def test_the_one_way_out_asks_only_over_https_and_nobody_inside() -> None:
    out = the_way_out(stand_ins=False)
    assert isinstance(out, Outgoing) and not out.stand_ins
    for address in (
        "http://feed.example",
        "https://127.0.0.1/",
        "https://localhost/",
        "file:///etc/passwd",
        "https://10.0.0.1/v3",
    ):
        found = check_address(address, out)
        assert found.verdict == FAIL and {one.rule for one in found.listed} == {"not-reached", "nothing-read"}, address


def test_every_rule_has_a_fault_that_it_finds() -> None:
    """A rule that nothing finds says nothing; these are found by tests of their own above."""
    by_themselves = {
        "nothing-read", "page-total", "no-description", "lost-reference", "no-taxonomies", "cut-short", "cross-origin", "content-type",
        "no-way-to-reach",
    }  # fmt: skip
    found = {rule for _document, rule, _level, _place in ONE_RULE.values()} | {rule for _answers, rule, _level in FEEDS.values()}
    assert found | by_themselves == set(RULES)


def test_a_service_that_nobody_can_reach_is_said(tmp_path: Path) -> None:
    bare = SHORT | {"schedules": [{"id": ADDRESS["id"], "description": "Mondays"}]}
    assert said(checked(tmp_path, bare)) == [("no-way-to-reach", WARN, "")]


def command(*arguments: str) -> tuple[int, str]:
    from io import StringIO

    out, ended = StringIO(), 0
    try:
        call_command("directory", "check", *arguments, stdout=out)
    except SystemExit as end:
        ended = int(end.code or 0)
    return ended, out.getvalue()


def test_the_command_prints_a_summary_and_ends_with_one_when_anything_fails(tmp_path: Path) -> None:
    path = tmp_path / "services.json"
    path.write_text(json.dumps(page([SHORT])))
    assert command(str(path)) == (
        0, "Looked at: 1 page, 1 service in a list.\nPASS: nothing is against the profile. 0 failures, 0 warnings.\n",
    )  # fmt: skip
    path.write_text(json.dumps(page([SHORT | {"url": "nowhere"}])))
    ended, printed = command(str(path))
    assert ended == 1
    assert printed.splitlines()[1:] == [
        "FAIL  format-uri (1): An address is whole, with its scheme.",
        "      contents[0].url: it is no whole address with a scheme, like https://: “nowhere”",
        "FAIL: this is against the profile. 1 failures, 0 warnings.",
    ]
    ended, printed = command(str(path), "--json")
    facts = json.loads(printed)
    assert (ended, facts["verdict"], facts["fails"], facts["findings"][0]["place"]) == (1, "fail", 1, "contents[0].url")
    ended, printed = command("https://127.0.0.1/open-referral/v3")
    assert ended == 1 and "FAIL  not-reached (1)" in printed
    with pytest.raises(CommandError, match="no file or folder"):
        command(str(tmp_path / "not-there.json"))


def test_the_page_about_checking_lists_every_rule_as_it_is() -> None:
    page = (Path(__file__).resolve().parents[6] / "docs" / "how-to" / "publish-and-check-the-directory.md").read_text()
    listed = [line for line in page.splitlines() if line.startswith("| `") and ("| fail |" in line or "| warn |" in line)]
    assert listed == [f"| `{name}` | {rule.level} | {rule.asks} |" for name, rule in RULES.items()]
