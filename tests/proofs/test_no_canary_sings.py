"""V3, the canary walk: what is written about somebody who is not theirs stands in no answer to anybody, at no address.

Every free text of every record about three people (out of reach, keeping the worker away, of another hub) becomes a canary. Then
every role asks every address of the resolver, about somebody near, about each of the three and about nobody, by GET and by POST, and
bodies and headers are searched. Whoever may read one of them all the same is named in `MAY_READ`, with the rule that says so.
Source: trust.md V3, C14, T01; issue "trust", 22.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from alongside import reads
from alongside.access import policy
from alongside.access.models import Exclusion
from alongside.access.sealing import seal
from alongside.hubs.roles import ROLES
from alongside.journey.assessments.models import Version
from alongside.people.models import HeldAddress, Person, StoryEntry
from tests.proofs.test_not_there_and_not_yours import (
    NOBODY,
    OF_A_HUB,
    OF_A_PERSON,
    OWN_WORDS,
    ROLES_IN_PARTS,
    SENT,
    World,
    world,  # noqa: F401  # the fixture
)
from tests.support.lives import Life

BIRD = re.compile(r"CNRY-(\w+)-(\w+)-\d+-(\w+)")
LONG_ENOUGH = 60
NO_TEXT = {
    "sealed",
    "link_fingerprint",
    "mail_fingerprint",
    "code_fingerprint",
    "key",
    "content_fingerprint",
    "reference",
    "values",
}
"""Fields that hold no words of anybody."""
A_WORD = {"what": "came-in", "step": "reach", "code": "heard", "rest": "x"}
"""A word of the product's own, for addresses that take one."""
MAY_READ = {
    ("outside", "safeguarding_lead"): {
        ("Exclusion", "words"),
        ("Person", "chosen_name"),  # C07: they settle who is meant
        ("LegalHold", "words"),  # C35: they answer for how long a record is kept; the number of a file
    },
    ("outside", "privacy_officer"): {
        ("Glass", "reason"),
        ("Watch", "words"),
        ("LookToLookAt", "words"),  # C09, C24: they review
        ("LegalHold", "words"),  # C35
    },
}


def records_about(person: Person) -> Iterator[tuple[models.Model, list[models.Field[Any, Any]]]]:
    """Give every row about a person with its fields that hold words: of every table that points at people."""
    for model in apps.get_models():
        if model is Person:
            rows = [person]
        else:
            keys = [one for one in model._meta.concrete_fields if one.related_model is Person]
            if not keys or model._meta.app_label == "journal":
                continue
            rows = list(model._base_manager.filter(**{keys[0].name: person}))
        texts = [
            one
            for one in model._meta.concrete_fields
            if isinstance(one, (models.CharField, models.TextField))
            and (one.max_length or 10_000) >= LONG_ENOUGH
            and one.name not in NO_TEXT
            and not one.is_relation
        ]
        for row in rows:
            yield row, texts


def let_loose(name: str, life: Life) -> int:
    """Put a canary in the place of every text about somebody. Out: how many."""
    count = 0
    HeldAddress.objects.create(
        hub=life.person.hub, person=life.person, author_organisation=life.person.author_organisation, label="sensitive",
        kind="home", sealed=seal(f"CNRY-{name}-HeldAddress-1-sealed"), at=life.person.created_at,
    )  # fmt: skip
    for row, texts in records_about(life.person):
        for one in texts:
            bird = f"CNRY-{name}-{type(row).__name__}-{row.pk}-{one.name}"[: one.max_length]
            with suppress(IntegrityError), transaction.atomic():  # a constraint may want this one empty
                count += type(row)._base_manager.filter(pk=row.pk).update(**{one.name: bird})
    for version in Version.objects.filter(assessment__person=life.person):
        count += Version.objects.filter(pk=version.pk).update(parts={"mind": f"CNRY-{name}-Version-{version.pk}-parts"})
    return count


@pytest.fixture
def birds(world: World) -> World:  # noqa: F811  # the fixture
    lives = {"outside": world.outside, "away": world.away, "elsewhere": world.elsewhere}
    many = {name: let_loose(name, life) for name, life in lives.items()}
    assert min(many.values()) >= 25, many
    return world


def every_address(ids: dict[str, Any]) -> Iterator[str]:
    """Give every address of the resolver about these ids; of one that takes no id, once."""

    def within(resolver: URLResolver, space: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        for one in resolver.url_patterns:
            if isinstance(one, URLResolver):
                yield from within(one, f"{space}{one.namespace}:" if one.namespace else space)
            elif isinstance(one, URLPattern):
                yield f"{space}{one.name or ''}", tuple(one.pattern.regex.groupindex)

    for name, takes in within(get_resolver(), ""):
        if set(takes) <= OF_A_PERSON | OF_A_HUB | set(OWN_WORDS.get(name, ())) and not name.endswith("logout"):
            given = {one: OWN_WORDS.get(name, {}).get(one) or A_WORD.get(one) or ids.get(one, "") for one in takes}
            try:
                yield reverse(name, kwargs=given)
            except NoReverseMatch:
                continue


def heard(browser: Client, ids: dict[str, Any], *, posts: bool, asked: Collection[str] = ()) -> set[tuple[str, str, str, str]]:
    """Ask every address that was not asked before; give (whose, record, field, where) of every canary in an answer."""
    found = set()
    for path in every_address(ids):
        if path in asked:
            continue
        with transaction.atomic():
            answers = [browser.get(path), *([browser.post(path, SENT)] if posts else [])]
            transaction.set_rollback(True)
        for answer in answers:
            body = b"".join(answer) if getattr(answer, "streaming", False) else answer.content  # type: ignore[arg-type, union-attr]
            text = body.decode(errors="replace") + str(dict(answer.headers))
            found |= {(*bird, path) for bird in BIRD.findall(text)}
    return found


@pytest.mark.hazard("H07")
@pytest.mark.hazard("H09")
@pytest.mark.parametrize("roles", ROLES_IN_PARTS, ids=" ".join)
def test_no_role_hears_of_somebody_who_is_not_theirs(birds: World, roles: list[str]) -> None:
    for role in roles:
        browser = birds.signed_in(role)
        sung = heard(browser, birds.near.ids, posts=True)
        asked = set(every_address(birds.near.ids))  # of these, what is about nobody is the same for all
        for ids in (birds.outside.ids, birds.away.ids, birds.elsewhere.ids, NOBODY):
            sung |= heard(browser, ids, posts=False, asked=asked)
        wrong = {one for one in sung if one[1:3] not in MAY_READ.get((one[0], role), set())}
        assert wrong == set(), role


def test_a_stranger_hears_nothing(birds: World) -> None:
    browser = Client()
    for ids in (birds.near.ids, birds.outside.ids, birds.elsewhere.ids, NOBODY):
        assert heard(browser, ids, posts=True) == set()


def test_every_bird_that_is_let_out_is_heard(birds: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The walk can hear: without the rules that keep somebody away, and with everybody near, it sings at many places."""
    monkeypatch.setattr(reads, "_kept", {})
    monkeypatch.setattr(policy, "denied", lambda *_a, **_b: policy._NEVER)
    monkeypatch.setattr(policy, "_near", lambda *_a, **_b: policy.Q())
    sung = heard(birds.signed_in("coordinator"), birds.away.ids, posts=False)
    assert {"StoryEntry", "Person", "Referral", "Handover", "TriageDecision", "CrisisCall", "Task"} <= {
        record for _whose, record, _field, _where in sung
    }
    assert "HeldAddress" not in {record for _whose, record, _field, _where in sung}, "the vault does not open for a look"
    assert ROLES and Exclusion.objects.exists() and StoryEntry.objects.exists()
