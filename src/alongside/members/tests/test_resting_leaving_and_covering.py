"""Resting and coming back, a worker who is away or leaves, tasks that follow the holder, silence that becomes a call-back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from alongside.hubs.models import TeamSeat
from alongside.journal.models import Entry
from alongside.members.commands import (
    CannotCover,
    CannotHold,
    LeaveEndsBeforeItBegins,
    NextDateTooFar,
    PeopleNeedNewHolders,
    RestNeedsReason,
    answer_invitations,
    arrange_leave,
    bring_back,
    create_task,
    end_hat,
    finish_task,
    invite,
    pass_on,
    rest,
    turn_into_call_back,
)
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.members.queries import mismatched_next_dates, unanswered_invitations, without_live_holder
from alongside.people.queries import person_within_reach
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.clock import UK
from tests.support.hub import AT, TODAY, MadeHub, open_hub

DAY = timedelta(days=1)
LATER = AT + DAY


@pytest.mark.hazard("H23")
def test_somebody_who_rests_keeps_member_and_holder_and_comes_back_in_one_action(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    rest(actor=cora, at=LATER, person_id=person.pk, reason="not_now", hello_on=TODAY + timedelta(days=100))
    resting = Membership.objects.get(pk=person.pk)
    assert (resting.rest_reason, resting.next_on) == ("not_now", TODAY + timedelta(days=100))
    assert Holding.objects.get(open_for=person.pk).hat_id == hub.hats["cora"]

    pass_on(actor=cora, at=LATER, person_id=person.pk, why="agreed", to_team_id=hub.teams["north"])
    assert mismatched_next_dates() == 0

    bring_back(actor=hub.actor("nell"), at=LATER, person_id=person.pk)
    back = Membership.objects.get(pk=person.pk)
    assert (back.rest_reason, back.resting_since, back.next_on) == ("", None, LATER.date())
    with pytest.raises(AlreadyDone):
        bring_back(actor=hub.actor("nell"), at=LATER, person_id=person.pk)
    assert mismatched_next_dates() == 0


def test_rest_needs_one_of_three_reasons_and_a_hello_within_half_a_year(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    for reason in ("", "dna", "discharged", "rejected", "died"):
        with pytest.raises(RestNeedsReason):
            rest(actor=cora, at=LATER, person_id=person.pk, reason=reason)
    with pytest.raises(NextDateTooFar):
        rest(actor=cora, at=LATER, person_id=person.pk, reason="not_now", hello_on=LATER.date() + timedelta(days=181))
    assert Membership.objects.get(pk=person.pk).rest_reason == ""


@pytest.mark.hazard("H15")
def test_a_worker_who_holds_somebody_is_not_ended_without_a_new_holder(hub: MadeHub) -> None:
    people = [hub.held_by("cora", name=name) for name in ("Mair Pretend", "Ifan Pretend", "Nia Pretend")]
    rest(actor=hub.actor("cora"), at=LATER, person_id=people[2].pk, reason="moved")
    with pytest.raises(PeopleNeedNewHolders):
        end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["cora"])
    with pytest.raises(NotThisRole):
        end_hat(actor=hub.actor("nell"), at=LATER, hat_id=hub.hats["cora"], new_holder_hat_id=hub.hats["nell"])
    assert Holding.objects.filter(hat_id=hub.hats["cora"], until_at__isnull=True).count() == 3

    end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["cora"], new_holder_hat_id=hub.hats["nell"])
    assert {one.hat_id for one in Holding.objects.filter(open_for__in=[one.pk for one in people])} == {hub.hats["nell"]}
    assert without_live_holder(hub.hub.pk, LATER + timedelta(seconds=1)) == []
    assert not TeamSeat.objects.filter(hat_id=hub.hats["cora"], until_at__isnull=True).exists()
    with pytest.raises(AssertionError, match="does not work here"):
        hub.actor("cora", LATER + timedelta(seconds=1))
    with pytest.raises(AlreadyDone):
        end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["cora"])


@pytest.mark.hazard("H15")
def test_when_one_of_many_cannot_move_nobody_moves(hub: MadeHub) -> None:
    hub.held_by("cora", name="Ifan Pretend")
    hub.held_by("cora", name="Mair Pretend", exclusion="Nell")
    with pytest.raises(CannotHold):
        end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["cora"], new_holder_hat_id=hub.hats["nell"])
    assert Holding.objects.filter(hat_id=hub.hats["cora"], until_at__isnull=True).count() == 2
    hub.actor("cora", LATER)


@pytest.mark.hazard("H15")
def test_what_a_leaver_was_to_do_goes_to_those_who_hold_the_people(hub: MadeHub) -> None:
    mine, theirs = hub.held_by("cora", name="Mair Pretend"), hub.held_by("liv", name="Ifan Pretend")
    for person in (mine, theirs):
        create_task(actor=hub.system, at=AT, person_id=person.pk, what="do", due_on=TODAY, hat_id=hub.hats["cora"])
    end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["cora"], new_holder_team_id=hub.teams["north"])
    owners = {task.person_id: (task.hat_id, task.team_id) for task in Task.objects.filter(done_at__isnull=True)}
    assert owners == {mine.pk: (None, hub.teams["north"]), theirs.pk: (hub.hats["liv"], None)}


def test_a_task_without_a_named_owner_is_the_holders_and_follows_the_holder(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    task = create_task(actor=hub.actor("cora"), at=AT, person_id=person.pk, what="do", words="ring the school", due_on=TODAY)
    done = create_task(actor=hub.actor("cora"), at=AT, person_id=person.pk, what="do", due_on=TODAY)
    finish_task(actor=hub.actor("cora"), at=AT, task_id=done.pk)
    pass_on(actor=hub.actor("cora"), at=LATER, person_id=person.pk, why="agreed", to_hat_id=hub.hats["liv"])
    assert [(one.pk, one.hat_id) for one in Task.objects.order_by("pk")] == [
        (task.pk, hub.hats["liv"]),
        (done.pk, hub.hats["cora"]),
    ]


def test_a_task_is_finished_once_and_not_by_somebody_who_cannot_see_it(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    task = create_task(actor=hub.actor("cora"), at=AT, person_id=person.pk, what="do", due_on=TODAY)
    with pytest.raises(NotFound):
        finish_task(actor=hub.actor("liv"), at=LATER, task_id=task.pk)
    finish_task(actor=hub.actor("cora"), at=LATER, task_id=task.pk)
    with pytest.raises(AlreadyDone):
        finish_task(actor=hub.actor("cora"), at=LATER, task_id=task.pk)


def test_an_unanswered_invitation_becomes_one_call_back_for_the_holder_and_ends_nothing(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    asked = invite(actor=hub.actor("cora"), at=AT, person_id=person.pk, how="email", for_on=None, answer_by=TODAY)
    assert [key for key, _hub in unanswered_invitations(TODAY)] == []
    assert [key for key, _hub in unanswered_invitations(TODAY + timedelta(days=1))] == [asked.pk]
    before = Membership.objects.values().get(pk=person.pk)
    turn_into_call_back(actor=hub.system, at=LATER, invitation_id=asked.pk)
    assert turn_into_call_back(actor=hub.system, at=LATER, invitation_id=asked.pk) is None
    found = [(task.kind, task.what, task.hat_id) for task in Task.objects.filter(person=person)]
    assert found == [("call_back", "invitation_unanswered", hub.hats["cora"])]
    assert Membership.objects.values().get(pk=person.pk) == before
    assert unanswered_invitations(TODAY + timedelta(days=1)) == []


def test_an_invitation_that_was_answered_becomes_nothing(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    asked = invite(actor=hub.actor("cora"), at=AT, person_id=person.pk, how="email", for_on=None, answer_by=TODAY)
    answer_invitations(actor=hub.actor("cora"), at=AT, person_id=person.pk)
    assert turn_into_call_back(actor=hub.system, at=LATER, invitation_id=asked.pk) is None
    assert Invitation.objects.get().became_call_back_at is None and not Task.objects.filter(person=person).exists()


@pytest.mark.hazard("H15")
def test_leave_has_a_cover_who_sees_everybody_held_while_it_lasts_and_no_longer(hub: MadeHub) -> None:
    """The days away are Wednesday to Friday; the leave is arranged on the Monday, and one more person comes on the Thursday."""
    person = hub.held_by("cora")
    wednesday, friday = TODAY + timedelta(days=2), TODAY + timedelta(days=4)
    arrange_leave(
        actor=hub.actor("lea"), at=AT, hat_id=hub.hats["cora"], from_on=wednesday, until_on=friday, cover_id=hub.hats["liv"]
    )
    thursday = AT + timedelta(days=3)
    later = hub.held_by("cora", at=thursday, name="Ifan Pretend")

    def liv_sees(whom: int, at: datetime) -> bool:
        try:
            return person_within_reach(hub.actor("liv", at), whom, at=at) is not None
        except NotFound:
            return False

    begins = datetime(wednesday.year, wednesday.month, wednesday.day, tzinfo=UK)
    second = timedelta(seconds=1)
    assert [liv_sees(person.pk, at) for at in (AT, begins - second, begins, begins + timedelta(days=3) - second)] == [
        False,
        False,
        True,
        True,
    ]
    assert not liv_sees(person.pk, begins + timedelta(days=3))
    assert liv_sees(later.pk, thursday + second) and not liv_sees(later.pk, begins + timedelta(days=3))
    assert Holding.objects.get(open_for=person.pk).hat_id == hub.hats["cora"]


@pytest.mark.parametrize("cover", ["cora", "gil", "elsewhere"])
def test_only_a_colleague_who_holds_people_here_covers(hub: MadeHub, cover: str) -> None:
    cover_id = open_hub("elsewhere").hats["cora"] if cover == "elsewhere" else hub.hats[cover]
    given = {"actor": hub.actor("lea"), "at": AT, "hat_id": hub.hats["cora"], "from_on": TODAY}
    with pytest.raises(CannotCover):
        arrange_leave(until_on=TODAY, cover_id=cover_id, **given)
    with pytest.raises(LeaveEndsBeforeItBegins):
        arrange_leave(until_on=TODAY - DAY, cover_id=hub.hats["liv"], **given)


def test_each_change_of_a_member_leaves_its_entry(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    rest(actor=cora, at=LATER, person_id=person.pk, reason="not_now")
    bring_back(actor=cora, at=LATER, person_id=person.pk)
    told = Entry.objects.filter(person_id=person.pk, part_of__isnull=True).order_by("pk").values_list("command", flat=True)
    assert list(told) == ["referral.received", "referral.triaged", "member.rested", "member.brought_back"]
