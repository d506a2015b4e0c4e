"""Reads that cross stages: Nobody lost, the hub's figures, today's caseload, who can see and who looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils.translation import gettext as _

from alongside.access.models import Relationship
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat, Team
from alongside.hubs.queries import live, standard
from alongside.journal.models import Entry, Look
from alongside.journey.care_contacts.models import CareContact
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.handovers.queries import unanswered_past
from alongside.journey.referrals.models import CrisisCall, Referral
from alongside.journey.referrals.queries import not_safe_and_nobody_called
from alongside.members.models import Holding, Membership, Task
from alongside.members.queries import with_passed_next_date, without_live_holder
from alongside.people.models import AskedAgain, MatchTask, Person, StoryRead
from alongside.reads import Read, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import UK, local
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

    Rows:     a member without a live holder or with a passed next date; an untriaged referral or unanswered introduction
              past its standard; an open crisis call; a failed message; an untouched match or quarantine.
    Queries:  eleven, whatever the size of the hub.
    Source:   part C12; promise 2; S0-28, S2-238.
    """
    today = local(at).date()
    lost = [
        Lost(one.membership_id, "no_live_holder", _gone_since(one, at), _("nobody")) for one in without_live_holder(hub_id, at)
    ]
    lost += [
        Lost(one.pk, "next_date_passed", _start_of_day_after(one.next_on), "")
        for one in with_passed_next_date(hub_id, today)
        if one.next_on
    ]
    triaged_by = _working_days_ago(today, standard(hub_id, "triage"))
    lost += [
        Lost(person_id, "waits_for_triage", received, "")
        for person_id, received in Referral.objects.filter(
            hub_id=hub_id, triaged_at__isnull=True, added_to__isnull=True, received_at__lt=triaged_by, suspected_spam=False
        ).values_list("person_id", "received_at")[:1000]
    ]
    lost += [
        Lost(person_id, "not_looked_at", received, "")
        for person_id, received in Referral.objects.filter(
            hub_id=hub_id, suspected_spam=True, looked_at__isnull=True, received_at__lt=triaged_by
        ).values_list("person_id", "received_at")[:1000]
    ]
    lost += [
        Lost(one.person_id, "introduction_unanswered", _start_of_day_after(one.answer_by), "")
        for one in unanswered_past(hub_id, today)
    ]
    lost += [
        Lost(person_id, "crisis_call_open", opened, "")
        for person_id, opened in CrisisCall.objects.filter(hub_id=hub_id, taken_at__isnull=True).values_list(
            "person_id", "opened_at"
        )
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
        for person_id, made in MatchTask.objects.filter(hub_id=hub_id, settled_at__isnull=True, made_at__lt=match_by).values_list(
            "person_id", "made_at"
        )
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


@dataclass(frozen=True, slots=True)
class Load:
    """What one team has in hand: by itself and through the hats that sit in it."""

    team: str
    held: int
    oldest_next: date | None
    limit: int | None


def team_loads(hub_id: int) -> list[Load]:
    """Count whom each team holds, with its oldest next date. Queries: one."""
    rows = (
        Team.objects.filter(hub_id=hub_id, ended_at__isnull=True)
        .annotate(
            held=Count("holdings", filter=Q(holdings__until_at__isnull=True)),
            oldest=Min("holdings__next_on", filter=Q(holdings__until_at__isnull=True)),
        )
        .order_by("name")
    )
    return [Load(row.name, row.held, row.oldest, row.people_limit) for row in rows]


def promise_counts(hub_id: int, at: datetime) -> dict[str, int]:
    """Count what the live figures of the promises are made of, for one hub, over the last 90 days where time matters."""
    since = at - timedelta(days=90)
    members = Membership.objects.filter(hub_id=hub_id)
    contacts = CareContact.objects.filter(hub_id=hub_id, at__gte=since)
    handovers = Handover.objects.filter(hub_id=hub_id, offered_at__gte=since)
    return {
        "members": members.count(),
        "active": members.filter(rest_reason="").count(),
        "held": Holding.objects.filter(hub_id=hub_id, until_at__isnull=True).count(),
        "referrals": Referral.objects.filter(hub_id=hub_id, received_at__gte=since).count(),
        "doors": Referral.objects.filter(hub_id=hub_id, received_at__gte=since).values("door").distinct().count(),
        "asked_again": AskedAgain.objects.filter(hub_id=hub_id, at__gte=since).count(),
        "read_before_met": _read_before_met(hub_id, since),
        "first_meetings": contacts.filter(outcome="met").values("person_id", "hat_id").distinct().count(),
        "handovers": handovers.count(),
        "met": handovers.filter(met_at__isnull=False).count(),
        "not_us": handovers.filter(answer="not_us").count(),
        "signposts": Signpost.objects.filter(hub_id=hub_id, given_at__gte=since).count(),
        "signposts_with_result": Signpost.objects.filter(hub_id=hub_id, given_at__gte=since).exclude(result="").count(),
        "untriaged": Referral.objects.filter(hub_id=hub_id, triaged_at__isnull=True, added_to__isnull=True).count(),
    }


def behind_figure(hub_id: int, what: str, at: datetime) -> list[tuple[int, datetime]] | None:
    """List (person, when) behind one live figure of a hub, newest first, 201 at most; None for a figure that is none.

    Queries: one.
    """
    since = at - timedelta(days=90)
    contacts = CareContact.objects.filter(hub_id=hub_id, at__gte=since, outcome="met")
    handovers = Handover.objects.filter(hub_id=hub_id, offered_at__gte=since)
    signposts = Signpost.objects.filter(hub_id=hub_id, given_at__gte=since)
    figures: dict[str, tuple[QuerySet[Any], str]] = {
        "came-in": (Referral.objects.filter(hub_id=hub_id, received_at__gte=since), "received_at"),
        "held": (Holding.objects.filter(hub_id=hub_id, until_at__isnull=True), "from_at"),
        "met": (contacts, "at"),
        "asked-again": (AskedAgain.objects.filter(hub_id=hub_id, at__gte=since), "at"),
        "introduced": (handovers, "offered_at"),
        "not-us": (handovers.filter(answer="not_us"), "offered_at"),
        "signposts": (signposts, "given_at"),
    }
    if what not in figures:
        return None
    found, when = figures[what]
    person = "membership_id" if what == "held" else "person_id"
    return list(found.order_by(f"-{when}", "-pk").values_list(person, when)[: CASELOAD + 1])


def median_wait_days(hub_id: int, at: datetime) -> tuple[int, int] | None:
    """Give (median days from referral to first meeting, how many people) of the last 90 days; None for fewer than eight.

    Units: whole days. Source: pages.md (public home); trust.md P7 (small numbers are not shown).
    """
    met = (
        Referral.objects.filter(hub_id=hub_id, received_at__gte=at - timedelta(days=90), added_to__isnull=True)
        .annotate(first_met=Min("person__carecontacts__at", filter=Q(person__carecontacts__outcome="met")))
        .filter(first_met__gte=F("received_at"))
        .values_list("received_at", "first_met")[:5000]
    )
    days = sorted((first - received).days for received, first in met)
    return (days[len(days) // 2], len(days)) if len(days) >= 8 else None


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


def _read_before_met(hub_id: int, since: datetime) -> int:
    """Count first meetings whose worker had read the story before (promise 3)."""
    firsts = (
        CareContact.objects.filter(hub_id=hub_id, outcome="met", at__gte=since)
        .values("person_id", "hat_id")
        .annotate(first=Min("at"))
        .values_list("person_id", "hat_id", "first")
    )
    read = {
        (person_id, hat_id): at
        for person_id, hat_id, at in StoryRead.objects.filter(person__hub_id=hub_id)
        .values("person_id", "hat_id")
        .annotate(first=Min("at"))
        .values_list("person_id", "hat_id", "first")
    }
    return sum(1 for person_id, hat_id, first in firsts if (at := read.get((person_id, hat_id))) and at <= first)


def _gone_since(holding: Holding, at: datetime) -> datetime:
    ends = (
        [holding.hat.until_at, holding.hat.worker.left_at] if holding.hat else [holding.team.ended_at if holding.team else None]
    )
    known = [end for end in ends if end and end <= at]
    return min(known) if known else at


def _start_of_day_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), datetime.min.time(), tzinfo=UK)


def _working_days_ago(today: date, count: int) -> datetime:
    """Give the moment before which something has waited longer than so many working days (Monday to Friday)."""
    day = today
    while add_working_days(day, count) > today or day == today:
        day -= timedelta(days=1)
        if (today - day).days > 60:
            break
    return datetime.combine(day, datetime.max.time(), tzinfo=UK)
