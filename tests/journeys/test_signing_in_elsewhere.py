"""Signing in by a real OpenID provider, in a real browser: staff as by CIS2, people as by NHS login; strong enough, or refused."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import ROOT, World, look, sign_in
from tests.support.openid_provider import Key, real_provider

STRONG = {"id_assurance_level": "3", "authentication_assurance_level": "3", "acr": "AAL3", "amr": ["N3_SMARTCARD"]}
NUMBER = "9434765870"
ACCOUNTS: dict[str, dict[str, Any]] = {
    "smartcard": STRONG | {"email": "seraphina@hub.example"},
    "stranger": STRONG,
    "password-only": STRONG | {"authentication_assurance_level": "1", "acr": "AAL1_USERPASS"},
    "mair": {"identity_proofing_level": "P9", "vot": "P9.Cp.Cd", "nhs_number": NUMBER, "birthdate": "1980-02-01"},
    "mair-unproven": {"identity_proofing_level": "P5", "vot": "P5.Cp.Cd", "nhs_number": NUMBER, "birthdate": "1980-02-01"},
    "nobody-here": {"identity_proofing_level": "P9", "vot": "P9.Cp.Cd", "nhs_number": "9434765919", "birthdate": "1990-01-01"},
}


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def with_provider(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The same hub on a server of its own that knows the provider."""
    folder, us = tmp_path_factory.mktemp("openid"), Key.new("us")
    (folder / "key.pem").write_text(us.pem)
    port, theirs = free_port(), free_port()
    here = f"http://127.0.0.1:{port}"
    clients = [
        {"id": "staff", "jwks": {"keys": [us.public]}, "redirect_uris": [f"{here}/account/staff/back/"]},
        {"id": "people", "jwks": {"keys": [us.public]}, "redirect_uris": [f"{here}/sign-in/back/"]},
    ]
    with real_provider(theirs, clients, ACCOUNTS) as issuer:
        told = {
            f"ALONGSIDE_OPENID_{who}_{name}": value
            for who, client in (("STAFF", "staff"), ("PEOPLE", "people"))
            for name, value in {
                "ISSUER": issuer, "CLIENT": client, "KEY": str(folder / "key.pem"), "KEY_ID": "us",
            }.items()
        }  # fmt: skip
        environment = world.environment | told | {"ALONGSIDE_STAND_INS": "yes"}
        server = subprocess.Popen(
            [Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "1", "--no-ws", "--host", "127.0.0.1"]
            + ["--port", str(port), "--log-level", "warning", "alongside.config.wsgi:application"],
            env=environment,
            cwd=ROOT,
        )
        try:
            for _try in range(300):
                try:
                    urllib.request.urlopen(f"{here}/safeguarding/", timeout=2)
                    break
                except OSError:
                    time.sleep(0.1)
            yield replace(world, url=here, environment=environment)
        finally:
            server.terminate()
            server.wait(10)


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def as_whom(page: Page, account: str) -> None:
    """Sign in at the provider, which may know the browser from before."""
    page.get_by_label("Account").fill(account)
    page.get_by_role("button", name="Sign in").click()


def test_a_worker_links_it_and_signs_in_with_it_and_nobody_weaker_does(
    with_provider: World, desk: Page, other_desk: Page
) -> None:
    here = with_provider.url
    sign_in(desk, with_provider, "Seraphina Hubward")
    desk.goto(f"{here}/account/2fa/")
    look(desk, "elsewhere-link")
    press(desk, "Link it with this account")
    as_whom(desk, "smartcard")
    desk.wait_for_url(f"{here}/account/2fa/")
    assert "It is linked with this account." in desk.locator("main").inner_text()
    look(desk, "elsewhere-linked")

    other_desk.goto(f"{here}/account/login/")
    look(other_desk, "elsewhere-sign-in")
    press(other_desk, "Sign in with Care Identity")
    as_whom(other_desk, "smartcard")
    other_desk.wait_for_url(f"{here}/today/")
    assert "Seraphina Hubward" in other_desk.locator("header").inner_text()
    other_desk.goto(f"{here}/settings/sharing/")
    assert other_desk.locator("h1").inner_text() == "Sharing agreements", "the sign-in was a second factor too"
    used = other_desk.evaluate("performance.getEntriesByType('navigation')[0].name")
    assert used.startswith(here)

    for account, heading in (("password-only", "This could not be done"), ("stranger", "We do not know this sign-in")):
        fresh = desk.context.browser.new_context().new_page()  # type: ignore[union-attr]  # a browser is there
        fresh.goto(f"{here}/account/login/")
        press(fresh, "Sign in with Care Identity")
        as_whom(fresh, account)
        fresh.wait_for_url(f"{here}/account/staff/back/**")
        assert fresh.locator("h1").inner_text() == heading
        look(fresh, f"elsewhere-{account}")
        came_back = fresh.url
        fresh.goto(f"{here}/today/")
        assert "/account/login/" in fresh.url
        fresh.goto(came_back)
        assert fresh.locator("h1").inner_text() == "This could not be done", "coming back serves once"
        fresh.context.close()
    rows = with_provider.rows("SELECT subject, level, person_id IS NULL FROM access_knownelsewhere")
    assert rows == [("smartcard", "IAL3.AAL3", 1)]


def test_a_person_sees_where_it_stands_and_whoever_cannot_has_another_way(with_provider: World, narrow: Page, desk: Page) -> None:
    """Without JavaScript, on a small phone."""
    here = with_provider.url
    with sqlite3.connect(with_provider.database, timeout=20) as connection:
        [(person, hub)] = connection.execute(
            "SELECT person_id, hub_id FROM referrals_referral WHERE door='self' AND whose_words='person' ORDER BY id LIMIT 1"
        ).fetchall()
        connection.execute("UPDATE people_person SET born_on='1980-02-01' WHERE id=?", (person,))
        connection.execute(
            "INSERT INTO people_identifier (hub_id, person_id, system, as_received, value, is_valid, problem, confirmed_at)"
            " VALUES (?, ?, 'nhs_number', ?, ?, 1, '', '2026-01-01 00:00:00')",
            (hub, person, NUMBER, NUMBER),
        )
    for account, says in (("mair-unproven", "does not prove enough"), ("nobody-here", "we do not know you yet")):
        fresh = desk.context.browser.new_context().new_page()  # type: ignore[union-attr]  # a browser is there
        fresh.goto(f"{here}/sign-in/")
        press(fresh, "Continue to NHS login")
        as_whom(fresh, account)
        fresh.wait_for_url(f"{here}/sign-in/back/**")
        assert says in fresh.locator("main").inner_text()
        assert "Use the private link" in fresh.locator("main").inner_text()
        look(fresh, f"elsewhere-person-{account}")
        fresh.context.close()

    narrow.goto(f"{here}/sign-in/")
    look(narrow, "elsewhere-person-sign-in", accessible=False)
    press(narrow, "Continue to NHS login")
    as_whom(narrow, "mair")
    narrow.wait_for_url(f"{here}/mine/")
    assert narrow.title().startswith("Where it stands")
    assert "Your reference is" in narrow.locator("main").inner_text()
    look(narrow, "elsewhere-person-mine", accessible=False)
    press(narrow, "Sign out")
    narrow.goto(f"{here}/mine/")
    assert narrow.url == f"{here}/sign-in/"
