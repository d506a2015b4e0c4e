"""Reads of the doors and of triage, limited by who is asking."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from alongside.access.policy import denied, has_relationship, is_kept_away, visible_to
from alongside.design.words import words
from alongside.hubs.models import Worker
from alongside.hubs.queries import local_date
from alongside.journal.models import Entry
from alongside.journey.referrals.codes import STATUS_FOR_YOU
from alongside.journey.referrals.models import CrisisCall, Draft, Referral, TriageDecision
from alongside.journey.referrals.rules import Facts, Standing, is_news, news, reasons, status
from alongside.members.models import Holding, Membership
from alongside.members.strip import holder_words
from alongside.people.models import Dependant, Person
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_18
from alongside.vocabulary.names import resembles
from alongside.vocabulary.reference import fingerprint
from alongside.vocabulary.urgency import rank as rank_of

PAGE = 50


def lock_referral(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get one referral under a lock, when the actor may see it (NotFound otherwise)."""
    locked = Referral.objects.select_for_update(of=("self",)).select_related("person").filter(public_id=referral_id)
    found = visible_to(actor, locked, at=at).first()
    if found is None:
        raise NotFound
    return found


def referral_with(key: str) -> Referral | None:
    """Get the referral that a message number has made already, for the doors only."""
    return read(_with_key, keys=[key]).first()


def _with_key(keys: list[str], at: datetime) -> QuerySet[Referral]:
    return Referral.objects.filter(key__in=keys)


def get_referral(actor: Actor, referral_id: UUID) -> Referral:
    """Get one referral that the actor may see, with the person and the source at hand."""
    found = (
        visible_to(actor, Referral.objects.filter(public_id=referral_id))
        .select_related("person", "source_organisation", "source_hat__worker", "team", "triaged_by__worker")
        .first()
    )
    if found is None:
        raise NotFound
    return found


def get_brought_in(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get a referral that this hat brought in itself: own words and status, nothing else (lists.md, referrer)."""
    found = (
        Referral.objects.filter(public_id=referral_id, hub_id=actor.hub, source_hat_id=actor.hat_id)
        .select_related("person", "team")
        .first()
    )
    if found is None or actor.hat_id is None or is_kept_away(actor.worker_id, found.person_id, at):
        raise NotFound
    return found


class BroughtIn(NamedTuple):
    """One person whom a hat brought in, as far as it may know of them: the same whether they were known here or not (C9)."""

    key: int
    person_id: int
    referral_id: UUID
    reference: str
    name: str
    words: str
    received_at: datetime
    triaged_at: datetime | None
    suspected_spam: bool

    @property
    def status(self) -> str:
        return status(Facts(self.received_at, self.triaged_at, self.suspected_spam, added_to_another=False))


def brought_in_by(actor: Actor, *, after: tuple[datetime, int] | None = None) -> Read[BroughtIn]:
    """List what this hat brought in, with its own words and where it stands, newest first.

    Reach:    a referrer's own, unless an exclusion keeps the worker away: then it is not there.
    Order:    received, id; keyset `after`. Rows: 50 and one more. Queries: one.
    Source:   lists.md (referrer: own words and the status of what they brought).
    """
    received, key = after or (None, None)
    return read(_brought_in, into=BroughtIn, actor=actor, received=received, key=key)


def _brought_in(actor: Actor, received: datetime | None, key: int | None, at: datetime) -> QuerySet[Any, Any]:
    found = Referral.objects.filter(hub_id=actor.hub, source_hat_id=actor.hat).exclude(denied(actor, "person_id", at))
    if received is not None:
        found = found.filter(Q(received_at__lt=received) | Q(received_at=received, pk__lt=key))
    return found.order_by("-received_at", "-pk").values_list(
        "pk", "person_id", "public_id", "reference", "name_given", "words", "received_at", "triaged_at", "suspected_spam",
    )[: PAGE + 1]  # fmt: skip


def news_of(referral: Referral, member: Membership) -> str:
    """Say what there is to tell whoever brought somebody in."""
    return news(
        triaged_at=referral.triaged_at,
        received_on=local_date(referral.received_at),
        last_met_on=member.last_contact_on,
        resting=bool(member.rest_reason),
    )


def referrers_to_tell(hub_id: int, at: datetime) -> list[int]:
    """List the referrals of a hub whose referrer left an e-mail address and has not heard the newest news; for the sweep.

    Counts:   what the journal says was decided, met or rested in the last week, so that it costs what has happened.
    """
    lately = Entry.objects.filter(hub_id=hub_id, command__in=_MAKES_NEWS, at__gt=at - timedelta(days=7), at__lte=at)
    found = Referral.objects.filter(
        person_id__in=lately.values("person_id"),
        hub_id=hub_id,
        triaged_at__isnull=False,
        agrees=True,
        source_contact__contains="@",
    ).select_related("person__membership")
    return [one.pk for one in found if is_news(news_of(one, one.person.membership), told=one.referrer_told)]


_MAKES_NEWS = ("referral.triaged", "contact.logged", "handover.met", "member.rested")


class Waiting(NamedTuple):
    """One row of the triage queue."""

    key: int
    referral_id: UUID
    person_id: int
    name: str
    urgency: str
    urgency_rank: int
    received_at: datetime
    not_safe_now: bool
    door: str
    words: str
    needs: list[str]
    suspected_spam: bool
    raised_because: str
    promised_on: date | None
    born_on: date | None
    age_band: str
    child_depends: bool

    def reasons(self, today: date) -> tuple[str, ...]:
        """Say why this row stands where it stands, as codes of REASONS."""
        return reasons(
            Standing(
                urgency=self.urgency,
                not_safe_now=self.not_safe_now,
                raised_because=self.raised_because,
                promised_on=self.promised_on,
                young=is_under_18(self.born_on, self.age_band, today),
                child_depends=self.child_depends,
                has_words=bool(self.words),
            ),
            today,
        )


def waiting_for_triage() -> QuerySet[Referral]:
    """Give the referrals that wait for a decision: not those of somebody who has died."""
    return Referral.objects.filter(triaged_at__isnull=True, added_to__isnull=True, person__death_written_at__isnull=True)


def calls_not_taken() -> QuerySet[CrisisCall]:
    """Give the crisis calls that nobody has taken yet: not those of somebody who has died."""
    return CrisisCall.objects.filter(taken_at__isnull=True, person__death_written_at__isnull=True)


def referrals_waiting_for_triage(actor: Actor, *, after: tuple[int, datetime, int] | None = None) -> Read[Waiting]:
    """List the untriaged referrals within reach, by urgency and then by wait.

    Order: urgency, received, id; keyset `after`. Rows: 50 and one more, to know whether there is a next page. Queries: one.
    Source: performance.md task 3.
    """
    rank, received, key = after or (None, None, None)
    return read(_waiting, into=Waiting, actor=actor, rank=rank, received=received, key=key)


def _waiting(actor: Actor, rank: int | None, received: datetime | None, key: int | None, at: datetime) -> QuerySet[Any, Any]:
    found = visible_to(actor, waiting_for_triage(), at=at)
    if rank is not None:
        found = found.filter(
            Q(urgency_rank__gt=rank)
            | Q(urgency_rank=rank, received_at__gt=received)
            | Q(urgency_rank=rank, received_at=received, pk__gt=key)
        )
    children = Dependant.objects.filter(person=OuterRef("person"), kind="child")
    return found.order_by("urgency_rank", "received_at", "pk").values_list(
        "pk", "public_id", "person_id", "person__chosen_name", "urgency", "urgency_rank", "received_at", "not_safe_now", "door",
        "words", "needs", "suspected_spam", "raised_because", "person__membership__next_on", "person__born_on", "person__age_band",
        Exists(children),
    )[: PAGE + 1]  # fmt: skip


def urgent_referrals(actor: Actor) -> Read[Referral]:
    """List the referrals within reach that cannot wait and that nobody has decided yet, the most urgent and oldest first."""
    return read(_urgent, actor=actor)


def _urgent(actor: Actor, at: datetime) -> QuerySet[Referral]:
    found = visible_to(actor, waiting_for_triage().filter(urgency_rank__lte=rank_of("today"), suspected_spam=False), at=at)
    return found.select_related("person").order_by("urgency_rank", "received_at", "pk")[:50]


def open_crisis_calls(actor: Actor) -> Read[CrisisCall]:
    """List the crisis calls that nobody has taken yet, oldest first: to whoever holds, and to the team at the door until then."""
    return read(_open_calls, actor=actor)


def _open_calls(actor: Actor, at: datetime) -> QuerySet[CrisisCall]:
    found = visible_to(actor, calls_not_taken(), at=at)
    return found.select_related("person", "referral", "opened_by__worker").order_by("opened_at")[:50]


def crisis_calls_of(actor: Actor, person_id: int) -> Read[CrisisCall]:
    """List a person's crisis calls within reach, newest first: open ones, and who took the others and what was written then."""
    return read(_calls_of, actor=actor, person_id=person_id)


def _calls_of(actor: Actor, person_id: int, at: datetime) -> QuerySet[CrisisCall]:
    found = visible_to(actor, CrisisCall.objects.filter(person_id=person_id), at=at)
    return found.select_related(
        "person", "opened_by__worker", "taken_written_by__worker", "taken_written_by__organisation"
    ).order_by("-opened_at", "-pk")[:50]


class UnsafeDraft(NamedTuple):
    """Somebody who said "not safe", gave a way to reach them and no name yet."""

    draft_id: UUID
    since: datetime
    answers: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.answers.get("name", {}).get("name", ""))


def unsafe_drafts(actor: Actor) -> list[UnsafeDraft]:
    """List, for the team at the door, whoever said "not safe", can be reached, and has neither a referral nor a call yet.

    Reach:    a draft whose answer to "who should not see this" is like the worker's own name is not there (trust.md C07).
    Order:    longest first. Rows: 50. Queries: one.
    """
    found = read(_unsafe_drafts, actor=actor)
    return [
        UnsafeDraft(draft_id, since, answers) for draft_id, since, answers, reader in found if not _keeps_away(answers, reader)
    ]


def _unsafe_drafts(actor: Actor, at: datetime) -> QuerySet[Any, Any]:
    reader = Worker.objects.filter(pk=actor.worker).values("name")[:1]
    found = _drafts_to_call(actor.hub).filter(hub__front_door_team_id__in=actor.team_ids)
    return found.order_by("not_safe_at", "pk").values_list("public_id", "not_safe_at", "answers", Subquery(reader))[:50]


def not_safe_and_nobody_called(hub_id: int) -> list[tuple[UUID, datetime]]:
    """List (draft, since) of every asking in a hub that waits for a call and has no name yet, for counting only."""
    return [(one.public_id, one.not_safe_at or one.begun_at) for one in _drafts_to_call(hub_id).defer("answers")]


def _drafts_to_call(hub_id: int) -> QuerySet[Draft]:
    return Draft.objects.filter(
        hub_id=hub_id, not_safe_at__isnull=False, can_be_reached=True, referral__isnull=True, taken_at__isnull=True
    )


def _keeps_away(answers: dict[str, Any], reader: str | None) -> bool:
    """Tell whether an unfinished draft names its reader, by the same likeness of names as the exclusion of a referral."""
    return resembles(answers.get("keep-away", {}).get("words", ""), reader or "")


def get_unsafe_draft(actor: Actor, draft_id: UUID) -> UnsafeDraft:
    """Get one of `unsafe_drafts`; whoever it keeps away finds nothing."""
    found = next((one for one in unsafe_drafts(actor) if one.draft_id == draft_id), None)
    if found is None:
        raise NotFound
    return found


def lock_unsafe_draft(actor: Actor, draft_id: UUID) -> Draft:
    """Get one draft of the team at the door under a lock, taken or not; whoever it keeps away finds nothing."""
    found = Draft.objects.select_for_update(of=("self",)).filter(
        public_id=draft_id, hub_id=actor.hub, hub__front_door_team_id__in=actor.team_ids, not_safe_at__isnull=False
    )
    draft, reader = found.first(), Worker.objects.filter(pk=actor.worker).values_list("name", flat=True).first()
    if draft is None or _keeps_away(draft.answers, reader):
        raise NotFound
    return draft


def draft_of(hub_id: int, code: str) -> Draft | None:
    """Get the draft that a code opens."""
    found = Draft.objects.filter(hub_id=hub_id, code_fingerprint=fingerprint(code)).select_related("referral__team")
    return found.first() if code else None


def by_link(token: str) -> Referral:
    """Get the referral that a private link opens; a wrong link and none look the same."""
    found = (
        Referral.objects.select_related("person", "team", "hub").filter(link_fingerprint=fingerprint(token)).first()
        if 20 <= len(token) <= 80
        else None
    )
    if found is None:
        raise NotFound
    return found


def own_by_link(token: str) -> Referral:
    """Get the referral that somebody's own private link opens; whoever asked on another's behalf has no say in that one's ways."""
    found = by_link(token)
    if found.whose_words == "carer":
        raise NotFound
    return found


def referrals_of(actor: Actor, person_id: int) -> Read[Referral]:
    """List a person's referrals within reach, newest first, each with the note of its decision at triage (`triage_note`)."""
    return read(_referrals, actor=actor, person_id=person_id)


def _referrals(actor: Actor, person_id: int, at: datetime) -> QuerySet[Referral]:
    decisions = visible_to(
        actor, TriageDecision.objects.filter(referral=OuterRef("pk"), person=OuterRef("person")), at=at
    ).order_by("-at", "-pk")
    found = visible_to(actor, Referral.objects.filter(person_id=person_id), at=at)
    found = found.annotate(triage_note=Subquery(decisions.values("why")[:1]))
    return found.select_related(
        "source_organisation", "source_hat__worker", "triaged_by__worker", "triaged_by__organisation"
    ).order_by("-received_at")[:50]


class Decided(NamedTuple):
    """What one hat decided at triage, who has held the person since that moment, and whether the record is still within reach."""

    decision: TriageDecision
    holding: Holding
    within_reach: bool


def get_decided(actor: Actor, referral_id: UUID, *, at: datetime) -> Decided:
    """Get what this hat decided at triage, also when the person is out of reach now.

    Reach:    the decider's own decision, as it was made; nothing that came after. An exclusion made since closes it.
    """
    decision = (
        TriageDecision.objects.filter(referral__public_id=referral_id, hub_id=actor.hub, by_id=actor.hat)
        .select_related("person", "referral")
        .first()
    )
    if decision is None or is_kept_away(actor.worker_id, decision.person_id, at):
        raise NotFound
    held = Holding.objects.filter(membership_id=decision.person_id, from_at__lte=decision.at)
    newest = held.select_related("hat__worker", "hat__organisation", "team").order_by("-from_at", "-pk")[0]
    return Decided(decision, newest, has_relationship(actor, decision.person_id, at=at))


def next_date_of(person_id: int) -> date | None:
    """Give when somebody is next in touch with a person, for the person's own pages."""
    return Membership.objects.filter(pk=person_id).values_list("next_on", flat=True).first()


def is_young(person_id: int, on: date) -> bool:
    """Tell whether a person is known to be under 18, for the person's own pages."""
    found = Person.objects.filter(pk=person_id).values_list("born_on", "age_band").first()
    return bool(found and is_under_18(found[0], found[1], on))


def status_for_referrer(referral: Referral) -> str:
    """Give where a referral stands as its referrer may know it: never that the person was known here before."""
    return status(replace(facts_of(referral), added_to_another=False))


def status_for_you(referral: Referral) -> str:
    """Say where a referral stands, in the person's words."""
    return words(STATUS_FOR_YOU, status(facts_of(referral)))


def holder_for_you(person_id: int) -> str:
    """Name who is alongside the person now."""
    held = Holding.objects.filter(open_for=person_id).select_related("hat__worker", "hat__organisation", "team").first()
    return holder_words(held)


def facts_of(referral: Referral) -> Facts:
    """Gather the facts that a referral's status is derived from."""
    return Facts(
        received_at=referral.received_at,
        triaged_at=referral.triaged_at,
        suspected_spam=referral.suspected_spam,
        added_to_another=referral.added_to_id is not None,
    )


def get_crisis_call(actor: Actor, call_id: UUID) -> CrisisCall:
    """Get one crisis call within reach."""
    found = visible_to(actor, CrisisCall.objects.filter(public_id=call_id)).select_related("person").first()
    if found is None:
        raise NotFound
    return found
