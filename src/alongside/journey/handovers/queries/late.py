"""What waits too long between two hands, for Today, Nobody lost and the sweep."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access.policy import visible_to
from alongside.hubs.queries import live
from alongside.journey.handovers.models import Handover
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor


def waiting_for_an_answer() -> QuerySet[Handover]:
    """Give the introductions that still wait for an answer, by the index of what is not settled: not of somebody who has died."""
    return Handover.objects.unscoped("For the sweep and for counts; a list limits it by visible_to.").filter(
        answer__in=["", "not_now"], accepted_at__isnull=True, settled_at__isnull=True, person__death_written_at__isnull=True
    )


def _accepted() -> QuerySet[Handover]:
    """Give the introductions that were said yes to and wait for the two to meet: not of somebody who has died."""
    return Handover.objects.unscoped("For the sweep and for counts; a list limits it by visible_to.").filter(
        accepted_at__isnull=False, met_at__isnull=True, settled_at__isnull=True, person__death_written_at__isnull=True
    )


def _who_said_yes_has_left(at: datetime) -> Q:
    return Q(accepted_by__isnull=False) & ~live(at, "accepted_by__")


def said_yes_and_not_met(hub_id: int, today: date) -> QuerySet[Handover]:
    """Give a hub's introductions that were said yes to, and whose day to meet has passed."""
    return _accepted().filter(hub_id=hub_id, meet_by__lt=today)


def said_yes_and_left(hub_id: int, at: datetime) -> QuerySet[Handover]:
    """Give a hub's introductions that were said yes to by somebody who has left, whatever the day: nobody comes on it."""
    return _accepted().filter(_who_said_yes_has_left(at), hub_id=hub_id)


class LateIntroduction(NamedTuple):
    """An introduction of this hat, or to its team, that waits for somebody to do something about it."""

    handover_id: UUID
    person_key: int
    name: str
    answer_by: date
    meet_by: date | None
    """The last day to meet, once it was said yes to."""
    given_by: int
    accepted_by: int | None
    team: str | None
    service: str | None

    @property
    def receiver(self) -> str:
        """Name the service or team that was asked."""
        return self.service or self.team or ""

    @property
    def due_on(self) -> date:
        """Give the day that has passed, or is to come while whoever said yes has left: of the meeting, or of the answer."""
        return self.meet_by or self.answer_by


def late_introductions(actor: Actor, on: date) -> Read[LateIntroduction]:
    """List what this hat gave that is not answered, or not met, past its day; and what it is to meet, having said yes, or in
    the place of a colleague who has left.

    Order: the longest waiting first. Rows: 100. Queries: one.
    """
    return read(_late, into=LateIntroduction, actor=actor, on=on)


def _late(actor: Actor, on: date, at: datetime) -> QuerySet[Any, Any]:
    left = _who_said_yes_has_left(at)
    unanswered = Q(answer__in=["", "not_now"], accepted_at__isnull=True, answer_by__lt=on)
    not_met = Q(accepted_at__isnull=False, met_at__isnull=True) & (Q(meet_by__lt=on) | left)
    mine = Q(accepted_by_id=actor.hat) | Q(accepted_by__isnull=True) | left
    # Each side begins with what an index of the open ones begins with, so that none of the settled are read.
    given = Q(offered_by_id=actor.hat) & (unanswered | not_met)
    received = Q(to_team_id__in=actor.team_ids) & not_met & mine
    found = Handover.objects.filter(given | received, settled_at__isnull=True, person__death_written_at__isnull=True)
    return visible_to(actor, found, at=at).order_by("answer_by", "pk").values_list(
        "public_id", "person_id", "person__chosen_name", "answer_by", "meet_by", "offered_by_id", "accepted_by_id",
        "to_team__name", "to_service__name",
    )[:100]  # fmt: skip


class LateAnswer(NamedTuple):
    """An introduction without an answer as a lead sees it: from whom, to whom, since when; never of whom."""

    giver: str
    team: str | None
    service: str | None
    offered_at: datetime
    answer_by: date

    @property
    def receiver(self) -> str:
        """Name the service or team that was asked."""
        return self.service or self.team or ""


def late_answers_at(actor: Actor, on: date) -> Read[LateAnswer]:
    """List, for a lead, the introductions from or to their organisation whose day for an answer has passed, the longest waiting first.

    Reach:    a lead has no sight of the people, so nobody is named: organisation, team or service, and dates only.
    Rows:     100. Queries: one.
    Source:   lists.md (Handovers: rises daily to giver, both leads, and the ward). The ward hears of it when there is one: the
              virtual ward comes with a later issue.
    """
    return read(_late_answers, into=LateAnswer, actor=actor, on=on)


def _late_answers(actor: Actor, on: date, at: datetime) -> QuerySet[Any, Any]:
    theirs = (
        Q(offered_by__organisation_id=actor.organisation)
        | Q(to_team__organisation_id=actor.organisation)
        | Q(to_service__organisation_id=actor.organisation)
    )
    found = waiting_for_an_answer().filter(theirs, hub_id=actor.hub, answer_by__lt=on)
    return found.order_by("answer_by", "pk").values_list(
        "offered_by__organisation__name", "to_team__name", "to_service__name", "offered_at", "answer_by"
    )[:100]


def unanswered(hub_id: int, today: date) -> QuerySet[Handover]:
    """Give a hub's introductions whose day for an answer has passed; a "not now" waits until its own day."""
    return waiting_for_an_answer().filter(hub_id=hub_id, answer_by__lt=today)


def unanswered_past(hub_id: int, today: date) -> list[Handover]:
    """List those of them that the sweep raises in one round, the longest first."""
    found = unanswered(hub_id, today).select_related("person", "to_team", "to_service")
    return list(found.order_by("answer_by")[:500])
