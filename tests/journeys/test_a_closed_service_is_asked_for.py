"""A closed service is asked for, on a phone without JavaScript, and what is there instead is offered (promise 9; S2-318)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import HUB_LEAD
from tests.journeys.test_walk_of_every_page import PHONE

CLOSED, INSTEAD = "Everybody's choir", "Kettle on: drop-in tea and talk"


@pytest.mark.hazard("H18")
def test_a_closed_service_is_asked_for_and_what_is_there_instead_is_offered(world: World, desk: Page, browser: Browser) -> None:
    sign_in(desk, world, HUB_LEAD)
    desk.get_by_role("navigation", name="Main").get_by_role("link", name="Corrections").click()
    desk.get_by_role("link", name="Entries to confirm").click()
    look(desk, "entries-to-confirm")
    desk.goto(f"{world.url}/find-support/?words=choir")
    desk.get_by_role("link", name=CLOSED).click()
    desk.get_by_role("link", name="It has closed").click()
    look(desk, "close-service")
    desk.get_by_label("What is there instead?").select_option(label=INSTEAD)
    desk.get_by_role("button", name="It has closed").click()
    expect(desk.get_by_text("This service has closed")).to_be_visible()
    expect(desk.get_by_role("button", name="This is true today")).to_have_count(0)

    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    phone.goto(f"{world.url}/find-support/")
    phone.get_by_label("What would help?").fill("choir")
    phone.get_by_role("button", name="Search").click()
    card = phone.locator("section.al-card").filter(has=phone.get_by_role("link", name=CLOSED))
    expect(card.get_by_text("This service has closed")).to_be_visible()
    phone.screenshot(path="var/screenshots/closed-service-phone.png", full_page=True)
    card.get_by_role("link", name=re.compile("^Kettle on")).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(INSTEAD)
    phone.context.close()
