"""A database that cannot be written, or reached: a sentence, help, and a retry that works (A28)."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.test import Client

from alongside.journey.referrals.models import Draft
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub() -> MadeHub:
    return open_hub()


@pytest.mark.hazard("H01")
def test_a_full_disk_says_try_again_and_the_same_request_works_afterwards() -> None:
    client = Client()
    with mock.patch.object(Draft, "save", side_effect=OperationalError("database or disk is full")):
        answer = client.post("/ask/name/", {"name": "Ceri"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "We could not save this safely. Please try again in a moment." in answer.content.decode()
    assert "disk" not in answer.content.decode()
    assert client.post("/ask/name/", {"name": "Ceri"}).status_code == 302
    assert Draft.objects.get().answers["name"]["name"] == "Ceri"


@pytest.mark.hazard("H16")
def test_when_even_the_session_cannot_be_reached_there_is_a_page_with_help() -> None:
    with mock.patch("alongside.access.middleware.hub_at", side_effect=OperationalError("database is locked")):
        answer = Client(raise_request_exception=False).get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert 'href="tel:999"' in answer.content.decode()


@pytest.mark.hazard("H16")
def test_what_nobody_expected_shows_a_reference_and_never_its_text(caplog: pytest.LogCaptureFixture) -> None:
    client = Client(raise_request_exception=False)
    with mock.patch.object(Draft, "save", side_effect=IntegrityError("UNIQUE constraint failed: secret")):
        answer = client.post("/ask/name/", {"name": "Marked-Name"})
    assert answer.status_code == 500
    assert "secret" not in answer.content.decode()
    assert "Marked-Name" not in caplog.text and "secret" not in caplog.text


def test_what_the_sign_in_refuses_is_not_there(hub: MadeHub) -> None:
    """The door of the sign-in that asks for a password again is not for somebody who has none; it is no fault of ours."""
    client = hub.signed_in("cora")
    with mock.patch("allauth.account.views.ReauthenticateView.dispatch", side_effect=PermissionDenied("has no password")):
        answer = client.get("/account/reauthenticate/")
    assert answer.status_code == 404
    assert "no password" not in answer.content.decode()
