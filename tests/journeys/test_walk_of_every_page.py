"""Every page at 320 px, with axe, by keyboard, without JavaScript and in Welsh (I26): the table is in `every_page.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys import every_page
from tests.journeys.asking import ask_for_help
from tests.journeys.conftest import World, assert_accessible, go_on, sign_in
from tests.journeys.every_page import ANYBODY, ASKING, BY_LINK, WORKERS
from tests.journeys.test_a_charity_answers_not_us import hold

PHONE = {"width": 320, "height": 720}
ENGLISH = re.compile(r"\b(the|and|you|your|is|are|this|that|with|for|from|have|we|our|of|who|what|when|can|not)\b", re.IGNORECASE)
"""Small words that an English sentence hardly does without, and that a Welsh one does not have."""
SENTENCES = """() => {
    const seen = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const text = walker.currentNode.textContent.trim().replace(/\\s+/g, ' ');
        if (text.split(' ').length > 2 && !walker.currentNode.parentElement.closest('script, style, option, [lang]:not(html), .al-words')) seen.push(text);
    }
    return seen;
}"""


def stand(page: Page, url: str) -> None:
    """One page: nothing sticks out, it has a heading and a title, the keyboard reaches the way past the menu first."""
    answer = page.goto(url)
    assert answer is not None and answer.status == 200, f"{url} answered {answer.status if answer else 'nothing'}"
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{url} sticks out {wide} pixels"
    assert page.locator("h1").count() == 1, f"{url} has {page.locator('h1').count()} first headings"
    twice = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)")
    assert not twice, f"{url} uses an id twice: {twice}"
    assert_accessible(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#maincontent", url


def in_welsh(page: Page, world: World, path: str, *, known: str) -> None:
    """One page in both languages: no sentence of ours is the same in both. `known`: what services say of themselves."""
    url = world.url + path
    _speak(page, world, "English")
    page.goto(url)
    english = set(page.evaluate(SENTENCES))
    assert any(ENGLISH.search(one) for one in english), f"{url} says nothing, or nothing is looked at"
    _speak(page, world, "Cymraeg")
    page.goto(url)
    assert page.locator("html").get_attribute("lang") == "cy"
    same = {one for one in page.evaluate(SENTENCES) if one in english and ENGLISH.search(one)}
    same = {one for one in same if not any(part.removesuffix("…") in known for part in {one, one.partition(": ")[2]} - {""})}
    assert same == set(), url


def _speak(page: Page, world: World, language: str) -> None:
    page.goto(world.url)
    button = page.get_by_role("button", name=language)
    if button.count():
        button.first.click()


@pytest.fixture(scope="module")
def asking(world: World, browser: Browser) -> Iterator[BrowserContext]:
    """The browser of somebody who has answered every question and not sent it."""
    context = browser.new_context(viewport=PHONE)
    ask_for_help(context.new_page(), world, name="Gwen Walker", words="Low.", finish=False)
    yield context
    context.close()


@pytest.fixture(scope="module")
def heard(world: World, browser: Browser) -> Iterator[BrowserContext]:
    """The browser of somebody who has just asked, and whom a worker here should not see."""
    context = browser.new_context(viewport=PHONE)
    ask_for_help(context.new_page(), world, name="Gwen Heardof", words="Low.", keep_away="Zebedee Nobodyhere")
    yield context
    context.close()


@pytest.fixture(scope="module")
def places(world: World, browser: Browser, heard: BrowserContext) -> dict[str, str]:
    """What stands in the addresses: made by walking there, or found where whoever walks could find it."""
    return {
        **_by_link(world, browser, heard),
        **(person := _of_a_person(world, browser)),
        **_of_the_privacy_officer(world, browser, person["person"]),
        **_of_the_door(world, browser),
        **_of_leads(world, browser),
        **_of_an_entry(world, browser, person["service"]),
    }


def _of_a_person(world: World, browser: Browser) -> dict[str, str]:
    desk = browser.new_context().new_page()
    sign_in(desk, world, every_page.PRACTITIONER)
    record = hold(desk, world, "Wilma Walkedto")
    person = record.rstrip("/").rsplit("/", 1)[-1]
    service = world.key(
        "SELECT public_id FROM directory_service WHERE team_id IS NULL AND closed_at IS NULL ORDER BY name LIMIT 1"
    )
    desk.goto(f"{record}signpost/?service={service}")
    desk.locator("main").get_by_role("button").first.click()
    desk.wait_for_load_state()
    desk.goto(f"{record}introduce/?service={service}")
    desk.get_by_label("In the person's words: what would help?").fill("Company.")
    desk.get_by_label("They say yes to this introduction").check()
    desk.get_by_role("button", name="Offer the introduction").click()
    answer = desk.locator("#one-time-link").inner_text().removeprefix(world.url)
    desk.goto(f"{record}sharing/carers/")
    desk.get_by_label("What are they called?").fill("Wanda Walkedby")
    desk.get_by_role("button", name="Write down, and ask").click()
    desk.get_by_label("how they are").check()
    desk.get_by_role("button", name="Write down what they chose").click()
    desk.goto(f"{record}alerts/")
    desk.get_by_label("something practical").check()
    desk.get_by_label("What does everybody need to know, and do?").fill("The bell is broken: knock.")
    desk.get_by_role("button", name="Show it to everybody").click()
    desk.goto(f"{record}put-right/")
    desk.get_by_role("link", name="They say that this is not right").first.click()
    desk.get_by_label("What do they say?").fill("It was never like that.")
    desk.get_by_role("button", name="Write it down").click()
    desk.context.close()

    def of_them(table: str) -> str:
        about = f"SELECT t.public_id FROM {table} t JOIN people_person p ON p.id = t.person_id WHERE p.public_id = ? LIMIT 1"
        return world.key(about, person.replace("-", ""))

    return {
        "person": person,
        "service": service,
        "answer": answer,
        "referral": of_them("referrals_referral"),
        "handover": of_them("handovers_handover"),
        "entry": of_them("people_storyentry"),
        "signpost": of_them("handovers_signpost"),
        "carer": of_them("people_relatedperson"),
        "alert": of_them("safety_alert"),
        "challenge": of_them("safety_challenge"),
        "team": world.key("SELECT public_id FROM hubs_team WHERE hub_id = 1 AND ended_at IS NULL LIMIT 1"),
    }


def _of_the_privacy_officer(world: World, browser: Browser, person: str) -> dict[str, str]:
    [[reference]] = world.rows("SELECT reference FROM people_person WHERE public_id = ?", person.replace("-", ""))
    officer = browser.new_context().new_page()
    sign_in(officer, world, every_page.PRIVACY)
    officer.goto(f"{world.url}/looks/watch-list/")
    officer.get_by_label("The person's reference").fill(reference)
    officer.get_by_label("an incident").check()
    officer.get_by_role("button", name="Put them on the list").click()
    desk = browser.new_context().new_page()
    sign_in(desk, world, every_page.PRACTITIONER)
    desk.goto(f"{world.url}/people/{person}/")
    desk.context.close()
    officer.context.close()
    assert world.manage("work", "--once").returncode == 0
    noticed = world.key("SELECT public_id FROM safety_looktolookat WHERE signal = 'watched' ORDER BY id DESC LIMIT 1")
    return {"reference": reference, "noticed": noticed}


def _by_link(world: World, browser: Browser, heard: BrowserContext) -> dict[str, str]:
    page = heard.new_page()
    page.goto(f"{world.url}/ask/heard/")
    stands = page.locator("a[href*='/stands/']").first.get_attribute("href")
    lead = browser.new_context().new_page()
    sign_in(lead, world, every_page.HUB_LEAD)
    lead.goto(f"{world.url}/settings/people/")
    here = lead.locator("main tr", has_not_text=re.compile(r"left\s*$")).locator("a[href*='/settings/people/']")
    worker = str(here.first.get_attribute("href")).rstrip("/").rsplit("/", 1)[-1]
    lead.get_by_label("Name", exact=True).fill("Wanda Walkedin")
    lead.get_by_label("E-mail address, to sign in with").fill("wanda@newcomer.example")
    lead.get_by_label("Organisation").select_option(index=1)
    lead.get_by_label("Role").select_option(value="link_worker")
    lead.locator("main").get_by_role("button", name="Invite", exact=True).click()
    first_password = lead.locator("code").inner_text().removeprefix(world.url)
    lead.context.close()
    return {"stands": str(stands).removeprefix(world.url), "worker": worker, "first_password": first_password}


def _of_the_door(world: World, browser: Browser) -> dict[str, str]:
    page = browser.new_context().new_page()
    ask_for_help(page, world, name="Gwen Indanger", safe="No, or I am not sure", words="Not safe.")
    page.context.close()
    page = browser.new_context().new_page()
    page.goto(f"{world.url}/ask/")
    page.get_by_label("No, or I am not sure").check()
    go_on(page)
    page.goto(f"{world.url}/ask/reach/")
    page.get_by_label("call", exact=True).check()
    go_on(page)
    page.get_by_label("Number to call").fill("07700 900889")
    go_on(page)
    page.context.close()
    named = "SELECT t.public_id FROM {} t JOIN people_person p ON p.id = t.person_id WHERE p.chosen_name = ?"
    return {
        "waiting": world.key(named.format("referrals_referral"), "Gwen Heardof"),
        "exclusion": world.key(named.format("access_exclusion"), "Gwen Heardof"),
        "call": world.key(named.format("referrals_crisiscall"), "Gwen Indanger"),
        "draft": world.key("SELECT public_id FROM referrals_draft WHERE not_safe_at IS NOT NULL AND referral_id IS NULL ORDER BY id DESC LIMIT 1"),
    }  # fmt: skip


def _of_leads(world: World, browser: Browser) -> dict[str, str]:
    desk = browser.new_context().new_page()
    sign_in(desk, world, every_page.LEAD)
    desk.goto(f"{world.url}/hats/")
    hat = str(desk.locator("a[href$='/leave/']").first.get_attribute("href")).rstrip("/").rsplit("/", 2)[-2]
    desk.goto(f"{world.url}/find-support/")
    desk.locator("main a[href*='/find-support/']").first.click()
    desk.get_by_text("Something wrong here?").click()
    desk.get_by_label("it is somewhere else, or at other times").check()
    desk.get_by_label("Anything else that helps us put it right?").fill("It has moved to the hall.")
    desk.get_by_role("button", name="Tell us").click()
    desk.wait_for_url("**/said/*/")
    said = desk.url.removeprefix(world.url)
    correction = world.key("SELECT public_id FROM directory_correction ORDER BY id DESC LIMIT 1")
    desk.context.close()
    desk = browser.new_context().new_page()
    sign_in(desk, world, every_page.HUB_LEAD)
    desk.goto(f"{world.url}/feeds/add/")
    desk.get_by_label("What is it called?").fill("Kelpstead Council")
    desk.get_by_label("Open Referral UK, version 3").check()
    desk.get_by_label("At which web address is it?").fill("https://directory.kelpstead.example/v3")
    desk.get_by_label("Under which licence may it be used?").fill("Open Government Licence v3.0")
    desk.get_by_role("button", name="Add it").click()
    feed = world.key("SELECT public_id FROM directory_feed ORDER BY id DESC LIMIT 1")
    desk.context.close()
    brought = (
        "SELECT r.public_id FROM referrals_referral r JOIN hubs_hat h ON h.id = r.source_hat_id "
        "JOIN hubs_worker w ON w.id = h.worker_id WHERE w.name = ? LIMIT 1"
    )
    return {"hat": hat, "said": said, "correction": correction, "feed": feed, "brought": world.key(brought, every_page.GP)}


def _of_an_entry(world: World, browser: Browser, service: str) -> dict[str, str]:
    lead = browser.new_context().new_page()
    sign_in(lead, world, every_page.HUB_LEAD)
    lead.goto(f"{world.url}/entries/{service}/")
    lead.get_by_label("Their e-mail address").fill("wanda@keeper.example")
    lead.get_by_role("button", name="Invite them by e-mail").click()
    keeps = lead.locator("#private-link").inner_text().removeprefix(world.url)
    lead.context.close()
    return {"keeps": keeps}


def addresses(table: dict[str, tuple[str, ...]], places: dict[str, str]) -> list[str]:
    return [path.format(**places) for paths in table.values() for path in paths]


def test_every_address_is_walked_or_says_why_not() -> None:
    walked = [ANYBODY, ASKING, BY_LINK, every_page.WALKED_ELSEWHERE, every_page.SHOWS_NO_PAGE, *WORKERS.values()]
    named = {name for table in walked for name in table} | set(every_page.CLOSED)
    assert every_page.every_address() - named == set(), "addresses that nobody walks"
    assert named - every_page.every_address() == set(), "rows of addresses that there are no more"


def test_every_public_page_stands_on_a_small_phone(world: World, browser: Browser, places: dict[str, str]) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    for path in addresses(ANYBODY, places):
        stand(page, world.url + path)
    context.close()


def test_every_question_stands_on_a_small_phone(world: World, asking: BrowserContext, places: dict[str, str]) -> None:
    page = asking.new_page()
    for path in addresses(ASKING, places):
        stand(page, world.url + path)


def test_every_page_behind_a_link_stands_on_a_small_phone(world: World, heard: BrowserContext, places: dict[str, str]) -> None:
    page = heard.new_page()
    for path in addresses(BY_LINK, places):
        stand(page, world.url + path)


@pytest.mark.parametrize("name", list(WORKERS))
def test_every_page_of_work_stands_on_a_small_phone(world: World, browser: Browser, places: dict[str, str], name: str) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    sign_in(page, world, name)
    for path in addresses(WORKERS[name], places):
        stand(page, world.url + path)
    context.close()


def test_every_page_that_a_person_may_read_speaks_welsh(
    world: World, browser: Browser, asking: BrowserContext, heard: BrowserContext, places: dict[str, str]
) -> None:
    anybody = browser.new_context(viewport=PHONE)
    known = " ".join(
        str(cell)
        for row in world.rows(
            "SELECT name, description, for_whom, cost, how_to_start, when_next, organisation_name, accessibility FROM directory_service"
        )
        for cell in row
    )
    known += "".join(
        f" {address}, {postcode}" for address, postcode in world.rows("SELECT address, postcode FROM directory_serviceatlocation")
    )
    known = " ".join(known.split())
    for context, table in ((anybody, ANYBODY), (asking, ASKING), (heard, BY_LINK)):
        page = context.new_page()
        for path in addresses({name: paths for name, paths in table.items() if name != "access:personas"}, places):
            in_welsh(page, world, path, known=known)
        _speak(page, world, "English")
    anybody.close()


def test_the_page_for_what_is_not_there_stands_and_speaks_welsh(world: World, browser: Browser) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    for language, heading in (("English", "Page not found"), ("Cymraeg", "Tudalen heb ei chanfod")):
        _speak(page, world, language)
        page.goto(f"{world.url}/no-such-page/")
        assert heading in page.locator("h1").inner_text()
        assert_accessible(page)
    page.context.close()


def test_a_worker_can_do_it_all_by_keyboard_and_without_javascript(world: World, narrow: Page) -> None:
    """From the list of people to a saved line of the contact log, with the Tab and Enter keys alone."""
    sign_in(narrow, world, every_page.PRACTITIONER)
    record = str(narrow.locator("a[href*='/people/']").first.get_attribute("href")).partition("#")[0]
    narrow.goto(f"{world.url}{record}contact/")
    narrow.locator("input[name=outcome]").first.focus()
    narrow.keyboard.press("Space")
    for _press in range(60):
        narrow.keyboard.press("Tab")
        if (
            narrow.locator("button[type=submit]:focus").count()
            and narrow.locator("button[type=submit]:focus").inner_text() == "Save"
        ):
            break
    narrow.keyboard.press("Enter")
    narrow.wait_for_url(re.compile(r"/people/[0-9a-f-]+/$"))
    assert "tried: no answer" in narrow.inner_text("main")
