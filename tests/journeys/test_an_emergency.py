"""Somebody on an ambulance needs what stands written down of a person they have never met; and what is shown to keep children safe."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import World, look, sign_in

KNOWN = (
    "SELECT p.chosen_name, p.born_on, p.postcode, p.public_id FROM people_person p JOIN members_holding h ON h.open_for = p.id "
    "JOIN hubs_hat k ON k.id = h.hat_id JOIN hubs_worker w ON w.id = k.worker_id WHERE w.name = 'Marigold Alongworth' "
    "AND p.born_on IS NOT NULL AND p.postcode <> '' AND p.death_written_at IS NULL ORDER BY p.id LIMIT 1"
)
WHY = "Found on the bridge, does not speak; is there anything we must know?"


def open_in_an_emergency(desk: Page, world: World, *, born: date | None = None) -> str:
    """Write what is known of somebody whom Marigold holds, and why; give the name."""
    [(name, born_on, postcode, _key)] = world.rows(KNOWN)
    born = born or date.fromisoformat(born_on)
    desk.get_by_role("link", name="Open a record in an emergency").click()
    desk.get_by_label("Their name").fill(name)
    for box, number in (("Day", born.day), ("Month", born.month), ("Year", born.year)):
        desk.get_by_label(box, exact=True).fill(str(number))
    desk.get_by_label("Postcode").fill(postcode)
    desk.get_by_label("somebody's life may be in danger now").check()
    desk.get_by_label("Why do you need their record now?").fill(WHY)
    desk.get_by_role("button", name="Open their record for four hours").click()
    return str(name)


@pytest.mark.hazard("H06")
def test_what_an_emergency_needs_is_there_in_one_form_and_looked_at_afterwards(
    world: World, desk: Page, other_desk: Page
) -> None:
    """Under sixty seconds for a tired person: one link, one form, and then the page that an emergency needs (H06)."""
    sign_in(desk, world, "Fenella Bluelight")
    open_in_an_emergency(desk, world, born=date(1901, 1, 1))
    expect(desk).to_have_title(re.compile("^Error:"))
    assert desk.get_by_label("Why do you need their record now?").input_value() == WHY
    look(desk, "emergency-error")
    desk.goto(f"{world.url}/today/")
    name = open_in_an_emergency(desk, world)
    desk.wait_for_url("**/in-a-crisis/")
    look(desk, "emergency-opened")
    assert "Allergies" in desk.inner_text("main") and name in desk.inner_text("main")
    # Whoever holds them hears of it at once, and a privacy officer looks at it without seeing the person.
    sign_in(other_desk, world, "Marigold Alongworth")
    assert "their record was opened in an emergency" in other_desk.inner_text("main")
    sign_in(other_desk, world, "Isolde Closedlid")
    other_desk.get_by_role("link", name="Opened in an emergency").click()
    look(other_desk, "emergency-to-review")
    other_desk.get_by_role("link", name=re.compile("Fenella Bluelight")).click()
    assert WHY in other_desk.inner_text("main") and name not in other_desk.inner_text("main")
    other_desk.get_by_label("it was right to open it").check()
    look(other_desk, "emergency-review")
    other_desk.get_by_role("button", name="Write down what I found").click()
    expect(other_desk.get_by_text("There is nothing to review.")).to_be_visible()


def test_a_safeguarding_lead_shows_one_thing_to_one_colleague(world: World, desk: Page, other_desk: Page) -> None:
    sign_in(desk, world, "Thaddeus Safehaven")
    name = open_in_an_emergency(desk, world)
    desk.wait_for_url("**/in-a-crisis/")
    desk.goto(desk.url.replace("in-a-crisis/", ""))
    assert "Opened in an emergency, until" in desk.inner_text("main")
    desk.get_by_role("link", name="Share for somebody's safety").click()
    item = desk.locator("input[name=item]").first
    words = str(desk.locator(f"label[for={item.get_attribute('id')}]").inner_text()).split(": ", 1)[1]
    item.check()
    colleague = desk.locator("#id_recipient option", has_text="Dr Bartholomew Standby").first.get_attribute("value")
    desk.get_by_label("To whom?").select_option(colleague)
    desk.get_by_label("a child is at risk of harm").check()
    desk.get_by_label("Why does this colleague need to know this?").fill("The children are in the home tonight.")
    look(desk, "share-for-safety")
    desk.get_by_role("button", name="Show it to them").click()
    expect(desk.get_by_role("heading", name="Shown now")).to_be_visible()
    look(desk, "share-for-safety-shown")
    sign_in(other_desk, world, "Dr Bartholomew Standby")
    other_desk.get_by_role("link", name="Shown to me").click()
    look(other_desk, "shown-to-me")
    shown = other_desk.inner_text("main")
    assert name in shown and words.rstrip("…")[:40] in shown
    desk.get_by_role("button", name=re.compile("^End")).click()
    expect(desk.get_by_role("heading", name="Shown now")).to_have_count(0)
    other_desk.reload()
    expect(other_desk.get_by_text("Nothing is shown to you now.")).to_be_visible()


def test_a_worker_says_whom_they_know(world: World, desk: Page) -> None:
    sign_in(desk, world, "Tobias Handinhand")
    desk.get_by_role("link", name="People I know").click()
    desk.get_by_label("Their name").fill("Idris Neverheard")
    desk.get_by_label("friend or neighbour").check()
    desk.get_by_role("button", name="Add them").click()
    expect(desk).to_have_title(re.compile("^Error:"))
    for box, number in (("Day", 2), ("Month", 1), ("Year", 1970)):
        desk.get_by_label(box, exact=True).fill(str(number))
    desk.get_by_role("button", name="Add them").click()
    expect(desk.get_by_text("Idris Neverheard", exact=True)).to_be_visible()
    look(desk, "people-i-know")
    desk.get_by_role("button", name=re.compile("^Take back")).click()
    expect(desk.get_by_text("Idris Neverheard", exact=True)).to_have_count(0)
