"""What giver, receiver and a partner without an account see of an introduction, and what each page asks of them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import Offered, answer, introduce, meet, signpost
from alongside.journey.handovers.models import Handover
from alongside.journey.referrals.commands import decide
from alongside.members.models import Holding
from alongside.people.models import Person
from alongside.vocabulary.clock import now, today
from alongside.vocabulary.working_time import OFFICE, is_working_day
from tests.support.hub import MadeHub, dated, open_hub

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made() -> MadeHub:
    return open_hub(at=now() - timedelta(days=60))


def held(made: MadeHub, **told: Any) -> Person:
    return made.held_by("cora", at=now() - timedelta(days=30), **told)


def offered(made: MadeHub, person: Person, **to: Any) -> Offered:
    at = now() - timedelta(days=20)
    return introduce(actor=made.actor("cora", at), at=at, person_id=person.pk, words="hello", **to)


def to_team(made: MadeHub, person: Person) -> Handover:
    return offered(made, person, to_team_id=made.teams["harbour"]).handover


def by_link(made: MadeHub, person: Person) -> Offered:
    return offered(made, person, to_service_id=make_service(made, "A made-up garden").pk)


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


# To whom


def test_a_service_with_a_team_of_the_hub_is_offered_once_and_goes_to_the_team(made: MadeHub) -> None:
    person, client = held(made), made.signed_in("cora")
    walks = make_service(made, "Walks along the harbour")
    type(walks).objects.filter(pk=walks.pk).update(team_id=made.teams["harbour"])
    make_service(made, "A made-up garden")
    make_service(made, "Old entry", confirmed=False)
    address = f"/people/{person.public_id}/introduce/?service={walks.public_id}"
    written = client.get(address).content.decode()
    groups = re.findall(r'<optgroup label="([^"]+)">(.*?)</optgroup>', written, re.DOTALL)
    listed = {heading: re.findall(r">([^<]+)</option>", options) for heading, options in groups}
    assert listed == {
        "Teams of this hub": ["door team", "harbour team (Walks along the harbour)", "north team"],
        "Services, confirmed lately": ["A made-up garden"],
        "Services that nobody has confirmed lately": ["Old entry"],
    }
    assert f'value="team:{made.teams["harbour"]}" selected' in written
    client.post(address, {"receiver": f"team:{made.teams['harbour']}", "words": "To walk.", "person_agrees": "on"})
    one = Handover.objects.get()
    assert (one.to_team_id, one.to_service_id, one.link_fingerprint) == (made.teams["harbour"], walks.pk, None)


def test_what_they_said_when_they_asked_stands_there_already_and_can_be_changed(made: MadeHub) -> None:
    person = held(made, words="I lie awake.", whose_words="person")
    page = made.signed_in("cora").get(f"/people/{person.public_id}/introduce/")
    assert re.search(r"<textarea[^>]*name=\"words\"[^>]*>I lie awake\.</textarea>", page.content.decode())


def test_a_joint_date_that_has_passed_is_refused_beside_its_question(made: MadeHub) -> None:
    person, client = held(made), made.signed_in("cora")
    sent = {"receiver": f"team:{made.teams['harbour']}", "words": "To walk.", "person_agrees": "on"}
    page = client.post(f"/people/{person.public_id}/introduce/", {**sent, **dated("joint_on", today() - DAY)})
    assert 'id="id_joint_on-error"' in page.content.decode() and not Handover.objects.exists()


# Answering


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"answer": "yes"}, "meet_on"),
        ({"answer": "yes", **dated("meet_on", today() - DAY)}, "meet_on"),
        ({"answer": "not_now"}, "until"),
        ({"answer": "not_now", **dated("until", today() - DAY)}, "until"),
        ({"answer": "not_us"}, "reason"),
        ({}, "answer"),
    ],
)
def test_what_is_missing_is_said_at_its_own_question(made: MadeHub, said: dict[str, str], field: str) -> None:
    one, client = to_team(made, held(made)), made.signed_in("liv")
    page = client.post(f"/introductions/{one.public_id}/", {**said, "words": "kept"})
    wrong = re.findall(r'id="id_(\w+)-error"', page.content.decode())
    assert (wrong, 'value="kept"' in page.content.decode()) == ([field], True)
    one.refresh_from_db()
    assert one.answer == ""


def test_the_day_that_is_suggested_is_a_working_day(made: MadeHub) -> None:
    one = to_team(made, held(made))
    page = made.signed_in("liv").get(f"/introductions/{one.public_id}/").content.decode()
    day, month, year = (int(re.findall(rf'name="meet_on_{box}"[^>]*value="(\d+)"', page)[0]) for box in ("day", "month", "year"))
    assert is_working_day(today().replace(year=year, month=month, day=day), OFFICE, frozenset())


def test_whose_answer_it_is_is_said_in_the_words_of_whoever_reads_the_question(made: MadeHub) -> None:
    """Whoever writes down what a partner said used to read "Your answer"."""
    offer = by_link(made, held(made))
    giver = text_of(made.signed_in("cora").get(f"/introductions/{offer.handover.public_id}/"))
    partner = text_of(Client().get(f"/answer/{offer.link_token}/"))
    ours = ("Their answer", "When do they meet them?", "From when may we ask them again?")
    theirs = ("Your answer", "When do you meet them?", "From when may we ask you again?")
    assert all(one in giver and one not in partner for one in ours)
    assert all(one in partner and one not in giver for one in theirs)


def test_what_is_told_of_a_service_is_said_in_sentences(made: MadeHub) -> None:
    person, cora = held(made), made.signed_in("cora")
    service = make_service(made, "A lift to town", how_to_start="Ring the day before", when_next="Tuesdays.")
    type(service).objects.filter(pk=service.pk).update(phones=[["01632 960111", ""]])
    page = text_of(cora.get(f"/people/{person.public_id}/signpost/?service={service.public_id}"))
    assert "Ring the day before. 01632 960111. Tuesdays. " in page and "When will you ask how it went?" in page
    at = now() - DAY
    given = signpost(actor=made.actor("cora", at), at=at, person_id=person.pk, service_id=service.pk)
    page = text_of(cora.get(f"/signposts/{given.public_id}/"))
    assert "How did it go? A lift to town" in page


# Meeting


def test_the_giver_is_offered_no_button_that_moves_the_holding(made: MadeHub) -> None:
    """Seen to fail with the receiver's button shown to everybody."""
    person, cora, liv = held(made), made.signed_in("cora"), made.signed_in("liv")
    one = to_team(made, person)
    at = now() - timedelta(days=19)
    answer(actor=made.actor("liv", at), at=at, handover_id=one.public_id, answer="yes", meet_on=at.date() + 3 * DAY)
    giver, receiver = (client.get(f"/introductions/{one.public_id}/") for client in (cora, liv))
    assert "we-have-met" not in giver.content.decode() and "Until then you hold the person." in giver.content.decode()
    assert f"/we-have-met/{one.public_id}/" in receiver.content.decode()
    assert cora.get(f"/we-have-met/{one.public_id}/").status_code == 404
    assert cora.post(f"/introductions/{one.public_id}/met/").status_code == 404
    assert Holding.objects.get(open_for=person.pk).hat_id == made.hats["cora"]


def test_whether_it_is_settled_is_offered_only_once_it_is_asked(made: MadeHub) -> None:
    person, client = held(made), made.signed_in("liv")
    one = to_team(made, person)
    at = now() - timedelta(days=19)
    answer(actor=made.actor("liv", at), at=at, handover_id=one.public_id, answer="yes", meet_on=at.date() + 3 * DAY)
    met_at = now() - timedelta(days=13)
    meet(actor=made.actor("liv", met_at), at=met_at, handover_id=one.public_id)
    page = client.get(f"/introductions/{one.public_id}/").content.decode()
    assert "It is settled" not in page and "we ask whether it is settled" in page
    Handover.objects.filter(pk=one.pk).update(met_at=now() - timedelta(days=15))
    assert "It is settled" in client.get(f"/introductions/{one.public_id}/").content.decode()


def test_the_person_confirms_by_their_own_link_or_says_that_they_have_not_met(made: MadeHub) -> None:
    at = now() - timedelta(days=30)
    came = made.refer(at=at)
    decide(
        actor=made.actor("dana", at), at=at, referral_id=came.referral.public_id, urgency="steady", to_hat_id=made.hats["cora"]
    )
    one = to_team(made, came.referral.person)
    at = now() - timedelta(days=19)
    answer(actor=made.actor("liv", at), at=at, handover_id=one.public_id, answer="yes", meet_on=at.date() + 3 * DAY)
    meet(actor=made.actor("liv", at), at=now() - timedelta(days=1), handover_id=one.public_id)
    client, address = Client(), f"/stands/{came.link_token}/"
    assert "Yes, we have met" in text_of(client.get(address))
    assert "good to know that you have met" in text_of(client.post(address, {"met": "yes"}, follow=True))
    page = client.get(address)
    assert "Yes, we have met" not in text_of(page) and "We have not met" in text_of(page)
    giver = made.signed_in("cora").get(f"/introductions/{one.public_id}/")
    assert "the person, by their own link" in text_of(giver)
    client.post(address, {"not-met": "yes"})
    assert Holding.objects.get(open_for=came.referral.person_id).hat_id == made.hats["cora"]


# By link


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"answer": "yes", **dated("meet_on", today() + DAY)}, "until you have met"),
        ({"answer": "after_talk"}, "gets in touch to talk"),
        ({"answer": "not_now", **dated("until", today() + 9 * DAY)}, "from the day you gave"),
        ({"answer": "not_us", "reason": "full"}, "who looks for something that fits"),
    ],
)
def test_a_partner_reads_what_follows_from_the_very_answer(made: MadeHub, said: dict[str, str], sentence: str) -> None:
    asked = by_link(made, held(made))
    sent = {"by_name": "Jo at the garden", "code": asked.code, **said}
    page = Client().post(f"/answer/{asked.link_token}/", sent, follow=True)
    assert sentence in text_of(page)
    assert ("until you have met" in text_of(page).lower()) == (said["answer"] in ("yes", "after_talk"))


def test_a_used_link_says_so_and_an_unknown_one_is_not_there(made: MadeHub) -> None:
    person = held(made, name="Nesta Stillheld")
    asked = by_link(made, person)
    client = Client()
    client.post(f"/answer/{asked.link_token}/", {"answer": "not_us", "reason": "full", "by_name": "Jo", "code": asked.code})
    used = client.get(f"/answer/{asked.link_token}/")
    assert (used.status_code, "This link has been answered." in text_of(used)) == (200, True)
    assert "<form" not in used.content.decode().split("<main")[1].split("</main>")[0]
    for word in ("Nesta", "Cora", "hello", "full", "garden"):
        assert word not in text_of(used)
    assert client.get(f"/answer/{'x' * 40}/").status_code == 404


def test_a_partner_says_by_the_same_link_that_they_have_met(made: MadeHub) -> None:
    person = held(made)
    asked = by_link(made, person)
    client, address = Client(), f"/answer/{asked.link_token}/"
    who = {"by_name": "Jo", "code": asked.code}
    client.post(address, {"answer": "yes", **dated("meet_on", today()), **who})
    tomorrow = {**dated("met_at", today() + DAY), "met_at_time": "10:00"}
    assert 'id="id_met_at-error"' in client.post(address, {**tomorrow, **who}).content.decode()
    yesterday = {**dated("met_at", today() - DAY), "met_at_time": "10:00"}
    assert "you have met" in text_of(client.post(address, {**yesterday, **who}, follow=True))
    one = Handover.objects.get(person=person)
    assert (one.status, one.met_how, one.met_by_name) == ("met", "link", "Jo")
    assert "This link has been answered." in text_of(client.get(address))


def test_the_giver_makes_a_new_link_and_writes_down_what_they_were_told(made: MadeHub) -> None:
    person, client = held(made), made.signed_in("cora")
    asked = by_link(made, person)
    record = f"/introductions/{asked.handover.public_id}/"
    fresh = client.post(f"{record}new-link/").content.decode()
    found = re.search(r"/answer/([^<\"]+)/</p>", fresh)
    code = re.search(r'id="one-time-code">(\d{6})<', fresh)
    assert found and code and found[1] != asked.link_token
    assert Client().get(f"/answer/{asked.link_token}/").status_code == 404
    client.post(record, {"answer": "yes", "by_name": "Jo", **dated("meet_on", today())})
    told = {"by_name": "Jo", **dated("met_at", today() - DAY), "met_at_time": "10:00"}
    page = client.post(f"{record}met-as-told/", told, follow=True)
    assert "Jo, as they told Cora Madeup" in text_of(page)
    assert Holding.objects.get(open_for=person.pk).hat_id == made.hats["cora"]


# What they can take


def test_who_receives_says_what_they_can_take_on_the_way_of_answering(made: MadeHub) -> None:
    """A team from its list of introductions, a partner without an account with its answer; it is their word and no worker's."""
    walks = make_service(made, "Walks along the harbour")
    type(walks).objects.filter(pk=walks.pk).update(team_id=made.teams["harbour"])
    liv = made.signed_in("liv")
    page = liv.get("/introductions/").content.decode()
    assert "not said yet" in page and f'href="/find-support/{walks.public_id}/#can-take"' in page
    liv.post(f"/find-support/{walks.public_id}/in-0-weeks/")
    assert "Can take: people now (charity of rivermouth, " in liv.get("/introductions/").content.decode()
    assert "What we can take now" not in made.signed_in("cora").get("/introductions/").content.decode()
    asked = by_link(made, held(made))
    assert asked.handover.to_service is not None
    sent = {"answer": "after_talk", "by_name": "Jo", "code": asked.code}
    address = f"/answer/{asked.link_token}/"
    assert Client().post(address, {**sent, "room": "nonsense"}).status_code == 200
    assert Client().post(address, {**sent, "room": "4"}).status_code == 302
    garden = type(walks).objects.get(pk=asked.handover.to_service_id)
    assert (garden.room_weeks, garden.room_said_by) == (4, "A made-up garden")
