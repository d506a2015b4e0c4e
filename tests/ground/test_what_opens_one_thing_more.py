"""What opens an item or a record beside a relationship, and what closes it: each by exactly whom, for what and until when it says.

Quick, and near to what decides, as `test_each_scope_and_who_asks`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from alongside.access import policy
from alongside.access.models import CircleName, Glass, Joined, KeptAway, Override
from alongside.hubs.models import Hat, TeamSeat
from alongside.people.models import Person, StoryEntry
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub
from tests.support.scopes import EVERY, HOUR, MINE, Two

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
CIRCLE = ("mine", "circle")
NOW = {"from_at": AT - HOUR, "until_at": AT + HOUR}
OVER = {"from_at": AT - 2 * HOUR, "until_at": AT}


@pytest.fixture
def two(hub: MadeHub) -> Two:
    return Two(hub)


def name(two: Two, actor: Actor, key: tuple[str, str] = CIRCLE, **when: Any) -> None:
    item = two.entries[key].public_id
    CircleName.objects.create(
        hub=two.hub.hub, person=two.mine, item=item, worker_id=actor.worker_id, **{"from_at": AT - HOUR, **when}
    )


def test_a_circle_item_is_open_to_whoever_its_list_names_and_to_nobody_else(two: Two) -> None:
    cora, nell = two.hub.actor("cora"), two.hub.actor("nell")
    for one in (cora, nell):
        two.near(one)
    other = two.entry(two.hub, two.mine, "circle")
    CircleName.objects.create(hub=two.hub.hub, person=two.mine, item=other.public_id, worker_id=cora.worker_id, from_at=AT - HOUR)
    name(two, nell)
    cora, nell = two.hub.actor("cora"), two.hub.actor("nell")
    assert cora.is_in_circles and nell.is_in_circles
    assert (two.seen("visible_to", cora), two.seen("visible_to", nell)) == (MINE, MINE | {CIRCLE})
    assert two.seen("visible_to", replace(nell, is_in_circles=False)) == MINE


def test_a_name_on_a_list_opens_nothing_that_is_over_and_nothing_to_a_role_that_sees_less(two: Two) -> None:
    cora = two.hub.actor("cora")
    two.near(cora)
    name(two, cora, until_at=AT)
    listed = replace(cora, is_in_circles=True)
    assert two.seen("visible_to", listed) == MINE
    name(two, cora)
    assert two.seen("visible_to", listed) == MINE | {CIRCLE}
    assert two.seen("visible_to", replace(listed, role="registered_practice")) == {("mine", "open")}
    assert two.seen("visible_to", replace(listed, role="referrer")) == set()


def show(two: Two, actor: Actor, key: tuple[str, str] = CIRCLE, **when: Any) -> None:
    Override.objects.create(
        hub=two.hub.hub, person=two.mine, item=two.entries[key].public_id, recipient_id=actor.hat_id, basis="vital_interests",
        reason="made up", made_by_id=two.hub.hats["saf"], **when,
    )  # fmt: skip


def test_an_override_shows_this_item_to_this_hat_as_long_as_it_lasts_and_no_more(two: Two) -> None:
    show(two, two.hub.actor("liv"), **OVER)
    show(two, two.hub.actor("nell"), **NOW)
    liv = two.hub.actor("liv")
    assert two.seen("visible_to", replace(liv, has_overrides=True)) == set()
    show(two, liv, ("mine", "sensitive"), **NOW)
    liv = two.hub.actor("liv")
    assert liv.has_overrides
    assert two.seen("visible_to", liv) == {("mine", "sensitive")}
    assert two.seen("visible_to", replace(liv, has_overrides=False)) == set()
    assert two.seen("visible_to", replace(liv, role="referrer")) == set(), "whose role reads no stories is shown none"
    two.away(worker_id=liv.worker_id)
    assert two.seen("visible_to", liv) == set()


def break_glass(two: Two, actor: Actor, person: Person | None = None, **when: Any) -> None:
    Glass.objects.create(
        hub=two.hub.hub, person=person or two.mine, hat_id=actor.hat_id, category="medical", reason="made up for this test",
        review_by=AT.date(), **when,
    )  # fmt: skip


def test_broken_glass_opens_this_person_to_this_hat_as_long_as_it_lasts_and_no_more(two: Two) -> None:
    cora, other = two.hub.actor("cora"), two.person(two.hub)
    broke = replace(cora, has_glass=True)
    assert (two.seen("visible_to", broke), two.people("visible_to", broke)) == (set(), set())
    break_glass(two, cora, **OVER)
    break_glass(two, cora, other, **NOW)
    break_glass(two, two.hub.actor("nell"), **NOW)
    assert (two.seen("visible_to", broke), two.people("visible_to", broke)) == (set(), {other.pk})
    break_glass(two, cora, **NOW)
    cora = two.hub.actor("cora")
    assert cora.has_glass
    assert (two.seen("visible_to", cora), two.people("visible_to", cora)) == (MINE, {two.mine.pk, other.pk})
    for nobody in (replace(cora, has_glass=False), replace(cora, role="registered_practice"), replace(cora, role="student")):
        assert (two.seen("visible_to", nobody), two.people("visible_to", nobody)) == (set(), set())


def test_a_condition_on_some_people_is_about_them_and_about_records_that_are_read_as_one_with_theirs_now(two: Two) -> None:
    one, former, third = (two.person(two.hub) for _n in range(3))

    def named(*people: int) -> set[int]:
        found = StoryEntry.objects.filter(policy.with_joined(people, AT)).values_list("person_id", flat=True)
        return set(found)

    for person in (one, former, third):
        two.entry(two.hub, person, "open")
    Joined.objects.create(person=two.mine, other=one, from_at=AT - HOUR)
    Joined.objects.create(person=two.mine, other=former, **OVER)
    Joined.objects.create(person=two.theirs, other=third, from_at=AT - HOUR)
    assert named(two.mine.pk) == {two.mine.pk, one.pk}
    assert named(third.pk) == {third.pk}


def test_what_keeps_away_is_asked_now_of_these_people_and_of_hats_and_seats_that_are_held_now(two: Two) -> None:
    """Of a worker who is kept away by themselves it is said however they work; of a team or organisation, of whoever is there now."""
    workers = {key: Hat.objects.get(pk=hat).worker_id for key, hat in two.hub.hats.items()}
    other = two.person(two.hub)
    two.away(other, worker_id=workers["tess"])
    assert policy.workers_kept_away_from([two.mine.pk], AT) == []
    two.away(team_id=two.hub.teams["north"])
    TeamSeat.objects.filter(hat_id=two.hub.hats["nell"]).update(until_at=AT)
    assert policy.workers_kept_away_from([two.mine.pk], AT) == [workers["cora"]]
    Hat.objects.filter(pk=two.hub.hats["cora"]).update(until_at=AT)
    assert policy.workers_kept_away_from([two.mine.pk], AT) == []
    two.away(worker_id=workers["gil"])
    two.away(organisation_id=two.hub.partners["charity"])
    assert sorted(policy.workers_kept_away_from([two.mine.pk], AT)) == sorted(workers[key] for key in ("gil", "liv", "tess"))
    KeptAway.objects.update(until_at=AT)
    assert policy.workers_kept_away_from([two.mine.pk], AT) == []


def test_who_stands_near_and_who_is_kept_away_is_asked_of_the_moment_that_is_named(two: Two) -> None:
    """Neither has been so for long by now."""
    cora, nell = two.hub.actor("cora"), two.hub.actor("nell")
    for one in (cora, nell):
        two.near(one, until_at=AT + HOUR)
    assert policy.has_relationship(cora, two.mine.pk, at=AT) and not policy.has_relationship(cora, two.mine.pk, at=AT + HOUR)
    two.away(worker_id=nell.worker_id)
    KeptAway.objects.update(until_at=AT + HOUR)
    assert policy.is_kept_away(nell, two.mine.pk, AT) and not policy.is_kept_away(nell, two.mine.pk, AT + HOUR)
    assert not policy.has_relationship(nell, two.mine.pk, at=AT)


def test_what_closes_a_record_closes_its_own_rows_and_those_of_a_record_read_as_one_with_it(two: Two) -> None:
    cora, joined, third = two.hub.actor("cora"), two.person(two.hub), two.person(two.hub)
    Joined.objects.create(person=joined, other=two.mine, from_at=AT - HOUR)
    Joined.objects.create(person=third, other=two.mine, **OVER)
    Joined.objects.create(person=third, other=two.theirs, from_at=AT - HOUR)
    open_to_her, also_closed = two.person(two.hub), two.person(two.hub)
    two.away(worker_id=cora.worker_id)
    two.away(also_closed, worker_id=cora.worker_id)
    closed = set(Person.objects.filter(policy.denied(cora, "pk", AT)).values_list("pk", flat=True))
    assert closed == {two.mine.pk, joined.pk, also_closed.pk} and open_to_her.pk not in closed
    assert len(EVERY) == StoryEntry.objects.count()
