"""A hub lead closes the public door and opens it again; a worker leaves, and everybody whom they held has somebody."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.conftest import World, look, sign_in

LEAVING = "Ignatius Pathfellow"


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_the_door_is_closed_and_opened(world: World, desk: Page, other_desk: Page) -> None:
    phone = other_desk
    phone.set_viewport_size({"width": 320, "height": 720})
    sign_in(desk, world, "Seraphina Hubward")
    phone.goto(f"{world.url}/ask/")
    phone.get_by_label("Yes", exact=True).check()
    press(phone, "Continue")
    desk.goto(f"{world.url}/settings/door/")
    press(desk, "Close the public door")
    try:
        phone.goto(f"{world.url}/")
        look(phone, "home-while-the-door-is-closed")
        expect(phone.get_by_role("link", name="I would like help")).to_have_count(0)
        phone.goto(f"{world.url}/ask/name/")
        look(phone, "door-closed")
        expect(phone.get_by_role("heading", name="You cannot ask online here now")).to_be_visible()
        expect(phone.get_by_text("What you wrote so far is kept")).to_be_visible()
    finally:
        desk.goto(f"{world.url}/settings/door/")
        press(desk, "Open the public door")
    expect(desk.get_by_text("The public door is open.")).to_be_visible()
    phone.goto(f"{world.url}/ask/name/")
    expect(phone.get_by_label("What shall we call you?")).to_be_visible()


def test_a_worker_leaves_and_everybody_has_somebody(world: World, desk: Page) -> None:
    sign_in(desk, world, "Seraphina Hubward")
    desk.goto(f"{world.url}/settings/people/")
    desk.get_by_role("link", name=LEAVING).click()
    look(desk, "settings-worker")
    desk.get_by_role("link", name="Say that they have left").click()
    desk.get_by_label("Who holds their people from now?").select_option(label="Team: Wellbeing team")
    look(desk, "has-left")
    press(desk, "They have left")
    expect(desk.get_by_role("link", name="Say that they have left")).to_have_count(0)
    [[held]] = world.rows(
        "SELECT COUNT(*) FROM members_holding h JOIN hubs_hat t ON t.id = h.hat_id JOIN hubs_worker w ON w.id = t.worker_id"
        " WHERE h.until_at IS NULL AND w.name = ?",
        LEAVING,
    )
    assert held == 0
