"""What a hub lead and a system administrator see of copies, and what every worker sees after a restore."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from alongside.backups.commands import keep_run, settle
from alongside.backups.models import Run
from alongside.hubs.models import Hub
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H17"), pytest.mark.hazard("H16")]
SYSTEM = Actor.system("tests")
SENTENCE = "What was written later is missing."


@pytest.fixture
def made(hub: MadeHub) -> MadeHub:
    hub.take_on("hedd", "Hedd Plot", "trust", "hub_lead")
    hub.take_on("sys", "Siân Machine", "trust", "system_administrator")
    return hub


def run(kind: str, minutes_ago: int, found: list[tuple[str, bool]] | None = None, **more: float | None) -> Run:
    at = now() - timedelta(minutes=minutes_ago)
    return keep_run(
        actor=SYSTEM, at=at, kind=kind, moment=at, seconds=1.25, tables=78, rows=12_345, size=9, found=found or [], **more  # type: ignore[arg-type]
    )  # fmt: skip


def read(hub: MadeHub, who: str, address: str) -> str:
    response = hub.signed_in(who).get(address)
    assert response.status_code == 200
    return " ".join(strip_tags(response.content.decode()).split())


@pytest.mark.parametrize("who", ["hedd", "sys"])
def test_whoever_looks_after_it_sees_when_it_last_worked(made: MadeHub, who: str) -> None:
    assert "No copy was ever made." in read(made, who, "/settings/copies/")
    run("copy", 200)
    assert "One is due every fifteen minutes." in read(made, who, "/settings/copies/")
    run("copy", 5)
    run("drill", 90, [("whole", True), ("flipped_byte", True)], missing_seconds=900.0)
    page = read(made, who, "/settings/copies/")
    assert "No fresh copy" not in page and "Everything held" in page and "1.2 seconds" in page
    assert "15 minutes" in page and "12,345 in 78 tables" in page and "one changed byte is noticed" in page
    run("drill", 1, [("whole", True), ("guards", False)], missing_seconds=None)
    page = read(made, who, "/settings/copies/")
    assert "Something did not hold" in page and "This did not hold" in page
    assert "no copy was kept" in page


def test_nobody_else_does(made: MadeHub) -> None:
    for who in ("cora", "dana", "lea"):
        for address in ("/settings/copies/", "/settings/after-a-restore/"):
            assert made.signed_in(who).get(address).status_code == 403
    assert made.signed_in("sys").get("/settings/after-a-restore/").status_code == 403


def test_every_page_of_a_worker_says_what_is_missing_and_no_other_page(made: MadeHub) -> None:
    person = made.held_by("cora")
    pages = ("/today/", f"/people/{person.public_id}/", "/nobody-lost/", "/hub/")
    browser = made.signed_in("cora")
    for address in pages:
        assert SENTENCE not in browser.get(address).content.decode()
    settle(actor=Actor.system("restore"), at=AT + timedelta(hours=2), moment=AT)
    browser = made.signed_in("cora")
    for address in pages:
        assert "Restored to 09:30 on Monday 2 March 2026. " + SENTENCE in browser.get(address).content.decode(), address
    for address in ("/", "/ask/", "/account/login/"):
        assert SENTENCE not in Client().get(address).content.decode()


def test_it_costs_no_statement(made: MadeHub) -> None:
    person = made.held_by("cora")

    def statements() -> int:
        browser = made.signed_in("cora")
        browser.get(f"/people/{person.public_id}/")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/people/{person.public_id}/")
        return len(asked)

    before = statements()
    settle(actor=Actor.system("restore"), at=AT + timedelta(hours=2), moment=AT)
    assert statements() == before


def test_a_lead_releases_or_not_and_says_when_nothing_is_missing_any_more(made: MadeHub) -> None:
    for name in ("Mair Pretend", "Ifan Pretend"):
        person = made.held_by("cora", name=name)
        send_message(actor=made.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert "Nothing that we know of." in read(made, "hedd", "/settings/after-a-restore/")
    settle(actor=Actor.system("restore"), at=AT + timedelta(hours=2), moment=AT)
    page = read(made, "hedd", "/settings/after-a-restore/")
    assert "Everything that was written between Monday 2 March 2026, 09:30 and Monday 2 March 2026, 11:30." in page
    # A lead has no sight of the people: it says what and when, never to whom.
    assert page.count("Do not send") == 2 and "Mair" not in page and "mair@" not in page
    browser, held = made.signed_in("hedd"), list(Message.objects.order_by("pk"))
    address = "/settings/after-a-restore/"
    assert browser.post(f"{address}{held[0].public_id}/", {"step": "release"}).url == address  # type: ignore[attr-defined]
    assert browser.post(f"{address}{held[1].public_id}/", {"step": "leave"}).url == address  # type: ignore[attr-defined]
    assert browser.post(f"{address}{held[1].public_id}/", {"step": "release"}).status_code == 409
    assert browser.post(f"{address}{held[1].public_id}/", {"step": "else"}).status_code == 404
    assert browser.get(f"{address}{held[0].public_id}/").status_code == 302
    assert browser.get(f"{address}{made.hub.public_id}/").status_code == 404
    assert [(one.held_at is None, one.stopped_because) for one in Message.objects.order_by("pk")] == [
        (True, ""),
        (False, "not_released"),
    ]
    refused = browser.post(address, {"rest": "on"}).content.decode()
    assert "a number that is no longer safe could be used" in refused
    assert Hub.objects.filter(restored_to__isnull=False).exists()
    assert browser.post(address, {"rest": "on", "ways": "on"}).status_code == 302
    assert Hub.objects.filter(restored_to__isnull=True, restored_at__isnull=True).exists()
    assert SENTENCE not in read(made, "cora", "/today/")
