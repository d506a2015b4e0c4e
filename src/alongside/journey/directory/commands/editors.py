"""Inviting somebody at a service to keep its entry by a private link, asking them before it fades, and taking the link back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import counting
from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.models import Editor, Service
from alongside.journey.directory.queries.editors import lock_to_keep
from alongside.journey.directory.rules import LINK_LASTS
from alongside.messages.commands import write_to_keeper
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.email_address import is_email
from alongside.vocabulary.reference import fingerprint, new_token

INVITES = counting.Limit("entry_invites", 6, counting.HOUR)
"""E-mails with a link to one entry, whoever asks for them."""


class InvitedAlready(Invalid):
    code = "invited_already"
    message = _("Somebody with this address keeps the entry already. Send them a new link instead.")


class NoAddress(Invalid):
    code = "no_address"
    message = _("Write an e-mail address with an @, like name@example.com.")


class ItHasClosed(Invalid):
    code = "it_has_closed"
    message = _("This service has closed. Nobody keeps its entry.")


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited, with the private link that is kept nowhere in clear once it has left."""

    editor: Editor
    token: str


@command("editor.invited")
def invite_editor(*, actor: Actor, at: datetime, service_id: UUID, email: str) -> Invited:
    """Invite somebody at a service by e-mail to keep its entry, and no other, by a private link.

    Refuses:  NotThisRole; NotFound for an entry that is not the actor's to keep; ItHasClosed; NoAddress; InvitedAlready;
              TooManyTries beyond six e-mails an hour for one entry.
    Also:     the link goes by the one gate; it is kept as a fingerprint, ends by itself after eight weeks, and can be taken back.
    Source:   S2-320; peers.md 5.2, 5.9; trust.md C17.
    """
    service = lock_to_keep(actor, service_id)
    if service.closed_at:
        raise ItHasClosed
    to = email.strip().casefold()
    if not is_email(to):
        raise NoAddress
    if service.editors.filter(email=to, ended_at__isnull=True).exists():
        raise InvitedAlready
    if not counting.tries(((INVITES, (service.pk,)),), at=at):
        raise counting.TooManyTries
    token = new_token()
    editor = Editor.objects.create(
        service=service,
        hub_id=service.hub_id,
        email=to,
        invited_at=at,
        invited_by_id=actor.hat_id,
        link_fingerprint=fingerprint(token),
        until_at=at + LINK_LASTS,
    )
    _send(actor, at, editor, token, "entry_invited")
    note(service=service.public_id, editor=editor.public_id)
    return Invited(editor, token)


@command("editor.link_renewed")
def renew_editors_link(*, actor: Actor, at: datetime, service_id: UUID, editor_id: UUID) -> Invited:
    """Send an editor a new link; the one before opens nothing from now on.

    Refuses:  as `invite_editor`.
    """
    service = lock_to_keep(actor, service_id)
    if service.closed_at:
        raise ItHasClosed
    editor = _standing(service, editor_id)
    if not counting.tries(((INVITES, (service.pk,)),), at=at):
        raise counting.TooManyTries
    token = _renew(actor, at, editor, "entry_invited")
    note(service=service.public_id, editor=editor.public_id)
    return Invited(editor, token)


@command("editor.taken_back")
def take_back_editor(*, actor: Actor, at: datetime, service_id: UUID, editor_id: UUID) -> Editor:
    """Let somebody keep an entry no more: their link opens nothing from now on; what they said before stays.

    Refuses:  NotThisRole; NotFound for an entry that is not the actor's to keep; AlreadyDone.
    """
    service = lock_to_keep(actor, service_id)
    editor = _standing(service, editor_id)
    editor.ended_at, editor.ended_by_id = at, actor.hat_id
    editor.save(update_fields=["ended_at", "ended_by"])
    note(service=service.public_id, editor=editor.public_id)
    return editor


@command("service.keepers_asked")
def ask_keepers(*, actor: Actor, at: datetime, service_id: UUID) -> int:
    """Ask everybody who keeps an entry by a link, by e-mail, whether it is still true: once before each time it fades.

    Out:      how many were asked; none when it was asked before, was confirmed meanwhile, or has closed.
    Also:     each e-mail carries a new link, which lasts until four weeks after the entry fades.
    Source:   S2-320 (reminders); peers.md 5.2.
    """
    check_is_part_or_system(actor)
    service = Service.objects.select_for_update().get(public_id=service_id)
    if service.closed_at or service.confirmed_at is None or (service.asked_at and service.asked_at >= service.confirmed_at):
        return 0
    service.asked_at, asked = at, tell_editors(actor=actor, at=at, service=service, template="entry_to_confirm")
    service.save(update_fields=["asked_at"])
    note(service=service.public_id, asked=asked)
    return asked


@command("service.keepers_told")
def tell_editors(*, actor: Actor, at: datetime, service: Service, template: str, but: Editor | None = None) -> int:
    """Write to everybody who keeps an entry by a link, but for one, each with a new link; give how many.

    Refuses:  NotPermitted unless it is a part of another command, or asked for by the system.
    """
    check_is_part_or_system(actor)
    keep = service.editors.select_for_update().filter(ended_at__isnull=True)
    editors = list((keep.exclude(pk=but.pk) if but else keep).order_by("pk"))
    for editor in editors:
        _renew(actor, at, editor, template)
    note(service=service.public_id, told=len(editors))
    return len(editors)


def _standing(service: Service, editor_id: UUID) -> Editor:
    editor = service.editors.select_for_update().filter(public_id=editor_id).first()
    if editor is None:
        raise NotFound
    if editor.ended_at:
        raise AlreadyDone
    return editor


def _renew(actor: Actor, at: datetime, editor: Editor, template: str) -> str:
    token = new_token()
    editor.link_fingerprint, editor.until_at = fingerprint(token), at + LINK_LASTS
    _send(actor, at, editor, token, template)
    return token


def _send(actor: Actor, at: datetime, editor: Editor, token: str, template: str) -> None:
    editor.link_message = write_to_keeper(
        actor=actor, at=at, hub_id=editor.hub_id, to=editor.email, template=template, path=f"/entry/{token}/"
    )
    editor.save(update_fields=["link_fingerprint", "until_at", "link_message"])
