"""The queue of triage, what was decided there, and what is urgent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.policy import has_relationship, is_kept_away, visible_to
from alongside.journey.referrals.models import Referral, TriageDecision
from alongside.journey.referrals.rules import Standing, reasons
from alongside.members.models import Holding
from alongside.people.models import Dependant
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_18
from alongside.vocabulary.urgency import rank as rank_of

PAGE = 50


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
    raised_because: str
    promised_on: date | None
    born_on: date | None
    age_band: str
    child_depends: bool

    def reasons(self, today: date) -> tuple[str, ...]:
        """Say why this row stands where it stands, as codes of REASONS."""
        return reasons(
            Standing(
                urgency=self.urgency,
                not_safe_now=self.not_safe_now,
                raised_because=self.raised_because,
                promised_on=self.promised_on,
                young=is_under_18(self.born_on, self.age_band, today),
                child_depends=self.child_depends,
                has_words=bool(self.words),
            ),
            today,
        )


def waiting_for_triage() -> QuerySet[Referral]:
    """Give the referrals that wait for a decision: not those of somebody who has died."""
    return Referral.objects.unscoped("For the sweep and for counts; a list limits it by visible_to.").filter(
        triaged_at__isnull=True, added_to__isnull=True, person__death_written_at__isnull=True
    )


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
    children = Dependant.objects.filter(person=OuterRef("person"), kind="child")
    return found.order_by("urgency_rank", "received_at", "pk").values_list(
        "pk", "public_id", "person_id", "person__chosen_name", "urgency", "urgency_rank", "received_at", "not_safe_now", "door",
        "words", "needs", "suspected_spam", "raised_because", "person__membership__next_on", "person__born_on", "person__age_band",
        Exists(children),
    )[: PAGE + 1]  # fmt: skip


def urgent_referrals(actor: Actor) -> Read[Referral]:
    """List the referrals within reach that cannot wait and that nobody has decided yet, the most urgent and oldest first."""
    return read(_urgent, actor=actor)


def _urgent(actor: Actor, at: datetime) -> QuerySet[Referral]:
    found = visible_to(actor, waiting_for_triage().filter(urgency_rank__lte=rank_of("today"), suspected_spam=False), at=at)
    return naming(found, "person").order_by("urgency_rank", "received_at", "pk")[:50]


class Decided(NamedTuple):
    """What one hat decided at triage, who has held the person since that moment, and whether the record is still within reach."""

    decision: TriageDecision
    holding: Holding
    within_reach: bool


def get_decided(actor: Actor, referral_id: UUID, *, at: datetime) -> Decided:
    """Get what this hat decided at triage, also when the person is out of reach now.

    Reach:    the decider's own decision, as it was made; nothing that came after. An exclusion made since closes it.
    """
    decision = (
        TriageDecision.objects.unscoped("What this very hat decided, as it was decided; whoever is kept away finds nothing.")
        .filter(referral__public_id=referral_id, hub_id=actor.hub, by_id=actor.hat)
        .select_related("person", "referral")
        .first()
    )
    if decision is None or is_kept_away(actor, decision.person_id, at):
        raise NotFound
    held = Holding.objects.filter(membership_id=decision.person_id, from_at__lte=decision.at)
    newest = held.select_related("hat__worker", "hat__organisation", "team").order_by("-from_at", "-pk")[0]
    return Decided(decision, newest, has_relationship(actor, decision.person_id, at=at))
