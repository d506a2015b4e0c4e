"""A plain table (CSV) to entries, through a mapping file that says which column is what."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from alongside.exchange.open_referral.phones import numbers_in, sort_phones
from alongside.exchange.open_referral.reading import CannotRead, rows_of
from alongside.exchange.open_referral.services import plain, safe_url
from alongside.vocabulary.need_words import guess_needs
from alongside.vocabulary.postcode import tidy
from alongside.vocabulary.search_terms import offers_crisis_help
from alongside.vocabulary.service_entry import BadRow, LeftOut, LocationEntry, Read, ServiceEntry

MAPPINGS = Path(__file__).parent / "mappings"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of a table is what; and what holds for every row."""

    source: str
    licence: str
    columns: dict[str, str]
    fixed: dict[str, str]


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file (TOML). Refuses: CannotRead when it names no source or no column for the name."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as fault:
        raise CannotRead(f"The mapping file {path.name} cannot be read: {fault}") from None
    columns = data.get("columns", {})
    if not data.get("source") or "name" not in columns:
        raise CannotRead(f"The mapping file {path.name} needs a source and a column for the name.")
    return Mapping(data["source"], data.get("licence", ""), columns, data.get("fixed", {}))


def mapping_for(path: Path) -> Path:
    """Find the mapping that carries the table's name, among those that come with the product."""
    found = MAPPINGS / f"{path.stem}.toml"
    if not found.exists():
        raise CannotRead(f"No mapping file says what the columns of {path.name} are. Give one with --mapping FILE.")
    return found


def read_table(path: Path, mapping: Mapping) -> Iterator[Read]:
    """Read a table in bounded memory; each row is an entry or a fault with its line."""
    for line, cells, problem in rows_of(path):
        place = f"line {line}"
        if problem:
            yield BadRow(place, problem)
            continue
        value = {what: plain(cells.get(column, "")) for what, column in mapping.columns.items()}
        name = value.get("name", "")[:250]
        if not name:
            yield BadRow(place, "a service needs a name")
            continue
        phones, refused = sort_phones((place, number[:80], "") for number in numbers_in(value.get("phone", "")))
        yield from (LeftOut(where, reason) for where, reason in refused)
        postcode = tidy(value.get("postcode", ""))
        source_id = value.get("id") or hashlib.sha256(f"{name}|{postcode}".encode()).hexdigest()[:24]
        description = " ".join(part for part in (value.get("description", ""), mapping.fixed.get("description", "")) if part)
        yield ServiceEntry(
            source=mapping.source,
            source_id=source_id,
            name=name,
            organisation=value.get("organisation", "")[:250],
            description=description,
            url=safe_url(value.get("url", "")),
            email=value.get("email", "")[:254],
            phones=phones,
            when_next=value.get("when", "")[:400],
            how_to_start=value.get("how_to_start", "")[:400],
            needs=guess_needs(f"{name} {description} {mapping.fixed.get('needs_words', '')}"),
            is_crisis=offers_crisis_help(name, description),
            locations=(LocationEntry(address=value.get("address", "")[:400], postcode=postcode[:10]),),
            licence=mapping.licence[:120],
            place=place,
        )
