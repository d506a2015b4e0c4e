"""What each object of a directory may hold, as the profile says; written down by us, so that no file of the profile is shipped.

Publishing describes itself by it, and the checker judges by it, so neither can say something else than the other.
Source: Open Referral UK v3 profile (HSDS-UK 3.0), github.com/OpenReferralUK/uk-profile; its schemas are CC BY-SA 4.0 and stay outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One member of an object."""

    kind: str = "text"
    """text, number, one (an object) or many (a list of objects)."""
    form: str = ""
    """uuid, uri, email and date-time are formats of the profile; date and time it only says in words."""
    required: bool = False
    one_of: tuple[str, ...] = ()
    of: str = ""
    """Which shape an object, or each object of a list, has."""
    beyond: bool = False
    """HSDS 3.0 knows it and the UK profile does not name it here: it may stand, and what is wrong in it fails nothing."""


def _text(form: str = "", *, one_of: tuple[str, ...] = ()) -> Field:
    return Field(form=form, one_of=one_of)


def _needed(form: str = "", *, one_of: tuple[str, ...] = ()) -> Field:
    return Field(form=form, required=True, one_of=one_of)


def _many(of: str, *, beyond: bool = False) -> Field:
    return Field(kind="many", of=of, beyond=beyond)


ID, REF, NUMBER = _needed("uuid"), _text("uuid"), Field(kind="number")
KINDS_OF_PLACE = ("physical", "postal", "virtual")
STATES = ("active", "inactive", "defunct", "temporarily closed")

Shape = dict[str, Field]
_ORGANISATION_FLAT: Shape = {
    "id": ID,
    "name": _needed(),
    "description": _needed(),
    "email": _text("email"),
    "website": _text("uri"),
    "logo": _text(),
    "uri": _text("uri"),
    "parent_organization_id": REF,
}
_ORGANISATION: Shape = _ORGANISATION_FLAT | {
    "organization_identifiers": _many("organization_identifier"),
    "attributes": _many("attribute"),
}
_SERVICE_FLAT: Shape = {
    "id": ID,
    "organization_id": REF,
    "name": _needed(),
    "description": _text(),
    "url": _text("uri"),
    "email": _text("email"),
    "status": _needed(one_of=STATES),
    "fees": _text(),
    "accreditations": _text(),
    "minimum_age": NUMBER,
    "maximum_age": NUMBER,
    "assured_date": _text("date"),
    "assurer_email": _text("email"),
    "alert": _text(),
    "last_modified": _text("date-time"),
}
_SERVICE_BARE: Shape = _SERVICE_FLAT | {
    "schedules": _many("schedule"),
    "service_areas": _many("service_area"),
    "languages": _many("language"),
    "organization": Field(kind="one", of="organization"),
    "funding": _many("funding"),
    "cost_options": _many("cost_option"),
    "contacts": _many("contact"),
    "attributes": _many("attribute"),
    "phones": _many("phone", beyond=True),
}
_PLACE_FLAT: Shape = {
    "id": ID,
    "location_type": _needed(one_of=KINDS_OF_PLACE),
    "name": _text(),
    "description": _text(),
    "latitude": NUMBER,
    "longitude": NUMBER,
    "external_identifier": _text(),
    "external_identifier_type": _text(),
}
_TAXONOMY_FLAT: Shape = {
    "id": ID,
    "name": _needed(),
    "description": _needed(),
    "uri": _text("uri"),
    "version": _text(),
}
_AT_A_PLACE: Shape = {"id": ID, "service_id": REF, "location_id": REF}

SHAPES: dict[str, Shape] = {
    "root": {"version": _text(), "profile": _text("uri"), "openapi_url": _text("uri")},
    "service": _SERVICE_BARE | {"service_at_locations": _many("place_of_service")},
    "service in a list": _SERVICE_FLAT | {"organization": Field(kind="one", of="organization in a list")},
    "service of a place": _SERVICE_BARE,
    "service of a place in a list": _SERVICE_FLAT | {"organization": Field(kind="one", of="organization in a list")},
    "service_at_location": _AT_A_PLACE
    | {"location": Field(kind="one", of="location"), "service": Field(kind="one", of="service of a place")},
    "service_at_location in a list": _AT_A_PLACE
    | {
        "location": Field(kind="one", of="location in a list"),
        "service": Field(kind="one", of="service of a place in a list"),
    },
    "place_of_service": _AT_A_PLACE | {"location": Field(kind="one", of="location")},
    "organization": _ORGANISATION,
    "organization with services": _ORGANISATION | {"services": _many("service")},
    "organization in a list": _ORGANISATION_FLAT,
    "taxonomy": _TAXONOMY_FLAT | {"taxonomy_terms": _many("taxonomy_term")},
    "taxonomy_term": {
        "id": ID,
        "name": _needed(),
        "description": _needed(),
        "parent_id": REF,
        "taxonomy": _text(),
        "taxonomy_id": REF,
        "term_uri": _text("uri"),
        "term": _text(),
    },
    "location": _PLACE_FLAT
    | {"addresses": _many("address"), "accessibility": _many("accessibility"), "attributes": _many("attribute")},
    "location in a list": _PLACE_FLAT,
    "address": {
        "id": ID,
        "location_id": REF,
        "attention": _text(),
        "address_1": _needed(),
        "city": _needed(),
        "region": _text(),
        "state_province": _needed(),
        "postal_code": _needed(),
        "country": _needed(),
        "address_type": _needed(one_of=KINDS_OF_PLACE),
        "attributes": _many("attribute"),
    },
    "accessibility": {
        "id": ID,
        "location_id": REF,
        "description": _text(),
        "details": _text(),
        "url": _text("uri"),
        "attributes": _many("attribute"),
        "accessibility": _text(),
    },
    "attribute": {
        "id": ID,
        "link_id": REF,
        "taxonomy_term_id": REF,
        "link_type": _text(),
        "taxonomy_term": Field(kind="one", of="taxonomy_term"),
    },
    "phone": {
        "id": ID,
        "contact_id": REF,
        "number": _needed(),
        "description": _text(),
        "languages": _many("language"),
    },
    "contact": {
        "id": ID,
        "service_id": REF,
        "name": _text(),
        "title": _text(),
        "attributes": _many("attribute"),
        "phones": _many("phone", beyond=True),
    },
    "schedule": {
        "id": ID,
        "service_id": REF,
        "service_at_location_id": REF,
        "valid_from": _text("date"),
        "valid_to": _text("date"),
        "dtstart": _text("date"),
        "freq": _text(one_of=("WEEKLY", "MONTHLY")),
        "interval": NUMBER,
        "byday": _text(),
        "bymonthday": _text(),
        "description": _text(),
        "opens_at": _text("time"),
        "closes_at": _text("time"),
        "schedule_link": _text("uri"),
        "attending_type": _text(),
        "notes": _text(),
    },
    "service_area": {
        "id": ID,
        "service_id": REF,
        "name": _text(),
        "extent": _text(),
        "extent_type": _text(),
        "uri": _text(),
        "service_area": _text(),
    },
    "language": {"id": ID, "service_id": REF, "phone_id": REF},
    "cost_option": {
        "id": ID,
        "service_id": REF,
        "valid_from": _text("date"),
        "valid_to": _text("date"),
        "option": _text(),
        "amount": NUMBER,
        "amount_description": _text(),
    },
    "funding": {"id": ID, "service_id": REF, "source": _text()},
    "organization_identifier": {
        "id": ID,
        "organization_id": REF,
        "identifier_scheme": _text(),
        "identifier_type": _needed(),
        "identifier": _needed(),
        "attributes": _many("attribute"),
    },
}
WHOLE = {
    "service in a list": "service",
    "service of a place in a list": "service of a place",
    "service_at_location in a list": "service_at_location",
    "organization in a list": "organization",
    "location in a list": "location",
}
"""What a list gives shortly, and what it is when whole: a list may say more than it must."""

PAGE: Shape = {
    name: Field(kind=kind)
    for name, kind in (
        ("total_items", "whole"),
        ("total_pages", "whole"),
        ("page_number", "whole"),
        ("size", "whole"),
        ("first_page", "yes or no"),
        ("last_page", "yes or no"),
        ("empty", "yes or no"),
    )
}
"""What a page of a list says about itself, beside its `contents`."""


def as_json_schema(shape: str) -> dict[str, Any]:
    """Write one shape as JSON Schema, for a description of an interface; what it holds is named, not repeated."""
    members = SHAPES[shape]
    return {
        "type": "object",
        "title": shape,
        "properties": {name: _written(one) for name, one in members.items()},
        "required": [name for name, one in members.items() if one.required],
    }


def named(shape: str) -> str:
    """Give a shape the name by which descriptions refer to it."""
    return shape.replace(" ", "_")


def below(shape: str) -> Iterator[str]:
    """Name a shape and every shape that stands in it, once each."""
    seen, waiting = set(), [shape]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            yield one
            waiting += [field.of for field in SHAPES[one].values() if field.of]


_TYPES = {"text": "string", "number": "number", "whole": "integer", "yes or no": "boolean"}
_FORMATS = ("uuid", "uri", "email", "date-time", "date", "time")


def _written(one: Field) -> dict[str, Any]:
    if one.kind in ("one", "many"):
        inner = {"$ref": f"#/components/schemas/{named(one.of)}"}
        return inner if one.kind == "one" else {"type": "array", "items": inner}
    found: dict[str, Any] = {"type": _TYPES[one.kind]}
    if one.form in _FORMATS:
        found["format"] = one.form
    if one.one_of:
        found["enum"] = list(one.one_of)
    return found


PAGE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "page",
    "properties": {name: _written(one) for name, one in PAGE.items()} | {"contents": {"type": "array"}},
    "required": [*PAGE, "contents"],
}
