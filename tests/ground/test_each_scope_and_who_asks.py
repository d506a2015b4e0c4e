"""Each scope of the policy, asked by everybody who can ask: the system sees a hub or all, whoever is nobody here sees nothing.

Quick, and near to what decides: a fault put into a scope (tests/support/mutation.py) is noticed here first.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest
from django.db.models import Q
from django.db.models.sql import Query

from alongside.access import guarded, policy
from alongside.access.actors import personas
from alongside.access.models import Glass, Joined, Objection, Relationship, User
from alongside.hubs.models import Hat, Team, Worker
from alongside.people.models import Person, StoryEntry
from alongside.refusals import NotFound, NotPermitted, NotThisRole
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub
from tests.support.scopes import EVERY, HOUR, MINE, Two

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
BY_RELATIONSHIP = ("visible_to", "safety_summary", "under_review")
"""Scopes that somebody near opens; the other one opens everybody in the hub to whoever prepares for an outage."""


@pytest.fixture
def two(hub: MadeHub) -> Two:
    return Two(hub)


@pytest.mark.parametrize("scope", ["visible_to", "safety_summary"])
def test_the_system_sees_its_hub_or_when_it_has_none_every_hub(two: Two, scope: str) -> None:
    assert two.seen(scope, two.hub.system) == {one for one in EVERY if one[0] == "mine"}
    assert two.seen(scope, Actor.system("tests")) == EVERY


def test_the_system_reviews_nothing(two: Two) -> None:
    saf = two.hub.actor("saf")
    two.near(saf, "reviewer")
    assert two.seen("under_review", replace(saf, kind="system")) == set()


@pytest.mark.parametrize("scope", BY_RELATIONSHIP)
@pytest.mark.parametrize("lacks", ["hub_id", "hat_id", "kind"])
def test_whoever_is_no_worker_of_a_hub_with_a_hat_on_sees_nothing(two: Two, scope: str, lacks: str) -> None:
    reviews = scope == "under_review"
    actor = two.hub.actor("saf" if reviews else "cora")
    two.near(actor, "reviewer" if reviews else "holder")
    assert two.seen(scope, actor) >= MINE
    nobody = replace(actor, **{lacks: "client" if lacks == "kind" else None})
    try:
        assert two.seen(scope, nobody) == set()
    except (TypeError, AssertionError) as refused:
        assert lacks == "hub_id" and reviews, refused


@pytest.mark.parametrize("scope", BY_RELATIONSHIP)
def test_a_relationship_of_the_right_kind_now_opens_and_being_kept_away_closes(two: Two, scope: str) -> None:
    reviews = scope == "under_review"
    actor = two.hub.actor("saf" if reviews else "cora")
    two.near(actor, "referrer")
    two.near(actor, "reviewer" if reviews else "holder", until_at=AT)
    assert two.seen(scope, actor) == set()
    two.near(actor, "reviewer" if reviews else "holder")
    assert two.seen(scope, actor) == MINE | ({("mine", "circle")} if reviews else set())
    two.away(worker_id=actor.worker_id)
    assert two.seen(scope, actor) == set()


@pytest.mark.parametrize("scope", BY_RELATIONSHIP)
def test_a_row_of_another_hub_stays_closed_whatever_stands_near(two: Two, scope: str) -> None:
    reviews = scope == "under_review"
    actor = two.hub.actor("saf" if reviews else "cora")
    two.near(actor, "reviewer" if reviews else "holder", person=two.theirs)
    two.near(actor, "reviewer" if reviews else "holder")
    wide = replace(actor, shared_organisation_ids=(*actor.shared_organisation_ids, two.elsewhere.partners["practice"]))
    assert {one for one, _label in two.seen(scope, wide)} == {"mine"}


@pytest.mark.parametrize("scope", ["visible_to", "under_review"])
def test_of_a_person_themselves_the_same_holds(two: Two, scope: str) -> None:
    reviews = scope == "under_review"
    actor = two.hub.actor("saf" if reviews else "cora")
    assert two.people(scope, actor) == set()
    two.near(actor, "reviewer" if reviews else "holder", person=two.theirs)
    two.near(actor, "reviewer" if reviews else "holder")
    wide = replace(actor, shared_organisation_ids=(*actor.shared_organisation_ids, two.elsewhere.partners["practice"]))
    assert two.people(scope, wide) == {two.mine.pk}
    two.away(worker_id=actor.worker_id)
    assert two.people(scope, wide) == set()


@pytest.mark.parametrize("scope", ["visible_to", "under_review"])
def test_nothing_of_the_vault_is_in_any_scope(two: Two, scope: str, monkeypatch: pytest.MonkeyPatch) -> None:
    saf = two.hub.actor("saf")
    two.near(saf, "reviewer")
    two.near(saf)
    monkeypatch.setattr(StoryEntry, "IN_VAULT", True)
    assert two.seen(scope, saf) == set() == two.seen("in_an_outage", saf)
    assert two.seen("visible_to", two.hub.system) == set()
    assert not policy.for_the_person(StoryEntry.objects.all(), two.mine.pk, at=AT).exists()


def test_broken_glass_opens_the_person_and_what_the_role_sees_and_only_theirs(two: Two) -> None:
    cora = two.hub.actor("cora")
    Glass.objects.create(
        hub=two.hub.hub, person=two.mine, hat_id=cora.hat_id, category="medical", reason="made up for this test",
        from_at=AT - HOUR, until_at=AT + HOUR, review_by=AT.date(),
    )  # fmt: skip
    cora = two.hub.actor("cora")
    assert two.people("visible_to", cora) == {two.mine.pk}
    assert two.seen("visible_to", cora) == MINE == two.seen("safety_summary", cora)
    assert two.seen("visible_to", replace(cora, role="registered_practice")) == set()
    assert two.seen("visible_to", two.hub.actor("nell")) == set()


def test_sight_is_asked_for_this_moment_when_none_is_named(two: Two) -> None:
    cora = two.hub.actor("cora")
    two.near(cora, from_at=AT, until_at=AT + HOUR)
    assert not policy.visible_to(cora, StoryEntry.objects.all()).exists()
    assert two.seen("visible_to", cora) == MINE


def test_what_keeps_away_from_one_record_of_somebody_keeps_away_from_the_other(two: Two) -> None:
    cora, other = two.hub.actor("cora"), two.person(two.hub)
    two.near(cora)
    two.away(other, worker_id=cora.worker_id)
    assert two.seen("visible_to", cora) == MINE and not policy.is_kept_away(cora, two.mine.pk, AT)
    Joined.objects.create(person=two.mine, other=other, from_at=AT - HOUR)
    assert two.seen("visible_to", cora) == set() and policy.is_kept_away(cora, two.mine.pk, AT)
    assert policy.workers_kept_away_from([two.mine.pk], AT) == [cora.worker_id]


def test_who_is_kept_away_is_named_by_themselves_with_their_team_and_with_their_organisation(two: Two) -> None:
    north, nell = two.hub.teams["north"], two.hub.actor("nell")
    workers = {key: Hat.objects.get(pk=hat).worker_id for key, hat in two.hub.hats.items()}
    assert (policy.workers_kept_away_from([two.mine.pk], AT), policy.teams_kept_away_from(two.mine.pk, AT)) == ([], [])
    two.away(team_id=north)
    assert set(policy.workers_kept_away_from([two.mine.pk], AT)) == {workers["cora"], workers["nell"]}
    assert policy.teams_kept_away_from(two.mine.pk, AT) == [north]
    assert policy.is_kept_away(nell, two.mine.pk, AT) and not policy.is_kept_away(two.hub.actor("gil"), two.mine.pk, AT)
    two.away(organisation_id=two.hub.partners["charity"])
    assert set(policy.workers_kept_away_from([two.mine.pk], AT)) == {workers[key] for key in ("cora", "nell", "liv", "tess")}
    assert set(policy.teams_kept_away_from(two.mine.pk, AT)) == {north, two.hub.teams["harbour"]}
    two.away(worker_id=workers["gil"])
    assert workers["gil"] in policy.workers_kept_away_from([two.mine.pk], AT)
    assert policy.workers_kept_away_from([two.theirs.pk], AT) == [] == policy.workers_kept_away_from([two.mine.pk], AT - 2 * HOUR)
    assert policy.teams_kept_away_from(two.theirs.pk, AT) == [] == policy.teams_kept_away_from(two.mine.pk, AT - 2 * HOUR)
    assert Team.objects.count() > 2


def test_whoever_is_not_a_worker_is_not_kept_away_as_one(two: Two) -> None:
    two.away(organisation_id=two.hub.partners["practice"])
    cora = two.hub.actor("cora")
    assert policy.is_kept_away(cora, two.mine.pk, AT) and not policy.is_kept_away(replace(cora, kind="client"), two.mine.pk, AT)


def test_to_be_near_is_a_relationship_now_and_nothing_that_keeps_away(two: Two) -> None:
    cora = two.hub.actor("cora")
    assert policy.has_relationship(two.hub.system, two.mine.pk, at=AT)
    assert not policy.has_relationship(cora, two.mine.pk, at=AT)
    two.near(cora)
    assert policy.has_relationship(cora, two.mine.pk, at=AT) and not policy.has_relationship(cora, two.theirs.pk, at=AT)
    two.away(organisation_id=cora.organisation_id)
    assert not policy.has_relationship(cora, two.mine.pk, at=AT)


def test_exclusions_are_settled_by_the_safeguarding_lead_or_the_holder_of_this_hub(two: Two) -> None:
    saf, cora, system = two.hub.actor("saf"), two.hub.actor("cora"), two.hub.system

    def may(actor: Actor, hub_id: int = two.hub.hub.pk) -> bool:
        try:
            policy.check_can_settle(actor, hub_id=hub_id, person_id=two.mine.pk, at=AT)
        except NotFound:
            return False
        return True

    def reads(actor: Actor) -> bool:
        return Person.objects.filter(policy.may_settle_exclusions_of(actor, "pk", AT), pk=two.mine.pk).exists()

    assert (may(system), may(saf), may(saf, two.elsewhere.hub.pk), may(cora)) == (True, True, False, False)
    assert (reads(saf), reads(cora)) == (True, False)
    assert may(system, two.elsewhere.hub.pk)
    two.near(cora, "giving")
    two.near(cora, person=two.person(two.hub))
    assert (may(cora), reads(cora)) == (False, False)
    two.near(cora)
    assert (may(cora), may(cora, two.elsewhere.hub.pk), reads(cora)) == (True, False, True)
    for one in (saf, cora):
        two.away(worker_id=one.worker_id)
        assert (may(one), reads(one)) == (False, False)


def test_the_made_up_accounts_of_the_demo_are_listed_with_the_hats_they_wear_now(two: Two) -> None:
    hats = {key: Hat.objects.select_related("worker__user").get(pk=two.hub.hats[key]) for key in ("cora", "saf", "nell", "gil")}
    again = Hat.objects.get(pk=hats["cora"].pk)
    again.pk, again.public_id, again.role = None, uuid4(), "peer_worker"
    again.save(force_insert=True)
    for key in ("cora", "saf", "nell"):
        User.objects.filter(pk=hats[key].worker.user.pk).update(is_persona=True)
    Worker.objects.filter(pk=hats["saf"].worker.pk).update(left_at=AT)
    Hat.objects.filter(pk=hats["nell"].pk).update(until_at=AT - HOUR)
    assert [(user.pk, [hat.pk for hat in worn]) for user, worn in personas(at=AT)] == [
        (hats["cora"].worker.user.pk, [hats["cora"].pk, again.pk])
    ]


def test_the_hats_of_a_made_up_account_stand_by_hub_whichever_came_first(two: Two) -> None:
    elsewhere = Hat.objects.select_related("worker__user").get(pk=two.elsewhere.hats["cora"])
    two.hub.take_on("late", "Late Pretend", "trust", "link_worker")
    late = Hat.objects.select_related("worker__user").get(pk=two.hub.hats["late"])
    assert late.pk > elsewhere.pk and late.hub_id < elsewhere.hub_id
    for hat in (elsewhere, late):
        User.objects.filter(pk=hat.worker.user.pk).update(is_persona=True)
    assert [user.pk for user, _worn in personas(at=AT + HOUR)] == [late.worker.user.pk, elsewhere.worker.user.pk]


def test_two_reads_put_together_are_open_only_when_both_are(two: Two) -> None:
    cora = two.hub.actor("cora")
    limited, open_to_all = policy.visible_to(cora, StoryEntry.objects.all(), at=AT), StoryEntry.objects.all()
    assert (limited | policy.safety_summary(cora, StoryEntry.objects.all(), at=AT)).query.scope
    assert (limited | open_to_all).query.scope == "" == (open_to_all | limited).query.scope
    plain = limited.query.clone()
    plain.combine(Query(StoryEntry), "OR")
    assert plain.scope == "", "a read that knows of no scope has none"


def test_two_records_that_are_read_as_one_no_more_keep_nobody_away_from_each_other(two: Two) -> None:
    cora, other = two.hub.actor("cora"), two.person(two.hub)
    two.away(person=other, worker_id=cora.worker_id)
    joined = Joined.objects.create(person=two.mine, other=other, from_at=AT - HOUR)
    assert policy.is_kept_away(cora, two.mine.pk, AT)
    assert not policy.is_kept_away(cora, two.person(two.hub).pk, AT), "a third is no part of it"
    Joined.objects.filter(pk=joined.pk).update(until_at=AT)
    assert not policy.is_kept_away(cora, two.mine.pk, AT)


def test_nothing_but_a_scope_and_a_command_opens_a_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the suite puts in its place, so that tests may read by themselves, is taken away here."""
    monkeypatch.undo()
    assert guarded.also_open() is False


def test_a_condition_inside_another_read_goes_with_that_one(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    cora, people = two.hub.actor("cora"), Person.objects.filter(chosen_name="Mair Pretend")
    two.near(cora)
    monkeypatch.undo()
    assert Relationship.objects.filter(person__in=people, hat_id=cora.hat_id).count() == 1
    with pytest.raises(guarded.UnscopedRead):
        people.count()


def test_a_guarded_read_goes_to_the_database_that_it_is_told() -> None:
    assert (Person.objects.using("another").filter(pk=1).db, Person.objects.filter(pk=1).db) == ("another", "default")


def test_a_part_of_another_command_is_given_by_the_system_or_by_another_command(two: Two) -> None:
    policy.check_is_part_or_system(two.hub.system)
    with pytest.raises(NotPermitted):
        policy.check_is_part_or_system(two.hub.actor("saf"))


def test_what_a_role_does_is_refused_to_every_other_and_to_a_role_that_is_none(two: Two) -> None:
    cora, ada = two.hub.actor("cora"), two.hub.actor("ada")
    policy.check_may(cora, "hold")
    policy.check_may(two.hub.system, "hold")
    for actor in (ada, replace(cora, kind="client"), replace(cora, role="nobody"), replace(cora, role="")):
        with pytest.raises(NotThisRole):
            policy.check_may(actor, "hold")
    assert policy.labels_open_to("nobody") == () == policy.labels_open_to("referrer")


def test_a_row_of_two_people_is_seen_by_whoever_may_see_the_one_it_names(two: Two) -> None:
    cora = two.hub.actor("cora")
    joined = Joined.objects.create(person=two.mine, other=two.person(two.hub), from_at=AT - HOUR)

    def sees(actor: Actor, kinds: tuple[str, ...] = policy.FULL_SIGHT) -> bool:
        return Joined.objects.filter(Q(pk=joined.pk) & policy.sight_of(actor, "person", AT, kinds)).exists()

    assert (sees(two.hub.system), sees(cora)) == (True, False)
    two.near(cora, "matcher")
    assert (sees(cora), sees(cora, policy.MATCHING)) == (False, True)
    nell = two.hub.actor("nell")
    two.near(nell)
    assert sees(nell) and sees(nell, policy.MATCHING), "whoever holds somebody may also say who is who"
    two.near(cora)
    assert sees(cora) and not sees(replace(cora, organisation_id=two.hub.partners["trust"], shared_organisation_ids=()))
    two.away(worker_id=cora.worker_id)
    assert not sees(cora)


def test_for_an_outage_the_safeguarding_lead_sees_everybody_of_their_hub_who_does_not_keep_them_away(
    two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    saf, cora = two.hub.actor("saf"), two.hub.actor("cora")
    assert (two.seen("in_an_outage", saf), two.people("in_an_outage", saf)) == (MINE, {two.mine.pk})
    for nobody in (cora, two.hub.system, replace(saf, kind="client"), replace(saf, hat_id=None)):
        assert two.seen("in_an_outage", nobody) == set() == two.people("in_an_outage", nobody)
    assert two.people("in_an_outage", replace(saf, hub_id=two.elsewhere.hub.pk)) == {two.theirs.pk}
    for alone in ("exclusions", "break_glass"):
        monkeypatch.setattr(policy, "may", lambda _actor, what, alone=alone: what == alone)
        assert two.seen("in_an_outage", saf) == set()
    monkeypatch.undo()
    other = two.person(two.hub)
    two.away(worker_id=saf.worker_id)
    assert (two.seen("in_an_outage", saf), two.people("in_an_outage", saf)) == (set(), {other.pk})


def test_an_objection_about_all_closes_a_record_that_is_read_as_one_with_theirs_and_one_about_an_item_does_not(two: Two) -> None:
    """Which of the two records somebody objected in makes no difference (A2); what they said of one item is about that item."""
    cora, other = two.hub.actor("cora"), two.person(two.hub)
    two.near(cora)
    shared = replace(cora, organisation_id=two.hub.partners["trust"], shared_organisation_ids=(two.hub.partners["practice"],))
    Joined.objects.create(person=two.mine, other=other, from_at=AT - HOUR)
    assert two.seen("visible_to", shared) == MINE
    item = two.entry(two.hub, other, "open")
    said = {"hub": two.hub.hub, "from_at": AT - HOUR}
    Objection.objects.create(person=other, item=item.public_id, **said)
    assert two.seen("visible_to", shared) == MINE
    Objection.objects.create(person=other, **said)
    assert two.seen("visible_to", shared) == set()
    assert two.seen("visible_to", cora) == MINE, "what their own organisation wrote is no matter of an agreement"


@pytest.mark.parametrize("kind", ["worker", "organisation", "team"])
def test_what_keeps_one_of_several_away_keeps_it_from_all_of_them_together(two: Two, kind: str) -> None:
    """By whom, by whose organisation, by which team; now, and no other of these."""
    of = {"worker": two.hub.actor("cora").worker, "organisation": two.hub.partners["charity"], "team": two.hub.teams["north"]}
    others = {"worker": two.hub.actor("gil").worker, "organisation": two.hub.partners["trust"], "team": two.hub.teams["harbour"]}

    def closed(at: datetime = AT, **among: list[int]) -> bool:
        given = {f"{one}s": among.get(one, [others[one]]) for one in of}
        return Person.objects.filter(policy.denied_to_any(**given, person="pk", at=at), pk=two.mine.pk).exists()

    assert not closed(**{kind: [others[kind], of[kind]]})
    two.away(**{f"{kind}_id": of[kind]})
    assert closed(**{kind: [others[kind], of[kind]]})
    assert not closed() and not closed(AT - 2 * HOUR, **{kind: [of[kind]]})
    assert not closed(**{one: [of[one]] for one in of if one != kind})
