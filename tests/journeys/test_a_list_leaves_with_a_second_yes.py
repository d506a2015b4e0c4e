"""A worker asks for her list, somebody else says yes, and she takes it once; and whoever is on duty takes a pack for a day without."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import DUTY, HUB_LEAD, PRACTITIONER, PRIVACY, SAFEGUARDING
from tests.journeys.test_a_copy_of_a_record import it_is_me
from tests.journeys.test_walk_of_every_page import PHONE, stand

PACK = "Pack for when the hub cannot be reached"


def test_she_takes_her_list_once_somebody_else_has_said_yes(world: World, desk: Page, other_desk: Page, browser: Browser) -> None:
    sign_in(desk, world, PRACTITIONER)
    desk.get_by_role("link", name="Take this list with you").click()
    it_is_me(desk)
    desk.get_by_label("a table (CSV)").check()
    desk.get_by_label("for visits or calls away from a computer").check()
    look(desk, "list-asked-for")
    desk.get_by_role("button", name="Ask for it").click()
    expect(desk.get_by_text("waits for a yes", exact=True)).to_be_visible()

    sign_in(other_desk, world, PRIVACY)
    expect(other_desk.get_by_text("1 list waits for your yes or no")).to_be_visible()
    other_desk.get_by_role("main").get_by_role("link", name="Lists to take out").click()
    look(other_desk, "lists-to-take")
    other_desk.get_by_role("link", name=re.compile("^Marigold Alongworth")).click()
    it_is_me(other_desk)
    look(other_desk, "list-to-answer")
    answer = other_desk.url
    phone = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    sign_in(phone, world, PRIVACY)
    for url in (f"{world.url}/lists-to-take/", answer):
        phone.goto(url)
        it_is_me(phone)
    phone.screenshot(path="var/screenshots/list-to-answer-phone.png", full_page=True)
    phone.get_by_label("No", exact=True).check()
    phone.get_by_role("button", name="Answer").click()
    expect(phone.get_by_text("There is a problem")).to_be_visible()
    phone.context.close()
    other_desk.get_by_label("Yes: it is needed, and it is looked after").check()
    other_desk.get_by_role("button", name="Answer").click()
    expect(other_desk.get_by_text("Nothing waits for a yes.")).to_be_visible()

    desk.reload()
    it_is_me(desk)
    look(desk, "list-to-take")
    with desk.expect_download() as got:
        desk.get_by_role("button", name="Get the file").click()
    assert got.value.suggested_filename == "my-list.csv"
    assert len(Path(got.value.path()).read_text().splitlines()) > 2
    desk.reload()
    expect(desk.get_by_text("taken", exact=True)).to_be_visible()


@pytest.mark.hazard("H16")
def test_whoever_is_on_duty_takes_a_pack_for_a_day_without(world: World, desk: Page, browser: Browser) -> None:
    sign_in(desk, world, DUTY)
    desk.get_by_role("link", name=PACK).click()
    it_is_me(desk)
    look(desk, "pack")
    desk.get_by_role("radio", name=re.compile("team|Team|door|Door")).first.check()
    desk.get_by_label("a PDF, locked with a password").check()
    desk.get_by_label("A password for the PDF").fill("four words that stay")
    desk.get_by_label("The same password again").fill("four words that stay")
    desk.get_by_label("to practise a day without it").check()
    look(desk, "pack-filled-in")
    with desk.expect_download() as got:
        desk.get_by_role("button", name="Take the pack").click()
    assert got.value.suggested_filename == "pack.pdf" and b"/AESV3" in Path(got.value.path()).read_bytes()
    desk.get_by_label("on paper, printed from here").check()
    desk.get_by_role("button", name="Take the pack").click()
    expect(desk.get_by_role("heading", name="Everybody in this pack")).to_be_visible()
    look(desk, "pack-to-print")
    for name in (DUTY, SAFEGUARDING, HUB_LEAD):
        phone = browser.new_context(viewport=PHONE).new_page()
        sign_in(phone, world, name)
        phone.goto(f"{world.url}/downtime-pack/")
        it_is_me(phone)
        stand(phone, f"{world.url}/downtime-pack/")
        look(phone, f"pack-phone-{name.split()[0]}")
        if name == DUTY:
            phone.get_by_label("on paper, printed from here").check()
            phone.locator("input[name=key]").first.check()
            phone.get_by_label("to practise a day without it").check()
            phone.get_by_role("button", name="Take the pack").click()
            look(phone, "pack-to-print-phone")
        phone.context.close()
