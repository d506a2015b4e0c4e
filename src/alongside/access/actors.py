"""Who is asking, built once per request from one hat; an ended hat, a leaver or a locked account builds nobody (D0)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from alongside.access.models import CircleName, Glass, Override, Signature, User
from alongside.hubs.models import Hat, TeamSeat
from alongside.hubs.queries import is_stopped, is_trained, live
from alongside.reads import Read, naming, read, together
from alongside.vocabulary.actor import Actor


@dataclass(frozen=True, slots=True)
class Worn:
    """A hat as it is worn on one request: who is asking, and the records that stand around every page."""

    actor: Actor
    hat: Hat
    """With worker, organisation and hub at hand."""


@dataclass(frozen=True, slots=True)
class Wearing:
    """The three reads behind a hat, to be asked together with others."""

    hats: Read[Hat]
    teams: Read[int]
    sharing: Read[tuple[int, str, list[str]]]

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        return self.hats, self.teams, self.sharing

    def worn(self) -> Worn | None:
        """Give None when the hat, the worker or the account no longer works here.

        Nor when everything of its organisation is stopped here.
        Source: trust.md C02, C15; X-01; C04 (an agreement takes effect on the next request).
        """
        hat = self.hats.first()
        if hat is None:
            return None
        theirs = [one for one in self.sharing if one[0] != hat.organisation_id]
        shared, openly, partly = sharing_of(theirs)
        actor = Actor(
            kind="worker",
            hub_id=hat.hub_id,
            user_id=hat.worker.user_id,
            worker_id=hat.worker_id,
            hat_id=hat.pk,
            organisation_id=hat.organisation_id,
            role=hat.role,
            team_ids=tuple(self.teams),
            shared_organisation_ids=shared,
            openly_shared_ids=openly,
            partly_shared=partly,
            has_glass=hat.has_glass,  # type: ignore[attr-defined]  # annotated, as the next two
            has_overrides=hat.has_overrides,  # type: ignore[attr-defined]
            is_in_circles=hat.is_in_circles,  # type: ignore[attr-defined]
        )
        return Worn(actor, hat)


def sharing_of(
    theirs: Sequence[tuple[int, str, list[str]]],
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[str, str, int], ...]]:
    """Say what agreements share, from (organisation, label up to which, parts of the record): whole, open only, and by part."""
    shared = tuple(dict.fromkeys(key for key, ceiling, parts in theirs if ceiling == "sensitive" and not parts))
    openly = dict.fromkeys(key for key, ceiling, parts in theirs if ceiling == "open" and not parts and key not in shared)
    partly = {(part, ceiling, key) for key, ceiling, parts in theirs if key not in shared for part in parts}
    return shared, tuple(openly), tuple(sorted(partly))


def worn_in_session(key: list[str], *, at: datetime) -> Wearing:
    """Prepare what the hat of a session is, when it is a hat of the session's own account."""
    return Wearing(
        read(_hat_in_session, key=key, at=at), read(_teams_in_session, key=key, at=at), read(_sharing_in_session, key=key, at=at)
    )


def worker_actor(hat_id: int, *, user_id: int | None, at: datetime) -> Actor | None:
    """Build the actor of one hat, or None when it may not be worn. Queries: three in one trip."""
    asked = Wearing(
        read(_hat, hat_id=hat_id, user_id=user_id, at=at),
        read(_teams, hat_id=hat_id, at=at),
        read(_sharing, hat_id=hat_id, at=at),
    )
    together(*asked.reads)
    worn = asked.worn()
    return worn.actor if worn else None


def _hats(at: datetime) -> QuerySet[Hat]:
    """Give the hats that may be worn at a moment, and whether anything opens more to each than its relationships do."""
    found = Hat.objects.filter(
        live(at), is_trained(at), ~is_stopped(at), worker__left_at__isnull=True, worker__user__is_active=True
    )
    found = found.annotate(
        has_glass=Exists(Glass.objects.filter(live(at), hat=OuterRef("pk"))),
        has_overrides=Exists(Override.objects.filter(live(at), recipient=OuterRef("pk"))),
        is_in_circles=Exists(CircleName.objects.filter(live(at), worker=OuterRef("worker_id"))),
    )
    return naming(found.select_related("worker", "hub"), "organisation")


def _hat(hat_id: int, user_id: int | None, at: datetime) -> QuerySet[Hat]:
    mine = Q(worker__user_id=user_id) if user_id is not None else Q()
    return _hats(at).filter(mine, pk=hat_id)


def _hat_in_session(key: list[str], at: datetime) -> QuerySet[Hat]:
    return _hats(at).filter(sessions__session_key__in=key, sessions__expire_date__gt=at, sessions__user=F("worker__user"))


def _teams(hat_id: int, at: datetime) -> QuerySet[Any, int]:
    return _teams_of(Q(hat_id=hat_id), at)


def _teams_in_session(key: list[str], at: datetime) -> QuerySet[Any, int]:
    return _teams_of(Q(hat__sessions__session_key__in=key), at)


def _teams_of(hat: Q, at: datetime) -> QuerySet[Any, int]:
    return TeamSeat.objects.filter(hat, live(at)).values_list("team_id", flat=True).distinct().order_by("team_id")


def _sharing(hat_id: int, at: datetime) -> QuerySet[Any, Any]:
    return _sharing_with(Hat.objects.filter(pk=hat_id), at)


def _sharing_in_session(key: list[str], at: datetime) -> QuerySet[Any, Any]:
    return _sharing_with(Hat.objects.filter(sessions__session_key__in=key), at)


def _sharing_with(worn: QuerySet[Hat], at: datetime) -> QuerySet[Any, Any]:
    """Name the organisations whose record an agreement in force shares with the hat's, up to which label, and which parts of it:
    both have signed it.

    One chain of joins, and not an IN inside an IN: among 3,000 agreements of which the database had not heard yet, that did not end in
    two minutes, and this ended in five seconds (in milliseconds where it had heard of them).
    """
    hub, organisation = worn.values("hub_id")[:1], worn.values("organisation_id")[:1]
    found = Signature.objects.filter(
        live(at),
        live(at, "agreement__"),
        live(at, "agreement__signatures__"),
        agreement__hub_id=hub,
        agreement__signatures__organisation_id=organisation,
    ).order_by("organisation_id", "agreement__label_ceiling")
    return found.values_list("organisation_id", "agreement__label_ceiling", "agreement__categories").distinct()


def hats_of(user: User, *, at: datetime) -> list[Hat]:
    """List the hats that this account may wear now, with worker, organisation and hub at hand."""
    return list(
        Hat.objects.filter(live(at), is_trained(at), ~is_stopped(at), worker__user=user, worker__left_at__isnull=True)
        .select_related("worker", "organisation", "hub")
        .order_by("hub__name", "organisation__name", "role")
    )


def personas(*, at: datetime) -> list[tuple[User, list[Hat]]]:
    """List the made-up accounts of the demo with their hats; in live mode nobody asks."""
    found: dict[int, tuple[User, list[Hat]]] = {}
    hats = Hat.objects.filter(live(at), worker__left_at__isnull=True, worker__user__is_persona=True)
    for hat in hats.select_related("worker__user", "organisation", "hub").order_by("hub_id", "pk"):
        user = hat.worker.user
        if user is not None:
            found.setdefault(user.pk, (user, []))[1].append(hat)
    return list(found.values())
