"""Promise 2 under any order of steps: a machine takes people through their journey and looks after every step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from alongside.access import policy
from alongside.journey.handovers.commands import answer, introduce, meet, say_we_have_not_met, settle
from alongside.journey.handovers.models import Handover
from alongside.members.commands import (
    bring_back,
    create_call_back,
    end_hat,
    pass_on,
    rest,
    set_next_date,
    take_back_that_they_died,
    write_down_that_they_died,
)
from alongside.members.models import Holding, Membership, Task
from alongside.members.queries import mismatched_next_dates, without_live_holder
from alongside.people.models import Person
from alongside.refusals import Refusal
from alongside.vocabulary.actor import Actor
from alongside.web.queries import nobody_lost
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = pytest.mark.hazard("H02")

HOLDERS = ("dana", "cora", "nell", "liv", "tess")
WORKERS = st.sampled_from(HOLDERS)
TEAM = st.sampled_from(("door", "north", "harbour"))
WHOM = st.integers(0, 4)


class Journey(RuleBasedStateMachine):
    """Any step that anybody may ask for, by any worker; what is refused must change nothing."""

    hub: MadeHub
    first: tuple[int, ...]

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.at = AT + timedelta(hours=1)
        self.people = list(self.first)
        self.ended: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def someone(self, number: int) -> int:
        return self.people[number % len(self.people)]

    def holder(self, person_id: int) -> Actor:
        """Give whoever holds the person: the hat, or somebody of the team; when all of it have left, a lead of the hub."""
        held = Holding.objects.get(open_for=person_id)
        for key in HOLDERS:
            if key not in self.ended:
                actor = self.hub.actor(key, self.at)
                if held.hat_id == actor.hat_id or held.team_id in actor.team_ids:
                    return actor
        return self.hub.system

    def attempt(self, command: Any, **given: Any) -> bool:
        self.at += timedelta(hours=7)
        try:
            command(at=self.at, **given)
        except Refusal:
            return False
        return True

    @rule(spam=st.booleans(), unsafe=st.booleans())
    def comes_in(self, spam: bool, unsafe: bool) -> None:
        if len(self.people) < 5:
            self.at += timedelta(hours=1)
            name = f"Person {'abcdefgh'[len(self.people)]}"
            self.people.append(self.hub.person(at=self.at, name=name, suspected_spam=spam, not_safe_now=unsafe).pk)

    @rule(whom=WHOM, to=WORKERS)
    def is_passed_to_a_worker(self, whom: int, to: str) -> None:
        person = self.someone(whom)
        self.attempt(pass_on, actor=self.holder(person), person_id=person, why="agreed", to_hat_id=self.hub.hats[to])

    @rule(whom=WHOM, to=TEAM)
    def is_passed_to_a_team(self, whom: int, to: str) -> None:
        person = self.someone(whom)
        self.attempt(pass_on, actor=self.holder(person), person_id=person, why="agreed", to_team_id=self.hub.teams[to])

    @rule(whom=WHOM, reason=st.sampled_from(("not_now", "moved", "died", "all_well", "no_show")), days=st.integers(-1, 190))
    def rests(self, whom: int, reason: str, days: int) -> None:
        person = self.someone(whom)
        hello = (self.at + timedelta(days=days)).date()
        self.attempt(rest, actor=self.holder(person), person_id=person, reason=reason, hello_on=hello)

    @rule(whom=WHOM, days=st.none() | st.integers(-3, 1))
    def dies(self, whom: int, days: int | None) -> None:
        person = self.someone(whom)
        on = None if days is None else (self.at + timedelta(days=days)).date()
        self.attempt(write_down_that_they_died, actor=self.holder(person), person_id=person, died_on=on)

    @rule(whom=WHOM, reason=st.sampled_from(("somebody_else", "slip", "nonsense")))
    def was_alive_after_all(self, whom: int, reason: str) -> None:
        person = self.someone(whom)
        self.attempt(take_back_that_they_died, actor=self.holder(person), person_id=person, reason=reason)

    @rule(whom=WHOM)
    def comes_back(self, whom: int) -> None:
        person = self.someone(whom)
        self.attempt(bring_back, actor=self.holder(person), person_id=person)

    @rule(whom=WHOM, days=st.integers(-2, 40))
    def has_a_next_date(self, whom: int, days: int) -> None:
        person = self.someone(whom)
        on = (self.at + timedelta(days=days)).date()
        self.attempt(set_next_date, actor=self.holder(person), person_id=person, on=on)

    @rule(whom=WHOM)
    def is_called_back(self, whom: int) -> None:
        self.attempt(create_call_back, actor=self.hub.system, person_id=self.someone(whom), what="asked_again")

    @rule(whom=WHOM, to=WORKERS, named=st.booleans())
    def a_worker_leaves(self, whom: int, to: str, named: bool) -> None:
        """Whoever holds somebody, or sits in the team that does: the ones whose leaving could lose people."""
        who = next((key for key, hat in self.hub.hats.items() if hat == self.holder(self.someone(whom)).hat_id), None)
        if who is None or len(self.ended) == 3:
            return
        new = {"new_holder_hat_id": self.hub.hats[to]} if named else {}
        if self.attempt(end_hat, actor=self.hub.system, hat_id=self.hub.hats[who], **new):
            self.ended.add(who)

    @rule(whom=WHOM, to=TEAM)
    def is_introduced(self, whom: int, to: str) -> None:
        person = self.someone(whom)
        giver = self.holder(person)
        if giver.is_worker:
            self.attempt(introduce, actor=giver, person_id=person, words="hello", to_team_id=self.hub.teams[to])

    @rule(who=WORKERS, said=st.sampled_from(("yes", "after_talk", "not_now", "not_us")))
    def answers(self, who: str, said: str) -> None:
        one = Handover.objects.order_by("-pk").first()
        if one and who not in self.ended:
            on = (self.at + timedelta(days=5)).date()
            given = {"meet_on": on, "until": on, "reason": "full"}
            self.attempt(answer, actor=self.hub.actor(who, self.at), handover_id=one.public_id, answer=said, **given)

    @rule(who=WORKERS, step=st.sampled_from((meet, say_we_have_not_met, settle)))
    def goes_on(self, who: str, step: Any) -> None:
        one = Handover.objects.order_by("-pk").first()
        if one and who not in self.ended:
            if step is settle:
                self.at += timedelta(days=14)
            self.attempt(step, actor=self.hub.actor(who, self.at), handover_id=one.public_id)

    @invariant()
    def the_database_agrees(self) -> None:
        connection.check_constraints()

    @invariant()
    def everybody_has_exactly_one_living_holder(self) -> None:
        held = list(Holding.objects.filter(until_at__isnull=True).values_list("membership_id", flat=True))
        assert sorted(held) == sorted(self.people) == sorted(Membership.objects.values_list("pk", flat=True))
        assert without_live_holder(self.hub.hub.pk, self.at) == []

    @invariant()
    def the_ledger_has_no_gap_and_no_overlap(self) -> None:
        for person in self.people:
            ledger = list(Holding.objects.filter(membership_id=person).order_by("from_at", "pk"))
            assert ledger[0].from_at == Membership.objects.get(pk=person).since
            for one, following in zip(ledger, ledger[1:], strict=False):
                assert one.until_at == following.from_at
            assert ledger[-1].until_at is None

    @invariant()
    def an_active_member_has_a_next_date_and_its_copies_agree(self) -> None:
        assert not Membership.objects.filter(rest_reason="", next_on__isnull=True).exists()
        assert mismatched_next_dates() == 0

    @invariant()
    def nobody_is_asked_to_be_in_touch_with_somebody_who_has_died(self) -> None:
        dead = Person.objects.filter(death_written_at__isnull=False)
        assert set(dead.values_list("membership__rest_reason", "membership__next_on")) <= {("died", None)}
        assert Membership.objects.filter(rest_reason="died").count() == dead.count()
        assert not set(dead.values_list("pk", flat=True)) & {
            one.person_id for one in nobody_lost(self.hub.hub.pk, self.at + timedelta(days=400))
        }

    @invariant()
    def whoever_holds_sees_and_open_tasks_have_a_living_owner(self) -> None:
        for held in Holding.objects.filter(until_at__isnull=True, hat__isnull=False):
            key = next(key for key, hat in self.hub.hats.items() if hat == held.hat_id)
            assert policy.has_relationship(self.hub.actor(key, self.at), held.membership_id, at=self.at)
        gone = {self.hub.hats[key] for key in self.ended}
        assert not Task.objects.filter(done_at__isnull=True, hat_id__in=gone).exists()


@pytest.mark.django_db
@pytest.mark.both_databases
def test_in_any_order_of_steps_everybody_is_held() -> None:
    Journey.hub = hub = open_hub()
    Journey.first = tuple(person.pk for person in (hub.person(), hub.held_by("cora"), hub.held_by("liv")))
    run_state_machine_as_test(
        Journey,
        settings=settings(
            max_examples=30,
            stateful_step_count=25,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
