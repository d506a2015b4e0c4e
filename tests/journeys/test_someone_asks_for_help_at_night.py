"""Someone asks for help online and is met within a week (promises 1 to 4)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.asking import ask_for_help
from tests.journeys.conftest import World, go_on, look, sign_in

WORDS = "I lie awake. It began when my mother died."


def test_someone_asks_for_help_and_is_met(world: World, desk: Page, other_desk: Page) -> None:
    reference = ask_for_help(desk, world, name="Bronwen Asking", words=WORDS, email="bronwen@asking.example")
    look(desk, "ask-heard")
    private = desk.locator("a[href*='/stands/']").get_attribute("href")
    desk.get_by_role("link", name="Print this").click()
    desk.wait_for_url("**/ask/heard/print/")
    assert reference in desk.inner_text("main") and desk.get_by_role("button", name="Print").is_visible()
    look(desk, "ask-heard-print")

    sign_in(other_desk, world, "Hazelle Doorward")
    other_desk.goto(f"{world.url}/triage/")
    look(other_desk, "triage-queue")
    other_desk.get_by_role("link", name="Bronwen Asking").click()
    assert reference in other_desk.inner_text("main")
    assert WORDS in other_desk.inner_text("main")
    look(other_desk, "triage-decide")
    other_desk.get_by_label("within three working days").check()
    other_desk.get_by_label("e-mail", exact=True).check()
    other_desk.get_by_label("Note", exact=True).fill("Begin with sleep.")
    other_desk.get_by_role("button", name="Hold and invite").click()
    other_desk.wait_for_url("**/decided/")
    assert "Begin with sleep." in other_desk.inner_text("main")
    look(other_desk, "triage-decided")
    other_desk.get_by_role("link", name="Whole record of Bronwen Asking").click()
    other_desk.wait_for_url("**/people/**")
    assert "Hazelle Doorward" in other_desk.locator(".al-strip").inner_text()
    other_desk.get_by_role("button", name="I have read this").click()
    assert "You have read this." in other_desk.inner_text("main")

    other_desk.get_by_role("link", name="Log a contact").click()
    other_desk.get_by_label("met", exact=True).check()
    other_desk.get_by_label("in person", exact=True).check()
    other_desk.get_by_label("One line of what happened").fill("We met. Sleep first.")
    look(other_desk, "log-contact")
    other_desk.get_by_role("button", name="Save").click()
    other_desk.wait_for_url("**/people/**")
    assert "We met. Sleep first." in other_desk.inner_text("main")
    look(other_desk, "person")

    desk.goto(private or "")
    assert "Somebody has read your message" in desk.inner_text("main")
    assert "Hazelle Doorward" in desk.inner_text("main")
    desk.get_by_label("It has got worse").check()
    desk.get_by_role("button", name="Send", exact=True).click()
    assert "Thank you for telling us" in desk.inner_text("main")
    look(desk, "where-it-stands")
    desk.get_by_role("link", name="Change how we reach you").click()
    assert desk.get_by_label("e-mail", exact=True).is_checked()
    desk.get_by_label("call", exact=True).check()
    look(desk, "change-reach")
    go_on(desk)
    assert desk.get_by_label("E-mail address").input_value() == "bronwen@asking.example"
    desk.get_by_label("Number to call").fill("07700 900457")
    look(desk, "change-reach-details")
    desk.get_by_role("button", name="Save").click()
    assert "We will use only this from now on." in desk.inner_text("main")
    desk.get_by_role("link", name="I have changed my mind").click()
    look(desk, "change-mind")
    desk.get_by_role("link", name="No, go on as before").click()
    desk.wait_for_url("**/stands/**")
    other_desk.goto(f"{world.url}/today/")
    assert "it got worse: get in touch today" in other_desk.inner_text("main")


def test_the_answers_survive_the_back_button_and_a_double_press(world: World, narrow: Page) -> None:
    """Without JavaScript, on a small phone: nothing typed is lost, and two presses make one referral (D14, A28)."""
    narrow.goto(f"{world.url}/ask/name/")
    narrow.get_by_label("What shall we call you?").fill("Idris Twice")
    go_on(narrow)
    narrow.wait_for_url("**/ask/reach/")
    narrow.go_back()
    narrow.reload()
    assert narrow.get_by_label("What shall we call you?").input_value() == "Idris Twice"
    ask_for_help(narrow, world, name="Idris Twice")
    first = narrow.locator(".nhsuk-panel strong").inner_text()
    narrow.goto(f"{world.url}/ask/check/")
    assert narrow.locator(".nhsuk-panel strong").inner_text() == first
    found = world.rows("SELECT COUNT(*) FROM people_person WHERE chosen_name = 'Idris Twice'")
    assert found == [(1,)]


def test_what_is_missing_is_said_kindly_and_linked(world: World, desk: Page) -> None:
    desk.goto(f"{world.url}/ask/name/")
    go_on(desk)
    expect(desk).to_have_title(re.compile("^Error:"))
    summary = desk.locator(".nhsuk-error-summary a")
    assert "Tell us what to call you." in summary.inner_text()
    summary.click()
    assert desk.evaluate("document.activeElement.id") == "id_name"
    look(desk, "ask-error")
