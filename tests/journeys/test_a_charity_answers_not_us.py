"""A charity without an account answers "not us" by link, and the person is still held (F23)."""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.journeys.conftest import World, look, sign_in


def hold(page: Page, world: World, name: str, *, reach: tuple[str, str] = ("", "07700 900321")) -> str:
    """Bring somebody in as a practitioner and hold them; give the address of their record."""
    page.goto(f"{world.url}/bring-someone-in/")
    page.get_by_label("Who is it?").fill(name)
    if reach[0]:
        page.get_by_role("radio", name=reach[0]).check()
    page.get_by_label("Number, address or through whom").fill(reach[1])
    page.get_by_label("Why now?").fill("Would like company.")
    page.get_by_label("They know about this, and agree").check()
    page.get_by_role("button", name="Bring them in").click()
    page.wait_for_url("**/brought-in/**")
    page.goto(f"{world.url}/triage/")
    while page.get_by_role("link", name=name).count() == 0:
        page.get_by_role("link", name="Show more").click()
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Hold and invite").click()
    page.get_by_role("link", name=f"Whole record of {name}").click()
    page.wait_for_url(re.compile(r"/people/[0-9a-f-]+/$"))
    return page.url


def test_a_charity_answers_not_us_and_the_person_is_still_held(world: World, desk: Page, other_desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Nesta Stillheld")
    desk.get_by_role("link", name="Introduce", exact=True).click()
    chosen, address = world.rows(
        "SELECT name, email FROM directory_service WHERE team_id IS NULL AND closed_at IS NULL AND email <> '' ORDER BY name LIMIT 1"
    )[0]
    desk.get_by_label("To whom?").select_option(label=chosen)
    desk.get_by_label("In the person's words: what would help?").fill("Somebody to walk with.")
    desk.get_by_label("They say yes to this introduction").check()
    look(desk, "introduce")
    desk.get_by_role("button", name="Offer the introduction").click()
    link, code = desk.locator("#one-time-link").inner_text(), desk.locator("#one-time-code").inner_text()
    assert f"The link goes to {address} in an e-mail that names nobody." in desk.inner_text("main")
    assert "This is a demonstration, which sends nothing" in desk.inner_text("main")
    look(desk, "one-time-link")
    desk.set_viewport_size({"width": 320, "height": 720})
    look(desk, "one-time-link-narrow")
    desk.set_viewport_size({"width": 1200, "height": 900})
    desk.get_by_role("link", name="Go to the introduction").click()
    assert f"is on its way to {address}" in desk.inner_text("main")
    assert world.manage("work", "--once").returncode == 0
    desk.reload()
    assert f"left for {address}" in desk.inner_text("main")
    assert "/answer/" not in desk.content()
    look(desk, "introduction-by-link")

    other_desk.goto(link)
    assert "Nesta" not in other_desk.content()
    other_desk.get_by_label("not us, because").check()
    other_desk.get_by_label("we are full").check()
    other_desk.get_by_label("Your name and service").fill("Bea at the charity")
    other_desk.get_by_label("The code you were given separately").fill("000000" if code != "000000" else "111111")
    other_desk.get_by_role("button", name="Send the answer").click()
    assert "That code is not right" in other_desk.inner_text("main")
    look(other_desk, "answer-by-link")
    other_desk.get_by_label("The code you were given separately").fill(code)
    other_desk.get_by_role("button", name="Send the answer").click()
    assert "Your answer is saved" in other_desk.inner_text("main")
    assert "who looks for something that fits" in other_desk.inner_text("main")
    other_desk.goto(link)
    assert "This link has been answered." in other_desk.inner_text("main")
    assert "Nesta" not in other_desk.content()
    unknown = other_desk.goto(f"{world.url}/answer/{'x' * 40}/")
    assert unknown is not None and unknown.status == 404

    desk.goto(record)
    assert "not us; the giver still holds" in desk.inner_text("main")
    assert "we are full" in desk.inner_text("main")
    assert "Marigold Alongworth" in desk.locator(".al-strip").inner_text()
    assert "find the next fit" in desk.inner_text("main")
    need = world.rows(
        "SELECT n.need FROM directory_needtag n JOIN directory_service s ON s.id = n.service_id WHERE s.name = ? LIMIT 1", chosen
    )[0][0]
    desk.goto(f"{record}find-help/?need={need}")
    assert not any(chosen in card for card in desk.locator(".al-card").all_inner_texts()), "it is not offered again"
    assert f"Would fit but for one thing: {chosen}: they said not us on" in desk.locator("main").inner_text()
    desk.get_by_text("Not shown, and why").click()
    assert f"{chosen}: they said not us on" in desk.locator("#left-out").inner_text()
    look(desk, "next-fit")


def test_an_introduction_between_teams_moves_the_holder_only_when_they_met(world: World, desk: Page, other_desk: Page) -> None:
    sign_in(desk, world, "Marigold Alongworth")
    record = hold(desk, world, "Owain Handtohand")
    sign_in(other_desk, world, "Lucasta Harbourside")
    team = world.rows(
        "SELECT t.name FROM hubs_team t JOIN hubs_teamseat s ON s.team_id = t.id JOIN hubs_hat h ON h.id = s.hat_id "
        "JOIN hubs_worker w ON w.id = h.worker_id WHERE w.name = 'Lucasta Harbourside' AND s.until_at IS NULL"
    )[0][0]
    desk.get_by_role("link", name="Introduce", exact=True).click()
    desk.get_by_label("To whom?").select_option(value=desk.locator("option", has_text=team).first.get_attribute("value"))
    desk.get_by_label("In the person's words: what would help?").fill("To get out of the house.")
    desk.get_by_label("They say yes to this introduction").check()
    desk.get_by_role("button", name="Offer the introduction").click()
    desk.wait_for_url("**/introductions/**")

    other_desk.goto(f"{world.url}/introductions/")
    look(other_desk, "introductions")
    other_desk.get_by_role("link", name="Owain Handtohand").click()
    other_desk.get_by_label("yes, and when").check()
    other_desk.get_by_role("button", name="Save the answer").click()
    assert "accepted" in other_desk.inner_text("main")
    desk.goto(record)
    assert "Marigold Alongworth" in desk.locator(".al-strip").inner_text()
    look(other_desk, "introduction")
    desk.get_by_role("link", name=team).first.click()
    assert "They say so themselves when they have met." in desk.inner_text("main")
    assert desk.get_by_text("We have met", exact=True).count() == 0
    other_desk.get_by_role("link", name="We have met").click()
    other_desk.get_by_label("in person", exact=True).check()
    other_desk.get_by_label("One line of what happened").fill("Walked along the quay together.")
    look(other_desk, "we-have-met")
    other_desk.get_by_role("button", name="We have met").click()
    other_desk.wait_for_url("**/people/**")
    desk.goto(record)
    assert "Lucasta Harbourside" in desk.locator(".al-strip").inner_text()
