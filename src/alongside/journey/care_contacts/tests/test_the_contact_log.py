"""Tried, met or missed: a line and a next date; silence leads to a call-back and never to an ending (S0-19)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.journey.care_contacts.commands import NextDateNeeded, SayHowYouMet, log_contact
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.handovers.commands import answer, introduce, write_down_answer
from alongside.members.commands import NextDateTooFar, invite, rest
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.people.models import Person
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.contact_log import MISSED, OUTCOMES
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)
WEEK = TODAY + 7 * DAY


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_whatever_happened_the_person_stays_held_and_has_a_next_date(hub: MadeHub, outcome: str) -> None:
    person = hub.held_by("cora")
    mode = "telephone" if outcome == "met" else ""
    log_contact(actor=hub.actor("cora"), at=AT, person_id=person.pk, outcome=outcome, mode=mode, next_on=WEEK)
    member = Membership.objects.get(pk=person.pk)
    assert (member.rest_reason, member.next_on, Holding.objects.get(open_for=person.pk).hat_id) == ("", WEEK, hub.hats["cora"])
    wanted = ["missed_meeting"] if outcome in MISSED else ["find_safe_way"] if outcome == "number_wrong" else []
    assert list(Task.objects.filter(hat_id=hub.hats["cora"]).values_list("what", flat=True)) == wanted
    assert member.last_contact_on == (TODAY if outcome == "met" else None)


def test_a_line_without_a_next_date_is_not_taken_while_they_are_active(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    with pytest.raises(NextDateNeeded):
        log_contact(actor=cora, at=AT, person_id=person.pk, outcome="no_answer")
    with pytest.raises(NextDateTooFar):
        log_contact(actor=cora, at=AT, person_id=person.pk, outcome="no_answer", next_on=TODAY + 29 * DAY)
    assert not CareContact.objects.exists()
    rest(actor=cora, at=AT, person_id=person.pk, reason="not_now")
    log_contact(actor=cora, at=AT, person_id=person.pk, outcome="no_answer")
    assert CareContact.objects.count() == 1


def test_met_says_how(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    with pytest.raises(SayHowYouMet):
        log_contact(actor=hub.actor("cora"), at=AT, person_id=person.pk, outcome="met", next_on=WEEK)
    log_contact(actor=hub.actor("cora"), at=AT, person_id=person.pk, outcome="met", mode="video", next_on=WEEK)
    with pytest.raises(IntegrityError), transaction.atomic():
        CareContact.objects.update(mode="")


@pytest.mark.parametrize(
    ("outcome", "answered"), [("met", True), ("another_time", True), ("no_answer", False), ("missed_without_notice", False)]
)
def test_being_in_touch_answers_the_invitation_and_silence_does_not(hub: MadeHub, outcome: str, answered: bool) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    invite(actor=cora, at=AT, person_id=person.pk, how="email", for_on=None, answer_by=WEEK)
    log_contact(actor=cora, at=AT + DAY, person_id=person.pk, outcome=outcome, mode="video", next_on=WEEK)
    assert (Invitation.objects.get().answered_at is not None) is answered


def test_only_whoever_is_near_and_meets_people_writes(hub: MadeHub) -> None:
    hub.take_on("ann", "Ann Fable", "practice", "service_lead", ("north",))
    person = hub.held_by("cora")
    for key, refusal in (("liv", NotFound), ("ann", NotThisRole)):
        with pytest.raises(refusal):
            log_contact(actor=hub.actor(key), at=AT, person_id=person.pk, outcome="no_answer", next_on=WEEK)


def holder(person: Person) -> int | None:
    return Holding.objects.get(open_for=person.pk).hat_id


def test_the_receivers_first_attended_contact_is_the_meeting(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    given = {"person_id": person.pk, "words": "hello", "to_team_id": hub.teams["harbour"]}
    one = introduce(actor=hub.actor("cora"), at=AT, **given).handover
    answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + 3 * DAY)
    line = {"at": AT + 3 * DAY, "person_id": person.pk, "next_on": WEEK}
    log_contact(actor=hub.actor("cora"), outcome="met", mode="in_person", **line)
    log_contact(actor=hub.actor("tess"), outcome="met", mode="in_person", **line)
    log_contact(actor=hub.actor("liv"), outcome="no_answer", **line)
    assert holder(person) == hub.hats["cora"]
    log_contact(actor=hub.actor("liv"), outcome="met", mode="in_person", **line | {"next_on": WEEK + DAY})
    one.refresh_from_db()
    assert (one.met_at, holder(person)) == (AT + 3 * DAY, hub.hats["liv"])
    assert Holding.objects.get(open_for=person.pk).next_on == WEEK + DAY


def test_a_yes_that_the_giver_wrote_down_is_received_by_whoever_of_the_team_meets_them(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    one = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"]).handover
    write_down_answer(actor=cora, at=AT, handover_id=one.public_id, by_name="Liv", answer="yes", meet_on=TODAY + 2 * DAY)
    log_contact(actor=hub.actor("tess"), at=AT + 2 * DAY, person_id=person.pk, outcome="met", mode="in_person", next_on=WEEK)
    assert holder(person) == hub.hats["tess"]
