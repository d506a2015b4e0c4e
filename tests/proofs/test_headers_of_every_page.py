"""Every address of the product, asked by everybody: what each answer tells the browser, and what it never does (C22, B13, T05, T11).

The addresses come from the resolver, so that a new one cannot be forgotten. Each control is taken away once, and the walk then finds it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.access import middleware as access
from alongside.design import middleware as design
from alongside.journey.directory.models import Service
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:", "font-src": "'self'",
    "connect-src": "'self'", "manifest-src": "'self'", "form-action": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'",
}  # fmt: skip
OF_A_FILE = {"default-src": "'none'", "frame-ancestors": "'none'", "sandbox": ""}
"""What leaves as a file runs nothing and fetches nothing, wherever it is opened."""
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NOT_KEPT = ("/stands/", "/answer/", "/ask/", "/sign-in/", "/mine/", "/account/", "/hat/")
"""What a browser keeps nothing of, for whoever asks: private links, what somebody writes who asks for help, and signing in."""


def addresses() -> Iterator[str]:
    """Give one address of every pattern, with made-up ids where ids stand."""
    made = {"uuid": str(uuid4()), "int": "1", "slug": "x", "str": "x" * 43, "path": "x"}

    def walk(patterns: Any, before: str) -> Iterator[str]:
        for one in patterns:
            part = before + str(one.pattern).lstrip("^").rstrip("$").replace("\\Z", "")
            if isinstance(one, URLResolver):
                yield from walk(one.url_patterns, part)
            elif isinstance(one, URLPattern):
                filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: made[found[1] or "str"], part)
                yield "/" + re.sub(r"\(\?P<\w+>[^)]*\)", "x", filled)

    yield from walk(get_resolver().url_patterns, "")


ADDRESSES = sorted(set(addresses()) | {"/nothing-is-here/", "/static/design/alongside.css", "/ask/words/", "/ask/heard/"})


def faults(path: str, answer: Any, *, signed_in: bool, live: bool) -> Iterator[str]:
    """Name what is missing from an answer, or should not be in it."""
    said = answer.headers.get("Content-Security-Policy", "")
    policy = {
        name: sources for name, _space, sources in (part.strip().partition(" ") for part in said.split(";") if part.strip())
    }
    is_file = answer.headers.get("Content-Disposition", "").startswith("attachment")
    if policy != (OF_A_FILE if is_file else POLICY):
        yield "policy"
    yield from (name for name, said in EVERYWHERE.items() if answer.headers.get(name) != said)
    if path.startswith("/static/"):
        return
    body = answer.content.decode() if "html" in answer.headers.get("Content-Type", "") else ""
    if re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", body):
        yield "inline"
    if re.search(r'(?:src|href|action)="(?:https?:)?//(?!(?:www\.)?[a-z0-9.-]+\.(?:uk|org|com|wales|net)[/"])', body):
        yield "from elsewhere"
    if (signed_in or path.startswith(NOT_KEPT)) and "no-store" not in answer.headers.get("Cache-Control", ""):
        yield "kept by the browser"
    if live and answer.headers.get("Strict-Transport-Security") != "max-age=31536000":
        yield "not only over https"


def found(client: Client, *, signed_in: bool, live: bool = False, only: tuple[str, ...] = ()) -> dict[str, list[str]]:
    walked = {}
    for path in only or ADDRESSES:
        for answer in (client.get(path, secure=live), client.post(path, {"x": "y"}, secure=live)):
            wrong = list(faults(path, answer, signed_in=signed_in and "_auth_user_id" in client.session, live=live))
            if wrong:
                walked.setdefault(path, []).extend(wrong)
    return walked


def test_of_a_stranger(hub: MadeHub, client: Client) -> None:
    assert len(ADDRESSES) > 100
    assert found(client, signed_in=False) == {}


@pytest.mark.parametrize("key", ["dana", "lead", "saf"])
def test_of_a_worker(hub: MadeHub, key: str) -> None:
    hub.take_on("lead", "Lead Pretend", "trust", "hub_lead")
    assert found(hub.signed_in(key), signed_in=True) == {}


def test_in_live_mode_only_over_https(hub: MadeHub, settings: Any) -> None:
    settings.DEMO, settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = False, True, 31_536_000
    client = Client()
    assert found(client, signed_in=False, live=True, only=("/", "/account/login/", "/nothing-is-here/", "/sign-in/")) == {}
    assert client.get("/").headers["Location"].startswith("https://")


def what_is_there(hub: MadeHub) -> list[str]:
    received = hub.refer(at=now())
    return [
        "/",
        "/account/login/",
        f"/stands/{received.link_token}/",
        "/today/",
        f"/people/{received.referral.person.public_id}/",
    ]


def test_of_what_is_there_and_of_what_went_wrong(hub: MadeHub) -> None:
    paths = tuple(what_is_there(hub))
    client = hub.signed_in("dana")
    assert [client.get(path).status_code for path in paths] == [200, 302, 200, 200, 200]
    assert found(client, signed_in=True, only=paths) == {}
    for host in ("evil.example", "testserver.evil.example", "testserver:x"):
        answer = client.get("/", HTTP_HOST=host)
        assert answer.status_code == 400 and "evil" not in answer.content.decode()
        assert list(faults("/", answer, signed_in=False, live=False)) == []


SABOTAGE: dict[str, tuple[Callable[[pytest.MonkeyPatch], object], str]] = {
    "policy": (
        lambda patch: patch.setattr(design.OnePolicy, "__call__", lambda self, request: self.get_response(request)),
        "policy",
    ),
    "no-store": (lambda patch: patch.setattr(access, "not_kept", lambda *_, **_named: None), "kept by the browser"),
    "permissions": (lambda patch: patch.setattr(design, "PERMISSIONS", ""), "Permissions-Policy"),
}


@pytest.mark.parametrize("control", SABOTAGE)
def test_the_walk_finds_what_is_missing(hub: MadeHub, control: str, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = tuple(what_is_there(hub))
    take_away, named = SABOTAGE[control]
    take_away(monkeypatch)
    assert named in {one for wrong in found(hub.signed_in("dana"), signed_in=True, only=paths).values() for one in wrong}


def test_signing_out_makes_the_browser_forget(hub: MadeHub) -> None:
    client = hub.signed_in("dana")
    left = client.post("/account/logout/")
    assert (left.status_code, left.headers["Clear-Site-Data"]) == (302, '"cache", "storage"')
    assert left.cookies["sessionid"].value == ""
    assert client.get("/today/").status_code == 302


def test_whoever_is_signed_out_from_afar_forgets_too(hub: MadeHub) -> None:
    """T11: what a browser keeps goes when it next asks, and nothing of it was kept in the first place."""
    client = hub.signed_in("dana")
    assert "no-store" in client.get("/today/").headers["Cache-Control"]


@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example", "http:///evil.example", "\\\\evil", " //evil.example"],
)  # fmt: skip
def test_no_address_leads_away(hub: MadeHub, next_page: str) -> None:
    client = hub.signed_in("dana")
    for path, sent in (
        ("/account/login/", {}),
        ("/account/logout/", {}),
        ("/language/", {"language": "cy"}),
        ("/account/reauthenticate/", {}),
    ):
        stranger = Client() if path == "/account/login/" else client
        for answer in (
            stranger.get(path, {"next": next_page, **sent}),
            stranger.post(path, {"next": next_page, **sent}, HTTP_REFERER=next_page),
        ):
            where = answer.headers.get("Location", "/")
            assert where.startswith("/") and not where.startswith(("//", "/\\")), (path, where)


NEUTRAL = re.compile(r"suicid|abuse|violence|sexual|refuge|mental|crisis|self-harm|rape", re.IGNORECASE)


def test_the_title_of_a_page_that_anybody_may_have_open_says_nothing_about_them(hub: MadeHub, client: Client) -> None:
    """A title stands in the list of what was open, on a telephone that somebody else may hold (T05, P5 of pages.md)."""
    service = Service.objects.create(hub=hub.hub, name="Survivors of sexual violence", source="tests", source_id="9")
    received = hub.refer(at=now())
    paths = [
        "/", "/ask/", "/ask/safe/", "/ask/help-now/", "/ask/words/", "/ask/check/", "/find-support/", "/find-support/?words=suicide",
        f"/find-support/{service.public_id}/", f"/stands/{received.link_token}/", "/sign-in/", "/safeguarding/", "/privacy/",
    ]  # fmt: skip
    titles = {path: re.findall(r"<title>(.*?)</title>", client.get(path, follow=True).content.decode(), re.S) for path in paths}
    assert {path: said for path, said in titles.items() if len(said) != 1 or NEUTRAL.search(said[0])} == {}


def test_no_page_sends_the_address_of_a_private_link_anywhere(hub: MadeHub, client: Client) -> None:
    received = hub.refer(at=now())
    answer = client.get(f"/stands/{received.link_token}/")
    assert answer.headers["Referrer-Policy"] == "same-origin" and "no-store" in answer.headers["Cache-Control"]


def test_another_hub_is_not_opened_by_saying_its_name(client: Client) -> None:
    one, other = open_hub("one"), open_hub("other")
    for made, name in ((one, "testserver"), (other, "127.0.0.1")):
        made.hub.hostnames = [name]
        made.hub.save()
    page = client.get("/", HTTP_X_FORWARDED_HOST="127.0.0.1").content.decode()
    assert "one hub" in page and "other hub" not in page
