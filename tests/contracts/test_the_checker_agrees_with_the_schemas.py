"""Our checker beside the published schemas: whatever they refuse it fails, and whatever they take it does not.

Our rules are our own words; the schemas stay in ../shared/data and are the judge. 5,715 documents are made by changing one thing in a whole
one: dropping it, another type, a bad format, a word that is none of the list. The judge refuses 4,300 of them and we fail every one of those;
it takes 1,415, of which we fail 17: the e-mail addresses that `LAX` names.

Shown to fail: with the uri taken out of `_SERVICE_FLAT["url"]`, with `required` never heard, or with `bool` taken for a number.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alongside.exchange.open_referral.checking.documents import check_document
from alongside.exchange.open_referral.checking.findings import Findings
from alongside.exchange.open_referral.checking.reading import check_path
from alongside.exchange.open_referral.checking.rules import FAIL
from alongside.exchange.open_referral.shapes import SHAPES, Field
from tests.contracts.oruk import COMPILED, faults, judge

GOOD = {
    "uuid": "ac148810-d857-441c-9679-408f346de14b", "uri": "https://example.com/a?b=c", "email": "a@example.com",
    "date-time": "2023-03-15T10:30:45.123Z", "date": "2023-03-15", "time": "10:00:00", "": "words",
}  # fmt: skip
BAD = {
    "uuid": ("12", GOOD["uuid"].replace("-", ""), "ac148810-d857-441c-9679-408f346de14g", ""),
    "uri": ("example_com", "/only/a/path", "", "https://exa mple.com"),
    "email": ("nobody", "", "a b@example.com"),
    "date-time": ("2023-03-15", "2023-03-15T10:30:45", "yesterday", "2023-13-15T10:30:45Z"),
    "date": ("15/03/2023", ""),
    "time": ("ten", ""),
    "": ("",),
}
WRONG: tuple[Any, ...] = (None, 5, True, "words", [], {})
LAX = {
    ("email", "a b@example.com"): "the judge takes anything with an @ for an e-mail address; RFC 5321 does not",
}
"""What the judge takes and we do not, with the reason."""
SHAPES_JUDGED = (*COMPILED, "taxonomy", "taxonomy_term")


def whole(shape: str) -> dict[str, Any]:
    """Make a document of a shape in which every member stands, each of them good."""
    return {name: _value(field) for name, field in SHAPES[shape].items()}


def _value(field: Field) -> Any:
    if field.kind == "one":
        return whole(field.of)
    if field.kind == "many":
        return [whole(field.of)]
    if field.kind == "number":
        return 12
    return field.one_of[0] if field.one_of else GOOD[field.form]


def changes(document: dict[str, Any], shape: str, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], str, Any]]:
    """Name every single change: (path, what, value); nothing is dropped or changed below the fourth level twice."""
    for name, field in SHAPES[shape].items():
        here = (*path, name)
        yield here, "drop", None
        for value in WRONG:
            yield here, "type", value
        if field.kind == "text":
            for text in ("none of the list",) if field.one_of else BAD[field.form]:
                yield here, field.form, text
        elif field.kind == "number":
            yield here, "type", "12"
        elif field.kind == "one":
            yield from changes(document[name], field.of, here)
        elif field.kind == "many":
            yield (*here, 0), "type", "words"
            yield from changes(document[name][0], field.of, (*here, 0))


def changed(document: dict[str, Any], path: tuple[Any, ...], what: str, value: Any) -> dict[str, Any]:
    found = copy.deepcopy(document)
    inside: Any = found
    for step in path[:-1]:
        inside = inside[step]
    if what == "drop":
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return found


def fails(document: Any, shape: str) -> list[str]:
    findings = Findings()
    check_document(document, shape, "", findings)
    return [f"{one.place} {one.rule}" for one in findings.listed if one.level == FAIL]


@pytest.mark.parametrize("shape", SHAPES_JUDGED)
def test_of_a_document_with_one_thing_changed_both_say_the_same(shared_data: Path, shape: str) -> None:
    validator, document = judge(shared_data, shape), whole(shape)
    assert (faults(validator, document), fails(document, shape)) == ([], [])
    differ, agreed = [], 0
    seen: set[str] = set()
    for path, what, value in changes(document, shape):
        # What stands deep inside is the same shape again: each member of each shape within another is tried once.
        mark = f"{[step for step in path if isinstance(step, str)][-3:]} {what} {value!r}"
        if mark in seen:
            continue
        seen.add(mark)
        tried = changed(document, path, what, value)
        theirs, ours = not validator.is_valid(tried), bool(fails(tried, shape))
        agreed += theirs == ours
        if theirs != ours and not (ours and (what, value) in LAX):
            differ.append((path, what, value, "refused" if theirs else "taken"))
    assert differ == []
    assert agreed > 50


@pytest.mark.parametrize("shape", SHAPES_JUDGED)
def test_our_shapes_have_the_members_types_formats_and_lists_of_the_schemas(shared_data: Path, shape: str) -> None:
    """So nothing that the schemas know is missing from what is changed above."""

    def differ(schema: dict[str, Any], shape: str, place: str) -> Iterator[str]:
        ours = {name: field for name, field in SHAPES[shape].items() if not field.beyond}
        theirs = schema["properties"]
        yield from (f"{place}.{name}" for name in set(ours) ^ set(theirs))
        if {name for name, field in ours.items() if field.required} != set(schema.get("required", ())):
            yield f"{place} required"
        for name, field in ours.items():
            said = theirs.get(name, {})
            if field.kind == "one":
                yield from differ(said, field.of, f"{place}.{name}")
            elif field.kind == "many":
                yield from differ(said["items"], field.of, f"{place}.{name}[]")
            else:
                kind = {"text": "string", "number": "number"}[field.kind]
                form = field.form if field.form not in ("date", "time") else ""
                if (said.get("type"), said.get("format", ""), tuple(said.get("enum", ()))) != (kind, form, field.one_of):
                    yield f"{place}.{name}"
                if field.form in ("date", "time") and said.get("datapackage_type") != field.form:
                    yield f"{place}.{name} is no {field.form}"

    if shape in COMPILED:
        assert list(differ(judge(shared_data, shape).schema, shape, "")) == []
    else:
        assert set(SHAPES[shape]) == set(judge(shared_data, shape).schema["properties"])


def test_the_examples_of_the_profile_fail_nothing(shared_data: Path) -> None:
    found = check_path(shared_data / "oruk" / "v3_profile" / "examples")
    assert [one for one in found.listed if one.level == FAIL] == []
    assert sum(found.looked_at.values()) == 10 + found.looked_at["page"] == 15
    assert {one.rule for one in found.listed} == {"on-earth"}
    """The example stands at 100 degrees north."""


MOCKS = {
    "Default": "warn",
    "Warn": "warn",
    "Fail": "fail",
}
"""What each feed of the published validator is made for: whether it passes. Both of those that pass have things to warn of."""


@pytest.mark.parametrize("kind", MOCKS)
def test_the_feeds_of_the_published_validator_pass_and_fail_as_they_are_made_to(shared_data: Path, kind: str) -> None:
    folder = shared_data / "oruk" / "v3_validator_mocks" / f"V3.0-UK-{kind}"
    if not folder.is_dir():
        pytest.skip(f"the validator's {kind} feed is not in ../shared/data")
    assert check_path(folder).verdict == MOCKS[kind]


FAULTS_OF_THE_FAIL_FEED: dict[str, tuple[str, Any]] = {
    "api_details.json": ("profile", None),
    "service_full.json": ("url", "example/counselling"),
    "service_list.json": ("contents.0.name", None),
}
"""What is wrong with the feed that the published validator keeps for failing, put into the one that passes; in what is required."""
WARNINGS_OF_THE_WARN_FEED: dict[str, tuple[str, Any]] = {
    "taxonomy_term.json": ("term_uri", "example_com"),
    "taxonomy_term_list.json": ("total_pages", 2),
    "taxonomy_list.json": ("size", 9),
}
"""And with the one that it keeps for warning: in what is recommended."""


@pytest.mark.parametrize(
    ("file", "verdict"),
    [(file, "fail") for file in FAULTS_OF_THE_FAIL_FEED] + [(file, "warn") for file in WARNINGS_OF_THE_WARN_FEED],
)
def test_the_same_faults_fail_what_is_required_and_warn_in_what_is_recommended(
    shared_data: Path, tmp_path: Path, file: str, verdict: str
) -> None:
    source = shared_data / "oruk" / "v3_validator_mocks" / "V3.0-UK-Default"
    for path in source.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = check_path(tmp_path)
    path, value = (FAULTS_OF_THE_FAIL_FEED | WARNINGS_OF_THE_WARN_FEED)[file]
    document = json.loads((tmp_path / file).read_text())
    inside: Any = document
    *steps, last = path.split(".")
    for step in steps:
        inside = inside[int(step) if step.isdecimal() else step]
    if value is None:
        del inside[last]
    else:
        inside[last] = value
    (tmp_path / file).write_text(json.dumps(document))
    after = check_path(tmp_path)
    assert (before.verdict, after.verdict) == ("warn", verdict)
    new = {(one.rule, one.place) for one in after.listed} - {(one.rule, one.place) for one in before.listed}
    assert new and all(place.startswith(file) for _rule, place in new)
