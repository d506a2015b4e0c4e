"""Promise 4: hands stay on until hands are met."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from alongside.journal.models import Entry
from alongside.journey.directory.models import Correction, Service
from alongside.journey.handovers import rules
from alongside.journey.handovers.commands import (
    ChooseAReceiver,
    CodeIsWrong,
    DayHasPassed,
    MetBefore,
    MetLater,
    NotMetYet,
    NotUsNeedsReason,
    PersonMustAgree,
    SayFromWhen,
    SayWhen,
    ServiceIsClosed,
    SettledIsAskedLater,
    answer,
    answer_by_link,
    confirm_met,
    count_wrong_code,
    introduce,
    meet,
    meet_by_link,
    raise_unanswered,
    renew_link,
    say_we_have_not_met,
    settle,
    signpost,
    write_down_answer,
    write_down_introduction,
    write_down_met,
    write_down_result,
)
from alongside.journey.handovers.models import Handover
from alongside.journey.handovers.policies import SaidByAnother, SaidByWhoMeets
from alongside.journey.handovers.queries import asked_by_link, earlier_answers, steps_of, unanswered_past
from alongside.members.commands import end_hat, finish_task, pass_on, write_down_that_they_died
from alongside.members.models import Holding, Task
from alongside.people.models import Person
from alongside.people.policies import TheyHaveDied
from alongside.people.queries import person_within_reach
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.handover_answers import NOT_US
from tests.support.guards import without_guard
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def holder(person: Person) -> tuple[int | None, int | None]:
    held = Holding.objects.get(open_for=person.pk)
    return held.hat_id, held.team_id


def offered(hub: MadeHub, person: Person, **changes: Any) -> Handover:
    given = {"words": "They would like company on walks.", "to_team_id": hub.teams["harbour"]} | changes
    return introduce(actor=hub.actor("cora"), at=AT, person_id=person.pk, **given).handover


def accepted(hub: MadeHub, person: Person, by: str = "liv") -> Handover:
    one = offered(hub, person)
    return answer(actor=hub.actor(by), at=AT + DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + 3 * DAY)


def status(one: Handover) -> str:
    one.refresh_from_db()
    return one.status


FACTS = [
    # answer, accepted, introduced, met, settled -> status, may answer, may meet
    ("", False, False, False, False, "offered", True, False),
    ("not_now", False, False, False, False, "not_now", True, False),
    ("not_us", False, False, False, False, "not_us", False, False),
    ("yes", True, False, False, False, "accepted", False, True),
    ("after_talk", True, False, False, False, "accepted", False, True),
    ("yes", True, True, False, False, "introduced", False, True),
    ("yes", True, False, True, False, "met", False, False),
    ("yes", True, True, True, False, "met", False, False),
    ("yes", True, True, True, True, "settled", False, False),
    # the same of somebody who has died: what was open has ended, what had been met or refused stands
    ("", False, False, False, False, "they_have_died", False, False, True),
    ("not_now", False, False, False, False, "they_have_died", False, False, True),
    ("yes", True, True, False, False, "they_have_died", False, False, True),
    ("not_us", False, False, False, False, "not_us", False, False, True),
    ("yes", True, True, True, False, "met", False, False, True),
]


@pytest.mark.parametrize("row", FACTS, ids=lambda row: f"{row[5]}-{row[0]}")
def test_where_an_introduction_stands_follows_from_its_facts(row: tuple[Any, ...]) -> None:
    said, accepts, introduces, meets, settles, stands, may_answer, may_meet, *died = row
    facts = rules.Facts(said, *(AT if fact else None for fact in (accepts, introduces, meets, settles)), *died)
    assert (rules.status(facts), rules.may_answer(facts), rules.may_meet(facts)) == (stands, may_answer, may_meet)


def test_every_set_of_facts_has_a_status_and_nothing_can_be_both_answered_and_met() -> None:
    for said, *facts in itertools.product(("", "yes", "after_talk", "not_now", "not_us"), *[(None, AT)] * 4):
        found = rules.Facts(said, *facts)
        assert rules.status(found) in rules.STATES
        assert not (rules.may_answer(found) and rules.may_meet(found))


@pytest.mark.both_databases
@pytest.mark.hazard("H23")
def test_a_giver_stays_the_holder_until_the_person_has_been_met(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    cora, liv = (hub.hats["cora"], None), (hub.hats["liv"], None)
    one = offered(hub, person)
    assert (status(one), holder(person)) == ("offered", cora)
    answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + 3 * DAY)
    assert (status(one), holder(person)) == ("accepted", cora)
    write_down_introduction(actor=hub.actor("cora"), at=AT + 2 * DAY, handover_id=one.public_id)
    assert (status(one), holder(person)) == ("introduced", cora)
    meet(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    assert (status(one), holder(person)) == ("met", liv)
    before, now = Holding.objects.filter(membership_id=person.pk).order_by("pk")[1:]
    assert before.until_at == now.from_at == AT + 3 * DAY
    settle(actor=hub.actor("liv"), at=AT + 20 * DAY, handover_id=one.public_id)
    assert (status(one), holder(person)) == ("settled", liv)


STEPS = {
    "answer": lambda hub, one: answer(
        actor=hub.actor("liv"), at=AT + 9 * DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + 9 * DAY
    ),
    "introduced": lambda hub, one: write_down_introduction(actor=hub.actor("cora"), at=AT + 9 * DAY, handover_id=one.public_id),
    "meet": lambda hub, one: meet(actor=hub.actor("liv"), at=AT + 9 * DAY, handover_id=one.public_id),
    "not_met": lambda hub, one: say_we_have_not_met(actor=hub.actor("liv"), at=AT + 9 * DAY, handover_id=one.public_id),
    "confirmed": lambda hub, one: confirm_met(actor=hub.actor("cora"), at=AT + 9 * DAY, handover_id=one.public_id),
    "settle": lambda hub, one: settle(actor=hub.actor("liv"), at=AT + 19 * DAY, handover_id=one.public_id),
}
MAY_FOLLOW = {
    "offered": {"answer"},
    "not_now": {"answer"},
    "not_us": set(),
    "accepted": {"introduced", "meet"},
    "introduced": {"introduced", "meet"},
    "met": {"confirmed", "not_met", "settle"},
    "settled": set(),
    "they_have_died": set(),
}


def taken_to(hub: MadeHub, person: Person, state: str) -> Handover:
    """Take an introduction to a state, through the commands."""
    liv = hub.actor("liv")
    if state in ("offered", "not_now", "not_us"):
        one = offered(hub, person)
        if state != "offered":
            given = {"until": TODAY + 9 * DAY} if state == "not_now" else {"reason": "full"}
            answer(actor=liv, at=AT + DAY, handover_id=one.public_id, answer=state, **given)
        return one
    one = accepted(hub, person)
    if state == "they_have_died":
        write_down_that_they_died(actor=hub.actor("cora"), at=AT + 2 * DAY, person_id=person.pk)
        return one
    if state != "accepted":
        write_down_introduction(actor=hub.actor("cora"), at=AT + 2 * DAY, handover_id=one.public_id)
    if state in ("met", "settled"):
        meet(actor=liv, at=AT + 3 * DAY, handover_id=one.public_id)
    if state == "settled":
        settle(actor=liv, at=AT + 17 * DAY, handover_id=one.public_id)
    return one


HELD_BY = {
    "offered": "cora",
    "not_now": "cora",
    "not_us": "cora",
    "accepted": "cora",
    "introduced": "cora",
    "met": "liv",
    "settled": "liv",
    "they_have_died": "cora",
}
"""Written by hand: who holds in each state, the giver or the receiver; whoever adds a state says so here."""


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.both_databases
def test_in_every_state_the_ledger_names_the_one_who_holds(hub: MadeHub, state: str) -> None:
    person = hub.held_by("cora")
    assert status(taken_to(hub, person, state)) == state
    assert holder(person) == (hub.hats[HELD_BY[state]], None)


def taken_to_by_a_partner(hub: MadeHub, person: Person, state: str) -> Handover:
    """Take an introduction to somebody without an account to a state, through the commands; what they do comes by link."""
    cora = hub.actor("cora")
    made = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=a_service(hub))
    one, by_link = made.handover, {"actor": hub.public, "token": made.link_token, "code": made.code, "by_name": "Jo"}
    if state in ("not_now", "not_us"):
        given = {"until": TODAY + 9 * DAY} if state == "not_now" else {"reason": "full"}
        answer_by_link(at=AT + DAY, answer=state, **by_link, **given)
    elif state != "offered":
        answer_by_link(at=AT + DAY, answer="yes", meet_on=TODAY + 3 * DAY, **by_link)
    if state == "they_have_died":
        write_down_that_they_died(actor=cora, at=AT + 2 * DAY, person_id=person.pk)
    if state in ("introduced", "met", "settled"):
        write_down_introduction(actor=cora, at=AT + 2 * DAY, handover_id=one.public_id)
    if state in ("met", "settled"):
        meet_by_link(at=AT + 3 * DAY, met_at=AT + 3 * DAY, **by_link)
    if state == "settled":
        settle(actor=cora, at=AT + 17 * DAY, handover_id=one.public_id)
    return one


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.hazard("H23")
def test_a_partner_without_an_account_holds_in_no_state_and_the_giver_in_each(hub: MadeHub, state: str) -> None:
    person = hub.held_by("cora")
    assert status(taken_to_by_a_partner(hub, person, state)) == state
    assert holder(person) == (hub.hats["cora"], None)


@pytest.mark.parametrize("state", rules.STATES)
def test_only_what_may_follow_follows(hub: MadeHub, state: str) -> None:
    person = hub.held_by("cora")
    one = taken_to(hub, person, state)
    followed = set()
    for name, step in STEPS.items():
        try:
            with transaction.atomic():
                step(hub, one)
                followed.add(name)
                transaction.set_rollback(True)
        except (AlreadyDone, NotMetYet, NotFound, TheyHaveDied):
            continue
    assert followed == MAY_FOLLOW[state]


@pytest.mark.both_databases
def test_the_database_lets_nobody_take_over_who_has_not_met_the_person(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = accepted(hub, person)
    with pytest.raises(DatabaseError, match="only once the two have met"), transaction.atomic():
        pass_on(actor=hub.actor("cora"), at=AT + 2 * DAY, person_id=person.pk, why="met", to_hat_id=hub.hats["liv"])
    assert holder(person) == (hub.hats["cora"], None)
    with without_guard("holding_moves_only_when_met"):
        pass_on(actor=hub.actor("cora"), at=AT + 2 * DAY, person_id=person.pk, why="met", to_hat_id=hub.hats["liv"])
    assert status(one) == "accepted" and holder(person) == (hub.hats["liv"], None)


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer": "not_us", "answered_at": AT},
        {"met_at": AT + DAY},
        {"settled_at": AT + DAY},
        {"answered_at": AT},
        {"answer": "yes"},
        {"accepted_at": AT, "met_at": AT - DAY},
        {"to_team": None},
        {"accepted_at": AT, "met_at": AT + DAY},
        {"confirmed_at": AT + DAY},
        {"met_how": "account"},
    ],
)
@pytest.mark.both_databases
def test_facts_that_do_not_belong_together_cannot_be_stored(hub: MadeHub, wrong: dict[str, Any]) -> None:
    one = offered(hub, hub.held_by("cora"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.filter(pk=one.pk).update(**wrong)


def test_not_us_needs_one_of_six_reasons_and_leaves_the_person_with_the_giver_who_finds_the_next_fit(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = offered(hub, person)
    for reason in ("", "too complex", "did not engage", "rejected"):
        with pytest.raises(NotUsNeedsReason):
            answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="not_us", reason=reason)
    assert len(NOT_US) == 6 and status(one) == "offered"
    answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="not_us", reason="full", words="until May")
    assert (status(one), holder(person)) == ("not_us", (hub.hats["cora"], None))
    assert [(task.what, task.hat_id) for task in Task.objects.filter(person=person)] == [("offer_next_fit", hub.hats["cora"])]
    with pytest.raises(NotFound):
        person_within_reach(hub.actor("liv"), person.pk, at=AT + DAY + SECOND)
    again = offered(hub, person, to_team_id=hub.teams["door"])
    assert status(again) == "offered"


def test_yes_and_not_now_need_a_day(hub: MadeHub) -> None:
    one = offered(hub, hub.held_by("cora"))
    given = {"actor": hub.actor("liv"), "at": AT + DAY, "handover_id": one.public_id}
    for said, needed in (("yes", SayWhen), ("not_now", SayFromWhen)):
        with pytest.raises(needed):
            answer(answer=said, **given)
    for passed in ({"answer": "yes", "meet_on": TODAY}, {"answer": "not_now", "until": TODAY}):
        with pytest.raises(DayHasPassed):
            answer(**given, **passed)
    with pytest.raises(DayHasPassed):
        offered(hub, one.person, joint_on=TODAY - DAY)


def test_a_day_suggested_under_another_answer_is_not_kept(hub: MadeHub) -> None:
    one = offered(hub, hub.held_by("cora"))
    more = {"reason": "full", "meet_on": TODAY + 3 * DAY, "until": TODAY + 9 * DAY}
    answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="not_us", **more)
    one.refresh_from_db()
    assert (one.meet_on, one.not_now_until, one.not_us_reason) == (None, None, "full")


def test_only_the_team_that_was_asked_answers_and_only_a_role_that_holds_says_yes(hub: MadeHub) -> None:
    hub.take_on("stan", "Stan Invented", "charity", "registered_practice", ("harbour",))
    one = offered(hub, hub.held_by("cora"))
    given = {"handover_id": one.public_id, "at": AT + DAY, "answer": "yes", "meet_on": TODAY + 2 * DAY}
    for stranger in ("nell", "dana"):
        with pytest.raises(NotFound):
            answer(actor=hub.actor(stranger), **given)
    with pytest.raises(NotThisRole):
        answer(actor=hub.actor("stan"), **given)
    answer(actor=hub.actor("tess"), **given)
    with pytest.raises(AlreadyDone):
        answer(actor=hub.actor("liv"), **given)
    one.refresh_from_db()
    assert one.accepted_by_id == hub.hats["tess"]


def test_an_introduction_needs_the_persons_yes_and_one_open_receiver(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    closed = Service.objects.create(
        hub=hub.hub, source="ours", source_id="1", fingerprint="x", name="A made-up choir", closed_at=AT
    )
    for refusal, wrong in (
        (PersonMustAgree, {"person_agrees": False}),
        (ChooseAReceiver, {"to_team_id": None}),
        (ServiceIsClosed, {"to_team_id": None, "to_service_id": closed.pk}),
    ):
        with pytest.raises(refusal):
            offered(hub, person, **wrong)
    with pytest.raises(NotFound):
        introduce(actor=hub.actor("tess"), at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"])
    assert not Handover.objects.exists()


@pytest.mark.both_databases
def test_we_have_not_met_moves_the_person_back_to_the_very_holder(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    pass_on(actor=hub.actor("cora"), at=AT, person_id=person.pk, why="agreed", to_team_id=hub.teams["north"])
    one = accepted(hub, person)
    meet(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    say_we_have_not_met(actor=hub.public, at=AT + 4 * DAY, person_id=person.pk)
    assert (status(one), holder(person)) == ("accepted", (None, hub.teams["north"]))
    one.refresh_from_db()
    assert (one.disputed_at, one.disputed_by_kind) == (AT + 4 * DAY, "public")
    assert "not_met" in Task.objects.filter(person=person).values_list("what", flat=True)
    meet(actor=hub.actor("liv"), at=AT + 5 * DAY, handover_id=one.public_id)
    assert (status(one), holder(person)) == ("met", (hub.hats["liv"], None))


def test_when_the_one_before_has_left_meanwhile_the_team_at_the_door_holds(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = accepted(hub, person)
    meet(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    end_hat(actor=hub.actor("lea"), at=AT + 4 * DAY, hat_id=hub.hats["cora"])
    say_we_have_not_met(actor=hub.public, at=AT + 5 * DAY, person_id=person.pk)
    assert holder(person) == (None, hub.teams["door"])


@pytest.mark.both_databases
def test_the_giver_keeps_sight_until_settled_and_28_days(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = accepted(hub, person)
    meet(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    settled_at = AT + 20 * DAY
    settle(actor=hub.actor("cora"), at=settled_at, handover_id=one.public_id)

    def cora_sees(at: datetime) -> bool:
        try:
            return bool(person_within_reach(hub.actor("cora", at), person.pk, at=at))
        except NotFound:
            return False

    ends = settled_at + 28 * DAY
    moments = (AT + 10 * DAY, settled_at, ends - SECOND, ends, ends + SECOND)
    assert [cora_sees(at) for at in moments] == [True, True, True, False, False]
    assert person_within_reach(hub.actor("liv", ends), person.pk, at=ends)
    with pytest.raises(AlreadyDone):
        settle(actor=hub.actor("liv"), at=settled_at, handover_id=one.public_id)


def a_service(hub: MadeHub) -> int:
    return Service.objects.create(hub=hub.hub, source="ours", source_id="2", fingerprint="x", name="A made-up garden").pk


def test_a_partner_without_an_account_answers_by_link_with_its_code_once(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    made = introduce(actor=hub.actor("cora"), at=AT, person_id=person.pk, words="hello", to_service_id=a_service(hub))
    assert (asked_by_link(made.link_token), len(made.code)) == ("answer", 6)
    given = {"actor": hub.public, "at": AT + DAY, "by_name": "Jo at the garden", "answer": "yes", "meet_on": TODAY + 5 * DAY}
    with pytest.raises(NotFound):
        answer_by_link(token="x" * 32, code=made.code, **given)
    answer_by_link(token=made.link_token, code=f" {made.code} ", **given)
    one = made.handover
    one.refresh_from_db()
    assert (one.answer, one.answered_how, one.answered_by_name, one.answered_by_id) == ("yes", "link", "Jo at the garden", None)
    assert asked_by_link(made.link_token) == "met"
    with pytest.raises(AlreadyDone):
        answer_by_link(token=made.link_token, code=made.code, **given)
    # A partner outside the hub's teams never becomes the holder, and says by the same link that they have met.
    met = {
        "actor": hub.public,
        "at": AT + 5 * DAY,
        "token": made.link_token,
        "by_name": "Jo at the garden",
        "met_at": AT + 4 * DAY,
    }
    with pytest.raises(CodeIsWrong):
        meet_by_link(code="", **met)
    meet_by_link(code=made.code, **met)
    assert (status(one), one.met_at, holder(person)) == ("met", AT + 4 * DAY, (hub.hats["cora"], None))
    assert [(step.name, step.who) for step in steps_of(one)] == [("Met", "Jo at the garden, by link")]
    assert asked_by_link(made.link_token) == ""


def test_the_giver_alone_cannot_say_that_they_have_met(hub: MadeHub) -> None:
    """Seen to fail with check_can_say_met removed from the command: the giver's word alone moved the holding."""
    person = hub.held_by("cora")
    one = accepted(hub, person)
    for key in ("cora", "tess"):  # the giver, and a colleague of the one who said yes
        with pytest.raises(SaidByWhoMeets):
            meet(actor=hub.actor(key), at=AT + 3 * DAY, handover_id=one.public_id)
    told = {"handover_id": one.public_id, "by_name": "Liv, by telephone", "met_at": AT + 2 * DAY}
    with pytest.raises(SaidByWhoMeets):
        write_down_met(actor=hub.actor("cora"), at=AT + 3 * DAY, **told)
    assert (status(one), holder(person)) == ("accepted", (hub.hats["cora"], None))


def test_when_the_one_who_said_yes_has_left_a_colleague_of_the_team_meets_them(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = accepted(hub, person)
    end_hat(actor=hub.actor("lea"), at=AT + 2 * DAY, hat_id=hub.hats["liv"])
    meet(actor=hub.actor("tess"), at=AT + 3 * DAY, handover_id=one.public_id)
    assert (status(one), one.accepted_by_id, holder(person)) == ("met", hub.hats["tess"], (hub.hats["tess"], None))


def test_what_a_partner_told_is_written_down_with_who_said_so_and_never_before_it_happened(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    one = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=a_service(hub)).handover
    told = {"actor": cora, "handover_id": one.public_id, "by_name": "Jo at the garden"}
    with pytest.raises(AlreadyDone):
        write_down_met(at=AT + DAY, met_at=AT + DAY, **told)
    write_down_answer(at=AT + DAY, answer="yes", meet_on=TODAY + 2 * DAY, **told)
    for met_at, refusal in ((AT + 4 * DAY, MetLater), (AT - DAY, MetBefore)):
        with pytest.raises(refusal):
            write_down_met(at=AT + 3 * DAY, met_at=met_at, **told)
    write_down_met(at=AT + 3 * DAY, met_at=AT + 2 * DAY, **told)
    assert (status(one), one.met_at, holder(person)) == ("met", AT + 2 * DAY, (hub.hats["cora"], None))
    assert [(step.name, step.who) for step in steps_of(one)] == [("Met", "Jo at the garden, as they told Cora Madeup")]


def test_every_fact_says_who_and_when(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = accepted(hub, person)
    write_down_introduction(actor=hub.actor("cora"), at=AT + 2 * DAY, handover_id=one.public_id)
    meet(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    with pytest.raises(SaidByAnother):
        confirm_met(actor=hub.actor("liv"), at=AT + 3 * DAY, handover_id=one.public_id)
    say_we_have_not_met(actor=hub.actor("cora"), at=AT + 4 * DAY, handover_id=one.public_id)
    meet(actor=hub.actor("liv"), at=AT + 5 * DAY, handover_id=one.public_id)
    confirm_met(actor=hub.public, at=AT + 6 * DAY, person_id=person.pk)
    with pytest.raises(AlreadyDone):
        confirm_met(actor=hub.actor("cora"), at=AT + 7 * DAY, handover_id=one.public_id)
    settle(actor=hub.actor("liv"), at=AT + 19 * DAY, handover_id=one.public_id)
    one = Handover.objects.get(pk=one.pk)
    assert [(step.name, step.at - AT, step.who) for step in steps_of(one)] == [
        ("Introduced", 2 * DAY, "Cora Madeup"),
        ("Met", 5 * DAY, "Liv Example"),
        ("Confirmed that they met", 6 * DAY, "the person, by their own link"),
        ("Said that they had not met", 4 * DAY, "Cora Madeup"),
        ("Settled", 19 * DAY, "Liv Example"),
    ]


def test_whether_it_is_settled_is_asked_after_fourteen_days(hub: MadeHub) -> None:
    one = taken_to(hub, hub.held_by("cora"), "met")
    for days in (3, 16):
        with pytest.raises(SettledIsAskedLater, match="asked from Thursday 19 March 2026"):
            settle(actor=hub.actor("liv"), at=AT + days * DAY, handover_id=one.public_id)
    settle(actor=hub.actor("liv"), at=AT + 17 * DAY, handover_id=one.public_id)
    assert status(one) == "settled"


def test_a_new_link_and_code_stop_the_ones_before_at_once(hub: MadeHub) -> None:
    """Seen to fail with the new fingerprints left out: the lost link still opened the answer."""
    person, cora = hub.held_by("cora"), hub.actor("cora")
    lost = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=a_service(hub))
    for _try in range(5):
        count_wrong_code(actor=hub.public, at=AT, token=lost.link_token)
    fresh = renew_link(actor=cora, at=AT, handover_id=lost.handover.public_id)
    said = {"actor": hub.public, "at": AT + DAY, "by_name": "Jo", "answer": "not_us", "reason": "full"}
    with pytest.raises(NotFound):
        answer_by_link(token=lost.link_token, code=lost.code, **said)
    with pytest.raises(NotFound):
        asked_by_link(lost.link_token)
    answer_by_link(token=fresh.link_token, code=fresh.code, **said)
    with pytest.raises(AlreadyDone):
        renew_link(actor=cora, at=AT + DAY, handover_id=lost.handover.public_id)
    with pytest.raises(NotFound):
        renew_link(actor=hub.actor("liv"), at=AT + DAY, handover_id=lost.handover.public_id)
    assert Entry.objects.filter(command="handover.link_renewed", person_id=person.pk).count() == 1


def test_full_said_by_a_partner_is_reported_to_whoever_keeps_the_entry_which_stays_as_it_is(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    service = a_service(hub)
    made = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=service)
    said = {"by_name": "Jo", "answer": "not_us", "reason": "full", "words": "she is too much for us"}
    answer_by_link(actor=hub.public, at=AT, token=made.link_token, code=made.code, **said)
    assert list(Correction.objects.values_list("service_id", "words")) == [(service, "It answered that it is full.")]
    assert Service.objects.get(pk=service).is_full is False


def test_who_said_no_for_a_person_is_known_as_it_stands_with_each_of_them_now(hub: MadeHub) -> None:
    person, cora, liv = hub.held_by("cora"), hub.actor("cora"), hub.actor("liv")
    service = a_service(hub)
    garden = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=service).handover
    write_down_answer(
        actor=cora, at=AT + DAY, handover_id=garden.public_id, by_name="Jo", answer="not_us", reason="full", words="until May"
    )
    team = offered(hub, person)
    answer(actor=liv, at=AT + DAY, handover_id=team.public_id, answer="not_now", until=TODAY + 20 * DAY)
    assert [(one.service, one.team, one.words) for one in earlier_answers(cora, person.pk, TODAY + DAY)] == [
        (service, None, "they said not us on Tuesday 3 March 2026: we are full"),
        (None, hub.teams["harbour"], "they said not now on Tuesday 3 March 2026: from Sunday 22 March 2026"),
    ]

    def left_out(days: int) -> list[int | None]:
        return [one.service or one.team for one in earlier_answers(cora, person.pk, TODAY + days * DAY) if one.leaves_out]

    assert left_out(20) == [service], "the day of asking again has come"
    assert left_out(56) == [service] and left_out(57) == [], (
        "we are full stands for eight weeks; then it is said, and offered later"
    )
    again = introduce(actor=cora, at=AT + 2 * DAY, person_id=person.pk, words="hello", to_service_id=service).handover
    write_down_answer(
        actor=cora, at=AT + 3 * DAY, handover_id=again.public_id, by_name="Jo", answer="yes", meet_on=TODAY + 9 * DAY
    )
    assert left_out(20) == []
    assert [one.words for one in earlier_answers(cora, person.pk, TODAY + 40 * DAY)][0] == "tried in March 2026: did not meet"
    other = hub.held_by("cora", name="Ifan Pretend")
    assert earlier_answers(cora, other.pk, TODAY) == [] and earlier_answers(hub.actor("dana"), person.pk, TODAY) == []


def test_five_wrong_codes_kill_the_link_even_for_the_right_one(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    made = introduce(actor=hub.actor("cora"), at=AT, person_id=person.pk, words="hello", to_service_id=a_service(hub))
    wrong = "000000" if made.code != "000000" else "111111"
    given = {"actor": hub.public, "at": AT, "token": made.link_token, "by_name": "Jo", "answer": "not_us", "reason": "full"}
    for tries in range(1, 6):
        with pytest.raises(CodeIsWrong):
            answer_by_link(code=wrong, **given)
        assert count_wrong_code(actor=hub.public, at=AT, token=made.link_token) == tries
    with pytest.raises(CodeIsWrong):
        answer_by_link(code=made.code, **given)
    assert (status(made.handover), holder(person)) == ("offered", (hub.hats["cora"], None))
    # The way that is left: the giver writes down what the partner says.
    write_down_answer(
        actor=hub.actor("cora"), at=AT, handover_id=made.handover.public_id, by_name="Jo", answer="not_us", reason="full"
    )
    made.handover.refresh_from_db()
    assert made.handover.answered_how == "written"


@pytest.mark.hazard("H23")
@pytest.mark.hazard("H25")
def test_an_unanswered_introduction_rises_once_a_day_and_never_ends_by_itself(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    one = offered(hub, person)
    assert one.answer_by == TODAY + 7 * DAY  # five working days over a weekend
    assert unanswered_past(hub.hub.pk, one.answer_by) == []
    for day in (8, 9):
        at = AT + day * DAY
        assert [found.pk for found in unanswered_past(hub.hub.pk, at.date())] == [one.pk]
        assert raise_unanswered(actor=hub.system, at=at, handover_id=one.pk) is not None
        assert raise_unanswered(actor=hub.system, at=at + SECOND, handover_id=one.pk) is None
    assert (status(one), holder(person)) == ("offered", (hub.hats["cora"], None))
    task = Task.objects.get(person=person)
    assert (task.what, task.hat_id) == ("introduction_unanswered", hub.hats["cora"]), "asked once, however often it rises"
    finish_task(actor=hub.actor("cora"), at=at + 2 * SECOND, task_id=task.pk)
    raise_unanswered(actor=hub.system, at=at + DAY, handover_id=one.pk)
    assert Task.objects.filter(person=person, done_at__isnull=True).count() == 1


def test_not_now_waits_until_its_own_day_and_can_be_answered_again(hub: MadeHub) -> None:
    one = offered(hub, hub.held_by("cora"))
    answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="not_now", until=TODAY + 30 * DAY)
    assert unanswered_past(hub.hub.pk, TODAY + 30 * DAY) == []
    assert [found.pk for found in unanswered_past(hub.hub.pk, TODAY + 31 * DAY)] == [one.pk]
    answer(actor=hub.actor("liv"), at=AT + 31 * DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + 33 * DAY)
    assert status(one) == "accepted"


@pytest.mark.both_databases
def test_a_signpost_stays_open_until_its_result_is_known(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    one = signpost(actor=cora, at=AT, person_id=person.pk, service_id=a_service(hub))
    assert (one.result, one.ask_on) == ("", TODAY + 14 * DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(one).objects.filter(pk=one.pk).update(result="went")
    with pytest.raises(NotFound):
        write_down_result(actor=hub.actor("liv"), at=AT + DAY, signpost_id=one.public_id, result="went")
    write_down_result(actor=cora, at=AT + DAY, signpost_id=one.public_id, result="not_for_them")
    assert [task.what for task in Task.objects.filter(person=person)] == ["offer_next_fit"]
    with pytest.raises(AlreadyDone):
        write_down_result(actor=cora, at=AT + DAY, signpost_id=one.public_id, result="went")
    assert holder(person) == (hub.hats["cora"], None)
