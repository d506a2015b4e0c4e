"""What a referrer brought in, and what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from alongside.access.models import KeptAway
from alongside.access.policy import denied, is_kept_away
from alongside.hubs.queries import live, local_date
from alongside.journal.models import Entry
from alongside.journey.referrals.models import Referral
from alongside.journey.referrals.queries.referrals import facts_of
from alongside.journey.referrals.queries.triage import PAGE
from alongside.journey.referrals.rules import Facts, is_news, news, status
from alongside.members.models import Membership
from alongside.reads import Read, read
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor


def get_brought_in(actor: Actor, referral_id: UUID, *, at: datetime) -> Referral:
    """Get a referral that this hat brought in itself: own words and status, nothing else (lists.md, referrer)."""
    found = (
        Referral.objects.unscoped("What this very hat brought in: own words and status.")
        .filter(public_id=referral_id, hub_id=actor.hub, source_hat_id=actor.hat_id)
        .select_related("person", "team")
        .first()
    )
    if found is None or actor.hat_id is None or is_kept_away(actor, found.person_id, at):
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
    found = (
        Referral.objects.unscoped("What this very hat brought in: own words and status; whoever is kept away is not there.")
        .filter(hub_id=actor.hub, source_hat_id=actor.hat)
        .exclude(denied(actor, "person_id", at))
    )
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
    Also:     whoever the person keeps away hears no more of them, whatever they brought in (trust.md C07).
    """
    meant = Q(worker=OuterRef("source_hat__worker")) | Q(organisation=OuterRef("source_hat__organisation"))
    away = KeptAway.objects.filter(live(at), person=OuterRef("person")).filter(
        meant | Q(worker__email__iexact=OuterRef("source_contact"))
    )
    lately = Entry.objects.filter(hub_id=hub_id, command__in=_MAKES_NEWS, at__gt=at - timedelta(days=7), at__lte=at)
    found = (
        Referral.objects.unscoped("For the sweep: keys only.")
        .filter(
            person_id__in=lately.values("person_id"),
            hub_id=hub_id,
            triaged_at__isnull=False,
            agrees=True,
            source_contact__contains="@",
        )
        .exclude(Exists(away))
        .select_related("person__membership")
    )
    return [one.pk for one in found if is_news(news_of(one, one.person.membership), told=one.referrer_told)]


_MAKES_NEWS = ("referral.triaged", "contact.logged", "handover.met", "member.rested")


def status_for_referrer(referral: Referral) -> str:
    """Give where a referral stands as its referrer may know it: never that the person was known here before."""
    return status(replace(facts_of(referral), added_to_another=False))
