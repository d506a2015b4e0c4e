"""Accounts, the facts that give or deny sight, and the clients that may send messages."""

from __future__ import annotations

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q


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


class Relationship(models.Model):
    """A reason to see one person: opened and ended by the fact that gives it (a holding, a handover, a triage).

    Source: design.md (the policy stays below what it guards); trust.md C03.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    because_kind = models.CharField(max_length=20)
    because_id = models.BigIntegerField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hat__isnull=False, team__isnull=True) | Q(hat__isnull=True, team__isnull=False),
                name="relationship_is_of_a_hat_or_a_team",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["holder", "holding_team", "giving", "receiving", "duty", "referrer", "matcher"]),
                name="relationship_kind_known",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "until_at"], name="relationship_person"),
            models.Index(fields=["hat", "until_at"], name="relationship_hat"),
            models.Index(fields=["team", "until_at"], name="relationship_team"),
            models.Index(fields=["because_kind", "because_id"], name="relationship_because"),
        ]


class SharingAgreement(models.Model):
    """What the partners of a hub agree to share with each other; in force between those who have signed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="agreements")
    purpose = models.CharField(max_length=200)
    label_ceiling = models.CharField(max_length=10, default="sensitive")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(label_ceiling__in=["open", "sensitive"]), name="agreement_never_shares_circle")
        ]


class Signature(models.Model):
    """One partner's signature under an agreement."""

    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey("hubs.Organisation", on_delete=models.PROTECT, related_name="signatures")
    signed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], condition=Q(until_at__isnull=True), name="one_open_signature"
            )
        ]


class Exclusion(models.Model):
    """Somebody in these services who should not see this person: silent, and above everything else.

    `words` is what the person wrote; read only by the safeguarding lead and the holder. Until it is settled, every
    worker whose name is like it is kept away. Source: trust.md C07; pages.md (ask for help, 8).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=400)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes = [models.Index(fields=["hub", "made_at"], condition=Q(settled_at__isnull=True), name="exclusion_to_settle")]


class KeptAway(models.Model):
    """One worker whom an exclusion keeps away from one person."""

    exclusion = models.ForeignKey(Exclusion, on_delete=models.PROTECT, related_name="kept_away")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "person", "until_at"], name="kept_away_worker_person"),
            models.Index(fields=["person"], name="kept_away_person"),
        ]


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
