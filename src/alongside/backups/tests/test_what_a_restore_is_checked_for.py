"""Each thing that a restore makes safe, and each thing that it checks, is missed when it is taken away: `SABOTAGE`, `BROKEN`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from alongside.backups import commands, restored
from alongside.backups.commands import keep_run, settle
from alongside.backups.models import Run
from alongside.hubs.models import Hat, Hub
from alongside.hubs.queries import local_date
from alongside.journal.models import Entry
from alongside.journal.sealing import seal_all
from alongside.members.models import Holding
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.people.models import ContactPoint
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from tests.support.guards import without_guard
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.hazard("H17")]
MOMENT, NOW = AT + timedelta(hours=1), AT + timedelta(hours=2)
SYSTEM = Actor.system("restore")


@pytest.fixture
def copied(hub: MadeHub) -> MadeHub:
    """A hub at the moment of a copy: a message that has not left, a way confirmed that day, somebody signed in."""
    person = hub.held_by("cora")
    send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    hub.signed_in("cora")
    return hub


def test_a_restored_hub_is_made_safe(copied: MadeHub) -> None:
    assert restored.check_before(NOW) == [(code, True) for code in ("whole", "up_to_date", "guards", "journal", "nobody_lost")]
    assert restored.hold_and_say_so(MOMENT, NOW) == [
        (code, True) for code in ("nothing_leaves", "ways_asked_again", "says_so", "signed_out", "can_sign_in")
    ]
    message, hub = Message.objects.get(), Hub.objects.get()
    assert (message.held_at, message.held_because) == (NOW, "restored")
    assert (hub.restored_to, hub.restored_at) == (MOMENT, NOW)
    assert Entry.objects.filter(command="message.all_held").values_list("facts", flat=True)[0] == {
        "because": "restored",
        "messages": 1,
    }


SABOTAGE = {
    "nothing_leaves": "hold_everything_unsent",
    "ways_asked_again": "ask_again_about_ways",
    "says_so": "mark_restored",
    "signed_out": "sign_everybody_out",
}
"""What is checked after a restore, and the step without which it does not hold."""


@pytest.mark.parametrize("code", SABOTAGE)
def test_a_step_that_is_left_out_is_noticed(copied: MadeHub, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(commands, SABOTAGE[code], lambda **_given: None)
    assert [one for one, held in restored.hold_and_say_so(MOMENT, NOW) if not held] == [code]


def _leaver_still_holds(hub: MadeHub) -> AbstractContextManager[Any]:
    Hat.objects.filter(pk=hub.hats["cora"]).update(until_at=AT)
    return nullcontext()


def _copies_of_the_next_date_differ(hub: MadeHub) -> AbstractContextManager[Any]:
    Holding.objects.filter(until_at__isnull=True).update(next_on=AT.date() + timedelta(days=99))
    return nullcontext()


def _a_migration_is_missing(hub: MadeHub) -> AbstractContextManager[Any]:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'backups'")
    return nullcontext()


def _an_entry_was_changed(hub: MadeHub) -> AbstractContextManager[Any]:
    seal_all(at=NOW)
    with without_guard("journal_entry_no_update"):
        Entry.objects.filter(pk=Entry.objects.latest("pk").pk).update(at=AT - timedelta(days=1))
    return nullcontext()


BROKEN: dict[str, tuple[str, Callable[[MadeHub], AbstractContextManager[Any]]]] = {
    "a journal that may be changed": ("guards", lambda _hub: without_guard("journal_entry_no_update")),
    "a journal that may be emptied": ("guards", lambda _hub: without_guard("journal_look_no_delete")),
    "a journal that was changed before it was copied": ("journal", _an_entry_was_changed),
    "somebody held by a worker who has left": ("nobody_lost", _leaver_still_holds),
    "a next date that the holder does not see": ("nobody_lost", _copies_of_the_next_date_differ),
    "an older version": ("up_to_date", _a_migration_is_missing),
}


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_in_a_copy_is_noticed(copied: MadeHub, what: str) -> None:
    code, breaking = BROKEN[what]
    with breaking(copied):
        assert [one for one, held in restored.check_before(NOW) if not held] == [code]


def test_guards_that_stand_and_refuse_nothing_are_noticed(copied: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried, not only looked up: with the names in place and nothing behind them the journal could be changed."""
    monkeypatch.setattr(restored.triggers, "missing", list)
    with without_guard("journal_entry_no_update"):
        assert not restored.guards()


def test_a_way_confirmed_before_that_day_stays_confirmed(copied: MadeHub) -> None:
    earlier = ContactPoint.objects.earliest("pk")
    ContactPoint.objects.filter(pk=earlier.pk).update(confirmed_on=local_date(MOMENT) - timedelta(days=1))
    unsafe = copied.person(name="Nia Pretend", email="nia@person.example")
    ContactPoint.objects.filter(person=unsafe).update(safe=False)
    settle(actor=SYSTEM, at=NOW, moment=MOMENT)
    assert ContactPoint.objects.get(pk=earlier.pk).confirmed_on is not None
    # What is known not to be safe keeps its day.
    assert ContactPoint.objects.get(person=unsafe).confirmed_on == local_date(AT)


def test_only_the_installation_restores(copied: MadeHub) -> None:
    for actor in (copied.actor("lea"), copied.public):
        with pytest.raises(NotFound):
            settle(actor=actor, at=NOW, moment=MOMENT)
        with pytest.raises(NotFound):
            keep_run(actor=actor, at=NOW, kind="copy", moment=MOMENT, seconds=1, tables=1, rows=1, size=1)
    assert not Hub.objects.filter(restored_to__isnull=False).exists() and not Run.objects.exists()


def test_a_copy_without_a_key_is_not_made(copied: MadeHub, settings: Any, tmp_path: Any, capsys: Any) -> None:
    from django.core.management.base import CommandError

    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="a copy that is not sealed is not made at all"):
        call_command("backup", to=tmp_path / "kept")
    assert not (tmp_path / "kept").exists()
