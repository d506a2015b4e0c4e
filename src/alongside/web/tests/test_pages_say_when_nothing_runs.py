"""The work that runs by itself has a heartbeat; every page of a worker says so when it stops, and so does an address for monitors.

Source: issue "trust", E18; trust.md C28 (dead-man).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.hubs.commands import finish_turn, take_turn
from alongside.hubs.models import Heartbeat
from alongside.hubs.rules import STOPPED_AFTER, has_stopped, is_turn_due
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.refusals import NotPermitted
from alongside.vocabulary.clock import now
from alongside.web import tasks
from tests.support.hub import AT, MadeHub

MINUTE = timedelta(minutes=1)
EVERY = tasks.SWEEP_EVERY
STOPPED = "Messages and reminders have stopped."


@pytest.mark.parametrize(
    ("began", "done", "is_due"),
    [
        (AT, AT, False),
        (AT - 14 * MINUTE, AT - 13 * MINUTE, False),
        (AT - 15 * MINUTE, AT - 14 * MINUTE, True),
        (AT - 4 * MINUTE, AT - 20 * MINUTE, False),  # still at it
        (AT - 5 * MINUTE, AT - 20 * MINUTE, True),  # killed at it
        (AT - 5 * MINUTE, None, True),
    ],
)
def test_when_the_next_sweep_is_due(began: Any, done: Any, is_due: bool) -> None:
    assert is_turn_due(began, done, at=AT, every=EVERY) is is_due


def test_when_it_has_stopped() -> None:
    said = [has_stopped(one, at=AT) for one in (AT, AT - STOPPED_AFTER, AT - STOPPED_AFTER - MINUTE, None)]
    assert said == [False, False, True, False]


@pytest.mark.both_databases
def test_a_sweep_is_done_every_quarter_of_an_hour_and_leaves_its_heartbeat(hub: MadeHub) -> None:
    Heartbeat.objects.all().delete()
    assert tasks.sweep_when_due(AT) == 0
    assert [tasks.sweep_when_due(AT + minutes * MINUTE) for minutes in (1, 14, 15, 16)] == [None, None, 0, None]
    last = Heartbeat.objects.get(name="sweep")
    assert (last.began_at, last.done_at) == (AT + 15 * MINUTE, AT + 15 * MINUTE)


@pytest.mark.hazard("H02")
def test_a_sweep_that_broke_off_leaves_no_heartbeat_and_is_begun_again(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    Heartbeat.objects.all().delete()
    swept = tasks.sweep
    monkeypatch.setattr(tasks, "sweep", lambda at: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.sweep_when_due(AT)
    assert Heartbeat.objects.get().done_at is None
    monkeypatch.setattr(tasks, "sweep", swept)
    assert [tasks.sweep_when_due(AT + minutes * MINUTE) for minutes in (4, 5)] == [None, 0]


def test_nobody_but_the_work_itself_says_that_it_was_done(hub: MadeHub) -> None:
    for actor in (hub.actor("lea"), hub.public):
        with pytest.raises(NotPermitted):
            take_turn(actor=actor, at=AT, name="sweep", every=EVERY)
        with pytest.raises(NotPermitted):
            finish_turn(actor=actor, at=AT, name="sweep")


def beat(minutes_ago: int) -> None:
    moment = now() - minutes_ago * MINUTE
    Heartbeat.objects.update_or_create(name="sweep", defaults={"began_at": moment, "done_at": moment})


@pytest.mark.both_databases
@pytest.mark.hazard("H02")
def test_every_page_of_a_worker_says_so_and_none_of_the_public_does(hub: MadeHub) -> None:
    """Shown to fail with the heartbeat left out of what is read with a session."""
    browser = hub.signed_in("cora")
    paths = ("/today/", "/introductions/", "/nobody-lost/", "/hub/")
    beat(31)
    assert all(STOPPED in browser.get(path).content.decode() for path in paths)
    assert all(STOPPED not in Client().get(path).content.decode() for path in ("/", "/ask/", "/privacy/"))
    beat(29)
    assert all(STOPPED not in browser.get(path).content.decode() for path in paths)


def test_a_page_asks_no_more_for_it(hub: MadeHub) -> None:
    """The heartbeat travels with the session: the same number of statements whether it beats or not."""
    browser, counts = hub.signed_in("cora"), []
    browser.get("/introductions/")
    for minutes in (1, 40):
        beat(minutes)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/introductions/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_monitor_is_told_in_minutes_and_of_nobody(hub: MadeHub) -> None:
    beat(3)
    person = hub.held_by("cora")
    answered = Client().get("/health/care/")
    assert (answered.status_code, answered.json()) == (
        200, {"well": True, "minutes_since_sweep": 3, "minutes_oldest_message_waits": 0},
    )  # fmt: skip
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    Message.objects.filter(pk=message.pk).update(due_at=now() - 45 * MINUTE, made_at=now() - 45 * MINUTE)
    late = Client().get("/health/care/")
    assert (late.status_code, late.json()["minutes_oldest_message_waits"]) == (503, 45)
    Message.objects.filter(pk=message.pk).update(tries=3, due_at=now() + MINUTE)
    assert Client().get("/health/care/").status_code == 503
    Message.objects.filter(pk=message.pk).update(sent_at=now())
    beat(31)
    assert Client().get("/health/care/").status_code == 503
    Heartbeat.objects.all().delete()
    assert Client().get("/health/care/").json()["minutes_since_sweep"] is None
    assert Client().post("/health/care/").status_code == 405
