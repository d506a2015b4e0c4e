"""Coming in by any door: the referral, the message it came in, the draft before it, the decision after it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.records import PersonRecord
from alongside.hubs.models import Public


class Draft(Public):
    """Answers of somebody who has not finished asking; kept on the server under a code, so that a time-out loses nothing.

    Somebody who said "not safe" has a referral as soon as there are a name and a way to reach them; what they add reaches it at
    once. Until then the duty team sees the draft itself, until a name and a time say who called.
    """

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    code_fingerprint = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    not_safe_at = models.DateTimeField(null=True)
    can_be_reached = models.BooleanField(default=False)
    """An unfinished draft with a way to reach somebody who said "not safe" is shown to the duty team."""
    taken_at = models.DateTimeField(null=True)
    taken_by_name = models.CharField(max_length=160, blank=True)
    taken_written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=400, blank=True)
    finished_at = models.DateTimeField(null=True)
    referral = models.ForeignKey("Referral", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_fingerprint"], name="draft_code"),
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | ~Q(taken_by_name=""), name="draft_call_taken_by_somebody_named"
            ),
        ]
        indexes = [
            models.Index(
                fields=["hub", "not_safe_at"],
                condition=Q(not_safe_at__isnull=False, referral__isnull=True, taken_at__isnull=True),
                name="draft_not_safe",
            )
        ]


class Referral(PersonRecord):
    """Somebody asked for help, or was brought in: the same record whichever door it was (promise 1).

    There is no state in which it is turned away. What happened stands as facts; the status is derived (rules.py).
    """

    CATEGORY: ClassVar = "asking"
    reference = models.CharField(max_length=20)
    door = models.CharField(max_length=30)
    source_organisation = models.ForeignKey(
        "hubs.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    source_hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    source_name = models.CharField(max_length=160, blank=True)
    source_contact = models.CharField(max_length=160, blank=True)
    received_at = models.DateTimeField()
    name_given = models.CharField(max_length=120)
    """The name as whoever sent it wrote it: the record may hold another one."""
    due_on = models.DateField()
    """The day by which we said that we are in touch, from its own urgency and the hours of the team."""
    words = models.TextField(max_length=20000, blank=True)
    whose_words = models.CharField(max_length=12)
    wants = models.CharField(max_length=400, blank=True)
    agreed_next = models.CharField(max_length=400, blank=True)
    knows = models.BooleanField(null=True)
    agrees = models.BooleanField(null=True)
    needs = models.JSONField(default=list)
    urgency = models.CharField(max_length=10)
    urgency_rank = models.PositiveSmallIntegerField()
    raised_because = models.CharField(max_length=20, blank=True)
    """What raised it after it came in: got_worse or asked_again."""
    not_safe_now = models.BooleanField(default=False)
    suspected_spam = models.BooleanField(default=False)
    looked_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    referrer_told = models.CharField(max_length=10, blank=True)
    """The newest news that its referrer was written to about (rules.NEWS)."""
    triaged_at = models.DateTimeField(null=True)
    triaged_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("hubs.Team", on_delete=models.PROTECT, related_name="referrals", db_index=False)
    """The duty team that looks at it."""
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    """SHA-256 of the content that came with the key: the same again gets the same answer."""
    answer = models.JSONField(default=dict)
    link_fingerprint = models.CharField(max_length=64, null=True)
    """The private link by which the asker sees where it stands."""
    added_to = models.ForeignKey("Referral", null=True, on_delete=models.PROTECT, related_name="additions", db_index=False)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.UniqueConstraint(fields=["key"], name="referral_key"),
            models.UniqueConstraint(fields=["reference"], name="referral_reference"),
            models.UniqueConstraint(fields=["link_fingerprint"], name="referral_link"),
        ]
        indexes = [
            models.Index(
                fields=["hub", "urgency_rank", "received_at", "id"],
                condition=Q(triaged_at__isnull=True),
                name="referral_triage_queue",
            ),
            models.Index(
                fields=["hub", "received_at"],
                condition=Q(suspected_spam=True, looked_at__isnull=True),
                name="referral_not_looked_at",
            ),
            models.Index(fields=["person", "-received_at"], name="referral_person"),
            models.Index(fields=["source_hat", "-received_at"], name="referral_source_hat"),
        ]


class MessageReceived(models.Model):
    """A message exactly as it was received, kept whole beside what was read from it."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    client = models.ForeignKey("access.ApiClient", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    request_key = models.CharField(max_length=100, blank=True)
    """What the sender calls the request it is about, so that a later message of theirs about it is understood."""
    received_at = models.DateTimeField()
    text = models.TextField()
    problems = models.JSONField(default=list)
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="messages_received", db_index=False)
    answer = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="message_received_key")]
        indexes = [models.Index(fields=["request_key"], name="message_received_request")]


class TriageDecision(PersonRecord):
    """What was decided at triage, by whom and why; the prompts are words, never a score."""

    CATEGORY: ClassVar = "asking"
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    urgency = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField(null=True)
    how_to_invite = models.CharField(max_length=10, blank=True)
    invite_for = models.DateField(null=True)
    next_on = models.DateField(null=True)
    risk = models.JSONField(default=dict)
    """Prompt code to words: to_self, to_others, from_others, self_neglect, protects, who_helps, depends."""
    why = models.TextField(max_length=4000, blank=True)

    class Meta(PersonRecord.Meta):
        indexes = [models.Index(fields=["person", "-at"], name="triage_decision_person")]


class CrisisCall(PersonRecord):
    """Somebody is being called now; the row stays on top until a name and a time say who took it."""

    CATEGORY: ClassVar = "asking"
    referral = models.ForeignKey(Referral, null=True, on_delete=models.PROTECT, related_name="crisis_calls")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    taken_at = models.DateTimeField(null=True)
    taken_by_name = models.CharField(max_length=160, blank=True)
    taken_written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    outcome = models.CharField(max_length=400, blank=True)

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True) | ~Q(taken_by_name=""), name="crisis_call_taken_by_somebody_named"
            ),
        ]
        indexes = [
            models.Index(fields=["hub", "opened_at"], condition=Q(taken_at__isnull=True), name="crisis_call_open"),
            models.Index(fields=["person"], name="crisis_call_person"),
        ]
