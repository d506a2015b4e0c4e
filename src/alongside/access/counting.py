"""Counting in the database, so that every process counts the same (C32): how often something is tried, what an account opens.

Each count is one statement that is whole in itself. A window begins with the first try and is as long as its limit says; a clock
that goes back makes no window longer, and gives nobody more tries.
"""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from alongside.access.models import Opened, Session, Tried
from alongside.refusals import Invalid
from alongside.trips import Statement, in_one_trip

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
A_MOMENT_MS = 200


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries of something in so long."""

    name: str
    most: int
    within: timedelta


SIGN_IN = Limit("sign_in", 5, MINUTE)
"""For one account from one address: another address still gets in, so that nobody can lock somebody else out."""
SIGN_IN_ADDRESS = Limit("sign_in_address", 20, MINUTE)
NEW_LINK = Limit("new_link", 3, HOUR)
"""Links for a new password, for one worker."""
LINK = Limit("link", 20, MINUTE)
"""Wrong private links from one address."""
ASK = Limit("ask", 10, HOUR)
"""Askings for help from one address; whoever comes after that is heard all the same, and looked at by somebody first."""


class TooManyTries(Invalid):
    code = "too_many_tries"
    status = 429
    message = _("Too many tries. Wait a few minutes, then try again.")


_TRY = """
INSERT INTO access_tried (what, since, times) VALUES (%s, %s, %s)
ON CONFLICT (what) DO UPDATE SET
  times = CASE WHEN access_tried.since <= %s THEN EXCLUDED.times ELSE access_tried.times + EXCLUDED.times END,
  since = CASE WHEN access_tried.since <= %s OR access_tried.since > EXCLUDED.since THEN EXCLUDED.since ELSE access_tried.since END
RETURNING times
"""
_OPEN = """
INSERT INTO access_opened (user_id, person_id, at, times) VALUES (%s, %s, %s, %s)
ON CONFLICT (user_id, person_id) DO UPDATE SET
  times = CASE WHEN access_opened.at <= %s THEN EXCLUDED.times ELSE access_opened.times + EXCLUDED.times END,
  at = CASE WHEN access_opened.at <= %s THEN EXCLUDED.at ELSE access_opened.at END
RETURNING times
"""


def tries(counted: Sequence[tuple[Limit, Sequence[object]]], *, at: datetime) -> bool:
    """Count one more try of each, and tell whether all of them are within their limits. Queries: one for each, in one trip."""
    found = in_one_trip(connection, [_try(limit, of, 1, at) for limit, of in counted])
    return all(rows[0][0] <= limit.most for (limit, _of), rows in zip(counted, found, strict=True))


def take(limit: Limit, *of: object, many: int, at: datetime) -> int:
    """Take as many tries as there still are of some, all at once, and give how many: each process counts those by itself.

    No two processes are ever given the same one, so that together they never go beyond the limit. Queries: one.
    Raises:   OperationalError when somebody else writes for longer than a moment: nobody who only reads shall wait for that (SQLite).
    """
    with _without_waiting():
        [[[times]]] = in_one_trip(connection, [_try(limit, of, many, at)])
    return max(0, min(many, limit.most - (times - many)))


@contextmanager
def _without_waiting() -> Iterator[None]:
    if connection.vendor != "sqlite":
        yield
        return
    usually = int(connection.settings_dict.get("OPTIONS", {}).get("timeout", 5) * 1000)
    in_one_trip(connection, [(f"PRAGMA busy_timeout = {A_MOMENT_MS}", [])])
    try:
        yield
    finally:
        in_one_trip(connection, [(f"PRAGMA busy_timeout = {usually}", [])])


def is_over(limit: Limit, *of: object, at: datetime) -> bool:
    """Tell whether more than the limit was tried already, counting nothing. Queries: one."""
    counted = Tried.objects.filter(what=_fingerprint(limit, of), since__gt=at - limit.within, times__gt=limit.most)
    return counted.exists()


def opening(user_id: int, person_id: int, *, at: datetime, counted_from: datetime, times: int = 1) -> Statement:
    """Give the statement that counts one record, or so many rows of a list (person 0), to travel with the look at it."""
    return _OPEN, [user_id, person_id, _written(at), times, _written(counted_from), _written(counted_from)]


def address_of(request: HttpRequest) -> str:
    """Give the address that a request comes from, as far as one is told apart from another: of IPv6 the first half.

    Also:     what a proxy says counts only when the request comes from a proxy that the settings name, and only its last word.
    """
    came_from = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY and came_from in settings.PROXIES:
        came_from = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or came_from
    try:
        found = ipaddress.ip_address(came_from)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.IPv6Network((found, 64), strict=False).network_address)
    return str(found)


def forget_what_is_over(at: datetime) -> None:
    """Forget what was counted in windows that are over, and the sessions that have ended. Queries: three."""
    yesterday = at - timedelta(days=1)
    Tried.objects.filter(since__lt=yesterday).delete()
    Opened.objects.filter(at__lt=yesterday).delete()
    Session.objects.filter(expire_date__lt=at).delete()


def _try(limit: Limit, of: Sequence[object], many: int, at: datetime) -> Statement:
    begins = _written(at - limit.within)
    return _TRY, [_fingerprint(limit, of), _written(at), many, begins, begins]


def _fingerprint(limit: Limit, of: Sequence[object]) -> str:
    told = "\0".join([settings.SECRET_KEY, limit.name, *map(str, of)])
    return hashlib.sha256(told.encode()).hexdigest()


def _written(at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)
