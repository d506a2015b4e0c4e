"""Crisis calls, and drafts of somebody not safe who has not finished."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet, Subquery

from alongside.access.policy import visible_to
from alongside.hubs.models import Worker
from alongside.journey.referrals.models import CrisisCall, Draft
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.names import resembles


def calls_not_taken() -> QuerySet[CrisisCall]:
    """Give the crisis calls that nobody has taken yet: not those of somebody who has died."""
    return CrisisCall.objects.unscoped("For the sweep and for counts; a list limits it by visible_to.").filter(
        taken_at__isnull=True, person__death_written_at__isnull=True
    )


def open_crisis_calls(actor: Actor) -> Read[CrisisCall]:
    """List the crisis calls that nobody has taken yet, oldest first: to whoever holds, and to the team at the door until then."""
    return read(_open_calls, actor=actor)


def _open_calls(actor: Actor, at: datetime) -> QuerySet[CrisisCall]:
    found = visible_to(actor, calls_not_taken(), at=at)
    return naming(found, "person").order_by("opened_at")[:50]


def crisis_calls_of(actor: Actor, person_id: int) -> Read[CrisisCall]:
    """List a person's crisis calls within reach, newest first: open ones, and who took the others and what was written then."""
    return read(_calls_of, actor=actor, person_id=person_id)


def _calls_of(actor: Actor, person_id: int, at: datetime) -> QuerySet[CrisisCall]:
    found = visible_to(actor, CrisisCall.objects.filter(person_id=person_id), at=at)
    return naming(found, "taken_written_by").order_by("-opened_at", "-pk")[:50]


class UnsafeDraft(NamedTuple):
    """Somebody who said "not safe", gave a way to reach them and no name yet."""

    draft_id: UUID
    since: datetime
    answers: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.answers.get("name", {}).get("name", ""))


def unsafe_drafts(actor: Actor, asked: Read[Any] | None = None) -> list[UnsafeDraft]:
    """List, for the team at the door, whoever said "not safe", can be reached, and has neither a referral nor a call yet.

    Reach:    a draft whose answer to "who should not see this" is like the worker's own name is not there (trust.md C07).
    In:       `asked`: what a page has asked for with `drafts_to_call`.
    Order:    longest first. Rows: 50. Queries: one.
    """
    found = drafts_to_call(actor) if asked is None else asked
    return [
        UnsafeDraft(draft_id, since, answers) for draft_id, since, answers, reader in found if not _keeps_away(answers, reader)
    ]


def drafts_to_call(actor: Actor) -> Read[Any]:
    """Prepare what `unsafe_drafts` looks through, so that a page may ask for it together with its own reads; nobody shows it."""
    return read(_unsafe_drafts, actor=actor)


def _unsafe_drafts(actor: Actor, at: datetime) -> QuerySet[Any, Any]:
    reader = Worker.objects.filter(pk=actor.worker).values("name")[:1]
    found = _drafts_to_call(actor.hub).filter(hub__front_door_team_id__in=actor.team_ids)
    return found.order_by("not_safe_at", "pk").values_list("public_id", "not_safe_at", "answers", Subquery(reader))[:50]


def not_safe_and_nobody_called(hub_id: int) -> list[tuple[UUID, datetime]]:
    """List (draft, since) of every asking in a hub that waits for a call and has no name yet, for counting only."""
    return [(one.public_id, one.not_safe_at or one.begun_at) for one in _drafts_to_call(hub_id).defer("answers")]


def _drafts_to_call(hub_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(
        hub_id=hub_id, not_safe_at__isnull=False, can_be_reached=True, referral__isnull=True, taken_at__isnull=True
    )


def _keeps_away(answers: dict[str, Any], reader: str | None) -> bool:
    """Tell whether an unfinished draft names its reader, by the same likeness of names as the exclusion of a referral."""
    return resembles(answers.get("keep-away", {}).get("words", ""), reader or "")


def get_unsafe_draft(actor: Actor, draft_id: UUID) -> UnsafeDraft:
    """Get one of `unsafe_drafts`; whoever it keeps away finds nothing."""
    found = next((one for one in unsafe_drafts(actor) if one.draft_id == draft_id), None)
    if found is None:
        raise NotFound
    return found


def lock_unsafe_draft(actor: Actor, draft_id: UUID) -> Draft:
    """Get one draft of the team at the door under a lock, taken or not; whoever it keeps away finds nothing."""
    found = Draft.objects.select_for_update(of=("self",)).filter(
        public_id=draft_id, hub_id=actor.hub, hub__front_door_team_id__in=actor.team_ids, not_safe_at__isnull=False
    )
    draft, reader = found.first(), Worker.objects.filter(pk=actor.worker).values_list("name", flat=True).first()
    if draft is None or _keeps_away(draft.answers, reader):
        raise NotFound
    return draft


def get_crisis_call(actor: Actor, call_id: UUID) -> CrisisCall:
    """Get one crisis call within reach."""
    found = visible_to(actor, CrisisCall.objects.filter(public_id=call_id)).select_related("person").first()
    if found is None:
        raise NotFound
    return found
