"""Somebody says who may see one thing she told, what her sister may be told, and takes it home on paper; what everybody must know is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.test_a_charity_answers_not_us import hold

ASKED = "Is there anyone in these services who should not see this?"


@pytest.fixture
def small(browser: Browser) -> Iterator[Page]:
    """A small phone; with scripts, which axe needs."""
    context = browser.new_context(viewport={"width": 320, "height": 720})
    yield context.new_page()
    context.close()


def write_alert(page: Page, record: str, words: str, kind: str = "something practical") -> None:
    page.goto(f"{record}alerts/")
    page.get_by_role("radio", name=kind, exact=True).check()
    page.get_by_label("What does everybody need to know, and do?").fill(words)
    page.get_by_role("button", name="Show it to everybody").click()


def test_what_she_chooses_stands_on_the_record_and_on_the_paper_she_takes_home(world: World, desk: Page, small: Page) -> None:
    """The worker at a desk; the pages she may look at on a small phone."""
    sign_in(desk, world, "Marigold Alongworth")
    expect(desk.get_by_role("link", name="Say whom you know in these services")).to_be_visible()
    look(desk, "choices-today-asks")
    record = hold(desk, world, "Olwen Chooses")
    sign_in(small, world, "Marigold Alongworth")

    desk.get_by_role("link", name="Write down a carer or somebody close").click()
    look(desk, "choices-write-down-carer")
    desk.get_by_label("What are they called?").fill("Nerys Sisterly")
    desk.get_by_label("Who are they to them?").fill("sister")
    desk.get_by_label("Telephone").fill("07700 900321")
    desk.get_by_role("button", name="Write down, and ask").click()
    expect(desk.get_by_text("General advice is always allowed")).to_be_visible()
    assert desk.locator("input[type=checkbox]:checked").count() == 0
    desk.get_by_label("Nothing but general advice").check()
    look(desk, "choices-carer")
    desk.get_by_role("button", name="Write down what they chose").click()
    # Her sister's telephone is the only way to reach her: the two choices stand against each other, and the page says so.
    expect(desk.get_by_text("Nerys Sisterly may be told nothing, and is the only way to reach them.")).to_be_visible()
    look(desk, "choices-sharing-conflict")
    small.goto(desk.url)
    look(small, "choices-sharing-narrow")
    small.get_by_role("link", name="Nerys Sisterly").click()
    look(small, "choices-carer-narrow")
    small.get_by_label("Nothing but general advice").uncheck()
    small.get_by_label("what to do in a crisis").check()
    small.get_by_role("button", name="Write down what they chose").click()

    desk.goto(record)
    desk.get_by_role("link", name=re.compile("who may see this")).first.click()
    look(desk, "choices-item")
    small.goto(desk.url)
    look(small, "choices-item-narrow")
    desk.get_by_label("only the organisation that wrote it").check()
    desk.get_by_role("button", name="Write down what they chose").click()
    expect(desk.get_by_text("only the organisation that wrote it sees it").first).to_be_visible()
    desk.get_by_role("link", name="Print this for them").click()
    expect(desk.get_by_text("Nerys Sisterly (sister): what to do in a crisis.")).to_be_visible()
    look(desk, "choices-paper")
    small.goto(desk.url)
    look(small, "choices-paper-narrow")
    small.goto(world.url)
    small.get_by_role("button", name="Cymraeg").first.click()
    small.goto(desk.url)
    expect(small.get_by_text("Yr hyn y caniateir ei ddweud wrth y rhai sy'n agos atoch")).to_be_visible()
    look(small, "choices-paper-welsh-narrow")

    desk.goto(f"{record}conversation/")
    expect(desk.get_by_text(ASKED)).to_be_visible()
    look(desk, "choices-conversation")
    desk.get_by_role("button", name="Save, and write down whom to keep away").click()
    look(desk, "choices-keep-away")
    desk.get_by_label(ASKED).fill("Zebedee from the tennis club")
    desk.get_by_role("button", name="Keep them away").click()
    expect(desk.get_by_text("It is written down and counts already.")).to_be_visible()
    assert "Zebedee" not in desk.content()
    look(desk, "choices-keep-away-written")


def test_five_alerts_are_all_and_the_sixth_asks_which_ends(world: World, desk: Page, small: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Bronwen Alerted")
    write_alert(desk, record, "Two meet her partner together, never at home.", "risk to whoever visits or meets them")
    for number in range(2, 6):
        write_alert(desk, record, f"The bell is broken: knock. Number {number}.")
    write_alert(desk, record, "One more than anybody reads.")
    expect(desk).to_have_title(re.compile("^Error:"))
    look(desk, "alerts-five")
    desk.get_by_label(re.compile("Number 3")).check()
    desk.get_by_role("button", name="Show it to everybody").click()
    look(desk, "alerts")
    sign_in(small, world, "Marigold Alongworth")
    for name, path in (("alerts-narrow", "alerts/"), ("alerts-record-narrow", ""), ("alerts-crisis-narrow", "in-a-crisis/")):
        small.goto(record + path)
        expect(small.get_by_text("Two meet her partner together, never at home.").first).to_be_visible()
        look(small, name)
    desk.goto(record)
    look(desk, "alerts-record")
    desk.goto(f"{record}in-a-crisis/")
    expect(desk.get_by_text("Safeguarding duty")).to_be_visible()
    look(desk, "alerts-crisis")
    desk.goto(f"{record}alerts/")
    desk.get_by_role("link", name=re.compile("Number 2")).click()
    look(desk, "alerts-end")
    desk.get_by_label("it is no longer so").check()
    desk.get_by_role("button", name="End it").click()
    desk.get_by_text("What was an alert before").click()
    expect(desk.get_by_text("it is no longer so")).to_be_visible()
