"""What a browser, or somebody who plays with addresses, sends wrongly: always a sentence and help, never an empty page."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.hubs.models import Hat
from alongside.journey.referrals.forms.practitioner import TakenBy
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub() -> MadeHub:
    return open_hub()


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("method", "address"), [("post", "/"), ("put", "/privacy/"), ("get", "/language/"), ("put", "/stands/x/mind/")]
)
def test_a_page_used_in_a_way_it_does_not_know_answers_with_a_sentence(client: Client, method: str, address: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer.headers["Allow"]
    assert "use the buttons on the page" in answer.content.decode()


@pytest.mark.parametrize("address", ["/stands/mistyped/", "/stands/mistyped/reach/", "/stands/", "/answer/mistyped/"])
def test_a_private_link_that_does_not_work_says_whom_to_call(client: Client, address: str) -> None:
    answer = client.get(address)
    page = answer.content.decode().split("<footer")[0]
    assert answer.status_code == 404 and 'href="tel:01632960000"' in page and "it may be an old one" in page


def test_any_other_page_that_is_not_there_speaks_of_no_link(client: Client) -> None:
    assert "it may be an old one" not in client.get("/no-such-page/").content.decode()


def test_more_fields_than_any_form_has_are_not_a_fault_of_ours(client: Client) -> None:
    answers = [
        client.get("/find-support/?" + "a=1&" * 500),
        client.post("/ask/", {f"field{number}": "x" for number in range(500)}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert all("We could not read what was sent" in answer.content.decode() for answer in answers)


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "no-such", "base64"])
def test_letters_in_a_code_that_no_browser_sends_are_not_a_fault_of_ours(client: Client, charset: str) -> None:
    answer = client.generic("POST", "/ask/", b"safe=yes\xff", f"application/x-www-form-urlencoded; charset={charset}")
    assert answer.status_code == 400
    assert 'href="tel:999"' in answer.content.decode()


def test_a_form_in_parts_that_does_not_say_where_they_end_is_not_a_fault_of_ours(client: Client) -> None:
    answer = client.generic("POST", "/ask/", b"--x", "multipart/form-data")
    assert answer.status_code == 400
    assert "We could not read what was sent" in answer.content.decode()


def test_an_unknown_host_is_told_so_with_help_on_the_page(client: Client) -> None:
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert 'href="tel:999"' in answer.content.decode()


def test_a_form_that_was_open_too_long_says_what_to_do_and_who_can_help() -> None:
    answer = Client(enforce_csrf_checks=True, headers={"accept-language": "cy"}).post("/ask/", {"safe": "no"})
    words = answer.content.decode()
    assert answer.status_code == 403
    assert "CSRF" not in words
    assert 'lang="cy"' in words and "llwythwch y dudalen eto" in words
    assert 'href="tel:999"' in words


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client(raise_request_exception=False)
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


@pytest.mark.parametrize("sent", [{}, {"task": "x", "same": "yes"}, {"task": "9" * 40}, {"task": "\x00", "same": "no"}])
def test_who_is_who_settles_nothing_without_a_task_and_an_answer(hub: MadeHub, sent: dict[str, str]) -> None:
    assert signed_in(hub, "dana").post("/who-is-who/", sent).status_code == 404


@pytest.mark.parametrize("address", ["/today/?after=2024-01-01_{many}", "/find-support/?from=%5B{many},0,0,%22a%22,1%5D"])
def test_a_number_that_no_database_holds_is_no_place_in_a_list(hub: MadeHub, address: str) -> None:
    assert signed_in(hub, "cora").get(address.format(many="9" * 40)).status_code == 200


@pytest.mark.parametrize(
    "after",
    [
        f"{'9' * 30}_2024-01-01T00:00:00_1",
        f"1_2024-01-01T00:00:00_{'9' * 40}",
        "1_9999-12-31T23:59:59-23:59_1",
        "1_0001-01-01T00:00:00+23:59_1",
        "1_x_1",
        "²_x",
    ],
)
def test_the_queue_from_a_moment_that_cannot_be_is_the_queue_from_its_start(hub: MadeHub, after: str) -> None:
    assert signed_in(hub, "dana").get("/triage/", {"after": after}).status_code == 200


def test_digits_that_are_no_number_are_not_taken_for_one(hub: MadeHub) -> None:
    client, person = signed_in(hub, "cora"), hub.held_by("cora")
    assert client.get("/find-support/", {"from": "²"}).status_code == 200
    assert client.get("/account/first/²/x/").status_code == 404
    assert client.post(f"/people/{person.public_id}/contact-safety/", {"point": "²", "safe": "yes"}).status_code == 200
    assert not TakenBy({"taken_by": "Crisis team", "time": "²:00", "outcome": "heard"}).is_valid()


@pytest.mark.parametrize(("key", "address"), [("lea", "/hats/"), ("saf", "/exclusions/")])
def test_a_list_of_workers_answers_head_as_it_answers_get(hub: MadeHub, key: str, address: str) -> None:
    client = signed_in(hub, key)
    assert (client.head(address).status_code, client.get(address).status_code) == (200, 200)
