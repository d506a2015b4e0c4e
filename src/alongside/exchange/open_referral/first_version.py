"""Open Referral UK v1 as v3 writes it: what v1 calls otherwise or keeps elsewhere is put where v3 keeps it, and nothing is lost.

A feed may call itself v3 and write some rows as v1, or the other way round: each row is looked at by itself.

| v1 | v3 |
|---|---|
| `eligibilitys` with ages and words | `minimum_age`, `maximum_age`, `eligibility_description` |
| `regular_schedules`, `regular_schedule` with `weekday` | `schedules` with `byday` |
| `physical_addresses` | `addresses` |
| `accessibility_for_disabilities` with `accessibility` | `accessibility` with `description` |
| `service_taxonomys` with `taxonomy` | `attributes` with `taxonomy_term` |

Source: Open Referral UK 1.0; standards.md section 1.
"""

from __future__ import annotations

from typing import Any

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MARKS = ("eligibilitys", "regular_schedules", "service_taxonomys", "fundings", "holiday_schedules")
PLACE_MARKS = ("regular_schedule", "regular_schedules", "holiday_schedules")
LOCATION_MARKS = ("physical_addresses", "accessibility_for_disabilities")


def in_third_version(row: Any) -> Any:
    """Give a row of a v1 feed as v3 writes it; what is no v1, or no row at all, as it stood."""
    if not isinstance(row, dict) or not _is_first_version(row):
        return row
    found = {**row, **_for_whom(row)}
    found["schedules"] = _schedules(row) + _list(row, "schedules")
    found["attributes"] = [
        {"taxonomy_term": one["taxonomy"]} for one in _list(row, "service_taxonomys") if isinstance(one.get("taxonomy"), dict)
    ] + _list(row, "attributes")
    found["service_at_locations"] = [_place(one) for one in _list(row, "service_at_locations")]
    return found


def _is_first_version(row: dict[str, Any]) -> bool:
    if any(mark in row for mark in MARKS):
        return True
    places = _list(row, "service_at_locations")
    locations = [one["location"] for one in places if isinstance(one.get("location"), dict)]
    return any(mark in one for one in places for mark in PLACE_MARKS) or any(
        mark in one for one in locations for mark in LOCATION_MARKS
    )


def _for_whom(row: dict[str, Any]) -> dict[str, Any]:
    """Give the widest ages of all, and every word once; an age that one of them leaves open is open."""
    every = _list(row, "eligibilitys")
    said = [str(one["eligibility"]) for one in every if one.get("eligibility")]
    found: dict[str, Any] = {}
    for name, widest in (("minimum_age", min), ("maximum_age", max)):
        ages = [_number(one.get(name)) for one in every]
        known = [age for age in ages if age is not None]
        if known and len(known) == len(ages) and name not in row:
            found[name] = widest(known)
    if said and not row.get("eligibility_description"):
        found["eligibility_description"] = "; ".join(dict.fromkeys(said))
    return found


def _number(value: Any) -> float | None:
    try:
        found = float(value)
    except (TypeError, ValueError):
        return None
    return found if 0 <= found <= 150 else None


def _place(place: dict[str, Any]) -> dict[str, Any]:
    found = {**place, "schedules": _schedules(place) + _list(place, "schedules")}
    if isinstance(place.get("location"), dict):
        location = dict(place["location"])
        location["addresses"] = _list(location, "physical_addresses") + _list(location, "addresses")
        location["accessibility"] = [
            {"description": one.get("accessibility")} for one in _list(location, "accessibility_for_disabilities")
        ] + _list(location, "accessibility")
        found["location"] = location
    return found


def _schedules(owner: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for one in _list(owner, "regular_schedules") + _list(owner, "regular_schedule"):
        day = one.get("byday") or one.get("weekday")
        if isinstance(day, (int, float)) and 1 <= day <= 7:
            day = DAYS[int(day) - 1]
        found.append({**one, "byday": day})
    return found


def _list(owner: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = owner.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
