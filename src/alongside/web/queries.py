"""Reads that cross stages: Nobody lost, the hub's figures, today's caseload, who can see and who looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Case, Count, DateTimeField, DurationField, ExpressionWrapper, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Least

from alongside.access.models import KnownElsewhere, Relationship
from alongside.access.policy import FULL_SIGHT, for_the_person, labels_open_to, sight_of, visible_to
from alongside.hubs.models import Hat
from alongside.hubs.queries import heartbeat, live, standard
from alongside.journal.models import Entry, Look
from alongside.journey.handovers.queries import said_yes_and_left, said_yes_and_not_met, unanswered
from alongside.journey.referrals.models import Referral
from alongside.journey.referrals.queries import calls_not_taken, not_safe_and_nobody_called, waiting_for_triage
from alongside.members.models import Holding, Task
from alongside.members.queries import (
    NEVER_ARRIVES,
    held_by_hats,
    held_by_nobody,
    leaves_without_cover,
    with_passed_next_date,
)
from alongside.messages.queries import oldest_due
from alongside.people.models import CommunicationNeed, ContactPoint, Identifier, MatchTask, Person
from alongside.reads import Read, naming, read
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import UK, local, start_of
from alongside.vocabulary.working_time import add_working_days

CASELOAD = 200
LISTED = 200
"""So many rows of Nobody lost stand on its page; the figure above them counts everybody."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody who would be lost if nobody acted: why, and since when."""

    person_id: int
    """0 for whoever is not safe and has given no name yet: then `draft_id` says which asking it is."""
    why: str
    since: datetime
    draft_id: UUID | None = None

    @property
    def who(self) -> int | UUID | None:
        """Whom it is about, so that somebody with two reasons is counted once."""
        return self.person_id or self.draft_id


def nobody_lost(hub_id: int, at: datetime) -> list[Lost]:
    """List everybody in a hub who is not safely in somebody's hands, crises first, then the longest; the goal is none.

    Rows:     a member without a live holder, with a holder who is away and whose cover has left, or with a passed next date
              (a hello of somebody who rests is one); an untriaged referral or unanswered introduction past its standard; one
              that was said yes to and came to nothing by its day, or by somebody who has left; an open crisis call; a failed
              message; an untouched match or quarantine. Nobody who has died.
    Queries:  fifteen, and one more while somebody is away without cover, whatever the size of the hub.
    Source:   part C12; promise 2; S0-28, S2-238.
    """
    found = _first(_ways_to_be_lost(hub_id, at, _everybody), None)
    found += [Lost(0, "crisis_call_open", since, draft_id=draft_id) for draft_id, since in not_safe_and_nobody_called(hub_id)]
    return sorted(found, key=_crises_first)


def lost_within_reach(actor: Actor, at: datetime) -> list[Lost]:
    """List, for the first two hundred people among them whom this actor may see, every reason why. Queries: as above, twice."""
    ways = _ways_to_be_lost(actor.hub, at, lambda person: sight_of(actor, person, at))
    people = list(dict.fromkeys(one.person_id for one in _first(ways, LISTED)))[:LISTED]
    return _first({why: way.of(people) for why, way in ways.items()}, None)


def count_lost(hub_id: int, at: datetime) -> int:
    """Count the people on Nobody lost, each once. Queries: five, and one more while somebody is away without cover."""
    return _people(_ways_to_be_lost(hub_id, at, _everybody)) + len(not_safe_and_nobody_called(hub_id))


def count_lost_within_reach(actor: Actor, at: datetime) -> int:
    """Count those of them whom this actor may see, who have a record; who has none yet is on the triage page."""
    return _people(_ways_to_be_lost(actor.hub, at, lambda person: sight_of(actor, person, at)))


WAITS_TOO_LONG = 30
"""Minutes after which a message that is due and has not left, or a sweep that has not been, is no longer well (ours)."""


@dataclass(frozen=True, slots=True)
class HealthOfCare:
    """Whether the work that runs by itself still does."""

    since_sweep: int | None
    """Minutes; None when it has never swept."""
    oldest_waits: int
    """Minutes since the message that is due longest could have left."""

    @property
    def is_well(self) -> bool:
        return self.since_sweep is not None and max(self.since_sweep, self.oldest_waits) <= WAITS_TOO_LONG


def health_of_care(at: datetime) -> HealthOfCare:
    """Say how long ago the last sweep was done, and how long the oldest message has been due. Queries: two."""
    last, oldest = heartbeat("sweep"), oldest_due(at)
    done = last.done_at if last else None
    return HealthOfCare(_minutes_since(done, at) if done else None, _minutes_since(oldest, at) if oldest else 0)


def _minutes_since(moment: datetime, at: datetime) -> int:
    return max(int((at - moment).total_seconds() // 60), 0)


class _Way(NamedTuple):
    """One way to be lost: its rows, and which of their columns name the person and the moment or day since when."""

    rows: QuerySet[Any]
    since: str
    person: str = "person"

    def of(self, people: list[int]) -> _Way:
        return self._replace(rows=self.rows.filter(**{f"{self.person}__in": people}))


def _ways_to_be_lost(hub_id: int, at: datetime, sight: Callable[[str], Q]) -> dict[str, _Way]:
    """Give every way to be lost, each as far as `sight` of the person goes."""
    today = local(at).date()
    triaged_by, match_by = (_working_days_ago(today, standard(hub_id, code)) for code in ("triage", "match"))
    gone = Least(*(Coalesce(ended, at, output_field=DateTimeField()) for ended in _ENDED))
    seen = sight("membership__person")
    here = Q(hub_id=hub_id) & sight("person")
    alive = here & Q(person__death_written_at__isnull=True)
    overdue = with_passed_next_date(hub_id, today).filter(sight("person"))
    flagged = Referral.objects.unscoped("Counted for the whole hub; each list goes as far as the sight of the person.").filter(
        alive, suspected_spam=True, looked_at__isnull=True, received_at__lt=triaged_by
    )
    return {
        "no_live_holder": _Way(held_by_nobody(hub_id, at).filter(seen).annotate(since=gone), "since", "membership__person"),
        "cover_left": _Way(_without_cover(hub_id, today, at).filter(seen), "since", "membership__person"),
        "next_date_passed": _Way(overdue.filter(rest_reason=""), "next_on"),
        "hello_date_passed": _Way(overdue.exclude(rest_reason=""), "next_on"),
        "waits_for_triage": _Way(
            waiting_for_triage().filter(here, received_at__lt=triaged_by, suspected_spam=False), "received_at"
        ),
        "not_looked_at": _Way(flagged, "received_at"),
        "introduction_unanswered": _Way(unanswered(hub_id, today).filter(sight("person")), "answer_by"),
        "said_yes_not_met": _Way(said_yes_and_not_met(hub_id, today).filter(sight("person")), "meet_by"),
        "said_yes_and_left": _Way(said_yes_and_left(hub_id, at).filter(sight("person")), "accepted_by__until_at"),
        "crisis_call_open": _Way(calls_not_taken().filter(here), "opened_at"),
        "message_failed": _Way(
            Task.objects.unscoped("Counted for the whole hub; each list goes as far as the sight of the person.").filter(
                here, what__in=NEVER_ARRIVES, done_at__isnull=True
            ),
            "made_at",
        ),
        "match_untouched": _Way(MatchTask.objects.filter(alive, settled_at__isnull=True, made_at__lt=match_by), "made_at"),
    }


_ENDED = (
    "hat__until_at",
    "hat__worker__left_at",
    "hat__worker__user__locked_at",
    "hat__worker__trained_until_at",
    "team__ended_at",
)


def _everybody(_person: str) -> Q:
    return Q()


def _first(ways: dict[str, _Way], many: int | None) -> list[Lost]:
    found = [
        Lost(person_id, why, since if isinstance(since, datetime) else _start_of_day_after(since))
        for why, way in ways.items()
        for person_id, since in way.rows.order_by(way.since).values_list(way.person, way.since)[:many]
    ]
    return sorted(found, key=_crises_first)[:many]


def _crises_first(one: Lost) -> tuple[bool, datetime]:
    """Whoever may be in danger now does not stand behind a date that passed last year."""
    return one.why != "crisis_call_open", one.since


def _people(ways: dict[str, _Way]) -> int:
    first, *others = (way.rows.order_by().values_list(way.person) for way in ways.values())
    return first.union(*others).count()


def within_reach(actor: Actor, person_ids: list[int]) -> dict[int, Person]:
    """Give those of these people whom the actor may see."""
    return {one.pk: one for one in visible_to(actor, Person.objects.filter(pk__in=person_ids))}


def acting_for(person_ids: list[int]) -> dict[int, Holding]:
    """Give the open holding of each of these people, with the worker or team."""
    found = naming(Holding.objects.filter(open_for__in=person_ids), "hat", "team")
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


class ToTake(NamedTuple):
    """One person of a whole caseload, as far as a file of it says."""

    key: int
    person_key: int
    name: str
    reference: str
    next_on: date | None
    next_what: str


WHOLE = 2_000
"""So many people stand in a file at most; no hat holds as many."""


def whole_caseload(actor: Actor, *, at: datetime) -> list[ToTake]:
    """List everybody whom this hat holds and may see now, the next date first. Queries: one."""
    mine = {"membership__holdings__hat_id": actor.hat, "membership__holdings__until_at__isnull": True}
    found = visible_to(actor, Person.objects.filter(**mine, death_written_at__isnull=True), at=at)
    rows = found.order_by("membership__holdings__next_on", "membership__holdings__pk").values_list(
        "membership__holdings__pk", "pk", "chosen_name", "reference", "membership__holdings__next_on", "membership__next_what"
    )
    return [ToTake(*row) for row in rows[:WHOLE]]


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
    found = CommunicationNeed.objects.unscoped("Of those whom this very hat holds and meets today.").filter(
        _met_on(actor, on, "person__membership__"), until_at__isnull=True
    )
    return found.order_by("person_id", "pk")


def ways_on(actor: Actor, on: date) -> Read[ContactPoint]:
    """List the ways to reach those whom this hat meets on a day, one person after the other."""
    return read(_ways_on, actor=actor, on=on)


def _ways_on(actor: Actor, on: date, at: datetime) -> QuerySet[ContactPoint]:
    found = ContactPoint.objects.unscoped("Of those whom this very hat holds and meets today.").filter(
        _met_on(actor, on, "person__membership__"), until_at__isnull=True
    )
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
        Referral.objects.unscoped("A median of at least eight people, and nothing else of them.")
        .filter(hub_id=hub_id, received_at__gte=at - timedelta(days=90), received_at__lte=at)
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
    found = Relationship.objects.filter(live(at), person_id=person_id, kind__in=FULL_SIGHT)
    return naming(found, "hat", "team").order_by("from_at")[:50]


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
    return naming(Hat.objects.filter(pk__in=newest), "worker", "organisation")


class Noted(NamedTuple):
    """One journal entry as a timeline shows it."""

    at: datetime
    command: str


def entries_about(actor: Actor, person_id: int) -> Read[Noted]:
    """List the newest journal entries about a person, as far as the actor's organisation wrote them or an agreement shares them."""
    return read(_entries, into=Noted, actor=actor, person_id=person_id)


def _entries(actor: Actor, person_id: int, at: datetime) -> QuerySet[Any, Any]:
    organisations = [actor.organisation, *actor.shared_organisation_ids, *actor.openly_shared_ids]
    found = Entry.objects.filter(person_id=person_id, part_of__isnull=True, hub_id=actor.hub)
    found = found.filter(Q(author_organisation_id__in=organisations) | Q(author_organisation_id__isnull=True))
    # That there is a circle item is for nobody but those on its list.
    found = found.filter(label__in=["", *labels_open_to(actor.role)])
    return found.order_by("-at", "-pk").values_list("at", "command")[:60]


def _without_cover(hub_id: int, today: date, at: datetime) -> QuerySet[Holding]:
    """Give what is held by whoever is away today while the one who covers has left, each with `since`."""
    since: dict[int, datetime] = {}
    for leave in leaves_without_cover(hub_id, today, at):
        if leave.from_on <= today:
            left = [end for end in (leave.cover.until_at, leave.cover.worker.left_at) if end and end <= at]
            since[leave.hat_id] = max(start_of(leave.from_on), min(left, default=at))
    moments = [When(hat_id=hat_id, then=Value(moment)) for hat_id, moment in since.items()]
    return held_by_hats(since).annotate(since=Case(*moments, default=Value(at), output_field=DateTimeField()))


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


def known_elsewhere(issuer: str, subject: str) -> KnownElsewhere | None:
    """Find which person a provider of people means by a subject."""
    return KnownElsewhere.objects.filter(issuer=issuer, subject=subject, person__isnull=False).first()


def person_proven(hub_id: int, number: str, birthday: str) -> int | None:
    """Find the one person of a hub whose confirmed NHS number and birthday are these; both, or nobody.

    Source:   C14; T06 (nobody is found by what they say of themselves).
    """
    try:
        born_on = date.fromisoformat(birthday)
    except ValueError:
        return None
    found = Identifier.objects.unscoped(
        "whoever proves a number and a birthday elsewhere is found by these two, in this hub"
    ).filter(hub_id=hub_id, system="nhs_number", value=number, is_valid=True, confirmed_at__isnull=False, person__born_on=born_on)
    keys = list(found.exclude(value="").values_list("person_id", flat=True)[:2])
    return keys[0] if len(keys) == 1 else None


def person_behind(known_id: int, hub_id: int) -> int | None:
    """Give the person of a session, as long as they are linked, of this hub, and alive."""
    found = KnownElsewhere.objects.filter(pk=known_id, person__hub_id=hub_id, person__death_written_at__isnull=True)
    return found.values_list("person_id", flat=True).first()


def asked_by_themselves(person_id: int, *, at: datetime) -> list[Referral]:
    """List what somebody asked for in their own words: what another asked or wrote about them is not theirs to be shown here."""
    found = for_the_person(Referral.objects.filter(whose_words="person", door="self"), person_id, at=at)
    return list(found.order_by("-received_at")[:50])
