"""What somebody was told of, and when it is to be asked about."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.access.policy import visible_to
from alongside.hubs.queries import local_date, works_here
from alongside.journey.handovers.models import Signpost
from alongside.members.models import Task
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor

LEFT_BEHIND = "signpost_left_behind"
"""The task of whoever holds somebody who was told of a service by a worker who has left."""


def signposts_of(actor: Actor, person_id: int) -> Read[Signpost]:
    """List a person's signposts within reach, newest first."""
    return read(_signposts, actor=actor, person_id=person_id)


def _signposts(actor: Actor, person_id: int, at: datetime) -> QuerySet[Signpost]:
    found = visible_to(actor, Signpost.objects.filter(person_id=person_id), at=at)
    return naming(found, "service", "given_by__worker").order_by("-given_at", "-pk")[:50]


def signposts_to_ask_about(actor: Actor, today: date) -> Read[Signpost]:
    """List this hat's signposts whose result is to be asked now, the longest waiting first. Rows: 50."""
    return read(_signposts_to_ask_about, actor=actor, today=today)


def _signposts_to_ask_about(actor: Actor, today: date, at: datetime) -> QuerySet[Signpost]:
    open_ones = Signpost.objects.filter(given_by_id=actor.hat, result_at__isnull=True, ask_on__lte=today)
    found = visible_to(actor, open_ones.filter(person__death_written_at__isnull=True), at=at)
    return naming(found, "service", "person").order_by("ask_on", "pk")[:50]


def signposts_left_behind(hub_id: int, at: datetime) -> list[int]:
    """List the signposts of a hub that are to be asked about, whose giver has left, and for which nobody has been asked yet.

    Order: the longest waiting first. Rows: 200. For the sweep.
    """
    asked = Task.objects.filter(person_id=OuterRef("person_id"), what=LEFT_BEHIND, done_at__isnull=True)
    open_ones = Signpost.objects.unscoped("For the sweep: keys only.").filter(
        hub_id=hub_id, result_at__isnull=True, ask_on__lte=local_date(at)
    )
    left = open_ones.filter(~works_here(at, "given_by__"), ~Exists(asked), person__death_written_at__isnull=True)
    return list(left.order_by("ask_on", "pk").values_list("pk", flat=True)[:200])


def get_signpost(actor: Actor, signpost_id: UUID) -> Signpost:
    """Get one signpost within reach."""
    found = visible_to(actor, Signpost.objects.filter(public_id=signpost_id)).select_related("person", "service").first()
    if found is None:
        raise NotFound
    return found
