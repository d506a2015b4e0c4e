"""Sessions in the database, read together with the account and the hat: every page of a worker begins with one trip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.backends import db
from django.db.models import Exists, OuterRef, QuerySet

from alongside.access import backend
from alongside.access.actors import Worn, worn_in_session
from alongside.access.models import Session
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
        """Read the session and who stands behind it. Queries: four in one trip."""
        at, key = now(), [self.session_key or ""]
        sessions, hats = read(_session, key=key, at=at), worn_in_session(key, at=at)
        together(sessions, *hats.reads)
        found = sessions.first()
        if found is None or found.user is None:
            self.around = Around()
        else:
            self.around = Around(found.user.pk, found.has_second_factor, hats.worn())  # type: ignore[attr-defined]  # annotated
            backend.has_just_been_read(found.user)
        if found is None:
            self._session_key = None
        return found


def _session(key: list[str], at: datetime) -> QuerySet[Session]:
    """Give the session with its account, and whether that has a second factor."""
    second_factor = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user=OuterRef("user"))
    found = Session.objects.filter(session_key__in=key, expire_date__gt=at).select_related("user")
    return found.annotate(has_second_factor=Exists(second_factor))
