"""Reads of requests: which are open, one of them, and who approved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from alongside.access import policy
from alongside.access.models import Relationship
from alongside.hubs.queries import live
from alongside.people.models import Person
from alongside.people.queries import whole_of
from alongside.refusals import NotFound
from alongside.rights.gathering import Gathered, gather
from alongside.rights.models import AccessRequest, Approved
from alongside.rights.policies import check_can_answer
from alongside.vocabulary.actor import Actor

LISTED = 200
BECAUSE = "access_request"


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """One request, and whether this hat answers it, which is when it is told whom it is about."""

    request: AccessRequest
    name: str


def open_requests(actor: Actor, at: datetime) -> list[OpenRequest]:
    """List what is to be answered, the earliest day first; nothing of whoever keeps the actor away. Queries: two."""
    found = list(_open(actor, at).order_by("answer_by", "pk")[:LISTED])
    people = policy.under_review(actor, Person.objects.filter(pk__in=[one.person_id for one in found]), at=at)
    names = dict(people.values_list("pk", "chosen_name"))
    return [OpenRequest(one, names.get(one.person_id, "")) for one in found]


def _open(actor: Actor, at: datetime) -> QuerySet[AccessRequest]:
    check_can_answer(actor)
    found = AccessRequest.objects.filter(hub_id=actor.hub, closed_at__isnull=True)
    return found.exclude(policy.denied(actor, "person_id", at))


def get_request(actor: Actor, request_id: UUID, at: datetime) -> AccessRequest:
    """Get one open request, or NotFound for whoever is kept away from any record of the person."""
    found = _open(actor, at).filter(public_id=request_id).first()
    if found is None or _keeps_away(actor, found, at):
        raise NotFound
    return found


def lock_request(actor: Actor, request_id: UUID, at: datetime) -> AccessRequest:
    """Get one open request under a lock."""
    found = _open(actor, at).select_for_update(of=("self",)).filter(public_id=request_id).first()
    if found is None or _keeps_away(actor, found, at):
        raise NotFound
    return found


def _keeps_away(actor: Actor, request: AccessRequest, at: datetime) -> bool:
    """Tell whether any record said to be of the same person keeps the actor away: their copy would lack a part in silence."""
    return any(policy.is_kept_away(actor, key, at) for key in whole_of(request.person_id))


def answers_it(actor: Actor, request: AccessRequest, at: datetime) -> bool:
    """Tell whether this hat reads the record for this request now."""
    mine = Relationship.objects.filter(live(at), hat_id=actor.hat, because_kind=BECAUSE, because_id=request.pk)
    return mine.exists()


def people_read_for(request: AccessRequest) -> list[int]:
    """Name every record that is read for a request, also of somebody who has turned out to be another person since."""
    found = Relationship.objects.filter(because_kind=BECAUSE, because_id=request.pk)
    return sorted(set(found.values_list("person_id", flat=True)))


def person_asked_about(actor: Actor, request: AccessRequest, at: datetime) -> Person:
    """Get whom a request is about, for whoever answers it (NotFound otherwise)."""
    found = policy.under_review(actor, Person.objects.filter(pk=request.person_id), at=at).first()
    if found is None:
        raise NotFound
    return found


def to_decide(actor: Actor, request: AccessRequest, at: datetime) -> list[Gathered]:
    """List what is decided one by one: first what is still open."""
    return sorted((one for one in gather(actor, request, at=at) if one.why or one.decided), key=lambda one: not one.is_open)


def approvals_of(request: AccessRequest) -> list[Approved]:
    """List who said yes to the round that stands."""
    found = request.approvals.filter(round=request.round).select_related("hat__worker", "hat__organisation")
    return list(found.order_by("at", "pk"))
