"""Someone in danger is helped before any form, and nothing pretends to have been sent (H12)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.asking import ask_for_help
from tests.journeys.conftest import World, go_on, look, sign_in

pytestmark = pytest.mark.hazard("H12")


def test_someone_in_danger_is_helped_before_any_form(world: World, desk: Page, other_desk: Page) -> None:
    desk.goto(f"{world.url}/")
    assert desk.locator("main a").first.get_attribute("href") == "tel:999"
    look(desk, "home")
    desk.goto(f"{world.url}/ask/")
    desk.get_by_label("No, or I am not sure").check()
    go_on(desk)
    assert desk.locator("main a").first.get_attribute("href") == "tel:999"
    assert "This page does not call anybody for you." in desk.inner_text("main")
    look(desk, "not-safe")

    ask_for_help(desk, world, name="Dilys Unsafe", safe="No, or I am not sure", words="I cannot keep on.")
    sign_in(other_desk, world, "Hazelle Doorward")
    assert "Dilys Unsafe" in other_desk.inner_text("main")  # on Today too
    other_desk.goto(f"{world.url}/triage/")
    look(other_desk, "triage-crisis")
    first = other_desk.locator("section[aria-labelledby=crisis-now]")
    assert "Dilys Unsafe" in first.inner_text()
    first.get_by_role("link", name="Dilys Unsafe").click()
    look(other_desk, "crisis-call")
    assert other_desk.locator("a[href='tel:07700900456']").count() == 1
    other_desk.get_by_label("Who took the call?").fill("Hazelle Doorward")
    other_desk.get_by_label("What happens now?").fill("They go out tonight.")
    other_desk.get_by_role("button", name="Write it down").click()
    other_desk.wait_for_url("**/triage/")
    assert (
        "Dilys Unsafe" not in other_desk.locator("section[aria-labelledby=crisis-now]").inner_text()
        if other_desk.locator("section[aria-labelledby=crisis-now]").count()
        else True
    )
    assert other_desk.get_by_role("link", name="Dilys Unsafe").count() == 1
    other_desk.get_by_role("link", name="Dilys Unsafe").click()
    assert "They go out tonight." in other_desk.inner_text("main")
    look(other_desk, "triage-decide-after-a-call")


def test_somebody_not_safe_is_heard_before_they_have_finished(world: World, desk: Page, other_desk: Page) -> None:
    ask_for_help(desk, world, name="Mari Halfway", safe="No, or I am not sure", words="help", finish=False)
    said = desk.inner_text("main")
    [(reference,)] = world.rows(
        "SELECT r.reference FROM referrals_referral r JOIN people_person p ON p.id = r.person_id WHERE p.chosen_name = 'Mari Halfway'"
    )
    assert f"We have heard you: reference {reference}." in said
    look(desk, "ask-check-heard-already")
    desk.goto(f"{world.url}/ask/matters/")
    assert reference in desk.inner_text("main")
    look(desk, "ask-heard-already")
    sign_in(other_desk, world, "Hazelle Doorward")
    other_desk.goto(f"{world.url}/triage/")
    assert "Mari Halfway" in other_desk.locator("section[aria-labelledby=crisis-now]").inner_text()


def test_somebody_not_safe_without_a_name_is_called_all_the_same(world: World, narrow: Page, desk: Page) -> None:
    narrow.goto(f"{world.url}/ask/")
    narrow.get_by_label("No, or I am not sure").check()
    go_on(narrow)
    narrow.goto(f"{world.url}/ask/reach/")
    narrow.get_by_label("call", exact=True).check()
    narrow.get_by_label("text message", exact=True).check()
    go_on(narrow)
    narrow.get_by_label("Number to call").fill("07700 900888")
    look(narrow, "ask-reach-details", accessible=False)
    go_on(narrow)
    sign_in(desk, world, "Hazelle Doorward")
    assert "no name given yet" in desk.inner_text("main")
    desk.goto(f"{world.url}/triage/")
    # Others on this hub may be waiting without a name too: the newest unfinished ask is this one.
    draft = world.key("SELECT public_id FROM referrals_draft WHERE not_safe_at IS NOT NULL ORDER BY id DESC LIMIT 1")
    their_row = desk.locator(f"a[href='/triage/unfinished/{draft}/']")
    assert their_row.inner_text() == "no name given yet"
    their_row.click()
    assert desk.locator("a[href='tel:07700900888']").count() == 1
    look(desk, "call-unfinished")
    desk.get_by_label("Who took the call?").fill("Hazelle Doorward")
    desk.get_by_role("button", name="Write it down").click()
    desk.wait_for_url("**/triage/")
    assert their_row.count() == 0
