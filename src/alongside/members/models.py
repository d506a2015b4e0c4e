"""Membership and the holding ledger: from the first second exactly one holder, without gap or overlap."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.access.records import PersonRecord
from alongside.people.models import Person


class Membership(models.Model):
    """A person's part in the hub. It never ends by itself; it rests, with a reason, and one action brings anyone back.

    The key `current_holding` is never null and points at the one open holding of this very membership: it refers to
    `Holding.open_for`, which is unique, equals the membership while the holding is open and is null once it has ended.
    The database checks it when the transaction ends, on SQLite and PostgreSQL alike (ADR 0002; promise 2).
    """

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.PROTECT, related_name="membership")
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    current_holding = models.ForeignKey(
        "Holding", to_field="open_for", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    next_on = models.DateField(null=True)
    next_what = models.CharField(max_length=20, blank=True)
    rest_reason = models.CharField(max_length=10, blank=True)
    resting_since = models.DateTimeField(null=True)
    wants_messages_at_rest = models.BooleanField(default=False)
    last_contact_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(current_holding=F("person")), name="current_holding_is_its_own"),
            models.CheckConstraint(condition=~Q(rest_reason="") | Q(next_on__isnull=False), name="next_date_while_active"),
            models.CheckConstraint(
                condition=Q(rest_reason="", resting_since__isnull=True) | (~Q(rest_reason="") & Q(resting_since__isnull=False)),
                name="rest_has_reason_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(rest_reason__in=["", "not_now", "moved", "died", "all_well"]), name="rest_reason_known"
            ),
        ]
        indexes = [models.Index(fields=["hub", "next_on"], condition=Q(next_on__isnull=False), name="membership_next_date")]


class Holding(models.Model):
    """One stretch of being held, by a team or by a named hat; the next one starts the moment this one ends."""

    NAMED_BY: ClassVar = ("hat", "team")

    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="holdings", db_constraint=True, db_index=False
    )
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="holdings", db_index=False)
    hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="holdings", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=20)
    open_for = models.BigIntegerField(unique=True, null=True)
    next_on = models.DateField(null=True)
    """The membership's next date, kept here while open so that a caseload is one index descent; a test recomputes it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hat__isnull=False, team__isnull=True) | Q(hat__isnull=True, team__isnull=False),
                name="holding_is_by_a_team_or_a_hat",
            ),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True, open_for=F("membership")) | Q(until_at__isnull=False, open_for__isnull=True),
                name="holding_open_for_its_membership",
            ),
            models.CheckConstraint(condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="holding_in_time"),
        ]
        indexes = [
            models.Index(fields=["hat", "next_on", "id"], condition=Q(until_at__isnull=True), name="holding_hat_next"),
            models.Index(fields=["team", "next_on", "id"], condition=Q(until_at__isnull=True), name="holding_team_next"),
            models.Index(fields=["membership", "-from_at"], name="holding_ledger"),
        ]


class Task(PersonRecord):
    """Something to be done for a person: what, for whom, whose it is, by when. A call-back is a task of its kind."""

    CATEGORY: ClassVar = "contacts"
    kind = models.CharField(max_length=20)
    what = models.CharField(max_length=30)
    """A code; free words stand in `words`."""
    words = models.CharField(max_length=400, blank=True)
    team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ended_because = models.CharField(max_length=10, blank=True)
    """A code when nobody did it and nobody need: they have died, or a death was taken back, or it was done in passing."""

    class Meta(PersonRecord.Meta):
        constraints = [
            *PersonRecord.Meta.constraints,
            models.CheckConstraint(condition=Q(ended_because="") | Q(done_at__isnull=False), name="task_that_ended_is_not_open"),
            models.CheckConstraint(
                condition=Q(hat__isnull=False, team__isnull=True) | Q(hat__isnull=True, team__isnull=False),
                name="task_has_one_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["hat", "due_on"], condition=Q(done_at__isnull=True), name="task_hat_due"),
            models.Index(fields=["team", "due_on"], condition=Q(done_at__isnull=True), name="task_team_due"),
            models.Index(fields=["person", "due_on"], condition=Q(done_at__isnull=True), name="task_person_due"),
        ]


class Invitation(PersonRecord):
    """An invitation to meet; unanswered, it becomes a call-back and never an ending (S0-19)."""

    CATEGORY: ClassVar = "contacts"
    how = models.CharField(max_length=10)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    for_on = models.DateField(null=True)
    answer_by = models.DateField()
    answered_at = models.DateTimeField(null=True)
    became_call_back_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    """When it was settled without an answer: they had died."""

    class Meta(PersonRecord.Meta):
        indexes = [
            models.Index(
                fields=["hub", "answer_by"],
                condition=Q(answered_at__isnull=True, became_call_back_at__isnull=True),
                name="invitation_unanswered",
            ),
            models.Index(fields=["person"], condition=Q(answered_at__isnull=True), name="invitation_person_open"),
        ]
