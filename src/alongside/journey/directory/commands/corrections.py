"""What somebody says is wrong in an entry, and what was done about it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.journal.command import command, note
from alongside.journey.directory.models import (
    Correction,
    Service,
)
from alongside.journey.directory.policies import check_can_keep
from alongside.journey.directory.queries.corrections import lock_correction
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor


class SayWhatWasDone(Invalid):
    code = "say_what_was_done"
    message = _("Say in one line what was done. If nothing is wrong, press the other button.")


@command("service.correction_suggested")
def suggest_correction(*, actor: Actor, at: datetime, hub_id: int, service_id: UUID, words: str) -> Correction:
    """Say that something is wrong with an entry; anybody may, and the editor looks."""
    service = Service.objects.filter(public_id=service_id, hub_id=hub_id).first()
    if service is None:
        raise NotFound
    made = Correction.objects.create(service=service, hub_id=hub_id, at=at, words=words[:1000])
    note(service=service.public_id, correction=made.public_id)
    return made


@command("service.correction_settled")
def settle_correction(*, actor: Actor, at: datetime, correction_id: UUID, was_so: bool, done: str = "") -> Correction:
    """Say what was done about something that was wrong with an entry, or that it is not so.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for an entry that is not theirs to keep; AlreadyDone, also of
              what is settled with a change that waits; SayWhatWasDone.
    Also:     the entry itself is changed, confirmed or closed by its own commands.
    """
    check_can_keep(actor)
    correction = lock_correction(actor, correction_id)
    check_can_keep(actor, correction.service)
    if correction.settled_at or correction.change_id:
        raise AlreadyDone
    if was_so and not done.strip():
        raise SayWhatWasDone
    correction.settled_at, correction.settled_by_id = at, actor.hat_id
    correction.was_so, correction.done = was_so, done.strip()
    correction.save(update_fields=["settled_at", "settled_by", "was_so", "done"])
    note(service=correction.service.public_id, correction=correction.public_id, was_so=was_so)
    return correction
