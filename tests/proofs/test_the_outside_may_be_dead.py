"""P5, C27: the outside dead, hanging, dripping or lying keeps nobody out; what is queued leaves once; a killed worker doubles nothing.

Shown to fail once with the message sent inside its transaction, as it was before: on SQLite nobody came in while a mail server hung.
Source: trust.md P5, C27, H13; issue "trust", E18 and E20.
"""

from __future__ import annotations

import smtplib
import socket
from typing import Any

import pytest
from django.test import Client

from alongside.connections import outgoing
from tests.support.alone import run_alone
from tests.support.hub import MadeHub
from tests.support.outside import HOW_MANY, INTAKES, KILLS, ask_for_help

pytestmark = [pytest.mark.hazard("H13"), pytest.mark.hazard("H01")]


def test_everybody_comes_in_while_the_outside_is_dead_hanging_dripping_or_lying(own_database: str) -> None:
    """Every request of the public door is answered while the worker waits for the other side, and none within three seconds of it."""
    found = run_alone("tests.support.outside", "unwell", address=own_database)
    assert {how: one["taken_in"] for how, one in found.items()} == dict.fromkeys(found, INTAKES)
    assert set(found) == {"dead", "hanging", "dripping", "lying"}
    assert max(one["slowest"] for one in found.values()) < 3
    assert found["hanging"]["worker_was_still_waiting"] or found["dripping"]["worker_was_still_waiting"]
    assert [(one["sent"], one["given_up"]) for one in found.values()] == [(0, 0)] * 4


def test_a_thousand_queued_messages_leave_once_each_by_two_workers_while_notify_is_unwell_again_and_again(
    own_database: str,
) -> None:
    found = run_alone("tests.support.outside", "drain", address=own_database)
    assert (found["ended"], found["waiting"], found["sent"]) == ([0, 0], 0, HOW_MANY)
    assert (found["came"], found["twice"], found["tasks"]) == (HOW_MANY, [], {})


def test_a_worker_that_is_killed_again_and_again_sends_nothing_twice_and_hides_nothing(own_database: str) -> None:
    """A text comes exactly once; an e-mail at most once, and where nobody can know, somebody is told."""
    found = run_alone("tests.support.outside", "killed", address=own_database)
    assert (found["texts"], found["texts_twice"], found["flagged_texts"]) == (KILLS * 4, [], 0)
    assert (found["mails_twice"], found["said_sent_and_never_came"], found["came_and_nobody_told"]) == ([], [], [])
    assert (found["waiting"], found["flagged_without_a_task"]) == (0, 0)


def test_the_public_door_asks_no_other_machine(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """Intake calls no third party at all: whoever comes in waits for nothing outside (E20)."""

    def nobody(*_what: Any, **_more: Any) -> Any:
        raise AssertionError("somebody outside was asked")

    for where, name in (
        (socket.socket, "connect"), (socket, "create_connection"), (socket, "getaddrinfo"), (smtplib.SMTP, "connect"),
        (outgoing, "_new_connection"),
    ):  # fmt: skip
        monkeypatch.setattr(where, name, nobody)
    assert len(ask_for_help(Client(), "Mair Pretend", "mair@person.example")) == 7
