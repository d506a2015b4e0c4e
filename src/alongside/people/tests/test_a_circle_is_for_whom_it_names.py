"""A circle item: only its writer and whom they named see it, and nothing tells anybody else that it is there.

Shown to fail: without `name_in_circle` its own writer loses it; without the label in `web.queries._entries` the timeline tells of it.
Source: trust.md C06, L; issue "trust", 1.
"""

from __future__ import annotations

import re

import pytest

from alongside.access.commands import exclude, open_relationship
from alongside.access.queries import who_may_be_named
from alongside.people.commands import write_down
from alongside.people.models import Person, StoryEntry
from alongside.people.queries import story_of
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
WORDS = "What happened that night."


def held(hub: MadeHub) -> Person:
    """Give somebody held by Cora, with Nell beside her in the team at the north."""
    person = hub.held_by("cora")
    about = {"hub_id": hub.hub.pk, "person_id": person.pk, "kind": "receiving", "because": ("test", 1)}
    open_relationship(actor=hub.system, at=AT, team_id=hub.teams["north"], **about)
    return person


def written(hub: MadeHub, person: Person, *names: str) -> StoryEntry:
    workers = [hub.actor(name).worker for name in names]
    return write_down(
        actor=hub.actor("cora"), at=AT, person_id=person.pk, subject="mind", words=WORDS, whose_words="person", label="circle",
        do_not_ask_again=True, names=workers,
    )  # fmt: skip


def reads(hub: MadeHub, key: str, person: Person) -> bool:
    return WORDS in [one.words for one in story_of(hub.actor(key), person.pk)]


@pytest.mark.parametrize("names", [(), ("nell",), ("saf",)])
def test_its_writer_and_whom_they_named_and_nobody_else(hub: MadeHub, names: tuple[str, ...]) -> None:
    person = held(hub)
    written(hub, person, *names)
    # A name on the list opens nothing by itself: the safeguarding lead has no relationship here.
    assert {key: reads(hub, key, person) for key in ("cora", "nell", "saf")} == {
        "cora": True,
        "nell": "nell" in names,
        "saf": False,
    }


def test_nothing_tells_that_it_is_there(hub: MadeHub) -> None:
    person = held(hub)
    browser, address = hub.signed_in("nell"), f"/people/{person.public_id}/"
    before = browser.get(address).content.decode()
    written(hub, person)
    after = browser.get(address).content.decode()
    assert without_looks(before) == without_looks(after)
    assert "only for whoever was named" in hub.signed_in("cora").get(address).content.decode()


def without_looks(page: str) -> str:
    """Leave out who looked, and the token of the forms: they differ from one page to the next."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.split("Who looked")[0])


def test_who_can_be_named_is_with_them_and_not_kept_away(hub: MadeHub) -> None:
    person = held(hub)
    assert {one.pk for one in who_may_be_named(hub.actor("cora"), person.pk, at=AT)} == {hub.hats["nell"], hub.hats["saf"]}
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Nell Fiction")
    assert {one.pk for one in who_may_be_named(hub.actor("cora"), person.pk, at=AT)} == {hub.hats["saf"]}


def test_the_page_asks_who_and_refuses_names_without_a_circle(hub: MadeHub) -> None:
    person = hub.held_by("cora", at=now())
    browser = hub.signed_in("cora")
    address = f"/people/{person.public_id}/write-down/?domain=mind"
    page = browser.get(address).content.decode()
    assert "only you and whom you name" in page and "Saf Legend" in page
    lead = str(hub.actor("saf", now()).worker)
    given = {"words": WORDS, "whose_words": "person", "names": lead}
    assert "You named somebody" in browser.post(address, given | {"label": "open"}).content.decode()
    assert browser.post(address, given | {"label": "circle"}).status_code == 302
    assert StoryEntry.objects.get(words=WORDS).label == "circle"
