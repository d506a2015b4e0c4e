"""Writing the terms by which services are found: derived from what stands in an entry, and written again whenever that changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Count, QuerySet

from alongside.journey.directory.models import KnownWord, NeedTag, SearchWord, Service, ServiceAtLocation
from alongside.journey.directory.rules import cell_of
from alongside.vocabulary.search_terms import NEED, terms_of
from alongside.vocabulary.topics import tables

BATCH = 2000
TERMS = 400
"""So many terms of one service are kept, those that weigh most."""


def index(keys: Sequence[int], *, counted: bool = True) -> None:
    """Write the terms of some services as their entries stand.

    In:       `counted` says whether how usual each word is changes with it; a whole feed counts once, at its end (`count_words`).
    Queries:  a fixed number, whatever the number of services.
    """
    hub_of = dict(Service.objects.filter(pk__in=keys).values_list("pk", "hub"))
    if counted:
        _count(hub_of.values(), Counter(_words_of(keys)), -1)
    SearchWord.objects.filter(service__in=keys).delete()
    SearchWord.objects.bulk_create(_terms(keys))
    if counted:
        _count(hub_of.values(), Counter(_words_of(keys)), 1)
    Service.objects.filter(pk__in=keys).update(indexed_as=tables().print)


def index_what_is_behind() -> int:
    """Write again what was written by other tables of words (a new version, or words that a hub added); give how many."""
    behind = Service.objects.exclude(indexed_as=tables().print)
    count = 0
    hubs: set[int] = set()
    while batch := list(behind.order_by("pk").values_list("pk", "hub")[:BATCH]):
        index([key for key, _hub in batch], counted=False)
        hubs |= {hub for _key, hub in batch}
        count += len(batch)
    for hub in sorted(hubs):
        count_words(hub)
    return count


def count_words(hub_id: int) -> None:
    """Count anew how many services of a hub hold each word."""
    held = _told_apart(SearchWord.objects.filter(hub=hub_id)).values_list("word").annotate(services=Count("pk")).order_by("word")
    KnownWord.objects.filter(hub=hub_id).delete()
    KnownWord.objects.bulk_create(
        (KnownWord(hub_id=hub_id, word=word, services=services) for word, services in held.iterator(chunk_size=BATCH)),
        batch_size=BATCH,
    )


def _count(hubs: Iterable[int], words: Mapping[str, int], change: int) -> None:
    for hub in set(hubs):
        standing = dict(KnownWord.objects.filter(hub=hub, word__in=words).values_list("word", "services"))
        KnownWord.objects.bulk_create(
            [
                KnownWord(hub_id=hub, word=word, services=max(standing.get(word, 0) + change * many, 0))
                for word, many in words.items()
            ],
            update_conflicts=True,
            unique_fields=["hub", "word"],
            update_fields=["services"],
        )


def _words_of(keys: Sequence[int]) -> Iterable[str]:
    return _told_apart(SearchWord.objects.filter(service__in=keys)).values_list("word", flat=True)


def _told_apart(words: QuerySet[SearchWord]) -> QuerySet[SearchWord]:
    """Leave out needs: they weigh what they weigh, however many services meet them."""
    return words.exclude(word__startswith=NEED)


def _terms(keys: Sequence[int]) -> Iterable[SearchWord]:
    needs: dict[int, dict[str, bool]] = defaultdict(dict)
    for service, need, is_guessed in NeedTag.objects.filter(service__in=keys).values_list("service", "need", "guessed"):
        needs[service][need] = is_guessed
    places: dict[int, list[str]] = defaultdict(list)
    cells: dict[int, set[int]] = defaultdict(set)
    for where in ServiceAtLocation.objects.filter(service__in=keys).order_by("pk"):
        places[where.service_id].append(where.address)
        cells[where.service_id].add(cell_of(where.latitude, where.longitude))
    for one in Service.objects.filter(pk__in=keys).order_by("pk"):
        cell = next(iter(cells[one.pk])) if len(cells[one.pk]) == 1 else 0
        terms = terms_of(one.name, one.organisation_name, one.description, one.for_whom, " ".join(places[one.pk]), needs[one.pk])
        for word, weight in sorted(terms.items(), key=lambda pair: -pair[1])[:TERMS]:
            yield SearchWord(service_id=one.pk, hub_id=one.hub_id, word=word[:40], weight=weight, cell=cell)
