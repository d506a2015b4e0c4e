"""What a service can take, said by itself in one tap; and what became of those introduced to it, as the hub counted it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.policy import check_is_part_or_system
from alongside.journal.command import command, note
from alongside.journey.directory.commands.keeping import hear_from_service, lock_service
from alongside.journey.directory.models import Flow, RoomSaid, Service
from alongside.journey.directory.policies import check_can_say_room, speaks_for
from alongside.journey.directory.queries.flow import Counted
from alongside.journey.directory.rules import ROOM_WEEKS
from alongside.refusals import Invalid, NotFound
from alongside.vocabulary.actor import Actor


@command("service.room_said")
def say_room(*, actor: Actor, at: datetime, service_id: UUID, weeks: int | None, by_words: str = "") -> Service:
    """Say what a service can take from today: people now (0), people in about so many weeks, or nobody (None): it is full.

    In:       `by_words`, whose word it is when it is not the actor's organisation.
    Refuses:  NotThisRole for whoever neither keeps entries nor works there; NotFound for weeks that nobody can tap.
    Also:     it stands for 14 days, and from then on is shown with its date as too old; a word from the service itself ends the doubt
              that somebody was let down.
    Source:   issue "The living directory" 16; S2-010, S1-31.
    """
    service = lock_service(actor, service_id)
    check_can_say_room(actor, service)
    if weeks is not None and weeks not in ROOM_WEEKS:
        raise NotFound
    write_room(service, at, weeks=weeks, by_hat_id=actor.hat_id, by_words=by_words)
    if speaks_for(actor, service) and service.let_down:
        hear_from_service(actor=actor, at=at, service_id=service.pk)
    note(service=service.public_id, weeks=weeks, full=weeks is None)
    return service


class MoreThanThereAre(Invalid):
    code = "more_than_there_are"
    message = _("More are free than there are. Look at both numbers.")


@command("service.places_said")
def say_places(*, actor: Actor, at: datetime, service_id: UUID, free: int, in_all: int) -> Service:
    """Say how many beds or places of a service are free now, of how many.

    Refuses:  NotThisRole for whoever neither keeps entries nor works there; MoreThanThereAre.
    Also:     it stands for a day, and is said to be old after that.
    Source:   S2-167, S2-168 (houses and beds, free now; places of calm).
    """
    service = lock_service(actor, service_id)
    check_can_say_room(actor, service)
    if free > in_all:
        raise MoreThanThereAre
    service.places_free, service.places_in_all, service.places_said_at = free, in_all, at
    service.save(update_fields=["places_free", "places_in_all", "places_said_at"])
    note(service=service.public_id, free=free, in_all=in_all)
    return service


@command("flow.published")
def publish_flow(*, actor: Actor, at: datetime, hub_id: int, counted: Sequence[Counted]) -> int:
    """Write what became of those introduced to each service, or to the team behind it, in the place of what was counted before.

    Out:      how many services and teams it is about.
    Queries:  two, and one for each hundred of them.
    """
    check_is_part_or_system(actor)
    Flow.objects.filter(hub_id=hub_id).delete()
    Flow.objects.bulk_create([one.as_row(hub_id, at) for one in counted], batch_size=100)
    note(counted=len(counted))
    return len(counted)


def write_room(service: Service, at: datetime, *, weeks: int | None, by_hat_id: int | None = None, by_words: str = "") -> None:
    """Write what was said that a service can take, and whose word it is."""
    said = RoomSaid.objects.create(service=service, at=at, by_id=by_hat_id, weeks=weeks)
    service.is_full, service.room_weeks, service.room_said_at = weeks is None, weeks, at
    service.room_said_by = (by_words or (said.by.organisation.name if said.by else ""))[:250]
    service.save(update_fields=["is_full", "room_weeks", "room_said_at", "room_said_by"])
