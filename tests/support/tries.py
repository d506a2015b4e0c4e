"""A server of two processes, and many who try to sign in at once: for `tests/proofs/test_tries_are_counted_together.py`."""

from __future__ import annotations

import http.client
import re
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from tests.support.alone import ROOT, environment

JUDGED, MUST_WAIT = "is not right", "Too many tries"


@contextmanager
def served(address: str, **settings: str) -> Iterator[int]:
    """Serve this database with two processes; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [
            Path(sys.executable).parent / "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws",
            "--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "alongside.config.wsgi:application",
        ],
        env=environment(address) | settings,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        for _try in range(300):
            try:
                status, _page, _cookie = ask(port, "GET", "/account/login/")
                if status == 200:
                    break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def ask(port: int, method: str, path: str, said: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
    """Ask once, on a connection of its own; give the status, the page and the cookie."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request(method, path, urlencode(said or {}), {"Content-Type": "application/x-www-form-urlencoded", **headers})
        answer = line.getresponse()
        return answer.status, answer.read().decode(), (answer.getheader("Set-Cookie") or "").split(";")[0]
    finally:
        line.close()


def try_at_once(port: int, many: int, account: str, **headers: str) -> Counter[str]:
    """Let so many try a password for one account at the same moment; give how many were judged, and how many must wait."""
    _status, page, cookie = ask(port, "GET", "/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    said = {"login": account, "password": "not this one", "csrfmiddlewaretoken": token[1]}
    found: Counter[str] = Counter()
    start = threading.Barrier(many)

    def one() -> None:
        start.wait()
        _status, answer, _cookie = ask(port, "POST", "/account/login/", said, Cookie=cookie, **headers)
        found["judged" if JUDGED in answer else "must wait" if MUST_WAIT in answer else answer[:200]] += 1

    threads = [threading.Thread(target=one) for _one in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
