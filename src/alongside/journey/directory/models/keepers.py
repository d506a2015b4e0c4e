"""Who keeps an entry, what is changed and confirmed in it, and what somebody said is wrong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from alongside.hubs.models import Public
from alongside.journey.directory.models.entries import Service


class Editor(Public):
    """Somebody at a service who keeps its entry by a private link, without an account. The link is kept as a fingerprint only.

    Source: S2-320; peers.md 5.2, 5.9.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="editors")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    email = models.CharField(max_length=254)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    link_fingerprint = models.CharField(max_length=64, unique=True)
    """Of the newest link; the ones before it open nothing."""
    until_at = models.DateTimeField()
    """From when that link opens nothing."""
    link_message = models.OneToOneField("messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    """The e-mail that carries it."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service", "email"], condition=Q(ended_at__isnull=True), name="editor_once_a_service"
            ),
            models.CheckConstraint(condition=Q(email=Lower("email")), name="editor_email_is_folded"),
        ]


class Change(Public):
    """A change of how to reach a service, which waits for a second person; what stands is shown until then.

    Source: lists.md (hub lead); trust.md C18, T09.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="changes")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    was = models.JSONField()
    """What stood, by field, when it was asked for: it is made only while that still stands."""
    words = models.JSONField()
    """What is to stand, by field."""
    settled_at = models.DateTimeField(null=True)
    is_made = models.BooleanField(null=True)
    """A second person said that it is right, and it stands; or it is not so, or another took its place."""
    second_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    second_hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service"], condition=Q(settled_at__isnull=True), name="change_waits_once_a_service"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, is_made__isnull=True) | Q(settled_at__isnull=False, is_made__isnull=False),
                name="change_settled_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(is_made=True) | Q(second_editor__isnull=False) | Q(second_hat__isnull=False),
                name="change_made_by_two",
            ),
            models.CheckConstraint(
                condition=Q(second_editor__isnull=True) | Q(by_editor__isnull=True) | ~Q(second_editor=F("by_editor")),
                name="change_second_is_another_editor",
            ),
            models.CheckConstraint(
                condition=Q(second_hat__isnull=True) | Q(by_hat__isnull=True) | ~Q(second_hat=F("by_hat")),
                name="change_second_is_another_hat",
            ),
        ]


class Confirmation(models.Model):
    """A human said that the entry is true."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="confirmations")
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+")
    by_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_words = models.CharField(max_length=160, blank=True)


class Correction(Public):
    """Somebody said that something is wrong here; whoever keeps entries looks, and says what was done or that it is not so."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="corrections")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    words = models.CharField(max_length=1000)
    change = models.OneToOneField(Change, null=True, on_delete=models.PROTECT, related_name="correction")
    """It stands here because a change waits for a second person, and is settled with it."""
    kind = models.CharField(max_length=20, blank=True)
    """What is wrong, a code of `WRONG`; blank when only words say it."""
    due_on = models.DateField(null=True)
    """Until when whoever keeps the entry looks; after that the entry tells its readers that something may be wrong."""
    link_fingerprint = models.CharField(max_length=64, blank=True)
    """Of the private link by which whoever said so sees what became of it."""
    mail_fingerprint = models.CharField(max_length=64, blank=True)
    """Of the link in the e-mail that told them; the first one, which nobody can read here any more, goes on opening it too."""
    email = models.CharField(max_length=254, blank=True)
    """Where whoever said so is told once what became of it; forgotten when it is settled."""
    message = models.OneToOneField("messages.Message", null=True, on_delete=models.PROTECT, related_name="+")
    """The e-mail that told them."""
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    settled_editor = models.ForeignKey(Editor, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    was_so = models.BooleanField(null=True)
    """Something was wrong, and `done` says what was done; or it is not so."""
    done = models.CharField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, was_so__isnull=True) | Q(settled_at__isnull=False, was_so__isnull=False),
                name="correction_settled_says_how",
            ),
            models.CheckConstraint(condition=~Q(was_so=True) | ~Q(done=""), name="correction_that_was_so_says_what_was_done"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True) | Q(email=""), name="correction_settled_forgets_the_address"
            ),
            models.UniqueConstraint(fields=["link_fingerprint"], condition=~Q(link_fingerprint=""), name="correction_by_link"),
            models.UniqueConstraint(
                fields=["mail_fingerprint"], condition=~Q(mail_fingerprint=""), name="correction_by_link_in_the_mail"
            ),
        ]
        indexes = [models.Index(fields=["hub", "at", "id"], condition=Q(settled_at__isnull=True), name="correction_open")]
