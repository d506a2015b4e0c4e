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


def test_a_search_leaves_nothing_in_the_address_and_going_back_finds_it_again(world: World, desk: Page, narrow: Page) -> None:
    """By keyboard; and on a narrow screen without JavaScript."""
    sign_in(desk, world, "Marigold Alongworth")
    desk.goto(f"{world.url}/bring-someone-in/")
    desk.locator("#find_name").focus()
    desk.keyboard.type("Marigold Alongworth")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/bring-someone-in/?found=yes")
    assert desk.locator("#find_name").input_value() == "Marigold Alongworth"
    [(name,)] = world.rows(
        "SELECT p.chosen_name FROM people_person p JOIN members_membership m ON m.person_id = p.id"
        " JOIN members_holding h ON h.id = m.current_holding_id JOIN hubs_hat t ON t.id = h.hat_id JOIN hubs_worker w"
        " ON w.id = t.worker_id WHERE w.name = 'Marigold Alongworth' ORDER BY p.id LIMIT 1"
    )
    desk.locator("#find_name").fill(name)
    desk.get_by_role("button", name="Search").click()
    desk.wait_for_url("**/bring-someone-in/?found=yes")
    look(desk, "search-found")
    desk.locator("main").get_by_role("link", name=name).first.click()
    desk.wait_for_url("**/people/**")
    desk.go_back()
    assert desk.url == f"{world.url}/bring-someone-in/?found=yes"
    assert desk.locator("main").get_by_role("link", name=name).first.is_visible()
    desk.goto(f"{world.url}/bring-someone-in/")
    assert desk.locator("#find_name").input_value() == ""

    sign_in(narrow, world, "Marigold Alongworth")
    narrow.goto(f"{world.url}/bring-someone-in/")
    narrow.locator("#find_name").fill(name)
    narrow.get_by_role("button", name="Search").click()
    assert narrow.url == f"{world.url}/bring-someone-in/?found=yes"
    look(narrow, "search-found-narrow", accessible=False)
