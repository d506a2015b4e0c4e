"""The one abstract base of every record about a person: what the policy needs to know of it."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.access.guarded import GuardedManager

LABELS = ("open", "sensitive", "circle")


class PersonRecord(models.Model):
    """Who it is about, which organisation wrote it, its label and flags.

    Its keys bring no index of their own: each record states the indexes that its queries need, and no other.
    The key to the person is lazy and is the only key that points up the house (ADR 0006).
    """

    CATEGORY: ClassVar[str]
    """Which part of the record it is (`access/codes.py`): an agreement may cover some and not others."""
    IN_VAULT: ClassVar[bool] = False
    """Whether no list, page or export ever shows it: it is opened one at a time, with a reason (trust.md C11)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    hub = models.ForeignKey("hubs.Hub", on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="%(class)ss", db_index=False)
    author_organisation = models.ForeignKey("hubs.Organisation", on_delete=models.PROTECT, related_name="+", db_index=False)
    """Who wrote it down; what comes in by a public door is written down by the organisation of the team that receives it."""
    label = models.CharField(max_length=10, default="open")
    third_party = models.BooleanField(default=False)
    """Words of, or about, somebody else: kept apart from the person's own."""

    objects = GuardedManager()

    class Meta:
        abstract = True
        constraints = [models.CheckConstraint(condition=Q(label__in=LABELS), name="%(app_label)s_%(class)s_label_known")]
