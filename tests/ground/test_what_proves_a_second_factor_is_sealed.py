"""The seeds of authenticator apps and of recovery codes are sealed: whoever reads the tables alone makes no code (T14; ASVS 6.5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.db import connection
from django.test import Client

from alongside.access.adapter import SecondFactor
from alongside.journal.models import Look
from alongside.vocabulary.clock import now
from tests.ground.test_signing_in import account, code_of, give_password, with_second_factor
from tests.support.hub import MadeHub, gives_second_factor

MIGRATION = import_module("alongside.access.migrations.0011_what_proves_a_second_factor_is_sealed")


def dump() -> str:
    """Give the whole table as whoever copies the database would have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM mfa_authenticator")
        return repr(cursor.fetchall())


def in_clear(user: Any, secret: str, seed: str = "ab" * 40) -> None:
    """Keep a second factor as it was kept before seeds were sealed."""
    Authenticator.objects.create(user=user, type="totp", data={"secret": secret})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seed, "used_mask": 0})


@pytest.fixture
def another_key(settings: Any) -> Iterator[Any]:
    """Give what takes away the keys with which everything was sealed."""

    def take_away(keys: list[str]) -> None:
        settings.VAULT_KEYS = keys

    yield take_away


def test_the_table_holds_no_seed_and_no_recovery_code(hub: MadeHub) -> None:
    """Shown to fail: with `encrypt` taken out of the adapter, both seeds stand in the dump."""
    user = account(hub, "cora")
    secret = with_second_factor(user)
    codes = RecoveryCodes.activate(user)
    seed = SecondFactor().decrypt(codes.instance.data["seed"])
    assert len(seed) == 80
    found = dump()
    assert not [one for one in (secret, seed, *codes.generate_codes()) if one in found]


def test_what_stood_in_clear_opens_until_it_is_sealed_and_is_sealed_once(hub: MadeHub, client: Client) -> None:
    user, secret = account(hub, "cora"), "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    in_clear(user, secret)
    codes = RecoveryCodes.activate(user).generate_codes()
    give_password(client, user)
    assert client.post("/account/2fa/authenticate/", {"code": codes[0]}).headers["Location"] == "/hat/"
    assert secret in dump()
    MIGRATION.seal_what_stands_in_clear(apps, None)
    once = dump()
    assert secret not in once and "ab" * 40 not in once
    MIGRATION.seal_what_stands_in_clear(apps, None)
    assert dump() == once, "what is sealed is not sealed again"
    assert RecoveryCodes.activate(user).generate_codes() == codes
    client.post("/account/logout/")
    give_password(client, user)
    assert client.post("/account/2fa/authenticate/", {"code": code_of(secret)}).headers["Location"] == "/hat/"
    MIGRATION.open_again(apps, None)
    assert secret in dump()


def test_codes_that_came_from_elsewhere_are_sealed_too(hub: MadeHub) -> None:
    kept = Authenticator.objects.create(
        user=account(hub, "cora"), type="recovery_codes", data={"migrated_codes": ["abcd-efgh", "ijkl-mnop"]}
    )
    MIGRATION.seal_what_stands_in_clear(apps, None)
    kept.refresh_from_db()
    assert "efgh" not in dump() and RecoveryCodes(kept).generate_codes() == ["abcd-efgh", "ijkl-mnop"]


@pytest.mark.parametrize("keys", [["another key of this installation"], []], ids=["another", "none"])
def test_without_the_key_no_code_is_right_and_a_page_says_why(
    hub: MadeHub, client: Client, another_key: Any, keys: list[str]
) -> None:
    """Shown to fail: with the refusal taken out of `decrypt` it is a fault of ours, with a reference and no reason."""
    user = account(hub, "cora")
    secret = with_second_factor(user)
    give_password(client, user)
    another_key(keys)
    for code in (code_of(secret), "000000"):
        answer = client.post("/account/2fa/authenticate/", {"code": code})
        page = answer.content.decode()
        assert answer.status_code == 503 and "a key of this installation is missing" in page
    assert "_auth_user_id" not in client.session


def test_nor_is_anybody_let_on_who_shows_again_that_it_is_them(hub: MadeHub, another_key: Any) -> None:
    """Shown to fail: with the refusal let through by `RefusalsBecomePages.process_view`, where Django makes no page of it."""
    client, user = hub.signed_in("cora"), account(hub, "cora")
    client.force_login(user, backend="alongside.access.backend.Accounts")
    session = client.session
    session["hat_id"] = hub.hats["cora"]
    session.save()
    secret = with_second_factor(user)
    gives_second_factor(client, now() - timedelta(hours=1))
    asked = client.post("/emergency/", {"name": "Mair"})
    assert asked.status_code == 403
    another_key(["another key of this installation"])
    answer = client.post("/emergency/", {"name": "Mair", "code": code_of(secret), "step_up": "sent"})
    assert answer.status_code == 503 and "a key of this installation is missing" in answer.content.decode()
    assert Look.objects.filter(reason="cannot_check_code").count() == 1


def test_nothing_is_set_up_that_could_not_be_opened(hub: MadeHub, another_key: Any) -> None:
    client = hub.signed_in("cora")
    gives_second_factor(client, now())
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    another_key([])
    answer = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 503
    assert not Authenticator.objects.exists()
