# For workers only.
"""Writes of pictures and papers that belong to an entry of the story, and of their leaving."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import take_out
from alongside.files.received import Clean
from alongside.journal.command import command, note
from alongside.people.models import AttachedBytes, Attachment, StoryEntry
from alongside.people.policies import check_can_read_story, check_can_write_story, check_wears_a_hat
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert

A_PERSON = 100 * 1024 * 1024
"""So many bytes are kept about one person (ours)."""
A_DAY = 40
"""So many files one worker attaches in a day (ours)."""


class NoMoreRoom(Invalid):
    code = "no_more_room"
    message = _("There is no more room for files of this person, or you have attached many today. Nothing was kept.")


@command("file.attached")
def attach(*, actor: Actor, at: datetime, person_id: int, entry_id: UUID, file: Clean, caption: str = "") -> Attachment:
    """Attach a picture or paper to an entry of the story; it is seen by whoever sees the entry.

    Refuses:  NotFound for an entry that the actor does not see; NoMoreRoom.
    Source:   trust.md C20, P10 (quotas for each person, and for each worker and day).
    """
    check_can_write_story(actor, person_id, at=at)
    entry = _entry(actor, person_id, entry_id, at)
    kept = Attachment.objects.filter(entry__person_id=person_id).aggregate(sum=Sum("size"))["sum"] or 0
    today = Attachment.objects.filter(written_by_id=actor.hat, at__gt=at - timedelta(days=1)).count()
    if kept + len(file.content) > A_PERSON or today >= A_DAY:
        raise NoMoreRoom
    made = insert(
        Attachment(
            entry=entry,
            kind=file.kind,
            size=len(file.content),
            caption=caption.strip()[:200],
            at=at,
            written_by_id=check_wears_a_hat(actor),
        )
    )
    insert(AttachedBytes(attachment_id=made.pk, content=file.content))
    note(person_id=person_id, label=entry.label, entry=entry.public_id, attachment=made.public_id, kind=file.kind, size=made.size)
    return made


@command("file.opened")
def open_attachment(*, actor: Actor, at: datetime, person_id: int, attachment_id: UUID) -> Clean:
    """Give the bytes of an attachment to whoever may see its entry; that it left is written down first."""
    check_can_read_story(actor, person_id, at=at)
    found = Attachment.objects.filter(public_id=attachment_id, entry__person_id=person_id).select_related("entry").first()
    if found is None:
        raise NotFound
    entry = _entry(actor, person_id, found.entry.public_id, at)
    take_out(actor=actor, at=at, what="attachment", how=found.kind, reason="work", person_ids=[person_id])
    note(person_id=person_id, label=entry.label, attachment=found.public_id)
    return Clean(found.kind, bytes(AttachedBytes.objects.get(pk=found.pk).content))


def _entry(actor: Actor, person_id: int, entry_id: UUID, at: datetime) -> StoryEntry:
    entries = StoryEntry.objects.filter(person_id=person_id, public_id=entry_id)
    found = policy.visible_to(actor, entries, at=at).first()
    if found is None:
        raise NotFound
    return found
