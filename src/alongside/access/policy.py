"""Who may see what: the one place that knows.

Sight needs a relationship now **and** that my organisation wrote it or an agreement shares it; a named exclusion beats
everything, silently. List, detail, API and export use the same `visible_to`, so they cannot disagree, and what is not
visible is absent: a query finds nothing, exactly as when it does not exist.

Decision order (trust.md 3.1); `policy_table.csv` says it for everybody to read, and the tests hold this file to it:

    D0 session and hat                 access/actors.py builds no actor from an ended hat, a leaver or another hub
    D1 own and declared relations      -> `denied`
    D2 named exclusion                 -> `denied` (a worker, a team, an organisation)
    D3 role                            -> `labels_open_to` (what a role sees), a stage's policies (what it does)
    A1 my organisation wrote it        -> `shared_with`
    A2 an agreement shares it          -> `shared_with` (its ceiling; the person's objections)
    A3 safeguarding override           -> `_overridden`
    A4 break-glass                     -> `_behind_glass`
    L  labels                          -> `_label_ok`

Source: design.md section 5; trust.md 3.1, C01, C03-C09; S0-36 (rights never depend on the sector).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import BigIntegerField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, IsNull

from alongside.access.guarded import scoped
from alongside.access.models import CircleName, Glass, Joined, KeptAway, Objection, Override, Relationship, Release, Withholding
from alongside.hubs.models import Hat, Team
from alongside.hubs.queries import live
from alongside.hubs.roles import ROLES
from alongside.journal.command import is_part_of_another
from alongside.reads import read, together
from alongside.refusals import NotFound, NotPermitted, NotThisRole
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

M = TypeVar("M", bound=Model)

FULL_SIGHT = ("holder", "holding_team", "giving", "receiving", "duty")
"""Kinds of relationship that open the record; a referrer sees own words and status only (referrals/queries)."""
_NEVER = Q(pk__in=())
MATCHING = (*FULL_SIGHT, "matcher")
"""Kinds that let somebody compare two records; a matcher sees name, birthday and numbers only (people/queries)."""
REVIEWING = ("reviewer",)
"""The kind by which a privacy officer, or the second pair of eyes, reads a record to answer the person's own request."""


def visible_to(actor: Actor, records: QuerySet[M], *, at: datetime | None = None) -> QuerySet[M]:
    """Limit records about people, or people themselves, to what this actor may see now.

    In:       any queryset of a `PersonRecord`, or of `Person`.
    Empty:    for the public, for a client, and for an actor without a hub or hat.
    Source:   promise 3 and 8; trust.md 3.1.
    """
    records = scoped(records, "visible_to")
    if getattr(records.model, "IN_VAULT", False):
        return records.none()
    if actor.is_system:
        return records if actor.hub_id is None else records.filter(hub_id=actor.hub_id)
    if not actor.is_worker or actor.hub_id is None or actor.hat_id is None:
        return records.none()
    moment = at or now()
    in_hub = records.filter(hub_id=actor.hub_id)
    if records.model._meta.label == "people.Person":
        opened = _near(actor, "pk", moment) & shared_with(actor, "pk", moment)
        return in_hub.filter(opened | _behind_glass(actor, "pk", moment)).exclude(denied(actor, "pk", moment))
    labels = labels_open_to(actor.role)
    shared = shared_with(actor, "person_id", moment, part=records.model.CATEGORY)  # type: ignore[attr-defined]  # every other record has one
    opened = _near(actor, "person_id", moment) & shared & _label_ok(actor, moment)
    opened |= _overridden(actor, moment) | (_behind_glass(actor, "person_id", moment) & Q(label__in=labels))
    return in_hub.filter(opened).exclude(denied(actor, "person_id", moment))


def safety_summary(actor: Actor, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
    """Limit records of the safety summary (allergies, medicines, immediate risk) to whoever is with the person now, in any role.

    Hiding must never hide danger: neither the role, nor who wrote it, nor an objection closes this, and broken glass opens it. A
    circle item is no part of it, and whoever is kept away sees nothing here either.
    Source:   trust.md 3.1 (over-hiding), C09, H06, H11.
    """
    records = scoped(records, "safety_summary")
    if actor.is_system:
        return records if actor.hub_id is None else records.filter(hub_id=actor.hub_id)
    if not actor.is_worker or actor.hub_id is None or actor.hat_id is None:
        return records.none()
    near = _near(actor, "person_id", at) | _behind_glass(actor, "person_id", at)
    return records.filter(near, hub_id=actor.hub_id).exclude(label="circle").exclude(denied(actor, "person_id", at))


def for_the_person(records: QuerySet[M], person_id: int, *, at: datetime) -> QuerySet[M]:
    """Limit records about one person to what their own channel may show them: a page by their link, paper, their copy of it all.

    Nothing of somebody else's, nothing withheld, no circle item that nobody has released to them, nothing of the vault. What is left
    out leaves no trace: it is not counted, and nothing says that there is more.
    Source:   trust.md 3.1 (person channel), C06, C10, H10.
    """
    records = scoped(records, "for_the_person")
    if getattr(records.model, "IN_VAULT", False):
        return records.none()
    withheld = Withholding.objects.filter(live(at), item=OuterRef("public_id"))
    released = Release.objects.filter(live(at), item=OuterRef("public_id"))
    shown = ~Q(label="circle") | Q(Exists(released))
    return records.filter(shown, ~Exists(withheld), person_id=person_id, third_party=False)


def under_review(actor: Actor, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
    """Limit records about people, or people themselves, to those whose own request this actor is answering now.

    A narrow scope of its own: it opens with the request and ends with it, whoever wrote the record and whatever its label; nothing
    of the vault, and whoever is kept away sees nothing here either.
    Source:   trust.md 3.1 (subject-access handling is a purpose with its own narrow scope), C35.
    """
    records = scoped(records, "under_review")
    vault = getattr(records.model, "IN_VAULT", False)
    if vault or not may(actor, "data_rights") or actor.is_system or actor.hat_id is None:
        return records.none()
    person = "pk" if records.model._meta.label == "people.Person" else "person_id"
    near = _has(Relationship.objects.filter(live(at), hat_id=actor.hat, kind__in=REVIEWING), person)
    return records.filter(near, hub_id=actor.hub).exclude(denied(actor, person, at))


def shared_with(actor: Actor, person: str, at: datetime, *, through: str = "", part: str = "") -> Q:
    """Give the condition that my organisation wrote it (A1), or that an agreement shares it and the person does not object (A2).

    In:   the column that names the person; `through` the key whose record has an author, when the row names two; `part` of the
          record for what has a label and a public id of its own. Who somebody is goes with an agreement over any part. An
          objection closes what others wrote, never who it is: whoever holds somebody has to know whom (promise 2, H11). Who
          must not know even that is kept away by an exclusion.
    """
    author = f"{through}author_organisation"
    theirs = Q(**{f"{author}__in": actor.shared_organisation_ids})
    partly = [(ceiling, key) for one, ceiling, key in actor.partly_shared if part in ("", one)]
    if wholly := [key for ceiling, key in partly if ceiling == "sensitive"]:
        theirs |= Q(**{f"{author}__in": wholly})
    if openly := [*actor.openly_shared_ids, *(key for ceiling, key in partly if ceiling == "open")]:
        theirs |= Q(**{f"{author}__in": openly}) & (Q(label="open") if part else Q())
    if part:
        against = Objection.objects.filter(Q(organisation__isnull=True) | Q(organisation=actor.organisation), live(at))
        here = against.filter(Q(item__isnull=True) | Q(item=OuterRef("public_id")), person=OuterRef(person))
        theirs &= ~Q(Exists(here)) & ~_is_among(Joined.objects.filter(live(at), _has(against.filter(item=None), "other")), person)
    return Q(**{author: actor.organisation}) | theirs


def sight_of(actor: Actor, person: str, at: datetime, kinds: tuple[str, ...] = FULL_SIGHT) -> Q:
    """Give the condition that this actor may see the person whom a row names by a key: for rows that name two people."""
    if actor.is_system:
        return Q()
    opened = _near(actor, f"{person}_id", at, kinds) & shared_with(actor, f"{person}_id", at, through=f"{person}__")
    return opened & ~denied(actor, f"{person}_id", at)


def in_an_outage(actor: Actor, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
    """Limit records about people, or people themselves, to what broken glass would show this actor of anybody in the hub (A4).

    For the pack of a safeguarding lead, and only about those whom it may hold (ADR 0026): nothing of the vault, no circle item, and
    nobody who keeps this very actor away.
    Source:   trust.md C09, C30, H06, H11.
    """
    records = scoped(records, "in_an_outage")
    vault = getattr(records.model, "IN_VAULT", False)
    if vault or not actor.is_worker or actor.hat_id is None or not (may(actor, "exclusions") and may(actor, "break_glass")):
        return records.none()
    is_person = records.model._meta.label == "people.Person"
    labels = Q() if is_person else Q(label__in=labels_open_to(actor.role))
    return records.filter(labels, hub_id=actor.hub).exclude(denied(actor, "pk" if is_person else "person_id", at))


def denied(actor: Actor, person: str, at: datetime) -> Q:
    """Give the condition that closes a record whatever opened it (D1, D2); what keeps away from a record of the same person too."""
    return _closed_by(kept_away(actor, at), person, at)


def denied_to_any(
    workers: Collection[int], organisations: Collection[int], teams: Collection[int], person: str, at: datetime
) -> Q:
    """Give the condition that anything keeps any of these away: what one of them may not see, several must not hold together."""
    meant = Q(worker__in=workers) | Q(organisation__in=organisations) | Q(team__in=teams)
    return _closed_by(KeptAway.objects.filter(meant, live(at)), person, at)


def _closed_by(away: QuerySet[KeptAway], person: str, at: datetime) -> Q:
    return _is_among(away, person) | _is_among(Joined.objects.filter(live(at), _has(away, "other")), person)


def with_joined(people: Collection[int], at: datetime) -> Q:
    """Give the condition that a row is about any of these people, or about a record that is said to be of the same person."""
    # One list, and not one condition or another: of an OR PostgreSQL makes a walk through the whole table.
    own = apps.get_model("people", "Person").objects.unscoped("A condition on the keys that are given.").filter(pk__in=people)
    others = Joined.objects.filter(live(at), person_id__in=people)
    return Q(person__in=own.values("pk").union(others.values("other"), all=True))


def _near(actor: Actor, person: str, at: datetime, kinds: tuple[str, ...] = FULL_SIGHT) -> Q:
    return _has(relationships_of(actor, at, kinds), person)


def _label_ok(actor: Actor, at: datetime) -> Q:
    """Give the condition that a label is open to the role; a circle item is open to whoever its list names, and to nobody else."""
    labels = labels_open_to(actor.role)
    found = Q(label__in=labels)
    if actor.is_in_circles and "sensitive" in labels:
        names = CircleName.objects.filter(live(at), worker=actor.worker, item=OuterRef("public_id"))
        found |= Q(label="circle") & Q(Exists(names))
    return found


def _overridden(actor: Actor, at: datetime) -> Q:
    """Give the condition that a safeguarding override shows this very item to this very hat (A3), whose role reads stories."""
    if not (actor.has_overrides and may(actor, "read_story")):
        return _NEVER
    return Q(Exists(Override.objects.filter(live(at), recipient=actor.hat, item=OuterRef("public_id"))))


def _behind_glass(actor: Actor, person: str, at: datetime) -> Q:
    """Give the condition that this hat has broken the glass for this person, and it still lasts (A4)."""
    if not (actor.has_glass and may(actor, "break_glass")):
        return _NEVER
    return Q(Exists(Glass.objects.filter(live(at), hat=actor.hat, person=OuterRef(person))))


def _has(records: QuerySet[Any], person: str) -> Q:
    """Give the condition that one of these is about the person of the row.

    It is asked row by row: a plain EXISTS lets the database turn the question round and first gather everybody whom a team
    has ever known. So a list costs what it shows, however many people stand near its reader.
    """
    return Q(IsNull(Subquery(records.filter(person=OuterRef(person)).values("person_id")[:1]), False))


def _is_among(records: QuerySet[Any], person: str) -> Q:
    """Give the condition that one of these is about the person of the row, for what is to be none of them: row by row, too.

    It says the same as `_has`, for the sake of its opposite: of "has none" PostgreSQL expects one row in two hundred, and then
    walks through whole tables beside it; of "is not them" it expects nearly all, which is how it is.
    """
    first = Subquery(records.filter(person=OuterRef(person)).values("person_id")[:1])
    return Q(Exact(Coalesce(first, 0, output_field=BigIntegerField()), F(person)))


def relationships_of(actor: Actor, at: datetime, kinds: tuple[str, ...] = FULL_SIGHT) -> QuerySet[Relationship]:
    """Give the relationships that this hat, or a team in which it sits, has at a moment."""
    mine = Q(hat_id=actor.hat)
    if actor.team_ids:
        mine |= Q(team_id__in=actor.team_ids)
    return Relationship.objects.filter(mine, Q(until_at__isnull=True) | Q(until_at__gt=at), kind__in=kinds, from_at__lte=at)


def kept_away(actor: Actor, at: datetime) -> QuerySet[KeptAway]:
    """Give what keeps a worker away at a moment, whichever hat is worn; or their organisation, or a team in which they sit."""
    meant = Q(worker=actor.worker) | Q(organisation=actor.organisation)
    if actor.team_ids:
        meant |= Q(team__in=actor.team_ids)
    return KeptAway.objects.filter(meant, live(at))


def workers_kept_away_from(person_ids: Collection[int], at: datetime) -> list[int]:
    """Name the workers who are kept away from any of these people, by themselves or with their team or organisation."""
    away = KeptAway.objects.filter(with_joined(person_ids, at), live(at))
    seated = Q(seats__team__in=away.filter(team__isnull=False).values("team")) & live(at, "seats__")
    employed = Q(organisation__in=away.filter(organisation__isnull=False).values("organisation"))
    hats = Hat.objects.filter(live(at)).filter(seated | employed)
    return [*away.filter(worker__isnull=False).values_list("worker_id", flat=True), *hats.values_list("worker_id", flat=True)]


def teams_kept_away_from(person_id: int, at: datetime) -> list[int]:
    """Name the teams that are kept away from a person, by themselves or with their organisation."""
    away = KeptAway.objects.filter(with_joined((person_id,), at), live(at))
    meant = Q(pk__in=away.values("team")) | Q(organisation__in=away.values("organisation"))
    return list(Team.objects.filter(meant).values_list("pk", flat=True))


def is_kept_away(actor: Actor, person_id: int, at: datetime) -> bool:
    """Tell whether anything keeps this actor away from this person."""
    return actor.is_worker and bool(read(_away, actor=actor, person_id=person_id, at=at))


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


def check_may(actor: Actor, action: str) -> None:
    """Refuse a role that the role table does not let do something, with the reason."""
    require(may(actor, action))


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
        read(_related, actor=actor, person_id=person_id, at=at),
        read(_away, actor=actor, person_id=person_id, at=at),
    )
    together(near, away)
    return bool(near) and not away


def _related(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, int]:
    return relationships_of(actor, at).filter(person_id=person_id).values_list("pk", flat=True)[:1]


def _away(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, int]:
    joined = Joined.objects.filter(live(at), person_id=person_id).values("other")
    return kept_away(actor, at).filter(Q(person_id=person_id) | Q(person__in=joined)).values_list("pk", flat=True)[:1]


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
    if actor.hub_id != hub_id or not (holds or may(actor, "exclusions")) or is_kept_away(actor, person_id, at):
        raise NotFound
