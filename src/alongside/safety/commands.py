# For workers only.
"""Writes of safety: a record opened in an emergency, an item shown for somebody's safety, somebody a worker knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import (
    break_glass,
    end_objection,
    keep_away_from_relation,
    object_to_sharing,
    override_sharing,
    release,
    settle_exclusion,
    withhold,
    write_down_relation,
)
from alongside.access.models import DeclaredRelation, Exclusion, Glass, Objection, Override, Withholding
from alongside.access.queries import item_within_reach
from alongside.hubs.models import Hat, Hub, Team
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.members.commands import create_task, take_over
from alongside.members.models import Holding
from alongside.people.models import StoryEntry
from alongside.people.policies import check_can_write_story
from alongside.people.queries import Traced, people_known_as, trace
from alongside.refusals import Invalid, NotFound, Refusal
from alongside.safety.choices.queries import get_item
from alongside.safety.models import MadeUpPerson
from alongside.safety.policies import check_can_withhold
from alongside.safety.queries import TRACES_AN_HOUR, traces_in_the_last_hour
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import start_of
from alongside.vocabulary.nhs_number import read_nhs_number


class NobodyOpens(Invalid):
    """One sentence for somebody who is not here, is not sure, or is not to be seen by this worker: they look the same."""

    code = "nobody_opens"
    message = _(
        "We could not open a record with this. Check what you wrote. In an emergency call 999, and ask the duty team of the hub."
    )


class TooOften(Refusal):
    code = "too_often"
    status = 429
    message = _("You have asked for many people within the hour. Ring the duty team of the hub: they can look for you.")


class AlreadyOver(Invalid):
    code = "already_over"
    message = _("Choose a day from today on, at most 90 days ahead.")


class NobodyElseHolds(Invalid):
    code = "nobody_else_holds"
    message = _("Whoever holds them would be kept away, and no other team here could hold them. Find them somebody first.")


LONGEST = 90
"""Days that a sharing for safety lasts at most before somebody decides again (ours)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A record that was opened, or nothing: the look that was refused is kept either way."""

    glass: Glass
    person_id: UUID


@command("emergency.opened")
def open_in_an_emergency(*, actor: Actor, at: datetime, known: Traced, category: str, reason: str) -> Opened:
    """Open somebody's record for four hours to a worker who knows three things of them, and tell whoever holds them at once.

    Refuses:  NobodyOpens when it is not one person for certain, and the same for somebody who keeps the worker away;
              TooOften; NotThisRole; SayWhy.
    Also:     a task today for whoever holds them; it waits for the privacy officer's review from this moment.
    Source:   trust.md C09, C13, H06.
    """
    policy.check_may(actor, "break_glass")
    if traces_in_the_last_hour(actor, at) >= TRACES_AN_HOUR:
        raise TooOften
    person = trace(actor.hub, known)
    if person is None:
        raise NobodyOpens
    note(person_id=person.pk)
    if MadeUpPerson.objects.filter(person=person).exists():
        raise NobodyOpens  # and the look that was refused tells the privacy officer (trust.md V9)
    try:
        glass = break_glass(actor=actor, at=at, person_id=person.pk, category=category, reason=reason)
    except NotFound:
        raise NobodyOpens from None
    create_task(actor=actor, at=at, person_id=person.pk, what="opened_in_emergency", due_on=local_date(at))
    note(person_id=person.pk, glass=glass.public_id, category=category)
    return Opened(glass, person.public_id)


@command("safety.shared")
def share_for_safety(
    *, actor: Actor, at: datetime, person_id: int, item: UUID, recipient_id: int, basis: str, reason: str, until_on: date
) -> Override:
    """Show one item of a story to one colleague until a day has ended, whatever was agreed or objected to.

    Refuses:  NotFound for an item that the lead does not see; AlreadyOver; what `override_sharing` refuses.
    Source:   trust.md C05; DfE, Information sharing (2024): consent is not needed where a child is at risk.
    """
    policy.check_may(actor, "override")
    if not 0 <= (until_on - local_date(at)).days <= LONGEST:
        raise AlreadyOver
    if not policy.visible_to(actor, StoryEntry.objects.filter(person_id=person_id, public_id=item), at=at).exists():
        raise NotFound
    made = override_sharing(
        actor=actor,
        at=at,
        person_id=person_id,
        item=item,
        recipient_id=recipient_id,
        basis=basis,
        reason=reason,
        until_at=start_of(until_on + timedelta(days=1)),
    )
    note(person_id=person_id, label="circle", override=made.public_id, basis=basis)
    return made


@command("relation.declared")
def declare_relation(
    *, actor: Actor, at: datetime, kind: str, name: str, born_on: date | None, nhs_number: str
) -> DeclaredRelation:
    """Say whom one knows outside one's work: from the next request on nothing of them is shown to this worker, in any hat.

    Also:     whether they are known here is never said. When the worker holds them, the team at the door takes over, silently.
    Refuses:  TellUsMore with neither a birthday nor a number that checks out.
    Source:   trust.md C08, D1.
    """
    number = read_nhs_number(nhs_number) if nhs_number.strip() else None
    digits = number.digits if number and number.is_valid else ""
    made = write_down_relation(actor=actor, at=at, kind=kind, name=name, born_on=born_on, nhs_number=digits)
    for person_id in people_known_as(made):
        keep_away_from_relation(actor=actor, at=at, declared_id=made.pk, worker_id=made.worker_id, person_id=person_id)
        _hand_on(actor, at, person_id)
    note(declared=made.public_id, kind=kind)
    return made


@command("relation.nobody_new")
def say_nobody_new(*, actor: Actor, at: datetime) -> int:
    """Say that one knows nobody new in these services; one is asked again in a year. Out: how many of one's hats here say so now.

    Source:   trust.md T01 (staff declare relations yearly).
    """
    said = Hat.objects.filter(worker_id=actor.worker, hub_id=actor.hub).update(said_whom_at=at)
    if not said:
        raise NotFound
    note(hats=said)
    return said


@command("sharing.stopped")
def stop_sharing(*, actor: Actor, at: datetime, person_id: int, organisation_id: int | None) -> Objection:
    """Write down that the person does not want an organisation, or any, to see what others wrote of them; at once.

    Also:     whoever holds them, or takes them over, still sees the safety summary, and what their own organisation wrote.
    Source:   promise 8; trust.md C05, H19.
    """
    check_can_write_story(actor, person_id, at=at)
    made = object_to_sharing(actor=actor, at=at, hub_id=actor.hub, person_id=person_id, organisation_id=organisation_id)
    note(person_id=person_id, objection=made.public_id)
    return made


@command("sharing.begun_again")
def begin_sharing_again(*, actor: Actor, at: datetime, person_id: int, objection_id: UUID) -> Objection:
    """Write down that the person is content to share again; at once.

    Refuses:  NotFound for what was asked about an entry that the actor does not see.
    """
    check_can_write_story(actor, person_id, at=at)
    asked = Objection.objects.filter(person_id=person_id, public_id=objection_id).first()
    if asked and asked.item:
        get_item(actor, person_id, asked.item, at)
    ended = end_objection(actor=actor, at=at, person_id=person_id, objection_id=objection_id)
    note(person_id=person_id, objection=ended.public_id)
    return ended


@command("withheld.from_the_person")
def withhold_from_person(*, actor: Actor, at: datetime, person_id: int, item: UUID, reason: str, review_on: date) -> Withholding:
    """Keep one item of a record out of what the person is shown, for a reason in law, until somebody looks again.

    Refuses:  NotThisRole; NotFound for an item that the actor does not see; ReviewWithinAYear; AlreadyDone.
    Also:     whoever holds them is asked to look again on that day; the task is kept from the person as well, so that nothing
              tells them that there is more.
    Source:   trust.md C06, C10; DPA 2018 Sch. 2 para. 16 (somebody else's confidence), Sch. 3 (serious harm).
    """
    check_can_withhold(actor, person_id, at=at)
    found = item_within_reach(actor, person_id, item, at=at)
    about: dict[str, Any] = {"actor": actor, "at": at, "person_id": person_id, "reason": reason, "review_on": review_on}
    made = withhold(item=found.public_id, **about)
    task = create_task(actor=actor, at=at, person_id=person_id, what="review_withheld", due_on=review_on)
    withhold(item=task.public_id, **about)
    note(person_id=person_id, label="circle", item=item, reason=reason)
    return made


@command("released.to_the_person")
def release_to_person(*, actor: Actor, at: datetime, person_id: int, item: UUID) -> bool:
    """Let the person see an item that was withheld from them, or a circle item; from the next page on.

    Refuses:  NotThisRole; NotFound for an item that the actor does not see; AlreadyDone when nothing keeps it from them; a
              third party's words are theirs and are not released here.
    """
    check_can_withhold(actor, person_id, at=at)
    found = item_within_reach(actor, person_id, item, at=at)
    changed = release(actor=actor, at=at, person_id=person_id, item=item, is_circle=found.label == "circle")
    note(person_id=person_id, label="circle", item=item)
    return changed


@command("exclusion.who_is_meant")
def settle_who_is_meant(
    *,
    actor: Actor,
    at: datetime,
    exclusion_id: int,
    worker_ids: Collection[int],
    team_ids: Collection[int],
    organisation_ids: Collection[int],
) -> Exclusion:
    """Say who exactly is kept away; when that is whoever holds the person, a team without them holds from now on, silently.

    Refuses:  what `settle_exclusion` refuses; NobodyElseHolds when every team of the hub is kept away.
    Also:     the ledger says only that it was agreed with the person.
    Source:   trust.md C07, H11 (an excluded duty is routed to another); promise 2.
    """
    meant = {"worker_ids": worker_ids, "team_ids": team_ids, "organisation_ids": organisation_ids}
    found = settle_exclusion(actor=actor, at=at, exclusion_id=exclusion_id, **meant)
    holding = Holding.objects.select_related("hat").get(open_for=found.person_id)
    teams = policy.teams_kept_away_from(found.person_id, at)
    worker = holding.hat.worker_id if holding.hat else None
    if holding.team_id in teams or worker in policy.workers_kept_away_from([found.person_id], at):
        door = Hub.objects.get(pk=found.hub_id).front_door_team_id
        others = Team.objects.filter(hub_id=found.hub_id, ended_at__isnull=True).exclude(pk__in=teams).order_by("pk")
        able = list(others.values_list("pk", flat=True))
        if not able:
            raise NobodyElseHolds
        take_over(actor=actor, at=at, person_id=found.person_id, why="agreed", to_team_id=door if door in able else able[0])
    note(person_id=found.person_id, label="circle", exclusion=found.public_id)
    return found


def _hand_on(actor: Actor, at: datetime, person_id: int) -> None:
    held = Holding.objects.filter(open_for=person_id, hat__worker_id=actor.worker).exists()
    door = Hub.objects.get(pk=actor.hub).front_door_team_id
    if held and door:
        take_over(actor=actor, at=at, person_id=person_id, why="not_told", to_team_id=door)
        create_task(actor=actor, at=at, person_id=person_id, what="tell_of_new_holder", due_on=local_date(at))
