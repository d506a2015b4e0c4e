"""Writes of who is who: a named matcher decides, nothing merges by itself, and it can be taken apart again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.access import policy
from alongside.access.commands import end_relationships, lay_joins, open_relationship
from alongside.hubs.queries import on_duty
from alongside.journal.command import command, note
from alongside.people.models import (
    Identifier,
    MatchTask,
    MergeLink,
)
from alongside.people.policies import (
    check_can_match,
    check_wears_a_hat,
)
from alongside.people.queries import lock_link, lock_match, whole_of
from alongside.refusals import AlreadyDone
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


@command("match.suspected")
def suspect_match(
    *, actor: Actor, at: datetime, hub_id: int, person_id: int, other_id: int, because: str, team_id: int
) -> MatchTask:
    """Ask a named matcher whether two records are one person; nothing merges by itself (H03).

    Also:     the matcher and the team of the task see name, birthday and numbers of the two, and no more, until it is settled.
    """
    policy.check_is_part_or_system(actor)
    kept_away = policy.workers_kept_away_from((person_id, other_id), at)
    task = insert(
        MatchTask(
            hub_id=hub_id,
            person_id=person_id,
            other_id=other_id,
            because=because,
            made_at=at,
            team_id=team_id,
            matcher_id=on_duty(team_id, at, action="match", without=kept_away),
        )
    )
    for one in (person_id, other_id):
        this: dict[str, Any] = {"person_id": one, "kind": "matcher", "because": ("match", task.pk)}
        open_relationship(actor=actor, at=at, hub_id=hub_id, team_id=team_id, **this)
        if task.matcher_id:
            open_relationship(actor=actor, at=at, hub_id=hub_id, hat_id=task.matcher_id, **this)
    note(person_id=person_id, task=task.public_id, because=because)
    return task


@command("match.settled")
def settle_match(*, actor: Actor, at: datetime, task_id: UUID, same: bool) -> MatchTask:
    """Say whether two records are one person. "The same" links them, reversibly; both stay whole, and are read as one by whoever
    may see both. Who is kept away from one of them is kept away from both from now on.

    Refuses:  NotThisRole for a role that does not match; NotFound for whoever may not see both; AlreadyDone.
    Also:     a valid number that stands on both is confirmed, so that nobody else's can be; the matcher's sight ends.
    """
    check_can_match(actor)
    task = lock_match(actor, task_id, at=at)
    if task.settled_at:
        raise AlreadyDone
    task.settled_at, task.settled_by_id, task.same = at, check_wears_a_hat(actor), same
    task.save(update_fields=["settled_at", "settled_by", "same"])
    if same:
        confirmed = _confirm_numbers(task.hub_id, task.other_id, task.person_id, at)
        insert(
            MergeLink(
                hub_id=task.hub_id,
                kept_id=task.other_id,
                joined_id=task.person_id,
                at=at,
                by_id=check_wears_a_hat(actor),
                confirmed=confirmed,
            )
        )
        lay_joins(actor=actor, at=at, groups=[whole_of(task.other_id)])
    for one in (task.person_id, task.other_id):
        end_relationships(actor=actor, at=at, person_id=one, because=("match", task.pk))
    note(person_id=task.person_id, task=task.public_id, same=same)
    return task


@command("match.passed_on")
def pass_matches_on(*, actor: Actor, at: datetime, from_team_id: int, to_team_id: int) -> int:
    """Give the open match tasks of a team that ends to another, whose matchers see the two records from now on."""
    policy.check_is_part_or_system(actor)
    found = list(MatchTask.objects.select_for_update().filter(team_id=from_team_id, settled_at__isnull=True))
    for task in found:
        task.team_id = to_team_id
        task.save(update_fields=["team"])
        for one in (task.person_id, task.other_id):
            open_relationship(
                actor=actor,
                at=at,
                hub_id=task.hub_id,
                person_id=one,
                kind="matcher",
                because=("match", task.pk),
                team_id=to_team_id,
            )
    note(team=to_team_id, tasks=len(found))
    return len(found)


@command("match.undone")
def take_records_apart(*, actor: Actor, at: datetime, person_id: int, other_id: int) -> MergeLink:
    """Say that two linked records are two people after all: the link ends, and the number is nobody's for certain again.

    Refuses:  NotThisRole for a role that does not match; NotFound unless both are within reach and linked.
    """
    check_can_match(actor)
    link = lock_link(actor, person_id, other_id, at=at)
    link.undone_at = at
    link.save(update_fields=["undone_at"])
    Identifier.objects.filter(pk__in=link.confirmed).update(confirmed_at=None)
    lay_joins(actor=actor, at=at, groups=[whole_of(link.kept_id), whole_of(link.joined_id)])
    note(person_id=link.joined_id, other=link.kept_id)
    return link


def _confirm_numbers(hub_id: int, kept_id: int, joined_id: int, at: datetime) -> list[int]:
    """Confirm, on the record that is kept, each valid number that stands on both and is confirmed nowhere else. Out: their keys."""
    theirs = Identifier.objects.filter(person_id=joined_id, is_valid=True).values("value")
    taken = Identifier.objects.filter(hub_id=hub_id, confirmed_at__isnull=False).values("value")
    found = Identifier.objects.filter(person_id=kept_id, is_valid=True, value__in=theirs).exclude(value__in=taken)
    once = {one.value: one.pk for one in found.order_by("-pk")}
    Identifier.objects.filter(pk__in=once.values()).update(confirmed_at=at)
    return sorted(once.values())
