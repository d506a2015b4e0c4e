"""Who is asking, built once per request from one hat; an ended hat, a leaver or a locked account builds nobody (D0)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from alongside.access.models import SharingAgreement, Signature, User
from alongside.hubs.models import Hat
from alongside.vocabulary.actor import Actor


def _live(prefix: str, at: datetime) -> Q:
    """Say "from then, and not over": the same words for hats, seats, signatures and agreements."""
    return Q(**{f"{prefix}from_at__lte": at}) & (Q(**{f"{prefix}until_at__isnull": True}) | Q(**{f"{prefix}until_at__gt": at}))


def worker_actor(hat_id: int, *, user_id: int | None, at: datetime) -> Actor | None:
    """Build the actor of one hat, or None when the hat, the worker or the account no longer works here.

    Queries:  two.
    Source:   trust.md C02, C15; X-01.
    """
    rows = list(
        Hat.objects.filter(_live("", at), pk=hat_id, worker__left_at__isnull=True, worker__user__is_active=True)
        .filter(Q(worker__user_id=user_id) if user_id is not None else Q())
        .values_list(
            "hub_id",
            "worker_id",
            "organisation_id",
            "role",
            "worker__user_id",
            "seats__team_id",
            "seats__from_at",
            "seats__until_at",
        )
    )
    if not rows:
        return None
    hub_id, worker_id, organisation_id, role, account_id = rows[0][:5]
    teams = {team for *_, team, begins, ends in rows if team and begins <= at and (ends is None or ends > at)}
    return Actor(
        kind="worker",
        hub_id=hub_id,
        user_id=account_id,
        worker_id=worker_id,
        hat_id=hat_id,
        organisation_id=organisation_id,
        role=role,
        team_ids=tuple(sorted(teams)),
        shared_organisation_ids=organisations_sharing_with(hub_id, organisation_id, at=at),
    )


def organisations_sharing_with(hub_id: int, organisation_id: int, *, at: datetime) -> tuple[int, ...]:
    """Name the organisations whose record an agreement in force shares with this one: both have signed it.

    Source: trust.md C04 (takes effect on the next request); design.md section 5.
    """
    mine = SharingAgreement.objects.filter(
        _live("", at) & _live("signatures__", at), hub_id=hub_id, signatures__organisation_id=organisation_id
    )
    return tuple(
        Signature.objects.filter(_live("", at), agreement__in=mine.values("pk"))
        .exclude(organisation_id=organisation_id)
        .values_list("organisation_id", flat=True)
        .distinct()
        .order_by("organisation_id")
    )


def hats_of(user: User, *, at: datetime) -> list[Hat]:
    """List the hats that this account may wear now, with worker, organisation and hub at hand."""
    return list(
        Hat.objects.filter(_live("", at), worker__user=user, worker__left_at__isnull=True)
        .select_related("worker", "organisation", "hub")
        .order_by("hub__name", "organisation__name", "role")
    )


def personas(*, at: datetime) -> list[tuple[User, list[Hat]]]:
    """List the made-up accounts of the demo with their hats; in live mode nobody asks."""
    found: dict[int, tuple[User, list[Hat]]] = {}
    hats = Hat.objects.filter(_live("", at), worker__left_at__isnull=True, worker__user__is_persona=True)
    for hat in hats.select_related("worker__user", "organisation", "hub").order_by("hub_id", "pk"):
        user = hat.worker.user
        if user is not None:
            found.setdefault(user.pk, (user, []))[1].append(hat)
    return list(found.values())
