"""Reads that cross stages: Nobody lost, the hub's figures, today's caseload, who can see and who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, DurationField, ExpressionWrapper, F, Min, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.models import Relationship
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat
from alongside.hubs.queries import live, standard
from alongside.journal.models import Entry, Look
from alongside.journey.handovers.queries import unanswered_past
from alongside.journey.referrals.models import Referral
from alongside.journey.referrals.queries import calls_not_taken, not_safe_and_nobody_called, waiting_for_triage
from alongside.members.models import Holding, Task
from alongside.members.queries import held_by_hats, leaves_without_cover, with_passed_next_date, without_live_holder
from alongside.people.models import CommunicationNeed, ContactPoint, MatchTask, Person
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import UK, local, start_of
from alongside.vocabulary.working_time import add_working_days

CASELOAD = 200


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody who would be lost if nobody acted: why, since when, and who is acting."""

    person_id: int
    """0 for whoever is not safe and has given no name yet: then `draft_id` says which asking it is."""
    why: str
    since: datetime
    acting: str = ""
    draft_id: UUID | None = None

    @property
    def who(self) -> int | UUID | None:
        """Whom it is about, so that somebody with two reasons is counted once."""
        return self.person_id or self.draft_id


def nobody_lost(hub_id: int, at: datetime) -> list[Lost]:
    """List everybody in a hub who is not safely in somebody's hands; the goal is none.

    Rows:     a member without a live holder, with a holder who is away and whose cover has left, or with a passed next date
              (a hello of somebody who rests is one); an untriaged referral or unanswered introduction past its standard; an
              open crisis call; a failed message; an untouched match or quarantine. Nobody who has died.
    Queries:  twelve, and one more while somebody is away without cover, whatever the size of the hub.
    Source:   part C12; promise 2; S0-28, S2-238.
    """
    today = local(at).date()
    lost = [
        Lost(one.membership_id, "no_live_holder", _gone_since(one, at), _("nobody")) for one in without_live_holder(hub_id, at)
    ]
    lost += _without_cover(hub_id, today, at)
    lost += [
        Lost(one.pk, "hello_date_passed" if one.rest_reason else "next_date_passed", _start_of_day_after(one.next_on), "")
        for one in with_passed_next_date(hub_id, today)
        if one.next_on
    ]
    triaged_by = _working_days_ago(today, standard(hub_id, "triage"))
    lost += [
        Lost(person_id, "waits_for_triage", received, "")
        for person_id, received in waiting_for_triage()
        .filter(hub_id=hub_id, received_at__lt=triaged_by, suspected_spam=False)
        .values_list("person_id", "received_at")[:1000]
    ]
    lost += [
        Lost(person_id, "not_looked_at", received, "")
        for person_id, received in Referral.objects.filter(
            hub_id=hub_id,
            suspected_spam=True,
            looked_at__isnull=True,
            received_at__lt=triaged_by,
            person__death_written_at__isnull=True,
        ).values_list("person_id", "received_at")[:1000]
    ]
    lost += [
        Lost(one.person_id, "introduction_unanswered", _start_of_day_after(one.answer_by), "")
        for one in unanswered_past(hub_id, today)
    ]
    lost += [
        Lost(person_id, "crisis_call_open", opened, "")
        for person_id, opened in calls_not_taken().filter(hub_id=hub_id).values_list("person_id", "opened_at")
    ]
    lost += [Lost(0, "crisis_call_open", since, draft_id=draft_id) for draft_id, since in not_safe_and_nobody_called(hub_id)]
    lost += [
        Lost(person_id, "message_failed", made, "")
        for person_id, made in Task.objects.filter(hub_id=hub_id, what="message_failed", done_at__isnull=True).values_list(
            "person_id", "made_at"
        )
    ]
    match_by = _working_days_ago(today, standard(hub_id, "match"))
    lost += [
        Lost(person_id, "match_untouched", made, "")
        for person_id, made in MatchTask.objects.filter(
            hub_id=hub_id, settled_at__isnull=True, made_at__lt=match_by, person__death_written_at__isnull=True
        ).values_list("person_id", "made_at")
    ]
    return sorted(lost, key=lambda one: one.since)


def within_reach(actor: Actor, person_ids: list[int]) -> dict[int, Person]:
    """Give those of these people whom the actor may see."""
    return {one.pk: one for one in visible_to(actor, Person.objects.filter(pk__in=person_ids))}


def acting_for(person_ids: list[int]) -> dict[int, Holding]:
    """Give the open holding of each of these people, with the worker or team."""
    found = Holding.objects.filter(open_for__in=person_ids).select_related("hat__worker", "hat__organisation", "team")
    return {one.membership_id: one for one in found}


class Held(NamedTuple):
    """One person of a caseload."""

    key: int
    person_key: int
    person_id: UUID
    name: str
    next_on: date
    next_what: str
    rest_reason: str
    last_contact_on: date | None


def people_held(actor: Actor, *, after: tuple[date, int] | None = None) -> Read[Held]:
    """List the people whom this hat holds, those resting last: the next date first.

    Order:    next date, then key; keyset `after`. Rows: 200 and one more. Queries: one.
    Reach:    whoever is held is within reach, unless an exclusion was made since: then they are not here.
    Source:   performance.md task 2.
    """
    on, key = after or (None, None)
    return read(_held, into=Held, actor=actor, on=on, key=key)


def _held(actor: Actor, on: date | None, key: int | None, at: datetime) -> QuerySet[Any, Any]:
    holding = "membership__holdings__"
    mine = Q(**{f"{holding}hat_id": actor.hat, f"{holding}until_at__isnull": True, f"{holding}next_on__isnull": False})
    if on is not None:
        mine &= Q(**{f"{holding}next_on__gt": on}) | Q(**{f"{holding}next_on": on, f"{holding}pk__gt": key})
    found = visible_to(actor, Person.objects.filter(mine), at=at)
    return found.order_by(f"{holding}next_on", f"{holding}pk").values_list(
        f"{holding}pk", "pk", "public_id", "chosen_name", f"{holding}next_on",
        "membership__next_what", "membership__rest_reason", "membership__last_contact_on",
    )[: CASELOAD + 1]  # fmt: skip


def meetings_on(actor: Actor, on: date) -> Read[Held]:
    """List everybody whom this hat holds and is to meet or call on a day, by name: of all people held, not of one page."""
    return read(_meetings, into=Held, actor=actor, on=on)


def _meetings(actor: Actor, on: date, at: datetime) -> QuerySet[Any, Any]:
    found = visible_to(actor, Person.objects.filter(_met_on(actor, on, "membership__")), at=at)
    return found.order_by("chosen_name", "pk").values_list(
        "membership__holdings__pk", "pk", "public_id", "chosen_name", "membership__holdings__next_on",
        "membership__next_what", "membership__rest_reason", "membership__last_contact_on",
    )[:CASELOAD]  # fmt: skip


def talking_well_on(actor: Actor, on: date) -> Read[CommunicationNeed]:
    """List what helps to talk well with those whom this hat meets on a day, one person after the other."""
    return read(_talking_well_on, actor=actor, on=on)


def _talking_well_on(actor: Actor, on: date, at: datetime) -> QuerySet[CommunicationNeed]:
    found = CommunicationNeed.objects.filter(_met_on(actor, on, "person__membership__"), until_at__isnull=True)
    return found.order_by("person_id", "pk")


def ways_on(actor: Actor, on: date) -> Read[ContactPoint]:
    """List the ways to reach those whom this hat meets on a day, one person after the other."""
    return read(_ways_on, actor=actor, on=on)


def _ways_on(actor: Actor, on: date, at: datetime) -> QuerySet[ContactPoint]:
    found = ContactPoint.objects.filter(_met_on(actor, on, "person__membership__"), until_at__isnull=True)
    return found.order_by("person_id", "place", "pk")


def _met_on(actor: Actor, on: date, membership: str) -> Q:
    held = {"holdings__hat_id": actor.hat, "holdings__until_at__isnull": True, "holdings__next_on": on}
    return Q(**{f"{membership}{name}": value for name, value in {**held, "next_what__in": ["meet", "call"]}.items()})


def median_wait_days(hub_id: int, at: datetime) -> tuple[int, int] | None:
    """Give (median days from asking to the first meeting, how many people) of the last 90 days; None for fewer than eight.

    Counts:   everybody who came in and has been met since, once, from the first time they asked in those days.
    Units:    whole days, the next one begun, so that half of them met somebody within it. Queries: two.
    Source:   pages.md (public home); trust.md P7 (small numbers are not shown).
    """
    met = Q(person__carecontacts__outcome="met", person__carecontacts__at__gte=F("received_at"))
    waits = (
        Referral.objects.filter(hub_id=hub_id, received_at__gte=at - timedelta(days=90), received_at__lte=at)
        .values("person_id")
        .annotate(asked=Min("received_at"), met=Min("person__carecontacts__at", filter=met))
        .filter(met__isnull=False)
        .annotate(wait=ExpressionWrapper(F("met") - F("asked"), output_field=DurationField()))
        .order_by("wait")
        .values_list("wait", flat=True)
    )
    many = waits.aggregate(many=Count("wait"))["many"]
    if many < 8:
        return None
    middle = list(waits[(many - 1) // 2 : many // 2 + 1])
    return ceil(sum(middle, timedelta()) / len(middle) / timedelta(days=1)), many


def who_can_see(person_id: int) -> Read[Relationship]:
    """List the relationships that open this person's record now."""
    return read(_who_can_see, person_id=person_id)


def _who_can_see(person_id: int, at: datetime) -> QuerySet[Relationship]:
    found = Relationship.objects.filter(live(at), person_id=person_id).exclude(kind="referrer")
    return found.select_related("hat__worker", "hat__organisation", "team__organisation").order_by("from_at")[:50]


def who_looked(person_id: int) -> Read[tuple[datetime, int | None]]:
    """List (when, which hat) of the newest looks at this person's own pages, newest first."""
    return read(_looks, person_id=person_id)


def _looks(person_id: int, at: datetime) -> QuerySet[Any, Any]:
    return Look.objects.filter(about_id=person_id, outcome="shown").order_by("-at", "-pk").values_list("at", "hat_id")[:20]


def lookers(person_id: int) -> Read[Hat]:
    """List the hats behind those looks; the journal knows them by their keys only."""
    return read(_lookers, person_id=person_id)


def _lookers(person_id: int, at: datetime) -> QuerySet[Hat]:
    newest = Look.objects.filter(about_id=person_id, outcome="shown").order_by("-at", "-pk").values("hat_id")[:20]
    return Hat.objects.filter(pk__in=newest).select_related("worker", "organisation")


class Noted(NamedTuple):
    """One journal entry as a timeline shows it."""

    at: datetime
    command: str


def entries_about(actor: Actor, person_id: int) -> Read[Noted]:
    """List the newest journal entries about a person, as far as the actor's organisation wrote them or an agreement shares them."""
    return read(_entries, into=Noted, actor=actor, person_id=person_id)


def _entries(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, Any]:
    organisations = [actor.organisation, *actor.shared_organisation_ids]
    found = Entry.objects.filter(person_id=person_id, part_of__isnull=True, hub_id=actor.hub)
    found = found.filter(Q(author_organisation_id__in=organisations) | Q(author_organisation_id__isnull=True))
    return found.order_by("-at", "-pk").values_list("at", "command")[:60]


def _without_cover(hub_id: int, today: date, at: datetime) -> list[Lost]:
    """List everybody whose holder is away today while the one who covers has left."""
    since: dict[int, datetime] = {}
    for leave in leaves_without_cover(hub_id, today, at):
        if leave.from_on <= today:
            left = [end for end in (leave.cover.until_at, leave.cover.worker.left_at) if end and end <= at]
            since[leave.hat_id] = max(start_of(leave.from_on), min(left, default=at))
    return [Lost(person_id, "cover_left", since[hat_id]) for hat_id, person_id in held_by_hats(list(since))] if since else []


def _gone_since(holding: Holding, at: datetime) -> datetime:
    ends = (
        [holding.hat.until_at, holding.hat.worker.left_at] if holding.hat else [holding.team.ended_at if holding.team else None]
    )
    known = [end for end in ends if end and end <= at]
    return min(known) if known else at


def _start_of_day_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=UK)


def _working_days_ago(today: date, count: int) -> datetime:
    """Give the moment before which something has waited longer than so many working days (Monday to Friday).

    What came in yesterday and is to be done within one working day has until tonight.
    """
    day = today
    while add_working_days(day, count) >= today and (today - day).days <= 60:
        day -= timedelta(days=1)
    return datetime.combine(day, datetime.max.time(), tzinfo=UK)
