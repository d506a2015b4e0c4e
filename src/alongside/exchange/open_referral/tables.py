"""A plain table (CSV) to entries, through a mapping file that says which column is what."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from alongside.exchange.open_referral.phones import numbers_in, sort_phones
from alongside.exchange.open_referral.reading import CannotRead, open_text, rows_in
from alongside.exchange.open_referral.services import age_of, coordinate_of, plain, safe_url
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
    columns: dict[str, str | list[str]]
    """Of each field the column, or the columns whose words are put one behind the other."""
    fixed: dict[str, str]

    @property
    def named(self) -> list[str]:
        """Every column that something is taken from."""
        return [name for given in self.columns.values() for name in ([given] if isinstance(given, str) else given)]

    def values(self, cells: dict[str, str]) -> dict[str, str]:
        """Give what a row says of each field."""
        found = {}
        for what, given in self.columns.items():
            said = (plain(cells.get(column, "")) for column in ([given] if isinstance(given, str) else given))
            found[what] = (", " if what == "address" else " ").join(filter(None, said))
        return found


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
    """Read a table in bounded memory; each row is an entry or a fault with its line, and each column that nothing reads is named."""
    with open_text(path) as file:
        yield from read_open_table(file, path.name, mapping)


def read_open_table(file: TextIO, name: str, mapping: Mapping) -> Iterator[Read]:
    """Read a table that is open, as `read_table` does.

    Refuses:  CannotRead when no column has the name that the mapping gives for the name of a service.
    """
    heading: list[str] = []
    rows = rows_in(file, name, heading.extend)
    first = next(rows, None)  # the heading has been read by then
    known, of_name = set(mapping.named), mapping.columns["name"]
    if not set([of_name] if isinstance(of_name, str) else of_name) & set(heading):
        raise CannotRead(f"{name} has no column {of_name}; it has {', '.join(heading)[:300]}.")
    yield from (LeftOut("line 1", f"nothing is taken from the column {column[:80]}") for column in heading if column not in known)
    yield from (LeftOut("line 1", f"there is no column {column[:80]}") for column in mapping.named if column not in heading)
    for line, cells, problem in chain([first] if first else [], rows):
        yield from _row(f"line {line}", cells, problem, mapping)


def _row(place: str, cells: dict[str, str], problem: str, mapping: Mapping) -> Iterator[Read]:
    if problem:
        yield BadRow(place, problem)
        return
    value = mapping.values(cells)
    name = value.get("name", "")[:250]
    if not name:
        yield BadRow(place, "a service needs a name")
        return
    phones, refused = sort_phones((place, number[:80], "") for number in numbers_in(value.get("phone", "")))
    yield from (LeftOut(where, reason) for where, reason in refused)
    postcode = tidy(value.get("postcode", ""))
    source_id = value.get("id") or hashlib.sha256(f"{name}|{postcode}".encode()).hexdigest()[:24]
    description = " ".join(part for part in (value.get("description", ""), mapping.fixed.get("description", "")) if part)
    low, high = age_of(value.get("age_from")), age_of(value.get("age_to"))
    if low is not None and high is not None:
        low, high = min(low, high), max(low, high)
    yield ServiceEntry(
        source=mapping.source,
        source_id=source_id[:200],
        name=name,
        organisation=value.get("organisation", "")[:250],
        description=description,
        url=safe_url(value.get("url", "")),
        email=value.get("email", "")[:254],
        phones=phones,
        cost=value.get("cost", "")[:250],
        when_next=value.get("when", "")[:400],
        how_to_start=value.get("how_to_start", "")[:400],
        accessibility=value.get("accessibility", "")[:400],
        for_whom=value.get("for_whom", "")[:400],
        age_from=low,
        age_to=high,
        needs=guess_needs(f"{name} {description} {mapping.fixed.get('needs_words', '')}"),
        is_crisis=offers_crisis_help(name, description),
        locations=(
            LocationEntry(
                address=value.get("address", "")[:400],
                postcode=postcode[:10],
                latitude=coordinate_of(value.get("latitude"), 90),
                longitude=coordinate_of(value.get("longitude"), 180),
            ),
        ),
        licence=mapping.licence[:120],
        place=place,
    )
