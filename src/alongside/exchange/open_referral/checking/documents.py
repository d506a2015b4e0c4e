"""One document against its shape: what is required, types, formats, what may stand, and whether it points at what stands beside it."""

from __future__ import annotations

import re
from typing import Any

from alongside.exchange.open_referral.checking.findings import Findings, under
from alongside.exchange.open_referral.checking.formats import FORMATS
from alongside.exchange.open_referral.checking.rules import WARN
from alongside.exchange.open_referral.shapes import SHAPES, WHOLE, Field, Shape
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.postcode import outcode

MOST_IN_A_LIST = 5_000
"""So many of one list inside a document are looked at."""
_PAGES = ("url", "website", "schedule_link", "openapi_url", "profile")
_KINDS = {
    dict: "an object",
    list: "a list",
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    type(None): "null",
}
_IN_KINGDOM = ("GB", "UK", "GBR", "UNITED KINGDOM", "ENGLAND", "WALES", "SCOTLAND", "NORTHERN IRELAND")


def check_document(document: Any, shape: str, place: str, findings: Findings) -> None:
    """Say everything that is wrong with one document of a shape."""
    findings.looked_at[shape] += 1
    _object(document, shape, place, findings, "")


def _object(value: Any, shape: str, place: str, findings: Findings, level: str) -> None:
    if not isinstance(value, dict):
        findings.hear("object", place, f"{_kind(value)} stands where {_named(shape)} belongs", level=level)
        return
    members = SHAPES[shape]
    for name, field in members.items():
        here = under(place, name)
        if name in value:
            _member(value[name], field, name, here, findings, WARN if field.beyond else level)
        elif field.required:
            findings.hear("required", here, f"{_named(shape)} needs {name}", level=level)
    whole: Shape = SHAPES.get(WHOLE.get(shape, ""), {})
    for name in [one for one in whole if one not in members and one in value]:
        # A list may say more than it must; its schema does not ask how.
        _member(value[name], whole[name], name, under(place, name), findings, WARN)
    _together(value, shape, place, findings)


def _member(value: Any, field: Field, name: str, place: str, findings: Findings, level: str) -> None:
    if field.kind == "one":
        _object(value, field.of, place, findings, level)
    elif field.kind == "many":
        if not isinstance(value, list):
            findings.hear("list", place, f"{_kind(value)} stands where a list belongs", level=level)
            return
        for number, one in enumerate(value[:MOST_IN_A_LIST]):
            _object(one, field.of, f"{place}[{number}]", findings, level)
        if len(value) > MOST_IN_A_LIST:
            findings.hear("cut-short", place, f"only the first {MOST_IN_A_LIST:,} of {len(value):,} were looked at")
    elif field.kind == "number":
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            findings.hear("type", place, f"{_kind(value)} stands where a number belongs{_quoted(value)}", level=level)
    elif not isinstance(value, str):
        findings.hear("type", place, f"{_kind(value)} stands where text belongs{_left_out(value)}", level=level)
    else:
        _text(value, field, name, place, findings, level)


def _text(value: str, field: Field, name: str, place: str, findings: Findings, level: str) -> None:
    if field.one_of and value not in field.one_of:
        findings.hear("one-of", place, f"{_short(value)} is none of: {', '.join(field.one_of)}", level=level)
        return
    if field.form and (reason := FORMATS[field.form](value)):
        findings.hear(f"format-{field.form}", place, f"{reason}: {_short(value)}", level=level)
        return
    if field.required and not value.strip():
        findings.hear("empty", place, "it is required, and says nothing")
    if field.form == "email" and not is_email(value):
        findings.hear("odd-email", place, f"its domain is none of the internet: {_short(value)}")
    if field.form == "uri" and name in _PAGES and not re.match("https?://", value, re.IGNORECASE):
        findings.hear("odd-uri", place, f"it leads to no page: {_short(value)}")


def _together(value: dict[str, Any], shape: str, place: str, findings: Findings) -> None:
    """Say what is odd about members taken together."""

    def at(name: str) -> str:
        return under(place, name)

    for name, limit in (("latitude", 90), ("longitude", 180)):
        found = _number(value.get(name)) if name in SHAPES[shape] else None
        if found is not None and not -limit <= found <= limit:
            findings.hear("on-earth", at(name), f"{found:g} is beyond {limit}")
    low, high = _number(value.get("minimum_age")), _number(value.get("maximum_age"))
    if low is not None and high is not None and low > high:
        findings.hear("ages", at("minimum_age"), f"{low:g} is above {high:g}")
    first, last = value.get("valid_from"), value.get("valid_to")
    if isinstance(first, str) and isinstance(last, str) and len(first) == len(last) == 10 and first > last:
        findings.hear("dates-in-order", at("valid_to"), f"{_short(last)} is before {_short(first)}")
    if shape == "address":
        country, postcode = value.get("country"), value.get("postal_code")
        in_kingdom = isinstance(country, str) and country.strip().upper() in _IN_KINGDOM
        if in_kingdom and isinstance(postcode, str) and postcode.strip() and not (" " in postcode.strip() and outcode(postcode)):
            findings.hear("postcode", at("postal_code"), f"it has not the shape of a postcode: {_short(postcode)}")
    _points(value, shape, at, findings)


_BESIDE = (
    ("organization_id", "organization"),
    ("location_id", "location"),
    ("service_id", "service"),
    ("taxonomy_term_id", "taxonomy_term"),
)
_OWNER = {
    "service": "service_id",
    "service of a place": "service_id",
    "location": "location_id",
    "organization": "organization_id",
}


def _points(value: dict[str, Any], shape: str, at: Any, findings: Findings) -> None:
    """Compare ids that point at what stands beside them, or around them, with the ids of that."""
    for name, beside in _BESIDE:
        inner = value.get(beside)
        said, inner_id = value.get(name), inner.get("id") if isinstance(inner, dict) else None
        if isinstance(said, str) and isinstance(inner_id, str) and said.lower() != inner_id.lower():
            findings.hear("inner-reference", at(name), f"it is not the id of the {beside} that stands beside it")
    own, back = value.get("id"), _OWNER.get(shape, "")
    if not isinstance(own, str):
        return
    for name, field in SHAPES[shape].items():
        rows = value.get(name)
        if field.kind != "many" or not isinstance(rows, list):
            continue
        for number, one in enumerate(rows[:MOST_IN_A_LIST]):
            for pointer in (back, "link_id"):
                said = one.get(pointer) if isinstance(one, dict) and pointer else None
                if isinstance(said, str) and said and said.lower() != own.lower():
                    findings.hear("inner-reference", f"{at(name)}[{number}].{pointer}", "it is not the id of what it stands in")


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "something")


def _named(shape: str) -> str:
    word = shape.split(" in a list")[0].split(" of ")[0].replace("_", " ")
    return f"{'an' if word[0] in 'aeio' else 'a'} {word}"


def _quoted(value: Any) -> str:
    return f": {_short(value)}" if isinstance(value, str) else _left_out(value)


def _left_out(value: Any) -> str:
    return "; what is not known is left out" if value is None else ""


def _short(value: str) -> str:
    """Give a value as far as it may stand in a line, with nothing in it that moves a terminal."""
    plain = "".join(one if one.isprintable() else "?" for one in value[:60])
    return f"“{plain}{'…' if len(value) > 60 else ''}”"
