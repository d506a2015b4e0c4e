"""Accounts and their sessions, and the clients that may send messages."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None) -> User:
        user = self.model(email=self.normalize_email(email).lower())
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account that can sign in; who somebody is stands elsewhere (a worker, later a person)."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    locked_at = models.DateTimeField(null=True)
    """Since when it can no longer sign in; whoever its hats hold is on Nobody lost."""
    is_persona = models.BooleanField(default=False)
    """A made-up account of the demo, to be picked without a password; never in live mode."""

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return f"user {self.pk}"


class Session(AbstractBaseSession):
    """A sign-in that lasts, with its account and the one hat that it wears; both stand in its data too, which rules.

    They are columns so that who is asking is read in the same trip as the session itself.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions", db_index=False)
    hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.CASCADE, related_name="sessions", db_index=False)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from alongside.access.sessions import SessionStore

        return SessionStore


class ApiClient(models.Model):
    """An organisation's machine that may send messages to one hub; its token is kept only as a fingerprint."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("hubs.Organisation", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    token_fingerprint = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=40, default="refer")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
