"""What we publish is Open Referral UK v3 by its own schemas, says nothing of anybody who works here, and keeps a refuge's place to itself.

Shown to fail: with `is_where_secret` saying no, the canaries of the refuge sing; with the organisation's e-mail or
the name of who confirmed written in `mapping.py`, their canaries do; without `~Q(pk__in=secret) | said` the refuge is found by its street.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.connections.outgoing import Answered
from alongside.exchange.open_referral.checking.asking import Bounds, check_address
from alongside.exchange.open_referral.publishing import mapping
from alongside.exchange.open_referral.services import read_services
from alongside.exchange.open_referral.streaming import Row
from alongside.hubs.models import Organisation, Team
from alongside.hubs.queries import local_date
from alongside.journey.directory.commands import (
    change_entry,
    close_service,
    confirm_service,
    import_entries,
    say_refuge,
    say_room,
    suggest_correction,
)
from alongside.journey.directory.commands.indexing import index
from alongside.journey.directory.models import Service, ServiceAtLocation
from alongside.journey.directory.queries.editors import as_it_stands
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import LocationEntry
from tests.contracts.directories import as_in_the_demonstration, entry, take, with_everything_missing
from tests.contracts.oruk import faults, judge, page_judge, root_judge
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = pytest.mark.django_db
BASE = "/open-referral/v3"
LISTS = {
    "services": ("service in a list", "service"),
    "service_at_locations": ("service_at_location in a list", "service_at_location"),
    "organizations": ("organization in a list", "organization with services"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
}
DIRECTORIES = {"the demonstration": as_in_the_demonstration, "everything missing": with_everything_missing}


def ask(path: str, **asked: Any) -> Any:
    answer = Client().get(f"{BASE}{path}", asked)
    assert answer.status_code == 200, (path, asked, answer.content)
    return answer.json()


def everything(per_page: int = 7) -> Iterator[tuple[str, str, Any]]:
    """Walk every page of every list, and everything that a list names: (address, shape, document)."""
    for name, (in_a_list, whole) in LISTS.items():
        number, last = 1, False
        while not last:
            page = ask(f"/{name}", page=number, per_page=per_page)
            yield f"/{name}?page={number}", "page", page
            for one in page["contents"]:
                yield f"/{name}", in_a_list, one
                yield f"/{name}/{one['id']}", whole, ask(f"/{name}/{one['id']}")
            number, last = number + 1, page["last_page"]
    for one in ask("/services", full="true", per_page=100)["contents"]:
        yield "/services?full=true", "service", one


@pytest.mark.parametrize("kind", DIRECTORIES)
def test_every_answer_is_what_the_published_schema_says(hub: MadeHub, shared_data: Path, kind: str) -> None:
    DIRECTORIES[kind](hub)
    assert faults(root_judge(shared_data), ask("/")) == []
    seen = []
    for address, shape, document in everything():
        validator = page_judge(shared_data) if shape == "page" else judge(shared_data, shape)
        assert faults(validator, document) == [], address
        seen.append(shape)
    missing = {"organization in a list", "organization with services"} if kind == "everything missing" else set()
    assert set(seen) == {*sum(LISTS.values(), ()), "page"} - missing


def test_the_judge_would_say_so(shared_data: Path) -> None:
    bad: dict[str, Any] = {
        "id": "1",
        "name": 5,
        "status": "open",
        "url": "no address",
        "last_modified": "2026-01-01",
        "email": "x",
    }
    assert len(faults(judge(shared_data, "service"), bad)) == 6
    assert (
        len(faults(judge(shared_data, "taxonomy"), {"id": str(uuid4()), "name": "n", "description": "d", "taxonomy_terms": [{}]}))
        == 3
    )


def test_an_entry_is_published_as_it_is_kept(hub: MadeHub) -> None:
    (kept,) = take(hub, entry("1", "Walk and talk"))
    hub.take_on("edie", "Edie Pretend", "charity", "hub_lead")
    at = now()
    confirm_service(actor=hub.actor("edie", at), at=at, service_id=kept.public_id)
    found = ask(f"/services/{kept.public_id}")
    assert {name: value for name, value in found.items() if isinstance(value, (str, int))} == {
        "id": str(kept.public_id), "name": "Walk and talk", "description": "Come as you are.", "status": "active",
        "url": "https://walk.example/come?a=1", "email": "hello@walk.example", "minimum_age": 16, "maximum_age": 25,
        "assured_date": local_date(at).isoformat(), "last_modified": mapping.moment(at), "application_process": "Come along.",
        "eligibility_description": "Anyone.",
    }  # fmt: skip
    assert [(one["number"], one.get("description")) for one in found["phones"]] == [
        ("01632 960001", "Office"),
        ("01632 960002", None),
    ]
    assert [one["amount_description"] for one in found["cost_options"]] == ["Free"]
    assert [one["description"] for one in found["schedules"]] == ["Mondays"]
    assert found["organization"]["name"] == "A made-up charity"
    assert [(one["taxonomy_term"]["name"], one.get("value")) for one in found["attributes"]] == [
        ("loneliness", mapping.GUESSED), ("grief", mapping.GUESSED), ("Source", "a feed"), ("Licence", "OGL-UK-3.0"),
    ]  # fmt: skip
    places = [one["location"] for one in found["service_at_locations"]]
    assert [one["name"] for one in places] == ["The hall", "The park", "The park"]
    assert (places[0]["addresses"][0]["address_1"], places[0]["addresses"][0]["postal_code"]) == (
        "1 Made-up Row, Town",
        "ZZ1 1AA",
    )
    assert places[0]["accessibility"][0]["description"] == "Step-free."
    assert len({one["id"] for one in found["service_at_locations"]}) == 3


def test_a_warning_and_fullness_stand_in_the_alert_and_a_closed_service_stays_findable(hub: MadeHub) -> None:
    (kept,) = take(hub, entry("1", "Walk and talk"))
    key = kept.public_id
    assert ask(f"/services/{key}")["alert"] == "Not confirmed by a person yet: call before you go."
    say_room(actor=hub.system, at=now(), service_id=key, weeks=None)
    assert ask(f"/services/{key}")["alert"].startswith("Full at the moment. ")
    close_service(actor=hub.system, at=AT, service_id=key)
    assert [one["status"] for one in ask("/services")["contents"]] == ["inactive"]
    assert ask(f"/services/{key}")["status"] == "inactive"


def test_a_feed_that_comes_in_again_leaves_every_id_as_it_was(hub: MadeHub) -> None:
    take(hub, entry("1", "Walk and talk"))
    before = json.dumps(ask("/services", full="true")["contents"])
    import_entries(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, source="a feed", rows=[entry("1", "Walk and talk", cost="5 pounds")]
    )
    after = json.dumps(ask("/services", full="true")["contents"])
    assert after == before.replace('"Free"', '"5 pounds"')


def test_pages_say_what_the_profile_says_and_hold_each_entry_once(hub: MadeHub) -> None:
    take(hub, *(entry(str(number), f"Service {number}") for number in range(7)))
    pages = [ask("/services", page=number, per_page=3) for number in (1, 2, 3)]
    said = [{name: value for name, value in page.items() if name != "contents"} for page in pages]
    whole = {"total_items": 7, "total_pages": 3, "empty": False}
    assert said == [
        whole | {"page_number": 1, "size": 3, "first_page": True, "last_page": False},
        whole | {"page_number": 2, "size": 3, "first_page": False, "last_page": False},
        whole | {"page_number": 3, "size": 1, "first_page": False, "last_page": True},
    ]
    assert [one["name"] for page in pages for one in page["contents"]] == [f"Service {number}" for number in range(7)]
    assert ask("/organizations", per_page=1)["total_pages"] == 1


def test_an_empty_directory_has_one_empty_page(hub: MadeHub) -> None:
    assert ask("/services") == {
        "total_items": 0, "total_pages": 1, "page_number": 1, "size": 0, "first_page": True, "last_page": True, "empty": True,
        "contents": [],
    }  # fmt: skip


FILTERS: dict[str, tuple[dict[str, str], list[str]]] = {
    "words": ({"search": "knit town"}, ["Knit"]),
    "words that nobody says": ({"search": "zebra"}, []),
    "a need": ({"taxonomy_term_id": "need:grief"}, ["Walk"]),
    "a term that is none of ours": ({"taxonomy_term_id": str(UUID(int=1))}, []),
    "any need": ({"taxonomy_id": "taxonomy:needs"}, ["Walk", "Knit"]),
    "a taxonomy that is none of ours": ({"taxonomy_id": str(UUID(int=1))}, []),
    "a licence": ({"taxonomy_term_id": "about-the-entry:licence"}, ["Walk", "Bare"]),
    "a lowest age": ({"minimum_age": "16"}, ["Walk", "Bare"]),
    "a highest age": ({"maximum_age": "20.5"}, ["Knit"]),
    "later": ({"modified_after": "2026-03-02T09:30:00.001Z"}, ["Bare"]),
    "a day": ({"modified_after": "2026-03-02"}, ["Walk", "Knit", "Bare"]),
}


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", FILTERS)
def test_a_filter_gives_what_fits(hub: MadeHub, kind: str) -> None:
    walk, knit, bare = take(
        hub,
        entry("1", "Walk"),
        entry("2", "Knit", needs=("sleep",), licence="", age_from=5, age_to=10),
        entry("3", "Bare", needs=(), age_from=18, age_to=None, locations=()),
    )
    close_service(actor=hub.system, at=AT + timedelta(days=9), service_id=bare.public_id)
    terms = {f"{one['taxonomy']}:{one['name']}".casefold(): one["id"] for one in ask("/taxonomy_terms", per_page=100)["contents"]}
    known = {
        "need:grief": terms["needs:grief"],
        "about-the-entry:licence": terms["about the entry:licence"],
        "taxonomy:needs": ask("/taxonomies")["contents"][0]["id"],
    }
    asked, expected = FILTERS[kind]
    found = ask("/services", **{name: known.get(value, value) for name, value in asked.items()})
    assert [one["name"] for one in found["contents"]] == expected
    assert found["total_items"] == len(expected)
    at_places = ask("/service_at_locations", **{name: known.get(value, value) for name, value in asked.items()})
    assert {one["service"]["name"] for one in at_places["contents"]} == set(expected) - {"Bare"}


def test_minimal_gives_ids_and_when_they_changed(hub: MadeHub) -> None:
    (kept,) = take(hub, entry("1", "Walk"))
    assert ask("/services", minimal="true", per_page=20000)["contents"] == [
        {"id": str(kept.public_id), "modified_date": "2026-03-02T09:30:00.000Z"}
    ]


NOES = [
    ("/services", {"page": "0"}, 400, "page"),
    ("/services", {"page": "-1"}, 400, "page"),
    ("/services", {"page": "x"}, 400, "page"),
    ("/services", {"page": "9" * 5000}, 400, "page"),
    ("/services", {"page": "2"}, 400, "page"),
    ("/services", {"page": "999999"}, 400, "page"),
    ("/services", {"per_page": "100000"}, 400, "per_page"),
    ("/services", {"per_page": "0"}, 400, "per_page"),
    ("/services", {"per_page": "٣"}, 400, "per_page"),
    ("/services", {"modified_after": "yesterday"}, 400, "modified_after"),
    ("/services", {"modified_after": "0001-01-01T00:00:00+14:00"}, 400, "modified_after"),
    ("/services", {"taxonomy_term_id": "grief"}, 400, "taxonomy_term_id"),
    ("/services", {"minimum_age": "old"}, 400, "minimum_age"),
    ("/services", {"minimal": "perhaps"}, 400, "minimal"),
    ("/services", {"search": "a\0b"}, 400, "search"),
    ("/services", {"day": "MO"}, 400, "day"),
    ("/service_at_locations", {"postcode": "ZZ1 1AA", "proximity": "100"}, 400, "postcode"),
    ("/taxonomy_terms", {"page": "9"}, 400, "page"),
    ("/organizations", {"per_page": "501"}, 400, "per_page"),
    (f"/services/{UUID(int=7)}", {}, 404, None),
    ("/services/1", {}, 404, None),
    (f"/service_at_locations/{UUID(int=7)}", {}, 404, None),
    (f"/organizations/{UUID(int=7)}", {}, 404, None),
    (f"/taxonomies/{UUID(int=7)}", {}, 404, None),
    (f"/taxonomy_terms/{UUID(int=7)}", {}, 404, None),
    ("/nothing", {}, 404, None),
    ("/services/1/2", {}, 404, None),
]


@pytest.mark.parametrize(("path", "asked", "status", "parameter"), NOES)
def test_a_no_is_json_with_a_reason_and_nothing_of_the_inside(
    hub: MadeHub, path: str, asked: dict[str, str], status: int, parameter: str | None
) -> None:
    answer = Client().get(f"{BASE}{path}", asked)
    said = answer.json()
    assert (answer.status_code, said["status"], said.get("parameter")) == (status, status, parameter)
    assert set(said) <= {"title", "status", "detail", "parameter"}
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Traceback" not in said["detail"] and "alongside" not in said["detail"]


def test_only_for_reading_from_anywhere_and_without_a_cookie(hub: MadeHub) -> None:
    take(hub, entry("1", "Walk"))
    for method, status in (
        ("get", 200),
        ("head", 200),
        ("options", 204),
        ("post", 405),
        ("put", 405),
        ("delete", 405),
        ("patch", 405),
    ):
        answer = getattr(Client(enforce_csrf_checks=True), method)(f"{BASE}/services", HTTP_ORIGIN="https://elsewhere.example")
        assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"], len(answer.cookies)) == (status, "*", 0), (
            method
        )
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert (answer.content == b"") == (method in ("head", "options"))
        assert answer.headers.get("Allow") == (None if status == 200 else "GET, HEAD, OPTIONS")
    assert Client().get(f"{BASE}").json() == Client().get(f"{BASE}/").json()


def test_the_same_answer_is_known_again_by_its_etag(hub: MadeHub) -> None:
    (kept,) = take(hub, entry("1", "Walk"))
    address = f"{BASE}/services/{kept.public_id}"
    first = Client().get(address)
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert first.headers["Last-Modified"] == "Mon, 02 Mar 2026 09:30:00 GMT"
    again = Client().get(address, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    say_room(actor=hub.system, at=now(), service_id=kept.public_id, weeks=None)
    changed = Client().get(
        address, HTTP_IF_NONE_MATCH=first.headers["ETag"], HTTP_IF_MODIFIED_SINCE=first.headers["Last-Modified"]
    )
    assert changed.status_code == 200 and changed.headers["ETag"] != first.headers["ETag"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "path", ["/services", "/services?full=true", "/services?minimal=true", "/service_at_locations", "/organizations"]
)
def test_a_page_costs_the_same_statements_at_one_twenty_and_two_hundred(hub: MadeHub, path: str) -> None:
    counted = []
    for rows in (1, 20, 200):
        take(
            hub,
            *(
                entry(str(number), f"Service {number}", organisation=f"Charity {number}", locations=(LocationEntry("The hall"),))
                for number in range(rows)
            ),
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = Client().get(f"{BASE}{path}{'&' if '?' in path else '?'}per_page=500").json()
        assert len(found["contents"]) == rows
        counted.append(len(queries))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 6


def test_a_hub_publishes_its_own_directory_at_its_own_address_whoever_asks() -> None:
    one, other = open_hub("one"), open_hub("other")
    for made, name in ((one, "testserver"), (other, "127.0.0.1")):
        made.hub.hostnames = [name]
        made.hub.save()
        take(made, entry("1", f"Of {name}"))
    (theirs,) = Service.objects.filter(hub=other.hub)
    assert [one["name"] for one in ask("/services")["contents"]] == ["Of testserver"]
    assert Client().get(f"{BASE}/services/{theirs.public_id}").status_code == 404
    # A worker of the other hub reads what everybody reads here.
    worker = other.signed_in("dana")
    assert [one["name"] for one in worker.get(f"{BASE}/services").json()["contents"]] == ["Of testserver"]
    assert worker.get(f"{BASE}/services").headers["Cache-Control"] == "no-store"


def test_where_there_is_no_hub_yet_nothing_is_listed_and_the_description_stands() -> None:
    assert [Client().get(f"{BASE}{path}").status_code for path in ("/", "/openapi.json", "/taxonomies", "/services")] == [
        200,
        200,
        200,
        404,
    ]


CANARIES = {
    "the name of whom works here": "Canary Singer",
    "the telephone of a team": "01632 960777",
    "the duty line": "01632 960778",
    "the telephone of an organisation": "01632 960779",
    "the e-mail of an organisation": "canary@organisation.example",
    "the words of a correction": "canarywords",
    "the street of a refuge": "99 Canary Street",
    "the postcode of a refuge": "ZZ9 9ZZ",
    "the name of the place of a refuge": "Canary House",
    "where a refuge is on the map": "51.98765",
    "how to get into a refuge": "the canary door",
}


def with_canaries(made: MadeHub) -> Service:
    """Put everything that could sing as near to what is published as it can stand."""
    as_in_the_demonstration(made)
    refuge, walk = take(
        made, entry("refuge", "A women's refuge", needs=("domestic_abuse",), locations=()), entry("walk", "Walk and talk")
    )[-2:]
    # No feed brings them: somebody wrote them here before anybody was asked whether it is a refuge.
    Service.objects.filter(pk=refuge.pk).update(accessibility=CANARIES["how to get into a refuge"])
    ServiceAtLocation.objects.create(
        service=refuge, hub=made.hub, name=CANARIES["the name of the place of a refuge"],
        address=CANARIES["the street of a refuge"], postcode=CANARIES["the postcode of a refuge"],
        latitude=51.98765, longitude=-3.98765,
    )  # fmt: skip
    index([refuge.pk])
    made.take_on("edie", CANARIES["the name of whom works here"], "charity", "hub_lead")
    Team.objects.update(phone=CANARIES["the telephone of a team"], email="canary@team.example")
    Organisation.objects.update(
        phone=CANARIES["the telephone of an organisation"], email=CANARIES["the e-mail of an organisation"], duty_line=CANARIES["the duty line"]
    )  # fmt: skip
    editor = made.actor("edie")
    for one in (refuge, walk):
        Service.objects.filter(pk=one.pk).update(team=made.teams["door"], organisation=made.partners["trust"])
        confirm_service(actor=editor, at=AT, service_id=one.public_id, by_words=CANARIES["the name of whom works here"])
        suggest_correction(
            actor=made.public, at=AT, hub_id=made.hub.pk, service_id=one.public_id, words=CANARIES["the words of a correction"]
        )
    return refuge


@pytest.mark.hazard("H07")
def test_no_canary_sings(hub: MadeHub) -> None:
    refuge = with_canaries(hub)
    sung = {
        what for _address, _shape, document in everything() for what, song in CANARIES.items() if song in json.dumps(document)
    }
    assert sung == set()
    found = ask(f"/services/{refuge.public_id}")
    assert found["name"] == "A women's refuge" and found["phones"] and "service_at_locations" not in found


@pytest.mark.both_databases
@pytest.mark.hazard("H07")
def test_a_refuge_is_found_by_its_name_and_by_nothing_of_where_it_is(hub: MadeHub) -> None:
    with_canaries(hub)
    assert [one["name"] for one in ask("/services", search="refuge")["contents"]] == ["A women's refuge"]
    for words in ("99", "Street", "Canary Street", "refuge 99", CANARIES["the street of a refuge"]):
        assert "A women's refuge" not in [one["name"] for one in ask("/services", search=words)["contents"]], words
        assert "A women's refuge" not in [
            one["service"]["name"] for one in ask("/service_at_locations", search=words)["contents"]
        ]


@pytest.mark.hazard("H07")
@pytest.mark.parametrize(
    "said", ["A SAFE-HOUSE for women", "Lloches i fenywod", "y Tŷ Diogel", "two safe houses", "refuges in Wales"]
)
def test_every_way_to_say_it_keeps_the_place_unsaid(hub: MadeHub, said: str) -> None:
    (kept,) = take(hub, entry("1", "A service", description=f"We run {said}."))
    assert "Made-up Row" not in json.dumps(ask(f"/services/{kept.public_id}"))
    assert ask("/service_at_locations")["total_items"] == 0


def test_a_service_for_refugees_says_where_it_is(hub: MadeHub) -> None:
    (kept,) = take(hub, entry("1", "For refugees", description="A safe place, and a warm house."))
    assert "Made-up Row" in json.dumps(ask(f"/services/{kept.public_id}"))


@pytest.mark.hazard("H07")
def test_the_canary_would_sing_without_the_control(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    refuge = with_canaries(hub)
    monkeypatch.setattr(mapping, "is_where_secret", lambda _service: False)
    assert CANARIES["the street of a refuge"] in json.dumps(ask(f"/services/{refuge.public_id}"))


class ByTheTestClient:
    """Asks our own interface as the checker asks any other."""

    def request(self, method: str, url: str, *, headers: Any = None) -> Answered:
        answer = Client().get(url.removeprefix("https://hub.example"))
        return Answered(answer.status_code, answer.headers, answer.content, url)


@pytest.mark.parametrize("kind", DIRECTORIES)
def test_our_own_feed_fails_nothing_in_our_own_checker(hub: MadeHub, kind: str) -> None:
    DIRECTORIES[kind](hub)
    found = check_address(f"https://hub.example{BASE}", ByTheTestClient(), Bounds(services=100))
    # An address is kept on one line, so its town and county say nothing; whoever is only a name has nothing to reach them by.
    expected = {"empty"} if kind == "the demonstration" else {"empty", "no-way-to-reach", "no-description", "postcode"}
    assert {one.rule for one in found.listed} <= expected, found.listed
    assert found.verdict == "warn"
    assert found.looked_at["service"] == Service.objects.filter(hub=hub.hub).count()


WHOLE: dict[str, Any] = {
    "id": "8b0f1a52-6c55-4a53-9d1b-7f2f5f0f4c11", "name": "Money talks", "description": "Debt advice.", "status": "active",
    "accreditations": "Advice Quality Standard", "alert": "Moved to the library this month.", "assured_date": "2026-01-01",
    "organization": {
        "id": "0d7c1a0b-9a34-4f6b-8d4a-0d3d4a0f9e01", "name": "Pretend Money Trust", "description": "A made-up charity.",
        "website": "https://money.example/", "email": "hello@money.example",
        "organization_identifiers": [{"id": "x", "identifier_scheme": "GB-CHC", "identifier_type": "Charity number", "identifier": "000000"}],
    },
    "schedules": [{"id": "a", "freq": "WEEKLY", "interval": 1, "byday": "TU,TH", "opens_at": "10:00", "closes_at": "16:00",
                   "valid_from": "2026-01-01", "attending_type": "in person", "notes": "Ring the bell.", "dtstart": "2026-01-06"}],
    "cost_options": [{"id": "a", "option": "Under 18s", "amount": 0, "amount_description": "Free for them"}, {"id": "b", "option": "Others", "amount": 3.5}],
    "languages": [{"id": "a", "name": "Polish", "code": "pl"}, {"id": "b", "name": "Cymraeg", "code": "cy"}],
    "contacts": [{"id": "a", "name": "The front desk", "title": "Reception"}],
    "funding": [{"id": "a", "source": "A made-up lottery"}],
    "service_areas": [{"id": "a", "name": "All of Rivermouth", "service_area": "Rivermouth", "extent_type": "name"}],
    "attributes": [{"id": "a", "link_type": "topic", "taxonomy_term": {"id": "b", "name": "Debt", "description": "d", "taxonomy": "Topics"}}],
    "service_at_locations": [{"id": "a", "location": {
        "id": "b", "location_type": "physical", "name": "The library", "description": "Behind the church.", "latitude": 51.5, "longitude": -3.2,
        "external_identifier": "10092008082", "external_identifier_type": "UPRN",
        "addresses": [{"id": "c", "address_1": "1 Made-up Street", "city": "Rivermouth", "state_province": "Pretendshire", "postal_code": "ZZ1 1ZZ",
                       "country": "GB", "address_type": "physical"}],
        "accessibility": [{"id": "d", "description": "A ramp at the side.", "details": "Ring first.", "url": "https://money.example/ramp"}],
    }}],
}  # fmt: skip


def _without_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: _without_keys(one)
            for name, one in value.items()
            if name not in ("id", "service_id", "location_id", "organization_id")
        }
    return [_without_keys(one) for one in value] if isinstance(value, list) else value


def _taken(hub: MadeHub, row: dict[str, Any]) -> Service:
    rows = read_services([Row("[0]", row)], source="whole")
    import_entries(actor=Actor.system("tests", hub.hub.pk), at=now(), hub_id=hub.hub.pk, source="whole", rows=rows)
    return Service.objects.get(source="whole")


def test_the_whole_of_a_service_goes_in_and_comes_out(hub: MadeHub) -> None:
    found = ask(f"/services/{_taken(hub, WHOLE).public_id}")
    for part in ("schedules", "cost_options", "languages", "contacts", "funding", "service_areas", "accreditations"):
        assert _without_keys(found[part]) == _without_keys(WHOLE[part]), part
    (at,) = found["service_at_locations"]
    assert _without_keys(at["location"]) == _without_keys(WHOLE["service_at_locations"][0]["location"])
    assert _without_keys(found["organization"]) == _without_keys(WHOLE["organization"])
    assert ask(f"/organizations/{found['organization']['id']}")["website"] == "https://money.example/"
    assert ask("/organizations", per_page=100)["contents"][-1]["description"] == "A made-up charity."
    assert WHOLE["alert"] in found["alert"]
    assert "Topics: Debt" in [one.get("value") for one in found["attributes"]]


def test_words_that_were_changed_here_go_out_and_not_the_part_behind_them(hub: MadeHub) -> None:
    service = _taken(hub, WHOLE)
    hub.take_on("edie", "Edie Pretend", "charity", "hub_lead")
    stands = as_it_stands(service)
    said = replace(stands, cost="Free for everybody", accessibility="The ramp is gone: ring first.")
    change_entry(actor=hub.actor("edie", now()), at=now(), service_id=service.public_id, said=said)
    found = ask(f"/services/{service.public_id}")
    assert [one["amount_description"] for one in found["cost_options"]] == ["Free for everybody"]
    assert "free" in Service.objects.get(pk=service.pk).ways.split()
    (at,) = found["service_at_locations"]
    assert [one["description"] for one in at["location"]["accessibility"]] == ["The ramp is gone: ring first."]
    assert found["schedules"][0]["byday"] == "TU,TH"
    _taken(hub, WHOLE | {"description": "Debt advice, and tea."})
    again = ask(f"/services/{service.public_id}")
    assert [one["amount_description"] for one in again["cost_options"]] == ["Free for everybody"], "it is kept here now"


def test_a_refuge_keeps_nothing_that_says_where_it_is(hub: MadeHub) -> None:
    service = _taken(hub, WHOLE)
    hub.take_on("edie", "Edie Pretend", "charity", "hub_lead")
    say_refuge(actor=hub.actor("edie", now()), at=now(), service_id=service.public_id, is_refuge=True)
    _taken(hub, WHOLE | {"description": "A refuge."})
    kept = Service.objects.get(pk=service.pk)
    assert set(kept.details) == {"languages"}
    said = json.dumps(ask(f"/services/{service.public_id}"))
    assert "Rivermouth" not in said
    assert "library" not in said
