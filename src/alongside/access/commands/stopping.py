# For workers only.
"""Stopping everything of one organisation, at once, and letting it work again (C15, T07)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import may
from alongside.hubs.models import Partner, Stop
from alongside.journal.command import command, note
from alongside.refusals import AlreadyDone, Invalid, NotFound, NotThisRole
from alongside.vocabulary.actor import Actor


class NotYourOwnOrganisation(Invalid):
    code = "not_your_own_organisation"
    message = _("You would stop yourself too. Ask another lead, or whoever runs the installation.")


@command("organisation.stopped")
def stop_organisation(*, actor: Actor, at: datetime, hub_id: int, organisation_id: int, because: str) -> Stop:
    """Stop every hat and every system of an organisation in this hub, from its next request on.

    Refuses:  NotThisRole for whoever may not; NotFound for whoever is no partner; AlreadyDone; NotYourOwnOrganisation, since nobody
              would be left to lift it.
    Also:     nothing of theirs ends or is lost: whoever they hold is on Nobody lost until somebody acts, or until it is lifted.
    Source:   trust.md C15, T07.
    """
    check_can_stop(actor, hub_id)
    if actor.organisation_id == organisation_id:
        raise NotYourOwnOrganisation
    of_it = {"hub_id": hub_id, "organisation_id": organisation_id}
    if not Partner.objects.select_for_update().filter(**of_it, until_at__isnull=True).exists():
        raise NotFound
    if Stop.objects.filter(**of_it, until_at__isnull=True).exists():
        raise AlreadyDone
    made = Stop.objects.create(**of_it, because=because, from_at=at, stopped_by_id=actor.hat_id)
    note(organisation=organisation_id, because=because)
    return made


@command("organisation.let_back")
def let_organisation_back(*, actor: Actor, at: datetime, hub_id: int, organisation_id: int) -> Stop:
    """Let an organisation's hats and systems work again, from their next request on, as they stood when they were stopped."""
    check_can_stop(actor, hub_id)
    stop = Stop.objects.select_for_update().filter(hub_id=hub_id, organisation_id=organisation_id, until_at__isnull=True).first()
    if stop is None:
        raise NotFound
    stop.until_at, stop.lifted_by_id = at, actor.hat_id
    stop.save(update_fields=["until_at", "lifted_by"])
    note(organisation=organisation_id, because=stop.because)
    return stop


def check_can_stop(actor: Actor, hub_id: int) -> None:
    """Refuse everybody but a lead of this very hub, its system administrator, and the installation itself."""
    if actor.is_system:
        return
    if actor.hub_id != hub_id:
        raise NotFound
    if not (may(actor, "settings") or may(actor, "technical")):
        raise NotThisRole
