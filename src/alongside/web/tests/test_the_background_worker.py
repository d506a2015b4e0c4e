"""`./alongside work`: sweeps what waits too long, and ends cleanly when it is told to.

Shown to fail: with `turn_into_call_back` or `raise_unanswered` left out of the sweep.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from alongside.journal.models import Entry
from alongside.journey.handovers.commands import introduce
from alongside.members.commands import invite
from alongside.members.models import Task
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.messages.queries import messages_due
from alongside.messages.rules import TRIES
from alongside.messages.senders import NeverSends
from alongside.people.models import ContactPoint
from alongside.web import tasks
from alongside.web.tasks import sweep
from tests.support.alone import ROOT, environment
from tests.support.hub import AT, TODAY, MadeHub, open_hub
from tests.support.inbox import Inbox
from tests.support.laid import copy_laid

DAY = timedelta(days=1)


def test_a_sweep_turns_silence_into_something_to_do_in_every_hub_and_only_once(hub: MadeHub) -> None:
    for one in (hub, open_hub("elsewhere")):
        person, cora = one.held_by("cora"), one.actor("cora")
        invite(actor=cora, at=AT, person_id=person.pk, how="email", for_on=None, answer_by=TODAY)
        introduce(actor=cora, at=AT, person_id=person.pk, words="hello", to_team_id=one.teams["harbour"])
    later = AT + 10 * DAY
    assert (sweep(AT), sweep(later), sweep(later)) == (0, 4, 0)
    assert sorted(Task.objects.values_list("what", flat=True)) == ["introduction_unanswered"] * 2 + ["invitation_unanswered"] * 2
    assert set(Entry.objects.filter(at=later).values_list("actor_kind", "actor_name")) == {("system", "sweep")}
    # The invitation is a call-back for good; the introduction rises again on the next day.
    assert sweep(later + DAY) == 2


def a_message(hub: MadeHub, **told: Any) -> Message:
    person = hub.held_by("cora", **told)
    return send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")


def test_the_demo_never_sends(hub: MadeHub, inbox: Inbox, settings: Any) -> None:
    settings.DEMO, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", inbox.port
    a_message(hub)
    assert isinstance(tasks.senders()["email"], NeverSends) and set(tasks.senders()) == {"email"}
    call_command("work", "--once", verbosity=0, stdout=StringIO())
    assert inbox.mail == []


def test_it_sends_what_is_due_to_everybody_and_only_once(hub: MadeHub, inbox: Inbox, settings: Any) -> None:
    settings.DEMO, settings.EMAIL_HOST, settings.EMAIL_PORT = False, "127.0.0.1", inbox.port
    a_message(hub, email="one@person.example")
    a_message(hub, email="two@person.example", name="Ifan Pretend")
    broken = a_message(hub, email="three@person.example", name="Nia Pretend")
    ContactPoint.objects.filter(pk=broken.contact_point_id).update(value="broken\n@person.example")
    assert tasks.send_what_is_due(AT, tasks.senders()) == 3
    assert sorted(to[0] for to, _mail in inbox.mail) == ["one@person.example", "two@person.example"]
    assert tasks.send_what_is_due(AT, tasks.senders()) == 0


def test_one_message_that_cannot_be_written_keeps_back_no_other(hub: MadeHub, inbox: Inbox) -> None:
    Message.objects.filter(pk=a_message(hub).pk).update(template="gone")
    a_message(hub, email="two@person.example", name="Ifan Pretend")
    assert tasks.send_what_is_due(AT, {"email": inbox.sender}) == 1
    assert [to for to, _mail in inbox.mail] == [["two@person.example"]]


class Faulty:
    """A sender with a fault of its own, whose words tell whom it was about."""

    can_be_asked = True

    def send(self, **_given: Any) -> str:
        raise RuntimeError("mair@person.example")


def test_a_fault_is_counted_and_becomes_a_task_instead_of_being_tried_for_ever(hub: MadeHub, caplog: Any) -> None:
    """Seen to fail with the count removed: it was due again at once, every round, and nobody was told."""
    a_message(hub)
    at, rounds = AT, 0
    while messages_due(at):
        assert tasks.send_what_is_due(at, {"email": Faulty()}) == 0
        at, rounds = Message.objects.get().due_at, rounds + 1
        assert rounds <= TRIES and (rounds == TRIES or messages_due(at - timedelta(seconds=1)) == [])
    one = Message.objects.get()
    assert (one.tries, one.failed_because, one.sent_at) == (TRIES, "fault", None)
    assert list(Task.objects.values_list("what", "hat_id")) == [("message_failed", hub.hats["cora"])]
    assert "RuntimeError" in caplog.text and "mair" not in caplog.text


def test_a_live_hub_without_a_mail_server_never_says_that_something_left(hub: MadeHub, settings: Any) -> None:
    """Before, what nothing could carry was written down as sent."""
    settings.DEMO, settings.EMAIL_HOST = False, ""
    a_message(hub)
    tasks.send_what_is_due(AT, tasks.senders())
    assert Message.objects.get().sent_at is None
    assert list(Task.objects.values_list("what", flat=True)) == ["message_failed"]


def test_it_ends_cleanly_when_it_is_told_to(tmp_path: Path) -> None:
    env = environment(copy_laid(tmp_path / "hub.sqlite3"))
    worker = subprocess.Popen([sys.executable, "-m", "django", "work"], env=env, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    while worker.poll() is None and not _catches(worker.pid, signal.SIGTERM):
        pass
    worker.send_signal(signal.SIGTERM)
    _, said = worker.communicate(timeout=60)
    assert (worker.returncode, said) == (0, "")


def _catches(pid: int, one: signal.Signals) -> bool:
    """Tell whether a process has begun to listen for a signal."""
    caught = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) >> (one - 1) & 1)
