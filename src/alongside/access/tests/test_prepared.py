"""A prepared read gives what the query it was built from gives, to every actor, and never what another one may see."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from alongside.access import prepared
from alongside.access.policy import visible_to
from alongside.access.prepared import MomentInside, ready
from alongside.people.models import Person, StoryEntry
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, WORKERS, MadeHub

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
LATER = AT + timedelta(days=1)


def stories(actor: Actor, person_id: int, at: datetime) -> QuerySet[StoryEntry]:
    found = StoryEntry.objects.filter(person_id=person_id).select_related("author_organisation", "written_by__worker")
    return visible_to(actor, found, at=at).order_by("-at", "-pk")


def people(actor: Actor, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.all(), at=at).order_by("pk")


def keys(actor: Actor, person_ids: list[int], at: datetime) -> QuerySet[Any]:
    return (
        visible_to(actor, Person.objects.filter(pk__in=person_ids), at=at)
        .order_by("pk")
        .values_list("pk", "public_id", "created_at")
    )


def careless(actor: Actor) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.all())


def facts(rows: list[Any]) -> list[dict[str, Any]]:
    return [{name: value for name, value in vars(row).items() if name != "_state"} for row in rows]


def test_every_actor_gets_exactly_what_the_plain_query_gives(hub: MadeHub) -> None:
    prepared._kept.clear()
    held = [
        hub.held_by(key, name=f"{key} Pretendshaw", email=f"{key}@person.example", words="Told once.")
        for key in ("wyn", "cora", "liv")
    ]
    held.append(hub.person(name="Waiting Pretendmere", email="w@person.example", words="Told at the door."))
    actors = [*(hub.actor(key, LATER) for key in WORKERS), hub.public, hub.system, Actor(kind="worker", hub_id=hub.hub.pk)]
    seen = 0
    for actor in (*actors, *reversed(actors)):
        assert facts(ready(people, actor=actor, at=LATER)) == facts(list(people(actor, LATER)))
        ids = [one.pk for one in held[: 1 + seen % 4]]
        assert ready(keys, actor=actor, person_ids=ids, at=LATER) == list(keys(actor, ids, LATER))
        for person in held:
            plain = list(stories(actor, person.pk, LATER))
            mine = ready(stories, actor=actor, person_id=person.pk, at=LATER)
            assert facts(mine) == facts(plain)
            assert [one.author_organisation.name for one in mine] == [one.author_organisation.name for one in plain]
            seen += len(mine)
    assert seen > 20


def test_a_query_that_reads_the_clock_by_itself_is_caught(hub: MadeHub) -> None:
    with pytest.raises(MomentInside):
        ready(careless, actor=hub.actor("dana"))


def test_it_is_one_statement_and_built_once(hub: MadeHub, django_assert_num_queries: Any) -> None:
    prepared._kept.clear()
    actor = hub.actor("dana", LATER)
    for days in range(3):
        with django_assert_num_queries(1):
            ready(people, actor=actor, at=LATER + timedelta(days=days))
    assert len(prepared._kept) == 1
