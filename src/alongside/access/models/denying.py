"""The facts that deny sight: exclusions, declared relations, and what the person chose not to share."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


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


class DeclaredRelation(models.Model):
    """Somebody a worker knows outside their work, as the worker says: their own record, family, an ex-partner.

    Whether that person is known here is never told to the worker; if they are, the worker sees nothing of them.
    Source: trust.md C08, D1.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("hubs.Worker", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    born_on = models.DateField(null=True)
    nhs_number = models.CharField(max_length=10, blank=True, default="")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["worker", "until_at"], name="declared_worker"),
            models.Index(fields=["hub", "born_on"], condition=Q(until_at__isnull=True), name="declared_birthday"),
            models.Index(fields=["nhs_number"], condition=Q(until_at__isnull=True) & ~Q(nhs_number=""), name="declared_number"),
        ]


class KeptAway(models.Model):
    """A worker, a team or an organisation that is kept away from one person, by an exclusion or by what a worker declared."""

    exclusion = models.ForeignKey(Exclusion, null=True, on_delete=models.PROTECT, related_name="kept_away")
    declared = models.ForeignKey(DeclaredRelation, null=True, on_delete=models.PROTECT, related_name="kept_away")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    worker = models.ForeignKey("hubs.Worker", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    team = models.ForeignKey("hubs.Team", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("hubs.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False, team__isnull=True, organisation__isnull=True)
                | Q(worker__isnull=True, team__isnull=False, organisation__isnull=True)
                | Q(worker__isnull=True, team__isnull=True, organisation__isnull=False),
                name="one_is_kept_away",
            ),
            models.CheckConstraint(
                condition=Q(exclusion__isnull=False, declared__isnull=True) | Q(exclusion__isnull=True, declared__isnull=False),
                name="kept_away_for_one_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["worker", "person", "until_at"], name="kept_away_worker_person"),
            models.Index(fields=["person", "worker", "organisation", "team", "from_at", "until_at"], name="kept_away_person"),
        ]


class Objection(models.Model):
    """The person does not want what others wrote to be seen by an organisation, or by anybody but who wrote it.

    It stops sharing between organisations and nothing else: an organisation keeps sight of what it wrote itself.
    Source: trust.md C05; promise 8 (per organisation, per item).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    organisation = models.ForeignKey("hubs.Organisation", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    """None means every organisation but the one that wrote it."""
    item = models.UUIDField(null=True)
    """The public id of the one record that is meant; none means the whole record."""
    from_at = models.DateTimeField()
    written_by = models.ForeignKey("hubs.Hat", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    until_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "organisation", "item", "from_at", "until_at"], name="objection_person")]
