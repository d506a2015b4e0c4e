"""A writer that lives on while its PostgreSQL server is stopped hard and started again; prints what was lost.

Run by `tests/proofs/test_nothing_acknowledged_is_lost.py` with the number of stops and the commands that stop and start the server.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
import time

from tests.support import alone
from tests.support.crash import _compare


def main() -> None:
    alone.begin()
    from django.db import DatabaseError, InterfaceError, close_old_connections, connection

    from tests.support.hub import open_hub

    hub = open_hub()
    connection.close()
    stops, commands = int(sys.argv[1]), json.loads(sys.argv[2])
    ended, acknowledged, cut_off = threading.Event(), {}, [0]

    def write() -> None:
        """Take people in, one after the other; what had no answer is sent again, as every request does with the connection it finds."""
        number = 0
        while not ended.is_set() or f"k{number}" in tried:
            key = f"k{number}"
            tried.add(key)
            close_old_connections()
            try:
                received = hub.refer(key=key, name="Mair Pretend", words="low", email=f"p{number}@person.example")
            except (DatabaseError, InterfaceError):
                cut_off[0] += 1
                connection.close_if_unusable_or_obsolete()
                time.sleep(0.02)
                continue
            acknowledged[key] = [received.referral.reference]
            number += 1
        connection.close()

    tried: set[str] = set()
    writer = threading.Thread(target=write)
    writer.start()
    chance = random.Random(19)
    for stop in range(stops):
        # So far that at least two more were taken in: it is stopped while it works.
        wanted = 2 * (stop + 1)
        while len(acknowledged) < wanted:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        run(commands["stop"], commands["folder"][0])
        before = cut_off[0]
        while cut_off[0] == before:
            time.sleep(0.01)
        run(commands["start"], commands["folder"][0])
    ended.set()
    writer.join()
    json.dump(_compare(acknowledged) | {"stops": stops, "cut_off": cut_off[0]}, sys.stdout)


def run(command: list[str], folder: str) -> None:
    done = subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    assert done.returncode == 0, command


if __name__ == "__main__":
    main()
