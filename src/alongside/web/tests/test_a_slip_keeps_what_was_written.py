"""A slip in a date or a number stands beside its question, and everything else that was written is still there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.access.set_up.forms import NewContact
from alongside.hubs.models import Hat
from alongside.journey.referrals.models import Referral
from alongside.members.models import Membership, Task
from alongside.people.forms import ContactSafety
from alongside.vocabulary.clock import today
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
FAR, PAST = today() + timedelta(days=900), today() - timedelta(days=2)


@pytest.fixture
def hub() -> MadeHub:
    return open_hub()


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


def dated(name: str, day: object) -> dict[str, str]:
    return dict(zip((f"{name}_year", f"{name}_month", f"{name}_day"), str(day).split("-"), strict=True))


@pytest.mark.parametrize("day", [FAR, PAST])
def test_a_next_date_that_cannot_be_stands_beside_its_question(hub: MadeHub, day: object) -> None:
    person, client = hub.held_by("cora"), signed_in(hub, "cora")
    record = f"/people/{person.public_id}/"
    hat = f"hat:{hub.hats['nell']}"
    for address, sent in (
        ("next-date/", dated("on", day)),
        ("holder/", {"holder": hat, **dated("on", day)}),
        ("rest/", {"reason": "not_now", **dated("hello_on", day)}),
    ):
        answer = client.post(record + address, sent)
        assert (answer.status_code, "There is a problem" in answer.content.decode()) == (200, True), address
    assert Membership.objects.get(person=person).next_on not in (FAR, PAST)


def test_a_decision_with_a_date_too_far_keeps_the_note_that_was_written(hub: MadeHub) -> None:
    one = hub.refer().referral
    client = signed_in(hub, "dana")
    sent = {"urgency": "soon", "holder": f"hat:{hub.hats['dana']}", "why": "a long careful note", **dated("next_on", FAR)}
    answer = client.post(f"/triage/{one.public_id}/", sent)
    assert (answer.status_code, "a long careful note" in answer.content.decode()) == (200, True)
    assert Referral.objects.get(pk=one.pk).triaged_at is None


def test_nobody_dies_tomorrow_and_nothing_is_to_be_done_yesterday(hub: MadeHub) -> None:
    person, client = hub.held_by("cora"), signed_in(hub, "cora")
    record = f"/people/{person.public_id}/"
    death = client.post(record + "they-have-died/", {"sure": "yes", **dated("died_on", today() + timedelta(days=1))})
    task = client.post(record + "next-date/", {"words": "ring the school", **dated("due_on", PAST)})
    assert "today or has passed" in death.content.decode()
    assert "today or still to come" in task.content.decode() and "ring the school" in task.content.decode()
    person.refresh_from_db()
    assert not person.has_died
    assert not Task.objects.filter(person=person, words="ring the school").exists()


@pytest.mark.parametrize(
    ("channel", "value"), [("call", "word"), ("text", "' OR 1=1--"), ("call", "-1"), ("email", "07700 900123")]
)
def test_a_way_to_reach_somebody_is_one_that_reaches(channel: str, value: str) -> None:
    assert "value" in ContactSafety({"channel": channel, "value": value}).errors
    assert not ContactSafety({"channel": "through", "value": value}).errors


@pytest.mark.parametrize(("number", "wrong"), [("word 2", True), ("1", True), ("116 123", False), ("85258", False)])
def test_a_crisis_contact_is_a_number_that_can_be_dialled(number: str, wrong: bool) -> None:
    day = dated("checked_on", today())
    form = NewContact({"en": "Call", "cy": "Ffoniwch", "kind": "call", "number": number, **day}, today=today())
    assert ("number" in form.errors) is wrong


def test_what_was_written_is_given_back_when_it_cannot_be_saved_but_never_a_password(hub: MadeHub) -> None:
    sent = {"outcome": "She is with her sister.", "password": "two words", "code": "123456"}
    for page in ("/crisis-calls/00000000-0000-4000-8000-000000000000/", "/triage/00000000-0000-4000-8000-000000000000/"):
        answer = signed_in(hub, "dana").post(page, sent)
        said = answer.content.decode()
        assert answer.status_code == 404 and "She is with her sister." in said
        assert "two words" not in said and "123456" not in said
