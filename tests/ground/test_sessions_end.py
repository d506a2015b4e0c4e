"""A session ends by itself, from afar, and with everything of its organisation; and no page costs more for it (C15, P9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alongside.access import actors, clients, sessions
from alongside.access.clients import client_actor, let_client_in
from alongside.access.commands import let_organisation_back, sign_worker_out, stop_organisation
from alongside.access.models import Session
from alongside.hubs.models import Hat
from alongside.journal.models import Entry
from alongside.members.queries import without_live_holder
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


def is_in(client: Client) -> bool:
    return client.get("/today/").status_code == 200


def idle(hub: MadeHub) -> bool:
    """Fifteen minutes in which nothing happened, to the second."""
    at = now()
    with time_machine.travel(at, tick=False):
        client = hub.signed_in("cora")
    with time_machine.travel(at + sessions.IDLE - SECOND, tick=False):
        still = is_in(client)
    with time_machine.travel(at + 2 * sessions.IDLE - 2 * SECOND, tick=False):
        used = is_in(client)
    with time_machine.travel(at + 3 * sessions.IDLE, tick=False):
        return still and used and not is_in(client)


def absolute(hub: MadeHub) -> bool:
    """Twelve hours, however busy."""
    at = now()
    with time_machine.travel(at, tick=False):
        client = hub.signed_in("cora")
    for minutes in range(10, 12 * 60, 10):
        with time_machine.travel(at + minutes * MINUTE, tick=False):
            if not is_in(client):
                return False
    with time_machine.travel(at + sessions.LASTS, tick=False):
        return not is_in(client)


def backward(hub: MadeHub) -> bool:
    """A clock that goes back lets nobody in: what began later than now has not begun (P9)."""
    at = now()
    with time_machine.travel(at, tick=False):
        client = hub.signed_in("cora")
    with time_machine.travel(at - HOUR, tick=False):
        return not is_in(client)


def stopped(hub: MadeHub) -> bool:
    """The organisation is stopped: nobody of it opens another page, and its system sends nothing."""
    client, other, at = hub.signed_in("liv"), hub.signed_in("cora"), now()
    _machine, token = let_client_in(actor=hub.system, at=at, hub_id=hub.hub.pk, organisation_id=hub.partners["charity"], name="x")
    before = is_in(client) and client_actor(token, at=at) is not None
    stop_organisation(
        actor=hub.system, at=at, hub_id=hub.hub.pk, organisation_id=hub.partners["charity"], because="account_taken_over"
    )
    return before and not is_in(client) and client_actor(token, at=now()) is None and is_in(other)


def taken_out_of_the_session(monkeypatch: pytest.MonkeyPatch, name: str, far: timedelta) -> None:
    monkeypatch.setattr(sessions, name, far)


def not_asked_of_hats(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import Q

    monkeypatch.setattr(actors, "is_stopped", lambda at, prefix="": Q(pk__in=()))
    monkeypatch.setattr("alongside.reads._kept", {})


def not_asked_of_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import Q

    monkeypatch.setattr(clients, "is_stopped", lambda at, prefix="": Q(pk__in=()))


SABOTAGE: dict[str, tuple[Callable[[MadeHub], bool], Callable[[Any], None]]] = {
    "idle": (idle, lambda patch: taken_out_of_the_session(patch, "IDLE", timedelta(days=9))),
    "absolute": (absolute, lambda patch: taken_out_of_the_session(patch, "LASTS", timedelta(days=9))),
    "backward clock": (backward, lambda patch: taken_out_of_the_session(patch, "CLOCKS_DIFFER", timedelta(days=9))),
    "stopped hats": (stopped, not_asked_of_hats),
    "stopped machines": (stopped, not_asked_of_machines),
}
"""Each control with what takes it away: with it the proof holds, without it the proof fails."""


@pytest.mark.parametrize("control", SABOTAGE)
def test_a_session_ends_when_it_must(hub: MadeHub, control: str) -> None:
    proof, _without = SABOTAGE[control]
    assert proof(hub)


@pytest.mark.parametrize("control", SABOTAGE)
def test_and_would_not_without_its_control(hub: MadeHub, control: str, monkeypatch: pytest.MonkeyPatch) -> None:
    proof, take_away = SABOTAGE[control]
    limits = (sessions.IDLE, sessions.LASTS)
    take_away(monkeypatch)
    if control == "idle":
        at = now()
        with time_machine.travel(at, tick=False):
            client = hub.signed_in("cora")
        with time_machine.travel(at + 3 * limits[0], tick=False):
            assert is_in(client)
    elif control == "absolute":
        monkeypatch.setattr(sessions, "IDLE", timedelta(days=9))
        at = now()
        with time_machine.travel(at, tick=False):
            client = hub.signed_in("cora")
        with time_machine.travel(at + limits[1] - SECOND, tick=False):
            assert is_in(client)
        Session.objects.update(expire_date=at + timedelta(days=9))
        with time_machine.travel(at + limits[1], tick=False):
            assert is_in(client)
    else:
        assert not proof(hub)


def statements(client: Client, path: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return [one["sql"] for one in caught.captured_queries]


def test_that_it_is_used_is_written_once_a_minute_and_travels_with_the_look(hub: MadeHub) -> None:
    """So a page costs what it did: the statement more is one in a minute."""
    person, at = hub.held_by("cora"), now()
    path = reverse("web:show-person", args=[person.public_id])
    with time_machine.travel(at, tick=False):
        client = hub.signed_in("cora")
        client.get(path)
        first = statements(client, path)
    with time_machine.travel(at + sessions.SEEN_EVERY - SECOND, tick=False):
        soon = statements(client, path)
    with time_machine.travel(at + sessions.SEEN_EVERY, tick=False):
        later, again = statements(client, path), statements(client, path)
    touched = [sql for sql in later if sql.startswith("UPDATE access_session")]
    assert [len(soon), len(later), len(again)] == [len(first), len(first) + 1, len(first)]
    assert len(touched) == 1
    assert Session.objects.get(session_key=client.session.session_key).seen_at == at + sessions.SEEN_EVERY


def test_what_shows_nobody_counts_as_used_too(hub: MadeHub) -> None:
    at = now()
    with time_machine.travel(at, tick=False):
        client = hub.signed_in("cora")
    for minutes in (14, 28, 42):
        with time_machine.travel(at + minutes * MINUTE, tick=False):
            assert client.get("/account/2fa/").status_code == 200


def test_somebody_sees_where_they_are_signed_in_and_ends_one_or_all_others(hub: MadeHub) -> None:
    here, there, elsewhere, cora = hub.signed_in("cora"), hub.signed_in("cora"), hub.signed_in("cora"), hub.signed_in("nell")
    page = here.get("/signed-in/").content.decode()
    assert page.count("Sign out there") == 2 and "This one" in page
    assert here.session.session_key not in page and there.session.session_key not in page
    name = page.split('name="name" value="')[1].split('"')[0]
    assert here.post("/signed-in/", {"name": name}).status_code == 302
    assert [is_in(here), is_in(there) + is_in(elsewhere)] == [True, 1]
    assert here.post("/signed-in/", {"others": "yes"}).status_code == 302
    assert [is_in(here), is_in(there), is_in(elsewhere), is_in(cora)] == [True, False, False, True]
    assert here.post("/signed-in/", {"name": name}).status_code == 404
    assert list(Entry.objects.filter(command__startswith="session.").values_list("command", flat=True).order_by("pk")) == [
        "session.ended", "session.others_ended",
    ]  # fmt: skip


def test_nobody_ends_a_session_of_somebody_else(hub: MadeHub) -> None:
    mine, theirs = hub.signed_in("cora"), hub.signed_in("nell")
    from alongside.access.commands import name_of

    assert mine.post("/signed-in/", {"name": name_of(theirs.session.session_key or "")}).status_code == 404
    assert is_in(theirs)


@pytest.mark.parametrize(("who", "may"), [("lea", True), ("cora", False)])
def test_a_lead_signs_a_worker_out_everywhere(hub: MadeHub, who: str, may: bool) -> None:
    theirs, lead = hub.signed_in("gil"), hub.signed_in(who)
    worker = Hat.objects.get(pk=hub.hats["gil"]).worker
    answer = lead.post(reverse("access:sign-worker-out", args=[worker.public_id]))
    assert (answer.status_code == 302, is_in(theirs)) == (may, not may)
    assert Entry.objects.filter(command="worker.signed_out").count() == may


def test_and_only_a_lead_of_the_hub_in_which_they_work(hub: MadeHub) -> None:
    gil = Hat.objects.get(pk=hub.hats["gil"]).worker_id
    with pytest.raises(NotThisRole):
        sign_worker_out(actor=hub.actor("cora", now()), at=now(), hub_id=hub.hub.pk, worker_id=gil)
    with pytest.raises(NotFound):
        sign_worker_out(actor=hub.actor("lea", now()), at=now(), hub_id=hub.hub.pk + 1, worker_id=gil)


def test_nobody_whom_a_stopped_organisation_holds_is_lost(hub: MadeHub) -> None:
    at = now()
    person = hub.held_by("liv", at=at)
    assert without_live_holder(hub.hub.pk, at) == []
    this = {"actor": hub.system, "at": at, "hub_id": hub.hub.pk, "organisation_id": hub.partners["charity"]}
    stop_organisation(**this, because="device_lost")
    assert [one.membership_id for one in without_live_holder(hub.hub.pk, at)] == [person.pk]
    with pytest.raises(AlreadyDone):
        stop_organisation(**this, because="device_lost")
    let_organisation_back(**{**this, "at": at + SECOND})
    assert without_live_holder(hub.hub.pk, at + SECOND) == []
    assert list(
        Entry.objects.filter(command__in=("organisation.stopped", "organisation.let_back"))
        .values_list("command", "facts__because")
        .order_by("pk")
    ) == [("organisation.stopped", "device_lost"), ("organisation.let_back", "device_lost")]


@pytest.mark.parametrize("role", ["hub_lead", "system_administrator"])
def test_it_is_stopped_and_lifted_by_page(hub: MadeHub, role: str) -> None:
    hub.take_on("lead", "Lead Pretend", "trust", role)
    lead, liv, charity = hub.signed_in("lead"), hub.signed_in("liv"), str(hub.partners["charity"])
    path = "/settings/organisations/stopped/"
    own = lead.post(path, {"what": "stop", "organisation": str(hub.partners["trust"]), "because": "other"})
    assert own.status_code == 200 and is_in(lead)
    assert lead.post(path, {"what": "stop", "organisation": charity, "because": "account_taken_over"}).status_code == 302
    page = lead.get(path).content.decode()
    assert "charity of rivermouth" in page and "in other hands" in page and "Lead Pretend" in page
    assert not is_in(liv) and "charity of rivermouth" not in liv.get("/hat/").content.decode()
    assert lead.post(path, {"what": "lift", "which": charity}).status_code == 302
    assert liv.get("/hat/").status_code == 302 and is_in(liv)


@pytest.mark.parametrize("who", ["cora", "lea", "saf"])
def test_nobody_else_opens_that_page(hub: MadeHub, who: str) -> None:
    assert hub.signed_in(who).get("/settings/organisations/stopped/").status_code == 403


def test_whoever_runs_the_installation_stops_it_without_a_page(hub: MadeHub) -> None:
    liv = hub.signed_in("liv")
    call_command("stop_organisation", "charity of rivermouth")
    assert not is_in(liv)
    call_command("stop_organisation", "charity of rivermouth", "--lift")
    assert liv.get("/hat/").status_code == 302 and is_in(liv)
