"""Coming back from a provider that lies: nothing unproven signs anybody in, and without a provider everybody gets in as ever (C14, P5)."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import time_machine
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from jwt.algorithms import RSAAlgorithm
from jwt.utils import base64url_encode

from alongside.access import elsewhere, rules
from alongside.access.commands import link_account_elsewhere
from alongside.access.models import KnownElsewhere
from alongside.access.queries import invitation_path
from alongside.connections import openid
from alongside.hubs.models import Hat
from alongside.journal.models import Entry, Look
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub
from tests.support.openid_provider import Key, Liar, lying

pytestmark = pytest.mark.django_db
US = Key.new("us")
STRONG = {"id_assurance_level": "3", "authentication_assurance_level": "3", "acr": "AAL3"}


@pytest.fixture
def liar(settings: Any) -> Iterator[Liar]:
    with lying() as made:
        asks = {"scope": "openid", "acr_values": "AAL2_OR_AAL3_ANY"}
        settings.STAND_INS = True
        settings.OPENID = {
            "staff": {"issuer": made.issuer, "client_id": "alongside", "key": US.pem, "key_id": "us", "asks": asks},
            "people": None,
        }
        yield made


@pytest.fixture
def cora(hub: MadeHub, liar: Liar) -> Hat:
    """Let the provider's subject "cora" open the account of a worker."""
    hat = Hat.objects.get(pk=hub.hats["cora"])
    link_account_elsewhere(
        actor=hub.system, at=now(), user_id=hat.worker.user_id or 0, issuer=liar.issuer, subject="cora", level="IAL3.AAL3"
    )
    return hat


def go(client: Client, **said: str) -> dict[str, str]:
    """Begin, and give what the browser carries to the provider."""
    answer = client.post("/account/staff/", said)
    assert answer.status_code == 302, answer.content
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["Location"]).query).items()}


def honest(liar: Liar, carried: dict[str, str], **other: Any) -> dict[str, Any]:
    at = int(time.time())
    said = {
        "iss": liar.issuer, "aud": "alongside", "sub": "cora", "iat": at, "exp": at + 60, "nonce": carried["nonce"], "auth_time": at,
        **STRONG, **other,
    }  # fmt: skip
    return {name: value for name, value in said.items() if value is not None}


def come(client: Client, carried: dict[str, str], **other: str) -> Any:
    return client.get("/account/staff/back/", {"code": "c", "state": carried["state"], **other})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_whoever_is_proven_is_signed_in_with_a_second_factor(liar: Liar, cora: Hat, client: Client, settings: Any) -> None:
    carried = go(client)
    liar.token = liar.signed(honest(liar, carried))
    before = client.session.session_key
    assert come(client, carried).headers["Location"] == "/hat/"
    assert client.session.session_key != before
    settings.DEMO, settings.SECURE_SSL_REDIRECT = False, False
    assert client.get("/hat/").headers["Location"] == "/today/"
    assert client.get("/today/").status_code == 200
    assert client.get("/emergency/").status_code == 200
    assert Entry.objects.filter(command="account.signed_in_elsewhere", facts__user=cora.worker.user_id).count() == 1


def test_we_are_who_we_say_by_a_signature_and_the_code_is_ours_by_its_verifier(liar: Liar, cora: Hat, client: Client) -> None:
    carried = go(client)
    assert (carried["response_type"], carried["code_challenge_method"], carried["acr_values"]) == (
        "code",
        "S256",
        "AAL2_OR_AAL3_ANY",
    )
    liar.token = liar.signed(honest(liar, carried))
    come(client, carried)
    [sent] = liar.asked
    said = jwt.decode(
        sent["client_assertion"],
        jwt.PyJWK(US.public).key,
        algorithms=["RS512"],
        audience=f"{liar.issuer}/token",
        issuer="alongside",
    )
    assert (said["sub"], said["exp"] - said["iat"]) == ("alongside", 60)
    assert jwt.get_unverified_header(sent["client_assertion"])["kid"] == "us"
    challenge = base64url_encode(openid.sha256(sent["code_verifier"].encode()).digest()).decode()
    assert challenge == carried["code_challenge"]
    assert "client_secret" not in sent


def lie(**other: Any) -> Callable[[Liar, dict[str, str]], str]:
    return lambda liar, carried: liar.signed(honest(liar, carried, **other))


def by_another_key(liar: Liar, carried: dict[str, str]) -> str:
    return liar.signed(honest(liar, carried), key=liar.other_key.pem)


def unsigned(liar: Liar, carried: dict[str, str]) -> str:
    return jwt.encode(honest(liar, carried), "", algorithm="none", headers={"kid": "liar"})


def by_the_public_key(liar: Liar, carried: dict[str, str]) -> str:
    """A shared secret that everybody knows: the public key, taken for one."""
    public = RSAAlgorithm.from_jwk(liar.key.public).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    said = [json.dumps(one).encode() for one in ({"alg": "HS256", "kid": "liar"}, honest(liar, carried))]
    head_and_body = b".".join(base64url_encode(one) for one in said)
    return (head_and_body + b"." + base64url_encode(hmac.new(public, head_and_body, "sha256").digest())).decode()


NOW = int(time.time())
LIES: dict[str, tuple[Callable[[Liar, dict[str, str]], str], str]] = {
    "another audience": (lie(aud="somebody else"), "audience"),
    "several audiences and not for us": (lie(aud=["alongside", "other"], azp="other"), "authorised_party"),
    "several audiences and for nobody": (lie(aud=["alongside", "other"]), "authorised_party"),
    "for another party": (lie(azp="other"), "authorised_party"),
    "another issuer": (lie(iss="https://somebody.example"), "issuer"),
    "expired": (lie(exp=NOW - 1), "expired"),
    "issued long ago": (lie(iat=NOW - 600, exp=NOW + 6000), "issued"),
    "issued tomorrow": (lie(iat=NOW + 86_400, exp=NOW + 90_000), "issued"),
    "not yet": (lie(nbf=NOW + 3_600), "issued"),
    "moments that are no moments": (lie(exp="2999-01-01"), "moments"),
    "another nonce": (lie(nonce="made up"), "nonce"),
    "no nonce": (lie(nonce=None), "token"),
    "no subject": (lie(sub=None), "token"),
    "no end": (lie(exp=None), "token"),
    "another key": (by_another_key, "signature"),
    "unsigned": (unsigned, "algorithm"),
    "signed with the public key": (by_the_public_key, "algorithm"),
    "a key that nobody has published": (lambda liar, carried: liar.signed(honest(liar, carried), kid="new"), "key"),
    "no token": (lambda _liar, _carried: "x", "unreadable"),
    "identity not proven enough": (lie(id_assurance_level="2"), "level"),
    "identity not proven": (lie(id_assurance_level=None), "level"),
    "a password alone": (lie(authentication_assurance_level="1", acr="AAL1_USERPASS"), "level"),
    "nothing said of how": (lie(authentication_assurance_level=None, acr=None), "level"),
}


@pytest.mark.parametrize("told", LIES)
def test_a_lie_signs_nobody_in(liar: Liar, cora: Hat, client: Client, told: str) -> None:
    token, reason = LIES[told]
    carried = go(client)
    liar.token = token(liar, carried)
    answer = come(client, carried)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert list(Look.objects.filter(page="openid").values_list("outcome", "reason")) == [("refused", reason)]


SABOTAGE: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "another audience": lambda patch: decoding_without(patch, "verify_aud"),
    "another issuer": lambda patch: decoding_without(patch, "verify_iss"),
    "another key": lambda patch: decoding_without(patch, "verify_signature"),
    "expired": lambda patch: patch.setattr(openid.Provider, "_check_moments", lambda *_: None),
    "issued long ago": lambda patch: patch.setattr(openid, "FRESH", timedelta(days=9)),
    "another nonce": lambda patch: patch.setattr(openid.hmac, "compare_digest", lambda *_: True),
    "a password alone": lambda patch: patch.setattr(elsewhere, "staff_level", lambda said: "any"),
    "unsigned": lambda patch: (patch.setattr(openid, "ALGORITHMS", ("none",)), decoding_without(patch, "verify_signature")),
}
"""Lies, each with the control that stops it taken away: then it signs somebody in."""


def decoding_without(patch: pytest.MonkeyPatch, what: str) -> None:
    real = jwt.decode

    def decode(*given: Any, options: dict[str, Any], **named: Any) -> Any:
        off = {what: False, **({"verify_aud": True, "verify_iss": True} if what == "verify_signature" else {})}
        return real(*given, options={**options, **off}, **named)

    patch.setattr(openid.jwt, "decode", decode)


@pytest.mark.parametrize("told", SABOTAGE)
def test_and_would_without_its_control(liar: Liar, cora: Hat, client: Client, monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    SABOTAGE[told](monkeypatch)
    carried = go(client)
    liar.token = LIES[told][0](liar, carried)
    assert come(client, carried).status_code == 302 and is_in(client)


def test_coming_back_serves_once_in_the_browser_that_went_and_not_for_long(liar: Liar, cora: Hat, client: Client) -> None:
    carried = go(client)
    liar.token = liar.signed(honest(liar, carried))
    stranger = Client()
    assert come(stranger, carried).status_code == 403 and not is_in(stranger)
    assert come(client, {"state": "made up"}).status_code == 403
    assert come(client, carried, iss="https://somebody.example").status_code == 403
    assert come(client, carried).status_code == 403 and not is_in(client), "what was taken back serves no second time"
    again = go(client)
    liar.token = liar.signed(honest(liar, again))
    assert come(client, again).status_code == 302
    assert come(client, again).status_code == 403
    slow = Client()
    late = go(slow)
    with time_machine.travel(now() + timedelta(minutes=11), tick=False):
        liar.token = liar.signed(honest(liar, late))
        assert come(slow, late).status_code == 403 and not is_in(slow)


def test_an_e_mail_address_or_a_name_links_nobody(liar: Liar, hub: MadeHub, client: Client) -> None:
    email = Hat.objects.select_related("worker__user").get(pk=hub.hats["cora"]).worker.email
    carried = go(client)
    liar.token = liar.signed(honest(liar, carried, sub="unknown", email=email, email_verified=True, name="Cora Madeup"))
    answer = come(client, carried)
    assert (answer.status_code, is_in(client)) == (403, False)
    assert "no account here is linked" in answer.content.decode()


def test_a_worker_links_it_on_their_own_page_and_only_subject_and_level_are_kept(liar: Liar, hub: MadeHub) -> None:
    client = hub.signed_in("cora")
    assert "Link it with this account" in client.get("/account/2fa/").content.decode()
    carried = go(client, purpose="link")
    liar.token = liar.signed(honest(liar, carried, sub="cora", email="cora@nhs.example", nhs_number="9434765919"))
    assert come(client, carried).headers["Location"] == "/account/2fa/"
    [kept] = KnownElsewhere.objects.values()
    assert {name: value for name, value in kept.items() if name not in ("id", "linked_at")} == {
        "issuer": liar.issuer, "subject": "cora", "level": "IAL3.AAL3", "person_id": None,
        "user_id": Hat.objects.get(pk=hub.hats["cora"]).worker.user_id,
    }  # fmt: skip
    other = hub.signed_in("nell")
    carried = go(other, purpose="link")
    liar.token = liar.signed(honest(liar, carried, sub="cora"))
    assert come(other, carried).status_code == 409
    assert client.post("/account/staff/unlink/").status_code == 302
    assert not KnownElsewhere.objects.exists()


def test_linking_needs_a_fresh_second_factor(liar: Liar, hub: MadeHub) -> None:
    from tests.support.hub import gives_second_factor

    client = hub.signed_in("cora")
    gives_second_factor(client, now() - timedelta(hours=1))
    assert client.post("/account/staff/", {"purpose": "link"}).status_code == 403


def test_whoever_is_invited_links_it_by_their_invitation(liar: Liar, hub: MadeHub, client: Client) -> None:
    user = Hat.objects.get(pk=hub.hats["nell"]).worker.user
    assert user is not None
    user.set_unusable_password()
    user.save()
    key, token = invitation_path(user)
    assert "Use your NHS sign-in" in client.get(f"/account/first/{key}/{token}/").content.decode()
    assert client.post("/account/staff/", {"purpose": "invited", "worker": key, "token": "made-up"}).status_code == 404
    carried = go(client, purpose="invited", worker=key, token=token)
    liar.token = liar.signed(honest(liar, carried, sub="nell"))
    assert come(client, carried).headers["Location"] == "/hat/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_showing_again_that_it_is_you_by_the_provider(liar: Liar, cora: Hat, hub: MadeHub) -> None:
    from tests.support.hub import gives_second_factor

    client = hub.signed_in("cora")
    gives_second_factor(client, now() - timedelta(hours=1))
    asked = client.post("/emergency/", {"name": "Mair"}).content.decode()
    assert "Show it by your NHS sign-in" in asked
    carried = go(client, purpose="step_up")
    assert (carried["prompt"], carried["max_age"]) == ("login", "0")
    liar.token = liar.signed(honest(liar, carried, auth_time=int(time.time()) - 3_600))
    assert come(client, carried).status_code == 403, "signed in there an hour ago is not shown again"
    carried = go(client, purpose="step_up")
    liar.token = liar.signed(honest(liar, carried))
    assert come(client, carried).status_code == 200
    goes_on = client.post("/emergency/", {"name": "Mair", "step_up": "sent"})
    assert goes_on.status_code == 200 and 'value="Mair"' in goes_on.content.decode()


def slow() -> tuple[int, bytes]:
    time.sleep(4)
    return 200, b"{}"


BROKEN: dict[str, Callable[[], tuple[int, bytes]]] = {
    "hangs": slow,
    "falls over": lambda: (500, b"{}"),
    "asks for patience": lambda: (429, b"{}"),
    "speaks no JSON": lambda: (200, b"<html>"),
    "says no object": lambda: (200, b"[]"),
    "says too much": lambda: (200, b'"' + b"x" * 300_000 + b'"'),
    "is somebody else": lambda: (200, b'{"issuer": "https://somebody.example"}'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_with_the_provider_down_the_page_says_so_and_everybody_gets_in_as_ever(
    liar: Liar, hub: MadeHub, client: Client, how: str
) -> None:
    liar.broken = BROKEN[how]
    began = time.monotonic()
    answer = client.post("/account/staff/", follow=True)
    assert time.monotonic() - began < 6, "no request waits longer than three seconds"
    assert "does not answer now" in answer.content.decode() and 'name="password"' in answer.content.decode()
    user = Hat.objects.get(pk=hub.hats["cora"]).worker.user
    assert user is not None
    user.set_password("correct horse battery staple")
    user.save()
    let_in = client.post("/account/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert let_in.headers["Location"] == "/hat/"


def test_a_dead_provider_and_one_that_dies_on_the_way_back(liar: Liar, cora: Hat, client: Client, settings: Any) -> None:
    carried = go(client)
    liar.broken = lambda: (503, b"")
    assert come(client, carried).headers["Location"] == "/account/login/?silent=yes"
    settings.OPENID = {"staff": {**settings.OPENID["staff"], "issuer": "http://127.0.0.1:9"}, "people": None}
    assert client.post("/account/staff/").headers["Location"] == "/account/login/?silent=yes"


def test_one_on_this_machine_is_for_tests_and_never_asked_in_live_mode(
    liar: Liar, hub: MadeHub, client: Client, settings: Any
) -> None:
    """Shown to fail: with `settings.DEMO` taken out of `elsewhere._provider`."""
    settings.STAND_INS = False
    assert client.post("/account/staff/").headers["Location"] == "/account/login/?silent=yes"
    settings.STAND_INS, settings.DEMO, settings.SECURE_SSL_REDIRECT = True, False, False
    assert client.post("/account/staff/").headers["Location"] == "/account/login/?silent=yes"


def test_without_a_provider_there_is_no_trace_of_one(hub: MadeHub, client: Client) -> None:
    assert "Care Identity" not in client.get("/account/login/").content.decode()
    assert client.post("/account/staff/").status_code == 404
    assert client.get("/account/staff/back/").status_code == 404


def test_made_up_keys_make_no_traffic(liar: Liar, cora: Hat, client: Client) -> None:
    for number in range(5):
        carried = go(client)
        liar.token = liar.signed(honest(liar, carried), kid=f"made up {number}")
        come(client, carried)
    assert liar.published == 1


@pytest.mark.parametrize(
    ("said", "level"),
    [
        (STRONG, "IAL3.AAL3"),
        ({"id_assurance_level": 3, "acr": "AAL2"}, "IAL3.AAL2"),
        ({"id_assurance_level": "3", "acr": "AAL2_OR_AAL3_ANY"}, ""),
        ({"id_assurance_level": "3", "acr": "AAL1"}, ""),
        ({"id_assurance_level": "1", "authentication_assurance_level": "3"}, ""),
        ({}, ""),
    ],
)
def test_what_level_is_enough_for_staff(said: dict[str, Any], level: str) -> None:
    assert rules.staff_level(said) == level


@pytest.mark.parametrize(
    ("proven", "vector", "level"),
    [
        ("P9", "P9.Cp.Cd", "P9.Cp.Cd"),
        ("P9", "P9.Cp", ""),
        ("P5", "P5.Cp.Cd", ""),
        ("P5", "P9.Cp.Cd", ""),
        ("P0", "P0.Cp", ""),
        ("", "", ""),
    ],
)
def test_what_level_is_enough_for_people(proven: str, vector: str, level: str) -> None:
    assert rules.person_level({"identity_proofing_level": proven, "vot": vector}, ["P9.Cp.Cd", "P9.Cm"]) == level
