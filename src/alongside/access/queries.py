"""Reads of access itself: exclusions to settle, and whose link a link is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.db.models import Q, QuerySet

from alongside.access.gains import person_records
from alongside.access.models import Exclusion, KeptAway, Relationship, Session, User
from alongside.access.policy import FULL_SIGHT, labels_open_to, may_settle_exclusions_of, visible_to, workers_kept_away_from
from alongside.access.records import PersonRecord
from alongside.access.sessions import IDLE, LASTS
from alongside.hubs.models import Hat, Worker
from alongside.hubs.queries import live, works_here
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor


def who_may_be_named(actor: Actor, person_id: int, *, at: datetime) -> list[Hat]:
    """List whom a circle item of this person may name beside its writer: whoever is with them, and the safeguarding leads.

    Reach:    a role that sees sensitive items, and nobody who is kept away; not the actor.
    """
    near = Relationship.objects.filter(live(at), person_id=person_id, kind__in=FULL_SIGHT)
    seated = Q(seats__team__in=near.filter(team__isnull=False).values("team")) & live(at, "seats__")
    meant = Q(pk__in=near.filter(hat__isnull=False).values("hat")) | seated | Q(role="safeguarding_lead")
    found = Hat.objects.filter(works_here(at), meant, hub_id=actor.hub).exclude(pk=actor.hat)
    found = found.exclude(worker_id__in=workers_kept_away_from([person_id], at)).select_related("worker", "organisation")
    return [one for one in found.distinct().order_by("worker__name", "pk") if "sensitive" in labels_open_to(one.role)]


def exclusions_to_settle(actor: Actor, *, at: datetime) -> list[Exclusion]:
    """List what nobody has settled yet, oldest first, as far as this actor may know of it."""
    if not actor.is_worker:
        return []
    found = Exclusion.objects.filter(hub_id=actor.hub, settled_at__isnull=True)
    return list(found.filter(may_settle_exclusions_of(actor, "person_id", at)).select_related("person").order_by("made_at")[:200])


def exclusions_of(actor: Actor, person_id: int) -> Read[Exclusion]:
    """List what is not settled yet about one person, as far as this actor may know of it; for everybody else there is nothing.

    Queries:  one, for whoever asks: nothing tells a reader apart who may not know.
    """
    return read(_unsettled, actor=actor, person_id=person_id)


def _unsettled(actor: Actor, person_id: int, at: datetime) -> QuerySet[Exclusion]:
    found = Exclusion.objects.filter(hub_id=actor.hub, person_id=person_id, settled_at__isnull=True)
    return found.filter(may_settle_exclusions_of(actor, "person_id", at)).order_by("made_at")[:1]


def get_exclusion(actor: Actor, exclusion_id: UUID, *, at: datetime) -> Exclusion:
    """Get one exclusion to settle, or NotFound for whoever may not know of it."""
    found = next((one for one in exclusions_to_settle(actor, at=at) if one.public_id == exclusion_id), None)
    if found is None:
        raise NotFound
    return found


def workers_to_choose_from(exclusion: Exclusion) -> tuple[list[tuple[str, str]], list[str]]:
    """Give everybody who works in the hub as choices, those whose name is alike first, and the keys that stand ticked."""
    alike = {
        str(key)
        for key in KeptAway.objects.filter(exclusion=exclusion, until_at__isnull=True).values_list("worker_id", flat=True)
    }
    workers = Worker.objects.filter(hats__hub_id=exclusion.hub_id, left_at__isnull=True).distinct().order_by("name", "pk")
    choices = [(str(one.pk), one.name) for one in workers]
    return sorted(choices, key=lambda pair: pair[0] not in alike), sorted(alike)


def item_within_reach(actor: Actor, person_id: int, item: UUID, *, at: datetime) -> PersonRecord:
    """Find one record about a person by its public id, of whatever kind it is, as far as this actor may see it (NotFound otherwise).

    Queries: one for each kind of record, until it is found.
    """
    for model in person_records():
        about = model._default_manager.filter(person_id=person_id, public_id=item)
        found = visible_to(actor, about, at=at).select_related("person").first()
        if found is not None:
            return found
    raise NotFound


def my_sessions(user_id: int, *, at: datetime) -> list[Session]:
    """List where an account is signed in now, the one used last first."""
    still = Session.objects.filter(user_id=user_id, expire_date__gt=at, seen_at__gt=at - IDLE, began_at__gt=at - LASTS)
    return list(still.order_by("-seen_at"))


def get_colleague(actor: Actor, worker_id: UUID, *, at: datetime) -> tuple[Worker, int]:
    """Get somebody who works in the actor's hub, and in how many places they are signed in."""
    found = Worker.objects.filter(public_id=worker_id, hats__in=Hat.objects.filter(live(at), hub_id=actor.hub)).first()
    if found is None:
        raise NotFound
    return found, len(my_sessions(found.user_id, at=at)) if found.user_id else 0


class _Invitations(PasswordResetTokenGenerator):
    """Links of an invitation: they look like those for a new password, and never replace one."""

    key_salt = "alongside.access.invitation"


_invitations = _Invitations()


@dataclass(frozen=True, slots=True)
class Behind:
    """The account behind a link, and whether the link may set its password."""

    user: User
    may_choose: bool


def account_behind(worker_key: str, token: str) -> Behind:
    """Find the account whose link this is; a used, old or made-up link finds nothing.

    Source: C15, C16 (one sentence for every link that does not work).
    """
    try:
        user = User.objects.filter(worker__public_id=UUID(worker_key)).first()
    except ValueError:
        user = None
    if user is not None and user.is_active and default_token_generator.check_token(user, token):
        return Behind(user, may_choose=True)
    if user is not None and _invitations.check_token(user, token):
        return Behind(user, may_choose=user.is_active and not user.has_usable_password())
    raise NotFound


def invitation_path(user: User) -> tuple[str, str]:
    """Give what the link of an invitation is made of: who has no password yet may choose one, who has one signs in with it."""
    return str(user.worker.public_id), _invitations.make_token(user)


def new_link_path(user: User) -> tuple[str, str]:
    """Give what the link for a new password is made of; it works for three days and only until the password changes."""
    return str(user.worker.public_id), default_token_generator.make_token(user)
