"""The finder keeps to what was chosen, sets apart what does not say, loses nothing, and says what is open at this minute (part 9).

Shown to fail: with `narrowed` leaving out `no`, what says that it is not so is shown beside what does not say; with `comes_first`
false, a choice hides crisis offers.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.journey.directory.codes import CHOICES
from alongside.journey.directory.commands import import_places
from alongside.journey.directory.queries import finding, in_short, narrowing
from alongside.journey.directory.queries.entries import place_named
from alongside.journey.directory.queries.finder_picture import finder_picture
from alongside.journey.directory.queries.finding import find_services
from alongside.journey.directory.queries.narrowing import Choices
from alongside.journey.directory.queries.open_words import far_words, open_words
from alongside.journey.directory.tests.factories import make_service
from alongside.vocabulary.clock import UK
from alongside.vocabulary.opening_hours import in_words
from alongside.vocabulary.service_entry import LocationEntry
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
FRIDAY_AT_TEN = datetime(2026, 11, 27, 10, tzinfo=UK)
SAYS: dict[str, dict[str, Any]] = {
    "Says so": {"accessibility": "Step-free", "cost": "Free", "when_next": "Mon to Fri 9am-5pm"},
    "Says no": {"accessibility": "Not step-free", "cost": "£5", "when_next": "Sat 9am-5pm"},
    "Says nothing": {},
}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> MadeHub:
    for module in (finding, in_short):
        monkeypatch.setattr(module, "now", lambda: FRIDAY_AT_TEN)
    made = open_hub()
    import_places(actor=made.system, at=AT, rows=[("Rivermouth", "RM1", "Made-up", 51.6, -3.9)])
    for name, said in SAYS.items():
        make_service(made, f"{name}: choir", "meaning", **said)
    return made


@pytest.mark.parametrize("by", [{"text": "choir"}, {"need": "meaning"}, {}], ids=["by words", "by need", "everything"])
@pytest.mark.parametrize(
    "chosen",
    [{"ways": ("step_free",)}, {"ways": ("free",)}, {"open_now": True}, {"ways": ("free", "step_free"), "open_now": True}],
)
def test_only_what_says_so_and_then_what_does_not_say_and_never_what_says_no(
    made: MadeHub, by: dict[str, str], chosen: dict[str, Any]
) -> None:
    def names(choices: Choices) -> list[str]:
        return [one.name for one in find_services(made.public, choices=choices, **by).rows]  # type: ignore[arg-type]  # by name

    assert names(Choices(**chosen)) == ["Says so: choir"]
    assert names(Choices(**chosen, unsaid=True)) == ["Says so: choir", "Says nothing: choir"]


def test_a_choice_hides_no_crisis_offer(made: MadeHub) -> None:
    make_service(made, "Night crisis line", description="for anybody in a crisis", is_crisis=True)
    found = find_services(made.public, text="i want to die", choices=Choices(("faith", "speaks_pl"), open_now=True))
    assert [one.name for one in found.rows] == ["Night crisis line"]


def test_it_says_of_which_choice_an_entry_says_nothing(made: MadeHub) -> None:
    page = Client().get("/find-support/", {"words": "choir", "only": ["step_free", "lgbtq"], "language": "pl", "unsaid": "yes"})
    assert "It does not say: without steps, that welcomes LGBTQ+ people, in Polish" in page.content.decode()
    assert "It does not say: that welcomes LGBTQ+ people, in Polish" in page.content.decode()


def test_an_entry_names_its_languages_and_how_to_get_there_once(made: MadeHub) -> None:
    where = (LocationEntry(name="Hall", details={"location": [{"transportation": "Bus 12"}]}),)
    band = make_service(
        made, "Band", description="In person. In Welsh. Polish-speaking helpers.", when_next="Mon 9am-5pm", locations=where
    )
    written = re.sub(r"<[^>]+>|\s+", " ", Client().get(f"/find-support/{band.public_id}/").content.decode())
    written = re.sub(r" +", " ", written)
    assert "Languages Welsh, Polish How help is given" in written
    assert "Getting there Bus 12 When" in written
    listed = Client().get("/find-support/", {"words": "band"}).content.decode()
    assert "Getting there: Bus 12" in listed


def test_pages_by_choice_follow_each_other_and_lose_nothing(made: MadeHub) -> None:
    for number in range(45):
        make_service(made, f"Walk {number:02}", "sleep", **({"cost": "Free"} if number % 3 == 0 else {}))
    for by in ({"text": "walk"}, {"need": "sleep"}):
        seen: list[str] = []
        end = None
        for _page in range(3):
            found = find_services(made.public, choices=Choices(("free",), unsaid=True), after=end, **by)  # type: ignore[arg-type]  # by name
            seen, end = seen + [one.name for one in found.rows], found.go_on
        assert end is None
        assert len(set(seen)) == 45
        assert [name for name in seen if int(name[-2:]) % 3 == 0] == seen[:15]


@pytest.mark.parametrize("count", [1, 20, 60])
def test_choices_cost_the_same_number_of_queries_whatever_is_found(made: MadeHub, count: int) -> None:
    for number in range(count):
        make_service(made, f"Walk {number:03}", "sleep", near=(51.6, -3.9), **SAYS["Says so"])
    place, choices = place_named("Rivermouth").place, Choices(("free", "step_free"), open_now=True)
    for by, bound in (({"text": "walk"}, 8), ({"need": "sleep"}, 5)):
        with CaptureQueriesContext(connection) as queries:
            assert find_services(made.public, place=place, choices=choices, **by).rows  # type: ignore[arg-type]  # by name
        assert len(queries) == bound


def test_the_page_says_open_now_in_words_and_every_choice_can_be_ticked(made: MadeHub) -> None:
    written = Client().get("/find-support/", {"words": "choir"}).content.decode()
    assert "Open now, until 17:00." in written
    assert "Closed now. It opens at 9 tomorrow morning." in written
    for code in CHOICES:
        assert f'value="{code}"' in written
    only = Client().get("/find-support/", {"words": "choir", "only": "open_now"}).content.decode()
    assert only.count("al-card") == 1
    assert "unsaid=yes" in only


@pytest.mark.parametrize(
    ("hours", "at", "said"),
    [
        ("24/7", FRIDAY_AT_TEN, "Open now, day and night."),
        ("24/7", datetime(2026, 12, 25, 10, tzinfo=UK), "Open now, day and night."),
        ("Mon to Fri 9am-5pm", datetime(2026, 12, 25, 10, tzinfo=UK), "Today is a bank holiday: ask first whether it is open."),
        ("Mon to Fri 9am-5pm", datetime(2026, 11, 27, 17, tzinfo=UK), "Closed now. It opens at 9 on Monday morning."),
        ("by appointment", FRIDAY_AT_TEN, ""),
    ],
)
def test_open_in_words(hours: str, at: datetime, said: str) -> None:
    assert open_words(in_words(hours), at) == said


@pytest.mark.parametrize(
    ("miles", "said"),
    [
        (0.0, "about 0.0 miles, some 5 minutes on foot"),
        (1.0, "about 1.0 miles, some 25 minutes on foot"),
        (3.0, "about 3.0 miles"),
    ],
)
def test_how_far_in_words(miles: float, said: str) -> None:
    assert far_words(miles) == said


def test_the_picture_numbers_the_list_and_stands_without_it(made: MadeHub) -> None:
    make_service(made, "North", "grief", near=(51.7, -3.9))
    make_service(made, "Beside it", "grief", near=(51.701, -3.9))
    make_service(made, "East", "grief", near=(51.6, -3.8))
    make_service(made, "By telephone", "grief")
    place = place_named("Rivermouth").place
    found = find_services(made.public, need="grief", place=place)
    picture = finder_picture(place, found.places)
    assert picture is not None
    assert [one.name for one in found.rows] == ["East", "North", "Beside it", "By telephone"]
    east, north = picture.spots
    assert (east.numbers, north.numbers) == ("1", "2–3")
    assert float(east.x) > 300 > float(north.y)
    assert (east.y, north.x) == (picture.middle, picture.middle)
    written = Client().get("/find-support/", {"need": "grief", "near": "Rivermouth"}).content.decode()
    assert "2. <a href" in written
    assert "<script" not in written.split("al-map")[1].split("</svg>")[0]
    assert "al-map" not in Client().get("/find-support/", {"need": "grief"}).content.decode()


def test_a_list_is_taken_along_by_its_address(made: MadeHub) -> None:
    written = Client().get("/find-support/", {"words": "choir", "only": ["free", "step_free"]}).content.decode()
    assert (
        "mailto:?subject=Find%20support&amp;body=http%3A//testserver/find-support/%3Fwords%3Dchoir%26only%3Dfree%26only%3Dstep_free"
        in written
    )
    assert Choices() == narrowing.ANYTHING
