"""The facts that give sight: relationships, agreements between partners, names on a circle, overrides, broken glass."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q

GLASS_LASTS = timedelta(hours=4)
"""Trust.md C09."""


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
                condition=Q(
                    kind__in=["holder", "holding_team", "giving", "receiving", "duty", "referrer", "matcher", "reviewer"]
                ),
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
    """What the partners of a hub agree to share with each other; in force between those who have signed.

    Source: trust.md C04.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="agreements")
    purpose = models.CharField(max_length=200)
    categories = models.JSONField(default=list)
    """The parts of the record that it covers (`access/codes.py`); an empty list covers every part."""
    label_ceiling = models.CharField(max_length=10, default="sensitive")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(label_ceiling__in=["open", "sensitive"]), name="agreement_never_shares_circle")
        ]


class SharingProposal(models.Model):
    """Partners who are to sign an agreement: proposed by one worker, in force once two others have approved it.

    Nothing is shared by a proposal: signatures are written at the second approval. Source: trust.md C04, H22.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="proposals")
    organisations = models.ManyToManyField("hubs.Organisation", related_name="+")
    proposed_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    proposed_at = models.DateTimeField()
    in_force_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(withdrawn_at__isnull=True), name="proposal_has_one_end"
            )
        ]
        indexes = [
            models.Index(
                fields=["hub", "proposed_at"],
                condition=Q(in_force_at__isnull=True, withdrawn_at__isnull=True),
                name="proposal_open",
            )
        ]


class Approval(models.Model):
    """One worker's yes to a proposal, once they have seen who would gain sight of how many people."""

    proposal = models.ForeignKey(SharingProposal, on_delete=models.PROTECT, related_name="approvals", db_index=False)
    worker = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "worker"], name="approves_once")]


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


class CircleName(models.Model):
    """One worker on the list of one circle item: nobody else sees it, whatever their role. Source: trust.md C06."""

    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.UUIDField()
    """The public id of the record, of whatever kind it is."""
    worker = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["worker", "item"], condition=Q(until_at__isnull=True), name="once_on_a_circle")
        ]
        indexes = [models.Index(fields=["worker", "item"], name="circle_worker")]


class Override(models.Model):
    """A safeguarding lead shows one item to one recipient for a reason in law, until a moment. Source: trust.md C05, A3."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    item = models.UUIDField()
    recipient = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.CharField(max_length=30)
    reason = models.CharField(max_length=400)
    made_by = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until_at__gte=F("from_at")), name="override_ends_after_it_begins")]
        indexes = [
            models.Index(fields=["recipient", "item"], name="override_recipient"),
            models.Index(fields=["person"], name="override_person"),
        ]


class Glass(models.Model):
    """One worker broke the glass for one person: four hours, with a reason, looked at afterwards. Source: trust.md C09, A4."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    hat = models.ForeignKey("hubs.Hat", on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.CharField(max_length=30)
    reason = models.CharField(max_length=400)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    review_by = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    finding = models.CharField(max_length=30, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_at__gte=F("from_at")), name="glass_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by__isnull=True, finding="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(finding="")),
                name="glass_is_reviewed_by_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["hat", "person"], name="glass_hat"),
            models.Index(fields=["person"], name="glass_person"),
            models.Index(fields=["hub", "from_at"], condition=Q(reviewed_at__isnull=True), name="glass_to_review"),
        ]
