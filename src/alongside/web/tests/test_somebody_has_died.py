"""Somebody has died: one look before it is written down, no list asks for them any more, and a mistake is taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.hubs.models import Hat
from alongside.journey.assessments.commands import begin_conversation
from alongside.journey.care_contacts.commands import log_contact
from alongside.journey.handovers.commands import answer, introduce, raise_unanswered, signpost
from alongside.journey.handovers.queries import asked_by_link, introductions_of, introductions_to_answer, unanswered_past
from alongside.journey.referrals.commands import decide, open_crisis_call
from alongside.journey.referrals.queries import open_crisis_calls, referrals_waiting_for_triage
from alongside.members.commands import take_back_that_they_died, write_down_that_they_died
from alongside.members.models import Membership
from alongside.people.models import Person
from alongside.people.policies import TheyHaveDied
from alongside.people.queries import person_within_reach
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now, today
from alongside.web.queries import nobody_lost
from tests.support.hub import AT, TODAY, MadeHub, open_hub, referral_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


def words(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_choosing_died_shows_what_follows_and_writes_nothing_until_it_is_said_again(hub: MadeHub) -> None:
    """Seen to fail with the look before it removed: one slip stopped every message."""
    person, client = hub.held_by("cora", at=now() - DAY), signed_in(hub, "cora")
    record = f"/people/{person.public_id}/"
    check = client.post(f"{record}they-have-died/", {"died_on_0": "", "died_on_1": "", "died_on_2": ""}).content.decode()
    assert "You are about to write down that Mair Pretend has died: all messages stop at once." in check
    assert "not known" in check
    person.refresh_from_db()
    assert not person.has_died
    client.post(f"{record}they-have-died/", {"sure": "yes"})
    person.refresh_from_db()
    assert (person.has_died, person.died_on) == (True, None)


def test_the_record_says_so_and_offers_only_what_makes_sense(hub: MadeHub) -> None:
    person, client = hub.held_by("cora", at=now() - DAY), signed_in(hub, "cora")
    record = f"/people/{person.public_id}/"
    introduce(actor=hub.actor("cora", now()), at=now(), person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"])
    before = words(client, record)
    assert "mair@person.example" in before and "They have died" in before and "written down by mistake" not in before
    write_down_that_they_died(actor=hub.actor("cora", now()), at=now(), person_id=person.pk)
    page = words(client, record)
    assert "mair@person.example" not in page
    assert "Do not contact: has died; the day is not known; family follow-up: Cora Madeup" in page
    assert "ended: they have died" in page and "offered, waiting" not in page
    for path in ("introduce/", "find-help/", "contact/", "rest/", "contact-safety/", "conversation/", "back/"):
        assert f'"{record}{path}"' not in page, path
    assert f'"{record}take-back-death/"' in page
    assert client.get(f"{record}find-help/").status_code == 409


def test_no_list_asks_anybody_to_be_in_touch_with_somebody_who_has_died(hub: MadeHub) -> None:
    waiting, met = hub.person(not_safe_now=True), hub.held_by("cora")
    one = introduce(actor=hub.actor("cora"), at=AT, person_id=met.pk, words="hello", to_team_id=hub.teams["harbour"]).handover
    when, after = AT + DAY, AT + 60 * DAY
    assert {one.person_id for one in nobody_lost(hub.hub.pk, after)} == {waiting.pk, met.pk}
    for person, key in ((waiting, "dana"), (met, "cora")):
        write_down_that_they_died(actor=hub.actor(key), at=when, person_id=person.pk)
    assert nobody_lost(hub.hub.pk, after) == []
    assert list(open_crisis_calls(hub.actor("dana"))) == []
    assert list(referrals_waiting_for_triage(hub.actor("dana"))) == []
    assert list(introductions_to_answer(hub.actor("liv"))) == []
    assert unanswered_past(hub.hub.pk, TODAY + 60 * DAY) == []
    assert raise_unanswered(actor=hub.system, at=after, handover_id=one.pk) is None


def test_no_later_stage_does_what_makes_no_sense(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    one = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"]).handover
    untriaged = hub.person()
    write_down_that_they_died(actor=cora, at=AT, person_id=person.pk)
    write_down_that_they_died(actor=hub.actor("dana"), at=AT, person_id=untriaged.pk)
    given = {"actor": cora, "at": AT + DAY, "person_id": person.pk}
    with pytest.raises(TheyHaveDied):
        introduce(**given, words="hello", to_team_id=hub.teams["harbour"])
    with pytest.raises(TheyHaveDied):
        signpost(**given, service_id=1)
    with pytest.raises(TheyHaveDied):
        log_contact(**given, outcome="met", mode="telephone")
    with pytest.raises(TheyHaveDied):
        begin_conversation(**given)
    with pytest.raises(TheyHaveDied):
        open_crisis_call(**given)
    with pytest.raises(TheyHaveDied):
        answer(actor=hub.actor("liv"), at=AT + DAY, handover_id=one.public_id, answer="yes", meet_on=TODAY + DAY)
    with pytest.raises(TheyHaveDied):
        decide(actor=hub.actor("dana"), at=AT + DAY, referral_id=referral_of(untriaged).public_id, urgency="steady")


def test_a_partner_with_a_link_learns_nothing_and_the_receivers_sight_ends(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"])

    def liv_sees(days: int) -> bool:
        try:
            return person_within_reach(hub.actor("liv"), person.pk, at=AT + days * DAY) is not None
        except NotFound:
            return False

    assert liv_sees(100)
    write_down_that_they_died(actor=cora, at=AT, person_id=person.pk)
    assert liv_sees(27) and not liv_sees(29)
    take_back_that_they_died(actor=cora, at=AT + 40 * DAY, person_id=person.pk, reason="told_wrongly")
    assert liv_sees(41)


def test_the_one_time_link_is_shut_while_the_death_stands(hub: MadeHub) -> None:
    from alongside.journey.directory.models import Service

    service = Service.objects.create(hub=hub.hub, name="A made-up charity", source="tests", source_id="1")
    person, cora = hub.held_by("cora"), hub.actor("cora")
    offered = introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_service_id=service.pk)
    assert asked_by_link(offered.link_token) == "answer"
    write_down_that_they_died(actor=cora, at=AT, person_id=person.pk)
    assert asked_by_link(offered.link_token) == ""
    take_back_that_they_died(actor=cora, at=AT, person_id=person.pk, reason="slip")
    assert asked_by_link(offered.link_token) == "answer"


def test_a_mistake_is_taken_back_on_the_page_and_the_introduction_waits_again(hub: MadeHub) -> None:
    made, client = hub, signed_in(hub, "cora")
    person = made.held_by("cora", at=now() - DAY)
    record = f"/people/{person.public_id}/"
    cora = made.actor("cora", now())
    introduce(actor=cora, at=now(), person_id=person.pk, words="hello", to_team_id=made.teams["harbour"])
    write_down_that_they_died(actor=cora, at=now(), person_id=person.pk)
    assert "They have died" in client.post(f"{record}back/").content.decode()
    assert client.post(f"{record}take-back-death/", {}).status_code == 200
    assert Person.objects.get(pk=person.pk).has_died
    client.post(f"{record}take-back-death/", {"reason": "slip"})
    page = words(client, record)
    assert "offered, waiting" in page and "mair@person.example" in page and "died on" not in page
    assert Membership.objects.get(pk=person.pk).next_on == today()
    (one,) = introductions_of(cora, person.pk)
    assert one.answer == ""


def test_another_hub_is_not_touched() -> None:
    made, other = open_hub(), open_hub("elsewhere")
    person = made.held_by("cora")
    with pytest.raises(NotFound):
        write_down_that_they_died(actor=other.actor("cora"), at=AT, person_id=person.pk)
