"""What is not yours looks like what is not there, byte for byte, at every address that takes an id (promise 8; trust.md C14, T01).

For every role, an id of another hub, of somebody out of reach, and of somebody who keeps this very worker away is answered, to
GET and to POST, like an id that nobody ever had: the same status, headers and body. The addresses come from the resolver, so that
a new one cannot be forgotten: it must be named here, and it must show that it answers at all about somebody within reach.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from alongside.access.models import Relationship, Tried
from alongside.hubs.models import Hat
from alongside.hubs.roles import ROLES
from alongside.journey.referrals.models import Draft
from alongside.people.models import ContactPoint
from alongside.rights.models import AccessRequest
from tests.support.hub import MadeHub, open_hub
from tests.support.lives import Life, live_through, says_they_know

pytestmark = pytest.mark.hazard("H09")

NAME = "Kept"
"""A part of the name of every worker in this proof, and what somebody said of whom to keep away."""

OF_A_PERSON = frozenset(
    {
        "person_id",
        "other_id",
        "referral_id",
        "call_id",
        "signpost_id",
        "handover_id",
        "version_id",
        "task_id",
        "exclusion_id",
        "draft_id",
        "glass_id",
        "challenge_id",
        "hold_id",
        "deletion_id",
        "override_id",
        "declared_id",
        "objection_id",
        "request_id",
        "file_id",
        "noticed_id",
        "watch_id",
        "item_id",
        "carer_id",
        "alert_id",
    }
)
OF_A_HUB = frozenset(
    {
        "team_id",
        "hat_id",
        "worker_id",
        "service_id",
        "place_id",
        "organisation_id",
        "correction_id",
        "feed_id",
        "witness_id",
        "message_id",
        "export_id",
    }
)
"""Ids that everybody in the hub may know: only those of another hub are not theirs."""

BESIDE = (
    ("version_id", "version_id"), ("other_id", "person_id"), ("item_id", "item_id"), ("carer_id", "carer_id"), ("alert_id", "alert_id"),
    ("challenge_id", "challenge_id"),
)  # fmt: skip
"""Ids that stand beside the person's in an address, and whose they are tried to be."""

THEIRS_BY_ROLE = {
    "exclusion_id": "exclusions",
    "glass_id": "see_looks",
    "noticed_id": "see_looks",
    "watch_id": "see_looks",
    "request_id": "data_rights",
    "hold_id": "data_rights",
    "deletion_id": "data_rights",
}
"""Ids about a person who is out of reach that a role settles all the same, and what it does; never of one who keeps it away."""

OWN_WORDS = {
    "directory:keep-service": {"what": "confirm"},
    "directory:say-of-entry": {"what": "refuge"},
    "handovers:step": {"what": "introduced"},
    "web:figure-rows": {"what": ""},
    "directory:gap": {"need": ""},
    "directory:gap-in-a-place": {"need": "", "outcode": ""},
    "referrals:ask": {"step": ""},
    "messages:change-wording": {"code": ""},
    "open-referral:taxonomy": {"taxonomy_id": ""},
    "open-referral:term": {"term_id": ""},
    "access:": {"rest": ""},
    "mfa_edit_webauthn": {"pk": "1"},  # a passkey of somebody else: tests/ground/test_signing_in.py
    "mfa_remove_webauthn": {"pk": "1"},
}
"""Addresses with a word of the product's own in them, and the word to try where an id stands beside it."""

LINKS = frozenset(
    {
        "web:where-it-stands",
        "referrals:change-reach",
        "referrals:change-mind",
        "handovers:answer-by-link",
        "safety:own-link",
        "directory:take-along",
        "directory:entry-by-link",
        "directory:change-by-link",
        "directory:say-by-link",
        "directory:settle-by-link",
        "directory:said-wrong",
        "handovers:what-became-by-link",
        "access:first-password",
        "account_confirm_email",
        "account_reset_password_from_key",
    }
)
"""Addresses whose id is a secret or a code: there is only a wrong one. They are tried by themselves below."""

ROLES_IN_PARTS = [list(ROLES)[part::4] for part in range(4)]
NOBODY: dict[str, Any] = {one: uuid4() for one in OF_A_PERSON | OF_A_HUB} | {"version_id": 10**9}
OF_EACH_ANSWER = ("Date", "Set-Cookie", "Content-Length")
"""Headers that differ from answer to answer; the length is that of the body, with the id in it."""
LEAVES = frozenset({"rights:hand-over", "people:open-file", "rights:agree-to-deletion"})
"""What leaves as a file asks who it is before it looks for anything: here that is shown with what is sent."""
SENT = {"words": "What somebody wrote before they were refused."}


@dataclass(frozen=True)
class Address:
    """An address that takes something: its name, and what it takes."""

    name: str
    takes: tuple[str, ...]

    def about(self, ids: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={one: OWN_WORDS.get(self.name, {}).get(one) or ids[one] for one in self.takes})


def addresses() -> Iterator[Address]:
    """Give every address of the resolver that takes anything."""

    def within(resolver: URLResolver, space: str) -> Iterator[Address]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from within(one, f"{space}{one.namespace}:" if one.namespace else space)
            elif isinstance(one, URLPattern) and one.pattern.regex.groups:
                yield Address(f"{space}{one.name or ''}", tuple(one.pattern.regex.groupindex))

    yield from within(get_resolver(), "")


WITH_AN_ID = tuple(one for one in addresses() if set(one.takes) & (OF_A_PERSON | OF_A_HUB))


@dataclass(frozen=True)
class World:
    """A hub where one worker of every role sits in the team at the door, and another hub beside it.

    Everybody in that team is near one life; the others are out of reach, of the other hub, and of somebody who keeps them away.
    """

    hub: MadeHub
    near: Life
    outside: Life
    away: Life
    elsewhere: Life

    def signed_in(self, role: str) -> Client:
        """Give the browser of a role's worker, who brought everybody in that they could have; without a role a stranger's."""
        if not role:
            return Client()
        for one in (self.near, self.away):
            one.was_brought_in_and_decided_by(self.hub.hats[role])
        return self.hub.signed_in(role)

    def not_yours(self, address: Address, role: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        """Give the ids that are not this role's to know of, each with those that nobody ever had."""
        yield self.elsewhere.ids, NOBODY
        if set(address.takes) & OF_A_PERSON:
            yield self.away.ids, NOBODY
            if not any(one in address.takes and does in ROLES[role or "analyst"].does for one, does in THEIRS_BY_ROLE.items()):
                yield self.outside.ids, NOBODY
        for beside, of in BESIDE:
            if beside in address.takes:
                for other in (self.elsewhere, self.away, self.outside):
                    yield self.near.ids | {beside: other.ids[of]}, self.near.ids | {beside: NOBODY[beside]}

    def told_apart(self, role: str) -> list[tuple[str, str]]:
        """List the addresses at which a role can tell what is not theirs from what is not there."""
        browser = self.signed_in(role)
        nothing = {address: self.answers(browser, address, NOBODY) for address in WITH_AN_ID}
        return [
            (role, address.name)
            for address in WITH_AN_ID
            for theirs, nobodys in self.not_yours(address, role)
            if self.answers(browser, address, theirs)
            != (nothing[address] if nobodys is NOBODY else self.answers(browser, address, nobodys))
        ]

    def answers(self, browser: Client, address: Address, ids: dict[str, Any]) -> list[Any]:
        """Ask by GET and by POST; what a POST does is undone. Give what anybody could tell apart."""
        path = address.about(ids)
        query = f"?service={self.near.ids['service_id']}" if address.name == "handovers:signpost" else ""
        sent = SENT | ({"step_up": "sent"} if address.name in LEAVES else {})
        with transaction.atomic():
            found = [seen(browser.get(path + query), path), seen(browser.post(path + query, sent), path)]
            transaction.set_rollback(True)
        return found


@pytest.fixture
def world(hub: MadeHub) -> World:
    other = open_hub("otherplace")
    for role in ROLES:
        hub.take_on(role, f"{NAME} {role}", "trust", role, ("door",))
    made = World(
        hub,
        near=live_through(hub, holder="cora", to="door"),
        outside=live_through(hub, holder="liv", to="north"),
        away=live_through(hub, holder="cora", to="door", keeps_away=NAME),
        elsewhere=live_through(other, holder="cora", to="door"),
    )
    for life in (made.near, made.away):
        # Both are read for a request of their own; one of them keeps whoever reads it away.
        request = AccessRequest.objects.get(public_id=life.ids["request_id"])
        Relationship.objects.create(
            hub=hub.hub, person=life.person, hat_id=hub.hats["privacy_officer"], kind="reviewer", because_kind="access_request",
            because_id=request.pk, from_at=request.written_at,
        )  # fmt: skip
    made.near.ids["declared_id"] = says_they_know(Hat.objects.get(pk=hub.hats["duty_worker"])).public_id
    Draft.objects.filter(public_id=made.outside.ids["draft_id"]).update(not_safe_at=None)
    return made


def seen(answer: HttpResponse, path: str) -> tuple[int, dict[str, str], str]:
    """Give what is the same for two ids or tells them apart: status, headers, body, without the form's token and the id itself."""
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
    headers = {name: said.replace(path, "PATH") for name, said in answer.headers.items() if name not in OF_EACH_ANSWER}
    return answer.status_code, headers, body.replace(path, "PATH")


@pytest.mark.parametrize("roles", ROLES_IN_PARTS, ids=" ".join)
def test_to_every_role_what_is_not_theirs_is_what_is_not_there(world: World, roles: list[str]) -> None:
    """Seen to fail with `denied` left out of `visible_to`, with `allowed` left out, and with the hub left out of `get_service`."""
    assert [one for role in roles for one in world.told_apart(role)] == []


def test_to_a_stranger_too(world: World) -> None:
    assert world.told_apart("") == []


@pytest.mark.parametrize(
    ("path", "field", "theirs", "nobodys"),
    [
        ("signpost/?service={}", "", lambda other: other.ids["service_id"], NOBODY["service_id"]),
        ("contact-safety/", "point", lambda other: ContactPoint.objects.filter(person=other.person).first().pk, 10**9),
        ("holder/", "holder", lambda other: f"hat:{Hat.objects.get(public_id=other.ids['hat_id']).pk}", f"hat:{10**9}"),
    ],
)  # fmt: skip
def test_an_id_that_is_sent_along_tells_nothing_either(world: World, path: str, field: str, theirs: Any, nobodys: Any) -> None:
    """Of another hub: a service in the address, a way to reach somebody, and a worker to hold them, in the form."""
    browser, record, found = world.signed_in("duty_worker"), f"/people/{world.near.person.public_id}/", []
    for sent in (theirs(world.elsewhere), nobodys):
        target = record + path.format(sent)
        answers = (browser.get(target), browser.post(target, {field: str(sent)} if field else SENT))
        found.append([seen(answer, target) for answer in answers])
    assert found[0] == found[1]


def test_every_address_answers_about_what_is_within_reach(world: World) -> None:
    """So that the proof above tries what could leak: each of these is there for somebody."""
    silent = set(WITH_AN_ID)
    for role in ("duty_worker", "coordinator", "hub_lead", "safeguarding_lead", "privacy_officer"):
        browser = world.signed_in(role)
        silent = {one for one in silent if world.answers(browser, one, world.near.ids) == world.answers(browser, one, NOBODY)}
    assert silent == set()


def test_every_address_that_takes_something_is_named_here() -> None:
    """An address that is neither about a person, nor of a hub, nor one of our own words, nor a link turns this red."""
    unnamed = [
        one for one in addresses()
        if one.name not in LINKS and not set(one.takes) <= OF_A_PERSON | OF_A_HUB | set(OWN_WORDS.get(one.name, ()))
    ]  # fmt: skip
    assert unnamed == []


@pytest.mark.parametrize("role", ["", "duty_worker"])
def test_a_wrong_link_a_used_one_and_one_of_somebody_else_are_one_answer(world: World, role: str) -> None:
    browser, user = world.signed_in(role), Hat.objects.get(pk=world.hub.hats["cora"]).worker.user
    assert user is not None
    service = str(world.elsewhere.ids["service_id"])
    wrong = {
        "web:where-it-stands": [("x" * 43,), ("y" * 43,), ("z",)],
        "referrals:change-reach": [("x" * 43,), ("y" * 43,), ("z",)],
        "referrals:change-mind": [("x" * 43,), ("y" * 43,), ("z",)],
        "handovers:answer-by-link": [("x" * 43,), ("y" * 43,), ("z",)],
        "safety:own-link": [("x" * 32,), ("y" * 43,), ("z",)],
        "directory:take-along": [("0" * 10,), (service[:8] + service[9:11],), ("z",)],
        "directory:entry-by-link": [("x" * 32,), ("y" * 43,), ("z",)],
        "directory:change-by-link": [("x" * 32,), ("y" * 43,), ("z",)],
        "directory:say-by-link": [("x" * 32, "true"), ("y" * 43, "true"), ("z", "true")],
        "directory:settle-by-link": [("x" * 32,), ("y" * 43,), ("z",)],
        "directory:said-wrong": [("x" * 32,), ("y" * 43,), ("z",)],
        "handovers:what-became-by-link": [("x" * 32,), ("y" * 43,), ("z",)],
        "access:first-password": [("999999", "x-y"), (str(user.pk), "x-y"), ("z", "x")],
        "account_confirm_email": [("x",), ("y",)],
        "account_reset_password_from_key": [("zz", "x"), ("1", "x")],
    }
    assert set(wrong) == LINKS
    for name, tried in wrong.items():
        Tried.objects.all().delete()  # or so many wrong ones from one address would have to wait
        paths = [reverse(name, args=one) for one in tried]
        got = [[seen(browser.get(path), path), seen(browser.post(path, SENT), path)] for path in paths]
        assert all(one == got[0] for one in got), name
