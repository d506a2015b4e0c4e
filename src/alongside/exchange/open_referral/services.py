"""Open Referral UK services, v3 and v1, to entries. Liberal in what is read: real feeds are shallow, partial and oddly spelt.

Source: Open Referral UK (HSDS-UK 3.0), openreferraluk.org; standards.md section 1.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from hashlib import blake2b
from typing import Any

from alongside.exchange.open_referral.first_version import in_third_version
from alongside.exchange.open_referral.phones import sort_phones
from alongside.exchange.open_referral.streaming import Row
from alongside.refusals import Invalid
from alongside.vocabulary.need_words import guess_needs
from alongside.vocabulary.opening_hours import spoken
from alongside.vocabulary.search_terms import offers_crisis_help
from alongside.vocabulary.service_details import OF_A_PLACE, PARTS, Details, rows_kept
from alongside.vocabulary.service_entry import BadRow, LeftOut, LocationEntry, Read, Same, ServiceEntry
from alongside.vocabulary.text import clean

CLOSED = ("defunct", "inactive", "temporarily closed", "closed")
LONGEST = 20_000
READER = 2
"""One more whenever a row of a feed is read otherwise than before: then every row is read again."""
AT_ONCE, MOST_AT_ONCE = 2000, 32_000_000
"""Rows, and characters of them, that are held at once."""
MARKS = ("status", "organization", "organization_id", "service_at_locations")
OTHER_MARKS = ("legal_status", "organization_identifiers", "taxonomy", "taxonomy_uri", "term_uri", "taxonomy_detail", "version")
"""What an organisation or a taxonomy has, which carry a name and an id like a service, and a service lacks."""

_MARKUP = re.compile(r"<[^>]{0,500}>")
_SPACES = re.compile(r"[ \t]{2,}|\t")


class NotADirectory(Invalid):
    code = "not_a_directory"


def read_services(
    rows: Iterable[Row], *, source: str, licence: str = "", known: Callable[[list[str]], dict[str, str]] | None = None
) -> Iterator[Read]:
    """Read the rows of a feed; each is an entry or a fault with its place, and what an entry leaves behind is named beside it.

    In:      `licence` of what names none of its own; `known` gives, for some ids, the print of the row that each was last written
             from: a row with that print is not read again.
    Refuses: NotADirectory when a lone document is no service.
    """
    for batch in _batches(rows):
        stand = known([key for row in batch if (key := _key(row))]) if known else {}
        for row in batch:
            row_print = print_of(row.value, licence) if known else ""
            if row_print and not row.is_partial and stand.get(_key(row)) == row_print:
                yield Same(row.place, _key(row))
            else:
                yield from _read(row, source, licence, row_print)


def print_of(value: Any, licence: str = "") -> str:
    """Give the fingerprint of a row as its source has it, whatever the order of its names; none of one that is nested too deeply."""
    try:
        text = json.dumps([READER, licence, value], sort_keys=True)
    except RecursionError:
        return ""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Give rows by the two thousand, or fewer when they are long: memory holds one batch."""
    batch, size = list[Row](), 0
    for row in rows:
        batch.append(row)
        size += row.size
        if len(batch) == AT_ONCE or size > MOST_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _key(row: Row) -> str:
    return plain(row.value.get("id"), 200) if isinstance(row.value, dict) else ""


def _read(row: Row, source: str, licence: str, row_print: str) -> Iterator[Read]:
    is_lone = not row.place
    if is_lone and (not isinstance(row.value, dict) or "name" not in row.value or _is_something_else(row.value)):
        raise NotADirectory("This is not an Open Referral UK document: no service, list of services or page of contents.")
    place = row.place or "[0]"
    yield from (LeftOut(place, oddity) for oddity in row.oddities)
    for one in _entry(in_third_version(row.value), place, source, is_partial=row.is_partial):
        if isinstance(one, ServiceEntry):
            one = replace(one, licence=one.licence or licence[:120], row_print=row_print)
        yield one


def plain(value: Any, longest: int = LONGEST) -> str:
    """Turn any value into plain text: markup out, entities resolved, control characters gone."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    text = str(value)[: longest * 10]
    if text.isascii() and text.isprintable() and "&" not in text and "<" not in text and "  " not in text:
        return text[:longest].strip()  # nearly every value: nothing in it needs a second look
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub(" ", text)
    return _SPACES.sub(" ", clean(text))[:longest].strip()


def safe_url(value: Any) -> str:
    """Give a web address only when it begins with http or https."""
    text = plain(value, 500)
    if text and not re.match(r"^[a-z][a-z0-9+.-]*:", text, re.IGNORECASE):
        text = f"https://{text}"
    return text if re.match(r"^https?://[^\s]+$", text, re.IGNORECASE) else ""


def _entry(row: Any, place: str, source: str, *, is_partial: bool) -> Iterator[Read]:
    if not isinstance(row, dict):
        yield BadRow(place, "not an object")
        return
    name, source_id = plain(row.get("name"), 250), plain(row.get("id"), 200)
    if not name:
        yield BadRow(f"{place}.name", "a service needs a name")
        return
    if not source_id:
        yield BadRow(f"{place}.id", "a service needs an id, so that the next import knows it again")
        return
    if _is_something_else(row):
        yield BadRow(place, "this is an organisation or a term, not a service")
        return
    phones, refused = sort_phones(_phones(row))
    yield from (LeftOut(f"{place}.{where}", reason) for where, reason in refused)
    description = plain(row.get("description"))
    if len(description) == LONGEST:
        yield LeftOut(f"{place}.description", f"longer than {LONGEST:,} characters; the rest was not taken")
    terms = " ".join(plain(_in(term, "taxonomy_term", "name")) or plain(_in(term, "name")) for term in _all(row, "attributes"))
    low, high = age_of(row.get("minimum_age")), age_of(row.get("maximum_age"))
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    yield ServiceEntry(
        source=source,
        source_id=source_id,
        name=name,
        organisation=plain(_in(row.get("organization"), "name"), 250),
        description=description,
        url=safe_url(row.get("url")),
        email=plain(row.get("email"), 254),
        phones=phones,
        cost=(_costs(row) or plain(row.get("fees_description")) or plain(row.get("fees")))[:250],
        how_to_start=plain(row.get("application_process"), 400),
        when_next=_hours(row)[:400],
        accessibility="; ".join(filter(None, (plain(one.get("description")) for one in _deep(row, "accessibility"))))[:400],
        for_whom=plain(row.get("eligibility_description"), 400),
        age_from=low,
        age_to=high,
        needs=guess_needs(f"{name} {description} {terms}"),
        is_crisis=offers_crisis_help(name, description),
        locations=tuple(_locations(row)),
        licence=plain(row.get("licenses"), 120),
        details=_details(row),
        is_closed=plain(row.get("status")).lower() in CLOSED,
        place=place,
        is_partial=is_partial,
    )


def _phones(row: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Give every number of a service, of its contacts and of its places: (where, number, words)."""
    owners: list[tuple[str, dict[str, Any]]] = [("", row)]
    owners += [(f"contacts[{at}].", one) for at, one in enumerate(_all(row, "contacts")) if isinstance(one, dict)]
    for at, one in enumerate(_all(row, "service_at_locations")):
        if isinstance(one, dict):
            owners.append((f"service_at_locations[{at}].", one))
            if isinstance(one.get("location"), dict):
                owners.append((f"service_at_locations[{at}].location.", one["location"]))
    for where, owner in owners:
        for at, phone in enumerate(_all(owner, "phones")):
            if isinstance(phone, dict) and (number := plain(phone.get("number"), 80)):
                extension = plain(phone.get("extension"), 20)
                number = f"{number} ext. {extension}" if extension else number
                yield (
                    f"{where}phones[{at}]",
                    number[:80],
                    plain(phone.get("description"), 160) or plain(owner.get("name"), 160) * bool(where),
                )


def _costs(row: dict[str, Any]) -> str:
    said = (
        plain(cost.get("option")) or plain(cost.get("amount_description")) or plain(cost.get("amount"))
        for cost in _dicts(row, "cost_options")
    )
    return "; ".join(filter(None, said))


def _is_something_else(row: dict[str, Any]) -> bool:
    return any(mark in row for mark in OTHER_MARKS) and not any(mark in row for mark in MARKS)


def _locations(row: dict[str, Any]) -> Iterator[LocationEntry]:
    for at in _dicts(row, "service_at_locations"):
        inner = at.get("location")
        location: dict[str, Any] = inner if isinstance(inner, dict) else at
        addresses = [one for one in _all(location, "addresses") if isinstance(one, dict)] or [{}]
        first = addresses[0]
        parts = [plain(first.get(key)) for key in ("address_1", "address_2", "city", "state_province")]
        yield LocationEntry(
            name=plain(location.get("name"), 200),
            address=", ".join(part for part in parts if part)[:400],
            postcode=plain(first.get("postal_code"), 10),
            latitude=coordinate_of(location.get("latitude"), 90),
            longitude=coordinate_of(location.get("longitude"), 180),
            details=_details_of_place(at, location, first),
        )


def _details(row: dict[str, Any]) -> Details:
    """Keep what the row says beyond our own fields, as the standard names it."""
    provider = row.get("organization")
    provider = provider if isinstance(provider, dict) else {}
    said: dict[str, list[dict[str, Any]]] = {
        name: _dicts(row, name)
        for name in ("schedules", "cost_options", "accessibility", "languages", "contacts", "funding", "service_areas")
    }
    said["terms"] = [_term(one) for one in _dicts(row, "attributes")]
    said["organization"] = [provider]
    said["organization_identifiers"] = _dicts(provider, "organization_identifiers")
    said["more"] = [row]
    return _kept(said, PARTS)


def _details_of_place(at: dict[str, Any], location: dict[str, Any], address: dict[str, Any]) -> Details:
    both = (at, location) if location is not at else (at,)
    said = {name: [one for owner in both for one in _dicts(owner, name)] for name in ("schedules", "accessibility")}
    return _kept(said | {"address": [address], "location": [location]}, OF_A_PLACE)


def _term(attribute: dict[str, Any]) -> dict[str, Any]:
    inner = attribute.get("taxonomy_term")
    term: dict[str, Any] = inner if isinstance(inner, dict) else attribute
    taxonomy = term.get("taxonomy_detail")
    named = term.get("taxonomy") or (taxonomy.get("name") if isinstance(taxonomy, dict) else "")
    return {"name": term.get("name") or term.get("term"), "code": term.get("code") or term.get("id"), "term_uri": term.get("term_uri"),
            "taxonomy": named, "value": attribute.get("value")}  # fmt: skip


def _kept(said: dict[str, list[dict[str, Any]]], parts: dict[str, tuple[str, ...]]) -> Details:
    return {name: rows for name, properties in parts.items() if (rows := rows_kept(said.get(name, []), properties, plain))}


def _hours(row: dict[str, Any]) -> str:
    said = []
    for one in _deep(row, "schedules"):
        words = plain(one.get("description")) or spoken(
            {name: plain(one.get(name)) for name in ("byday", "opens_at", "closes_at")}
        )
        if words.strip():
            said.append(words.strip())
    return "; ".join(dict.fromkeys(said))


def _deep(row: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = _dicts(row, key)
    for at in _dicts(row, "service_at_locations"):
        found += _dicts(at, key)
        if isinstance(at.get("location"), dict):
            found += _dicts(at["location"], key)
    return found


def _all(row: Any, key: str) -> list[Any]:
    value = row.get(key) if isinstance(row, dict) else None
    return value if isinstance(value, list) else []


def _dicts(row: Any, key: str) -> list[dict[str, Any]]:
    return [one for one in _all(row, key) if isinstance(one, dict)]


def _in(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def age_of(value: Any) -> int | None:
    """Give a whole age in years, or nothing when it is none."""
    try:
        age = int(float(str(value)))
    except (TypeError, ValueError, OverflowError):
        return None
    return age if 0 <= age <= 120 else None


def coordinate_of(value: Any, limit: float) -> float | None:
    """Give a coordinate within its limit, or nothing when it is none."""
    try:
        found = float(str(value))
    except (TypeError, ValueError):
        return None
    return found if -limit <= found <= limit and found == found else None
