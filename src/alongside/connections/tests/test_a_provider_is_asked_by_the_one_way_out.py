"""A provider of sign-ins is asked by the one way out: no hostile address is gone to, wherever it stands written (C21, ASVS 1.3.6)."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest

from alongside.connections import outgoing
from alongside.connections.openid import MOST, Begun, Provider, ProviderDown, fetch
from alongside.connections.outgoing import Outgoing
from alongside.connections.tests.test_the_one_way_out import CLOSED, HOSTILE, OPEN, connects_to_nobody, refuses_to_look_up
from tests.support.openid_provider import Key
from tests.support.servers import Trust, make_trust, open_server, says

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
US = Key.new("us")
HERE = ("http://127.0.0.1/", "http://127.0.0.1:9/", "http://localhost/", "http://[::1]:8000/", "http://example.org/")
"""What a test may be allowed, and an installation is not."""
ADDRESSES = [*(url for url, _because in HOSTILE), *HERE]


def provider(out: Outgoing, issuer: str = "https://provider.example", **published: str) -> Provider:
    """Give a provider whose own addresses were read a moment ago, when any are told."""
    read_at = {"published": time.monotonic()} if published else {}
    return Provider(issuer, "alongside", US.pem, "us", {}, out=out, _published=dict(published), _read_at=read_at)


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Outgoing:
    """Give a client that fails the test when it looks anything up, or connects to anything."""
    monkeypatch.setattr(outgoing, "_new_connection", connects_to_nobody)
    return Outgoing(resolve=refuses_to_look_up)


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_hostile_issuer_or_endpoint_is_gone_to(nobody: Outgoing, address: str) -> None:
    """Shown to fail: with `read_address` taken out of `Provider._endpoint`, and with the check out of `Outgoing`."""
    begun = Begun.now()
    with pytest.raises(ProviderDown):
        provider(nobody, issuer=address).address_to_go_to(begun, back="https://hub.example/back/")
    with pytest.raises(ProviderDown):
        provider(nobody, authorization_endpoint=address).address_to_go_to(begun, back="https://hub.example/back/")
    with pytest.raises(ProviderDown):
        provider(nobody, token_endpoint=address).claims("code", begun, back="https://hub.example/back/", at=AT)
    token = jwt.encode({"iss": "x"}, US.pem, algorithm="RS512", headers={"kid": "theirs"})
    with pytest.raises(ProviderDown):
        provider(nobody, jwks_uri=address).proven(token, nonce=begun.nonce, at=AT)
    with pytest.raises(ProviderDown):
        fetch(nobody, "POST", address, {"code": "secret"})


@pytest.mark.parametrize("closed", CLOSED)
def test_a_good_name_that_leads_inside_is_not_gone_to(monkeypatch: pytest.MonkeyPatch, closed: str) -> None:
    monkeypatch.setattr(outgoing, "_new_connection", connects_to_nobody)
    out = Outgoing(resolve=lambda host, port: [OPEN, closed])
    with pytest.raises(ProviderDown):
        provider(out).address_to_go_to(Begun.now(), back="https://hub.example/back/")


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trust]:
    yield make_trust(tmp_path_factory.mktemp("trust"))


@pytest.fixture
def out(trust: Trust) -> Outgoing:
    return Outgoing(stand_ins=True, largest=MOST, ca_file=trust.file, resolve=lambda host, port: ["127.0.0.1"])


ELSEWHERE = [
    "https://evil.example/",
    "http://hub.example/",
    "//evil.example/",
    "https://169.254.169.254/",
    "https://hub.example/",
]


@pytest.mark.parametrize("to", ELSEWHERE)
@pytest.mark.parametrize("said", [None, {"code": "secret"}], ids=["asked", "sent"])
def test_no_provider_leads_on_to_another_host_and_what_is_sent_is_sent_once(
    out: Outgoing, trust: Trust, to: str, said: dict[str, str] | None
) -> None:
    with open_server(says("302 Found", Location=to), says(), context=trust.context("hub.example")) as server:
        out = replace(out, ports=frozenset({server.port}))
        with pytest.raises(ProviderDown):
            fetch(out, "POST" if said else "GET", f"https://hub.example:{server.port}/", said)
    assert len(server.asked) == 1


def test_a_provider_that_says_who_it_is_under_its_own_name_is_believed(out: Outgoing, trust: Trust) -> None:
    with open_server(says(body=b"{}"), context=trust.context("hub.example")) as server:
        issuer = f"https://hub.example:{server.port}"
        known = {"issuer": issuer, "authorization_endpoint": "https://hub.example/authorize"}
        server.behaves[:] = [says(body=json.dumps(known).encode())]
        asked = provider(replace(out, ports=frozenset({server.port})), issuer)
        there = asked.address_to_go_to(Begun.now(), back="https://hub.example/back/")
    assert there.startswith("https://hub.example/authorize?") and server.heads == [
        "GET /.well-known/openid-configuration HTTP/1.1"
    ]


def test_one_with_the_certificate_of_another_name_is_not(out: Outgoing, trust: Trust) -> None:
    with open_server(says(body=b"{}"), context=trust.context("other.example")) as server:
        asked: Any = provider(replace(out, ports=frozenset({server.port})), f"https://hub.example:{server.port}")
        with pytest.raises(ProviderDown):
            asked.address_to_go_to(Begun.now(), back="https://hub.example/back/")
    assert server.asked == []
