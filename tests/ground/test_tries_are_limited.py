"""Limits that slow guessing and lock nobody out (C16, C32, P8, P9)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client, RequestFactory

from alongside.access import counting
from alongside.access.commands import make_account_link
from alongside.access.counting import Limit, TooManyTries, address_of, forget_what_is_over, is_over, tries
from alongside.access.models import Opened, Session, Tried
from alongside.hubs.models import Hat
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
THREE = Limit("test", 3, timedelta(minutes=1))
SECOND = timedelta(seconds=1)


def passed(*moments: float) -> list[bool]:
    """Try at these seconds; tell which tries were within the limit."""
    return [tries(((THREE, ("x",)),), at=AT + second * SECOND) for second in moments]


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ((0, 1, 2, 3), [True, True, True, False]),
        ((0, 1, 2, 3, 59.9, 60), [True, True, True, False, False, True]),
        # A clock that goes back gives no more tries, and shuts nobody out for longer than a minute.
        ((0, 1, 2, 3, -3600, -3599), [True, True, True, False, False, False]),
        ((0, 1, 2, 3, -3600, -3540.1, -3540), [True, True, True, False, False, False, True]),
        ((0, 1, -60, -59, -58), [True, True, True, False, False]),
    ],
)
def test_a_window_begins_with_the_first_try(moments: tuple[float, ...], expected: list[bool]) -> None:
    assert passed(*moments) == expected


def test_each_is_counted_for_itself_and_asking_counts_nothing() -> None:
    passed(0, 1, 2)
    assert not is_over(THREE, "x", at=AT + 2 * SECOND)
    passed(3)
    assert [is_over(THREE, name, at=AT + 3 * SECOND) for name in ("x", "y")] == [True, False]
    assert tries(((THREE, ("y",)),), at=AT)
    assert not tries(((THREE, ("y",)), (THREE, ("x",))), at=AT + 4 * SECOND)
    assert not any(one.what == "x" or len(one.what) != 64 for one in Tried.objects.all())


@pytest.mark.parametrize(
    ("came_from", "says", "expected"),
    [
        ("192.0.2.7", "", "192.0.2.7"),
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),  # not from the proxy: what it says is worth nothing
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "203.0.113.5, 198.51.100.1", "198.51.100.1"),  # the proxy's own word is the last
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "unknown"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "", "2001:db8:1:3::"),
        ("::ffff:192.0.2.7", "", "192.0.2.7"),
    ],
)
def test_an_address_is_the_one_that_can_be_known(settings: Any, came_from: str, says: str, expected: str) -> None:
    settings.BEHIND_PROXY, settings.PROXIES = True, ["127.0.0.1"]
    request = RequestFactory().get("/", REMOTE_ADDR=came_from, **({"HTTP_X_FORWARDED_FOR": says} if says else {}))
    assert address_of(request) == expected
    settings.BEHIND_PROXY = False
    assert address_of(request) == expected if came_from != "127.0.0.1" else address_of(request) == "127.0.0.1"


def sign_in(client: Client, email: str, **where: str) -> str:
    page = client.post("/account/login/", {"login": email, "password": "not this one"}, **where).content.decode()
    return "waits" if "Too many tries" in page else "judged" if "is not right" in page else page


def test_five_tries_for_one_account_from_one_address_and_another_address_still_gets_in(hub: MadeHub, client: Client) -> None:
    found = [sign_in(client, "cora@rivermouth.example") for _time in range(6)]
    assert found == ["judged"] * 5 + ["waits"]
    assert sign_in(client, "cora@rivermouth.example", REMOTE_ADDR="192.0.2.7") == "judged"
    assert sign_in(client, "nell@rivermouth.example") == "judged"
    assert sign_in(client, "CORA@rivermouth.example ") == "waits"


def test_twenty_tries_from_one_address_whatever_the_account(hub: MadeHub, client: Client) -> None:
    found = [sign_in(client, f"somebody{number}@hub.example") for number in range(21)]
    assert found == ["judged"] * 20 + ["waits"]


def test_the_limit_is_over_after_a_minute(hub: MadeHub, client: Client) -> None:
    at = now()
    with time_machine.travel(at, tick=False):
        for _time in range(6):
            sign_in(client, "cora@rivermouth.example")
    with time_machine.travel(at + timedelta(minutes=1), tick=False):
        assert sign_in(client, "cora@rivermouth.example") == "judged"


def test_wrong_links_from_one_address_have_to_wait_and_learn_nothing(hub: MadeHub, client: Client) -> None:
    """A right link is answered like a wrong one then; from another address it opens."""
    received = hub.refer(at=now())
    right = f"/stands/{received.link_token}/"
    for number in range(21):
        assert client.get(f"/stands/{number:043}/").status_code == 404
    answers = [client.get(path) for path in (f"/stands/{'x' * 43}/", right)]
    assert [one.status_code for one in answers] == [429, 429]
    texts = [re.sub(r"/stands/[^/]+/", "HERE", one.content.decode()) for one in answers]
    texts = [re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", one) for one in texts]
    assert texts[0] == texts[1] and "01632 960000" in texts[0]
    assert client.get(right, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_a_new_link_is_made_three_times_an_hour(hub: MadeHub) -> None:
    worker = Hat.objects.get(pk=hub.hats["cora"]).worker_id
    this: dict[str, Any] = {"actor": hub.system, "hub_id": hub.hub.pk, "worker_id": worker}
    for minute in range(3):
        make_account_link(**this, at=AT + timedelta(minutes=minute))
    with pytest.raises(TooManyTries):
        make_account_link(**this, at=AT + timedelta(minutes=3))
    make_account_link(**this, at=AT + timedelta(hours=1))


def test_what_is_over_is_forgotten(hub: MadeHub) -> None:
    client = hub.signed_in("cora")
    Tried.objects.create(what="a" * 64, since=now() - timedelta(days=2), times=9)
    Tried.objects.create(what="b" * 64, since=now(), times=9)
    user = Hat.objects.get(pk=hub.hats["cora"]).worker.user
    for number, days in ((1, 2), (2, 0)):
        Opened.objects.create(user=user, person_id=number, at=now() - timedelta(days=days), times=1)
    ended = hub.signed_in("nell").session.session_key
    Session.objects.filter(session_key=ended).update(expire_date=now() - SECOND)
    forget_what_is_over(now())
    assert list(Tried.objects.values_list("what", flat=True)) == ["b" * 64]
    assert list(Opened.objects.values_list("person_id", flat=True)) == [2]
    assert list(Session.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "tries", lambda *_given, **_named: True)


def test_and_nothing_would_wait_without_the_count(hub: MadeHub, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    one_process(monkeypatch)
    assert {sign_in(client, "cora@rivermouth.example") for _time in range(7)} == {"judged"}
