"""Two hubs on one installation: to a worker of one, a person of the other is byte for byte like somebody who does not exist."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.hubs.commands import change_hub
from alongside.hubs.models import Hat
from tests.support.hub import AT, MadeHub, open_hub, referral_of

TWO_HUBS = "rivermouth.example", "elsewhere.example"


def addresses_about(name: str) -> list[str]:
    """Give the pattern of every address that names somebody, or something of theirs, by this part."""
    found: list[str] = []

    def walk(patterns: Any, before: str) -> None:
        for one in patterns:
            part = before + str(one.pattern)
            if isinstance(one, URLResolver):
                walk(one.url_patterns, part)
            elif isinstance(one, URLPattern) and f"<uuid:{name}>" in part:
                found.append("/" + part)

    walk(get_resolver().url_patterns, "")
    return found


def filled(pattern: str, name: str, key: UUID) -> str:
    return re.sub(r"<(?:\w+:)?\w+>", "1", pattern.replace(f"<uuid:{name}>", str(key)))


def masked(page: Any, key: UUID) -> str:
    text = page.content.decode().replace(str(key), "KEY")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text)


def without_cookie(page: Any) -> dict[str, str]:
    return {name: value for name, value in page.headers.items() if name != "Set-Cookie"}


@pytest.fixture
def strangers(hub: MadeHub, settings: Any) -> tuple[MadeHub, MadeHub]:
    settings.ALLOWED_HOSTS = [*TWO_HUBS, "testserver"]
    elsewhere = open_hub("elsewhere", nation="england")
    for made, name in zip((hub, elsewhere), TWO_HUBS, strict=True):
        change_hub(actor=made.system, at=AT, hub_id=made.hub.pk, hostnames=[name])
    return hub, elsewhere


def wearing(hub: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=hub.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    session = client.session
    session["hat_id"] = hub.hats[key]
    session.save()
    return client


@pytest.mark.parametrize("key", ["dana", "cora", "saf"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_page_about_a_person_of_another_hub_is_not_there(strangers: tuple[MadeHub, MadeHub], key: str, method: str) -> None:
    """Shown to fail: with `hub_id=actor.hub_id` and the relationship taken out of `visible_to`, the whole record opens."""
    here, elsewhere = strangers
    person = here.held_by("cora")
    client = wearing(elsewhere, key)
    patterns = addresses_about("person_id")
    assert len(patterns) >= 15
    for pattern in patterns:
        nobody = uuid4()
        real = getattr(client, method)(filled(pattern, "person_id", person.public_id))
        made_up = getattr(client, method)(filled(pattern, "person_id", nobody))
        assert (real.status_code, made_up.status_code) in ((404, 404), (405, 405)), pattern
        assert masked(real, person.public_id) == masked(made_up, nobody), pattern
        assert without_cookie(real) == without_cookie(made_up), pattern


def test_a_referral_of_another_hub_is_not_there(strangers: tuple[MadeHub, MadeHub]) -> None:
    here, elsewhere = strangers
    referral = referral_of(here.person())
    client = wearing(elsewhere, "dana")
    for pattern in addresses_about("referral_id"):
        nobody = uuid4()
        real, made_up = (
            client.get(filled(pattern, "referral_id", referral.public_id)),
            client.get(filled(pattern, "referral_id", nobody)),
        )
        assert real.status_code == made_up.status_code in (404, 405), pattern
        assert masked(real, referral.public_id) == masked(made_up, nobody), pattern


def test_lists_name_nobody_of_another_hub(strangers: tuple[MadeHub, MadeHub]) -> None:
    here, elsewhere = strangers
    here.person(name="Onlyhere Imagined")
    here.held_by("cora", name="Onlyhere Imagined", email="two@person.example")
    for key in ("dana", "cora", "lea", "saf"):
        client = wearing(elsewhere, key)
        for address in ("/today/", "/triage/", "/introductions/", "/nobody-lost/", "/hub/", "/who-is-who/", "/exclusions/"):
            page = client.get(address)
            assert "Onlyhere" not in page.content.decode(), (key, address)
    assert "Onlyhere" in wearing(here, "dana").get("/triage/").content.decode()


def test_each_address_opens_its_own_hub_and_no_other_opens_any(strangers: tuple[MadeHub, MadeHub]) -> None:
    for name, words in zip(TWO_HUBS, ("rivermouth hub", "elsewhere hub"), strict=True):
        assert words in Client().get("/", headers={"host": name}).content.decode()
    unknown = Client().get("/", headers={"host": "testserver"}).content.decode()
    assert "rivermouth hub" not in unknown and "elsewhere hub" not in unknown


def test_settings_reach_only_the_own_hub(strangers: tuple[MadeHub, MadeHub]) -> None:
    here, elsewhere = strangers
    elsewhere.take_on("lead", "Lena Tale", "trust", "hub_lead")
    client = wearing(elsewhere, "lead")
    cora = Hat.objects.get(pk=here.hats["cora"])
    for address in (
        f"/settings/people/{cora.worker.public_id}/",
        f"/hats/{cora.public_id}/end/",
        f"/hats/{cora.public_id}/leave/",
    ):
        assert client.get(address).status_code == 404, address
    page = client.post(
        "/settings/people/",
        {
            "what": "invite",
            "name": "X",
            "email": "x@y.example",
            "organisation": str(here.partners["trust"]),
            "role": "coordinator",
        },
    )
    assert "Choose from the list" in page.content.decode()
