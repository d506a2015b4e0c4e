"""A hub in which somebody floods the finder while others ask for help and work: for `tests/proofs/test_a_flood_is_put_off.py`.

Run by itself with `make` it begins a hub and prints how its workers are signed in; with `count` it prints what came in.
"""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.support import alone

FLOODERS, EACH = 24, 12
"""So many ask at the same time, each so often."""
ASKERS, ASKED_BY_EACH = 2, 3
STEPS: tuple[tuple[str, dict[str, str]], ...] = (
    ("safe", {"safe": "yes"}),
    ("who", {"who": "me", "age_band": "26_64"}),
    ("name", {"name": "Ceri Pretend"}),
    ("reach", {"channels": "call"}),
    ("reach-details", {"call_value": "07700 900456"}),
    ("check", {"website": ""}),
)


@dataclass
class Seen:
    """What was answered during a flood."""

    finder: Counter[str] = field(default_factory=Counter)
    """Status by status, of one address ("one 429") and of many ("many 503")."""
    api: Counter[int] = field(default_factory=Counter)
    without_help: list[str] = field(default_factory=list)
    """Answers that put off and do not say whom to call, or not when to come again."""
    staff: Counter[int] = field(default_factory=Counter)
    crisis: Counter[int] = field(default_factory=Counter)
    door: Counter[str] = field(default_factory=Counter)
    heard: int = 0


class Browser:
    """What a browser does that matters here: it keeps cookies, and sends the token of a form back."""

    def __init__(self, port: int, address: str, cookies: dict[str, str] | None = None) -> None:
        self.port, self.address, self.cookies, self.token = port, address, dict(cookies or {}), ""

    def ask(self, path: str, said: dict[str, str] | None = None) -> tuple[int, str, dict[str, str]]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        heads = {"X-Forwarded-For": self.address, "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        try:
            if said is None:
                line.request("GET", path, headers=heads)
            else:
                sent = urlencode({**said, "csrfmiddlewaretoken": self.token})
                line.request("POST", path, sent, {**heads, "Content-Type": "application/x-www-form-urlencoded"})
            answer = line.getresponse()
            page = answer.read().decode()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    key, _is, rest = value.partition("=")
                    self.cookies[key] = rest.split(";")[0]
            if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
                self.token = found[1]
            return answer.status, page, {name.lower(): value for name, value in answer.getheaders()}
        finally:
            line.close()


def flood(port: int, worker: dict[str, str]) -> Seen:
    """Flood the finder and the open directory; meanwhile let people ask for help, and a worker look at the day, until the flood is over."""
    seen, over, lock = Seen(), threading.Event(), threading.Lock()

    def flooding(number: int) -> None:
        one = number % 2 == 0
        browser = Browser(port, "192.0.2.1" if one else f"198.51.100.{number}")
        for time in range(EACH):
            api = time % 4 == 3
            status, page, heads = browser.ask(
                "/open-referral/v3/services" if api else f"/find-support/?words=walk+{time}&near=SA1"
            )
            with lock:
                (seen.api if api else seen.finder)[status if api else f"{'one' if one else 'many'} {status}"] += 1
                if status in (429, 503) and not (heads.get("retry-after") and (api or "tel:999" in page)):
                    seen.without_help.append(f"{status} {page[:300]}")

    def asking(number: int) -> None:
        for time in range(ASKED_BY_EACH):
            browser = Browser(port, f"203.0.113.{number * 20 + time}")
            browser.ask("/ask/")
            said = [browser.ask(f"/ask/{step}/", sent)[0] for step, sent in STEPS]
            status, _page, _heads = browser.ask("/ask/heard/")
            with lock:
                seen.door.update(str(one) for one in said)
                seen.heard += status == 200

    def working() -> None:
        browser = Browser(port, "203.0.113.250", worker)
        while True:
            last = over.is_set()
            seen.staff[browser.ask("/triage/")[0]] += 1
            seen.crisis[browser.ask("/safeguarding/")[0]] += 1
            if last:
                return

    flooders = [threading.Thread(target=flooding, args=(number,)) for number in range(FLOODERS)]
    askers = [threading.Thread(target=asking, args=(number,)) for number in range(ASKERS)]
    staff = threading.Thread(target=working)
    for thread in (*flooders, *askers, staff):
        thread.start()
    for thread in (*flooders, *askers):
        thread.join()
    over.set()
    staff.join()
    return seen


def main() -> None:
    alone.begin()
    found: dict[str, Any] = {}
    if sys.argv[1] == "make":
        from tests.support.hub import open_hub

        hub = open_hub()
        found = {name: one.value for name, one in hub.signed_in("dana").cookies.items()}
    else:
        from alongside.journey.referrals.models import Referral

        found = {"referrals": Referral.objects.count()}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
