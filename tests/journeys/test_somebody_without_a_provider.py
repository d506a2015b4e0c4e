"""Somebody who has no NHS login opens her own page: invited by whoever holds her, by link and number, and afterwards by code."""

from __future__ import annotations

import json

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold

MAIL = "nerys@person.example"


def invited(desk: Page, world: World, name: str, mail: str) -> tuple[str, str, str]:
    """Hold somebody, invite her, and give the address of the worker's page, the link and the number."""
    record = hold(desk, world, name, reach=("E-mail", mail))
    desk.goto(record)
    desk.get_by_role("link", name="Their own page").click()
    desk.wait_for_url("**/own-page/")
    where = desk.url
    assert "They have not been invited." in desk.inner_text("main")
    look(desk, "own-page")
    desk.get_by_role("button", name="Invite them to their own page").first.click()
    number, link = desk.locator("#own-number").inner_text(), desk.locator("#own-link").inner_text()
    look(desk, "own-page-number")
    desk.goto(where)
    assert number not in desk.inner_text("main"), "it is shown once"
    return where, link, number


def test_she_opens_it_by_link_and_number_and_the_worker_closes_it(world: World, desk: Page, narrow: Page) -> None:
    """On a small phone, without JavaScript."""
    sign_in(desk, world, "Marigold Alongworth")
    where, link, number = invited(desk, world, "Nerys Ownpage", MAIL)
    narrow.goto(link)
    assert narrow.title().startswith("Write your number")
    look(narrow, "own-link", accessible=False)
    narrow.get_by_label("The six digits that you were given").fill(f"{(int(number) + 1) % 10**6:06d}")
    narrow.get_by_role("button", name="Go on").click()
    assert "That is not the number that was agreed" in narrow.inner_text("main")
    narrow.get_by_label("The six digits that you were given").fill(number)
    narrow.get_by_role("button", name="Go on").click()
    narrow.wait_for_url("**/mine/")
    assert "You are signed in." in narrow.inner_text("main")
    answer = narrow.goto(link)
    assert answer is not None and answer.status == 404, "it opens once"

    desk.goto(where)
    assert "by the link" in desk.inner_text("main")
    look(desk, "own-page-open")
    desk.get_by_role("button", name="Close it now").click()
    assert "closed by somebody alongside them" in desk.inner_text("main")
    narrow.goto(f"{world.url}/mine/")
    assert narrow.url == f"{world.url}/sign-in/"


def test_she_comes_back_with_her_number_and_a_code(world: World, desk: Page, other_desk: Page) -> None:
    """By keyboard."""
    sign_in(desk, world, "Marigold Alongworth")
    _where, link, number = invited(desk, world, "Nia Comesback", "nia@person.example")
    other_desk.goto(link)
    look(other_desk, "own-link-wide")
    other_desk.get_by_label("The six digits that you were given").fill(number)
    other_desk.keyboard.press("Enter")
    other_desk.wait_for_url("**/mine/")
    other_desk.locator("main").get_by_role("button", name="Sign out").click()
    other_desk.wait_for_url("**/sign-in/")

    other_desk.locator("main").get_by_role("link", name="Sign in with your number").focus()
    other_desk.keyboard.press("Enter")
    other_desk.wait_for_url("**/sign-in/number/")
    look(other_desk, "own-number")
    other_desk.get_by_label("Your e-mail address or mobile number").focus()
    other_desk.keyboard.type("nia@person.example")
    other_desk.keyboard.press("Tab")
    other_desk.keyboard.type(number)
    other_desk.keyboard.press("Enter")
    other_desk.wait_for_url("**/sign-in/code/")
    look(other_desk, "own-code")
    [(values,)] = world.rows("SELECT \"values\" FROM messages_message WHERE template = 'own_code' ORDER BY id DESC LIMIT 1")
    other_desk.get_by_label("The code that came").fill("12")
    other_desk.keyboard.press("Enter")
    other_desk.get_by_text("This code does not open it").first.wait_for()
    other_desk.get_by_label("The code that came").fill(json.loads(values)["code"])
    other_desk.keyboard.press("Enter")
    other_desk.wait_for_url("**/mine/")
    assert other_desk.title().startswith("Where it stands")

    stranger = desk.context.browser.new_context().new_page()  # type: ignore[union-attr]  # a browser is there
    stranger.goto(f"{world.url}/sign-in/number/")
    stranger.get_by_label("Your e-mail address or mobile number").fill("nobody@person.example")
    stranger.get_by_label("The six digits that you were given").fill("123456")
    stranger.get_by_role("button", name="Go on").click()
    stranger.wait_for_url("**/sign-in/code/")
    assert "If what you wrote is what we agreed with you" in stranger.inner_text("main")
    stranger.context.close()
