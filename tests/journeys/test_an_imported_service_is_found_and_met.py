"""A service of a directory that nobody here wrote is found, matched, introduced to and met (E21, E22, F23)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold


def test_an_imported_service_is_found_matched_and_met(world: World, desk: Page, shared_data: Path) -> None:
    places = world.manage("directory", "places", str(shared_data / "synthea_gb" / "gb_places_outcodes.csv"))
    assert places.returncode == 0, places.stderr
    file = str(shared_data / "directories" / "trafford_mental_health_services.csv")
    first = world.manage("directory", "import", file, "--hub", "rivermouth")
    assert first.stdout.strip().splitlines()[-1] == "in 60, changed 0, unchanged 0, refused 0", first.stdout + first.stderr
    again = world.manage("directory", "import", file, "--hub", "rivermouth")
    assert again.stdout.strip().splitlines()[-1] == "in 0, changed 0, unchanged 60, refused 0"

    desk.goto(f"{world.url}/find-support/?words=mood+disorders&near=M4")
    look(desk, "find-support")
    desk.get_by_role("link", name="Mood Swings Network").click()
    assert "not confirmed by a person yet" in desk.inner_text("main")
    assert "Trafford Data Lab" in desk.inner_text("main")
    look(desk, "service")

    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Tegid Matched")
    desk.get_by_role("link", name="Begin the conversation").click()
    desk.get_by_label("Most pressing").select_option("mood_and_worry")
    look(desk, "conversation")
    desk.get_by_role("button", name="Save and find help").click()
    desk.wait_for_url("**/find-help/")
    desk.get_by_label("Near which place?").fill("M4")
    desk.get_by_role("button", name="Search again").click()
    look(desk, "find-help")
    assert desk.locator(".al-card h3").count() >= 2
    assert "Why:" in desk.locator(".al-card").first.inner_text()
    assert "Not shown, and why" in desk.inner_text("main")

    service = world.key("SELECT public_id FROM directory_service WHERE name = 'Mood Swings Network'")
    desk.goto(f"{record}introduce/?service={service}")
    desk.get_by_label("In the person's words: what would help?").fill("A group where nobody stares.")
    desk.get_by_label("They say yes to this introduction").check()
    desk.get_by_role("button", name="Offer the introduction").click()
    desk.get_by_role("link", name="Go to the introduction").click()
    desk.get_by_label("yes, and when").check()
    desk.get_by_label("Who said so?").fill("Their front desk, by telephone")
    desk.get_by_role("button", name="Save the answer").click()
    assert "written down by the giver" in desk.inner_text("main")
    desk.get_by_role("link", name="They have met, as they told me").click()
    look(desk, "met-as-told")
    desk.get_by_role("button", name="Write it down").click()
    assert "as they told Marigold Alongworth" in desk.inner_text("main")
    assert re.search(r"\bmet\b", desk.locator("h1").inner_text())
    # A partner outside the hub's teams never becomes the holder: the hub's own holder stays.
    assert "Marigold Alongworth" in desk.locator(".al-strip").inner_text()
