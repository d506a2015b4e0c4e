# For workers only.
"""Writes of whom a provider means by a subject; never decided by an e-mail address or a name."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.models import KnownElsewhere, User
from alongside.journal.command import command, note
from alongside.journal.looks import record_refusal
from alongside.refusals import AlreadyDone, NotFound
from alongside.vocabulary.actor import Actor


class LinkedToSomebodyElse(AlreadyDone):
    code = "linked_to_somebody_else"
    message = _("This sign-in already opens another account. Ask your hub lead.")


@command("account.linked_elsewhere")
def link_account_elsewhere(*, actor: Actor, at: datetime, user_id: int, issuer: str, subject: str, level: str) -> KnownElsewhere:
    """Let an account be signed in to by a provider as well: its worker has asked for it, signed in, or by their invitation.

    Refuses:  LinkedToSomebodyElse when this subject opens another account.
    """
    found = KnownElsewhere.objects.select_for_update().filter(issuer=issuer, subject=subject).first()
    if found is not None and found.user_id != user_id:
        raise LinkedToSomebodyElse
    if found is None:
        found = KnownElsewhere.objects.create(issuer=issuer, subject=subject, level=level, user_id=user_id, linked_at=at)
    note(user=user_id)
    return found


@command("account.unlinked_elsewhere")
def unlink_account_elsewhere(*, actor: Actor, at: datetime, user_id: int) -> int:
    """Let no provider sign somebody in any more, from now on.

    Refuses:  NotFound for another account than the actor's own.
    """
    if not actor.is_system and actor.user_id != user_id:
        raise NotFound
    note(user=user_id)
    return KnownElsewhere.objects.filter(user_id=user_id).delete()[0]


@command("person.linked_elsewhere")
def link_person_elsewhere(*, actor: Actor, at: datetime, person_id: int, issuer: str, subject: str, level: str) -> KnownElsewhere:
    """Remember whom a provider of people means; the caller has found them by a confirmed number and their birthday."""
    found, _made = KnownElsewhere.objects.get_or_create(
        issuer=issuer, subject=subject, defaults={"level": level, "person_id": person_id, "linked_at": at}
    )
    note(person_id=person_id)
    return found


@command("account.signed_in_elsewhere")
def sign_in_elsewhere(*, actor: Actor, at: datetime, issuer: str, subject: str) -> User | None:
    """Find the account that a provider's subject opens, and write down that it was signed in to; nobody when it opens none."""
    found = KnownElsewhere.objects.select_related("user").filter(issuer=issuer, subject=subject, user__is_active=True).first()
    note(user=found.user_id if found else None)
    return found.user if found else None


def note_not_believed(*, actor: Actor, moment: datetime, reason: str) -> None:
    """Write down that what came back from a provider was not believed, and why."""
    record_refusal(actor=actor, at=moment, page="openid", reason=reason)
