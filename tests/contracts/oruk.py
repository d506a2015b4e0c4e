"""The published schemas of Open Referral UK v3, as the judge of what we publish and of what our checker says.

The judge knows the formats uuid, email, date and time; uri and date-time need packages that this house does not have, so two plain
readings of RFC 3986 and RFC 3339 stand in for them here, written apart from those of the checker.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FORMATS = FormatChecker(["uuid", "email", "date", "time"])
COMPILED = {
    "service": "service",
    "service in a list": "service_list",
    "organization with services": "organization",
    "organization in a list": "organization_list",
    "service_at_location": "service_at_location",
    "service_at_location in a list": "service_at_location_list",
}


@FORMATS.checks("uri", raises=ValueError)
def _is_uri(text: object) -> bool:
    if not isinstance(text, str):
        return True
    found = urlsplit(text)
    return bool(found.scheme) and bool(found.netloc or found.path) and not any(one.isspace() for one in text)


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(text: object) -> bool:
    return not isinstance(text, str) or ("T" in text.upper() and datetime.fromisoformat(text).tzinfo is not None)


@lru_cache(maxsize=20)
def judge(data: Path, shape: str) -> Draft202012Validator:
    """Give the published schema of one shape."""
    folder = data / "oruk" / "v3_profile" / "schema"
    if shape in COMPILED:
        return Draft202012Validator(_read(folder / "compiled" / f"{COMPILED[shape]}.json"), format_checker=FORMATS)
    resources = [(path.name, Resource.from_contents(_read(path), DRAFT202012)) for path in folder.glob("*.json")]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(_read(folder / f"{shape}.json"), registry=registry, format_checker=FORMATS)


@lru_cache(maxsize=1)
def page_judge(data: Path) -> Draft202012Validator:
    """Give what the published description of the interface says of a page."""
    said = _read(data / "oruk" / "v3_profile" / "docs" / "extras" / "openapi30.json")["components"]["schemas"]["Page"]
    return Draft202012Validator({**said, "required": [*said["properties"], "contents"]})


def root_judge(data: Path) -> Draft202012Validator:
    """Give what the published description says of the first address."""
    said = _read(data / "oruk" / "v3_profile" / "docs" / "extras" / "openapi30.json")
    answer = said["paths"]["/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    return Draft202012Validator(answer, format_checker=FORMATS)


def faults(validator: Draft202012Validator, document: Any) -> list[str]:
    """Name what the judge finds."""
    return [f"{one.json_path}: {one.message[:120]}" for one in validator.iter_errors(document)]


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
