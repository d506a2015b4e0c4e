"""What somebody says is wrong in an entry, until whoever keeps it has looked, and whoever said so has heard."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.access.policy import check_is_part_or_system
from alongside.hubs.queries import local_date, next_working_day
from alongside.journal.command import command, note
from alongside.journey.directory.commands.editors import tell_editors
from alongside.journey.directory.models import Correction, Editor, Service
from alongside.journey.directory.policies import check_can_keep
from alongside.journey.directory.queries.corrections import correction_of_editor, lock_correction, reporters_to_forget
from alongside.journey.directory.queries.editors import lock_by_link
from alongside.journey.directory.rules import CORRECTION_DAYS, CORRECTIONS_AT_MOST
from alongside.messages.commands import write_to_keeper
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint, new_token

TOLD = counting.Limit("entry_wrong_told", 1, timedelta(days=1))
"""E-mails to the editors of one entry that something is said to be wrong, however many say so."""


class SayWhatWasDone(Invalid):
    code = "say_what_was_done"
    message = _("Say in one line what was done. If nothing is wrong, press the other button.")


class SaidAlready(Invalid):
    code = "said_already"
    message = _("Thank you. Others have said so too, and somebody is looking already.")


@command("service.correction_suggested")
def suggest_correction(
    *, actor: Actor, at: datetime, hub_id: int, service_id: UUID, words: str, kind: str = "", email: str = "", token: str = ""
) -> Correction:
    """Say that something is wrong with an entry; anybody may, and whoever keeps it has five working days to look.

    In:       `email`, where whoever says so wants to hear once what became of it; `token`, of a private link to see it by.
    Refuses:  NotFound; SaidAlready when as many wait for one entry as are kept of it.
    Also:     whoever keeps the entry by a link is told by e-mail, once a day at most.
    Source:   issue "The living directory" 4; trust.md C17 (what anybody may send is bounded).
    """
    service = Service.objects.filter(public_id=service_id, hub_id=hub_id).first()
    if service is None:
        raise NotFound
    if service.corrections.filter(settled_at__isnull=True).count() >= CORRECTIONS_AT_MOST:
        raise SaidAlready
    made = Correction.objects.create(
        service=service,
        hub_id=hub_id,
        at=at,
        words=words[:1000],
        kind=kind,
        due_on=next_working_day(hub_id, local_date(at), after=CORRECTION_DAYS),
        email=email.strip().casefold(),
        link_fingerprint=fingerprint(token) if token else "",
    )
    if service.closed_at is None and counting.tries(((TOLD, (service.pk,)),), at=at):
        tell_editors(actor=actor, at=at, service=service, template="entry_wrong")
    note(service=service.public_id, correction=made.public_id)
    return made


@command("service.correction_settled")
def settle_correction(*, actor: Actor, at: datetime, correction_id: UUID, was_so: bool, done: str = "") -> Correction:
    """Say what was done about something that was wrong with an entry, or that it is not so.

    Refuses:  NotThisRole for a role that keeps no entries; NotFound for an entry that is not theirs to keep; AlreadyDone, also of
              what is settled with a change that waits; SayWhatWasDone.
    Also:     the entry itself is changed, confirmed or closed by its own commands; whoever said so hears, where they left an address.
    """
    check_can_keep(actor)
    correction = lock_correction(actor, correction_id)
    check_can_keep(actor, correction.service)
    correction.settled_by_id = actor.hat_id
    return _settle(actor, at, correction, was_so, done)


@command("service.correction_settled_by_link")
def settle_correction_by_link(
    *, actor: Actor, at: datetime, token: str, correction_id: UUID, was_so: bool, done: str = ""
) -> Correction:
    """Say by the private link of an entry what was done about something that was wrong with it; as `settle_correction`.

    Refuses:  NotFound for a link that opens nothing, or for another entry's; AlreadyDone; SayWhatWasDone.
    """
    editor: Editor = lock_by_link(token, at)
    correction = correction_of_editor(editor, correction_id)
    correction.settled_editor = editor
    return _settle(actor, at, correction, was_so, done)


@command("service.reporters_forgotten")
def forget_who_said_so(*, actor: Actor, at: datetime, hub_id: int) -> int:
    """Forget the e-mail addresses of those who said that something is wrong when nobody has looked for half a year; give how many."""
    check_is_part_or_system(actor)
    forgotten = reporters_to_forget(hub_id, at).update(email="")
    note(count=forgotten)
    return forgotten


def _settle(actor: Actor, at: datetime, correction: Correction, was_so: bool, done: str) -> Correction:
    if correction.settled_at or correction.change_id:
        raise AlreadyDone
    if was_so and not done.strip():
        raise SayWhatWasDone
    correction.settled_at, correction.was_so, correction.done = at, was_so, done.strip()
    if correction.email:
        _tell_who_said_so(actor, at, correction)
    correction.save()
    note(service=correction.service.public_id, correction=correction.public_id, was_so=was_so)
    return correction


def _tell_who_said_so(actor: Actor, at: datetime, correction: Correction) -> None:
    """Send one e-mail with a link to what became of it, and forget the address."""
    token, to = new_token(), correction.email
    correction.mail_fingerprint, correction.email = fingerprint(token), ""
    correction.message = write_to_keeper(
        actor=actor, at=at, hub_id=correction.hub_id, to=to, template="wrong_looked_at", path=f"/said/{token}/"
    )
