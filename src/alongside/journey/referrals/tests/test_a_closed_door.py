"""A closed public door makes no referral: it shows who helps now and how else to reach the hub, and keeps what was written.

Shown to fail: without `through_the_open_door`, every page of asking opens and the last one makes a referral.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation

from alongside.hubs.commands import close_public_door, open_public_door
from alongside.journey.referrals.models import Draft, Referral
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db

HALFWAY = (
    ("safe", {"safe": "yes"}),
    ("who", {"who": "me", "age_band": "26_64"}),
    ("name", {"name": "Mair"}),
    ("reach", {"channels": ["email"]}),
    ("reach-details", {"email_value": "mair@person.example"}),
)


def close(hub: MadeHub) -> None:
    close_public_door(actor=hub.system, at=now(), hub_id=hub.hub.pk)


def test_the_home_page_of_a_closed_door_offers_telephone_and_hours(hub: MadeHub, client: Client) -> None:
    assert 'href="/ask/"' in client.get("/").content.decode()
    close(hub)
    page = client.get("/").content.decode()
    assert 'href="/ask/"' not in page
    assert 'href="tel:01632960000"' in page and "Monday: 9am to 5pm" in page and 'href="tel:999"' in page
    assert "you can ask here" not in page
    assert "We read this" not in page and "We are open now" not in page


@pytest.mark.parametrize("address", ["/ask/", "/ask/name/", "/ask/help-now/", "/ask/check/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_of_asking_says_that_it_is_closed(hub: MadeHub, client: Client, method: str, address: str) -> None:
    close(hub)
    page = getattr(client, method)(address, {"safe": "yes", "name": "Mair"}).content.decode()
    assert "You cannot ask online here now" in page
    assert "01632 960000" in page and 'href="tel:999"' in page
    assert "What you wrote so far" not in page
    assert not Draft.objects.exists()


def test_what_was_written_is_kept_until_the_door_opens_again(hub: MadeHub, client: Client) -> None:
    for step, answers in HALFWAY:
        assert client.post(f"/ask/{step}/", answers).status_code == 302, step
    close(hub)
    assert "What you wrote so far is kept" in client.get("/ask/words/").content.decode()
    client.post("/ask/check/", {"agree": "on"})
    assert not Referral.objects.exists()
    assert Draft.objects.get().answers["name"]["name"] == "Mair"
    open_public_door(actor=hub.system, at=now(), hub_id=hub.hub.pk, team_id=hub.teams["door"])
    assert 'value="Mair"' in client.get("/ask/name/").content.decode()
    assert client.post("/ask/check/", {"agree": "on"}).status_code == 302
    assert Referral.objects.count() == 1


def test_the_closed_door_speaks_welsh(hub: MadeHub, client: Client) -> None:
    close(hub)
    with translation.override("en"):  # what a request speaks goes on after it
        page = client.get("/ask/", headers={"accept-language": "cy"}).content.decode()
    assert "Ni allwch ofyn ar-lein yma nawr" in page
