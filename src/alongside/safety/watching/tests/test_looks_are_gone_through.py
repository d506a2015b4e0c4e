"""Looks are gone through as they are sealed: what is noticed is kept once, with what was counted, for the privacy officer only.

Shown to fail: without the made-up people's own set a touch of one is nothing; without `denied` an officer who is kept away reads it;
without the margin where turns of duty are read, handing over is noticed.
Source: trust.md C24, V9, T02.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.access.commands import exclude
from alongside.hubs.models import DutyTurn, Hat
from alongside.journal.looks import look_at
from alongside.journal.models import Entry
from alongside.journal.sealing import seal_all
from alongside.people.models import Person
from alongside.people.queries import Traced
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.commands import NobodyOpens, open_in_an_emergency
from alongside.safety.models import LookedThrough, LookToLookAt
from alongside.safety.watching.commands import (
    WatchTooLong,
    end_watch,
    make_up_person,
    settle_look,
    tell_postcode,
    watch,
)
from alongside.safety.watching.noticing import go_through
from alongside.safety.watching.queries import looks_to_look_at, watched
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
DAY = timedelta(days=1)


@pytest.fixture
def watched_hub(hub: MadeHub) -> MadeHub:
    hub.take_on("pat", "Pat Privacy", "trust", "privacy_officer")
    return hub


def opens(hub: MadeHub, key: str, person: Person, at: Any = AT) -> None:
    """Let a worker open somebody's page."""
    with look_at(actor=hub.actor(key, at), at=at, page="PersonPage", person_ids=[person.pk], about_id=person.pk):
        pass


def gone_through(at: Any = AT) -> list[tuple[str, str, int]]:
    """Seal, go through, and give what stands there now: the signal, who, what was counted."""
    while seal_all(at=at) or go_through(at):
        pass
    rows = LookToLookAt.objects.order_by("pk").select_related("hat__worker")
    return [(one.signal, one.hat.worker.name, one.counted) for one in rows]


@pytest.mark.both_databases
def test_whoever_holds_somebody_looks_and_nothing_is_noticed(watched_hub: MadeHub) -> None:
    person = watched_hub.held_by("cora")
    opens(watched_hub, "cora", person)
    assert gone_through() == []
    assert LookedThrough.objects.get().seal > 0


@pytest.mark.both_databases
def test_a_look_at_somebody_with_whom_nothing_happened_is_noticed_once(watched_hub: MadeHub) -> None:
    person = watched_hub.held_by("cora", at=AT - 20 * DAY)
    for _ in range(3):
        opens(watched_hub, "liv", person)
        assert gone_through() == [("no_contact", "Liv Example", 999)]
    opens(watched_hub, "liv", person, AT + DAY)
    assert len(gone_through(AT + DAY)) == 2
    LookedThrough.objects.update(seal=0)
    assert len(gone_through(AT + DAY)) == 2, "gone through again, nothing is noticed twice"


def test_a_relative_a_neighbour_and_a_colleague_are_noticed_by_what_is_known_of_the_two(watched_hub: MadeHub) -> None:
    cora = Hat.objects.get(pk=watched_hub.hats["cora"]).worker
    tell_postcode(actor=watched_hub.actor("pat"), at=AT, worker_id=cora.public_id, postcode="zz3 1aa")
    relative = watched_hub.held_by("cora", name="Ifor Madeup")
    neighbour = watched_hub.held_by("cora", name="Nia Pretend", postcode="ZZ3 1AA")
    colleague = watched_hub.held_by("cora", name="Huw Pretend", email=f"huw@{cora.email.rpartition('@')[2]}")
    for one in (relative, neighbour, colleague):
        opens(watched_hub, "cora", one)
    assert [signal for signal, _who, _count in gone_through()] == ["surname", "postcode", "employer"]


def test_duty_is_handed_over_after_it_has_ended_and_an_hour_later_it_is_night(watched_hub: MadeHub) -> None:
    person, ends = watched_hub.held_by("cora"), AT.replace(hour=23, minute=0)
    turn = {"team_id": watched_hub.teams["north"], "hat_id": watched_hub.hats["cora"]}
    DutyTurn.objects.create(**turn, from_at=ends - timedelta(hours=2), until_at=ends)
    late, later = ends + timedelta(minutes=40), ends + timedelta(minutes=70)
    opens(watched_hub, "cora", person, at=late)
    assert gone_through(late) == []
    opens(watched_hub, "cora", person, at=later)
    assert [signal for signal, _who, _minutes in gone_through(later)] == ["hours"]


def test_many_people_within_an_hour_grow_on_one_row(watched_hub: MadeHub) -> None:
    people = [watched_hub.held_by("cora", name=f"Somebody Number{number}") for number in range(33)]
    for number, one in enumerate(people[:31]):
        opens(watched_hub, "cora", one, AT + timedelta(minutes=number))
    assert gone_through(AT + DAY) == [("hour", "Cora Madeup", 31)]
    for one in people[31:]:
        opens(watched_hub, "cora", one, AT + timedelta(minutes=31))
    assert gone_through(AT + DAY) == [("hour", "Cora Madeup", 33)]


@pytest.mark.both_databases
def test_any_touch_of_a_made_up_person_is_noticed(watched_hub: MadeHub) -> None:
    """A list, a refusal, and somebody who asks for them in an emergency."""
    pat = watched_hub.actor("pat")
    born = date(1971, 4, 5)
    made = make_up_person(actor=pat, at=AT, name="Olwen Nobody", born_on=born, postcode="ZZ9 9ZZ")
    assert gone_through() == [], "whoever made them up has not touched them"
    liv = watched_hub.actor("liv")
    with look_at(actor=liv, at=AT, page="AnyListPage", person_ids=[1, made.person_id]):
        pass
    assert gone_through() == [("made_up", "Liv Example", 1)]
    known = Traced("Olwen Nobody", born, postcode="ZZ9 9ZZ")
    tess = watched_hub.actor("tess")
    with pytest.raises(NobodyOpens):
        open_in_an_emergency(actor=tess, at=AT, known=known, category="medical", reason="She rang and is not well at all.")
    assert ("made_up", "Tess Sample", 1) in gone_through()
    assert [one.signal for one in looks_to_look_at(pat, AT)][:2] == ["made_up", "made_up"]
    with pytest.raises(NotThisRole):
        make_up_person(actor=liv, at=AT, name="x y", born_on=born, postcode="")


def test_looks_at_somebody_on_the_watch_list_are_noticed_until_it_ends(watched_hub: MadeHub) -> None:
    pat, person = watched_hub.actor("pat"), watched_hub.held_by("cora")
    made = watch(actor=pat, at=AT, reference=person.reference, reason="in_the_news", words="The paper of Monday.", until_on=TODAY)
    assert [one.person_id for one in watched(pat, AT)] == [person.pk]
    opens(watched_hub, "cora", person, AT)
    assert gone_through() == [("watched", "Cora Madeup", 1)]
    opens(watched_hub, "cora", person, AT + DAY)
    assert len(gone_through(AT + DAY)) == 1, "it ended with the day"
    end_watch(actor=pat, at=AT, watch_id=made.public_id)
    assert watched(pat, AT) == []
    assert not [one for one in Entry.objects.all() if "paper" in str(one.facts)]
    with pytest.raises(WatchTooLong):
        watch(actor=pat, at=AT, reference=person.reference, reason="asked", words="", until_on=TODAY + 400 * DAY)


def test_only_a_privacy_officer_reads_it_and_nothing_about_oneself_or_whoever_keeps_one_away(watched_hub: MadeHub) -> None:
    person, other = watched_hub.held_by("cora", at=AT - 20 * DAY), watched_hub.held_by("cora", at=AT - 20 * DAY)
    for one in (person, other):
        opens(watched_hub, "liv", one)
    gone_through()
    pat = watched_hub.actor("pat")
    first, second = looks_to_look_at(pat, AT)
    exclude(actor=watched_hub.system, at=AT, hub_id=watched_hub.hub.pk, person_id=person.pk, words="Pat Privacy")
    left = looks_to_look_at(pat, AT)
    assert [one.person_id for one in left] == [other.pk]
    hidden = next(one for one in (first, second) if one.person_id == person.pk)
    with pytest.raises(NotFound):
        settle_look(actor=pat, at=AT, noticed_id=hidden.public_id, finding="right", words="")
    for key in ("cora", "liv", "saf", "lea"):
        with pytest.raises(NotThisRole):
            looks_to_look_at(watched_hub.actor(key), AT)


def test_what_was_found_is_written_down_and_its_words_stay_out_of_the_journal(watched_hub: MadeHub) -> None:
    person = watched_hub.held_by("cora", at=AT - 20 * DAY)
    opens(watched_hub, "liv", person)
    gone_through()
    pat = watched_hub.actor("pat")
    [one] = looks_to_look_at(pat, AT)
    settle_look(actor=pat, at=AT, noticed_id=one.public_id, finding="talked", words="She covered for Cora.")
    assert looks_to_look_at(pat, AT) == []
    entry = Entry.objects.filter(command="looks.settled").get()
    assert (entry.person_id, entry.facts["finding"]) == (person.pk, "talked") and "covered" not in str(entry.facts)
    with pytest.raises(NotFound):
        settle_look(actor=pat, at=AT, noticed_id=one.public_id, finding="right", words="")


def test_going_through_costs_the_same_for_one_look_and_for_twenty(
    watched_hub: MadeHub, django_assert_max_num_queries: Any
) -> None:
    people = [watched_hub.held_by("cora") for _ in range(20)]
    counts = []
    for some in (people[:1], people):
        for one in some:
            opens(watched_hub, "cora", one)
        seal_all(at=AT)
        with django_assert_max_num_queries(30) as counted:
            assert go_through(AT) == 0
        counts.append(len(counted.captured_queries))
    assert counts[1] <= counts[0] + 2, counts
