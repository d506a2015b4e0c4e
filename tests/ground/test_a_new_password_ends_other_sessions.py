"""Whoever changes their password is signed out everywhere else: a stolen session does not outlast it (ASVS 7.4.3)."""

from __future__ import annotations

import pytest
from django.test import Client

from alongside.hubs.models import Hat
from tests.support.hub import MadeHub


@pytest.mark.django_db
def test_a_new_password_ends_every_session_that_the_old_one_began(hub: MadeHub) -> None:
    stolen: Client = hub.signed_in("cora")
    assert stolen.get("/today/").status_code == 200
    user = Hat.objects.get(pk=hub.hats["cora"]).worker.user
    assert user is not None
    user.set_password("quite another sentence")
    user.save(update_fields=["password"])
    assert stolen.get("/today/").status_code == 302
    assert hub.signed_in("cora").get("/today/").status_code == 200
