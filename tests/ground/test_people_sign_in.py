"""People who sign in as by NHS login: found only when they are proven, shown only what they asked for themselves (C14, T05, T06)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client

from alongside.access import sessions
from alongside.access.models import KnownElsewhere
from alongside.journal.models import Look
from alongside.people.models import Identifier, Person
from alongside.vocabulary.clock import now
from alongside.web import queries
from tests.support.hub import MadeHub, open_hub
from tests.support.openid_provider import Key, Liar, lying

pytestmark = pytest.mark.django_db
US, NUMBER, BORN = Key.new("us"), "9434765919", date(1980, 2, 1)
PROVEN = {"identity_proofing_level": "P9", "vot": "P9.Cp.Cd", "nhs_number": NUMBER, "birthdate": BORN.isoformat()}


@pytest.fixture
def liar(settings: Any) -> Iterator[Liar]:
    with lying() as made:
        known = {"issuer": made.issuer, "client_id": "alongside", "key": US.pem, "key_id": "us"}
        asks = {"scope": "openid profile", "vtr": '["P9.Cp.Cd","P9.Cp.Ck","P9.Cm"]'}
        settings.STAND_INS = True
        settings.OPENID = {"staff": None, "people": {**known, "asks": asks}}
        yield made


def somebody(hub: MadeHub, **told: Any) -> Person:
    """Let somebody ask for themselves, and a worker be sure of their number."""
    person = hub.person(now(), nhs_number=NUMBER, born_on=BORN, **told)
    Identifier.objects.filter(person=person).update(confirmed_at=now())
    return person


def signs_in(client: Client, liar: Liar, **other: Any) -> Any:
    """Go to the provider and come back with this said of oneself."""
    there = client.post("/sign-in/go/").headers["Location"]
    carried = {name: values[0] for name, values in parse_qs(urlsplit(there).query).items()}
    assert carried["vtr"] == '["P9.Cp.Cd","P9.Cp.Ck","P9.Cm"]'
    at = int(time.time())
    said = {"iss": liar.issuer, "aud": "alongside", "sub": "mair", "iat": at, "exp": at + 60, "nonce": carried["nonce"]}
    liar.token = liar.signed(said | PROVEN | other)
    return client.get("/sign-in/back/", {"code": "c", "state": carried["state"]})


def test_whoever_is_proven_and_known_for_certain_sees_where_it_stands(liar: Liar, hub: MadeHub, client: Client) -> None:
    person = somebody(hub)
    assert signs_in(client, liar).headers["Location"] == "/mine/"
    answer = client.get("/mine/")
    page = answer.content.decode()
    assert answer.status_code == 200 and "We have your message" in page and answer.headers["Cache-Control"] == "no-store"
    assert "<title>Where it stands –" in page
    [kept] = KnownElsewhere.objects.values("issuer", "subject", "level", "user_id", "person_id")
    assert kept == {"issuer": liar.issuer, "subject": "mair", "level": "P9.Cp.Cd", "user_id": None, "person_id": person.pk}
    assert Look.objects.filter(actor_kind="person", person_ids=[person.pk], page="MinePage").count() == 1
    left = client.post("/mine/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/mine/").headers["Location"] == "/sign-in/"


def test_what_another_asked_or_wrote_about_them_is_not_shown(liar: Liar, hub: MadeHub, client: Client) -> None:
    person = somebody(hub)
    hub.refer(now(), nhs_number=NUMBER, born_on=BORN, whose_words="carer")
    hub.refer(now(), nhs_number=NUMBER, born_on=BORN, actor=hub.actor("gil", now()), door="gp", whose_words="referrer")
    signs_in(client, liar)
    assert (
        client.get("/mine/").content.decode().count("Your reference is")
        == len(queries.asked_by_themselves(person.pk, at=now()))
        == 1
    )


NOT_FOUND: dict[str, tuple[dict[str, Any], Callable[[MadeHub], object]]] = {
    "another number": ({"nhs_number": "9434765870"}, somebody),
    "another birthday": ({"birthdate": "1980-02-02"}, somebody),
    "no number": ({"nhs_number": ""}, somebody),
    "a birthday that is none": ({"birthdate": "soon"}, somebody),
    "a number that nobody is sure of": ({}, lambda hub: hub.person(now(), nhs_number=NUMBER, born_on=BORN)),
    "somebody of another hub": ({}, lambda _hub: somebody(open_hub("otherplace"))),
    "somebody who has died": ({}, lambda hub: Person.objects.filter(pk=somebody(hub).pk).update(death_written_at=now())),
    "nobody at all": ({}, lambda _hub: None),
}


@pytest.mark.parametrize("who", NOT_FOUND)
def test_whoever_is_not_known_for_certain_is_told_so_kindly_and_the_door_is_open(
    liar: Liar, hub: MadeHub, client: Client, who: str
) -> None:
    said, there_is = NOT_FOUND[who]
    there_is(hub)
    hub.hub.hostnames = ["testserver"]
    hub.hub.save()
    answer = signs_in(client, liar, **said)
    page = answer.content.decode()
    assert answer.status_code == 200 and "we do not know you yet" in page and 'href="/ask/"' in page and "01632 960000" in page
    assert client.get("/mine/").status_code == 302


def test_nobody_is_told_apart_from_somebody_whose_number_is_not_confirmed(liar: Liar, hub: MadeHub) -> None:
    """What is answered says nothing of who is known here."""
    import re

    answers = []
    for make in (lambda: None, lambda: hub.person(now(), nhs_number=NUMBER, born_on=BORN)):
        make()
        page = signs_in(Client(), liar).content.decode()
        answers.append(re.sub(r'/sign-in/back/[^"]*|name="csrfmiddlewaretoken" value="[^"]*"', "", page))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(("proven", "vector"), [("P5", "P5.Cp.Cd"), ("P0", "P0.Cp"), ("P5", "P9.Cp.Cd"), ("P9", "P9.Cp")])
def test_a_low_level_signs_nobody_in(liar: Liar, hub: MadeHub, client: Client, proven: str, vector: str) -> None:
    somebody(hub)
    answer = signs_in(client, liar, identity_proofing_level=proven, vot=vector)
    assert answer.status_code == 403 and "does not prove enough" in answer.content.decode()
    assert client.get("/mine/").status_code == 302 and not KnownElsewhere.objects.exists()
    assert list(Look.objects.filter(page="openid").values_list("reason", flat=True)) == ["level"]


@pytest.mark.parametrize("after", [sessions.IDLE, sessions.LASTS])
def test_their_session_ends_as_a_workers_does(liar: Liar, hub: MadeHub, client: Client, after: timedelta) -> None:
    at = now()
    with time_machine.travel(at, tick=False):
        somebody(hub)
        signs_in(client, liar)
    step = timedelta(minutes=14)
    moment = at
    while moment + step < at + after:
        moment += step
        with time_machine.travel(moment, tick=False):
            assert client.get("/mine/").status_code == 200
    with time_machine.travel(max(at + after, moment + sessions.IDLE if after == sessions.IDLE else at + after), tick=False):
        assert client.get("/mine/").status_code == 302


def test_a_person_opens_no_page_of_workers_and_a_worker_not_theirs(liar: Liar, hub: MadeHub, client: Client) -> None:
    person = somebody(hub)
    signs_in(client, liar)
    for path in ("/today/", f"/people/{person.public_id}/", "/settings/", "/hat/"):
        assert client.get(path).status_code == 302, path
    assert hub.signed_in("cora").get("/mine/").status_code == 302


def test_the_other_ways_in_are_said_and_stand_with_the_provider_down(liar: Liar, hub: MadeHub, client: Client) -> None:
    liar.broken = lambda: (500, b"")
    answer = client.post("/sign-in/go/", follow=True)
    page = answer.content.decode()
    assert "does not answer now" in page and "private link" in page and "01632 960000" in page


def test_without_a_provider_the_page_says_the_other_ways(hub: MadeHub, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert "NHS login" not in page and "private link" in page
    assert client.post("/sign-in/go/").status_code == 404
