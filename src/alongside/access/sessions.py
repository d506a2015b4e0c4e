"""Sessions in the database, read by a compiled statement: every page of a worker begins with one."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from alongside.reads import read


class SessionStore(db.SessionStore):
    """Django's own sessions; only the read is ours."""

    def _get_session_from_db(self) -> Session | None:
        found = read(_session, key=[self.session_key or ""]).first()
        if found is None:
            self._session_key = None
        return found


def _session(key: list[str], at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=key, expire_date__gt=at)
