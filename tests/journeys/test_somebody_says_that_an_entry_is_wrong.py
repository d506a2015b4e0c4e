"""Somebody who stood before a closed door says so from a phone without JavaScript; the hub looks, and they see what became of it (part 4)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import HUB_LEAD
from tests.journeys.test_walk_of_every_page import PHONE

ENTRY = "Everybody's choir"


@pytest.mark.hazard("H18")
def test_somebody_says_that_an_entry_is_wrong_and_sees_what_became_of_it(world: World, desk: Page, browser: Browser) -> None:
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    phone.goto(f"{world.url}/find-support/?words=choir")
    phone.get_by_role("link", name=ENTRY).click()
    phone.get_by_text("Something wrong here?").click()
    phone.get_by_role("button", name="Tell us").click()
    expect(phone.get_by_text("Say what is wrong, in a few words.").first).to_be_visible()
    phone.get_by_label("it is somewhere else, or at other times").check()
    phone.get_by_label("Anything else that helps us put it right?").fill("They sing on Wednesdays now, in the old ferry house.")
    phone.get_by_label("Your e-mail address, if you want to hear").fill("not an address")
    phone.get_by_role("button", name="Tell us").click()
    expect(phone.get_by_label("Anything else that helps us put it right?")).to_have_value(
        "They sing on Wednesdays now, in the old ferry house."
    )
    expect(phone.get_by_label("it is somewhere else, or at other times")).to_be_checked()
    phone.screenshot(path="var/screenshots/something-wrong-phone.png", full_page=True)
    phone.get_by_label("Your e-mail address, if you want to hear").fill("singer@person.example")
    phone.get_by_role("button", name="Tell us").click()
    expect(phone.get_by_role("heading", name="What you told us")).to_be_visible()
    expect(phone.get_by_text("Whoever keeps this entry looks by")).to_be_visible()
    told = phone.url
    phone.screenshot(path="var/screenshots/what-you-told-us-phone.png", full_page=True)

    sign_in(desk, world, HUB_LEAD)
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Corrections").click()
    row = desk.locator(".al-rows li", has_text=ENTRY).filter(has_text="Wednesdays")
    expect(row.get_by_text("due ")).to_be_visible()
    look(desk, "corrections")
    row.get_by_role("link", name=ENTRY).click()
    expect(desk.get_by_text("singer@person.example")).to_have_count(0)
    look(desk, "settle-correction")
    desk.get_by_role("button", name="It is settled").click()
    expect(desk.get_by_label("What was done?")).to_be_visible()
    desk.get_by_label("What was done?").fill("The new day and place stand in the entry.")
    desk.get_by_role("button", name="It is settled").click()
    expect(desk.get_by_role("heading", name="Corrections")).to_be_visible()
    expect(desk.locator(".al-rows li", has_text="Wednesdays")).to_have_count(0)

    phone.goto(told)
    expect(phone.get_by_text("The new day and place stand in the entry.")).to_be_visible()
    expect(phone.get_by_text("We write to you once")).to_have_count(0)
    phone.context.close()
