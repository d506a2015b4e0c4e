"""The finder keeps every choice, says which place it took, and a service can be taken along."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.design.qr import squares_of
from alongside.journey.directory.commands import import_places, say_room
from alongside.journey.directory.models import Service
from alongside.journey.directory.queries.entries import place_named
from alongside.journey.directory.tests.factories import make_service
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = pytest.mark.django_db
NEWPORTS = [
    ("Newport", "NP20", "Gwent", 51.58, -2.99),
    ("Newport", "SA42", "Dyfed", 52.01, -4.83),
    ("Newport", "TF10", "Shropshire", 52.76, -2.38),
    ("Newport", "TF11", "Shropshire", 52.77, -2.30),
    ("Rivermouth", "RM1", "Made-up", 51.6, -3.9),
]


@pytest.fixture
def made() -> MadeHub:
    made = open_hub()
    import_places(actor=made.system, at=AT, rows=NEWPORTS)
    return made


def page(**asked: str) -> str:
    return Client().get("/find-support/", asked).content.decode()


def chips(written: str) -> dict[str, tuple[dict[str, list[str]], bool]]:
    found = re.findall(r'<li><a href="(\?[^"]*)"( aria-current="true")?>([^<]+)', written.split("al-chips")[1].split("</ul>")[0])
    return {words.strip(): (parse_qs(urlsplit(html.unescape(href)).query), bool(is_on)) for href, is_on, words in found}


def test_a_chip_keeps_words_place_and_age_and_the_chosen_one_is_marked_and_comes_off(made: MadeHub) -> None:
    chosen = {"words": "walk", "near": "Rivermouth", "age": "26_64"}
    kept = {name: [said] for name, said in chosen.items()}
    assert chips(page(**chosen))["housing"] == ({**kept, "need": ["housing"]}, False)
    pressed = page(**chosen, need="housing")
    assert chips(pressed)["housing"] == (kept, True)
    assert chips(pressed)["grief"] == ({**kept, "need": ["grief"]}, False)
    assert [words for words, (_href, is_on) in chips(pressed).items() if is_on] == ["housing"]


@pytest.mark.parametrize(
    ("asked", "is_open"), [({}, False), ({"words": "walk"}, False), ({"need": "grief"}, True), ({"age": "11_15"}, True)]
)
def test_the_fold_is_open_when_something_in_it_is_chosen(made: MadeHub, asked: dict[str, str], is_open: bool) -> None:
    assert ('<details class="nhsuk-details" open>' in page(**asked)) is is_open


@pytest.mark.parametrize(
    ("asked", "taken", "others"),
    [
        ("rivermouth", "Rivermouth, Made-up", ()),
        ("newport", "Newport, Dyfed", ("Newport, Gwent", "Newport, Shropshire, TF10")),
        ("Newport, Gwent", "Newport, Gwent", ()),
        ("Newport, Shropshire", "Newport, Shropshire, TF10", ("Newport, Shropshire, TF11",)),
        ("Newport, Shropshire, TF11", "Newport, Shropshire", ()),
        ("NP20 4UR", "Newport, Gwent (NP20)", ()),
        ("Newport, Nowhere", "", ()),
        ("Atlantis", "", ()),
        (" , ", "", ()),
        ("", "", ()),
    ],
)
def test_a_search_says_which_place_it_took_and_which_it_may_have_meant(
    made: MadeHub, asked: str, taken: str, others: tuple[str, ...]
) -> None:
    with CaptureQueriesContext(connection) as queries:
        found = place_named(asked)
    assert (found.words, found.others, found.place is not None) == (taken, others, bool(taken))
    assert len(queries) <= 1


def test_many_places_of_a_name_are_a_dozen_links_that_keep_what_was_asked(made: MadeHub) -> None:
    rows = [("Newton", f"N{number}", f"County {number:02}", 51.0 + number / 100, -3.0) for number in range(40)]
    import_places(actor=made.system, at=AT, rows=rows)
    written = page(words="walk", near="Newton")
    assert "Near Newton, County 00." in written
    links = [
        parse_qs(urlsplit(html.unescape(href)).query) for href in re.findall(r'<a href="(\?[^"]*near=Newton%2C[^"]*)"', written)
    ]
    assert len(links) == 12
    assert links[0] == {"words": ["walk"], "near": ["Newton, County 01"]}
    assert "We do not know the place Atlantis." in page(near="Atlantis")


def test_a_result_says_that_it_is_full_and_that_the_wait_is_to_be_asked(made: MadeHub) -> None:
    full = make_service(made, "Full choir", "meaning", cost="free", how_to_start="Ring them.")
    say_room(actor=made.system, at=now(), service_id=full.public_id, weeks=None)
    make_service(made, "Open choir", "meaning")
    cards = dict(re.findall(r'find-support/[0-9a-f-]+/">([^<]+)</a></h2>(.*?)</section>', page(words="choir"), re.DOTALL))
    assert {name: "Full now" in card for name, card in cards.items()} == {"Full choir": True, "Open choir": False}
    for line in ("Cost: free", "Ring them.", "The wait is not known: ask them how long it is."):
        assert line in cards["Full choir"]
    assert "The wait is not known" in Client().get(f"/find-support/{full.public_id}/").content.decode()


def test_a_service_is_taken_along_by_a_short_address_and_a_code_of_it(made: MadeHub) -> None:
    choir = make_service(made, "Choir")
    written = Client().get(f"/find-support/{choir.public_id}/").content.decode()
    short = f"/s/{choir.public_id.hex[:10]}/"
    assert f"http://testserver{short}" in written
    assert squares_of(f"http://testserver{short}").path in written
    assert Client().get(short)["Location"] == f"/find-support/{choir.public_id}/"
    for wrong in ("0000000000", "x", choir.public_id.hex, "%00"):
        assert Client().get(f"/s/{wrong}/").status_code == 404
    elsewhere = open_hub("elsewhere")
    assert make_service(elsewhere, "Theirs").public_id.hex[:10] not in written


def test_days_and_times_that_came_from_a_schedule_are_said_in_welsh_to_whoever_reads_welsh(made: MadeHub) -> None:
    service = make_service(made, "Walk and talk")
    Service.objects.filter(pk=service.pk).update(when_next="Mon to Wed 09:30 to 11:00")
    for browser, said in (
        (Client(HTTP_ACCEPT_LANGUAGE="cy"), "Llun i Mercher 09:30 tan 11:00"),
        (Client(), "Mon to Wed 09:30 to 11:00"),
    ):
        for address in ("/find-support/?words=walk", f"/find-support/{service.public_id}/"):
            assert said in browser.get(address).content.decode()
