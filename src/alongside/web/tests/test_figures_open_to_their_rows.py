"""Every figure of the hub page opens to exactly what it counts: the rows in reach and those said to be beyond are the figure."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.hubs.models import Hat, Team
from alongside.journey.care_contacts.commands import log_contact
from alongside.journey.directory.models import Service
from alongside.journey.handovers.commands import answer, introduce, meet, signpost, write_down_result
from alongside.journey.handovers.models import Handover
from alongside.journey.referrals.commands import decide
from alongside.people.commands import ask_again, read_story
from alongside.people.models import Person
from alongside.vocabulary.clock import now, today
from alongside.web import figures
from alongside.web.figures import FIGURES, Behind, count, held_by_team, held_by_workers_of, rows_behind, since, team_loads
from tests.support.hub import MadeHub, referral_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


def live(made: MadeHub, holder: str, team: str, number: int) -> Person:
    """Take somebody through every part of the journey that a figure counts, with `number` deciding how it goes."""
    at, actor = now() - 30 * DAY, made.actor(holder, now())
    person = made.held_by(holder, at=at, name=f"Person {holder} {number}", email=f"{holder}{number}@p.example")
    if number % 2:
        read_story(actor=actor, at=at, person_id=person.pk)
    for days in (1, 9):
        log_contact(
            actor=actor, at=at + days * DAY, person_id=person.pk, outcome="met", mode="telephone",
            next_on=(at + (days + 10) * DAY).date(),
        )  # fmt: skip
    ask_again(actor=actor, at=at + DAY, person_id=person.pk, topic="mind", reason="changed")
    one = introduce(actor=actor, at=at + 2 * DAY, person_id=person.pk, words="hello", to_team_id=made.teams[team]).handover
    receiver = made.actor({"harbour": "liv", "north": "nell"}[team], now())
    if number == 0:
        answer(actor=receiver, at=at + 3 * DAY, handover_id=one.public_id, answer="not_us", reason="full")
    else:
        answer(actor=receiver, at=at + 3 * DAY, handover_id=one.public_id, answer="yes", meet_on=(at + 4 * DAY).date())
    if number == 2:
        meet(actor=receiver, at=at + 4 * DAY, handover_id=one.public_id)
    service = Service.objects.filter(hub=made.hub).first() or Service.objects.create(
        hub=made.hub, name="A walking group", source="tests", source_id="1"
    )
    given = signpost(actor=actor, at=at + 5 * DAY, person_id=person.pk, service_id=service.pk)
    if number == 1:
        write_down_result(actor=actor, at=at + 6 * DAY, signpost_id=given.public_id, result="went")
    return person


@pytest.fixture
def lived(hub: MadeHub) -> MadeHub:
    for number in range(3):
        live(hub, "cora", "harbour", number)
        live(hub, "liv", "north", number)
    hub.held_by("tess", at=now() - 200 * DAY, name="Long ago")
    hub.person(at=now() - DAY, name="Just in")
    return hub


def every_figure(made: MadeHub, key: str = "lea") -> dict[str, Behind]:
    found = {what: one.behind(made.hub.pk, since(now())) for what, one in FIGURES.items()}
    for one in team_loads(made.actor(key, now()), now()):
        found[one.team] = held_by_team(made.actor(key, now()), one.team_id, now())[1]
        found[f"{one.team}: its workers"] = held_by_workers_of(made.actor(key, now()), one.team_id, now())[1]
        assert (count(found[one.team]).whole, count(found[f"{one.team}: its workers"]).whole) == (one.itself, one.by_its_workers)
    return found


@pytest.mark.hazard("H24")
def test_the_rows_in_reach_and_those_beyond_are_the_figure_for_every_reader(lived: MadeHub) -> None:
    some_within = some_beyond = 0
    for key in ("cora", "liv", "nell", "dana", "lea", "saf"):
        actor = lived.actor(key, now())
        for what, behind in every_figure(lived).items():
            found = rows_behind(actor, behind, at=now())
            assert len(found.rows) + found.beyond == found.counted.whole == count(behind).whole, (key, what)
            assert found.beyond >= 0
            some_within, some_beyond = some_within + bool(found.rows), some_beyond + bool(found.beyond)
    assert some_within > 10 and some_beyond > 10


def test_both_parts_of_a_figure_are_counted_and_their_rows_marked(lived: MadeHub) -> None:
    counted = {what: count(behind) for what, behind in every_figure(lived).items()}
    assert {what: (one.part, one.whole) for what, one in counted.items() if one.part is not None} == {
        "told-once": (2, 6),
        "introduced": (2, 6),
        "signposts": (2, 6),
        "held": (8, 8),
    }
    assert [counted[what].whole for what in ("asked-again", "not-us", "came-in", "door team")] == [6, 2, 7, 1]
    assert [counted[f"{team} team: its workers"].whole for team in ("door", "north", "harbour")] == [0, 3, 4]
    mine = rows_behind(lived.actor("cora", now()), every_figure(lived)["told-once"], at=now()).rows
    assert sorted((one.name, one.is_part) for one in mine if "cora" in one.name) == [
        ("Person cora 0", False),
        ("Person cora 1", True),
        ("Person cora 2", False),
    ]


@pytest.mark.hazard("H24")
def test_the_numbers_on_the_page_are_those_of_their_rows(lived: MadeHub) -> None:
    client = signed_in(lived, "cora")
    home = client.get("/hub/").content.decode()
    boxes = re.findall(r'<a href="([^"]+)">[^<]+</a></h2><p class="al-figure">([^<]+)</p>', home)
    teams = re.findall(r'<a href="(/hub/teams/[^"]+)">(\d+)</a>', home)
    assert len(boxes) == len(FIGURES) + 1 and len(teams) == 2 * Team.objects.filter(hub=lived.hub).count()
    for address, figure in [*boxes, *teams]:
        page = client.get(address).content.decode()
        assert f'<p class="al-figure">{figure}</p>' in page, address
        rows = len(re.findall(r'<li><span class="al-rows__main"><a href="/people/', page))
        said = re.search(r"(\d+) (?:more|behind this number)", page)
        assert rows + (int(said[1]) if said else 0) == int(figure.split()[-1]), address


def test_every_date_says_what_it_is_and_one_is_not_said_as_many(lived: MadeHub) -> None:
    """It used to say "1 answers", and a bare date beside each name."""
    client = signed_in(lived, "cora")
    said = {
        "came-in": "came in ", "held": "here since ", "told-once": "met ", "asked-again": "asked ",
        "introduced": "offered ", "not-us": "offered ", "signposts": "told of it ",
    }  # fmt: skip
    assert set(said) == set(FIGURES)
    for what, words in said.items():
        sides = re.findall(r'al-rows__side">([^<]+)<', client.get(f"/hub/{what}/").content.decode())
        assert sides and all(side.startswith(words) for side in sides), what
    assert "<p>answers in 90 days" in client.get("/hub/not-us/").content.decode()
    lived.held_by("cora", at=now() - DAY)
    Handover.objects.filter(answer="not_us").order_by("pk")[0].delete()
    assert "<p>answer in 90 days" in client.get("/hub/not-us/").content.decode()


@pytest.mark.hazard("H24")
def test_a_figure_of_nothing_says_so(hub: MadeHub) -> None:
    page = signed_in(hub, "cora").get("/hub/not-us/").content.decode()
    assert "Nobody: the figure is 0." in page and "reach" not in page


def test_when_none_is_within_reach_all_are_beyond_it(hub: MadeHub) -> None:
    hub.held_by("liv", at=now() - DAY)
    hub.held_by("liv", at=now() - DAY, email="other@p.example")
    page = signed_in(hub, "cora").get("/hub/held/").content.decode()
    assert (
        "All 2 behind this number are beyond your reach" in page and "more" not in page.split("al-figure")[1].split("footer")[0]
    )
    assert "al-rows" not in page


def test_a_long_figure_goes_on_by_key_and_shows_each_row_once(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "PAGE", 3)
    people = [hub.held_by("cora", at=now() - DAY, name=f"P{number}", email=f"{number}@p.example") for number in range(7)]
    client, path, seen, pages = signed_in(hub, "cora"), "/hub/held/", [], 0
    while path:
        page = client.get(path).content.decode()
        seen += re.findall(r'<a href="/people/([0-9a-f-]+)/">', page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        path, pages = (f"/hub/held/{onward[1]}".replace("&amp;", "&") if onward else ""), pages + 1
    assert pages == 3 and len(seen) == 7 and set(seen) == {str(one.public_id) for one in people}


@pytest.mark.parametrize("after", ["", "nonsense", "2026-01-01_1", "2026-01-01T00:00:00+00:00_x", "_"])
def test_an_address_that_makes_no_sense_begins_at_the_beginning(hub: MadeHub, after: str) -> None:
    hub.held_by("cora", at=now() - DAY)
    assert "Mair Pretend" in signed_in(hub, "cora").get("/hub/held/", {"after": after}).content.decode()


def test_the_hub_page_costs_the_same_for_one_and_for_twenty(hub: MadeHub) -> None:
    client, costs = signed_in(hub, "cora"), []
    for more in (1, 20):
        for number in range(more):
            person = hub.person(at=now() - DAY, name=f"P{number}", email=f"{more}-{number}@p.example")
            decide(
                actor=hub.actor("dana", now()), at=now(), referral_id=referral_of(person).public_id, urgency="steady",
                to_hat_id=hub.hats["cora"], next_on=today() + DAY,
            )  # fmt: skip
        client.get("/hub/")
        with CaptureQueriesContext(connection) as found:
            client.get("/hub/")
        costs.append(len(found))
    assert costs[0] == costs[1]


def test_another_hubs_team_is_not_there(hub: MadeHub) -> None:
    from tests.support.hub import open_hub

    other = open_hub("elsewhere")
    team = Team.objects.get(pk=other.teams["north"])
    assert signed_in(hub, "cora").get(f"/hub/teams/{team.public_id}/").status_code == 404
