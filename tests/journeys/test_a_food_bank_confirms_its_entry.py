"""A food bank's volunteer confirms an entry from a phone, without an account and without JavaScript (S2-320; peers.md 5.2, 5.9)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import HUB_LEAD
from tests.journeys.test_walk_of_every_page import PHONE

ENTRY = "Rivermouth larder"


@pytest.mark.hazard("H18")
def test_a_food_banks_volunteer_confirms_an_entry_from_a_phone(world: World, desk: Page, browser: Browser) -> None:
    sign_in(desk, world, HUB_LEAD)
    desk.goto(f"{world.url}/find-support/?words=larder")
    desk.get_by_role("link", name=ENTRY).click()
    desk.get_by_role("link", name="Keep this entry").click()
    desk.get_by_label("Their e-mail address").fill("volunteer@food.example")
    desk.get_by_role("button", name="Invite them by e-mail").click()
    link = desk.locator("#private-link").inner_text()
    look(desk, "keep-entry")

    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    phone.goto(link)
    phone.screenshot(path="var/screenshots/entry-by-link-phone.png", full_page=True)
    phone.get_by_role("button", name="All of this is true").click()
    expect(phone.get_by_text("you confirmed it today")).to_be_visible()
    phone.get_by_role("button", name="Change something").or_(phone.get_by_role("link", name="Change something")).click()
    phone.get_by_label("Telephone").fill("0906 555 0123")
    phone.get_by_label("What does it cost?").fill("free, bring a bag")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_label("Telephone")).to_have_value("0906 555 0123")
    expect(phone.get_by_label("What does it cost?")).to_have_value("free, bring a bag")
    phone.get_by_label("Telephone").fill("01632 960777 on Mondays")
    phone.screenshot(path="var/screenshots/change-by-link-phone.png", full_page=True)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("A change waits for a second person")).to_be_visible()
    expect(phone.get_by_role("button", name="The change is right")).to_have_count(0)

    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Corrections").click()
    desk.get_by_role("link", name=ENTRY).first.click()
    look(desk, "change-waits")
    desk.get_by_role("button", name="The change is right").click()
    phone.goto(f"{world.url}/find-support/?words=larder")
    phone.get_by_role("link", name=ENTRY).click()
    expect(phone.get_by_role("link", name="01632 960777")).to_be_visible()
    expect(phone.get_by_text("free, bring a bag")).to_be_visible()
    phone.context.close()
