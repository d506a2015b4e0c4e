"""A worker matches three needs with somebody, sees why a service was left out, and what was shown is kept with what they choose.

Source: issue "The living directory" 12 and 16; S2-265, S3-48 (two or more fitting choices, lightest first, community beside clinical).
"""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold

NEEDS = ("relationships", "alcohol", "mood_and_worry")


def test_three_needs_are_matched_and_what_was_left_out_says_why(world: World, desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Gwyn Threewishes")
    desk.get_by_role("link", name="Begin the conversation").click()
    for place, need in enumerate(NEEDS, 1):
        desk.locator(f"[name=need_{place}]").select_option(need)
    desk.get_by_role("button", name="Save and find help").click()
    desk.wait_for_url("**/find-help/")
    assert [one.split(". ")[0] for one in desk.locator("main h2").all_inner_texts()][:3] == ["1", "2", "3"]
    shown = desk.inner_text("main")
    assert "Would fit but for one thing: Talking as a couple: Can take: nobody, it is full (" in shown
    assert "They say: people now (" in shown and "The wait is not known" in shown
    desk.get_by_text("Not shown, and why").click()
    desk.locator("#left-out").get_by_role("link", name="it is full now").click()
    assert "Talking as a couple: it is full now" in desk.inner_text("#left-out")
    desk.get_by_text("What they wish for").click()
    desk.get_by_label("without steps").check()
    desk.get_by_label("in a group", exact=True).check()
    desk.get_by_role("button", name="Search again").click()
    card = desk.locator(".al-card").first
    assert "As they wish: " in card.inner_text() and "without steps" in card.inner_text()
    look(desk, "find-help-wishes")
    desk.set_viewport_size({"width": 320, "height": 720})
    look(desk, "find-help-wishes-narrow")
    desk.set_viewport_size({"width": 1200, "height": 900})
    chosen = card.locator("h3").inner_text()
    card.get_by_role("link", name="Introduce").click()
    desk.get_by_label("In the person's words: what would help?").fill("To talk again.")
    desk.get_by_label("They say yes to this introduction").check()
    desk.get_by_role("button", name="Offer the introduction").click()
    desk.get_by_role("link", name="Go to the introduction").click()
    facts = desk.inner_text("main dl.nhsuk-summary-list")
    assert "Chosen from" in facts and chosen in facts and "wished for: in a group, without steps" in facts
    desk.goto(f"{record}find-help/")
    assert "no answer yet" in desk.inner_text("main"), "what is being tried is marked, and not hidden"
