"""A death is written down by itself, with the day only when it is known, and is taken back wholly when it was a mistake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.journal.models import Entry
from alongside.members.commands import (
    TakingBackNeedsReason,
    bring_back,
    create_call_back,
    create_task,
    end_hat,
    finish_task,
    invite,
    pass_on,
    rest,
    set_next_date,
    take_back_that_they_died,
    turn_into_call_back,
    write_down_that_they_died,
)
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.members.queries import mismatched_next_dates, unanswered_invitations, with_passed_next_date
from alongside.members.strip import strip_of
from alongside.people.commands import DayOfDeathAhead
from alongside.people.models import Person
from alongside.people.policies import TheyHaveDied
from alongside.refusals import AlreadyDone, NotThisRole
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)
LATER = AT + DAY


def open_tasks(person: Person) -> list[tuple[str, int | None]]:
    return list(Task.objects.filter(person=person, done_at__isnull=True).order_by("pk").values_list("what", "hat_id"))


@pytest.mark.parametrize("day", [None, TODAY - DAY])
def test_the_day_is_written_down_only_when_it_is_known(hub: MadeHub, day: object) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    write_down_that_they_died(actor=cora, at=LATER, person_id=person.pk, died_on=day)
    person.refresh_from_db()
    assert (person.has_died, person.death_written_at, person.died_on) == (True, LATER, day)
    with pytest.raises(AlreadyDone):
        write_down_that_they_died(actor=cora, at=LATER, person_id=person.pk)


def test_nobody_dies_tomorrow_and_a_day_needs_a_death(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    with pytest.raises(DayOfDeathAhead):
        write_down_that_they_died(actor=hub.actor("cora"), at=AT, person_id=person.pk, died_on=TODAY + DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(died_on=TODAY)
    assert Membership.objects.get(pk=person.pk).rest_reason == ""


def test_only_whoever_may_hold_writes_a_death_down(hub: MadeHub) -> None:
    person = hub.person()
    hub.take_on("stu", "Stu Pretend", "trust", "administrator", ("door",))
    with pytest.raises(NotThisRole):
        write_down_that_they_died(actor=hub.actor("stu"), at=AT, person_id=person.pk)


def test_what_was_open_is_settled_the_holder_stays_and_the_family_is_thought_of(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    create_task(actor=cora, at=AT, person_id=person.pk, what="do", words="ring the school", due_on=TODAY)
    create_call_back(actor=hub.system, at=AT, person_id=person.pk, what="asked_again")
    asked = invite(actor=cora, at=AT, person_id=person.pk, how="email", for_on=None, answer_by=TODAY)
    write_down_that_they_died(actor=cora, at=LATER, person_id=person.pk)
    assert open_tasks(person) == [("family_follow_up", hub.hats["cora"])]
    assert set(Task.objects.filter(done_at=LATER).values_list("ended_because", "done_by")) == {("died", None)}
    assert unanswered_invitations(TODAY + 9 * DAY) == []
    assert turn_into_call_back(actor=hub.system, at=LATER, invitation_id=asked.pk) is None
    member = Membership.objects.get(pk=person.pk)
    assert (member.rest_reason, member.next_on, member.wants_messages_at_rest) == ("died", None, False)
    assert not with_passed_next_date(hub.hub.pk, TODAY + 400 * DAY).exists()
    assert Holding.objects.get(open_for=person.pk).hat_id == hub.hats["cora"]
    assert mismatched_next_dates() == 0


def test_nothing_that_makes_no_sense_is_done_for_somebody_who_has_died(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    write_down_that_they_died(actor=cora, at=LATER, person_id=person.pk)
    given = {"actor": cora, "at": LATER, "person_id": person.pk}
    with pytest.raises(TheyHaveDied):
        rest(**given, reason="all_well")
    with pytest.raises(TheyHaveDied):
        bring_back(**given)
    with pytest.raises(TheyHaveDied):
        set_next_date(**given, on=TODAY + 9 * DAY)
    with pytest.raises(TheyHaveDied):
        pass_on(**given, why="told", to_hat_id=hub.hats["nell"], next_on=TODAY + 9 * DAY)
    with pytest.raises(TheyHaveDied):
        invite(**given, how="email", for_on=None, answer_by=TODAY + 9 * DAY)
    pass_on(**given, why="told", to_hat_id=hub.hats["nell"])
    assert open_tasks(person) == [("family_follow_up", hub.hats["nell"])]
    assert Membership.objects.get(pk=person.pk).next_on is None


def test_a_mistake_is_taken_back_wholly(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    create_task(actor=cora, at=AT, person_id=person.pk, what="do", words="ring the school", due_on=TODAY)
    done = create_task(actor=cora, at=AT, person_id=person.pk, what="do", due_on=TODAY)
    finish_task(actor=cora, at=AT, task_id=done.pk)
    invite(actor=cora, at=AT, person_id=person.pk, how="email", for_on=None, answer_by=TODAY)
    tasks, invitations = list(Task.objects.order_by("pk").values()), list(Invitation.objects.values())
    people = list(Person.objects.values())

    write_down_that_they_died(actor=cora, at=LATER, person_id=person.pk, died_on=TODAY)
    with pytest.raises(TakingBackNeedsReason):
        take_back_that_they_died(actor=cora, at=LATER, person_id=person.pk, reason="because")
    take_back_that_they_died(actor=cora, at=LATER, person_id=person.pk, reason="somebody_else")

    assert list(Person.objects.values()) == people
    assert list(Task.objects.exclude(what="family_follow_up").order_by("pk").values()) == tasks
    assert list(Invitation.objects.values()) == invitations
    assert not Task.objects.filter(what="family_follow_up", done_at__isnull=True).exists()
    back = Membership.objects.get(pk=person.pk)
    assert (back.rest_reason, back.resting_since, back.next_on, back.next_what) == ("", None, LATER.date(), "hello")
    assert mismatched_next_dates() == 0
    with pytest.raises(AlreadyDone):
        take_back_that_they_died(actor=cora, at=LATER, person_id=person.pk, reason="slip")
    entry = Entry.objects.get(command="member.death_taken_back")
    assert (entry.person_id, entry.hat_id, entry.facts["reason"]) == (person.pk, cora.hat_id, "somebody_else")


def test_what_opens_again_belongs_to_somebody_who_works_here(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    create_task(actor=hub.system, at=AT, person_id=person.pk, what="do", due_on=TODAY, hat_id=hub.hats["liv"])
    write_down_that_they_died(actor=hub.actor("cora"), at=AT, person_id=person.pk)
    end_hat(actor=hub.actor("lea"), at=LATER, hat_id=hub.hats["liv"])
    take_back_that_they_died(actor=hub.actor("cora"), at=LATER + DAY, person_id=person.pk, reason="slip")
    assert open_tasks(person) == [("do", hub.hats["cora"])]


@pytest.mark.parametrize(("day", "said"), [(None, "has died; the day is not known"), (TODAY, "died on Monday 2 March 2026")])
def test_the_strip_says_not_to_contact_them_and_who_thinks_of_the_family(hub: MadeHub, day: object, said: str) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    write_down_that_they_died(actor=cora, at=AT, person_id=person.pk, died_on=day)
    person.refresh_from_db()
    strip = strip_of(cora, person)
    assert strip.contact_safely == (f"Do not contact: {said}; family follow-up: Cora Madeup, practice of rivermouth.",)
    assert (strip.about, strip.next, strip.died) == (said, "none: they have died", True)
