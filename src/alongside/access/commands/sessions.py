# For workers only.
"""Writes of sessions: what was shown in them, and ending them, one's own or a worker's."""

from __future__ import annotations

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac

from alongside.access.models import Session, User
from alongside.access.policy import may
from alongside.hubs.models import Hat
from alongside.hubs.queries import live
from alongside.journal.command import command, note
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


def name_of(session_key: str) -> str:
    """Give what a session is called on a page: its key itself would let whoever reads it in."""
    return salted_hmac("alongside.access.session", session_key).hexdigest()[:32]


@command("session.stepped_up")
def note_step_up(*, actor: Actor, at: datetime, how: str) -> None:
    """Write down that somebody has shown again that it is them."""
    note(how=how)


@command("session.ended")
def end_session(*, actor: Actor, at: datetime, name: str) -> int:
    """End one of one's own sessions, from its next request on.

    Refuses:  NotFound for what is not a session of this very account.
    """
    mine = Session.objects.filter(user_id=actor.user_id or 0)
    found = next((one for one in mine if constant_time_compare(name_of(one.session_key), name)), None)
    if found is None:
        raise NotFound
    note(user=actor.user_id)
    return found.delete()[0]


@command("session.others_ended")
def end_other_sessions(*, actor: Actor, at: datetime, but: str) -> int:
    """End every session of one's own but the one in which this is asked."""
    ended = Session.objects.filter(user_id=actor.user_id or 0).exclude(session_key=but).delete()[0]
    note(user=actor.user_id, count=ended)
    return ended


@command("worker.signed_out")
def sign_worker_out(*, actor: Actor, at: datetime, hub_id: int, worker_id: int) -> int:
    """End every session of somebody who works in this hub, from their next request on; they may sign in again.

    Refuses:  NotThisRole for whoever neither leads the hub nor allocates in it; NotFound for somebody who does not work here.
    Source:   trust.md C15 (remote sign-out), T11.
    """
    _check_can_sign_out(actor, hub_id)
    user = User.objects.filter(worker__pk=worker_id).first()
    if user is None or not Hat.objects.filter(live(at), worker_id=worker_id, hub_id=hub_id).exists():
        raise NotFound
    ended = Session.objects.filter(user=user).delete()[0]
    note(user=user.pk, count=ended)
    return ended


def _check_can_sign_out(actor: Actor, hub_id: int) -> None:
    if actor.is_system:
        return
    if actor.hub_id != hub_id:
        raise NotFound
    if not (may(actor, "settings") or may(actor, "allocate")):
        raise NotThisRole
