"""Signing in, resetting, invitations and private links answer the known and the unknown alike, at the same cost (C16, T06).

The same status, headers, body, number of statements and number of times that a password is hashed. Timing itself is not measured
here: what costs time is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.access import backend
from alongside.access.models import User
from alongside.access.queries import invitation_path, new_link_path
from alongside.hubs.models import Hat
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
PASSWORD = "correct horse battery staple"
DIFFER = ("Set-Cookie", "Date", "Expires", "Content-Length")


@dataclass
class Cost:
    """What one answer is, and what it cost."""

    status: int
    headers: dict[str, str]
    body: str
    statements: list[str]
    hashed: int


@contextmanager
def hashing(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Count how often a password is hashed."""
    times: list[str] = []
    real = Argon2PasswordHasher.encode, Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda self, *given: (times.append("encode"), real[0](self, *given))[1])
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda self, *given: (times.append("verify"), real[1](self, *given))[1])
    yield times


def cost(
    client: Client, monkeypatch: pytest.MonkeyPatch, method: str, path: str, told: tuple[str, ...], sent: Any = None
) -> Cost:
    with monkeypatch.context() as patch, hashing(patch) as times, CaptureQueriesContext(connection) as caught:
        answer = getattr(client, method)(path, sent or {})
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    for one in told:
        body = body.replace(one, "…")
    headers = {name: value for name, value in answer.headers.items() if name not in DIFFER}
    for one in told:
        headers = {name: value.replace(one, "…") for name, value in headers.items()}
    shapes = [re.sub(r"'[^']*'|\b\d+\b", "?", one["sql"]) for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]]
    return Cost(answer.status_code, headers, body, shapes, len(times))


def account(hub: MadeHub, key: str, **changed: Any) -> User:
    user = Hat.objects.get(pk=hub.hats[key]).worker.user
    assert user is not None
    user.set_password(PASSWORD)
    for name, value in changed.items():
        setattr(user, name, value)
    user.save()
    return user


def alike(costs: list[Cost]) -> None:
    first, *others = costs
    for other in others:
        assert (other.status, other.headers, other.body) == (first.status, first.headers, first.body)
        assert len(other.statements) == len(first.statements), (first.statements, other.statements)
        assert other.hashed == first.hashed


def test_a_wrong_password_costs_the_same_for_every_kind_of_account(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known, unknown, locked, and invited without a password yet."""
    account(hub, "cora")
    account(hub, "nell", is_active=False)
    without = account(hub, "liv")
    without.set_unusable_password()
    without.save()
    Client().post("/account/login/", {"login": "x@y.example", "password": "warm"})
    costs = [
        cost(Client(), monkeypatch, "post", "/account/login/", (email,), {"login": email, "password": "not this one"})
        for email in (f"{who}@rivermouth.example" for who in ("cora", "nobody", "nell", "liv"))
    ]
    assert [one.hashed for one in costs] == [1, 1, 1, 1]
    alike(costs)


def test_and_would_not_without_the_wasted_hash(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend.Accounts, "_mitigate_timing_attack", lambda *_: None)
    account(hub, "cora")
    costs = [
        cost(Client(), monkeypatch, "post", "/account/login/", (email,), {"login": email, "password": "not this one"})
        for email in ("cora@rivermouth.example", "nobody@rivermouth.example")
    ]
    assert [one.hashed for one in costs] == [1, 0]


def test_there_is_no_reset_by_e_mail_to_ask_with(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    account(hub, "cora")
    costs = [
        cost(Client(), monkeypatch, method, "/account/password/reset/", (email,), {"email": email})
        for method in ("post",)
        for email in ("cora@rivermouth.example", "nobody@rivermouth.example")
    ]
    assert costs[0].status == 404
    alike(costs)


def wrong_links(hub: MadeHub) -> dict[str, list[str]]:
    """Give links that do not work, of whom there is and whom there is not: used, old, another's, made up."""
    known = Hat.objects.get(pk=hub.hats["cora"]).worker
    user = account(hub, "cora")
    used = new_link_path(user)[1]
    user.set_password("another one entirely")
    user.save()
    somebody = "00000000-0000-4000-8000-000000000000"
    received = hub.refer(at=now())
    return {
        "/account/first/": [
            f"{known.public_id}/{used}/",
            f"{known.public_id}/c0ffee-123/",
            f"{somebody}/{used}/",
            f"{somebody}/x-y/",
        ],
        "/stands/": [received.link_token[:-1] + ("A" if received.link_token[-1] != "A" else "B") + "/", "x" * 43 + "/"],
        "/answer/": ["y" * 43 + "/", "x" * 43 + "/"],
    }


@pytest.mark.parametrize("place", ["/account/first/", "/stands/", "/answer/"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_does_not_work_is_one_answer_whoever_it_is_of(
    hub: MadeHub, monkeypatch: pytest.MonkeyPatch, place: str, method: str
) -> None:
    rests = wrong_links(hub)[place]
    Client().get(place + rests[0])
    costs = [cost(Client(), monkeypatch, method, place + rest, (place + rest,)) for rest in rests]
    assert costs[0].status == 404
    first, *others = costs
    for other in others:
        assert (other.status, other.headers, other.body, other.hashed) == (first.status, first.headers, first.body, first.hashed)
        assert len(other.statements) == len(first.statements)


def test_an_invitation_of_somebody_who_works_elsewhere_looks_like_any_other(
    hub: MadeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page behind it says who is meant only to whoever holds the link itself."""
    key, token = invitation_path(account(hub, "cora"))
    assert "cora@rivermouth.example" in Client().get(f"/account/first/{key}/{token}/").content.decode()
    assert "cora@" not in Client().get(f"/account/first/{key}/{token}x/").content.decode()
