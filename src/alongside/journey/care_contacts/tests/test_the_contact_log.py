"""Tried, met or missed: a line and a next date; silence leads to a call-back and never to an ending (S0-19)."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.journey.care_contacts.commands import NextDateNeeded, SayHowYouMet, VoicemailNotAllowed, log_contact
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.handovers.commands import answer, introduce, write_down_answer
from alongside.members.commands import NextDateTooFar, invite, rest
from alongside.members.models import Holding, Invitation, Membership, Task
from alongside.people.commands import confirm_way_to_reach
from alongside.people.models import Person
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.contact_log import MISSED, OUTCOMES
from alongside.vocabulary.working_time import OFFICE, is_working_day
from tests.support.hub import AT, TODAY, MadeHub, dated, open_hub

DAY = timedelta(days=1)
WEEK = TODAY + 7 * DAY


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_whatever_happened_the_person_stays_held_and_has_a_next_date(hub: MadeHub, outcome: str) -> None:
    person = hub.held_by("cora", ways=(WayToReach("call", "07700 900123", voicemail=True),))
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


# The pages

NO_VOICEMAIL: list[tuple[WayToReach, ...]] = [
    (WayToReach("email", "mair@person.example"),),
    (WayToReach("call", "07700 900123", voicemail=False),),
    (WayToReach("text", "07700 900123", voicemail=True),),
]


@pytest.mark.django_db
@pytest.mark.parametrize("ways", NO_VOICEMAIL, ids=("no telephone", "forbidden", "text only"))
@pytest.mark.hazard("H08")
def test_a_voicemail_is_neither_offered_nor_taken_where_none_may_be_left(ways: tuple[WayToReach, ...]) -> None:
    """Seen to fail with the check removed from the command: the line was written."""
    made = open_hub(at=now() - 60 * DAY)
    person = made.held_by("cora", at=now() - 30 * DAY, ways=ways)
    client, address = made.signed_in("cora"), f"/people/{person.public_id}/contact/"
    assert 'value="voicemail"' not in client.get(address).content.decode()
    page = client.post(address, {"outcome": "voicemail", "words": "kept as typed", **dated("next_on", today() + 7 * DAY)})
    written = page.content.decode()
    assert 'id="id_outcome-error"' in written and "No voicemail may be left for this person" in written
    assert "kept as typed" in written
    with pytest.raises(VoicemailNotAllowed):
        log_contact(
            actor=made.actor("cora", now()), at=now(), person_id=person.pk, outcome="voicemail", next_on=today() + 7 * DAY
        )
    assert not CareContact.objects.exists()


@pytest.mark.django_db
def test_a_voicemail_is_offered_where_they_said_so_and_not_once_the_number_is_unsafe() -> None:
    made = open_hub(at=now() - 60 * DAY)
    person = made.held_by("cora", at=now() - 30 * DAY, ways=(WayToReach("call", "07700 900123", voicemail=True),))
    client, address = made.signed_in("cora"), f"/people/{person.public_id}/contact/"
    assert 'value="voicemail"' in client.get(address).content.decode()
    confirm_way_to_reach(
        actor=made.actor("cora", now()),
        at=now(),
        person_id=person.pk,
        contact_point_id=person.contact_points.get().pk,
        safe=False,
    )
    assert 'value="voicemail"' not in client.get(address).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "outcome"),
        ({"outcome": "met"}, "mode"),
        ({"outcome": "no_answer", "words": "x" * 1001}, "words"),
        ({"outcome": "no_answer", "came_along": "x" * 161}, "came_along"),
    ],
)
def test_a_slip_stands_beside_its_question_and_what_was_typed_is_kept(typed: dict[str, str], field: str) -> None:
    made = open_hub(at=now() - 60 * DAY)
    person = made.held_by("cora", at=now() - 30 * DAY)
    words = {"words": "Talked 🌱 هنا"}
    page = made.signed_in("cora").post(
        f"/people/{person.public_id}/contact/", {**words, **typed, **dated("next_on", today() + 7 * DAY)}
    )
    written = page.content.decode()
    assert re.findall(r'id="id_(\w+)-error"', written) == [field]
    assert typed.get("words", words["words"]) in written
    assert not CareContact.objects.exists()


@pytest.mark.django_db
def test_emoji_and_right_to_left_writing_are_kept_and_the_next_date_suggested_is_a_working_day() -> None:
    made = open_hub(at=now() - 60 * DAY)
    person = made.held_by("cora", at=now() - 30 * DAY)
    client, address = made.signed_in("cora"), f"/people/{person.public_id}/contact/"
    boxes = dict(re.findall(r'name="(next_on_\w+)"[^>]*value="(\d+)"', client.get(address).content.decode()))
    suggested = date(int(boxes["next_on_year"]), int(boxes["next_on_month"]), int(boxes["next_on_day"]))
    assert is_working_day(suggested, OFFICE, frozenset())
    client.post(address, {"outcome": "no_answer", "words": "Rang 🌱 هنا", **boxes})
    assert CareContact.objects.get().words == "Rang 🌱 هنا"


@pytest.mark.django_db
def test_the_receiver_says_when_and_how_they_met_and_it_is_a_line_of_the_log() -> None:
    made = open_hub(at=now() - 60 * DAY)
    person, at = made.held_by("cora", at=now() - 30 * DAY), now() - 20 * DAY
    given = {"person_id": person.pk, "words": "hello", "to_team_id": made.teams["harbour"]}
    one = introduce(actor=made.actor("cora", at), at=at, **given).handover
    answer(actor=made.actor("liv", at), at=at, handover_id=one.public_id, answer="yes", meet_on=at.date() + 3 * DAY)
    client, address = made.signed_in("liv"), f"/we-have-met/{one.public_id}/"
    typed = {"mode": "in_person", "words": "Walked together.", **dated("next_on", today() + 7 * DAY)}
    for when, day in (("later", today() + DAY), ("before", at.date() - 2 * DAY)):
        page = client.post(address, {**typed, **dated("when", day), "when_time": "10:00"})
        assert 'id="id_when-error"' in page.content.decode(), when
    assert holder(person) == made.hats["cora"]
    client.post(address, {**typed, **dated("when", today() - DAY), "when_time": "10:00"})
    one.refresh_from_db()
    line = CareContact.objects.get()
    assert (one.status, one.met_at, one.met_how, holder(person)) == ("met", line.at, "account", made.hats["liv"])
    assert (line.outcome, line.mode, line.words, line.handover_id) == ("met", "in_person", "Walked together.", one.pk)
    assert client.get(address).status_code == 404
