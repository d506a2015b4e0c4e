"""What several workers may hold together: what every one of them may see, and nobody who keeps any one of them away.

A pack for a team is read by whoever of it is there. So nothing stands in it that one of them could not have opened: the person by a
relationship of the team, a record by the narrowest of their roles and by the agreements of every organisation among them, and no
person from whom anything keeps away one who sits in the team, in whichever role. A circle item, an override and broken glass open
something to one worker, and so nothing here. Source: trust.md 3.1, C07, C30; ADR 0026.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from alongside.access import policy
from alongside.access.actors import worker_actor
from alongside.hubs.models import Hat, TeamSeat
from alongside.hubs.queries import live, works_here
from alongside.hubs.roles import roles_that
from alongside.vocabulary.actor import Actor

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class InCommon:
    """A team as one reader."""

    views: tuple[Actor, ...]
    """One for each organisation among those whose role reads stories, in the narrowest of their roles, near by the team alone."""
    workers: tuple[int, ...]
    organisations: tuple[int, ...]
    teams: tuple[int, ...]
    """Everybody who sits in it, whatever their role, and every other team of theirs: whoever keeps any of these away is not here."""

    @property
    def reader(self) -> Actor:
        """Whom partners that keep their own notes are named to, or not."""
        return self.views[0]

    def visible_to(self, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
        """Limit records about people, or people themselves, to what every one of them may see."""
        for view in self.views:
            records = policy.visible_to(view, records, at=at)
        return records.exclude(self._denied(records, at))

    def safety_summary(self, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
        """Limit records of the safety summary to those near the team, and to nobody who keeps one of it away."""
        for view in self.views:
            records = policy.safety_summary(view, records, at=at)
        return records.exclude(self._denied(records, at))

    def _denied(self, records: QuerySet[M], at: datetime) -> Q:
        person = "pk" if records.model._meta.label == "people.Person" else "person_id"
        return policy.denied_to_any(self.workers, self.organisations, self.teams, person, at)


@dataclass(frozen=True, slots=True)
class OfALead:
    """A safeguarding lead as the reader of what is set apart: as behind broken glass, and nobody who keeps this very lead away."""

    reader: Actor

    def visible_to(self, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
        return policy.in_an_outage(self.reader, records, at=at)

    def safety_summary(self, records: QuerySet[M], *, at: datetime) -> QuerySet[M]:
        return policy.in_an_outage(self.reader, records, at=at)


def in_common(team_id: int, hub_id: int, at: datetime) -> InCommon | None:
    """Give a team as one reader; None when nobody sits in it whose role reads stories.

    Queries:  three, and three more for each organisation among them, however many they are and whomever they know.
    """
    hats = list(
        Hat.objects.filter(works_here(at), live(at, "seats__"), hub_id=hub_id, seats__team_id=team_id)
        .distinct()
        .order_by("pk")
        .values_list("pk", "worker_id", "organisation_id", "role")
    )
    workers = tuple(sorted({worker for _hat, worker, _organisation, _role in hats}))
    readers = [one for one in hats if one[3] in roles_that("read_story")]
    if not readers:
        return None
    narrowest = min((one[3] for one in readers), key=lambda role: len(policy.labels_open_to(role)))
    first = {organisation: hat for hat, _worker, organisation, _role in reversed(readers)}
    worn = [worker_actor(hat, user_id=None, at=at) for _organisation, hat in sorted(first.items())]
    views = [
        # Near by the team alone: no hat, no worker, and nothing that was opened to one of them.
        replace(
            one, hat_id=0, worker_id=0, user_id=None, role=narrowest, team_ids=(team_id,),
            has_glass=False, has_overrides=False, is_in_circles=False,
        )
        for one in worn
        if one is not None
    ]  # fmt: skip
    theirs = Hat.objects.filter(live(at), worker_id__in=workers)
    return InCommon(
        tuple(views),
        workers,
        tuple(sorted(set(theirs.values_list("organisation_id", flat=True)))),
        tuple(sorted(_teams_of(workers, at))),
    )


def _teams_of(workers: Collection[int], at: datetime) -> set[int]:
    seats = TeamSeat.objects.filter(live(at), live(at, "hat__"), hat__worker_id__in=workers)
    return set(seats.values_list("team_id", flat=True))


def leads(hub_id: int, at: datetime) -> list[tuple[Hat, OfALead]]:
    """Give the safeguarding leads who work in a hub, each as a reader of their own."""
    found = Hat.objects.filter(works_here(at), hub_id=hub_id, role="safeguarding_lead").select_related("worker", "organisation")
    worn = [(hat, worker_actor(hat.pk, user_id=None, at=at)) for hat in found.order_by("worker__name", "pk")]
    return [(hat, OfALead(actor)) for hat, actor in worn if actor is not None]
