"""Who an account is, for the sign-in library: its own checks, with the read that every page makes done only once."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from alongside.access.models import User
from alongside.reads import read

_just_read: ContextVar[User | None] = ContextVar("account_just_read", default=None)


def has_just_been_read(account: User | None) -> None:
    """Say which account was read with the session of this request; it serves once, and not beyond the request."""
    _just_read.set(account)


class Accounts(AuthenticationBackend):
    """The sign-in library's backend; a locked account is nobody."""

    def get_user(self, user_id: Any) -> User | None:
        found = _just_read.get()
        _just_read.set(None)
        if found is None or found.pk != int(user_id):
            found = read(_account, user_id=int(user_id)).first()
        return found if found is not None and self.user_can_authenticate(found) else None


def _account(user_id: int, at: datetime) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)
