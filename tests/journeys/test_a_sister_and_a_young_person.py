"""A sister asks on someone's behalf; a 15-year-old asks without a parent knowing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.asking import ask_for_help
from tests.journeys.conftest import World, go_on, look, sign_in


@pytest.mark.hazard("H10")
def test_a_sister_asks_on_someones_behalf(world: World, desk: Page, other_desk: Page) -> None:
    desk.goto(f"{world.url}/")
    desk.get_by_role("link", name="I am worried about someone").click()
    desk.get_by_label("Yes", exact=True).check()
    look(desk, "ask-safe-for-another")
    go_on(desk)
    assert desk.get_by_label("Somebody I am worried about").is_checked()
    go_on(desk)
    desk.get_by_label("What shall we call you?").fill("Sister Seren")
    desk.get_by_label("Who are you to them?").fill("sister")
    desk.get_by_label("Your telephone number").fill("07700 900654")
    desk.get_by_label("No", exact=True).check()
    look(desk, "ask-about-you")
    go_on(desk)
    desk.get_by_label("What shall we call them?").fill("Brychan Brother")
    go_on(desk)
    look(desk, "ask-reach-through-asker")
    go_on(desk)
    desk.get_by_label("What are you worried about?").fill("He has not left his room for weeks.")
    for _step in range(6):
        go_on(desk)
    assert "Do they know that you are asking?\tNo" in desk.inner_text("main")
    look(desk, "ask-check-for-another")
    desk.get_by_role("button", name="Send").click()
    desk.wait_for_url("**/ask/heard/")
    private = desk.locator("a[href*='/stands/']").get_attribute("href") or ""

    sign_in(other_desk, world, "Hazelle Doorward")
    other_desk.goto(f"{world.url}/triage/")
    other_desk.get_by_role("link", name="Brychan Brother").click()
    assert "words of whoever asked, not their own" in other_desk.inner_text("main")
    other_desk.get_by_role("button", name="Hold and invite").click()
    other_desk.wait_for_url("**/decided/")
    other_desk.get_by_role("link", name="Whole record of Brychan Brother").click()
    assert "Through someone: Sister Seren (sister), 07700 900654." in other_desk.locator(".al-strip").inner_text()
    kept_apart = other_desk.locator("details", has_text="Words of others, kept apart")
    assert "He has not left his room" in kept_apart.text_content()  # type: ignore[operator]  # there is text, or it fails
    assert (
        "Seren" in other_desk.locator("h2", has_text="Carers and family").locator("xpath=following-sibling::ul[1]").inner_text()
    )
    # Her link shows her own asking and its status, and nothing of his (T06).
    desk.goto(private)
    assert "Hazelle" not in desk.inner_text("main")


@pytest.mark.hazard("H10")
def test_a_young_person_asks_without_a_parent_knowing(world: World, desk: Page, other_desk: Page) -> None:
    ask_for_help(desk, world, name="Young Cai", age="11 to 15", words="I do not want my mum to know.", email="cai@young.example")
    assert "We do not tell a parent or carer unless you ask us to." in desk.inner_text("main")
    assert "0800 1111" in desk.inner_text("main")
    look(desk, "ask-heard-young")
    messages = world.rows(
        "SELECT c.value FROM messages_message m JOIN people_contactpoint c ON c.id = m.contact_point_id "
        "JOIN people_person p ON p.id = m.person_id WHERE p.chosen_name = 'Young Cai'"
    )
    assert messages == [("cai@young.example",)]
    sign_in(other_desk, world, "Hazelle Doorward")
    other_desk.goto(f"{world.url}/triage/")
    assert other_desk.get_by_role("link", name="Young Cai").count() == 1
