"""The sealer among writers at once, behind a late commit, and killed at every line, in a process of its own; prints JSON.

Run by `tests/proofs/test_the_journal_can_be_believed.py`.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tests.support import alone

WRITERS, EACH, SEALERS = 5, 12, 2
STEP = 1 if os.environ.get("PROVE") == "full" else 7
"""Of the lines at which the sealer is killed, the tests take one in so many; the proofs at full size each."""


def at_once() -> dict[str, Any]:
    """Let writers write and take back in any order while two sealers seal; then verify."""
    from alongside.journal.sealing import seal_all

    written = _writers_and_sealers()
    seal_all(at=_at(0))
    return _report() | {"written": written}


def _writers_and_sealers() -> int:
    from django.db import connections, transaction

    from alongside.journal.sealing import seal_once

    ended, written = threading.Event(), []
    waits = 0.02 if connections["default"].vendor == "postgresql" else 0.0

    def writes(number: int) -> None:
        chance = random.Random(number)
        for _ in range(EACH):
            try:
                with transaction.atomic():
                    _write()
                    time.sleep(chance.random() * waits)
                    if chance.random() < 0.2:
                        raise ZeroDivisionError
                written.append(1)
            except ZeroDivisionError:
                pass
        connections.close_all()

    def seals() -> None:
        while not ended.is_set():
            seal_once(at=_at(0))
            time.sleep(0.005)
        connections.close_all()

    sealers = [threading.Thread(target=seals) for _ in range(SEALERS)]
    writers = [threading.Thread(target=writes, args=(number,)) for number in range(WRITERS)]
    for one in (*sealers, *writers):
        one.start()
    for one in writers:
        one.join()
    ended.set()
    for one in sealers:
        one.join()
    return len(written) * 2


def late() -> dict[str, Any]:
    """Let a transaction take a key, and commit after rows with higher keys were sealed (PostgreSQL)."""
    from django.db import connection

    from alongside.journal import rows
    from alongside.journal.models import Entry
    from alongside.journal.sealing import seal_all

    def another() -> Any:
        return connection.get_new_connection(connection.get_connection_params())

    insert = "INSERT INTO journal_entry ({}) SELECT {} FROM journal_entry ORDER BY id LIMIT 1 RETURNING id"
    names = ", ".join(f'"{one.column}"' for one in Entry._meta.concrete_fields if not one.primary_key)
    insert = insert.format(names, names)
    came: dict[str, Any] = {}
    _write()
    seal_all(at=_at(0))

    slow = another()
    [key] = slow.execute(insert).fetchone()
    _write()
    came["sealed_past_it"] = seal_all(at=_at(1))
    came["while_it_waits"] = _findings()
    for number in range(3):
        _write()
        seal_all(at=_at(2 + number))
    came["held_open_over_rounds"] = _findings()
    came["of_another_table"] = [len(rows.who_writes(table)) for table in ("journal_entry", "journal_look")]
    slow.commit()
    came["sealed_late"] = seal_all(at=_at(6))
    came["is_sealed"] = key in _late_keys()

    [never] = slow.execute(insert).fetchone()
    slow.rollback()
    _write()
    seal_all(at=_at(7))
    came["after"] = _findings()
    came["still_open"] = len(_open())
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO journal_entry (id, {names}) SELECT {never}, {names} FROM journal_entry WHERE id = {key}")
    came["sealed_of_what_was_put_in"] = seal_all(at=_at(8))
    came["put_in_later"] = _findings() == [f"Entry {never} was put in after the rows around it were sealed."]
    came["without_looking_who_writes"] = _without_looking_who_writes(slow, insert)
    slow.close()
    return came


def _without_looking_who_writes(slow: Any, insert: str) -> list[str]:
    """Let a row be committed late once more, to a sealer that takes every hole for one that nobody will fill."""
    from alongside.journal import rows
    from alongside.journal.sealing import seal_all

    before, who_writes = _findings(), rows.who_writes
    rows.who_writes = lambda table: ()
    [key] = slow.execute(insert).fetchone()
    _write()
    seal_all(at=_at(9))
    slow.commit()
    seal_all(at=_at(10))
    rows.who_writes = who_writes
    return [one.replace(str(key), "KEY") for one in _findings() if one not in before]


def killed() -> dict[str, Any]:
    """Kill a sealer at every line that it goes through, one after the other; then let one end, and verify."""
    from django.db import connection

    from alongside.journal.sealing import seal_all

    written = deaths = points = 0
    while True:
        points += STEP
        _write()
        written += 2
        connection.close()
        child = os.fork()
        if child == 0:
            _seal_and_die(points)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            break  # it came to its end: there are no more lines
        deaths += 1
    seal_all(at=_at(0))
    return _report() | {"written": written, "killed": deaths, "lines": points}


def _seal_and_die(number: int) -> None:
    """Seal, and die at the so-manieth line of the sealer, of what it stands on, and of the commit."""
    from alongside.journal.sealing import seal_once

    left = number

    def each_line(frame: Any, event: str, _argument: Any) -> Callable[..., Any] | None:
        nonlocal left
        if not frame.f_code.co_filename.endswith(("journal/sealing.py", "journal/rows.py", "db/transaction.py")):
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return each_line

    sys.settrace(each_line)
    seal_once(at=_at(0))
    os._exit(0)


def _write() -> None:
    """Write one entry and one look."""
    from alongside.journal.looks import record_refusal
    from alongside.vocabulary.actor import Actor

    who = Actor.system("tests", 1)
    _CHANGES[0](actor=who, at=_at(0))
    record_refusal(actor=who, at=_at(0), page="test", reason="not_permitted")


_CHANGES: list[Any] = []


def _at(seconds: int) -> Any:
    from tests.support.hub import AT

    return AT + timedelta(seconds=seconds)


def _report() -> dict[str, Any]:
    from alongside.journal.models import Seal
    from alongside.journal.sealing import keys, standing
    from alongside.journal.verifying import verify

    report = verify(keys=keys(), at=_at(0))
    return {
        "findings": report.findings,
        "rows": report.rows,
        "unsealed": standing().unsealed,
        "numbers": list(Seal.objects.order_by("number").values_list("number", flat=True)),
    }


def _findings() -> list[str]:
    found: list[str] = _report()["findings"]
    return found


def _covers() -> list[Any]:
    from alongside.journal.chain import Content
    from alongside.journal.models import Seal

    return [
        one
        for text in Seal.objects.order_by("number").values_list("covers", flat=True)
        for one in Content.read(text).covers.values()
    ]


def _late_keys() -> list[int]:
    return [key for one in _covers() for key in one.late]


def _open() -> list[Any]:
    return [hole for one in _covers()[-2:] for hole in one.open]


if __name__ == "__main__":
    alone.begin()
    from alongside.journal.command import command, note

    @command("test.sealed")
    def change(*, actor: Any, at: Any) -> None:
        note(person_id=7)

    _CHANGES.append(change)
    json.dump({"at_once": at_once, "late": late, "killed": killed}[sys.argv[1]](), sys.stdout)
