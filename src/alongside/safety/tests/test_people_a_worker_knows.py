"""Declared relations: whom a worker knows is closed to them, in every hat and at once, and nobody says whether they are here.

Shown to fail: without `compare_new_person` in `meet_person` somebody who comes later is open; without `_hand_on` the holding stays.
Source: trust.md C08, D1; issue "trust", 1, 7 and 9.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access.commands import TellUsMore, take_back_relation
from alongside.access.models import DeclaredRelation, KeptAway
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat
from alongside.members.models import Holding
from alongside.people.commands import tell_more
from alongside.people.models import Person
from alongside.refusals import NotFound
from alongside.safety.commands import declare_relation, say_nobody_new
from alongside.safety.rules import is_to_say_whom_they_know
from alongside.vocabulary.arrival import PersonAsTold
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub, dated

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
BORN, NUMBER = date(1987, 3, 9), "943 476 5919"


def declare(hub: MadeHub, key: str = "cora", **changes: Any) -> DeclaredRelation:
    given: dict[str, Any] = {"kind": "partner", "name": "Mair Pretend", "born_on": BORN, "nhs_number": ""}
    return declare_relation(actor=hub.actor(key), at=AT, **given | changes)


def sees(hub: MadeHub, key: str, person: Person) -> bool:
    return visible_to(hub.actor(key), Person.objects.filter(pk=person.pk), at=AT).exists()


@pytest.mark.parametrize("kind", ["own_record", "partner"])
def test_somebody_who_is_here_is_closed_at_once_and_a_team_takes_over(hub: MadeHub, kind: str) -> None:
    person = hub.held_by("cora", born_on=BORN)
    assert sees(hub, "cora", person)
    declare(hub, kind=kind)
    assert not sees(hub, "cora", person)
    holding = Holding.objects.get(open_for=person.pk)
    assert (holding.hat_id, holding.team_id) == (None, hub.teams["door"])


def test_in_another_hat_too(hub: MadeHub) -> None:
    person = hub.person(born_on=BORN)
    declare(hub, "dana")
    assert not sees(hub, "dana", person) and sees(hub, "wyn", person)


def test_somebody_who_comes_later_is_closed_from_the_first_moment(hub: MadeHub) -> None:
    declare(hub, "dana")
    declare(hub, "wyn", born_on=None, nhs_number=NUMBER, name="Somebody")
    by_birthday, by_number = hub.person(born_on=BORN), hub.person(name="Gwen Other", nhs_number=NUMBER)
    assert (sees(hub, "dana", by_birthday), sees(hub, "wyn", by_birthday)) == (False, True)
    assert (sees(hub, "dana", by_number), sees(hub, "wyn", by_number)) == (True, False)


def test_somebody_who_tells_their_birthday_later_is_closed_then(hub: MadeHub) -> None:
    declare(hub, "dana")
    person = hub.person()
    assert sees(hub, "dana", person)
    before = PersonAsTold("Mair Pretend")
    tell_more(actor=hub.actor("wyn"), at=AT, person_id=person.pk, before=before, told=PersonAsTold("Mair Pretend", born_on=BORN))
    assert not sees(hub, "dana", person)


@pytest.mark.parametrize(("name", "born_on"), [("Gwen Other", BORN), ("Mair Pretend", date(1987, 9, 3))])
def test_somebody_else_stays_open(hub: MadeHub, name: str, born_on: date) -> None:
    declare(hub, "dana")
    assert sees(hub, "dana", hub.person(name=name, born_on=born_on))


def test_a_name_alone_is_not_enough(hub: MadeHub) -> None:
    for number in ("", "12345"):
        with pytest.raises(TellUsMore):
            declare(hub, born_on=None, nhs_number=number)


def test_it_is_taken_back_by_the_worker_alone(hub: MadeHub) -> None:
    person = hub.person(born_on=BORN)
    made = declare(hub, "dana")
    with pytest.raises(NotFound):
        take_back_relation(actor=hub.actor("wyn"), at=AT, declared_id=made.public_id)
    take_back_relation(actor=hub.actor("dana"), at=AT, declared_id=made.public_id)
    assert sees(hub, "dana", person)
    assert KeptAway.objects.filter(declared=made, until_at__isnull=True).count() == 0


def test_the_page_says_the_same_whether_they_are_here_or_not(hub: MadeHub) -> None:
    browser = hub.signed_in("dana")
    answers = []
    for name in ("Mair Pretend", "Nobody Atall"):
        if name == "Mair Pretend":
            hub.person(born_on=BORN)
        given = {"name": name, "kind": "friend", "nhs_number": "", **dated("born_on", BORN)}
        answer = browser.post("/people-i-know/", given)
        answers.append((answer.status_code, answer["Location"], answer.content))
    assert answers[0] == answers[1]
    page = browser.get("/people-i-know/").content.decode()
    assert "Mair Pretend" in page and "Nobody Atall" in page
    assert "is needed" in browser.post("/people-i-know/", {"name": "A", "kind": "friend"}).content.decode()


def test_once_a_year_everybody_is_asked_quietly_on_today(hub: MadeHub) -> None:
    """Shown to fail: without the year in the rule nobody is asked twice."""
    line = "Say whom you know in these services"
    at = now()
    assert [is_to_say_whom_they_know(said, at) for said in (None, at, at - timedelta(days=364), at - timedelta(days=365))] == [
        True, False, False, True,
    ]  # fmt: skip
    for key in ("cora", "gil", "ada"):
        browser = hub.signed_in(key)
        assert line in browser.get("/today/").content.decode(), key
        assert "is there anybody new?" in browser.get("/people-i-know/").content.decode()
        assert browser.post("/people-i-know/nobody-new/")["Location"] == "/today/"
        assert line not in browser.get("/today/").content.decode(), key
        assert "is there anybody new?" not in browser.get("/people-i-know/").content.decode()
    with pytest.raises(NotFound):
        say_nobody_new(actor=hub.system, at=at)


def test_asking_costs_today_no_statement(hub: MadeHub) -> None:
    browser, counted = hub.signed_in("cora"), []
    browser.get("/today/")
    for said in (None, now()):
        Hat.objects.filter(pk=hub.hats["cora"]).update(said_whom_at=said)
        with CaptureQueriesContext(connection) as found:
            browser.get("/today/")
        counted.append(len(found))
    assert counted[0] == counted[1]
