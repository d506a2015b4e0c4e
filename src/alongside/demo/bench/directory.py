"""The tasks of the directory: taking a made-up feed in, a second time, and finding in it by words, need and place."""

from __future__ import annotations

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.hubs.models import Hub
from alongside.journey.directory.commands import import_entries
from alongside.journey.directory.models import Place
from alongside.journey.directory.queries.finding import find_services
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.needs import NEEDS
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry
from alongside.vocabulary.topics import phrases_of, tables

SOURCE = "bench"
WORDS = [
    "open",
    "door",
    "welcome",
    "trained",
    "volunteers",
    "weekly",
    "friendly",
    "group",
    "sessions",
    "morning",
    "evening",
    "centre",
    "hall",
    "people",
    "families",
    "adults",
    "young",
    "older",
    "confidential",
    "listen",
    "together",
    "course",
    "one",
    "to",
    "one",
    "referral",
    "drop",
    "in",
    "community",
    "partnership",
    "charity",
    "outreach",
]


def made_up(count: int) -> Iterator[ServiceEntry]:
    """Make services up, the same ones every time: two to four topics each, in words that services use, all over the country."""
    chance, topics = random.Random(7), sorted(tables().topics)
    said = {topic: phrases_of(topic, "services_say") for topic in topics}
    for number in range(count):
        mine = chance.sample(topics, chance.randint(2, 4))
        phrases = [phrase for topic in mine for phrase in chance.sample(said[topic], min(2, len(said[topic])))]
        words = [word for phrase in phrases[1:] for word in (*chance.sample(WORDS, 4), phrase)]
        where = LocationEntry(latitude=chance.uniform(50.5, 55.5), longitude=chance.uniform(-4.5, 1.0))
        yield ServiceEntry(
            source=SOURCE,
            source_id=str(number),
            name=f"{phrases[0].title()} {number}",
            organisation=f"Made-up organisation {number % 4000}",
            description=" ".join(words),
            needs=tuple(dict.fromkeys(need for topic in mine for need in tables().topics[topic].needs)),
            locations=(where,) if number % 10 else (),
        )


def run(hub: Hub, count: int, rounds: int, say: Callable[[str], object]) -> None:
    """Take the feed in, twice, then find in it; say what each took."""
    system = Actor.system("bench", hub.pk)
    for name in (f"take {count:,} services in", "the same feed again"):
        began = time.perf_counter()
        outcome = import_entries(actor=system, at=now(), hub_id=hub.pk, source=SOURCE, rows=made_up(count))
        say(f"{name:<44}{time.perf_counter() - began:>9.1f} s    {outcome.line()}")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
    chance, topics = random.Random(11), sorted(tables().topics)
    words = itertools.cycle([chance.choice(phrases_of(chance.choice(topics), "people_say")) for _one in range(200)])
    needs = itertools.cycle(sorted(NEEDS))
    place = Place(name="Here", latitude=52.5, longitude=-1.9)
    public = Actor.public(hub.pk)
    for name, find in (
        ("find by words", lambda: find_services(public, text=next(words))),
        ("find by words near a place", lambda: find_services(public, text=next(words), place=place)),
        ("find by need near a place", lambda: find_services(public, need=next(needs), place=place)),
    ):
        took = []
        for _round in range(rounds):
            began = time.perf_counter()
            find()
            took.append((time.perf_counter() - began) * 1000)
        with CaptureQueriesContext(connection) as asked:
            find()
        say(
            f"{name:<44}p50{statistics.median(took):>8.2f} ms   p95{statistics.quantiles(took, n=20)[18]:>8.2f} ms   {len(asked)} statements"
        )
