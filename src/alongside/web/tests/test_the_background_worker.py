"""`./alongside work`: sweeps what waits too long, and ends cleanly when it is told to."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from alongside.journal.models import Entry
from alongside.journey.handovers.commands import introduce
from alongside.members.commands import invite
from alongside.members.models import Task
from alongside.web.tasks import sweep
from tests.support.alone import ROOT, environment
from tests.support.hub import AT, TODAY, MadeHub, open_hub

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


def test_it_ends_cleanly_when_it_is_told_to(tmp_path: Path) -> None:
    env = environment(f"sqlite:///{tmp_path / 'hub.sqlite3'}")
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=env, cwd=ROOT, check=True, capture_output=True)
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
