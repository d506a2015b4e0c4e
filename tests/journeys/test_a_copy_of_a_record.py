"""Somebody asks for a copy of everything about them: a worker writes it down, two others read it, and it is handed over."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_walk_of_every_page import PHONE, stand

HELD = (
    "SELECT p.chosen_name, p.public_id FROM people_person p JOIN members_holding h ON h.open_for = p.id "
    "JOIN hubs_hat k ON k.id = h.hat_id JOIN hubs_worker w ON w.id = k.worker_id WHERE w.name = 'Marigold Alongworth' "
    "AND p.death_written_at IS NULL ORDER BY p.id LIMIT 1 OFFSET 2"
)


def it_is_me(page: Page) -> None:
    """Show again who it is, where that is asked: right after signing in it is not."""
    page.wait_for_load_state()
    button = page.get_by_role("button", name="It is me")
    if button.count():
        button.click()


def decide_everything(page: Page) -> None:
    """Leave out whatever asks for a decision."""
    page.get_by_role("link", name="What is decided one by one").click()
    for question in page.locator("main select").all():
        question.select_option("leave_confidence")
    look(page, "copy-decide")
    if page.locator("main select").count():
        page.get_by_role("button", name="Save what is decided here").click()


def test_somebody_gets_a_copy_of_their_record(world: World, desk: Page, other_desk: Page, browser: Browser) -> None:
    import uuid

    [(name, key)] = world.rows(HELD)
    record = f"{world.url}/people/{uuid.UUID(key)}/"
    sign_in(desk, world, "Marigold Alongworth")
    desk.goto(record)
    desk.get_by_role("link", name=re.compile("^What they are shown")).first.click()
    look(desk, "what-they-are-shown")
    desk.get_by_label("reading it could seriously harm them or somebody else").check()
    desk.get_by_role("button", name="Keep it from them").click()
    expect(desk.get_by_text("Kept from them since")).to_be_visible()
    desk.goto(record)
    desk.get_by_role("link", name="They ask for a copy of their record").click()
    desk.get_by_label("whoever holds them knows them and spoke with them").check()
    look(desk, "copy-asked-for")
    desk.get_by_role("button", name="Write it down").click()
    desk.wait_for_url(record)

    sign_in(other_desk, world, "Isolde Closedlid")
    other_desk.get_by_role("link", name="Data rights").click()
    assert name not in other_desk.inner_text("main")
    look(other_desk, "copy-requests")
    other_desk.get_by_role("link", name="Somebody asks for a copy of their record").first.click()
    request = other_desk.url
    other_desk.get_by_role("button", name="Take it up").click()
    assert name in other_desk.inner_text("main")
    decide_everything(other_desk)
    other_desk.goto(f"{request}items/?all=yes")
    look(other_desk, "copy-read-all")
    other_desk.goto(request)
    other_desk.get_by_role("button", name="I have read it: yes").click()
    look(other_desk, "copy-one-yes")

    sign_in(desk, world, "Thaddeus Safehaven")
    desk.goto(request)
    desk.get_by_role("button", name="Take it up").click()
    desk.get_by_role("button", name="I have read it: yes").click()
    expect(desk.get_by_text("Two people have approved it.")).to_be_visible()
    desk.get_by_role("link", name="Hand over the copy").click()
    it_is_me(desk)
    look(desk, "copy-hand-over")
    phone = browser.new_context(viewport=PHONE).new_page()
    sign_in(phone, world, "Thaddeus Safehaven")
    phone.goto(f"{request}hand-over/")
    it_is_me(phone)
    for path in ("", "items/", "items/?all=yes", "hand-over/", "close/"):
        stand(phone, request + path)
    phone.context.close()
    sign_in(phone := browser.new_context(viewport=PHONE).new_page(), world, "Marigold Alongworth")
    phone.goto(f"{world.url}/today/list/")
    it_is_me(phone)
    for path in ("list/", "calendar/"):
        stand(phone, f"{world.url}/today/{path}")
    look(phone, "take-my-list")
    phone.context.close()
    desk.get_by_label("a PDF").check()
    desk.get_by_label("handed to them in person").check()
    with desk.expect_download() as got:
        desk.get_by_role("button", name="Make the copy").click()
    assert got.value.suggested_filename == "my-record.pdf"
    desk.get_by_label("to read and print here").check()
    desk.get_by_label("handed to them in person").check()
    desk.get_by_role("button", name="Make the copy").click()
    expect(desk.get_by_role("heading", name="What we hold about you")).to_be_visible()
    look(desk, "copy-to-print")
