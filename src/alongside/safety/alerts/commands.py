# For workers only.
"""Writes of alerts: written, ended, gone on their day, passed on when whoever had one has gone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.members.commands import create_task
from alongside.members.models import Holding
from alongside.people.policies import check_can_write_story, check_is_alive, check_wears_a_hat
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.safety.alerts.codes import BECAUSE, KINDS, LABELS
from alongside.safety.alerts.queries import alerts_left_behind, may_own
from alongside.safety.alerts.rules import free_place, is_an_end, look_on
from alongside.safety.models import Alert
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import start_of
from alongside.writes import insert


class FiveAlready(Invalid):
    code = "five_already"
    message = _("Five alerts are all that anybody reads, and there are five. Which of them ends with this one?")


class AlertNotWell(Invalid):
    code = "alert_not_well"
    message = _("Say what it warns of, in 120 letters at most.")


class AlertTooLong(Invalid):
    code = "alert_too_long"
    message = _("Choose a day from today on, at most 180 days ahead.")


class CannotOwn(Invalid):
    code = "cannot_own"
    message = _("Choose somebody who works here and is alongside them.")


@command("alert.written")
def write_alert(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    kind: str,
    words: str,
    owner_id: int,
    until_on: date,
    label: str = "open",
    instead_of: UUID | None = None,
) -> Alert:
    """Write an alert for everybody near a person; it has an owner, and is gone after its last day.

    In:       `instead_of`: the alert that ends with this one, because there is room for five.
    Refuses:  FiveAlready; AlertNotWell; AlertTooLong; CannotOwn for whoever does not work here or is not alongside them;
              TheyHaveDied; NotThisRole for a role that reads no stories.
    Also:     two at the same moment never make six: each open alert has one of five places, and no two have the same.
    Source:   trust.md H11, H25; pages.md (Person).
    """
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    check_is_alive(person)
    on = local_date(at)
    if kind not in KINDS or label not in LABELS or not words.strip() or len(words.strip()) > 120:
        raise AlertNotWell
    if not is_an_end(until_on, on):
        raise AlertTooLong
    owner = may_own(person_id, at).filter(hub_id=person.hub_id, pk=owner_id).first()
    if owner is None or not policy.role_may(owner.role, "read_story"):
        raise CannotOwn
    for gone in Alert.objects.filter(person_id=person_id, ended_at__isnull=True, until_at__lte=at):
        end_past_its_day(actor=actor, at=at, alert_id=gone.pk)
    if instead_of is not None:
        end_alert(actor=actor, at=at, person_id=person_id, alert_id=instead_of, because="another")
    place = free_place(list(Alert.objects.filter(person_id=person_id, ended_at__isnull=True).values_list("place", flat=True)))
    if place is None:
        raise FiveAlready
    made = insert(
        Alert(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            label=label,
            kind=kind,
            words=words.strip(),
            place=place,
            owner=owner,
            from_at=at,
            written_by_id=check_wears_a_hat(actor),
            until_at=start_of(until_on + timedelta(days=1)),
            look_on=look_on(until_on, on),
        )
    )
    note(person_id=person_id, label=label, alert=made.public_id, kind=kind, owner=owner.pk, until_on=until_on)
    return made


@command("alert.ended")
def end_alert(*, actor: Actor, at: datetime, person_id: int, alert_id: UUID, because: str) -> Alert:
    """Say that an alert is needed no longer, and why; what was written stays in the record.

    Refuses:  NotFound for one whose words the actor does not read; AlreadyDone; AlertNotWell for a reason that is not on the list.
    """
    check_can_write_story(actor, person_id, at=at)
    if because not in BECAUSE:
        raise AlertNotWell
    meant = Alert.objects.select_for_update(of=("self",)).filter(person_id=person_id, public_id=alert_id)
    found = policy.visible_to(actor, meant, at=at).first()
    if found is None:
        raise NotFound
    if found.ended_at:
        raise AlreadyDone
    found.ended_at, found.ended_by_id, found.ended_because = at, actor.hat_id, because
    found.save(update_fields=["ended_at", "ended_by", "ended_because"])
    note(person_id=person_id, label=found.label, alert=found.public_id, because=because)
    return found


@command("alert.over")
def end_past_its_day(*, actor: Actor, at: datetime, alert_id: int) -> Alert | None:
    """Write down that an alert ended by itself, at the moment from which it was shown no longer; None when it has ended already."""
    policy.check_is_part_or_system(actor)
    found = Alert.objects.select_for_update().filter(pk=alert_id, ended_at__isnull=True, until_at__lte=at).first()
    if found is None:
        return None
    found.ended_at, found.ended_because = found.until_at, "over"
    found.save(update_fields=["ended_at", "ended_because"])
    note(person_id=found.person_id, label=found.label, alert=found.public_id)
    return found


@command("alert.asked_about")
def ask_whether_it_is_needed(*, actor: Actor, at: datetime, alert_id: int) -> Alert | None:
    """Ask its owner once, a week before its end, whether an alert is still needed; None when somebody was asked already."""
    policy.check_is_part_or_system(actor)
    found = Alert.objects.select_for_update().filter(pk=alert_id, asked_at__isnull=True, ended_at__isnull=True).first()
    if found is None:
        return None
    found.asked_at = at
    found.save(update_fields=["asked_at"])
    create_task(
        actor=actor, at=at, person_id=found.person_id, what="alert_ends", hat_id=found.owner_id, team_id=found.owner_team_id,
        due_on=max(local_date(at), local_date(found.until_at - timedelta(seconds=1))),
    )  # fmt: skip
    note(person_id=found.person_id, label=found.label, alert=found.public_id)
    return found


@command("alert.passed_on")
def pass_on_alert(*, actor: Actor, at: datetime, alert_id: int) -> Alert | None:
    """Give an alert whose owner has gone to whoever holds the person, who is told so; None when its owner is there after all.

    Source: trust.md H25 (an alert without an owner is nobody's); issue “trust”, A8.
    """
    policy.check_is_part_or_system(actor)
    found = Alert.objects.select_for_update().filter(pk=alert_id, ended_at__isnull=True).first()
    if found is None or (found.pk, found.hub_id) not in alerts_left_behind(at):
        return None
    holding = Holding.objects.get(open_for=found.person_id)
    found.owner_id, found.owner_team_id = holding.hat_id, holding.team_id
    found.save(update_fields=["owner", "owner_team"])
    create_task(actor=actor, at=at, person_id=found.person_id, what="alert_is_yours", due_on=local_date(at))
    note(person_id=found.person_id, label=found.label, alert=found.public_id)
    return found
