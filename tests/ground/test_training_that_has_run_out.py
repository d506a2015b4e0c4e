"""Training in confidentiality holds until a day; from the day after it a worker sees nothing, and whom they held is not lost (D0)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from alongside.access.actors import worker_actor
from alongside.hubs.commands import set_training
from alongside.hubs.models import Worker
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.clock import now, start_of, today
from alongside.web.queries import nobody_lost
from tests.support.hub import AT, TODAY, MadeHub, dated, open_hub


def train(hub: MadeHub, key: str, days: int | None) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    set_training(actor=hub.system, at=AT, hub_id=hub.hub.pk, worker_id=hub.actor(key).worker, until_on=until)


def test_it_holds_to_the_last_second_of_its_day(hub: MadeHub) -> None:
    train(hub, "wyn", 7)
    over, second = start_of(TODAY + timedelta(days=8)), timedelta(seconds=1)
    worn = [worker_actor(hub.hats["wyn"], user_id=None, at=over + by) for by in (-second, timedelta(0), second)]
    assert [actor is not None for actor in worn] == [True, False, False]
    train(hub, "wyn", None)
    assert worker_actor(hub.hats["wyn"], user_id=None, at=over) is not None


def test_a_session_that_stands_open_sees_nothing_at_the_next_request(hub: MadeHub) -> None:
    person = hub.held_by("wyn")
    client, page = hub.signed_in("wyn"), reverse("web:show-person", args=[person.public_id])
    assert client.get(page).status_code == 200
    Worker.objects.filter(hats=hub.hats["wyn"]).update(trained_until_at=now())
    assert client.get(page).status_code != 200


def test_whom_they_hold_stands_on_nobody_lost(hub: MadeHub) -> None:
    person = hub.held_by("wyn")
    train(hub, "wyn", 7)
    before, after = AT + timedelta(days=7), start_of(TODAY + timedelta(days=8))
    held = [
        {(one.person_id, one.since) for one in nobody_lost(hub.hub.pk, at) if one.why == "no_live_holder"}
        for at in (before, after)
    ]
    assert held == [set(), {(person.pk, after)}]


def test_only_the_lead_of_the_hub_says_so(hub: MadeHub) -> None:
    worker, other = hub.actor("wyn").worker, open_hub("elsewhere", nation="england")
    with pytest.raises(NotThisRole):
        set_training(actor=hub.actor("wyn"), at=AT, hub_id=hub.hub.pk, worker_id=worker, until_on=TODAY)
    with pytest.raises(NotFound):
        set_training(actor=other.system, at=AT, hub_id=other.hub.pk, worker_id=worker, until_on=TODAY)


def test_by_page_the_day_is_set_and_shown(hub: MadeHub) -> None:
    hub.take_on("lead", "Leda Fable", "council", "hub_lead")
    lead, worker = hub.signed_in("lead"), Worker.objects.get(hats=hub.hats["wyn"])
    where = reverse("hubs:worker", args=[worker.public_id])
    assert "Nothing is written down." in lead.get(where).content.decode()
    until = today() + timedelta(days=30)
    lead.post(where, {"what": "training", **dated("until_on", until)})
    worker.refresh_from_db()
    assert worker.trained_until_at == start_of(until + timedelta(days=1))
    assert str(until.year) in lead.get(where).content.decode().split("It holds until")[1][:60]
