"""A council's feed with faults is read and its faults are listed; from it a tired mother finds a debt adviser, in Welsh, on her bus line.

She has a small phone without JavaScript, and no account (part 17 of the living directory; S2-321).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import World, look, sign_in
from tests.journeys.every_page import HUB_LEAD
from tests.support.running import running_hub
from tests.support.servers import Behaves, open_server, says

ADVISER, BUS = "Cyngor dyled Aberesgus", "Bws 12, safle Ffordd y Parc"


def _place(latitude: float, longitude: float, **more: Any) -> dict[str, Any]:
    address = {"address_1": "1 Made-up Row", "city": "Kelpstead", "postal_code": "ZZ5 1ZZ"}
    where = {"name": "Y llyfrgell", "latitude": latitude, "longitude": longitude, "addresses": [address], **more}
    return {"id": "l", "location": where}


ROWS: list[dict[str, Any]] = [
    {
        "id": "adviser", "name": ADVISER, "status": "active", "description": "Help gyda dyled, rhent a biliau. Advice about debt, rent and bills.",
        "phones": [{"number": "01632 960188", "description": "Swyddfa"}], "languages": [{"code": "cy", "name": "Cymraeg"}],
        "cost_options": [{"option": "Am ddim", "amount": 0}], "application_process": "Galw heibio.",
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "00:00", "closes_at": "23:59"}],
        "service_at_locations": [_place(51.385, -3.361, transportation=BUS)],
    },
    {
        "id": "far", "name": "Debt help in the next county", "status": "active", "description": "Advice about debt and rent. In English.",
        "service_at_locations": [_place(51.6, -3.0)],
    },
    {"id": "nameless", "status": "active", "description": "A service without a name."},
    {"id": "far", "name": "The same id again", "status": "active"},
    {"id": "dear", "name": "A dear helpline", "status": "active", "phones": [{"number": "0906 123 4567"}]},
]  # fmt: skip


def _feed() -> Behaves:
    """The first page is whole; the second breaks off in the middle of a word."""
    first = json.dumps({"total_items": 7, "total_pages": 2, "page_number": 1, "contents": ROWS}).encode()

    def answer(connection: Any, asked: bytes) -> None:
        path = asked.split(b" ", 2)[1].decode()
        said = re.fullmatch(r"/services/?\?(?:.*&)?page=(\d+).*", path)
        if path.startswith(("/services?", "/services/?")):
            page = int(said[1]) if said else 1
            body = (
                first if page == 1 else b'{"total_items": 7, "total_pages": 2, "page_number": 2, "contents": [{"id": "cut", "na'
            )
            return says("200 OK", body, Content_Type="application/json")(connection, asked)
        return says("404 Not Found", b"{}", Content_Type="application/json")(connection, asked)

    return answer


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A hub of its own: only here may a feed be read from this machine."""
    with running_hub(tmp_path_factory.mktemp("hub"), ALONGSIDE_STAND_INS="yes") as made:
        yield made


def test_a_councils_feed_with_faults_is_taken_in_and_its_faults_are_listed(world: World, desk: Page) -> None:
    sign_in(desk, world, HUB_LEAD)
    desk.goto(f"{world.url}/feeds/")
    desk.get_by_role("link", name="Add a feed").click()
    desk.get_by_label("What is it called?").fill("The council")
    desk.get_by_label("Open Referral UK, version 3").check()
    desk.get_by_label("At which web address is it?").fill("council.example/v3")
    desk.get_by_label("Under which licence may it be used?").fill("Open Government Licence v3.0")
    desk.get_by_role("button", name="Add it").click()
    expect(desk.get_by_label("At which web address is it?")).to_have_value("council.example/v3")
    look(desk, "add-feed-with-an-error")
    desk.get_by_label("At which web address is it?").fill("https://council.example/v3")
    desk.get_by_role("button", name="Add it").click()
    with open_server(_feed()) as server:
        # Nobody can point a hub at a machine inside its network on a page; only the test does, beside the page.
        with sqlite3.connect(world.database) as connection:
            connection.execute("UPDATE directory_feed SET address = ?", (f"http://127.0.0.1:{server.port}/",))
        done = world.manage("directory", "feeds", "--source", "The council")
    assert done.returncode == 1, done.stdout + done.stderr
    desk.reload()
    main = desk.locator("main")
    for said in ("a service needs a name", "stands in the feed twice", "premium-rate number", "it is cut off"):
        expect(main).to_contain_text(said)
    assert re.search(r"\b3\b", desk.locator("table").first.inner_text()), "three of them came in"
    look(desk, "feed-with-faults")
    desk.goto(f"{world.url}/feeds/")
    expect(desk.locator("main").get_by_role("link", name="The council")).to_be_visible()
    look(desk, "feeds")
    desk.set_viewport_size({"width": 320, "height": 720})
    look(desk, "feeds-narrow")


def test_a_tired_mother_finds_a_debt_adviser_on_her_bus_line_in_welsh(world: World, narrow: Page) -> None:
    narrow.goto(f"{world.url}/find-support/")
    narrow.get_by_role("button", name="Cymraeg").click()
    narrow.get_by_label("Beth fyddai'n helpu?").fill("dwi'n methu talu'r rhent")
    narrow.get_by_label("Ger pa le?").fill("Kelpstead")
    narrow.get_by_role("button", name="Chwilio").click()
    narrow.locator("summary").filter(has_text="Mwy o ddewisiadau").click()
    narrow.get_by_label("yn Gymraeg", exact=True).check()
    narrow.get_by_role("button", name="Chwilio").click()
    card = narrow.locator("section.al-card").first
    expect(card.get_by_role("link", name=ADVISER)).to_be_visible()
    for said in (BUS, "Ar agor nawr", "am ddim", "munud ar droed", "Nid yw'r amser aros yn hysbys"):
        expect(card).to_contain_text(said, ignore_case=True)
    expect(narrow.get_by_text("Debt help in the next county")).to_have_count(0)
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320
    narrow.screenshot(path="var/screenshots/tired-mother.png", full_page=True)
    card.get_by_role("link", name=ADVISER).click()
    expect(narrow.get_by_role("link", name="01632 960188")).to_have_attribute("href", "tel:01632960188")
    expect(narrow.get_by_text(BUS)).to_be_visible()
    narrow.screenshot(path="var/screenshots/tired-mother-service.png", full_page=True)
