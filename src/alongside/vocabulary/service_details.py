"""What Open Referral UK says of a service beyond our own fields: kept as the standard names it, published again, shown where it helps.

Our own fields are words that somebody may change here (`service_entry`). What stands here are the parts behind them, and what we have no
field for. Each part is a list of rows, of which only the properties of `PARTS` are kept, as plain text, short, and never a whole document.
Source: Open Referral UK v3 profile (HSDS-UK 3.0); HSDS 3.0 for contacts, languages and currencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Details = dict[str, list[dict[str, Any]]]
"""By part: its rows; what was not said is left out."""

MOST_ROWS, LONGEST = 30, 500
PARTS: dict[str, tuple[str, ...]] = {
    "schedules": (
        "valid_from", "valid_to", "dtstart", "until", "freq", "interval", "byday", "bymonthday", "opens_at", "closes_at", "description",
        "schedule_link", "attending_type", "notes",
    ),
    "cost_options": ("option", "amount", "currency", "amount_description", "valid_from", "valid_to"),
    "accessibility": ("description", "details", "accessibility", "url"),
    "languages": ("name", "code", "note"),
    "contacts": ("name", "title", "department"),
    "funding": ("source",),
    "service_areas": ("name", "service_area", "description", "extent", "extent_type", "uri"),
    "terms": ("name", "code", "term_uri", "taxonomy", "value"),
    "organization": ("id", "description", "email", "website", "url", "uri", "logo", "legal_status", "year_incorporated"),
    "organization_identifiers": ("identifier_scheme", "identifier_type", "identifier"),
    "more": ("accreditations", "alert", "fees_description", "licenses", "interpretation_services"),
}  # fmt: skip
"""The parts that are kept, and of each the properties."""
OF_A_PLACE: dict[str, tuple[str, ...]] = {
    "schedules": PARTS["schedules"],
    "accessibility": PARTS["accessibility"],
    "address": ("address_1", "address_2", "city", "region", "state_province", "country", "address_type"),
    "location": (
        "location_type", "description", "alternate_name", "transportation", "url", "external_identifier", "external_identifier_type",
    ),
}  # fmt: skip
"""The same of each place of a service."""
BEHIND = {"when_next": "schedules", "cost": "cost_options", "accessibility": "accessibility"}
"""Which part stands behind which words of an entry: whoever changes the words here says something else than the part."""
SAY_NOT_WHERE = ("languages",)
"""Of these parts no word says where a service is: of a refuge nothing else is kept."""
NUMBERS = ("interval", "amount", "year_incorporated")


def rows_kept(rows: list[dict[str, Any]], properties: tuple[str, ...], plain: Callable[[Any, int], str]) -> list[dict[str, Any]]:
    """Keep of some rows what they say in some properties: numbers as they are, everything else as plain text."""
    found = []
    for row in rows[:MOST_ROWS]:
        kept: dict[str, Any] = {}
        for name in properties:
            value = row.get(name)
            if value is None:
                continue
            if name in NUMBERS and isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1e9:
                kept[name] = value
            elif text := plain(value, LONGEST):
                kept[name] = text
        if kept:
            found.append(kept)
    return found


def without(details: Mapping[str, Any], *parts: str) -> Details:
    """Give details without some parts."""
    return {name: rows for name, rows in details.items() if name not in parts}


def without_where(details: Mapping[str, Any]) -> Details:
    """Give of the details of a refuge what says nothing of where it is (trust.md C18)."""
    return {name: rows for name, rows in details.items() if name in SAY_NOT_WHERE}


def rows_of(details: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    """Give the rows of one part; none when nothing was said."""
    return list(details.get(part, ()))


def one_of(details: Mapping[str, Any], part: str) -> dict[str, Any]:
    """Give the only row of a part that has one."""
    return dict(next(iter(details.get(part, ())), {}))
