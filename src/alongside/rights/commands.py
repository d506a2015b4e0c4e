# For workers only.
"""Writes of a request for a copy: written down, taken up, decided item by item, approved by two, handed over, closed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, open_relationship, take_out
from alongside.hubs.models import Hat, Hub
from alongside.hubs.queries import bank_holidays, local_date
from alongside.journal.command import command, note
from alongside.people.queries import person_within_reach, whole_of
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.rights.codes import ASKED_BY, CLOSED, DECISIONS, HANDED_OVER, PROOFS
from alongside.rights.copying import Copy, copy_of
from alongside.rights.gathering import gather
from alongside.rights.models import AccessRequest, Approved, ApprovedItem, Decision
from alongside.rights.policies import check_can_answer, check_can_write_down
from alongside.rights.queries import BECAUSE, answers_it, lock_request, people_read_for
from alongside.rights.rules import answer_by
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, insert_all

READS_FOR = timedelta(days=120)
"""So long reading for a request lasts at most, whoever forgets to close it (ours; a month, two more where the law allows)."""
LASTS = timedelta(days=30)
"""So long a copy can be had once it is approved; then it is approved anew (ours)."""
APPROVALS = 2


class AskedInTheFuture(Invalid):
    code = "asked_in_the_future"
    message = _("Choose the day on which they asked: today, or before.")


class SayWhoAsks(Invalid):
    code = "say_who_asks"
    message = _("Write the name of whoever asks, and choose the authority as proof.")


class StillToDecide(Invalid):
    code = "still_to_decide"
    message = _("Decide first about everything that is listed.")


class WithheldStays(Invalid):
    code = "withheld_stays_out"
    message = _("This is kept from the person. Whoever kept it from them can release it first; until then it stays out.")


class TwoPeople(Invalid):
    code = "two_people"
    message = _("Two different people approve, and one of them is a privacy officer.")


class NotApproved(Invalid):
    code = "copy_not_approved"
    message = _("Two people have to approve this copy first, or its time is over and they approve it again.")


@command("copy.asked_for")
def ask_for_a_copy(
    *, actor: Actor, at: datetime, person_id: int, asked_by: str, proof: str, asked_on: date, asked_by_name: str = ""
) -> AccessRequest:
    """Write down that somebody asks for a copy of everything that stands here about a person, and how we know that it is they.

    Refuses:  AskedInTheFuture; SayWhoAsks when somebody else asks without a name or an authority; AlreadyDone while one is open.
    Also:     by when it is answered follows from the day on which they asked.
    Source:   UK GDPR art. 12 and 15; X-04.
    """
    check_can_write_down(actor, person_id, at=at)
    person = person_within_reach(actor, person_id, at=at)
    if asked_by not in ASKED_BY or proof not in PROOFS:
        raise NotFound
    if asked_on > local_date(at):
        raise AskedInTheFuture
    name = asked_by_name.strip() if asked_by != "person" else ""
    if asked_by != "person" and (not name or proof != "authority_seen"):
        raise SayWhoAsks
    if AccessRequest.objects.filter(person_id=person_id, closed_at__isnull=True).exists():
        raise AlreadyDone
    holidays = bank_holidays(Hub.objects.get(pk=person.hub_id).nation, asked_on)
    made = insert(
        AccessRequest(
            hub_id=person.hub_id,
            person_id=person_id,
            asked_by=asked_by,
            asked_by_name=name[:120],
            proof=proof,
            asked_on=asked_on,
            answer_by=answer_by(asked_on, holidays),
            written_at=at,
            written_by_id=actor.hat,
        )
    )
    note(person_id=person_id, request=made.public_id, basis=proof, whose=asked_by, answer_by=made.answer_by)
    return made


@command("copy.taken_up")
def take_up(*, actor: Actor, at: datetime, request_id: UUID) -> AccessRequest:
    """Take up a request: from now on this hat reads the person's record for it, and for nothing else, until it is closed."""
    check_can_answer(actor)
    found = lock_request(actor, request_id, at)
    if answers_it(actor, found, at):
        raise AlreadyDone
    for key in whole_of(found.person_id):
        open_relationship(
            actor=actor,
            at=at,
            hub_id=found.hub_id,
            person_id=key,
            kind="reviewer",
            because=(BECAUSE, found.pk),
            hat_id=actor.hat,
            until_at=at + READS_FOR,
        )
    note(person_id=found.person_id, request=found.public_id)
    return found


@command("copy.decided")
def decide_items(*, actor: Actor, at: datetime, request_id: UUID, decisions: Mapping[UUID, str]) -> int:
    """Decide whether items stand in the copy, each with the reason; a change after somebody approved begins a new round.

    Out:      how many were decided anew. What stood decided so is left alone.
    Refuses:  NotFound for an item that is not of this person; WithheldStays for including what is withheld.
    """
    check_can_answer(actor)
    found = _answering(actor, at, request_id)
    there = {one.item: one for one in gather(actor, found, at=at)}
    if not set(decisions) <= set(there) or not set(decisions.values()) <= set(DECISIONS):
        raise NotFound
    changed = {item: decision for item, decision in decisions.items() if there[item].decided != decision}
    if any("withheld" in there[item].why and decision.startswith("include") for item, decision in changed.items()):
        raise WithheldStays
    for item, decision in changed.items():
        Decision.objects.update_or_create(request=found, item=item, defaults={"decision": decision, "by_id": actor.hat, "at": at})
    if changed and found.approvals.filter(round=found.round).exists():
        _begin_a_round(found)
    note(person_id=found.person_id, label="circle", request=found.public_id, items=list(changed), reason=list(changed.values()))
    return len(changed)


@command("copy.approved")
def approve_copy(*, actor: Actor, at: datetime, request_id: UUID) -> AccessRequest:
    """Say yes to what the copy holds. The first yes freezes its items; the second, by somebody else, lets it be handed over.

    Refuses:  StillToDecide; TwoPeople when the same person says it twice, or when neither is a privacy officer.
    Source:   trust.md C35 (second person).
    """
    check_can_answer(actor)
    found = _answering(actor, at, request_id)
    if found.approved_at and found.expires_at and found.expires_at > at:
        raise AlreadyDone
    if found.approved_at:
        _begin_a_round(found)
    items = gather(actor, found, at=at)
    if any(one.is_open for one in items):
        raise StillToDecide
    before = list(found.approvals.filter(round=found.round).values_list("worker_id", "hat_id"))
    if any(worker == actor.worker for worker, _hat in before):
        raise TwoPeople
    if not before:
        ids = [one.item for one in items if one.is_in]
        insert_all(ApprovedItem(request_id=found.pk, round=found.round, item=key) for key in ids)
        found.frozen_at = at
    insert(Approved(request_id=found.pk, round=found.round, worker_id=actor.worker, hat_id=actor.hat, at=at))
    hats = [*(hat for _worker, hat in before), actor.hat]
    if len(hats) >= APPROVALS:
        if not Hat.objects.filter(pk__in=hats, role="privacy_officer").exists():
            raise TwoPeople
        found.approved_at, found.expires_at = at, at + LASTS
    found.save(update_fields=["frozen_at", "approved_at", "expires_at"])
    note(person_id=found.person_id, request=found.public_id, round=found.round)
    return found


@command("copy.handed_over")
def hand_over(*, actor: Actor, at: datetime, request_id: UUID, how: str, handed_over: str) -> Copy:
    """Make the approved copy as a file or to be read, and write down that it leaves and how it is handed over.

    Refuses:  NotApproved before two have approved, and once its time is over; ChangedSince.
    Also:     the copy is made anew each time from the approved items: no second record of somebody lies about.
    """
    check_can_answer(actor)
    found = _answering(actor, at, request_id)
    if not (found.approved_at and found.expires_at and found.expires_at > at):
        raise NotApproved
    if handed_over not in HANDED_OVER:
        raise NotFound
    made = copy_of(actor, found, at=at)
    take_out(actor=actor, at=at, what="own_copy", how=how, reason="asked", person_ids=made.people)
    note(person_id=found.person_id, request=found.public_id, how=how, why=handed_over, items=len(made.items))
    return made


@command("copy.closed")
def close_request(*, actor: Actor, at: datetime, request_id: UUID, because: str) -> AccessRequest:
    """Close a request; whoever answered it reads the record no longer."""
    check_can_answer(actor)
    found = _answering(actor, at, request_id)
    if because not in CLOSED:
        raise NotFound
    found.closed_at, found.closed_because = at, because
    found.save(update_fields=["closed_at", "closed_because"])
    for key in people_read_for(found):
        end_relationships(actor=actor, at=at, person_id=key, because=(BECAUSE, found.pk))
    note(person_id=found.person_id, request=found.public_id, because=because)
    return found


def _begin_a_round(found: AccessRequest) -> None:
    """Take back what was approved: the items are frozen anew at the next yes. What was said before stays in its round."""
    found.round, found.frozen_at, found.approved_at, found.expires_at = found.round + 1, None, None, None
    found.save(update_fields=["round", "frozen_at", "approved_at", "expires_at"])


def _answering(actor: Actor, at: datetime, request_id: UUID) -> AccessRequest:
    found = lock_request(actor, request_id, at)
    if not answers_it(actor, found, at):
        raise NotFound
    return found
