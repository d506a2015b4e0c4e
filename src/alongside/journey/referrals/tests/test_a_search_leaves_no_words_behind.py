"""A name, a number or a birthday that a worker searches for stands in no address, where histories and logs keep it (ASVS 14.2.1)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from alongside.access.models import Session
from alongside.vocabulary.clock import now
from tests.support.hub import TODAY, MadeHub, dated
from tests.support.searches import FINDING, FOUND, searches

pytestmark = pytest.mark.django_db
SEARCH = {"name": "Mair Pretend"}


@pytest.fixture
def person(hub: MadeHub) -> Any:
    return hub.held_by("cora", name="Mair Pretend", born_on=TODAY.replace(year=1990))


def test_what_was_found_stands_at_an_address_without_the_words(hub: MadeHub, person: Any) -> None:
    """Shown to fail: with a search that is sent as an address the first line of it already names her."""
    browser = hub.signed_in("cora")
    plain = browser.get(FINDING).content.decode()
    assert 'method="get"' not in plain
    page = searches(browser, **SEARCH).content.decode()
    assert f"/people/{person.public_id}/" in page and 'value="Mair Pretend"' in page
    assert not [one for one in page.split('href="')[1:] if "Mair" in one.split('"')[0]]
    assert f"/people/{person.public_id}/" in searches(browser, **dated("born_on", TODAY.replace(year=1990))).content.decode()


def test_words_in_an_address_are_not_searched_for(hub: MadeHub, person: Any) -> None:
    page = hub.signed_in("cora").get(f"{FINDING}?{urlencode(SEARCH)}").content.decode()
    assert str(person.public_id) not in page and 'value="Mair Pretend"' not in page


def test_going_back_shows_it_again_and_nobody_else_sees_it(hub: MadeHub, person: Any) -> None:
    browser, other = hub.signed_in("cora"), hub.signed_in("wyn")
    searches(browser, **SEARCH)
    browser.get(f"/people/{person.public_id}/")
    again = browser.get(FOUND)
    assert again.status_code == 200 and str(person.public_id) in again.content.decode()
    assert 'value="Mair Pretend"' not in browser.get(FINDING).content.decode(), "the form by itself is empty"
    assert 'value="Mair Pretend"' not in other.get(FOUND).content.decode()
    browser.post("/account/logout/")
    assert browser.get(FOUND).status_code == 302


def test_it_is_kept_sealed_and_only_the_last_one(hub: MadeHub, person: Any, settings: Any) -> None:
    """Shown to fail: with the words kept as they are, whoever reads the sessions reads whom a worker looked for."""
    browser = hub.signed_in("cora")
    for name in ("Zebedee Unheardof", "Mair Pretend"):
        searches(browser, name=name)
    [kept] = Session.objects.filter(session_key=browser.session.session_key)
    told = str(kept.get_decoded())
    assert "search" in told and "Mair" not in told and "Zebedee" not in told
    settings.VAULT_KEYS = ["another key of this installation"]
    answer = browser.get(FOUND)
    assert answer.status_code == 200 and 'value="Mair Pretend"' not in answer.content.decode()


def test_a_birthday_that_is_none_is_said_and_a_page_of_ones_own_goes_on(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = hub.signed_in("gil")
    wrong = searches(browser, born_on_day="31", born_on_month="2", born_on_year="1990").content.decode()
    assert 'id="find_born_on-error"' in wrong or "nhsuk-error-message" in wrong
    monkeypatch.setattr("alongside.journey.referrals.queries.brought_in.PAGE", 1)
    monkeypatch.setattr("alongside.journey.referrals.queries.PAGE", 1)
    for number in range(2):
        hub.refer(
            now(), actor=hub.actor("gil", now()), door="gp", name=f"Brought Pretend{number}", email=f"b{number}@person.example"
        )
    page = searches(browser, **SEARCH).content.decode()
    onward = page.split('href="?after=')[1].split('"')[0]
    older = browser.get(f"{FINDING}?after={onward}").content.decode()
    assert ("Pretend1" in page, "Pretend0" in older, 'value="Mair Pretend"' in older) == (True, True, False)


def test_whoever_may_not_bring_anybody_in_searches_for_nobody(hub: MadeHub, client: Client) -> None:
    assert client.post(FINDING, {**SEARCH, "search": "yes"}).status_code == 302
    assert client.get(FOUND).headers["Location"].startswith("/account/login/")
    refused = hub.signed_in("lea").post(FINDING, {**SEARCH, "search": "yes"})
    assert refused.status_code in (302, 403, 404)
