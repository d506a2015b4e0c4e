"""Sessions in the database, read together with the account and the hat: every page of a worker begins with one trip.

A session ends fifteen minutes after it was last used and twelve hours after it began, whatever the browser keeps (C15). Both
stand in the row, so that what ends one, or all of somebody's, holds at once in every process.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends import db
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from alongside.access import backend
from alongside.access.actors import Worn, worn_in_session
from alongside.access.models import Opened, Session
from alongside.access.second_factor import SECOND_FACTORS
from alongside.hubs.models import Heartbeat
from alongside.hubs.rules import has_stopped
from alongside.reads import read, together
from alongside.trips import Statement
from alongside.vocabulary.clock import now

IDLE = timedelta(minutes=15)
LASTS = timedelta(hours=12)
"""Trust.md C15."""
AS_PERSON = "signed_in_person"
"""Where a session says which link with a provider of people it was signed in by (web/views/people)."""
OWN_PAGE = "own_page"
"""Where a session says which invitation to their own page a person is in by (safety/own_page)."""
SEEN_EVERY = timedelta(minutes=1)
"""That it is used is written so often at most."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""So far the clocks of two machines may be apart. What begins later than that is no session: a clock that goes back lets nobody in."""
COUNTED_FOR = timedelta(hours=1)
"""How far back it is counted what an account has opened (T07)."""


@dataclass(frozen=True, slots=True)
class Around:
    """What was read with a session: whether its account has a second factor, the hat it wears, and what it opened lately."""

    user_id: int | None = None
    has_second_factor: bool = False
    stopped_since: datetime | None = None
    """When the work that runs by itself was last done, if that is too long ago."""
    worn: Worn | None = None
    """None when it wears none, or one that may not be worn now."""
    counted_from: datetime | None = None
    """Since when it is counted what the account opens: an hour ago, or when this session last gave the second factor."""
    records: int = 0
    """How many records the account has opened since then."""
    rows: int = 0
    """How many rows of lists it was shown since then."""
    seen_at: datetime | None = None


class SessionStore(db.SessionStore):
    """Django's own sessions; what is read with them is ours."""

    around = Around()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        at = now()
        user_id = data.get("_auth_user_id")
        is_somebody = user_id is not None or AS_PERSON in data or OWN_PAGE in data
        if is_somebody:
            data.setdefault("began_at", at.timestamp())
        made: Session = super().create_model_instance(data)  # type: ignore[assignment]  # the stubs know only Django's own
        made.user_id, made.hat_id, made.seen_at = user_id, data.get("hat_id"), at
        if is_somebody:
            made.began_at = datetime.fromtimestamp(data["began_at"], tz=UTC)
            made.proven_at = proven_at(data) or made.began_at
            made.browser = data.get("browser", "")
        return made

    def _get_session_from_db(self) -> Session | None:  # type: ignore[override]  # as above
        """Read the session and who stands behind it. Queries: four in one trip."""
        at, key = now(), [self.session_key or ""]
        sessions = read(
            _session, key=key, at=at, idle=at - IDLE, begun=at - LASTS, ahead=at + CLOCKS_DIFFER, counted=at - COUNTED_FOR
        )
        hats = worn_in_session(key, at=at)
        together(sessions, *hats.reads)
        found = sessions.first()
        if found is None or found.user is None:
            self.around = Around()
        else:
            last = found.swept_at  # type: ignore[attr-defined]  # annotated, as the next three
            self.around = Around(
                user_id=found.user.pk,
                has_second_factor=found.has_second_factor,  # type: ignore[attr-defined]
                stopped_since=last if has_stopped(last, at=at) else None,
                worn=hats.worn(),
                counted_from=max(at - COUNTED_FOR, found.proven_at or found.began_at or at),
                records=found.records or 0,  # type: ignore[attr-defined]
                rows=found.rows or 0,  # type: ignore[attr-defined]
                seen_at=found.seen_at,
            )
            backend.has_just_been_read(found.user)
        if found is None:
            self._session_key = None
        return found

    def used(self, at: datetime) -> list[Statement]:
        """Give the statement that says it is used now, to travel with another; none when that stands there already."""
        seen = self.around.seen_at
        if seen is None or at - seen < SEEN_EVERY:
            return []
        self.around = _but_seen(self.around, at)
        return [(_USED, [_written(at), self.session_key, _written(at)])]


_USED = "UPDATE access_session SET seen_at = %s WHERE session_key = %s AND seen_at < %s RETURNING session_key"


def proven_at(data: Any) -> datetime | None:
    """Tell when the second factor was last given in a session, by what the sign-in library has noted in it.

    Source:   trust.md C15 (step-up).
    """
    if data.get("account_authentication_methods_user") != str(data.get("_auth_user_id")):
        return None
    given = [one["at"] for one in data.get("account_authentication_methods", ()) if one.get("method") == "mfa"]
    return datetime.fromtimestamp(max(given), tz=UTC) if given else None


BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_of(agent: str) -> str:
    """Say what a session is used with, in two words that somebody knows their own by; nothing else of it is kept."""
    found = [next((name for part, name in known if re.search(rf"\b{part}", agent)), "") for known in (BROWSERS, MACHINES)]
    return ", ".join(one for one in found if one)


def _but_seen(around: Around, at: datetime) -> Around:
    return replace(around, seen_at=at)


def _written(at: datetime) -> Any:
    from django.db import connection

    return connection.ops.adapt_datetimefield_value(at)


def _session(
    key: list[str], at: datetime, idle: datetime, begun: datetime, ahead: datetime, counted: datetime
) -> QuerySet[Session]:
    """Give the session with its account, whether that has a second factor, what it has opened lately, and the last sweep."""
    second_factor = Authenticator.objects.filter(type__in=SECOND_FACTORS, user=OuterRef("user"))
    lately = Opened.objects.filter(user=OuterRef("user"), at__gt=counted).filter(at__gt=OuterRef("proven_at"))
    records = lately.filter(person_id__gt=0).order_by().values("user").annotate(count=Count("pk")).values("count")
    still = Q(seen_at__gt=idle, seen_at__lte=ahead, began_at__gt=begun, began_at__lte=ahead)
    found = Session.objects.filter(
        Q(user__isnull=True, began_at__isnull=True) | still, session_key__in=key, expire_date__gt=at
    ).select_related("user")
    swept_at = Heartbeat.objects.filter(name="sweep").values("done_at")[:1]
    return found.annotate(
        swept_at=Subquery(swept_at),
        has_second_factor=Exists(second_factor),
        records=Subquery(records),
        rows=Subquery(lately.filter(person_id=0).values("times")),
    )
