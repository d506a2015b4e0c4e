# For workers only.
"""Writes of what gives sight: relationships, names on a circle, overrides, broken glass."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.models import GLASS_LASTS, CircleName, Glass, Override, Relationship
from alongside.access.rules import review_by
from alongside.hubs.models import Hat, Hub
from alongside.hubs.queries import bank_holidays, local_date, works_here
from alongside.journal.command import command, note
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, insert_later

REASON = 20
"""So many letters a reason has at least (trust.md C09)."""


class SayWhy(Invalid):
    code = "say_why"
    message = _("Say in a few words why, so that whoever reviews it understands: 20 letters or more.")


class NotYourOwn(Invalid):
    code = "not_your_own"
    message = _("Somebody else has to review what you opened yourself.")


class CannotBeShown(Invalid):
    code = "cannot_be_shown"
    message = _("This cannot be shown to whom you chose. Choose somebody else.")


@command("relationship.opened")
def open_relationship(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    person_id: int,
    kind: str,
    because: tuple[str, int],
    hat_id: int | None = None,
    team_id: int | None = None,
    from_at: datetime | None = None,
    until_at: datetime | None = None,
) -> Relationship:
    """Give one hat or one team a reason to see a person, naming the fact that gives it; now, or between two moments.

    Source: design.md section 5 (every fact that gives or denies sight is a row of access's own tables).
    """
    policy.check_is_part_or_system(actor)
    found = Relationship(
        hub_id=hub_id,
        person_id=person_id,
        kind=kind,
        hat_id=hat_id,
        team_id=team_id,
        because_kind=because[0],
        because_id=because[1],
        from_at=from_at or at,
        until_at=until_at,
    )
    insert_later(found)
    note(person_id=person_id, kind=kind, because=because[0], hat=hat_id, team=team_id)
    return found


@command("relationship.ended")
def end_relationships(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    because: tuple[str, int],
    until_at: datetime | None = None,
    kind: str | None = None,
) -> int:
    """End the relationships that one fact gave, now or at a later moment (28 days after a handover is settled).

    Out: how many were ended. An end that lies earlier is never put off.
    Source: trust.md C03.
    """
    policy.check_is_part_or_system(actor)
    until = until_at or at
    found = Relationship.objects.filter(person_id=person_id, because_kind=because[0], because_id=because[1]).filter(
        Q(until_at__isnull=True) | Q(until_at__gt=until)
    )
    if kind:
        found = found.filter(kind=kind)
    count = found.update(until_at=until)
    note(person_id=person_id, because=because[0], ended=count)
    return count


@command("circle.named")
def name_in_circle(*, actor: Actor, at: datetime, hub_id: int, person_id: int, item: UUID, worker_ids: Iterable[int]) -> int:
    """Put workers on the list of one circle item; nobody else sees it, whatever their role. Out: how many.

    Source: trust.md C06.
    """
    policy.check_is_part_or_system(actor)
    named = [
        CircleName(hub_id=hub_id, person_id=person_id, item=item, worker_id=key, named_by_id=actor.hat_id, from_at=at)
        for key in dict.fromkeys(worker_ids)
    ]
    insert_later(*named)
    note(person_id=person_id, label="circle", item=item, count=len(named))
    return len(named)


@command("glass.broken")
def break_glass(*, actor: Actor, at: datetime, person_id: int, category: str, reason: str) -> Glass:
    """Open one person's record to this hat for four hours; whoever reviews it sees it at once.

    Refuses:  SayWhy without a reason of twenty letters; NotThisRole; NotFound for whoever is kept away from the person,
              exactly as when there were nobody.
    Source:   trust.md C09, A4.
    """
    policy.check_is_part_or_system(actor)
    policy.check_may(actor, "break_glass")
    if len(reason.strip()) < REASON:
        raise SayWhy
    if actor.hub_id is None or actor.hat_id is None or policy.is_kept_away(actor, person_id, at):
        raise NotFound
    made = insert(
        Glass(
            hub_id=actor.hub_id,
            person_id=person_id,
            hat_id=actor.hat_id,
            category=category,
            reason=reason.strip()[:400],
            from_at=at,
            until_at=at + GLASS_LASTS,
            review_by=review_by(at, bank_holidays(Hub.objects.get(pk=actor.hub_id).nation, local_date(at))),
        )
    )
    note(person_id=person_id, glass=made.public_id, category=category)
    return made


@command("glass.reviewed")
def review_glass(*, actor: Actor, at: datetime, glass_id: UUID, finding: str) -> Glass:
    """Write down what a review found; whatever it found, the glass stays on the record.

    Refuses:  NotFound for everybody but the privacy officer of the hub; NotYourOwn.
    """
    policy.check_may(actor, "see_looks")
    found = Glass.objects.select_for_update().filter(public_id=glass_id, hub_id=actor.hub, reviewed_at__isnull=True).first()
    if found is None or policy.is_kept_away(actor, found.person_id, at):
        raise NotFound
    if Hat.objects.get(pk=found.hat_id).worker_id == actor.worker_id:
        raise NotYourOwn
    found.reviewed_at, found.reviewed_by_id, found.finding = at, actor.hat_id, finding
    found.save(update_fields=["reviewed_at", "reviewed_by", "finding"])
    note(person_id=found.person_id, glass=found.public_id, finding=finding)
    return found


@command("override.made")
def override_sharing(
    *, actor: Actor, at: datetime, person_id: int, item: UUID, recipient_id: int, basis: str, reason: str, until_at: datetime
) -> Override:
    """Show one item to one hat until a moment, for a reason in law, whatever was agreed or objected to.

    Refuses:  SayWhy; CannotBeShown for somebody who does not work in this hub, or whom the person does not want near.
    Source:   trust.md C05, A3; a narrow act: this item, this recipient, until then.
    """
    policy.check_is_part_or_system(actor)
    policy.check_may(actor, "override")
    if len(reason.strip()) < REASON:
        raise SayWhy
    recipient = Hat.objects.filter(works_here(at), pk=recipient_id, hub_id=actor.hub).first()
    if recipient is None or recipient.worker_id in policy.workers_kept_away_from([person_id], at):
        raise CannotBeShown
    made = insert(
        Override(
            hub_id=actor.hub,
            person_id=person_id,
            item=item,
            recipient_id=recipient_id,
            basis=basis,
            reason=reason.strip()[:400],
            made_by_id=actor.hat,
            from_at=at,
            until_at=until_at,
        )
    )
    note(person_id=person_id, label="circle", item=item, override=made.public_id, basis=basis, hat=recipient_id)
    return made


@command("override.ended")
def end_override(*, actor: Actor, at: datetime, person_id: int, override_id: UUID) -> Override:
    """End an override before its time; from the next request on the item is closed again."""
    policy.check_may(actor, "override")
    about = {"hub_id": actor.hub, "person_id": person_id}
    found = Override.objects.select_for_update().filter(public_id=override_id, until_at__gt=at, **about).first()
    if found is None or policy.is_kept_away(actor, found.person_id, at):
        raise NotFound
    found.until_at = at
    found.save(update_fields=["until_at"])
    note(person_id=found.person_id, label="circle", override=found.public_id)
    return found
