"""Referrals of a person, by their key and by their private link; every public read of a worker takes the actor."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.access.policy import visible_to
from alongside.design.words import words
from alongside.journey.referrals.codes import STATUS_FOR_YOU
from alongside.journey.referrals.models import Draft, Referral, TriageDecision
from alongside.journey.referrals.rules import Facts, status
from alongside.members.models import Holding, Membership
from alongside.members.strip import holder_words
from alongside.people.models import Person
from alongside.reads import Read, naming, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import is_under_18
from alongside.vocabulary.reference import fingerprint


def lock_referral(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get one referral under a lock, when the actor may see it (NotFound otherwise)."""
    locked = Referral.objects.select_for_update(of=("self",)).select_related("person").filter(public_id=referral_id)
    found = visible_to(actor, locked, at=at).first()
    if found is None:
        raise NotFound
    return found


def referrals_with(key: str) -> Read[Referral]:
    """Give what a message number has made already, one or none: for the doors only."""
    return read(_with_key, keys=[key])


def _with_key(keys: list[str], at: datetime) -> QuerySet[Referral]:
    return Referral.objects.unscoped("For the doors only: what a message number has made already.").filter(key__in=keys)


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


def draft_of(hub_id: int, code: str) -> Draft | None:
    """Get the draft that a code opens."""
    found = Draft.objects.filter(hub_id=hub_id, code_fingerprint=fingerprint(code)).select_related("referral__team")
    return found.first() if code else None


def by_link(token: str) -> Referral:
    """Get the referral that a private link opens; a wrong link and none look the same."""
    found = (
        Referral.objects.unscoped("Whoever has the private link of what they asked for.")
        .select_related("person", "team", "hub")
        .filter(link_fingerprint=fingerprint(token))
        .first()
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
    return naming(found, "source_organisation", "source_hat__worker", "triaged_by").order_by("-received_at")[:50]


def next_date_of(person_id: int) -> date | None:
    """Give when somebody is next in touch with a person, for the person's own pages."""
    return Membership.objects.filter(pk=person_id).values_list("next_on", flat=True).first()


def is_young(person_id: int, on: date) -> bool:
    """Tell whether a person is known to be under 18, for the person's own pages."""
    found = (
        Person.objects.unscoped("The person's own age, for the pages of their private link.")
        .filter(pk=person_id)
        .values_list("born_on", "age_band")
        .first()
    )
    return bool(found and is_under_18(found[0], found[1], on))


def status_for_you(referral: Referral) -> str:
    """Say where a referral stands, in the person's words."""
    return words(STATUS_FOR_YOU, status(facts_of(referral)))


def holder_for_you(person_id: int) -> tuple[str, bool]:
    """Name who is alongside the person now, and tell whether that is a whole team."""
    held = naming(Holding.objects.filter(open_for=person_id), "hat", "team").first()
    return holder_words(held), bool(held and held.team)


def facts_of(referral: Referral) -> Facts:
    """Gather the facts that a referral's status is derived from."""
    return Facts(
        received_at=referral.received_at,
        triaged_at=referral.triaged_at,
        suspected_spam=referral.suspected_spam,
        added_to_another=referral.added_to_id is not None,
    )
