"""The outbox: a message stands or falls with the transaction that asked for it, and leaves only through the gate."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.records import PersonRecord
from alongside.members.models import Task
from alongside.people.models import ContactPoint


class Message(PersonRecord):
    """One message to a person, to whoever brought them in, or to a partner who is asked: a template code and values without content that could harm.

    One kind is about nobody: what goes to whoever keeps a directory entry. It has no person, so nobody finds it in a record.
    """

    CATEGORY: ClassVar = "contacts"
    person = models.ForeignKey(  # type: ignore[assignment]  # about nobody, as no other record may be
        "people.Person", null=True, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    author_organisation = models.ForeignKey(  # type: ignore[assignment]  # as above
        "hubs.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False)
    to_address = models.CharField(max_length=254, blank=True)
    """The e-mail address of a referrer, a partner or a keeper; blank when it goes to the person, by the contact point."""
    channel = models.CharField(max_length=10)
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=10)
    values = models.JSONField(default=dict)
    """What is filled in, a private link for one: wiped once the message has left, was stopped or has failed."""
    purpose = models.CharField(max_length=20)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    outages = models.PositiveSmallIntegerField(default=0)
    """So many of the tries say nothing about this message: the other side, or our sign-in to it, was not well."""
    claimed_until = models.DateTimeField(null=True)
    """While somebody has it in hand; once that has passed, a try has begun that nobody knows the end of."""
    counted_on = models.DateField(null=True)
    """The day on which it was counted against the budgets."""
    sent_at = models.DateTimeField(null=True)
    """When the other side took it, which does not say that it arrived."""
    outside_id = models.CharField(max_length=40, blank=True)
    """The number under which the other side keeps it."""
    outside_status = models.CharField(max_length=30, blank=True)
    """What the other side last said became of it, in its own word."""
    ask_at = models.DateTimeField(null=True)
    """When to ask the other side again."""
    delivered_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.CharField(max_length=30, blank=True)
    """A code of the gate; a stopped message has made a task for the holder, or for whoever asked a partner."""
    task = models.ForeignKey(Task, null=True, on_delete=models.PROTECT, related_name="messages", db_index=False)
    """What the holder was asked to do instead; the same open task serves every message that was stopped for one reason."""
    held_at = models.DateTimeField(null=True)
    """It waits for a named person to release it: a restore brought it back, and it may have left before, or no longer be safe."""
    held_because = models.CharField(max_length=30, blank=True)
    released_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    failed_at = models.DateTimeField(null=True)
    failed_because = models.CharField(max_length=30, blank=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(purpose="keeper", person__isnull=True, author_organisation__isnull=True, contact_point__isnull=True)
                | (~Q(purpose="keeper") & Q(person__isnull=False, author_organisation__isnull=False)),
                name="message_about_nobody_to_a_keeper",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at__isnull=True, stopped_at__isnull=True, failed_at__isnull=True),
                name="message_waiting",
            ),
            models.Index(fields=["ask_at"], condition=Q(ask_at__isnull=False), name="message_to_follow"),
            models.Index(fields=["person", "-made_at"], name="message_person"),
            models.Index(fields=["task"], condition=Q(task__isnull=False), name="message_task"),
        ]


class Budget(models.Model):
    """How many messages were counted on one day: of one number or address (kept as a fingerprint), or of a whole hub."""

    on = models.DateField()
    key = models.CharField(max_length=64)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["on", "key"], name="budget_once_a_day")]


class Wording(models.Model):
    """What a hub says instead of our default, in both languages."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    """A message, or another sentence of `wording.py`."""
    en = models.CharField(max_length=1000)
    cy = models.CharField(max_length=1000)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hub", "code"], name="wording_once_a_hub")]
