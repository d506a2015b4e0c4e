"""Who may see what: the one place that knows.

Sight needs a relationship now **and** that my organisation wrote it or an agreement shares it; a named exclusion beats
everything, silently. List, detail, API and export use the same `visible_to`, so they cannot disagree, and what is not
visible is absent: a query finds nothing, exactly as when it does not exist.

Decision order (trust.md 3.1); what comes with the trust issue has its place marked and nowhere else:

    D0 session and hat          access/actors.py builds no actor from an ended hat, a leaver or another hub
    D1 own and declared relations      -> `denied`
    D2 named exclusion                 -> `denied`
    D3 role                            -> `labels_open_to` (what a role sees), a stage's policies (what it does)
    A1 my organisation wrote it        -> `allowed`
    A2 an agreement shares it          -> `allowed`
    A3 safeguarding override, A4 break-glass -> `allowed`

Source: design.md section 5; trust.md 3.1, C01, C03, C06, C07; S0-36 (rights never depend on the sector).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from alongside.access.models import KeptAway, Relationship
from alongside.hubs.roles import ROLES
from alongside.journal.command import is_part_of_another
from alongside.reads import read, together
from alongside.refusals import NotFound, NotPermitted, NotThisRole
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

M = TypeVar("M", bound=Model)

FULL_SIGHT = ("holder", "holding_team", "giving", "receiving", "duty")
"""Kinds of relationship that open the record; a referrer sees own words and status only (referrals/queries)."""
MATCHING = (*FULL_SIGHT, "matcher")
"""Kinds that let somebody compare two records; a matcher sees name, birthday and numbers only (people/queries)."""


def visible_to(actor: Actor, records: QuerySet[M], *, at: datetime | None = None) -> QuerySet[M]:
    """Limit records about people, or people themselves, to what this actor may see now.

    In:       any queryset of a `PersonRecord`, or of `Person`.
    Empty:    for the public, for a client, and for an actor without a hub or hat.
    Source:   promise 3 and 8; trust.md 3.1.
    """
    if actor.is_system:
        return records if actor.hub_id is None else records.filter(hub_id=actor.hub_id)
    if not actor.is_worker or actor.hub_id is None or actor.hat_id is None:
        return records.none()
    moment = at or now()
    person = "pk" if records.model._meta.label == "people.Person" else "person_id"
    found = records.filter(hub_id=actor.hub_id).filter(allowed(actor, person, moment)).exclude(denied(actor, person, moment))
    if person == "person_id":
        found = found.filter(label__in=labels_open_to(actor.role))
    return found


def allowed(actor: Actor, person: str, at: datetime) -> Q:
    """Give the condition that opens a record: a relationship now, and own words or an agreement (A1, A2)."""
    organisations = [actor.organisation, *actor.shared_organisation_ids]
    return _has(relationships_of(actor, at), person) & Q(author_organisation__in=organisations)


def sight_of(actor: Actor, person: str, at: datetime, kinds: tuple[str, ...] = FULL_SIGHT) -> Q:
    """Give the condition that this actor may see the person whom a row names by a key: for rows that name two people."""
    if actor.is_system:
        return Q()
    organisations = [actor.organisation, *actor.shared_organisation_ids]
    near = _has(relationships_of(actor, at, kinds), f"{person}_id")
    return near & Q(**{f"{person}__author_organisation__in": organisations}) & ~denied(actor, f"{person}_id", at)


def denied(actor: Actor, person: str, at: datetime) -> Q:
    """Give the condition that closes a record whatever opened it (D1, D2)."""
    return Q(Exists(kept_away(actor.worker_id, at).filter(person=OuterRef(person))))


def _has(records: QuerySet[Any], person: str) -> Q:
    """Give the condition that one of these is about the person of the row.

    It is asked row by row: a plain EXISTS lets the database turn the question round and first gather everybody whom a team
    has ever known. So a list costs what it shows, however many people stand near its reader.
    """
    return Q(IsNull(Subquery(records.filter(person=OuterRef(person)).values("pk")[:1]), False))


def relationships_of(actor: Actor, at: datetime, kinds: tuple[str, ...] = FULL_SIGHT) -> QuerySet[Relationship]:
    """Give the relationships that this hat, or a team in which it sits, has at a moment."""
    mine = Q(hat_id=actor.hat)
    if actor.team_ids:
        mine |= Q(team_id__in=actor.team_ids)
    return Relationship.objects.filter(mine, Q(until_at__isnull=True) | Q(until_at__gt=at), kind__in=kinds, from_at__lte=at)


def kept_away(worker_id: int | None, at: datetime) -> QuerySet[KeptAway]:
    """Give the exclusions that keep a worker away at a moment, whichever hat is worn."""
    return KeptAway.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), worker_id=worker_id or 0)


def kept_away_from(person_ids: Collection[int], at: datetime) -> list[int]:
    """Name the workers whom an exclusion keeps away from any of these people."""
    found = KeptAway.objects.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), person_id__in=person_ids)
    return list(found.values_list("worker_id", flat=True))


def is_kept_away(worker_id: int | None, person_id: int, at: datetime) -> bool:
    """Tell whether an exclusion keeps this worker away from this person."""
    return bool(read(_away_from, worker_id=worker_id or 0, person_id=person_id, at=at))


def labels_open_to(role: str) -> tuple[str, ...]:
    """Give the labels that a role may see; a circle item always needs a name on its list as well."""
    found = ROLES.get(role)
    return found.sees if found else ()


def may(actor: Actor, action: str) -> bool:
    """Tell whether the role table lets this actor's role do something; seeing always needs a relationship as well."""
    return actor.is_system or (actor.is_worker and role_may(actor.role, action))


def require(allowed: bool) -> None:
    """Refuse what belongs to another role, with the reason; a page asks the same before it offers it, or shows a form."""
    if not allowed:
        raise NotThisRole


def role_may(role: str, action: str) -> bool:
    """Tell whether the role table lets a role do something."""
    found = ROLES.get(role)
    return found is not None and action in found.does


def check_is_part_or_system(actor: Actor) -> None:
    """Refuse, as if it were not there, a command that nobody gives by itself: another calls it that has decided who may."""
    if not (actor.is_system or is_part_of_another()):
        raise NotPermitted


def has_relationship(actor: Actor, person_id: int, *, at: datetime) -> bool:
    """Tell whether the actor may be near this person at all: a relationship now and no exclusion."""
    if actor.is_system:
        return True
    near, away = (
        read(_near, actor=actor, person_id=person_id, at=at),
        read(_away_from, worker_id=actor.worker, person_id=person_id, at=at),
    )
    together(near, away)
    return bool(near) and not away


def _near(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, int]:
    return relationships_of(actor, at).filter(person_id=person_id).values_list("pk", flat=True)[:1]


def _away_from(worker_id: int, person_id: int, at: datetime) -> QuerySet[Any, int]:
    return kept_away(worker_id, at).filter(person_id=person_id).values_list("pk", flat=True)[:1]


def may_settle_exclusions_of(actor: Actor, person: str, at: datetime) -> Q:
    """Give the condition for exclusions that this actor may read and settle: the safeguarding lead's, and the holder's own.

    Source: trust.md C07 (readable only by the safeguarding lead and the coordinator who holds the person).
    """
    near = Q() if may(actor, "exclusions") else _has(relationships_of(actor, at, ("holder",)), person)
    return near & ~denied(actor, person, at)


def check_can_settle(actor: Actor, *, hub_id: int, person_id: int, at: datetime) -> None:
    """Refuse, as if there were nothing, whoever is neither the safeguarding lead nor the holder, or is kept away."""
    if actor.is_system:
        return
    holds = relationships_of(actor, at, ("holder",)).filter(person_id=person_id).exists()
    if actor.hub_id != hub_id or not (holds or may(actor, "exclusions")) or is_kept_away(actor.worker_id, person_id, at):
        raise NotFound
