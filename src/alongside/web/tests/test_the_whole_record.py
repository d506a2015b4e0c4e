"""The whole record: everybody around the person, the ledger in true words, and what only some may know of."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.access.commands import exclude
from alongside.access.models import Exclusion
from alongside.hubs.models import Hat
from alongside.journey.directory.models import Service
from alongside.journey.handovers.commands import introduce, signpost
from alongside.people.models import Person
from alongside.vocabulary.clock import now, today
from alongside.web.record import person_page
from tests.support.hub import MadeHub, referral_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def person(hub: MadeHub) -> Person:
    return hub.held_by("cora", at=now() - DAY)


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


def shown(client: Client, path: str) -> str:
    """Give a page without what differs each time: the form's token and the moments."""
    page = client.get(path)
    assert page.status_code == 200
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode())
    return re.sub(r"<h2[^>]*>Who looked.*?</ul>", "", text, flags=re.S)


@pytest.mark.parametrize(("ticked", "said"), [(True, "passed on; the person knows"), (False, "the person had not been told yet")])
def test_the_ledger_says_whether_the_person_knew(hub: MadeHub, person: Person, ticked: bool, said: str) -> None:
    client = signed_in(hub, "cora")
    record = f"/people/{person.public_id}/"
    client.post(f"{record}holder/", {"holder": f"hat:{hub.hats['nell']}", **({"told": "on"} if ticked else {})})
    page = shown(signed_in(hub, "nell"), record)
    assert f"holds them: {said}" in page or said in page
    assert ("tell them that you hold them now" in page) is not ticked


def test_everybody_involved_stands_around_the_person_with_the_next_date_or_the_wait(hub: MadeHub, person: Person) -> None:
    cora, at = hub.actor("cora", now()), now()
    Person.objects.filter(pk=person.pk).update(gp_practice="Made-up Surgery")
    service = Service.objects.create(hub=hub.hub, name="A walking group", source="tests", source_id="1")
    introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_team_id=hub.teams["harbour"])
    signpost(actor=cora, at=at, person_id=person.pk, service_id=service.pk, ask_on=today() + 9 * DAY)
    brought = hub.refer(at=at, actor=hub.actor("gil", at), name="Ioan Pretend", email="i@p.example").referral
    person.refresh_from_db()
    around = [(row.name, row.what) for row in person_page(cora, person).around]
    assert around == [
        ("Cora Madeup, practice of rivermouth", "holds them: decided at triage"),
        ("harbour team", "offered, waiting for an answer"),
        ("A walking group", "told of it"),
        ("Made-up Surgery", "their GP practice"),
        ("door team", "held them: came in"),
    ]
    assert all(row.side for row in person_page(cora, person).around if row.name != "Made-up Surgery")
    others = person_page(hub.actor("dana", now()), brought.person).around
    assert ("Gil Story, practice of rivermouth", "brought them in") in [(row.name, row.what) for row in others]


def test_the_strip_says_the_reference_by_which_they_came_in(hub: MadeHub, person: Person) -> None:
    assert f"reference {referral_of(person).reference}" in shown(signed_in(hub, "cora"), f"/people/{person.public_id}/")


@pytest.mark.parametrize("key", ["nell", "wyn"])
def test_whoever_may_not_settle_an_exclusion_sees_the_same_page_with_and_without_one(
    hub: MadeHub, person: Person, key: str
) -> None:
    """Byte for byte, and with as many statements. Seen to fail with the condition of the policy removed from the read."""
    if key == "wyn":
        person = hub.person(at=now() - DAY)
    path, client = f"/people/{person.public_id}/", signed_in(hub, key)
    before = shown(client, path)
    with CaptureQueriesContext(connection) as without:
        client.get(path)
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Somebody Else Entirely")
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    assert shown(client, path) == before
    assert len(without) == len(with_one)


def test_the_holder_finds_the_way_to_settle_it_on_the_record(hub: MadeHub, person: Person) -> None:
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Somebody Else Entirely")
    one = Exclusion.objects.get()
    client = signed_in(hub, "cora")
    page = shown(client, f"/people/{person.public_id}/")
    (address,) = re.findall(rf'href="([^"]*{one.public_id}[^"]*)"', page)
    assert "Somebody Else Entirely" not in page
    assert "Somebody Else Entirely" in client.get(address).content.decode()
