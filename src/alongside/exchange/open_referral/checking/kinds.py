"""Which document of the profile something is: by the name of its file, or by what stands in it."""

from __future__ import annotations

from typing import Any

SHORT = {
    "service": "service in a list",
    "service_at_location": "service_at_location in a list",
    "organization": "organization in a list",
    "taxonomy": "taxonomy",
    "taxonomy_term": "taxonomy_term",
}
"""What stands in a list of each kind."""
WHOLE = {kind: kind for kind in SHORT} | {"organization": "organization with services", "root": "root"}
ADDRESSES = {
    "service": "services",
    "service_at_location": "service_at_locations",
    "organization": "organizations",
    "taxonomy": "taxonomies",
    "taxonomy_term": "taxonomy_terms",
}
_BEGINNINGS = (
    ("service_at_location", "service_at_location"),
    ("service", "service"),
    ("organi", "organization"),
    ("taxonomy_term", "taxonomy_term"),
    ("taxonom", "taxonomy"),
    ("api_details", "root"),
    ("root", "root"),
)
_MARKS = (
    ("root", ("openapi_url", "profile")),
    ("service_at_location", ("location", "location_id")),
    ("organization", ("organization_identifiers", "website", "parent_organization_id", "services")),
    ("taxonomy", ("taxonomy_terms",)),
    ("taxonomy_term", ("term", "term_uri", "taxonomy", "taxonomy_id", "parent_id")),
    ("service", ("status", "service_at_locations", "organization", "organization_id")),
)


def kind_named(stem: str) -> str:
    """Tell what a file is by the beginning of its name, or nothing."""
    return next((kind for beginning, kind in _BEGINNINGS if stem.lower().startswith(beginning)), "")


def kind_of(document: Any) -> str:
    """Tell what a document is by what stands in it, or nothing."""
    if not isinstance(document, dict):
        return ""
    if found := next((kind for kind, marks in _MARKS if any(mark in document for mark in marks)), ""):
        return found
    return "service" if "id" in document and "name" in document else ""
