"""How this interface describes itself (OpenAPI 3.1): ours in our words, made from the shapes that publishing and the checker share."""

from __future__ import annotations

from typing import Any

from alongside.exchange.open_referral.publishing.asked import MOST, MOST_MINIMAL, NOT_SERVED, USUAL
from alongside.exchange.open_referral.shapes import PAGE_SCHEMA, SHAPES, as_json_schema, below, named

_PROBLEM = {
    "type": "object",
    "title": "problem",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "parameter": {"type": "string"},
    },
}
_MINIMAL = {
    "type": "object",
    "title": "minimal",
    "required": ["id"],
    "properties": {"id": {"type": "string", "format": "uuid"}, "modified_date": {"type": "string", "format": "date-time"}},
}


def described(address: str) -> dict[str, Any]:
    """Write the whole description, for the address under which the interface stands."""
    tops = (
        "root",
        "service",
        "service in a list",
        "service_at_location",
        "service_at_location in a list",
        "organization with services",
        "organization in a list",
        "taxonomy",
    )
    shapes = sorted({one for top in tops for one in below(top)})
    services = [_ref("service in a list"), _ref("service"), {"$ref": "#/components/schemas/minimal"}]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "The directory of this hub, as Open Referral UK",
            "version": "3.0",
            "description": (
                "Open to everybody, without a key. Not served, and answered with 400 when asked for: "
                + "; ".join(f"{name} ({reason})" for name, reason in NOT_SERVED.items())
                + "."
            ),
        },
        "servers": [{"url": address}],
        "paths": {
            "/": _get("what this is", _ref("root"), pages=False),
            "/services": _get("services, page by page", _page({"anyOf": services}), _ENTRIES + _SHORT),
            "/services/{id}": _get("one service, whole", _ref("service"), [_ID], pages=False),
            "/service_at_locations": _get(
                "where services are met, page by page", _page(_ref("service_at_location in a list")), _ENTRIES
            ),
            "/service_at_locations/{id}": _get("where a service is met", _ref("service_at_location"), [_ID], pages=False),
            "/organizations": _get("organisations, page by page", _page(_ref("organization in a list"))),
            "/organizations/{id}": _get(
                "one organisation with its services", _ref("organization with services"), [_ID], pages=False
            ),
            "/taxonomies": _get("taxonomies, page by page", _page(_ref("taxonomy"))),
            "/taxonomies/{id}": _get("one taxonomy with its terms", _ref("taxonomy"), [_ID], pages=False),
            "/taxonomy_terms": _get("terms, page by page", _page(_ref("taxonomy_term"))),
            "/taxonomy_terms/{id}": _get("one term", _ref("taxonomy_term"), [_ID], pages=False),
        },
        "components": {
            "schemas": {named(shape): as_json_schema(shape) for shape in shapes if shape in SHAPES}
            | {"problem": _PROBLEM, "minimal": _MINIMAL, "page": PAGE_SCHEMA}
        },
    }


def _asks(name: str, words: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": words, "schema": schema}


_WHICH_PAGE = [
    _asks("page", "Which page; the first is 1.", {"type": "integer", "minimum": 1, "default": 1}),
    _asks("per_page", "How many on a page.", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}),
]
_AGE = {"type": "number", "minimum": 0, "maximum": 999}
_ENTRIES = [
    _asks("search", "Words that all stand in the entry.", {"type": "string", "maxLength": 200}),
    _asks("modified_after", "Changed at this moment or later.", {"type": "string", "format": "date-time"}),
    _asks("taxonomy_term_id", "About this term.", {"type": "string", "format": "uuid"}),
    _asks("taxonomy_id", "About any term of this taxonomy.", {"type": "string", "format": "uuid"}),
    _asks("minimum_age", "For people from an age that is this or higher.", _AGE),
    _asks("maximum_age", "For people up to an age that is this or lower.", _AGE),
]
_SHORT = [
    _asks("full", "Each service whole.", {"type": "boolean"}),
    _asks("minimal", f"Only id and modified_date; then up to {MOST_MINIMAL:,} on a page.", {"type": "boolean"}),
]
_ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}


def _ref(shape: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{named(shape)}"}


def _page(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "allOf": [
            {"$ref": "#/components/schemas/page"},
            {"type": "object", "properties": {"contents": {"type": "array", "items": item}}},
        ]
    }


def _no(words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/problem"}}}}


def _get(
    summary: str, answer: dict[str, Any], parameters: list[dict[str, Any]] | None = None, *, pages: bool = True
) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {"description": summary, "content": {"application/json": {"schema": answer}}},
        "304": {"description": "Nothing has changed since the answer with this ETag."},
        "404": _no("There is nothing here."),
        "429": _no("This was asked for very often; Retry-After says when to come again."),
        "503": _no("Not now; try again."),
    }
    if pages:
        answers["400"] = _no("This cannot be asked for; the parameter and what would do are named.")
    found: dict[str, Any] = {"summary": summary, "responses": answers}
    asked = (_WHICH_PAGE if pages else []) + (parameters or [])
    if asked:
        found["parameters"] = asked
    return {"get": found}
