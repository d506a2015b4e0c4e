"""The append-only journal: every change (Entry) and every look (Look), by ids and codes only, and the seals over both."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class WhoAsked(models.Model):
    """Who did it, as ids; the journal names everything by id and kind and points at nothing."""

    at = models.DateTimeField()
    hub_id = models.BigIntegerField(null=True)
    actor_kind = models.CharField(max_length=10)
    actor_name = models.CharField(max_length=40, blank=True)
    """The name of a system task or client; never a person's."""
    user_id = models.BigIntegerField(null=True)
    hat_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Entry(WhoAsked):
    """One change: written by `@command` in the transaction of the change itself.

    Source: design.md (the journal is the spine); trust.md C23, P6.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    """Nothing looks an entry up by it, and a random key in an index is a page of the disk for every entry: so it has none."""
    command = models.CharField(max_length=60)
    part_of = models.UUIDField(null=True)
    """The public id of the outer command's entry, when one command called another."""
    person_id = models.BigIntegerField(null=True)
    author_organisation_id = models.BigIntegerField(null=True)
    label = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=dict)
    """Ids, codes, dates and numbers; a text that is not a code is an error when it is written."""

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "-at", "-id"], name="entry_person_newest"),
            models.Index(fields=["hub_id", "command", "at"], name="entry_hub_command"),
        ]


class Look(WhoAsked):
    """One look: a page, list, search or denial, with the ids of the people it showed."""

    page = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, default="shown")
    """shown, or refused."""
    reason = models.CharField(max_length=40, blank=True)
    person_ids = models.JSONField(default=list)
    about_id = models.BigIntegerField(null=True)
    """The one person whose own page it was, so that "who looked at me" is an index descent."""

    class Meta:
        indexes = [
            models.Index(fields=["hub_id", "at"], name="look_hub_at"),
            models.Index(fields=["about_id", "-at", "-id"], name="look_about_newest", condition=Q(about_id__isnull=False)),
        ]


class Seal(models.Model):
    """One link of the keyed chain over the journal: which rows it covers, their digests, and what follows from the link before.

    Source: trust.md C23, P6; ADR 0015. Written by the one sealer (`sealing.py`) and by nobody else.
    """

    number = models.BigIntegerField(primary_key=True)
    """From 1, without a gap."""
    at = models.DateTimeField()
    form = models.PositiveSmallIntegerField()
    """Which columns it covers (`chain.FORMS`)."""
    key_mark = models.CharField(max_length=16)
    """Which key made it; nothing of the key can be told from it."""
    rows = models.PositiveIntegerField()
    """How many rows it covers; said again by what it covers."""
    covers = models.TextField()
    """`chain.Content`, letter by letter as it was hashed."""
    digests = models.BinaryField()
    hash = models.CharField(max_length=64)


class HandedHead(models.Model):
    """The end of the chain as it was handed to another organisation: what it holds can no longer be cut off or written again."""

    at = models.DateTimeField()
    hub_id = models.BigIntegerField()
    organisation_id = models.BigIntegerField()
    number = models.BigIntegerField()
    """The seal."""
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["hub_id", "organisation_id", "-at"], name="head_handed_last")]


class Heartbeat(models.Model):
    """When a background task was last alive; the only table here that is written over."""

    task = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()
