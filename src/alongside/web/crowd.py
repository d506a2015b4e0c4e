"""When too many come at once: what can wait is put off first, and whoever asks for help, or works with somebody, last (trust.md C32).

Two things are done, before anybody asks the database who somebody is.

A budget: the finder and the open directory, which anybody may read as fast as they like, have so many requests a minute for each
address and for all together; beyond it the answer is 429. It is counted in the database, so that every process counts the same; a
process takes ten at a time, so that not every search writes. Whoever works here has a budget of their own beyond that of their address,
which a whole practice may share: only then is it asked who somebody is, and that too has a budget.

An order: a process works at so many requests at once (`settings.AT_ONCE`) and the rest queue. Each kind of page may fill only a part of
those places, the earlier it is in the order the less; beyond it the answer is 503, at once, so that the queue moves. The last kind is
never put off: there is always a place that only it may have. The order is that of C32: dashboards, exports, lists, and last the public
door and people's records. The open directory counts with dashboards, since machines come again by themselves; the table of every entry
is an export; the finder counts with lists: of what can wait it is the most needed, but it tells of services, and whoever is not safe is
helped by the crisis lines that stand on every such answer, and by the door, which stays open. A worker's own day and the queue of the
door are no lists here: on them stands whom to call now.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from alongside.access import counting
from alongside.access.counting import MINUTE, Limit, address_of
from alongside.access.middleware import hub_at
from alongside.access.sessions import SessionStore
from alongside.access.shell import crisis_lines
from alongside.design.shell import CrisisLine
from alongside.design.words import language
from alongside.vocabulary.clock import now
from alongside.web.middleware import plain_page

DASHBOARD, EXPORT, LIST, LAST = range(4)
"""The order in which pages are put off."""
KINDS = (
    ("/find-support/all/", EXPORT), ("/today/list/", EXPORT), ("/today/calendar/", EXPORT), ("/lists-to-take/", EXPORT),
    ("/asset-map/take/", EXPORT),
    ("/open-referral", DASHBOARD), ("/hub/", DASHBOARD), ("/gaps/", DASHBOARD), ("/asset-map/", DASHBOARD), ("/rules/", DASHBOARD),
    ("/looks/", DASHBOARD),
    ("/find-support/", LIST), ("/s/", LIST), ("/entries/", LIST), ("/feeds/", LIST), ("/corrections/", LIST), ("/who-is-who/", LIST),
    ("/hats/", LIST), ("/settings/", LIST),
)  # fmt: skip
"""How an address begins, and what it is; the first that fits. Every other is LAST: the door, links, triage, records, signing in."""
BUDGETED = ("/find-support/", "/s/", "/open-referral")
TEN = 10
KNOWN_FOR = 5.0
"""So many seconds an address that has no more is answered without asking the database again."""
REMEMBERED = 10_000
LINES_KEPT = 60.0
"""So many seconds a process keeps the hub's crisis lines for such answers: these must cost nothing."""
AGAIN_AFTER = {429: "60", 503: "5"}


def kind_of(path: str) -> int:
    """Tell what a page is, by its address."""
    return next((kind for begins, kind in KINDS if path.startswith(begins)), LAST)


def may_begin(kind: int, at_work: int, at_once: int) -> bool:
    """Tell whether one more of this kind is worked at, when so many are: half of the places for dashboards, three quarters for lists.

    Lists leave at least one place free for what is never put off; where there is only one, nothing can be kept free.
    """
    if kind == LAST:
        return True
    places = {DASHBOARD: at_once // 2, EXPORT: at_once * 5 // 8, LIST: at_once * 3 // 4}[kind]
    return at_work < max(1, places)


@dataclass
class _AtWork:
    """How many requests this process works at now."""

    many: int = 0
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def one_more(self, kind: int) -> Iterator[bool]:
        """Count one while it is worked at; False when there is no place for it."""
        with self.lock:
            begins = may_begin(kind, self.many, settings.AT_ONCE)
            self.many += begins
        try:
            yield begins
        finally:
            with self.lock:
                self.many -= begins


@dataclass
class _Leave:
    """What this process has taken of the budgets and not used yet."""

    left: dict[str, int] = field(default_factory=dict)
    none_until: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def may(self, limit: Limit, of: str, at: datetime) -> bool:
        """Use one of a budget. What cannot be counted now, since the database is written by somebody else for long, is let through."""
        key = f"{limit.name} {of}"
        with self.lock:
            if self.left.get(key, 0) > 0:
                self.left[key] -= 1
                return True
            if self.none_until.get(key, 0.0) > time.monotonic():
                return False
        try:
            given = counting.take(limit, of, many=min(TEN, limit.most), at=at)
        except (DatabaseError, InterfaceError):
            given = TEN
        with self.lock:
            for held in (self.left, self.none_until):
                if len(held) > REMEMBERED:
                    held.clear()
            if given <= 0:
                self.none_until[key] = time.monotonic() + KNOWN_FOR
                return False
            self.left[key] = self.left.get(key, 0) + given - 1
            return True


class Crowd:
    """Put off what can wait when too many come at once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.at_work, self.leave = _AtWork(), _Leave()
        self.lines: dict[tuple[str, str], tuple[float, tuple[CrisisLine, ...]]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with self.at_work.one_more(kind_of(request.path)) as begins:
            if not begins:
                return self._no(request, 503, _("Too many people use this at once. Please try again in a moment."))
            if request.path.startswith(BUDGETED) and not (self._is_within_budget(request) or self._works_here(request)):
                return self._no(request, 429, _("This was asked for very often. Wait a minute, then try again."))
            return self.get_response(request)

    def _is_within_budget(self, request: HttpRequest) -> bool:
        """Use one of the budget of all, and one of this address; of all first, so that many addresses cost no more than one."""
        budgets = (
            (Limit("finder_in_all", settings.FINDER_A_MINUTE_IN_ALL, MINUTE), "all"),
            (Limit("finder", settings.FINDER_A_MINUTE, MINUTE), address_of(request)),
        )
        return all(limit.most == 0 or self.leave.may(limit, of, now()) for limit, of in budgets)

    def _works_here(self, request: HttpRequest) -> bool:
        """Use one of the budget of a worker's account, whatever becomes of their address; who somebody is is asked only so often."""
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        asked = Limit("finder_asked_who", settings.FINDER_A_MINUTE or TEN, MINUTE)
        if not key or request.path.startswith("/open-referral") or not self.leave.may(asked, address_of(request), now()):
            return False
        session = SessionStore(key)
        try:
            session.load()
        except (DatabaseError, InterfaceError):
            return False
        if session.around.worn is None:
            return False
        limit = Limit("finder_of_account", settings.FINDER_A_MINUTE or TEN, MINUTE)
        return self.leave.may(limit, str(session.around.user_id), now())

    def _no(self, request: HttpRequest, status: int, sentence: str) -> HttpResponse:
        title = _("Please wait a moment")
        if request.path.startswith("/open-referral"):
            said = json.dumps({"title": title, "status": status, "detail": sentence}, ensure_ascii=False)
            response = HttpResponse(said, status=status, content_type="application/json; charset=utf-8")
            response.headers["Access-Control-Allow-Origin"] = "*"
        else:
            response = plain_page(title, sentence, status, self._crisis_lines(request))
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        response.headers["Retry-After"] = AGAIN_AFTER[status]
        response.headers["Cache-Control"] = "no-store"
        return response

    def _crisis_lines(self, request: HttpRequest) -> tuple[CrisisLine, ...]:
        """Give whom to call, as the hub says it; the national numbers when even that cannot be read."""
        host = request.META.get("HTTP_HOST", "").split(":")[0].lower()
        key = (host, language())
        until, lines = self.lines.get(key, (0.0, ()))
        if until < time.monotonic():
            try:
                lines = crisis_lines(hub_at(host), welsh=language() == "cy")
            except (DatabaseError, InterfaceError):
                return lines
            if len(self.lines) > REMEMBERED:
                self.lines.clear()
            self.lines[key] = (time.monotonic() + LINES_KEPT, lines)
        return lines
