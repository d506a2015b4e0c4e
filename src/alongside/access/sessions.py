"""Sessions in the database, read together with the account and the hat: every page of a worker begins with one trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends import db
from django.db.models import QuerySet

from alongside.access import backend
from alongside.access.actors import Worn, worn_in_session
from alongside.access.models import Session, User
from alongside.reads import read, together
from alongside.vocabulary.clock import now


@dataclass(frozen=True, slots=True)
class Around:
    """What was read with a session: whether its account has a second factor, and the hat it wears."""

    user_id: int | None = None
    has_second_factor: bool = False
    worn: Worn | None = None
    """None when it wears none, or one that may not be worn now."""


class SessionStore(db.SessionStore):
    """Django's own sessions; what is read with them is ours."""

    around = Around()

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made: Session = super().create_model_instance(data)  # type: ignore[assignment]  # the stubs know only Django's own
        made.user_id, made.hat_id = data.get("_auth_user_id"), data.get("hat_id")
        return made

    def _get_session_from_db(self) -> Session | None:  # type: ignore[override]  # as above
        """Read the session and who stands behind it. Queries: six in one trip."""
        at, key = now(), [self.session_key or ""]
        sessions, accounts = read(_session, key=key, at=at), read(_account, key=key, at=at)
        second_factors, hats = read(_second_factor, key=key, at=at), worn_in_session(key, at=at)
        together(sessions, accounts, second_factors, *hats.reads)
        found, account = sessions.first(), accounts.first()
        if found is None or account is None:
            self.around = Around()
        else:
            self.around = Around(account.pk, bool(second_factors), hats.worn())
            backend.has_just_been_read(account)
        if found is None:
            self._session_key = None
        return found


def _session(key: list[str], at: datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key__in=key, expire_date__gt=at)


def _account(key: list[str], at: datetime) -> QuerySet[User]:
    return User.objects.filter(sessions__session_key__in=key, sessions__expire_date__gt=at)


def _second_factor(key: list[str], at: datetime) -> QuerySet[Any, int]:
    found = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__sessions__session_key__in=key)
    return found.values_list("pk", flat=True)[:1]
