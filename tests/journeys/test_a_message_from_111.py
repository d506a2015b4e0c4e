"""A real BaRS message arrives and is answered; the person is held, and what does not check out is flagged (D16)."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in

MESSAGE = "fhir/bars_ig_json/Examples/REFREQ01 - Referral Service Request New Full - 111 to ED.json"


def test_a_real_message_arrives_and_is_answered(world: World, desk: Page, shared_data: Path) -> None:
    partner = world.rows(
        "SELECT o.name FROM hubs_organisation o JOIN hubs_partner p ON p.organisation_id = o.id WHERE p.hub_id = 1 LIMIT 1"
    )[0][0]
    made = world.manage("let_client_in", "--organisation", partner, "--name", "111 system", "--hub", "rivermouth")
    assert made.returncode == 0, made.stderr
    text = (shared_data / MESSAGE).read_bytes()

    def post() -> tuple[int, bytes]:
        request = urllib.request.Request(
            f"{world.url}/fhir/$process-message",
            data=text,
            headers={"Authorization": f"Bearer {made.stdout.strip()}", "Content-Type": "application/fhir+json"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()

    status, body = post()
    assert status == 200
    assert json.loads(body)["resourceType"] == "Bundle"
    assert post()[1] == body
    assert world.rows("SELECT COUNT(*) FROM people_person WHERE chosen_name = 'Julie Jones'") == [(1,)]

    sign_in(desk, world, "Hazelle Doorward")
    desk.goto(f"{world.url}/triage/")
    look(desk, "triage-with-message")
    desk.locator("ul.al-rows >> text=Julie Jones").last.click()
    desk.get_by_role("link", name="Whole record").click()
    assert "it does not check out" in desk.inner_text("main")
    # The telephone stood under a contact: it is somebody else's, and nobody has said that it is safe.
    assert "not their own" in desk.locator(".al-strip").inner_text()
