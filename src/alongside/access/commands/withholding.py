# For workers only.
"""Writes of what a person's own channel shows: an item is withheld from them, looked at again, released."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.models import WHY_WITHHELD, Release, Withholding
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert

LONGEST = 365
"""Days after which somebody looks again at the latest whether an item is still to be withheld (ours)."""


class ReviewWithinAYear(Invalid):
    code = "review_within_a_year"
    message = _("Choose a day from tomorrow on, at most a year ahead.")


@command("item.withheld")
def withhold(*, actor: Actor, at: datetime, person_id: int, item: UUID, reason: str, review_on: date) -> Withholding:
    """Keep one item out of the person's own channel; a release of it ends. Who may is decided by the command that calls it.

    Refuses:  ReviewWithinAYear; AlreadyDone when it is withheld.
    Source:   trust.md C06, C10.
    """
    policy.check_is_part_or_system(actor)
    if reason not in WHY_WITHHELD:
        raise NotFound
    if not 0 < (review_on - local_date(at)).days <= LONGEST:
        raise ReviewWithinAYear
    if Withholding.objects.filter(item=item, until_at__isnull=True).exists():
        raise AlreadyDone
    Release.objects.filter(item=item, until_at__isnull=True).update(until_at=at)
    made = insert(
        Withholding(
            hub_id=actor.hub,
            person_id=person_id,
            item=item,
            reason=reason,
            decided_by_id=actor.hat,
            from_at=at,
            review_on=review_on,
        )
    )
    note(person_id=person_id, label="circle", item=item, reason=reason, review_on=review_on)
    return made


@command("item.released")
def release(*, actor: Actor, at: datetime, person_id: int, item: UUID, is_circle: bool) -> bool:
    """Let the person see an item: its withholding ends, and a circle item is released to them. Out: whether anything changed."""
    policy.check_is_part_or_system(actor)
    ended = Withholding.objects.filter(person_id=person_id, item=item, until_at__isnull=True)
    changed = bool(ended.update(until_at=at, ended_by_id=actor.hat))
    if is_circle and not Release.objects.filter(item=item, until_at__isnull=True).exists():
        insert(Release(hub_id=actor.hub, person_id=person_id, item=item, released_by_id=actor.hat, from_at=at))
        changed = True
    if not changed:
        raise AlreadyDone
    note(person_id=person_id, label="circle", item=item)
    return changed
