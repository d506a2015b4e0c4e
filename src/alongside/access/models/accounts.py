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
    began_at = models.DateTimeField(null=True)
    """When somebody signed in; it ends twelve hours later, whatever happens (C15)."""
    seen_at = models.DateTimeField(null=True)
    """When it was last used, to the minute; fifteen minutes later it ends (C15)."""
    proven_at = models.DateTimeField(null=True)
    """When the second factor was last given in it, or else when it began: what it opens in an hour is counted from then."""
    browser = models.CharField(max_length=40, blank=True, default="")
    """What it is used with, in two words, so that somebody knows their own again."""

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


class KnownElsewhere(models.Model):
    """Whom a provider means by a subject: an account of a worker, or a person; linked on purpose, never by an e-mail address.

    Nothing else of what a provider says is kept but how well it knows them. Source: C14.
    """

    issuer = models.CharField(max_length=250)
    subject = models.CharField(max_length=255)
    level = models.CharField(max_length=40)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="known_elsewhere")
    person = models.ForeignKey("people.Person", null=True, on_delete=models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="a_subject_is_one"),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False, person__isnull=True) | models.Q(user__isnull=True, person__isnull=False),
                name="known_as_a_worker_or_a_person",
            ),
        ]


class Opened(models.Model):
    """How often an account has opened one record since a moment; person 0 counts the rows of lists (T07).

    It points at nobody, as the journal does, and is forgotten after a day.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    person_id = models.BigIntegerField()
    at = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "person_id"], name="opened_once")]


class Tried(models.Model):
    """How often something was tried since a moment, counted in one place for every process (C32).

    `what` is a fingerprint of what is counted and of whom: no address and no name stands here.
    """

    what = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField()
    times = models.PositiveIntegerField()


class Kept(models.Model):
    """The table of Django's database cache: the sign-in library keeps here which code of an app was used already.

    In the memory of one process the same code would work once in each of them.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "access_cache"
