"""Who would gain sight of how many people by a proposal: what an approver looks at before they say yes.

Source: trust.md C04, H22. A test compares it with what `visible_to` shows before and after, over worlds made at random.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from alongside.access.codes import CATEGORIES
from alongside.access.models import Joined, KeptAway, Objection, Relationship, SharingProposal, Signature
from alongside.access.policy import FULL_SIGHT
from alongside.access.records import PersonRecord
from alongside.hubs.models import Hat, Organisation, TeamSeat
from alongside.hubs.queries import live, works_here
from alongside.hubs.roles import ROLES

_LISTED = "Counted for whoever approves what partners share; nobody is named."


class Gain(NamedTuple):
    """How many people the workers of one organisation would see more of."""

    organisation: Organisation
    people: int


class _Shared(NamedTuple):
    """One organisation shares one part of the record up to one label; part "" is who somebody is."""

    giver: int
    part: str
    label: str


def gains(proposal: SharingProposal, *, at: datetime) -> list[Gain]:
    """Count, for each organisation whose workers would see more, the people of whom they would.

    Counts:   people with whom one of its workers, or a team of them, is now, in a role that reads the label, who is not kept
              away; of whom something is written that it did not see before, and to whose sharing the person does not object.
    Order:    the most people first. Queries: four for each organisation that gains, whatever the size of the hub.
    """
    joining = list(proposal.organisations.values_list("pk", flat=True))
    signed = _signed(proposal.agreement_id, at)
    found = []
    for organisation in Organisation.objects.filter(pk__in=[*joining, *signed]).order_by("name"):
        givers = [*joining, *signed] if organisation.pk in joining else joining
        more = _of(proposal, givers, without=organisation.pk) - _shared_with(organisation.pk, proposal.hub_id, at)
        people = people_gained(proposal.hub_id, organisation.pk, more, at=at) if more else set()
        if people:
            found.append(Gain(organisation, len(people)))
    return sorted(found, key=lambda one: -one.people)


def people_gained(hub_id: int, viewer: int, more: set[_Shared], *, at: datetime) -> set[int]:
    """Name the people of whom the workers of one organisation would see more."""
    here = works_here(at)
    seats = TeamSeat.objects.filter(live(at), hat__in=Hat.objects.filter(here, hub_id=hub_id, organisation=viewer))
    of_hats = Relationship.objects.filter(hat__in=Hat.objects.filter(here, hub_id=hub_id, organisation=viewer))
    of_teams = Relationship.objects.filter(team__seats__in=seats)
    mine = (
        of_hats.annotate(of_hat=F("hat"), role=F("hat__role"), of_worker=F("hat__worker")),
        of_teams.annotate(
            of_hat=F("team__seats__hat"), role=F("team__seats__hat__role"), of_worker=F("team__seats__hat__worker")
        ),
    )
    return {key for near in mine for key in _among(near.filter(hub_id=hub_id), viewer, more, at)}


def _among(near: QuerySet[Any, Any], viewer: int, more: set[_Shared], at: datetime) -> Iterable[int]:
    teams = TeamSeat.objects.filter(live(at), hat=OuterRef(OuterRef("of_hat"))).values("team")
    meant = Q(worker=OuterRef("of_worker")) | Q(organisation=viewer) | Q(team__in=teams)
    joined = Joined.objects.filter(live(at), person=OuterRef(OuterRef("person"))).values("other")
    away = KeptAway.objects.filter(meant, live(at)).filter(Q(person=OuterRef("person")) | Q(person__in=joined))
    now = near.filter(Q(until_at__isnull=True) | Q(until_at__gt=at), ~Exists(away), kind__in=FULL_SIGHT, from_at__lte=at)
    seen = Q(pk__in=())
    for label in ("open", "sensitive"):
        reads = [code for code, role in ROLES.items() if label in role.sees]
        for records in _written(viewer, {one for one in more if one.label == label}, label, at):
            seen |= Q(role__in=reads) & Q(Exists(records))
    known = [one.giver for one in more if not one.part]
    person = apps.get_model("people", "Person").objects.unscoped(_LISTED)
    seen |= Q(Exists(person.filter(pk=OuterRef("person"), author_organisation__in=known)))
    return now.filter(seen).values_list("person", flat=True).distinct()


def _written(viewer: int, more: set[_Shared], label: str, at: datetime) -> Iterable[QuerySet[Any, Any]]:
    """Give what is written by those who would share, one kind of record after the other, less what the person objects to."""
    for model in person_records():
        givers = [one.giver for one in more if one.part == model.CATEGORY]
        if givers:
            meant = Q(organisation__isnull=True) | Q(organisation=viewer)
            item = Q(item__isnull=True) | Q(item=OuterRef("public_id"))
            against = Objection.objects.filter(meant, live(at))
            here = against.filter(item, person=OuterRef("person"))
            other = Joined.objects.filter(
                live(at), person=OuterRef("person"), other__in=against.filter(item=None).values("person")
            )
            yield model._default_manager.filter(
                ~Exists(here), ~Exists(other), person=OuterRef("person"), author_organisation__in=givers, label=label
            )


def person_records() -> list[type[PersonRecord]]:
    """Name every kind of record about a person."""
    found: list[type[Model]] = list(apps.get_models())
    return [model for model in found if issubclass(model, PersonRecord)]


def _signed(agreement_id: int, at: datetime) -> list[int]:
    return list(Signature.objects.filter(live(at), agreement_id=agreement_id).values_list("organisation", flat=True))


def _of(proposal: SharingProposal, givers: Iterable[int], *, without: int) -> set[_Shared]:
    one = proposal.agreement
    return _spread([(key, one.label_ceiling, one.categories) for key in givers if key != without])


def _shared_with(viewer: int, hub_id: int, at: datetime) -> set[_Shared]:
    mine = Signature.objects.filter(live(at), live(at, "agreement__"), agreement__hub_id=hub_id, organisation=viewer)
    theirs = Signature.objects.filter(live(at), agreement__in=mine.values("agreement")).exclude(organisation=viewer)
    return _spread(theirs.values_list("organisation", "agreement__label_ceiling", "agreement__categories"))


def _spread(shares: Iterable[tuple[int, str, list[str]]]) -> set[_Shared]:
    """Say what is shared, one part and one label at a time; who somebody is goes with any of it."""
    return {
        _Shared(giver, part, label)
        for giver, ceiling, parts in shares
        for part in ("", *(parts or CATEGORIES))
        for label in (("open", "sensitive") if ceiling == "sensitive" else ("open",))
    }
