"""What a browser, or somebody who plays with addresses, sends wrongly: always a sentence and help, never an empty page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from tests.support.hub import open_hub

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def hub() -> Iterator[None]:
    open_hub()
    yield


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("method", "address"), [("post", "/"), ("put", "/privacy/"), ("get", "/language/"), ("get", "/stands/x/mind/")]
)
def test_a_page_used_in_a_way_it_does_not_know_answers_with_a_sentence(client: Client, method: str, address: str) -> None:
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer.headers["Allow"]
    assert "use the buttons on the page" in answer.content.decode()


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
