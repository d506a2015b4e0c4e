"""Reads of watching over looks: who looked at whom and why, what was noticed, who keeps the end of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access import policy
from alongside.access.models import Glass, Relationship
from alongside.hubs.models import Hat, TeamSeat, Worker
from alongside.journal.models import HandedHead, Look
from alongside.journal.sealing import HAND_EVERY
from alongside.people.models import Person
from alongside.refusals import NotFound
from alongside.safety.models import HomePostcode, LookToLookAt, MadeUpPerson, Watch, Witness
from alongside.vocabulary.actor import Actor

A_PAGE = 50
LISTED = 200
REACHES_BACK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at somebody's own page: when, by whom, which page, and what let them."""

    key: int
    at: datetime
    hat: Hat
    page: str
    why: str
    """A code of `codes.WHY`; empty when nothing is known that let them."""
    person_id: int


def looks_at(person_id: int, *, after: tuple[datetime, int] | None = None) -> list[Seen]:
    """List the looks at one person's own pages, newest first, one more than a page holds. Queries: five, whatever the size.

    In: `after` the moment and key of the last one of the page before.
    """
    return _seen(_page(Look.objects.filter(about_id=person_id, outcome="shown", hat_id__isnull=False), after))


def looks_by(worker_id: int, actor: Actor, at: datetime, *, after: tuple[datetime, int] | None = None) -> list[Seen]:
    """List the looks of one worker, in any hat of this hub, at people's own pages, of the last 31 days, newest first.

    Reach: without those at anybody who is not to be known of to the officer, and those of another partner that keeps its own
           notes: that its worker looked would say where somebody is helped. Queries: six.
    """
    policy.check_may(actor, "see_looks")
    named = Q(organisation__participation="full") | Q(organisation=actor.organisation)
    hats = list(Hat.objects.filter(named, worker_id=worker_id, hub_id=actor.hub).values_list("pk", flat=True))
    found = Look.objects.filter(hub_id=actor.hub, hat_id__in=hats, about_id__isnull=False, outcome="shown")
    found = found.filter(at__gt=at - REACHES_BACK).exclude(policy.denied(actor, "about_id", at))
    return _seen(_page(found, after))


def _page(found: QuerySet[Look], after: tuple[datetime, int] | None) -> list[Look]:
    if after:
        found = found.filter(Q(at__lt=after[0]) | Q(at=after[0], pk__lt=after[1]))
    return list(found.order_by("-at", "-pk")[: A_PAGE + 1])


def _seen(looks: Sequence[Look]) -> list[Seen]:
    hats = Hat.objects.select_related("worker", "organisation").in_bulk({one.hat_id for one in looks if one.hat_id})
    people = {one.about_id for one in looks}
    seats = list(TeamSeat.objects.filter(hat__in=hats).values_list("hat_id", "team_id", "from_at", "until_at"))
    near = Relationship.objects.filter(
        Q(hat__in=hats) | Q(team__in={team for _hat, team, _from, _until in seats}), person__in=people
    )
    reasons = list(near.order_by("-from_at").values_list("person_id", "hat_id", "team_id", "kind", "from_at", "until_at"))
    glass = list(Glass.objects.filter(hat__in=hats, person__in=people).values_list("person_id", "hat_id", "from_at", "until_at"))

    def why(look: Look) -> str:
        teams = {team for hat, team, begins, ends in seats if hat == look.hat_id and _covers(begins, ends, look.at)}
        for person, hat, team, kind, begins, ends in reasons:
            if person == look.about_id and (hat == look.hat_id or team in teams) and _covers(begins, ends, look.at):
                return kind
        opened = any(
            (person, hat) == (look.about_id, look.hat_id) and _covers(begins, ends, look.at)
            for person, hat, begins, ends in glass
        )
        return "emergency" if opened else ""

    return [
        Seen(one.pk, one.at, hats[one.hat_id], one.page, why(one), one.about_id)  # type: ignore[arg-type,index]  # asked for above
        for one in looks
        if one.hat_id in hats
    ]


def _covers(begins: datetime, ends: datetime | None, at: datetime) -> bool:
    return begins <= at and (ends is None or at < ends)


def person_by_reference(actor: Actor, reference: str, at: datetime) -> Person:
    """Find somebody by the reference that they read out, for the privacy officer; NotFound for who is not to be known of.

    Refuses: NotThisRole; NotFound.
    """
    policy.check_may(actor, "see_looks")
    found = (
        Person.objects.unscoped("For the privacy officer, who reads the key and the reference, and no more.")
        .filter(hub_id=actor.hub, reference__iexact=reference.strip())
        .exclude(reference="")
    )
    person = found.exclude(policy.denied(actor, "pk", at)).first()
    if person is None:
        raise NotFound
    return person


def references(person_ids: set[int]) -> dict[int, str]:
    """Give how a privacy officer names people: by the reference, never by a name."""
    return dict(
        Person.objects.unscoped("References only, of looks that the officer may read.")
        .filter(pk__in=person_ids)
        .values_list("pk", "reference")
    )


def workers_of_hub(actor: Actor) -> list[Worker]:
    """List everybody who has ever worked in the hub, by name, for the privacy officer."""
    policy.check_may(actor, "see_looks")
    return list(Worker.objects.filter(hats__hub_id=actor.hub).distinct().order_by("name", "pk")[:2_000])


def get_worker(actor: Actor, worker_id: UUID) -> Worker:
    """Get one worker of the hub, for the privacy officer."""
    policy.check_may(actor, "see_looks")
    found = Worker.objects.filter(public_id=worker_id, hats__hub_id=actor.hub).first()
    if found is None:
        raise NotFound
    return found


def home_postcode(worker_id: int) -> str:
    """Give where a worker lives, as they told; empty when they did not."""
    return HomePostcode.objects.filter(pk=worker_id).values_list("postcode", flat=True).first() or ""


def looks_to_look_at(actor: Actor, at: datetime) -> list[LookToLookAt]:
    """List what was noticed and nobody has settled: made-up and watched people first, then newest. Queries: one.

    Reach: nothing about oneself, nor about anybody who is not to be known of to the officer.
    """
    policy.check_may(actor, "see_looks")
    found = LookToLookAt.objects.filter(hub_id=actor.hub, settled_at__isnull=True).exclude(hat__worker_id=actor.worker)
    found = found.exclude(policy.denied(actor, "person_id", at)).select_related("hat__worker", "hat__organisation", "person")
    urgent = list(found.filter(signal__in=("made_up", "watched")).order_by("-on", "-pk")[:LISTED])
    return urgent + list(found.exclude(signal__in=("made_up", "watched")).order_by("-on", "-pk")[:LISTED])


def get_look_to_look_at(actor: Actor, noticed_id: UUID, at: datetime) -> LookToLookAt:
    """Get one of them, or NotFound."""
    policy.check_may(actor, "see_looks")
    found = LookToLookAt.objects.filter(public_id=noticed_id, hub_id=actor.hub, settled_at__isnull=True)
    found = found.exclude(hat__worker_id=actor.worker).exclude(policy.denied(actor, "person_id", at))
    one = found.select_related("hat__worker", "hat__organisation", "person").first()
    if one is None:
        raise NotFound
    return one


def watched(actor: Actor, at: datetime) -> list[Watch]:
    """List who is on the watch-list now."""
    policy.check_may(actor, "see_looks")
    found = Watch.objects.filter(hub_id=actor.hub, from_at__lte=at, until_at__gt=at).exclude(
        policy.denied(actor, "person_id", at)
    )
    return list(found.select_related("person", "by__worker").order_by("until_at", "pk")[:LISTED])


def made_up_people(actor: Actor) -> list[MadeUpPerson]:
    """List the made-up people of the hub; only a privacy officer may know who they are."""
    policy.check_may(actor, "see_looks")
    return list(MadeUpPerson.objects.filter(hub_id=actor.hub).select_related("person").order_by("made_at", "pk")[:LISTED])


def witnesses(actor: Actor) -> list[tuple[Witness, HandedHead | None]]:
    """List who is handed the end of the journal, each with what they were handed last. Queries: two."""
    policy.check_may(actor, "see_looks")
    found = list(Witness.objects.filter(hub_id=actor.hub, until_at__isnull=True).select_related("organisation").order_by("pk"))
    heads = HandedHead.objects.filter(hub_id=actor.hub).order_by("organisation_id", "at", "pk")
    since = heads.filter(organisation_id__in=[one.organisation_id for one in found]).order_by("-at", "-pk")[: 10 * LISTED]
    last: dict[int, HandedHead] = {}
    for head in since:
        last.setdefault(head.organisation_id, head)
    return [(one, last.get(one.organisation_id)) for one in found]


@dataclass(frozen=True, slots=True)
class DueWitness:
    """A witness whose hour has come."""

    public_id: UUID
    hub_id: int
    address: str
    welsh: bool


def witnesses_due(at: datetime) -> list[DueWitness]:
    """List the witnesses who have not been handed anything for an hour."""
    found = Witness.objects.filter(until_at__isnull=True).select_related("hub").order_by("pk")
    recent = set(
        HandedHead.objects.filter(at__gt=at - HAND_EVERY + timedelta(seconds=1)).values_list("hub_id", "organisation_id")
    )
    return [
        DueWitness(one.public_id, one.hub_id, one.address, one.hub.nation == "wales")
        for one in found
        if (one.hub_id, one.organisation_id) not in recent
    ]
