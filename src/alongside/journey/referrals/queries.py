"""Reads of the doors and of triage, limited by who is asking."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access.policy import is_kept_away, relationships_of, visible_to
from alongside.design.words import words
from alongside.journey.referrals.codes import STATUS_FOR_YOU
from alongside.journey.referrals.models import CrisisCall, Draft, Referral
from alongside.journey.referrals.rules import Facts, status
from alongside.members.models import Holding, Membership
from alongside.members.strip import holder_words
from alongside.people.models import Person
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_18
from alongside.vocabulary.reference import fingerprint
from alongside.vocabulary.urgency import rank as rank_of

PAGE = 50


def lock_referral(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get one referral under a lock, when the actor may see it (NotFound otherwise)."""
    locked = Referral.objects.select_for_update(of=("self",)).select_related("person").filter(public_id=referral_id)
    found = visible_to(actor, locked, at=at).first()
    if found is None:
        raise NotFound
    return found


def referral_with(key: str) -> Referral | None:
    """Get the referral that a message number has made already, for the doors only."""
    return read(_with_key, keys=[key]).first()


def _with_key(keys: list[str], at: datetime) -> QuerySet[Referral]:
    return Referral.objects.filter(key__in=keys)


def get_referral(actor: Actor, referral_id: UUID) -> Referral:
    """Get one referral that the actor may see, with the person and the source at hand."""
    found = (
        visible_to(actor, Referral.objects.filter(public_id=referral_id))
        .select_related("person", "source_organisation", "source_hat__worker", "team", "triaged_by__worker")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def get_brought_in(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get a referral that this hat brought in itself: own words and status, nothing else (lists.md, referrer)."""
    found = (
        Referral.objects.filter(public_id=referral_id, hub_id=actor.hub, source_hat_id=actor.hat_id)
        .select_related("person", "team")
        .first()
    )
    if found is None or actor.hat_id is None or is_kept_away(actor.worker_id, found.person_id, at):
        raise NotFound
    return found


def brought_in_by(actor: Actor, at: datetime) -> list[Referral]:
    """List what this hat brought in, newest first."""
    away = relationships_of(actor, at, kinds=("referrer",)).values("person_id")
    found = Referral.objects.filter(hub_id=actor.hub, source_hat_id=actor.hat_id, person_id__in=away)
    return [
        one
        for one in found.select_related("person", "team").order_by("-received_at")[:50]
        if not is_kept_away(actor.worker_id, one.person_id, at)
    ]


class Waiting(NamedTuple):
    """One row of the triage queue."""

    key: int
    referral_id: UUID
    person_id: int
    name: str
    urgency: str
    urgency_rank: int
    received_at: datetime
    not_safe_now: bool
    door: str
    words: str
    needs: list[str]
    suspected_spam: bool


def waiting_for_triage() -> QuerySet[Referral]:
    """Give the referrals that wait for a decision: not those of somebody who has died."""
    return Referral.objects.filter(triaged_at__isnull=True, added_to__isnull=True, person__death_written_at__isnull=True)


def calls_not_taken() -> QuerySet[CrisisCall]:
    """Give the crisis calls that nobody has taken yet: not those of somebody who has died."""
    return CrisisCall.objects.filter(taken_at__isnull=True, person__death_written_at__isnull=True)


def referrals_waiting_for_triage(actor: Actor, *, after: tuple[int, datetime, int] | None = None) -> Read[Waiting]:
    """List the untriaged referrals within reach, by urgency and then by wait.

    Order: urgency, received, id; keyset `after`. Rows: 50 and one more, to know whether there is a next page. Queries: one.
    Source: performance.md task 3.
    """
    rank, received, key = after or (None, None, None)
    return read(_waiting, into=Waiting, actor=actor, rank=rank, received=received, key=key)


def _waiting(actor: Actor, rank: int | None, received: datetime | None, key: int | None, at: datetime) -> QuerySet[Any, Any]:
    found = visible_to(actor, waiting_for_triage(), at=at)
    if rank is not None:
        found = found.filter(
            Q(urgency_rank__gt=rank)
            | Q(urgency_rank=rank, received_at__gt=received)
            | Q(urgency_rank=rank, received_at=received, pk__gt=key)
        )
    return found.order_by("urgency_rank", "received_at", "pk").values_list(
        "pk", "public_id", "person_id", "person__chosen_name", "urgency", "urgency_rank", "received_at", "not_safe_now", "door",
        "words", "needs", "suspected_spam",
    )[: PAGE + 1]  # fmt: skip


def urgent_referrals(actor: Actor) -> Read[Referral]:
    """List the referrals within reach that cannot wait and that nobody has decided yet, the most urgent and oldest first."""
    return read(_urgent, actor=actor)


def _urgent(actor: Actor, at: datetime) -> QuerySet[Referral]:
    found = visible_to(actor, waiting_for_triage().filter(urgency_rank__lte=rank_of("today"), suspected_spam=False), at=at)
    return found.select_related("person").order_by("urgency_rank", "received_at", "pk")[:50]


def open_crisis_calls(actor: Actor) -> Read[CrisisCall]:
    """List the crisis calls that nobody has taken yet, oldest first."""
    return read(_open_calls, actor=actor)


def _open_calls(actor: Actor, at: datetime) -> QuerySet[CrisisCall]:
    found = visible_to(actor, calls_not_taken(), at=at)
    return found.select_related("person", "referral", "opened_by__worker").order_by("opened_at")[:50]


def unfinished_and_not_safe(actor: Actor) -> Read[Draft]:
    """List unfinished drafts of somebody who said "not safe" and gave a way to reach them: shown to the duty team."""
    return read(_not_safe_drafts, hub_id=actor.hub)


def _not_safe_drafts(hub_id: int, at: datetime) -> QuerySet[Draft]:
    found = Draft.objects.filter(hub_id=hub_id, not_safe_at__isnull=False, finished_at__isnull=True, can_be_reached=True)
    return found.order_by("not_safe_at")[:50]


def draft_of(hub_id: int, code: str) -> Draft | None:
    """Get the draft that a code opens."""
    return Draft.objects.filter(hub_id=hub_id, code_fingerprint=fingerprint(code)).first() if code else None


def by_link(token: str) -> Referral:
    """Get the referral that a private link opens; a wrong link and none look the same."""
    found = (
        Referral.objects.select_related("person", "team", "hub").filter(link_fingerprint=fingerprint(token)).first()
        if 20 <= len(token) <= 80
        else None
    )
    if found is None:
        raise NotFound
    return found


def referrals_of(actor: Actor, person_id: int) -> Read[Referral]:
    """List a person's referrals within reach, newest first."""
    return read(_referrals, actor=actor, person_id=person_id)


def _referrals(actor: Actor, person_id: int, at: datetime) -> QuerySet[Referral]:
    found = visible_to(actor, Referral.objects.filter(person_id=person_id), at=at)
    return found.select_related("source_organisation", "source_hat__worker").order_by("-received_at")[:50]


def next_date_of(person_id: int) -> date | None:
    """Give when somebody is next in touch with a person, for the person's own pages."""
    return Membership.objects.filter(pk=person_id).values_list("next_on", flat=True).first()


def is_young(person_id: int, on: date) -> bool:
    """Tell whether a person is known to be under 18, for the person's own pages."""
    found = Person.objects.filter(pk=person_id).values_list("born_on", "age_band").first()
    return bool(found and is_under_18(found[0], found[1], on))


def status_for_you(referral: Referral) -> str:
    """Say where a referral stands, in the person's words."""
    return words(STATUS_FOR_YOU, status(facts_of(referral)))


def holder_for_you(person_id: int) -> str:
    """Name who is alongside the person now."""
    held = Holding.objects.filter(open_for=person_id).select_related("hat__worker", "hat__organisation", "team").first()
    return holder_words(held)


def facts_of(referral: Referral) -> Facts:
    """Gather the facts that a referral's status is derived from."""
    return Facts(
        received_at=referral.received_at,
        triaged_at=referral.triaged_at,
        suspected_spam=referral.suspected_spam,
        added_to_another=referral.added_to_id is not None,
    )


def get_crisis_call(actor: Actor, call_id: UUID) -> CrisisCall:
    """Get one crisis call within reach."""
    found = visible_to(actor, CrisisCall.objects.filter(public_id=call_id)).select_related("person").first()
    if found is None:
        raise NotFound
    return found
