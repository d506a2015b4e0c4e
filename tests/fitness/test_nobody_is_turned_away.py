"""Promise 1: there is no refusing, rejecting or redirecting anywhere: not in the schema, not in a code, an address, the API or a page."""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field
from django.urls import URLPattern, URLResolver, get_resolver

import alongside
from alongside.journal.models import Look
from alongside.journey.referrals import rules as referrals
from alongside.journey.referrals.models import Referral
from alongside.members.models import Holding
from alongside.vocabulary.codes import CodeList
from tests.support.hub import MadeHub, referral_of

TURNED_AWAY = re.compile(
    r"reject|refus|redirect|declin|discharg|denied|\bdeny|turn(ed)?[\s_-]?away|not[\s_-]?accepted|ineligib|inappropriate|unsuitable"
    r"|dismiss|sign(ed)?[\s_-]?off[\s_-]?list|gwrthod|rhyddhau",
    re.IGNORECASE,
)
SOURCE = Path(alongside.__file__).parent
# A look that was asked for and not given is journalled as "refused": it is a worker's look, never a person's asking.
NOT_ABOUT_PEOPLE = {"journal.Look.outcome"}


def found(named: Iterator[tuple[str, str]]) -> list[str]:
    return sorted({f"{where}: {text}" for where, text in named if TURNED_AWAY.search(text)})


def ours() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


def of_the_schema() -> Iterator[tuple[str, str]]:
    for model in ours():
        yield model._meta.label, f"{model.__name__} {model._meta.db_table}"
        for field in model._meta.get_fields():
            where = f"{model._meta.label}.{field.name}"
            yield where, field.name
            if isinstance(field, Field) and where not in NOT_ABOUT_PEOPLE:
                for value, words in field.flatchoices:
                    yield where, f"{value} {words}"
                yield where, str(field.default)
        for constraint in model._meta.constraints:
            yield model._meta.label, f"{constraint.name} {getattr(constraint, 'condition', '')}"


def modules() -> Iterator[Any]:
    for one in pkgutil.walk_packages(alongside.__path__, "alongside."):
        if not re.search(r"\.(tests|migrations|management)\b|config\.wsgi", one.name):
            yield importlib.import_module(one.name)


def of_the_code_lists() -> Iterator[tuple[str, str]]:
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, CodeList):
                for code in value.values():
                    yield f"{module.__name__}.{name}", f"{code.code} {code.en} {code.cy}"
            if name == "STATES":
                yield module.__name__, " ".join(value)


def of_the_addresses(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield route, f"{route} {one.namespace or ''}"
            yield from of_the_addresses(one, route)
        elif isinstance(one, URLPattern):
            yield route, f"{route} {one.name or ''}"


def of_the_commands() -> Iterator[tuple[str, str]]:
    for module in modules():
        for name, value in vars(module).items():
            if hasattr(value, "command_name"):
                yield f"{module.__name__}.{name}", f"{name} {value.command_name}"


def of_the_pages() -> Iterator[tuple[str, str]]:
    """Yield every template line, without the promise itself and the name of a filter."""
    for template in sorted(SOURCE.rglob("*.jinja")):
        for number, line in enumerate(template.read_text().splitlines(), start=1):
            yield f"{template.name}:{number}", line.replace("Nobody is turned away", "").replace("rejectattr(", "")


def test_no_table_field_choice_or_constraint_knows_how_to_turn_somebody_away() -> None:
    assert len(ours()) > 40
    assert found(of_the_schema()) == []
    assert Look._meta.get_field("outcome").get_default() == "shown"


def test_no_code_says_it_in_either_language() -> None:
    assert sum(1 for _ in of_the_code_lists()) > 200
    assert found(of_the_code_lists()) == []


def test_no_address_says_it() -> None:
    addresses = [pair for pair in of_the_addresses() if "account/" not in pair[0]]
    assert len(addresses) > 30
    assert found(iter(addresses)) == []


def test_no_command_does_it() -> None:
    assert sum(1 for _ in of_the_commands()) > 50
    assert found(of_the_commands()) == []


def test_no_page_says_it() -> None:
    assert found(of_the_pages()) == []


@pytest.mark.django_db
def test_the_published_description_of_the_interface_does_not_say_it(client: Any) -> None:
    for address in OPENAPI:
        response = client.get(address)
        assert response.status_code == 200
        described = json.dumps(response.json())
        assert found(iter([(address, part) for part in re.split(r'[",]', described)])) == []


OPENAPI = ("/api/openapi.json", "/open-referral/v3/openapi.json")


def _came_in(hub: MadeHub) -> Referral:
    return hub.refer().referral


def _may_be_spam(hub: MadeHub) -> Referral:
    return hub.refer(suspected_spam=True).referral


def _asked_again(hub: MadeHub) -> Referral:
    known: dict[str, Any] = {"nhs_number": "9434765919", "born_on": date(1980, 2, 1), "actor": hub.actor("gil")}
    hub.refer(**known)
    return hub.refer(**known).referral


def _decided(hub: MadeHub) -> Referral:
    return referral_of(hub.held_by("cora"))


REFERRALS: dict[str, tuple[Callable[[MadeHub], Referral], str]] = {
    "received": (_came_in, "door"),
    "to_be_looked_at": (_may_be_spam, "door"),
    "added": (_asked_again, "door"),
    "held": (_decided, "cora"),
}
"""Written by hand: how a referral comes into each state, and who holds the person in it (introductions have a table of their own)."""


@pytest.mark.django_db
@pytest.mark.parametrize("state", referrals.STATES)
def test_in_every_state_of_a_referral_the_ledger_names_who_holds(hub: MadeHub, state: str) -> None:
    take_it_there, holder = REFERRALS[state]
    one = take_it_there(hub)
    facts = referrals.Facts(one.received_at, one.triaged_at, one.suspected_spam, one.added_to_id is not None)
    assert referrals.status(facts) == state
    held = Holding.objects.get(open_for=one.person_id)
    assert (held.hat_id, held.team_id) == (hub.hats.get(holder), hub.teams.get(holder))


@pytest.mark.parametrize(
    "word", ["rejected", "Refused by team", "redirect_to", "discharged", "declined_at", "turned away", "gwrthodwyd"]
)
def test_such_a_word_would_be_found(word: str) -> None:
    assert found(iter([("here", word)])) == [f"here: {word}"]
