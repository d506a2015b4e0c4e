"""Writes of triage: how urgent, what level, who holds next, how to invite; and word back to whoever brought somebody in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from alongside.access.commands import end_relationships
from alongside.access.policy import check_is_part_or_system
from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.referrals.models import Referral, TriageDecision
from alongside.journey.referrals.policies import check_can_triage
from alongside.journey.referrals.queries import lock_referral, news_of
from alongside.journey.referrals.rules import is_news
from alongside.members.commands import invite, pass_on, set_next_date
from alongside.messages.commands import send_message, send_word_back
from alongside.people.models import Person
from alongside.people.policies import check_is_alive
from alongside.refusals import AlreadyDone
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.urgency import rank
from alongside.writes import insert


@command("referral.triaged")
def decide(
    *,
    actor: Actor,
    at: datetime,
    referral_id: UUID,
    urgency: str,
    level: int | None = None,
    to_hat_id: int | None = None,
    to_team_id: int | None = None,
    next_on: date | None = None,
    how_to_invite: str = "",
    invite_for: date | None = None,
    risk: dict[str, str] | None = None,
    why: str = "",
) -> TriageDecision:
    """Decide at triage: how urgent, what level, who holds next, how to invite. There is no deciding against anybody.

    Refuses:  NotThisRole for a role that does not triage; NotFound for what is out of reach; AlreadyDone when somebody was quicker;
              TheyHaveDied.
    Also:     what was added to this referral is decided with it, so that whoever sent it hears what came of it;
              deciding is looking: what was flagged as suspected spam is flagged no longer, and messages may leave;
              the holding moves at once to the hat or team named; an invitation is written down and its message queued;
              the duty team's sight ends once a named person or another team holds; while a crisis call is open, that call
              keeps it (commands/crisis.py).
    Source:   part E19; pages.md (Triage); S0-30 (a level chooses who, never whether).
    """
    check_can_triage(actor)
    referral = lock_referral(actor, referral_id, at=at)
    check_is_alive(referral.person)
    if referral.triaged_at:
        raise AlreadyDone
    decision = insert(
        TriageDecision(
            hub_id=referral.hub_id,
            person_id=referral.person_id,
            author_organisation_id=actor.organisation,
            label="sensitive",
            referral=referral,
            at=at,
            by_id=actor.hat,
            urgency=urgency,
            level=level,
            how_to_invite=how_to_invite,
            invite_for=invite_for,
            next_on=next_on,
            risk={prompt: words for prompt, words in (risk or {}).items() if words},
            why=why,
        )
    )
    referral.triaged_at, referral.triaged_by_id, referral.level = at, actor.hat_id, level
    referral.urgency, referral.urgency_rank, referral.looked_at = urgency, rank(urgency), referral.looked_at or at
    referral.suspected_spam = False
    referral.save(update_fields=["triaged_at", "triaged_by", "level", "urgency", "urgency_rank", "looked_at", "suspected_spam"])
    Person.objects.filter(pk=referral.person_id, messages_wait=True).update(messages_wait=False)
    if to_hat_id or to_team_id:
        pass_on(actor=actor, at=at, person_id=referral.person_id, why="triage", to_hat_id=to_hat_id, to_team_id=to_team_id)
    if next_on:
        set_next_date(actor=actor, at=at, person_id=referral.person_id, on=next_on, what="meet")
    if how_to_invite:
        invite(
            actor=actor,
            at=at,
            person_id=referral.person_id,
            how=how_to_invite,
            for_on=invite_for,
            answer_by=(next_on or local_date(at)) + timedelta(days=7),
        )
        send_message(
            actor=actor, at=at, person_id=referral.person_id, template="invitation", purpose="care", channel=how_to_invite
        )
    added = Referral.objects.filter(added_to=referral)
    added.update(triaged_at=at, triaged_by_id=actor.hat_id)
    for one in [referral, *added]:
        end_relationships(actor=actor, at=at, person_id=referral.person_id, because=("referral", one.pk), kind="duty")
    note(person_id=referral.person_id, label="sensitive", referral=referral.public_id, urgency=urgency, level=level)
    return decision


@command("referral.looked_at")
def look_at_suspected_spam(*, actor: Actor, at: datetime, referral_id: UUID, is_genuine: bool) -> Referral:
    """Say, as a person, that a flagged referral is genuine; its messages may leave from now on. Otherwise it stays held, flagged."""
    check_can_triage(actor)
    referral = lock_referral(actor, referral_id, at=at)
    referral.looked_at = at
    referral.suspected_spam = not is_genuine
    referral.save(update_fields=["looked_at", "suspected_spam"])
    Person.objects.filter(pk=referral.person_id).update(messages_wait=not is_genuine)
    note(person_id=referral.person_id, referral=referral.public_id, genuine=is_genuine)
    return referral


@command("referral.word_back")
def send_news_to_referrer(*, actor: Actor, at: datetime, referral_id: int) -> Referral:
    """Write to the referrer who left an e-mail address that there is news: after triage, after met, at rest, each once.

    Also:     the message says nothing but the referral's own reference and where to sign in; what happened stands behind it.
              One that cannot be sent makes no task: nobody's care waits for it, and it is there when they sign in.
    Source:   lists.md (Message back and copy); part D15.
    """
    check_is_part_or_system(actor)
    referral = Referral.objects.select_for_update(of=("self",)).select_related("person__membership").get(pk=referral_id)
    found = news_of(referral, referral.person.membership)
    if is_news(found, told=referral.referrer_told):
        referral.referrer_told = found
        referral.save(update_fields=["referrer_told"])
        send_word_back(
            actor=actor,
            at=at,
            person_id=referral.person_id,
            to=referral.source_contact,
            agreed=bool(referral.agrees),
            values={"reference": referral.reference, "path": f"/brought-in/{referral.public_id}/"},
        )
    note(person_id=referral.person_id, referral=referral.public_id, news=found)
    return referral
