"""One question to a feed: asked politely, again when it may help, and answered with bytes or with why not.

Source: trust.md C21 (one way out: https only, a checked address, no redirect to another host); standards.md finding 9.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from alongside.connections.addresses import NotAllowedOut
from alongside.connections.outgoing import Answered, NotReached
from alongside.exchange.open_referral.checking.asking import Asks

WHY = {
    "not_resolved": "its name leads nowhere",
    "not_connected": "nothing answers there, or its certificate is not good",
    "not_trusted": "its certificate is not good",
    "too_slow": "it took too long",
    "too_large": "one answer is larger than is read",
    "encoded": "the answer is compressed although that was not asked for",
    "broken_off": "the answer was broken off",
    "redirect": "it leads on to another host",
}
TROUBLES = {"too_slow": "too_slow", "too_large": "too_much", "encoded": "not_a_feed", "broken_off": "cut_off"}
NOT_ASKED = "this address is not asked: only https is, on its usual port, outside of our own network"
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers after which the same may be asked once more."""
NO_USE = frozenset({"too_large", "encoded", "not_trusted"})
ASKED_AS = {"Accept": "application/json, */*;q=0.5", "User-Agent": "Alongside (reads the directory once a night)"}


@dataclass(frozen=True)
class Limits:
    """How far a feed is read. Ours: the largest council's feed known has some 5,300 services."""

    pages: int = 20_000
    services: int = 300_000
    text: int = 1_500_000_000
    """Characters of rows that are kept on disk."""
    seconds: float = 3 * 3600.0
    tries: int = 3
    pause: float = 0.05
    """Between two questions, so that a small council's server has air."""
    waits: tuple[float, ...] = (2.0, 10.0)
    """Before the second try and the third."""
    longest_wait: float = 60.0
    lost_pages: int = 3
    lost_details: int = 20
    """So many in a row, and no more are asked for."""


class Stopped(Exception):
    """Nothing more is asked of this feed in this run; why, as a code of `FEED_TROUBLES`, and in words."""

    def __init__(self, trouble: str, words: str) -> None:
        super().__init__(words)
        self.trouble, self.words = trouble, words


class NoAnswer(Exception):
    """One question had no usable answer, in words; what was answered, when anything was; and the code of `FEED_TROUBLES` for it."""

    def __init__(self, words: str, status: int = 0, trouble: str = "") -> None:
        super().__init__(words)
        self.words, self.status = words, status
        self.trouble = trouble or ("not_a_feed" if status == 200 else "not_reached")


@dataclass
class Questions:
    """Asks one feed, one question at a time, until its time is over."""

    out: Asks
    limits: Limits = field(default_factory=Limits)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def __post_init__(self) -> None:
        self._until = self.clock() + self.limits.seconds
        self._asked = 0

    def ask(self, url: str, check: Callable[[bytes], None] = lambda _body: None) -> bytes:
        """Ask, and ask again what a moment may heal.

        In:       `check` looks at a body and refuses it by NoAnswer when it is no whole answer.
        Refuses:  NoAnswer when every try failed; Stopped when the address may not be asked, or time is over.
        """
        why, status, trouble = "", 0, ""
        for number in range(self.limits.tries):
            self._wait(number, why)
            try:
                answered = self.out.request("GET", url, headers=ASKED_AS)
            except NotReached as fault:
                why, status, trouble = WHY.get(fault.code, fault.code), 0, TROUBLES.get(fault.code, "")
                if fault.code in NO_USE:
                    break
                continue
            except NotAllowedOut as fault:
                raise Stopped("not_allowed", WHY.get(fault.code, f"{NOT_ASKED} ({fault.code})")) from None
            if answered.status != 200:
                why, status, trouble = f"it is answered with {answered.status}", answered.status, ""
                if answered.status not in AGAIN:
                    break
                self._hear(answered)
                continue
            try:
                check(answered.body)
            except NoAnswer as fault:
                why, status, trouble = fault.words, 200, fault.trouble
                continue
            return answered.body
        raise NoAnswer(why, status, trouble)

    def _wait(self, number: int, why: str) -> None:
        if number:
            self.sleep(self.limits.waits[min(number, len(self.limits.waits)) - 1])
        elif self._asked:
            self.sleep(self.limits.pause)
        self._asked += 1
        if self.clock() > self._until:
            raise Stopped("too_slow", f"after {self.limits.seconds / 3600:g} hours nothing more was asked{why and ': ' + why}")

    def _hear(self, answered: Answered) -> None:
        """Wait as long as a server that is busy asks for, within reason."""
        wanted = answered.headers.get("retry-after", "").strip()
        if wanted.isdecimal():
            self.sleep(min(float(wanted), self.limits.longest_wait))


def text_of(body: bytes) -> tuple[str, str]:
    """Give the text of an answer, and how it was read when that was not UTF-8: real feeds are also Windows-1252."""
    encoding = json.detect_encoding(body[:8])
    encoding = "utf-8-sig" if encoding.startswith("utf-8") else encoding
    try:
        return body.decode(encoding), "" if encoding == "utf-8-sig" else encoding
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace"), "Windows-1252"
