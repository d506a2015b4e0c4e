"""Two workers edit the same conversation and lose nothing; a stranger from another hub sees nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold


@pytest.mark.hazard("H20")
def test_two_workers_edit_the_same_conversation(world: World, desk: Page, other_desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Luned Twovoices")
    desk.goto(f"{record}holder/")
    desk.get_by_label("Who holds them from now?").select_option(label="Team: Wellbeing team")
    desk.locator("main").get_by_role("button").first.click()
    sign_in(other_desk, world, "Tobias Handinhand")
    for page in (desk, other_desk):
        page.goto(f"{record}conversation/")
    desk.get_by_label("Mind", exact=True).fill("Sleeps badly since June.")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_load_state()
    other_desk.get_by_label("Mind", exact=True).fill("Worries most at night.")
    other_desk.get_by_role("button", name="Save", exact=True).click()
    other_desk.wait_for_url("**/together/**")
    both = other_desk.inner_text("main")
    assert "Sleeps badly since June." in both and "Worries most at night." in both
    look(other_desk, "put-together")
    other_desk.get_by_role("button", name="Save both together").click()
    other_desk.wait_for_url("**/conversation/")
    kept = other_desk.get_by_label("Mind", exact=True).input_value()
    assert "Sleeps badly since June." in kept and "Worries most at night." in kept


def test_whichever_button_is_pressed_nothing_of_the_conversation_is_lost(world: World, desk: Page, narrow: Page) -> None:
    """Without JavaScript, on a small phone: words and order are one form, and what is too long stays where it was typed."""
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Ffion Oneform")
    sign_in(narrow, world, "Marigold Alongworth")
    narrow.goto(record)
    narrow.get_by_role("link", name="Begin the conversation").click()
    narrow.get_by_label("Mind", exact=True).fill("Low since the spring.")
    narrow.get_by_label("Most pressing").select_option("sleep")
    narrow.get_by_label("In their words").first.fill("a" * 401)
    narrow.get_by_role("button", name="Save and find help").click()
    assert "You have used 401." in narrow.inner_text("main")
    assert narrow.get_by_label("Mind", exact=True).input_value() == "Low since the spring."
    look(narrow, "conversation-too-long", accessible=False)
    narrow.get_by_label("In their words").first.fill("since the baby came")
    narrow.get_by_role("button", name="Save and find help").click()
    narrow.wait_for_url("**/find-help/")
    narrow.goto(f"{record}conversation/")
    assert narrow.get_by_label("Mind", exact=True).input_value() == "Low since the spring."
    assert narrow.get_by_label("In their words").first.input_value() == "since the baby came"
    narrow.get_by_label("As before").first.check()
    narrow.get_by_role("button", name="Save", exact=True).click()
    assert "as before on" in narrow.inner_text("main")


def test_the_conversation_saves_itself_with_words_and_order(world: World, desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Gwilym Itself")
    desk.goto(f"{record}conversation/")
    assert "not saved yet" in desk.inner_text("main")
    desk.get_by_label("Mind", exact=True).fill("Sleeps badly.")
    desk.get_by_label("Most pressing").select_option("sleep")
    desk.get_by_text("saved at").wait_for()
    desk.get_by_label("Mind", exact=True).fill("Sleeps badly since June.")
    desk.get_by_role("button", name="Save", exact=True).click()
    desk.wait_for_load_state()
    assert "/together/" not in desk.url
    assert desk.get_by_label("Mind", exact=True).input_value() == "Sleeps badly since June."
    assert desk.get_by_label("Most pressing").input_value() == "sleep"


def test_what_is_answered_already_is_read_before_it_is_asked(world: World, desk: Page, narrow: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Mali Toldonce")
    sign_in(narrow, world, "Marigold Alongworth")
    for words, why in (("Since her mother died.", ""), ("She says the same.", "what stands there is unclear")):
        narrow.goto(record)
        narrow.get_by_role("link", name="Write down", exact=True).click()
        narrow.get_by_role("link", name="Mind").click()
        narrow.get_by_label("What was said").fill(words)
        if why:
            assert "Since her mother died." in narrow.inner_text("main")
            narrow.get_by_role("button", name="Save").click()
            assert "There is a problem" in narrow.inner_text("main")
            narrow.get_by_label(why).check()
            look(narrow, "asked-already", accessible=False)
        narrow.get_by_role("button", name="Save").click()
        narrow.wait_for_url(re.compile(r"/people/[0-9a-f-]+/$"))
    asked = world.rows(
        "SELECT reason FROM people_askedagain a JOIN people_person p ON p.id = a.person_id WHERE p.chosen_name = 'Mali Toldonce'"
    )
    assert asked == [("unclear",)]


def test_a_stranger_from_another_hub_sees_nothing(world: World, desk: Page) -> None:
    """What is not theirs looks exactly like what does not exist, byte for byte (B5, B7)."""
    sign_in(desk, world, "Valentine Elsewhere")
    theirs = world.key("SELECT public_id FROM people_person WHERE hub_id = 1 LIMIT 1")

    def bytes_of(key: str) -> tuple[int, str]:
        answer = desk.goto(f"{world.url}/people/{key}/")
        assert answer is not None
        masked = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text()).replace(key, "KEY")
        return answer.status, masked

    assert bytes_of(theirs) == bytes_of("00000000-0000-4000-8000-000000000000")
    desk.goto(f"{world.url}/nobody-lost/")
    assert "Rivermouth" not in desk.inner_text("main")
    look(desk, "stranger")
