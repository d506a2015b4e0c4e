"""Writing the terms by which services are found: derived from what stands in an entry, and written again whenever that changes.

What a service is found by stands twice: as postings, one row for each word and service in the order in which a search reads them, and
as one line beside the service, from which it is known which postings to take away. Only what differs from that line is written.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Subquery

from alongside.journey.directory.commands.quickly import (
    PART,
    Posting,
    add_postings,
    add_rows,
    drop_postings,
    hold_words,
    let_words_go,
)
from alongside.journey.directory.models import KnownWord, NeedTag, SearchWord, Service, ServiceAtLocation, WordsOf
from alongside.journey.directory.queries.published import is_where_secret
from alongside.journey.directory.rules import cell_of
from alongside.vocabulary.topics import tables
from alongside.vocabulary.what_follows import terms_kept

BATCH = 2000
HELD = 3_000_000
"""So many postings are held in memory before they are written: eight bytes each."""
_SERVICE, _CELL, _WEIGHT = 32, 20, 12
"""How many bits of a posting in memory say each: it begins with what comes first in the index."""
_MOST = (1 << _WEIGHT) - 1


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in an entry, as far as it is found by it."""

    service: Service
    needs: dict[str, bool] = field(default_factory=dict)
    """By its code: whether it was guessed."""
    places: list[ServiceAtLocation] = field(default_factory=list)
    terms: dict[str, int] | None = None
    """Of a new service, by which it is found, where that is known already."""


class Postings:
    """New postings of one hub, held until many are written together: an index grows faster in its own order."""

    def __init__(self, hub_id: int) -> None:
        self.hub_id, self.count = hub_id, 0
        self.by_word: dict[str, array[int]] = {}

    def add(self, service: int, cell: int, terms: Iterable[tuple[str, int]]) -> None:
        """Hold the postings of a service."""
        low = cell << _SERVICE | service
        for word, weight in terms:
            if word not in self.by_word:
                self.by_word[word] = array("Q")
            self.by_word[word].append((_MOST - weight) << (_CELL + _SERVICE) | low)
            self.count += 1

    def write(self) -> None:
        """Write what is held, and count how many services hold each word."""
        if self.count:
            keys = hold_words(self.hub_id, {word: len(held) for word, held in self.by_word.items()})
            add_postings(self._sorted(keys))
        self.by_word, self.count = {}, 0

    def _sorted(self, keys: dict[str, int]) -> Iterator[Posting]:
        for word, key in sorted(keys.items(), key=lambda pair: pair[1]):
            for one in sorted(self.by_word[word]):
                yield key, _MOST - (one >> (_CELL + _SERVICE)), one >> _SERVICE & (1 << _CELL) - 1, one & (1 << _SERVICE) - 1


def index(keys: Sequence[int]) -> None:
    """Write the terms of some services as their entries stand.

    Queries:  a fixed number, whatever the number of services.
    """
    index_as(_standing(keys))


def index_as(standing: Sequence[Stands], held: Postings | None = None) -> None:
    """Write the terms of some services, of which it is known how their entries stand.

    In:       `held`: where new postings wait until the end of a whole feed of one hub.
    """
    known = [one.service.pk for one in standing if one.terms is None]
    before = {one.service_id: one for one in WordsOf.objects.filter(service__in=known)} if known else {}
    lines: list[tuple[int, int, str]] = []
    gone: dict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
    postings: dict[int, Postings] = {} if held is None else {held.hub_id: held}
    for one in standing:
        # Nothing finds a place of which nobody may know where it is: neither the words of its address nor its square of the map.
        told = [] if one.places and is_where_secret(one.service) else one.places
        service, cell = one.service, _cell(told)
        terms = _terms(one, told) if one.terms is None or len(told) < len(one.places) else one.terms
        stood = before.get(service.pk)
        had, at = (_in_line(stood.words), stood.cell) if stood else ({}, cell)
        if had == terms and at == cell:
            continue
        lines.append((service.pk, cell, _line(terms)))
        same = had.items() & terms.items() if at == cell else set()
        gone[service.hub_id] += [(word, weight, at, service.pk) for word, weight in had.items() if (word, weight) not in same]
        new = [pair for pair in terms.items() if pair not in same] if same else terms.items()
        postings.setdefault(service.hub_id, Postings(service.hub_id)).add(service.pk, cell, new)
    for hub, those in gone.items():
        _drop(hub, those)
    if before:
        WordsOf.objects.filter(service__in=before.keys() & {key for key, *_rest in lines}).delete()
    add_rows(WordsOf, ("service_id", "cell", "words"), lines)
    for those_new in postings.values():
        if those_new is not held or those_new.count > HELD:
            those_new.write()
    behind = [one.service.pk for one in standing if one.service.indexed_as != tables().print]
    if behind:
        Service.objects.filter(pk__in=behind).update(indexed_as=tables().print)


def index_what_is_behind() -> int:
    """Write again what was written by other tables of words (a new version, or words that a hub added); give how many."""
    behind = Service.objects.exclude(indexed_as=tables().print)
    count = 0
    for hub in behind.order_by("hub").values_list("hub", flat=True).distinct():
        held = Postings(hub)
        while batch := list(behind.filter(hub=hub).order_by("pk").values_list("pk", flat=True)[:BATCH]):
            index_as(_standing(batch), held)
            count += len(batch)
        held.write()
    return count


def count_words(hub_id: int) -> None:
    """Count anew how many services of a hub hold each word, and forget what nobody holds."""
    holding = SearchWord.objects.filter(word=OuterRef("pk"))
    KnownWord.objects.filter(~Exists(holding), hub=hub_id).delete()
    counted = holding.order_by().values("word").annotate(services=Count("service")).values("services")
    KnownWord.objects.filter(hub=hub_id).update(services=Subquery(counted))


def _drop(hub_id: int, gone: Sequence[tuple[str, int, int, int]]) -> None:
    words = sorted({word for word, *_rest in gone})
    keys: dict[str, int] = {}
    for at in range(0, len(words), PART):
        keys |= dict(KnownWord.objects.filter(hub=hub_id, word__in=words[at : at + PART]).values_list("word", "pk"))
    drop = sorted((keys[word], weight, cell, service) for word, weight, cell, service in gone if word in keys)
    if drop:
        drop_postings(drop)
        let_words_go(Counter(word for word, *_rest in drop))


def _standing(keys: Sequence[int]) -> list[Stands]:
    found = {one.pk: Stands(one) for one in Service.objects.filter(pk__in=keys).order_by("pk")}
    for service, need, is_guessed in NeedTag.objects.filter(service__in=keys).values_list("service", "need", "guessed"):
        found[service].needs[need] = is_guessed
    for where in ServiceAtLocation.objects.filter(service__in=keys).order_by("pk"):
        found[where.service_id].places.append(where)
    return list(found.values())


def _cell(places: Sequence[ServiceAtLocation]) -> int:
    cells = {cell_of(where.latitude, where.longitude) for where in places}
    return cells.pop() if len(cells) == 1 else 0


def _terms(one: Stands, places: Sequence[ServiceAtLocation]) -> dict[str, int]:
    service, addresses = one.service, [where.address for where in places]
    return terms_kept(service.name, service.organisation_name, service.description, service.for_whom, addresses, one.needs)


def _line(terms: dict[str, int]) -> str:
    return " ".join([f"{word} {weight}" for word, weight in terms.items()])


def _in_line(line: str) -> dict[str, int]:
    parts = line.split(" ") if line else []
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))
