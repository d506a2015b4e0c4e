"""Reads of introductions: both ways, of one person, and those that wait too long."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.access.policy import visible_to
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.policies import receives_and_holds
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.reference import fingerprint

_NEAR = (
    "person",
    "to_team",
    "to_service",
    "offered_by__worker",
    "offered_by__organisation",
    "accepted_by__worker",
    "answered_by__worker",
)


def get_handover(actor: Actor, handover_id: UUID) -> Handover:
    """Get one introduction within reach."""
    found = visible_to(actor, Handover.objects.filter(public_id=handover_id)).select_related(*_NEAR).first()
    if found is None:
        raise NotFound
    return found


def lock_handover(actor: Actor, handover_id: UUID, *, at: datetime) -> Handover:
    """Get one introduction within reach, under a lock: accepting and meeting are for one worker at a time."""
    found = visible_to(actor, Handover.objects.select_for_update(of=("self",)).filter(public_id=handover_id), at=at).first()
    if found is None:
        raise NotFound
    return found


def lock_by_link(token: str) -> Handover:
    """Get, under a lock, the introduction that a one-time link opens, as long as it waits for an answer."""
    found = (
        Handover.objects.select_for_update(of=("self",)).filter(link_fingerprint=fingerprint(token)).first()
        if 20 <= len(token) <= 80
        else None
    )
    if found is None or found.answer not in ("", "not_now"):
        raise NotFound
    return found


def is_open_link(token: str) -> bool:
    """Tell whether a link still waits for an answer; nothing about the introduction is told."""
    return (
        20 <= len(token) <= 80
        and Handover.objects.filter(link_fingerprint=fingerprint(token), answer__in=["", "not_now"]).exists()
    )


def introductions_to_answer(actor: Actor) -> Read[Handover]:
    """List the introductions that wait for an answer from the actor's teams, oldest first."""
    return read(_to_answer, actor=actor)


def _to_answer(actor: Actor, at: datetime) -> QuerySet[Handover]:
    waiting = Handover.objects.filter(to_team_id__in=actor.team_ids, answer__in=["", "not_now"], settled_at__isnull=True)
    found = visible_to(actor, waiting, at=at)
    return found.select_related(*_NEAR).order_by("offered_at")[:100]


def introductions_received(actor: Actor) -> list[Handover]:
    """List what the actor's teams have accepted and not settled yet."""
    found = visible_to(
        actor, Handover.objects.filter(to_team_id__in=actor.team_ids, accepted_at__isnull=False, settled_at__isnull=True)
    )
    return list(found.select_related(*_NEAR).order_by("offered_at")[:100])


def introductions_given(actor: Actor) -> list[Handover]:
    """List what this hat has offered and is not settled yet, "not us" included until something else is offered."""
    found = visible_to(actor, Handover.objects.filter(offered_by_id=actor.hat_id, settled_at__isnull=True))
    return list(found.select_related(*_NEAR).order_by("offered_at")[:100])


def introductions_of(actor: Actor, person_id: int) -> Read[Handover]:
    """List a person's introductions within reach, newest first."""
    return read(_introductions, actor=actor, person_id=person_id)


def _introductions(actor: Actor, person_id: int, at: datetime) -> QuerySet[Handover]:
    found = visible_to(actor, Handover.objects.filter(person_id=person_id), at=at)
    near = ("to_team", "to_service", "offered_by__worker", "offered_by__organisation", "answered_by__worker")
    return found.select_related(*near).order_by("-offered_at", "-pk")[:50]


def signposts_of(actor: Actor, person_id: int) -> Read[Signpost]:
    """List a person's signposts within reach, newest first."""
    return read(_signposts, actor=actor, person_id=person_id)


def _signposts(actor: Actor, person_id: int, at: datetime) -> QuerySet[Signpost]:
    found = visible_to(actor, Signpost.objects.filter(person_id=person_id), at=at)
    return found.select_related("service", "given_by__worker").order_by("-given_at", "-pk")[:50]


def signposts_to_ask_about(actor: Actor, today: date) -> list[Signpost]:
    """List this hat's signposts whose result is to be asked now."""
    found = visible_to(actor, Signpost.objects.filter(given_by_id=actor.hat_id, result="", ask_on__lte=today))
    return list(found.select_related("service", "person").order_by("ask_on")[:50])


def unanswered_past(hub_id: int, today: date) -> list[Handover]:
    """List a hub's introductions whose day for an answer has passed; a "not now" waits until its own day."""
    return list(
        Handover.objects.filter(hub_id=hub_id, answer_by__lt=today, answer__in=["", "not_now"])
        .select_related("person", "to_team", "to_service")
        .order_by("answer_by")[:500]
    )


def accepted_for(actor: Actor, person_id: int) -> Handover | None:
    """Get the accepted introduction of a person that the actor's first attended contact will have met, as its receiver."""
    waiting = Handover.objects.filter(person_id=person_id, accepted_at__isnull=False, met_at__isnull=True)
    for one in waiting.filter(to_team_id__in=actor.team_ids).order_by("accepted_at"):
        if one.accepted_by_id in (actor.hat_id, None) and receives_and_holds(actor, one):
            return one
    return None


def latest_for_the_person(person_id: int) -> Handover | None:
    """Get a person's newest introduction, for their own private link."""
    return (
        Handover.objects.filter(person_id=person_id)
        .select_related("to_team", "to_service", "accepted_by__worker")
        .order_by("-offered_at")
        .first()
    )


def get_signpost(actor: Actor, signpost_id: UUID) -> Signpost:
    """Get one signpost within reach."""
    found = visible_to(actor, Signpost.objects.filter(public_id=signpost_id)).select_related("person", "service").first()
    if found is None:
        raise NotFound
    return found
