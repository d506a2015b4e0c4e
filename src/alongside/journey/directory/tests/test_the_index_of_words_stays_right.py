"""The index of words: after whatever was taken in, changed or taken out, it says what the entries say; and only what differs is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.hubs.models import Hub
from alongside.journey.directory.commands import import_entries, indexing
from alongside.journey.directory.models import KnownWord, SearchWord, Service, WordsOf
from alongside.journey.directory.queries.finding import find_services
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

ENTRY = ServiceEntry(
    source="feed",
    source_id="0",
    name="Kelpstead Food Bank",
    organisation="Made-up Charity",
    description="A food bank for whoever has nothing to eat, with warm soup on Tuesdays.",
    needs=("money_and_debt",),
    locations=(LocationEntry("Hall", "1 Made-up Row", "ZZ1 1ZZ", 52.5, -1.9),),
)


@pytest.fixture
def hub() -> Hub:
    return Hub.objects.create(name="Made-up Hub", slug="made-up-hub", nation="wales")


def entries(count: int, **said: object) -> list[ServiceEntry]:
    return [replace(ENTRY, source_id=str(number), **said) for number in range(count)]


def take(hub: Hub, rows: list[ServiceEntry]) -> None:
    import_entries(actor=Actor.system("directory-import", hub.pk), at=now(), hub_id=hub.pk, source="feed", rows=rows)


def postings() -> Counter[tuple[int, int, str, int, int]]:
    return Counter(SearchWord.objects.values_list("word__hub", "service", "word__word", "weight", "cell"))


def is_right() -> bool:
    """Tell whether the index says what it says when all of it is made from nothing, and every word is counted as often as it stands."""
    stood, counted = postings(), dict(KnownWord.objects.values_list("pk", "services"))
    assert counted == dict(Counter(SearchWord.objects.values_list("word", flat=True)))
    for table in (SearchWord, KnownWord, WordsOf):
        table.objects.all().delete()
    Service.objects.update(indexed_as="")
    indexing.index_what_is_behind()
    return bool(stood) and stood == postings()


@pytest.mark.parametrize("held", [0, indexing.HELD])
def test_the_index_is_what_the_entries_say_after_every_change(hub: Hub, held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "HELD", held)
    other = Hub.objects.create(name="Another Hub", slug="another-hub", nation="wales")
    take(hub, entries(3))
    take(other, entries(2))
    assert is_right()
    take(hub, [*entries(2, name="Warm room", locations=()), *entries(5)[2:]])
    assert is_right()
    first = Service.objects.get(hub=hub, source_id="0")
    first.description = "Chess, and nothing to eat."
    first.save(update_fields=["description"])
    indexing.index([first.pk])
    assert len(find_services(Actor.public(hub.pk), text="chess").rows) == 1
    assert not find_services(Actor.public(other.pk), text="chess").rows
    assert is_right()


def test_what_nobody_says_any_more_is_forgotten_and_what_others_say_stays(hub: Hub) -> None:
    take(hub, entries(2))
    assert KnownWord.objects.get(hub=hub, word="soup").services == 2
    stood = set(SearchWord.objects.values_list("pk", flat=True))
    take(hub, [replace(ENTRY, description=ENTRY.description.replace("soup", "stew")), entries(2)[1]])
    assert KnownWord.objects.get(hub=hub, word="soup").services == KnownWord.objects.get(hub=hub, word="stew").services == 1
    gone = stood - set(SearchWord.objects.values_list("pk", flat=True))
    assert 0 < len(gone) < 10, "only what differs is written again"
    take(hub, entries(2, description="Bread."))
    assert not KnownWord.objects.filter(word__in=["soup", "stew"]).exists()
    assert not any("soup" in one.words for one in WordsOf.objects.all())


def test_a_feed_is_written_by_as_many_statements_whatever_its_size(hub: Hub) -> None:
    def statements(count: int, **said: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            take(hub, entries(count, **said))
        return len([one for one in asked if "directory_searchword" in one["sql"] or "directory_wordsof" in one["sql"]])

    few = statements(3)
    assert statements(30) == few
    assert statements(3, description="Otherwise.") == statements(30, description="Other words.")
