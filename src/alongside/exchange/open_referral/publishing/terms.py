"""Our own taxonomies, as they are published: what people need, and what is said about an entry. The ids are the same in every hub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from alongside.exchange.open_referral.publishing.identifiers import of_taxonomy, of_term
from alongside.vocabulary.needs import NEEDS

VERSION = "1"
ABOUT = {
    "source": ("Source", "Where this entry was taken from."),
    "licence": ("Licence", "Under which licence this entry was taken, and may be used."),
    "access": ("Access", "How easy it is to get in and to take part, of a service that names no place."),
    "term": ("Term", "A term by which its source sorts it, with the name of the taxonomy."),
}
"""What may stand beside an entry as an attribute with a value."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One taxonomy and its terms: code, name, description."""

    code: str
    name: str
    description: str
    terms: tuple[tuple[str, str, str], ...]

    @property
    def id(self) -> UUID:
        return of_taxonomy(self.code)


TAXONOMIES = (
    Taxonomy(
        "needs",
        "Needs",
        "What people need, in plain words; a service meets one or more of these. Our own list.",
        tuple((code, one.en, f"For somebody who wants help with: {one.en}.") for code, one in NEEDS.items()),
    ),
    Taxonomy(
        "about-the-entry",
        "About the entry",
        "What is said about an entry itself, with a value. Our own list.",
        tuple((code, name, description) for code, (name, description) in ABOUT.items()),
    ),
)
NEEDS_TAXONOMY, ABOUT_TAXONOMY = TAXONOMIES


def as_taxonomy(one: Taxonomy, *, whole: bool) -> dict[str, Any]:
    """Write a taxonomy; whole with its terms."""
    found: dict[str, Any] = {"id": str(one.id), "name": one.name, "description": one.description, "version": VERSION}
    if whole:
        found["taxonomy_terms"] = [as_term(one, code) for code, _name, _description in one.terms]
    return found


def as_term(taxonomy: Taxonomy, code: str) -> dict[str, Any]:
    """Write one term of a taxonomy."""
    name, description = next((name, words) for known, name, words in taxonomy.terms if known == code)
    return {
        "id": str(of_term(taxonomy.code, code)),
        "name": name,
        "description": description,
        "taxonomy": taxonomy.name,
        "taxonomy_id": str(taxonomy.id),
        "term": name,
    }


EVERY_TERM = tuple((taxonomy, code) for taxonomy in TAXONOMIES for code, _name, _words in taxonomy.terms)
BY_ID = {of_term(taxonomy.code, code): (taxonomy, code) for taxonomy, code in EVERY_TERM}
TAXONOMY_BY_ID = {one.id: one for one in TAXONOMIES}
_WRITTEN = {(taxonomy.code, code): as_term(taxonomy, code) for taxonomy, code in EVERY_TERM}


def written_term(taxonomy: Taxonomy, code: str) -> dict[str, Any]:
    """Give a term as it is published, written once."""
    return _WRITTEN[taxonomy.code, code]
