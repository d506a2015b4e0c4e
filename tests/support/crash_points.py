"""A writer that is killed at every single system call that writes, one after the other; prints what was lost (SQLite).

Before that one writer is left alone and watched: what it did, in order, before it said "kept".
Run by `tests/proofs/test_nothing_acknowledged_is_lost.py`.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support import alone
from tests.support.crash import _compare, _write

CALLS = ("fdatasync", "unlink", "pwrite64")
WATCHED = "fdatasync,fsync,pwrite64,unlink,write"


def main() -> None:
    alone.begin()
    from django.db import connection

    from tests.support.hub import open_hub

    hub = open_hub()
    connection.close()
    alone_lines, log = _one_writer(hub, 0, ["-e", f"trace={WATCHED}"])
    kept: dict[str, list[str]] = {"k0": [line.split()[1] for line in alone_lines]}
    points: dict[str, int] = {}
    for call in CALLS:
        # Many pages are written the same way: every point of the two that decide, and one in so many of the pages.
        for number in range(1, 400, int(sys.argv[1]) if call == "pwrite64" else 1):
            first = len(kept)
            lines, _log = _one_writer(hub, first, ["-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:when={number}"])
            if lines:
                # It was acknowledged: every point of this call has been tried.
                kept.setdefault(f"k{first}", []).extend(line.split()[1] for line in lines)
                break
            points[call] = points.get(call, 0) + 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0]
    json.dump(_compare(kept) | {"points": points, "integrity": whole, "did": _order(log)}, sys.stdout)


def _one_writer(hub: Any, first: int, watch: list[str]) -> tuple[list[str], str]:
    """Fork a writer of one referral, tie strace to it, let it go; give what it acknowledged and what strace saw."""
    reads, writes = os.pipe()
    waits, goes = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reads)
        os.close(goes)
        os.read(waits, 1)
        _write(hub, first, writes, 1)
        os._exit(0)
    os.close(writes)
    os.close(waits)
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as log:
        # -y writes paths beside descriptors.
        tracer = subprocess.Popen(["strace", "-y", "-o", log.name, *watch, "-p", str(child)], stderr=subprocess.PIPE, text=True)
        assert tracer.stderr is not None
        attached = tracer.stderr.readline()
        if "attached" not in attached:
            os.kill(child, signal.SIGKILL)
            sys.exit(f"strace: {attached}")
        os.write(goes, b"x")
        os.close(goes)
        said = b""
        while more := os.read(reads, 65536):
            said += more
        os.close(reads)
        os.waitpid(child, 0)
        tracer.communicate()
        seen = Path(log.name).read_text()
    return said.decode().split("\n")[:-1], seen


def _order(log: str) -> list[str]:
    """Put what strace saw into words: which call, on which of database, journal, folder or answer."""
    found: list[str] = []
    for line in log.splitlines():
        call = re.match(r"(\w+)\(", line)
        if call is None:
            continue
        on = "other"
        for end, name in (
            (".sqlite3-journal", "journal"),
            (".sqlite3-wal", "wal"),
            (".sqlite3", "database"),
            ("pipe:", "answer"),
        ):
            if end in line:
                on = name
                break
        if on == "other" and call[1] in ("fdatasync", "fsync"):
            on = "folder"
        step = f"{call[1]} {on}"
        if not found or found[-1] != step:
            found.append(step)
    return found


if __name__ == "__main__":
    main()
