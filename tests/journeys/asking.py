"""Filling in "ask for help" as a person would."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.journeys.conftest import World, go_on


def ask_for_help(
    page: Page,
    world: World,
    *,
    name: str,
    words: str = "",
    safe: str = "Yes",
    age: str = "26 to 64",
    email: str = "",
    keep_away: str = "",
    finish: bool = True,
) -> str:
    """Answer the questions in their order; give the reference, or nothing when it is not sent yet."""
    page.goto(f"{world.url}/ask/")
    page.get_by_label(safe, exact=True).check()
    go_on(page)
    if safe != "Yes":
        page.get_by_role("link", name="Go on and tell us more").click()
    page.get_by_label("Me", exact=True).check()
    page.get_by_label(age, exact=True).check()
    go_on(page)
    page.get_by_label("What shall we call you?").fill(name)
    go_on(page)
    page.get_by_label("e-mail" if email else "call", exact=True).check()
    go_on(page)
    if email:
        page.get_by_label("E-mail address").fill(email)
    else:
        page.get_by_label("Number to call").fill("07700 900456")
    go_on(page)
    if words:
        page.get_by_label("What is going on?").fill(words)
    else:
        page.get_by_label("I would rather say it in person").check()
    go_on(page)
    page.get_by_label("What matters most right now?").select_option("sleep")
    go_on(page)
    go_on(page)
    if keep_away:
        page.locator("#id_words").fill(keep_away)
    go_on(page)
    go_on(page)
    go_on(page)
    if not finish:
        return ""
    page.wait_for_timeout(200)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/ask/heard/")
    return page.locator(".nhsuk-panel strong").inner_text()
