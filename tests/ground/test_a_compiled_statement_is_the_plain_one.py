"""A compiled read gives what the query it was built from gives, to every actor; a compiled write writes what a save writes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

from alongside import reads, writes
from alongside.access.policy import visible_to
from alongside.hubs.models import TeamHours
from alongside.journal.models import Entry
from alongside.members.models import Holding
from alongside.people.models import MatchTask, Name, Person, SearchKey, StoryEntry
from alongside.reads import MomentInside, read, together, underway
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, insert_all
from tests.support.hub import AT, WORKERS, MadeHub

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]
LATER = AT + timedelta(days=1)


def test_keys_are_filled_up_to_few_lengths_and_say_no_other_key() -> None:
    for count in (0, 1, 2, 3, 5, 6, 19, 20, 21, 100, 101):
        keys = list(range(count))
        filled = reads.filled(keys)
        assert filled[:count] == keys and set(filled) == set(keys)
        assert len(filled) in (0, 1, 2, 5, 10, 20, 50, 100, 200)


def stories(actor: Actor, person_id: int, at: datetime) -> QuerySet[StoryEntry]:
    found = StoryEntry.objects.filter(person_id=person_id).select_related("author_organisation", "written_by__worker")
    return visible_to(actor, found, at=at).order_by("-at", "-pk")


def people(actor: Actor, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.all(), at=at).order_by("pk")


def keys(actor: Actor, person_ids: list[int], at: datetime) -> QuerySet[Any, Any]:
    found = visible_to(actor, Person.objects.filter(pk__in=person_ids), at=at).order_by("pk")
    return found.values_list("pk", "public_id", "created_at")


def named(names: list[str], at: datetime) -> QuerySet[Any, str]:
    return Person.objects.filter(chosen_name__in=names).order_by("pk").values_list("chosen_name", flat=True)


def of_kind(kind: str, at: datetime) -> QuerySet[Any, str]:
    return SearchKey.objects.filter(kind=kind).order_by("pk").values_list("key", flat=True)


def careless(actor: Actor, at: datetime) -> QuerySet[Person]:
    return visible_to(actor, Person.objects.all())


def reckoning(person_id: int, at: datetime) -> QuerySet[Person]:
    return Person.objects.filter(pk=person_id + 1)


def narrow(weekday: int, at: datetime) -> QuerySet[Any, int]:
    return TeamHours.objects.filter(weekday=weekday).order_by("pk").values_list("team_id", flat=True)


def locked(person_id: int, at: datetime) -> QuerySet[Person]:
    return Person.objects.select_for_update().filter(pk=person_id)


def facts(rows: Any) -> list[dict[str, Any]]:
    """Give everything that records hold, what hangs on them included, and their state."""

    def of(one: Any) -> dict[str, Any]:
        state = one._state
        near = {name: None if other is None else of(other) for name, other in state.fields_cache.items()}
        own = {name: value for name, value in vars(one).items() if name != "_state"}
        return {**own, "_adding": state.adding, "_db": state.db, "_near": near}

    return [of(row) for row in rows]


def test_every_actor_gets_exactly_what_the_plain_query_gives(hub: MadeHub) -> None:
    reads._kept.clear()
    held = [
        hub.held_by(key, name=f"{key} Pretendshaw", email=f"{key}@person.example", words="Told once.")
        for key in ("wyn", "cora", "liv")
    ]
    held.append(hub.person(name="Waiting Pretendmere", email="w@person.example", words="Told at the door."))
    actors = [*(hub.actor(key, LATER) for key in WORKERS), hub.public, hub.system, Actor(kind="worker", hub_id=hub.hub.pk)]
    seen = 0
    for actor in (*actors, *reversed(actors)):
        assert facts(read(people, actor=actor, at=LATER)) == facts(people(actor, LATER))
        ids = [one.pk for one in held[: 1 + seen % 4]]
        assert read(keys, actor=actor, person_ids=ids, at=LATER) == list(keys(actor, ids, LATER))
        asked = [read(stories, actor=actor, person_id=person.pk, at=LATER) for person in held]
        together(*asked)
        for person, mine in zip(held, asked, strict=True):
            assert facts(mine) == facts(stories(actor, person.pk, LATER))
            seen += len(mine)
    assert seen > 20


@pytest.mark.parametrize(
    "text", ["100% sure", "%s", "it's", 'a "b"', "back\\slash", "emoji 🌊", "${x}", "--", "\u202eright to left"]
)
def test_texts_are_values_and_codes_are_constants_however_they_are_written(hub: MadeHub, text: str) -> None:
    person = hub.person(name=text, email="x@person.example")
    insert(SearchKey(hub_id=hub.hub.pk, person=person, kind=text[:6], key="found"))
    assert read(named, names=[text, "nobody"], at=LATER) == [text]
    assert read(of_kind, kind=text[:6], at=LATER) == ["found"]
    assert read(of_kind, kind="other", at=LATER) == []


def test_a_query_that_reads_the_clock_by_itself_is_caught(hub: MadeHub) -> None:
    with pytest.raises(MomentInside):
        read(careless, actor=hub.actor("dana"), at=LATER)


def test_a_query_that_reckons_with_a_value_is_caught(hub: MadeHub) -> None:
    with pytest.raises(MomentInside):
        read(reckoning, person_id=7, at=LATER)


def test_a_narrow_column_is_asked_as_a_wide_one(hub: MadeHub) -> None:
    assert read(narrow, weekday=0, at=LATER) == list(narrow(0, LATER)) != []
    assert read(narrow, weekday=40_000, at=LATER) == []


def test_it_is_one_statement_built_once_and_asked_only_when_somebody_looks(hub: MadeHub, django_assert_num_queries: Any) -> None:
    reads._kept.clear()
    actor = hub.actor("dana", LATER)
    with django_assert_num_queries(0):
        later = [read(people, actor=actor, at=LATER + timedelta(days=days)) for days in range(3)]
    with django_assert_num_queries(3):
        together(*later)
        assert [list(one) for one in later]
    assert [key[0] for key in reads._kept].count(people) == 1


def test_reads_under_way_give_their_rows_to_whoever_looks_and_whatever_is_asked_meanwhile_waits(hub: MadeHub) -> None:
    everybody, names = list(Person.objects.order_by("pk")), read(named, names=["Mair Pretend"])
    actor = hub.actor("wyn")
    plain = [list(people(actor, AT)), list(named(["Mair Pretend"], AT)), list(of_kind("name", AT))]
    seen, sounds = read(people, actor=actor, at=AT), read(of_kind, kind="name")
    with underway(seen, names, sounds):
        assert seen.rows == plain[0]
        together(seen, names)  # a part of the page asks for its own again: nothing is asked twice
        assert list(Person.objects.order_by("pk")) == everybody
        assert sounds.rows == plain[2]
    assert names.rows == plain[1]


def test_a_page_that_fails_while_reads_are_under_way_leaves_nothing_behind_on_the_line(hub: MadeHub) -> None:
    actor = hub.actor("wyn")
    for _time in range(2):
        seen, sounds = read(people, actor=actor, at=AT), read(of_kind, kind="name")
        with pytest.raises(ZeroDivisionError), underway(seen, sounds):
            assert seen.rows == list(people(actor, AT))
            raise ZeroDivisionError
        assert read(of_kind, kind="name").rows == list(of_kind("name", AT)) == sounds.rows


def test_a_lock_is_taken_inside_a_transaction_only(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    person = hub.person()
    assert read(locked, person_id=person.pk, at=LATER).first() == person
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(TransactionManagementError):
        read(locked, person_id=person.pk, at=LATER).first()


def test_a_compiled_write_writes_what_a_save_writes(hub: MadeHub) -> None:
    person, plain = hub.person(), uuid4()
    values = {
        "at": LATER,
        "hub_id": hub.hub.pk,
        "actor_kind": "system",
        "command": "test.done",
        "facts": {"codes": ["a", 1, None], "é": "%s"},
    }
    saved = Entry(public_id=plain, **values)
    saved.save(force_insert=True)
    made = insert(Entry(public_id=uuid4(), **values))
    assert made.pk == saved.pk + 1 and not made._state.adding and made._state.db == "default"
    fields = [field.attname for field in Entry._meta.concrete_fields if field.attname not in ("id", "public_id")]
    assert Entry.objects.filter(pk=made.pk).values(*fields).get() == Entry.objects.filter(pk=saved.pk).values(*fields).get()
    both = [Name(person=person, kind="chosen", value="A"), SearchKey(hub_id=hub.hub.pk, person=person, kind="name", key="b")]
    insert_all(both)
    assert [type(one).objects.get(pk=one.pk) for one in both] == both
    insert_all([])


def test_a_write_that_a_constraint_refuses_leaves_nothing_of_its_trip(hub: MadeHub) -> None:
    person, names = hub.person(), Name.objects.count()
    second = Holding(membership_id=person.pk, hub_id=hub.hub.pk, team_id=1, from_at=LATER, why="came_in", open_for=person.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_all([Name(person=person, kind="chosen", value="A"), second])
    assert Name.objects.count() == names
    assert Person.objects.filter(pk=person.pk).exists()


def test_a_write_is_compiled_once(hub: MadeHub) -> None:
    writes._kept.clear()
    person, other = hub.person(), hub.person(name="Other Pretendmere")
    before = len(writes._kept)
    for number in range(3):
        insert(
            MatchTask(
                hub_id=hub.hub.pk, person=person, other=other, because=str(number), made_at=LATER, team_id=hub.teams["door"]
            )
        )
    assert len(writes._kept) == before + 1
