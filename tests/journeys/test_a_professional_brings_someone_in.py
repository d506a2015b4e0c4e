"""A GP introduces someone in under a minute: three fields and one tick (D15)."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import World, look, sign_in


def test_a_gp_brings_someone_in_with_three_fields_and_a_tick(world: World, desk: Page) -> None:
    sign_in(desk, world, "Dr Xanthe Waitingroom")
    desk.get_by_role("link", name="Bring someone in").click()
    desk.get_by_label("Who is it?").fill("Gethin Broughtin")
    desk.get_by_label("Number, address or through whom").fill("07700 900777")
    desk.get_by_label("Why now?").fill("Low since he lost his job, and his rent is behind.")
    desk.get_by_label("They know about this, and agree").check()
    look(desk, "bring-someone-in")
    desk.get_by_role("button", name="Bring them in").click()
    desk.wait_for_url("**/brought-in/**")
    said = desk.inner_text("main")
    assert "waiting for triage" in said
    assert "Low since he lost his job" in said
    look(desk, "brought-in")
    desk.get_by_role("link", name="Today").click()
    desk.get_by_role("link", name="Gethin Broughtin").click()
    desk.wait_for_url("**/brought-in/**")
    # A referrer sees own words and status, and nothing else of the person (lists.md).
    person = world.key("SELECT public_id FROM people_person WHERE chosen_name = 'Gethin Broughtin'")
    answer = desk.goto(f"{world.url}/people/{person}/")
    assert answer is not None and answer.status == 404


def test_a_wrong_number_and_a_missing_name_are_said_and_nothing_is_lost(world: World, desk: Page) -> None:
    sign_in(desk, world, "Dr Xanthe Waitingroom")
    desk.goto(f"{world.url}/bring-someone-in/")
    desk.get_by_label("Number, address or through whom").fill("not a number")
    desk.get_by_label("Why now?").fill("Worried about 🙂 שלום")
    desk.get_by_role("button", name="Bring them in").click()
    expect(desk).to_have_title(re.compile("^Error:"))
    assert desk.get_by_label("Why now?").input_value() == "Worried about 🙂 שלום"
    expect(desk.locator(".nhsuk-error-summary a")).to_have_count(2)
    look(desk, "bring-someone-in-error")
