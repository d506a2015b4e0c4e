"""Someone in danger is helped before any form, and nothing pretends to have been sent (H12)."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.asking import ask_for_help
from tests.journeys.conftest import World, go_on, look, sign_in


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
    other_desk.goto(f"{world.url}/triage/")
    first = other_desk.locator("section[aria-labelledby=crisis-now]")
    assert "Dilys Unsafe" in first.inner_text()
    first.get_by_role("link", name="Dilys Unsafe").click()
    look(other_desk, "crisis-call")
    other_desk.get_by_label("Who took the call?").fill("Hazelle Doorward")
    other_desk.get_by_role("button", name="Write it down").click()
    other_desk.wait_for_url("**/triage/")
    assert (
        "Dilys Unsafe" not in other_desk.locator("section[aria-labelledby=crisis-now]").inner_text()
        if other_desk.locator("section[aria-labelledby=crisis-now]").count()
        else True
    )
    assert other_desk.get_by_role("link", name="Dilys Unsafe").count() == 1


def test_an_unfinished_asking_of_somebody_not_safe_reaches_the_duty_team(world: World, desk: Page, other_desk: Page) -> None:
    ask_for_help(desk, world, name="Mari Halfway", safe="No, or I am not sure", words="help", finish=False)
    sign_in(other_desk, world, "Hazelle Doorward")
    other_desk.goto(f"{world.url}/triage/")
    assert "Mari Halfway: 07700 900456" in other_desk.inner_text("main")
