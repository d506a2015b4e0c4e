"""Every page at 320 px, with axe, by keyboard, without JavaScript and in Welsh (I26)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import World, assert_accessible, sign_in

PUBLIC = (
    [
        "/",
        "/ask/",
        "/ask/help-now/",
        "/ask/on-paper/",
        "/find-support/",
        "/safeguarding/",
        "/accessibility/",
        "/privacy/",
        "/personas/",
    ]
    + [f"/ask/{step}/" for step in ("who", "name", "reach", "words", "matters", "talk", "keep-away", "depends", "details")]
    + ["/account/login/", "/no-such-page/"]
)
WORKER = [
    "/today/",
    "/bring-someone-in/",
    "/triage/",
    "/introductions/",
    "/nobody-lost/",
    "/hub/",
    "/hub/held/",
    "/hub/told-once/",
    "/hub/asked-again/",
    "/hat/",
    "/find-support/",
    "/safeguarding/",
]
ABOUT = [
    "", "in-a-crisis/", "find-help/", "contact/", "write-down/", "write-down/?domain=mind", "contact-safety/", "next-date/",
    "holder/", "rest/", "they-have-died/", "allergies-and-medicines/", "conversation/", "introduce/",
]  # fmt: skip


def stand(page: Page, url: str) -> None:
    """One page: nothing sticks out, it has a heading and a title, the keyboard reaches the way past the menu first."""
    page.goto(url)
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{url} sticks out {wide} pixels"
    assert page.locator("h1").count() == 1, f"{url} has {page.locator('h1').count()} first headings"
    twice = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)")
    assert not twice, f"{url} uses an id twice: {twice}"
    assert_accessible(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#maincontent", url


def a_record(today: Page) -> str:
    """Give the address of somebody on Today, without the place on their page that a task may lead to."""
    return str(today.locator("a[href*='/people/']").first.get_attribute("href")).partition("#")[0]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_public_page_stands_on_a_small_phone(world: World, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 720})
    stand(context.new_page(), world.url + path)
    context.close()


@pytest.mark.parametrize("path", [path for path in PUBLIC if path != "/personas/"])
def test_every_public_page_speaks_welsh(world: World, browser: Browser, path: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 720}, java_script_enabled=False)
    page = context.new_page()
    page.goto(world.url + path)
    english = page.locator("h1").inner_text()
    page.get_by_role("button", name="Cymraeg").first.click()
    page.goto(world.url + path)
    assert page.locator("html").get_attribute("lang") == "cy"
    assert page.locator("h1").inner_text() != english, path
    context.close()


def test_every_worker_page_stands_on_a_small_phone(world: World, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 720})
    page = context.new_page()
    sign_in(page, world, "Marigold Alongworth")
    for path in WORKER:
        stand(page, world.url + path)
    page.goto(f"{world.url}/today/")
    record = a_record(page)
    for path in ABOUT:
        stand(page, f"{world.url}{record}{path}")
    context.close()


def test_a_worker_can_do_it_all_by_keyboard_and_without_javascript(world: World, narrow: Page) -> None:
    """From the list of people to a saved line of the contact log, with the Tab and Enter keys alone."""
    sign_in(narrow, world, "Marigold Alongworth")
    record = a_record(narrow)
    narrow.goto(f"{world.url}{record}contact/")
    narrow.locator("input[name=outcome]").first.focus()
    narrow.keyboard.press("Space")
    for _press in range(60):
        narrow.keyboard.press("Tab")
        if (
            narrow.locator("button[type=submit]:focus").count()
            and narrow.locator("button[type=submit]:focus").inner_text() == "Save"
        ):
            break
    narrow.keyboard.press("Enter")
    narrow.wait_for_url(re.compile(r"/people/[0-9a-f-]+/$"))
    assert "tried: no answer" in narrow.inner_text("main")
