"""What follows from the words of an entry and from nothing else: how help is given there, and the terms by which it is found.

No database is asked, and so it can be worked out in another process while the database writes (`journey/directory/commands/ahead.py`):
`python -m alongside.vocabulary.what_follows` reads a part of a feed, one line of JSON, and answers in one line.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO, NamedTuple, Protocol

from alongside.vocabulary.search_terms import make_ready, terms_of
from alongside.vocabulary.service_details import Details, rows_of
from alongside.vocabulary.service_entry import ServiceEntry
from alongside.vocabulary.spoken_languages import IN, languages_said
from alongside.vocabulary.ways_of_help import ways_of

TERMS = 400
"""So many terms of one service are kept, those that weigh most."""
LONGEST = 40
"""So many letters of a term are kept."""


class Says(Protocol):
    """What says in words how help is given: an entry, or a service that is kept."""

    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...
    @property
    def accessibility(self) -> str: ...
    @property
    def for_whom(self) -> str: ...
    @property
    def when_next(self) -> str: ...
    @property
    def how_to_start(self) -> str: ...
    @property
    def cost(self) -> str: ...
    @property
    def details(self) -> Details: ...


class Words(NamedTuple):
    """The words of a new entry: all from which anything follows."""

    name: str
    organisation: str
    description: str
    accessibility: str
    for_whom: str
    when_next: str
    how_to_start: str
    cost: str
    details: Details
    addresses: list[str]
    needs: dict[str, bool]
    """Of each, whether it was guessed."""


class Follows(NamedTuple):
    """What follows from a new entry."""

    ways: str
    terms: dict[str, int]


def words_of(entry: ServiceEntry) -> Words:
    """Give the words of an entry that nobody here has said anything of."""
    return Words(
        entry.name,
        entry.organisation,
        entry.description,
        entry.accessibility,
        entry.for_whom,
        entry.when_next,
        entry.how_to_start,
        entry.cost,
        {"languages": named} if (named := rows_of(entry.details, "languages")) else {},
        [one.address for one in entry.locations],
        dict.fromkeys(entry.needs, entry.source != "hub"),
    )


def what_follows(entries: Iterable[Words]) -> list[Follows]:
    """Give what follows from each of some entries."""
    return [
        Follows(
            ways_said(one),
            terms_kept(one.name, one.organisation, one.description, one.for_whom, one.addresses, one.needs),
        )
        for one in entries
    ]


def ways_said(said: Says) -> str:
    """Give how help is given, and in which languages, as words say it: codes with spaces between."""
    texts = (said.name, said.description, said.accessibility, said.for_whom, said.when_next, said.how_to_start)
    named = rows_of(said.details, "languages")
    also = ["yn Gymraeg"] if any(row.get("code") == "cy" for row in named) else []
    spoken = [f"{IN}{code}" for code in languages_said(texts, named)]
    return " ".join([*ways_of([*texts, *also], cost=said.cost), *spoken])


def terms_kept(
    name: str, organisation: str, description: str, for_whom: str, addresses: Sequence[str], needs: Mapping[str, bool]
) -> dict[str, int]:
    """Give the terms of a service that weigh most, each with its weight, cut to the length in which they are kept."""
    terms = terms_of(name, organisation, description, for_whom, " ".join(addresses), needs)
    if len(terms) > TERMS:
        terms = dict(sorted(terms.items(), key=lambda pair: -pair[1])[:TERMS])
    for word in [word for word in terms if len(word) > LONGEST]:
        weight = terms.pop(word)
        terms[word[:LONGEST]] = max(terms.get(word[:LONGEST], 0), weight)
    return terms


def answer(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer line by line, as long as anybody asks."""
    make_ready()
    for line in asked:
        told.write(json.dumps(what_follows(Words(*one) for one in json.loads(line))).encode() + b"\n")
        told.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
