"""Organisations and workers belong to the installation; a lead of one hub learns and changes nothing of another (design.md 5).

Shown to fail: with the old refusals a lead is told that a code or an address is taken; without the rule of the only hub a
lead of one hub can set the password of somebody who works in another.
"""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from alongside.access.actors import hats_of
from alongside.access.models import User
from alongside.hubs.commands import add_organisation
from alongside.hubs.models import Hat, Organisation, Partner, Worker
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db

WORDS = "four words put together"


@pytest.fixture
def elsewhere() -> MadeHub:
    return open_hub("elsewhere", nation="england")


@pytest.fixture
def lead(hub: MadeHub, client: Client) -> Client:
    hub.take_on("lead", "Lena Tale", "trust", "hub_lead")
    user = Hat.objects.get(pk=hub.hats["lead"]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.post("/hat/", {"hat": str(hub.hats["lead"])})
    return client


def invite(lead: Client, hub: MadeHub, email: str, name: str = "Nia Newcomer") -> str:
    """Invite somebody by page and give what the page says, without what differs every time."""
    given = {"name": name, "email": email, "organisation": str(hub.partners["trust"]), "role": "coordinator"}
    return lead.post(reverse("hubs:people"), {"what": "invite", **given}).content.decode()


def link_in(page: str) -> str:
    found = re.search(r"/account/first/[\w-]+/[\w-]+/", page)
    assert found
    return found[0]


def masked(page: str, *names: str) -> str:
    for name in names:
        page = page.replace(name, "NAME")
    page = re.sub(r"/account/first/[\w-]+/[\w-]+/", "LINK", page)
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return re.sub(r"/settings/people/[\w-]+/", "WORKER", page)


def test_an_address_that_another_hub_knows_gets_the_same_answer(hub: MadeHub, elsewhere: MadeHub, lead: Client) -> None:
    known = elsewhere.take_on("kit", "Kit Known", "charity", "coordinator")
    user = Hat.objects.get(pk=known).worker.user
    assert user is not None
    user.set_password(WORDS)
    user.save()
    known_page = invite(lead, hub, "Kit@elsewhere.example", "Kit Known")
    new_page = invite(lead, hub, "nia@rivermouth.example")
    row = re.compile(r"<tr role=\"row\" class=\"nhsuk-table__row\">.*?</tr>", re.DOTALL)
    rows = {name: next(one for one in row.findall(new_page) if name in one) for name in ("Kit Known", "Nia Newcomer")}
    assert masked(rows["Kit Known"], "Kit Known", "kit@elsewhere.example") == masked(
        rows["Nia Newcomer"], "Nia Newcomer", "nia@rivermouth.example"
    )
    assert "invited" in rows["Kit Known"]
    behind = [masked(Client().get(link_in(page)).content.decode()) for page in (known_page, new_page)]
    assert behind[0].replace("kit@elsewhere.example", "X") == behind[1].replace("nia@rivermouth.example", "X")


def test_whoever_has_an_account_comes_with_it_and_no_link_replaces_its_password(
    hub: MadeHub, elsewhere: MadeHub, lead: Client
) -> None:
    hat = Hat.objects.get(pk=elsewhere.hats["nell"])
    user = hat.worker.user
    assert user is not None
    user.set_password(WORDS)
    user.save()
    link = link_in(invite(lead, hub, user.email))
    taken = Client().post(link, {"password": "another four words here", "again": "another four words here"})
    assert taken.headers["Location"] == "/account/login/"
    user.refresh_from_db()
    assert user.check_password(WORDS), "a lead cannot take an account over by inviting it"
    assert {one.hub_id for one in hats_of(user, at=now())} == {hub.hub.pk, elsewhere.hub.pk}
    assert User.objects.filter(email=user.email).count() == 1


def test_whoever_had_left_and_is_invited_works_here_again(hub: MadeHub, lead: Client) -> None:
    worker = Hat.objects.get(pk=hub.hats["nell"]).worker
    Hat.objects.filter(worker=worker).update(until_at=now())
    Worker.objects.filter(pk=worker.pk).update(left_at=now())
    invite(lead, hub, "nell@rivermouth.example")
    worker.refresh_from_db()
    assert worker.left_at is None and worker.user is not None
    assert [one.role for one in hats_of(worker.user, at=now())] == ["coordinator"]


def test_a_new_password_for_somebody_who_works_in_two_hubs_is_no_leads_to_give(
    hub: MadeHub, elsewhere: MadeHub, lead: Client
) -> None:
    worker = Hat.objects.get(pk=hub.hats["nell"]).worker
    address = reverse("hubs:worker", args=[worker.public_id])
    assert "/account/first/" in lead.post(address, {"what": "link"}).content.decode()
    Hat.objects.filter(pk=elsewhere.hats["nell"]).update(worker=worker)
    for what in ("link", "lock"):
        page = lead.post(address, {"what": what}).content.decode()
        assert "This cannot be done on this page" in page and "/account/first/" not in page
        assert "elsewhere" not in page
    assert User.objects.filter(is_active=False).count() == 0
    out = StringIO()
    call_command("password_link", "nell@rivermouth.example", stdout=out)
    link = link_in(out.getvalue())
    assert Client().post(link, {"password": WORDS, "again": WORDS}).headers["Location"] == "/account/2fa/totp/activate/"
    with pytest.raises(CommandError, match="Nobody who works here today"):
        call_command("password_link", "nobody@rivermouth.example")


def test_an_organisation_with_a_known_code_joins_under_the_name_it_has(hub: MadeHub, elsewhere: MadeHub, lead: Client) -> None:
    add_organisation(
        actor=elsewhere.system, at=now(), hub_id=elsewhere.hub.pk, name="Shared Trust", sector="nhs", ods_code="ZZ9X1"
    )
    given = {"what": "add", "name": "The shared trust", "sector": "nhs", "ods_code": "zz9x1"}
    assert lead.post(reverse("hubs:organisations"), given).status_code == 302
    assert Organisation.objects.filter(ods_code="ZZ9X1").count() == 1
    assert Partner.objects.filter(organisation__ods_code="ZZ9X1").count() == 2


def test_a_hat_is_put_on_by_its_own_worker_only(hub: MadeHub) -> None:
    from alongside.access.commands import put_on_hat
    from alongside.refusals import NotFound

    with pytest.raises(NotFound):
        put_on_hat(actor=hub.actor("cora"), at=now(), hat_id=hub.hats["nell"])
    put_on_hat(actor=hub.actor("cora"), at=now(), hat_id=hub.hats["cora"])
    assert Hat.objects.get(pk=hub.hats["cora"]).first_worn_at is not None
