"""A worker leaves and nobody is lost; a person who has died gets no more messages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold


@pytest.mark.hazard("H15")
def test_a_worker_leaves_and_nobody_is_lost(world: World, desk: Page, other_desk: Page) -> None:
    """Without new holders it is not done, and says so; with them everybody has a holder at the same moment (C12, H15)."""
    sign_in(other_desk, world, "Ottoline Openroom")
    held = world.rows(
        "SELECT COUNT(*) FROM members_holding h JOIN hubs_hat k ON k.id = h.hat_id JOIN hubs_worker w ON w.id = k.worker_id "
        "WHERE w.name = 'Ottoline Openroom' AND h.until_at IS NULL"
    )[0][0]
    assert held > 0
    sign_in(desk, world, "Seraphina Hubward")
    hat = world.key(
        "SELECT k.public_id FROM hubs_hat k JOIN hubs_worker w ON w.id = k.worker_id WHERE w.name = 'Ottoline Openroom'"
    )
    desk.goto(f"{world.url}/hats/{hat}/end/")
    look(desk, "end-hat")
    desk.get_by_role("button", name=re.compile("End")).click()
    expect(desk).to_have_title(re.compile("^Error:"))
    desk.get_by_label("Who holds their people from now?").select_option(index=1)
    desk.get_by_role("button", name=re.compile("End")).click()
    desk.wait_for_url(lambda url: "/end/" not in url)
    without = world.rows(
        "SELECT COUNT(*) FROM members_membership m LEFT JOIN members_holding h ON h.open_for = m.person_id WHERE h.id IS NULL"
    )
    assert without == [(0,)]
    # Her session stops at its next request.
    other_desk.goto(f"{world.url}/today/")
    assert other_desk.url.endswith("/hat/")
    assert "You have no hat to wear here now." in other_desk.inner_text("main")


@pytest.mark.hazard("H02")
def test_nobody_lost_on_the_page_and_on_the_command_line(world: World, desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    desk.goto(f"{world.url}/nobody-lost/")
    look(desk, "nobody-lost")
    counted = int(desk.locator(".al-figure").inner_text())
    said = world.manage("nobody_lost", "--hub", "rivermouth")
    assert f"{counted} people would be lost (goal 0)" in said.stdout
    assert said.returncode == (1 if counted else 0)


def test_somebody_who_has_died_gets_no_more_messages(world: World, desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Gwilym Remembered")
    desk.get_by_role("link", name="Rest", exact=True).click()
    look(desk, "rest")
    assert not desk.get_by_label("died", exact=True).count(), "a death is not a way to rest"
    desk.goto(record)
    desk.get_by_role("link", name="They have died").click()
    desk.get_by_role("button", name="Go on").click()
    look(desk, "they-have-died")
    assert "You are about to write down that Gwilym Remembered has died: all messages stop at once." in desk.inner_text("main")
    desk.get_by_role("button", name="Yes, they have died: write it down").click()
    desk.wait_for_url(record)
    look(desk, "somebody-who-has-died")
    assert "Do not contact: has died; the day is not known; family follow-up:" in desk.locator(".al-strip").inner_text()
    assert not desk.get_by_role("link", name="Introduce", exact=True).count()
    assert "think of the family" in desk.inner_text("main")
    assert world.manage("work", "--once").returncode == 0
    left = world.rows(
        "SELECT COUNT(*) FROM messages_message m JOIN people_person p ON p.id = m.person_id "
        "WHERE p.chosen_name = 'Gwilym Remembered' AND (m.sent_at IS NOT NULL OR (m.stopped_at IS NULL AND m.failed_at IS NULL))"
    )
    assert left == [(0,)]


def test_a_death_written_down_by_mistake_is_taken_back(world: World, desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Gwilym Mistaken")
    desk.get_by_role("link", name="They have died").click()
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_role("button", name="Yes, they have died: write it down").click()
    desk.wait_for_url(record)
    desk.get_by_role("link", name="This was written down by mistake").click()
    desk.get_by_label("it was about somebody else").check()
    look(desk, "take-back-death")
    desk.get_by_role("button", name="Take it back: they are alive").click()
    desk.wait_for_url(record)
    assert "Do not contact" not in desk.locator(".al-strip").inner_text()
    assert desk.get_by_role("link", name="Introduce", exact=True).count() == 1
