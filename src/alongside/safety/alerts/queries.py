# For workers only.
"""Reads of alerts: those that live, for everybody near; those that ended; whoever may own one; what the sweep has to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access import policy
from alongside.access.models import KeptAway, Relationship
from alongside.design.words import day, words
from alongside.hubs.models import Hat, TeamSeat
from alongside.hubs.queries import live, works_here
from alongside.hubs.words import hat_words, team_words
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.safety.alerts.codes import BECAUSE, KINDS
from alongside.safety.models import Alert
from alongside.vocabulary.actor import Actor

ENDED = 50


def alerts_of(actor: Actor, person_id: int) -> Read[Alert]:
    """List the live alerts of a person, for whoever is near them in any role; `is_open` says whether the words are theirs to read.

    Queries:  one. Source: trust.md 3.1 (over-hiding), H11, H25.
    """
    return read(_alerts, actor=actor, person_id=person_id)


def _alerts(actor: Actor, person_id: int, at: datetime) -> QuerySet[Alert]:
    """Of another record that is said to be theirs too: an alert holds for the person, and not for one record (H04)."""
    meant = Alert.objects.filter(policy.with_joined((person_id,), at), ended_at__isnull=True, until_at__gt=at, from_at__lte=at)
    open_to = policy.visible_to(actor, Alert.objects.filter(pk=OuterRef("pk")), at=at)
    found = policy.safety_summary(actor, meant, at=at).annotate(is_open=Exists(open_to.values("pk")))
    return naming(found, "owner", "owner_team").order_by("place")


@dataclass(frozen=True, slots=True)
class Shown:
    """One alert in words: of which kind and what, whose it is, until when."""

    alert_id: UUID
    kind: str
    colour: str
    words: str
    side: str


def shown(actor: Actor, found: Sequence[Alert]) -> tuple[Shown, ...]:
    """Say alerts in words. Whoever may not read the words reads that there is one, of which kind, and whom to ask."""
    return tuple(
        Shown(
            one.public_id,
            words(KINDS, one.kind).capitalize(),
            KINDS[one.kind].colour,
            one.words if one.is_open else _("ask whose alert this is"),  # type: ignore[attr-defined]  # annotated by the read
            _("%(owner)s, until the end of %(day)s") % {"owner": owner_words(actor, one), "day": day(_last_moment(one))},
        )
        for one in found
    )


def owner_words(actor: Actor, one: Alert) -> str:
    """Name whose alert it is."""
    return hat_words(one.owner, actor) if one.owner else team_words(one.owner_team, actor) if one.owner_team else ""


def _last_moment(one: Alert) -> datetime:
    return one.until_at - timedelta(seconds=1)


def ended_alerts(actor: Actor, person_id: int, at: datetime) -> list[str]:
    """List in words what was an alert once and is none now, newest first, as far as this actor may read it."""
    over = Q(ended_at__isnull=False) | Q(until_at__lte=at)
    found = policy.visible_to(actor, Alert.objects.filter(over, person_id=person_id), at=at)
    return [
        _("%(kind)s: %(words)s (until %(day)s: %(why)s)")
        % {
            "kind": words(KINDS, one.kind).capitalize(),
            "words": one.words,
            "day": day(min(one.ended_at or one.until_at, _last_moment(one))),
            "why": words(BECAUSE, one.ended_because) if one.ended_because in BECAUSE else _("its last day has passed"),
        }
        for one in found.order_by("-from_at", "-pk")[:ENDED]
    ]


def get_alert(actor: Actor, person_id: int, alert_id: UUID) -> Alert:
    """Get one live alert of a person whose words this actor reads."""
    found = next((one for one in alerts_of(actor, person_id) if one.public_id == alert_id and one.is_open), None)  # type: ignore[attr-defined]  # annotated
    if found is None:
        raise NotFound
    return found


def may_own(person_id: int, at: datetime) -> QuerySet[Hat]:
    """Give the hats that may own an alert of a person: near them now by themselves or by their team, working here, and not kept away."""
    near = Relationship.objects.filter(live(at), person_id=person_id, kind__in=policy.FULL_SIGHT)
    seats = TeamSeat.objects.filter(live(at), team__in=near.filter(team__isnull=False).values("team")).values("hat")
    meant = Q(pk__in=near.filter(hat__isnull=False).values("hat")) | Q(pk__in=seats)
    return Hat.objects.filter(works_here(at), meant).exclude(worker_id__in=policy.workers_kept_away_from([person_id], at))


def choices_of_owners(actor: Actor, person_id: int, at: datetime) -> list[tuple[str, str]]:
    """List who may own an alert as choices, whoever asks first: of a role that reads stories."""
    found = (
        may_own(person_id, at).filter(hub_id=actor.hub).select_related("worker", "organisation").order_by("worker__name", "pk")
    )
    named = [one for one in found if policy.role_may(one.role, "read_story")]
    me = [(str(one.pk), _("Me: %(name)s") % {"name": hat_words(one)}) for one in named if one.pk == actor.hat]
    return [*me, *((str(one.pk), hat_words(one, actor)) for one in named if one.pk != actor.hat)]


def alerts_past_their_day(at: datetime) -> list[tuple[int, int]]:
    """List (alert, hub) of what has no end written down although its last day has passed, for the sweep."""
    found = Alert.objects.unscoped("For the sweep, which ends each by its key.").filter(ended_at__isnull=True, until_at__lte=at)
    return list(found.order_by("pk").values_list("pk", "hub_id"))


def alerts_to_look_at(on: date, at: datetime) -> list[tuple[int, int]]:
    """List (alert, hub) of what ends soon and nobody was asked about, for the sweep; not of somebody who has died."""
    found = Alert.objects.unscoped("For the sweep, which asks each owner once.").filter(
        ended_at__isnull=True, asked_at__isnull=True, look_on__lte=on, until_at__gt=at, person__death_written_at__isnull=True
    )
    return list(found.order_by("pk").values_list("pk", "hub_id"))


def alerts_left_behind(at: datetime) -> list[tuple[int, int]]:
    """List (alert, hub) whose owner works here no longer, is no longer near the person, or is kept away, for the sweep.

    One of a team is left behind when that team holds the person no longer; one of whoever holds them never is.
    """
    person = {"person": OuterRef("person")}
    ties = Relationship.objects.filter(live(at), kind__in=policy.FULL_SIGHT, **person)
    seats = TeamSeat.objects.filter(live(at), hat=OuterRef(OuterRef("owner"))).values("team")
    near = Exists(ties.filter(Q(hat=OuterRef("owner")) | Q(team__in=seats)))
    here = Exists(Hat.objects.filter(works_here(at), pk=OuterRef("owner")))
    away = KeptAway.objects.filter(live(at), **person).filter(
        Q(worker=OuterRef("owner__worker")) | Q(organisation=OuterRef("owner__organisation")) | Q(team__in=seats)
    )
    # Whoever holds them has it already, and nobody else could take it: their own going is on Nobody lost.
    holding = "person__membership__current_holding"
    found = Alert.objects.unscoped("For the sweep, which passes each on to whoever holds the person.").filter(
        Q(owner__isnull=True) | ~Q(here) | ~Q(near) | Q(Exists(away)), ended_at__isnull=True, until_at__gt=at
    )
    found = found.exclude(owner=F(f"{holding}__hat")).exclude(owner_team=F(f"{holding}__team"))
    return list(found.order_by("pk").values_list("pk", "hub_id"))
