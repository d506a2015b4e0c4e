"""A feed as it answers: asked by the one way out, page by page, within a bound of time, pages and services.

Source: trust.md C21 (https only, an address that is checked, no redirect to elsewhere); Open Referral UK v3, "Profile Compliance".
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote
from uuid import UUID

from alongside.connections.addresses import NotAllowedOut
from alongside.connections.outgoing import Answered, NotReached, Outgoing
from alongside.exchange.open_referral.checking.findings import Findings
from alongside.exchange.open_referral.checking.kinds import ADDRESSES
from alongside.exchange.open_referral.checking.pages import check_whole
from alongside.exchange.open_referral.checking.reading import Feed, check_body
from alongside.exchange.open_referral.checking.rules import REQUIRED_ADDRESSES

PER_PAGE = 50
SECONDS_AN_ANSWER, LARGEST_ANSWER = 10.0, 8_000_000
"""Ours: a page of 50 whole services of a real feed is about half a megabyte, and a council's server may take seconds for it."""
NOBODYS = UUID("00000000-0000-4000-8000-000000000000")
_WHY = {
    "not_resolved": "its name leads nowhere",
    "not_connected": "nothing answers there, or its certificate is not good",
    "too_slow": f"it took longer than {SECONDS_AN_ANSWER:g} seconds",
    "too_large": f"one answer is larger than {LARGEST_ANSWER // 1_000_000} MB",
    "encoded": "the answer is compressed although that was not asked for",
    "broken_off": "the answer was broken off",
    "redirect": "it leads on to another host",
}

_ONLY_OUTSIDE = "this address is not asked: only https is, on its usual port, outside of our own network"


class Asks(Protocol):
    """Whatever asks an address; in the product the one way out."""

    def request(self, method: str, url: str, *, headers: dict[str, str] | None = None) -> Answered: ...


@dataclass(frozen=True)
class Bounds:
    """How far a check goes."""

    pages: int = 40
    services: int = 25
    seconds: float = 300.0


def the_way_out(*, stand_ins: bool) -> Outgoing:
    """Give the client that asks feeds; one on this machine may be asked only in tests (C21)."""
    return Outgoing(seconds=SECONDS_AN_ANSWER, largest=LARGEST_ANSWER, stand_ins=stand_ins)


def check_address(
    base: str,
    out: Asks,
    bounds: Bounds = Bounds(),
    *,
    clock: Callable[[], float] = time.monotonic,  # noqa: B008 - frozen
) -> Findings:
    """Check the feed that stands at an address."""
    visit = _Visit(base.rstrip("/"), out, bounds, clock, clock() + bounds.seconds, Feed())
    visit.walk()
    return visit.feed.finish()


@dataclass
class _Visit:
    base: str
    out: Asks
    bounds: Bounds
    clock: Callable[[], float]
    until: float
    feed: Feed
    is_late: bool = False
    is_closed: bool = False
    """Nothing of ours goes to this address, so it need not be tried again."""

    def walk(self) -> None:
        """Ask for everything, what is required first."""
        root = self.answer("/", "root", missing="no-root")
        if root is not None:
            check_body(root.body, "/", "root", self.feed, "/:")
        services = self.every_page("service")
        for key in _spread(services, self.bounds.services):
            self.one("service", key)
        if services:
            self.nobody("service")
        for kind in ("taxonomy", "taxonomy_term", "service_at_location", "organization"):
            with self.feed.findings.recommended(kind, REQUIRED_ADDRESSES):
                found = self.every_page(kind)
                for key in _spread(found, 3):
                    self.one(kind, key)

    def every_page(self, kind: str) -> list[str]:
        """Ask for the pages of a list, as far as the bounds go. Out: the ids, in their order."""
        name = ADDRESSES[kind]
        found: list[str] = []
        missing = "status" if kind == "service" else "optional-missing"
        for number in range(1, self.bounds.pages + 1):
            path = f"/{name}?page={number}&per_page={PER_PAGE}"
            answered = self.answer(path, kind, missing=missing if number == 1 else "status")
            if answered is None:
                return found
            so_far = self.feed.list_of(kind)
            known = len(so_far.ids.seen)
            rows = check_body(answered.body, path, kind, self.feed, f"{path}:", asked=number)
            if rows is None:
                return found
            found += [one["id"] for one in rows if isinstance(one, dict) and isinstance(one.get("id"), str)]
            if so_far.ended or not rows or so_far.pages < number:
                break
            if len(so_far.ids.seen) == known:
                self.feed.findings.hear("page-cut", f"{path}:", "this page gives nothing that the pages before did not")
                break
        else:
            self.feed.findings.hear("cut-short", f"/{name}", f"only the first {self.bounds.pages} pages were read")
            return found
        so_far = self.feed.list_of(kind)
        if so_far.pages:
            check_whole(so_far, f"/{name}", self.feed.findings)
            if so_far.ended:
                self.feed.references.complete.add(kind)
        return found

    def one(self, kind: str, key: str) -> None:
        """Ask for one by its id."""
        path = f"/{ADDRESSES[kind]}/{quote(key[:200], safe='')}"
        answered = self.answer(path, kind, missing="status")
        if answered is None:
            return
        documents = check_body(answered.body, path, kind, self.feed, f"{path}:")
        own = documents[0].get("id") if documents and isinstance(documents[0], dict) else None
        if isinstance(own, str) and own.lower() != key.lower():
            self.feed.findings.hear("other-answer", f"{path}: id", "it is not the id that was asked for")

    def nobody(self, kind: str) -> None:
        """Ask for one that is not there."""
        path = f"/{ADDRESSES[kind]}/{NOBODYS}"
        answered = self.ask(path)
        if answered is not None and answered.status != 404:
            self.feed.findings.hear("status-missing", path, f"an id that nobody has is answered with {answered.status}")

    def answer(self, path: str, kind: str, *, missing: str) -> Answered | None:
        """Ask for what should be there, and check how it is answered."""
        answered = self.ask(path)
        if answered is None:
            return None
        if answered.status != 200:
            self.feed.findings.hear(missing, path, f"it is answered with {answered.status}")
            return None
        headers = {name.lower(): value for name, value in answered.headers.items()}
        if headers.get("access-control-allow-origin", "").strip() != "*":
            self.feed.findings.hear("cross-origin", path, "Access-Control-Allow-Origin is not *")
        if "json" not in headers.get("content-type", "").lower():
            self.feed.findings.hear("content-type", path, f"it is called {headers.get('content-type', '')[:60] or 'nothing'}")
        return answered

    def ask(self, path: str) -> Answered | None:
        """Ask, unless the time is over."""
        if self.is_closed:
            return None
        if self.clock() > self.until:
            if not self.is_late:
                self.feed.findings.hear("cut-short", path, f"after {self.bounds.seconds:g} seconds nothing more was asked")
            self.is_late = True
            return None
        try:
            return self.out.request(
                "GET", f"{self.base}{path}", headers={"Accept": "application/json", "Origin": "https://example.org"}
            )
        except NotReached as fault:
            self.feed.findings.hear("not-reached", path, _WHY.get(fault.code, fault.code))
        except NotAllowedOut as fault:
            self.is_closed = fault.code not in _WHY
            self.feed.findings.hear("not-reached", path, _WHY.get(fault.code, f"{_ONLY_OUTSIDE} ({fault.code})"))
        return None


def _spread(found: list[str], most: int) -> list[str]:
    """Choose so many of a list, spread over all of it."""
    once = list(dict.fromkeys(found))
    if len(once) <= most or most < 1:
        return once[: max(most, 0)]
    return [once[number * len(once) // most] for number in range(most)]
