"""`./alongside begin` leaves a hub whose lead can go on by page, and nothing half made."""

from __future__ import annotations

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from alongside.access.models import Signature, User
from alongside.hubs.models import CrisisContact, Hat, Hub, Organisation, Team

pytestmark = pytest.mark.django_db

GIVEN = {
    "hub": "Harbour Hub",
    "nation": "england",
    "organisation": "Harbour Trust",
    "sector": "nhs",
    "ods": "ZZ9H1",
    "team": "Front door",
    "lead": "Lena Tale",
    "email": "lena@harbour.example",
    "phone": "",
}


def begin(**changes: Any) -> str:
    out = StringIO()
    call_command("begin", no_questions=True, stdout=out, **{**GIVEN, **changes})
    return out.getvalue()


def test_the_lead_goes_on_by_the_link(client: Client) -> None:
    said = begin()
    hub = Hub.objects.get(slug="harbour-hub")
    assert (hub.public_door_open, hub.nation) == (False, "england")
    assert Team.objects.get(hub=hub).kind == "duty"
    assert Signature.objects.get(agreement__hub=hub).organisation.name == "Harbour Trust"
    assert CrisisContact.objects.filter(hub=hub, checked_on__isnull=False).count() == 0
    link = re.search(r"/account/first/\S+/", said)
    assert link
    words = "four words put together"
    assert client.post(link[0], {"password": words, "again": words}).headers["Location"] == "/account/2fa/totp/activate/"
    assert client.get("/hat/").status_code == 302
    assert client.get("/settings/").status_code == 200
    assert Hat.objects.get(hub=hub).role == "hub_lead"


def test_what_cannot_be_is_said_and_nothing_is_left_half_made() -> None:
    with pytest.raises(CommandError, match="An ODS code has 3 to 10"):
        begin(ods="x")
    with pytest.raises(CommandError, match="Give --email"):
        begin(email="")
    with pytest.raises(CommandError, match="it may be england, wales"):
        begin(nation="france")
    assert not Hub.objects.exists() and not User.objects.exists() and not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("email", "not an email", "--email: Write an e-mail address"),
        ("hub", "H" * 300, "--hub: Use 120 characters or fewer"),
        ("lead", "L" * 300, "--lead: Use 120 characters or fewer"),
        ("phone", "none", "--phone: Write a telephone number"),
    ],
)
def test_what_the_settings_pages_would_not_take_is_not_taken(name: str, value: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        begin(**{name: value})
    assert not Hub.objects.exists() and not User.objects.exists() and not Organisation.objects.exists()


def test_a_hub_is_begun_once() -> None:
    begin()
    with pytest.raises(CommandError, match="There is a hub called harbour-hub already"):
        begin(email="other@harbour.example")


def test_what_is_not_given_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return "Lena Tale"

    monkeypatch.setattr("builtins.input", answer)
    call_command("begin", stdout=StringIO(), **{**GIVEN, "lead": None})
    assert asked == ["Name of the hub lead: "]


def test_with_nobody_at_the_keyboard_it_says_what_to_give(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_asked: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)
    with pytest.raises(CommandError, match="Give --lead"):
        call_command("begin", stdout=StringIO(), **{**GIVEN, "lead": None})
