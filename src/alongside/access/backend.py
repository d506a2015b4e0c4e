"""Who an account is, for the sign-in library: its own checks, with the read that every page makes compiled once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from alongside.access.models import User
from alongside.reads import read


class Accounts(AuthenticationBackend):
    """The sign-in library's backend; a locked account is nobody."""

    def get_user(self, user_id: Any) -> User | None:
        found = read(_account, user_id=int(user_id)).first()
        return found if found is not None and self.user_can_authenticate(found) else None


def _account(user_id: int, at: datetime) -> QuerySet[User]:
    return User.objects.filter(pk=user_id)
