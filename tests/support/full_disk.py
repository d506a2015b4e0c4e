"""A writer whose disk fills up and is given room again, in one process; prints what was kept, refused and lost (SQLite).

As root the database lies on a small disk of its own, which really fills; otherwise the system lets no file of this process grow.
Run by `tests/proofs/test_nothing_acknowledged_is_lost.py`.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import alone
from tests.support.crash import _compare
from tests.support.laid import copy_laid


@contextmanager
def disk(path: Path) -> Iterator[Any]:
    """Give two functions: leave so many bytes free, and give room again."""
    folder = Path(tempfile.mkdtemp(prefix="alongside-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    if os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0:
        filler = folder / "filler"

        def fill(left: int) -> None:
            filler.unlink(missing_ok=True)
            free = shutil.disk_usage(folder).free
            with filler.open("wb") as out:
                out.write(b"\0" * max(0, free - left))

        try:
            yield folder / "hub.sqlite3", fill, filler.unlink
        finally:
            subprocess.run(["umount", "-l", str(folder)], check=False)
            folder.rmdir()
        return
    folder.rmdir()

    def limit(left: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + left, resource.RLIM_INFINITY))

    yield path, limit, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def main() -> None:
    address = os.environ["ALONGSIDE_DATABASE"]
    with disk(Path(address.removeprefix("sqlite:///"))) as (path, fill, empty):
        os.environ["ALONGSIDE_DATABASE"] = copy_laid(path)
        json.dump(go_through(fill, empty), sys.stdout)


def go_through(fill: Any, empty: Any) -> dict[str, Any]:
    alone.begin()
    from django.db import OperationalError, close_old_connections, connection
    from django.test import Client

    from alongside.refusals import TryAgain
    from tests.support.hub import open_hub

    hub = open_hub()
    acknowledged: dict[str, list[str]] = {}
    refused: list[str] = []

    def take_in(key: str) -> bool:
        close_old_connections()
        try:
            received = hub.refer(key=key, name="Mair Pretend", words="low " * 200, email=f"{key}@person.example")
        except OperationalError:
            return False
        acknowledged[key] = [received.referral.reference]
        return True

    browser = Client()
    browser.get("/ask/")
    for number in range(3):
        take_in(f"before{number}")
    before = len(acknowledged)
    # Room for a few more, then for none.
    fill(400_000)
    number = 0
    while len(refused) < 20:
        if not take_in(key := f"k{number}"):
            refused.append(key)
        number += 1
    # What a person answers is smaller than a whole referral: not even that fits.
    fill(0)
    answer = browser.post("/ask/who/", {"who": "me", "age_band": "26_64"})
    said = answer.content.decode()
    page = {
        "status": answer.status_code,
        "retry_after": answer.headers.get("Retry-After", ""),
        "says": str(TryAgain()) in said,
        "help": "116 123" in said,
    }
    fits = len(acknowledged) - before
    empty()
    after = sum(take_in(key) for key in refused)
    page_after = browser.post("/ask/who/", {"who": "me", "age_band": "26_64"}).status_code
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        whole = cursor.fetchone()[0]
    found = _compare(acknowledged)
    connection.close()
    return found | {
        "acknowledged_before": before, "acknowledged_meanwhile": fits, "refused": len(refused), "page": page,
        "acknowledged_after": after, "page_after": page_after, "integrity": whole,
    }  # fmt: skip


if __name__ == "__main__":
    main()
