"""Two workers edit the same conversation and lose nothing; a stranger from another hub sees nothing."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold


def test_two_workers_edit_the_same_conversation(world: World, desk: Page, other_desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Luned Twovoices")
    sign_in(other_desk, world, "Hazelle Doorward")
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
