"""A page offers what the role may do, and no form opens that would be refused when it is sent (lists.md, Roles)."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from alongside.hubs.roles import ROLES
from alongside.journey.assessments.commands import Ranking, save_conversation
from alongside.journey.directory.models import Service
from alongside.members.commands import rest
from alongside.people.models import Person
from alongside.refusals import NotThisRole
from alongside.vocabulary.clock import now, today
from alongside.web.actions import actions_for
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db

PAGES = (
    "care_contacts:log-contact",
    "assessments:conversation",
    "people:write-down",
    "people:as-told",
    "people:contact-safety",
    "web:find-help",
    "handovers:introduce",
    "members:next-date",
    "members:change-holder",
    "members:rest",
    "members:they-have-died",
)
"""Every page with something to do for somebody who is alive and does not rest."""


@pytest.fixture
def person(hub: MadeHub) -> Person:
    """Give somebody near everybody who sits in the team at the door, with something under every heading of the record."""
    person = hub.person(at=now(), words="Not sleeping.", agreed_next="a call", nhs_number="9434765919", needs=("sleep",))
    save_conversation(
        actor=hub.actor("wyn", now()), at=now(), person_id=person.pk, based_on=0, parts={"mind": "worries"}, as_before=[],
        ranking=Ranking(("sleep",), {"sleep": ""}, ""),
    )  # fmt: skip
    return person


@pytest.mark.parametrize("role", ROLES)
def test_what_is_offered_opens_and_what_is_not_offered_is_refused_with_the_reason(
    hub: MadeHub, person: Person, role: str
) -> None:
    """Seen to fail with `require` left out of a view, and with an action offered whatever the role."""
    hub.take_on("new", "Newt Pretend", "trust", role, ("door",), at=now())
    browser = hub.signed_in("new")
    page = browser.get(f"/people/{person.public_id}/")
    links = set(re.findall(r'href="(/[^"?#]*)', page.content.decode().split("<main")[1].split("</main>")[0]))
    assert page.status_code == 200
    assert {href: browser.get(href).status_code for href in links} == dict.fromkeys(links, 200)
    for name in PAGES:
        href = reverse(name, args=[person.public_id])
        answer = browser.get(href)
        if href in links:
            assert answer.status_code == 200, name
        else:
            assert (answer.status_code, str(NotThisRole.message) in answer.content.decode()) == (403, True), name


@pytest.mark.parametrize("role", ROLES)
def test_every_link_of_the_menu_opens(hub: MadeHub, role: str) -> None:
    """Seen to fail with "Bring someone in" in everybody's menu."""
    hub.take_on("new", "Newt Pretend", "trust", role)
    browser = hub.signed_in("new")
    menu = re.findall(r'<li><a href="([^"]+)"', browser.get("/today/").content.decode().split("<nav")[1].split("</nav>")[0])
    assert len(menu) > 4
    assert {href: browser.get(href).status_code for href in menu} == dict.fromkeys(menu, 200)


@pytest.mark.parametrize("role", ROLES)
def test_a_service_is_told_of_only_by_whoever_introduces(hub: MadeHub, person: Person, role: str) -> None:
    hub.take_on("new", "Newt Pretend", "trust", role, ("door",), at=now())
    browser, actor = hub.signed_in("new"), hub.actor("new", now())
    service = Service.objects.create(hub=hub.hub, name="A walking group", source="tests", source_id="1")
    service.needs.create(hub=hub.hub, need="sleep")
    path = f"/people/{person.public_id}/signpost/?service={service.public_id}"
    introduces = "introduce" in ROLES[role].does
    assert browser.get(path).status_code == (200 if introduces else 403)
    if any("find-help" in href for href, _words in actions_for(actor, person, is_resting=False)):
        assert (path in browser.get(f"/people/{person.public_id}/find-help/").content.decode()) is introduces


@pytest.mark.parametrize(("key", "offered"), [("dana", True), ("ada", False)])
def test_who_may_let_somebody_rest_is_offered_to_bring_them_back_instead(
    hub: MadeHub, person: Person, key: str, offered: bool
) -> None:
    rest(actor=hub.actor("dana", now()), at=now(), person_id=person.pk, reason="not_now")
    offers = [href for href, _words in actions_for(hub.actor(key, now()), person, is_resting=True)]
    assert not any(href.endswith("/rest/") for href in offers)
    assert any(href.endswith("/they-have-died/") for href in offers) is offered


def test_reception_reads_the_name_how_to_reach_safely_and_the_diary_and_nothing_else(hub: MadeHub, person: Person) -> None:
    """Seen to fail with the whole record gathered for every role."""
    hub.take_on("new", "Newt Pretend", "trust", "administrator", ("door",), at=now())
    page = hub.signed_in("new").get(f"/people/{person.public_id}/").content.decode().split("<main")[1].split("</main>")[0]
    headings = re.findall(r"<h[1-6][^>]*>([^<]*)</h", page)
    assert headings == ["Mair Pretend", "Do"]
    for kept in ("Not sleeping", "a call", "943 476 5919", "sleep", "worries", "came in", "triage", "Timeline"):
        assert kept not in page, kept
    for needed in ("Mair Pretend", "mair@person.example", "door team", "Next date", today().strftime("%Y")):
        assert needed in page, needed
