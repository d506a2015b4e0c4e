"""A rule is changed on trial, on a phone without JavaScript too, and dropped; then the map of what is missing (S1-06, S1-09, S2-455)."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import HUB_LEAD
from tests.journeys.test_a_copy_of_a_record import it_is_me
from tests.journeys.test_walk_of_every_page import PHONE

ENTRY = "Tideline walking group"


def rehearse(page: Page, world: World) -> None:
    page.goto(f"{world.url}/rules/")
    page.get_by_role("link", name=ENTRY).first.click()
    page.get_by_label("Youngest age").fill("60")
    page.get_by_role("button", name="Show what it would do").click()
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()


def test_a_rule_change_is_rehearsed_and_dropped_and_what_is_missing_is_seen(world: World, desk: Page, browser: Browser) -> None:
    sign_in(desk, world, HUB_LEAD)
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Asset map").click()
    look(desk, "asset-map")
    desk.get_by_role("link", name="Thresholds and exclusions in force").click()
    look(desk, "rules-in-force")
    stood = world.rows("SELECT age_from, age_to, not_with FROM directory_service WHERE name = ?", ENTRY)
    rehearse(desk, world)
    look(desk, "rehearsal")
    expect(desk.locator("dl").get_by_text("Would lose")).to_be_visible()
    desk.get_by_role("button", name="Save the change").click()
    expect(desk.get_by_text("There is a problem")).to_be_visible()
    look(desk, "rehearsal-with-an-error")
    desk.get_by_role("link", name="Drop it: leave everything as it is").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(ENTRY)

    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(phone, world, HUB_LEAD)
    rehearse(phone, world)
    assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    phone.screenshot(path="var/screenshots/rehearsal-phone.png", full_page=True)
    phone.goto(f"{world.url}/gaps/")
    expect(phone.get_by_role("img", name="Map of what people did not find")).to_be_visible()
    phone.screenshot(path="var/screenshots/gap-map-phone.png", full_page=True)
    phone.context.close()
    assert world.rows("SELECT age_from, age_to, not_with FROM directory_service WHERE name = ?", ENTRY) == stood
    assert world.rows("SELECT COUNT(*) FROM directory_rulechange") == [(0,)]

    desk.goto(f"{world.url}/gaps/")
    look(desk, "gap-map")
    desk.goto(f"{world.url}/asset-map/take/")
    it_is_me(desk)
    look(desk, "take-assets")
    desk.get_by_label("a spreadsheet (XLSX)").check()
    desk.get_by_label("to plan what is missing").check()
    with desk.expect_download() as got:
        desk.get_by_role("button", name="Get the file").click()
    desk.goto(f"{world.url}/asset-map/bring/")
    desk.get_by_label("The spreadsheet or table").set_input_files(Path(got.value.path()))
    desk.get_by_role("button", name="Bring it in").click()
    look(desk, "brought-in")
    expect(desk.locator("dl > div").filter(has_text=re.compile("^Changed"))).to_contain_text("0")
    expect(desk.locator("dl > div").filter(has_text=re.compile("^Not taken"))).to_contain_text("0")
