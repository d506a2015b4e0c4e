"""Writes of the doors and of triage. Every door makes the same referral, in one transaction with member, holding and entry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, exclude, open_relationship
from alongside.access.policy import visible_to
from alongside.hubs.queries import bank_holidays, hours_of_team, hub_of, local_date
from alongside.journal.command import Overtaken, command, note
from alongside.journey.referrals.models import CrisisCall, Draft, Referral, TriageDecision
from alongside.journey.referrals.policies import check_can_bring_in, check_can_take_crisis_call, check_can_triage
from alongside.journey.referrals.queries import lock_referral, referral_with
from alongside.members.commands import bring_back, create_call_back, create_task, invite, open_membership, pass_on, set_next_date
from alongside.members.models import Membership
from alongside.messages.commands import send_message
from alongside.people.commands import add_to_story, add_ways_to_reach, meet_person, replace_ways_to_reach, suspect_match
from alongside.people.models import Person, RelatedPerson
from alongside.people.policies import check_is_alive
from alongside.people.queries import certain_match, lock_person, possible_matches
from alongside.refusals import AlreadyDone, Conflict, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival, WayToReach
from alongside.vocabulary.reference import fingerprint, make_reference, new_token
from alongside.vocabulary.urgency import raise_only, rank
from alongside.vocabulary.working_time import due_by
from alongside.writes import insert


class NoWayToReach(Invalid):
    code = "no_way_to_reach"
    message = _("Tell us one way to reach them.")


class KeyUsedForSomethingElse(Conflict):
    code = "key_used"
    message = _("This message number was used before with other content. Send it again under a new number.")


class NoDoorOpen(Invalid):
    code = "no_front_door"
    status = 503
    message = _("This hub is not open yet. If you need help now, use the crisis numbers on this page.")


@dataclass(frozen=True, slots=True)
class Received:
    """What a door gets back: the referral, whether it was there before, and the private link's token when it is new."""

    referral: Referral
    is_new: bool
    link_token: str = ""


@command("referral.received")
def receive_referral(
    *, actor: Actor, at: datetime, hub_id: int, arrival: Arrival, key: str, content_fingerprint: str, link_token: str = ""
) -> Received:
    """Take somebody in by any door: from this transaction on they are a member, held, with a next date.

    In:       the same key with the same content gives the referral that is there already.
    Refuses:  KeyUsedForSomethingElse when the key came with other content; NoWayToReach; NoDoorOpen without a team at the door.
    Also:     the entry of a second sending says `again`; a person known for certain is attached silently; a likely one makes a task for a matcher; a second asking of
              the same person is added to the first; an exclusion is in force before anybody is told.
    Source:   promises 1 and 2; part D; trust.md P1, P3; S1-05, S3-49.
    """
    standing = referral_with(key)
    if standing:
        return _again(standing, content_fingerprint)
    hub = hub_of(hub_id)
    team = hub.front_door_team
    if team is None:
        raise NoDoorOpen
    if not arrival.person.ways and not (arrival.asked_by and (arrival.asked_by.phone or arrival.asked_by.email)):
        raise NoWayToReach
    organisation_id = actor.organisation_id or team.organisation_id
    person = _known_for_certain(actor, hub_id, arrival)
    is_known, reference = person is not None, make_reference(secrets.choice)
    if person is None:
        person = meet_person(
            actor=actor,
            at=at,
            hub_id=hub_id,
            author_organisation_id=organisation_id,
            told=arrival.person,
            reference=reference,
        )
    elif arrival.person.ways:
        add_ways_to_reach(actor=actor, at=at, person_id=person.pk, ways=arrival.person.ways)
    if arrival.suspected_spam and not is_known:
        Person.objects.filter(pk=person.pk).update(messages_wait=True)
    urgency = _urgency_of(arrival)
    due = due_by(urgency, at, hours_of_team(team.pk), bank_holidays(hub.nation, local_date(at)))
    open_membership(actor=actor, at=at, hub_id=hub_id, person_id=person.pk, team_id=team.pk, next_on=local_date(due))
    if arrival.exclusion.strip():
        exclude(actor=actor, at=at, hub_id=hub_id, person_id=person.pk, words=arrival.exclusion.strip()[:400])
    first = _open_referral_of(person.pk) if is_known else None
    token = link_token or new_token()
    referral = Referral(
        hub_id=hub_id,
        person=person,
        author_organisation_id=organisation_id,
        label="sensitive",
        third_party=arrival.whose_words == "carer",
        reference=reference,
        door=arrival.door,
        source_organisation_id=actor.organisation_id,
        source_hat_id=actor.hat_id,
        source_name=arrival.referrer_name[:160],
        source_contact=arrival.referrer_contact[:160],
        received_at=at,
        words=arrival.words,
        whose_words=arrival.whose_words,
        wants=arrival.wants[:400],
        agreed_next=arrival.agreed_next[:400],
        knows=arrival.knows,
        agrees=arrival.agrees,
        needs=list(arrival.needs),
        urgency=urgency,
        urgency_rank=rank(urgency),
        not_safe_now=arrival.not_safe_now,
        suspected_spam=arrival.suspected_spam,
        team=team,
        key=key,
        fingerprint=content_fingerprint,
        link_fingerprint=fingerprint(token),
        added_to=first,
    )
    try:
        insert(referral)
    except IntegrityError:
        # Somebody else's identical message was quicker; theirs is the one referral, and ours leaves nothing behind.
        raise Overtaken from None
    _write_down(actor, at, referral, arrival)
    _let_the_door_team_see(actor, at, referral)
    if urgency == "now":
        open_crisis_call(actor=actor, at=at, person_id=person.pk, referral_id=referral.pk)
    if first:
        _raise_urgency(first.pk, urgency)
    if is_known:
        _wake(actor, at, person.pk, urgency)
    else:
        _ask_a_matcher(actor, at, referral, arrival)
    note(
        person_id=person.pk,
        author_organisation_id=organisation_id,
        label="sensitive",
        referral=referral.public_id,
        door=arrival.door,
        urgency=urgency,
        known=is_known,
    )
    return Received(referral, True, token)


@command("referral.brought_in")
def bring_in(*, actor: Actor, at: datetime, arrival: Arrival, key: str, content_fingerprint: str) -> Received:
    """Bring someone in from the professional form; pressed twice it is one referral, and a changed second send is added to it.

    Refuses:  NotThisRole for a role that brings nobody in.
    Source:   part D15, D17.
    """
    check_can_bring_in(actor)
    assert actor.hub_id is not None
    standing = referral_with(key)
    if standing and standing.source_hat_id == actor.hat_id and standing.fingerprint != content_fingerprint:
        add_to_referral(actor=Actor.system("door", actor.hub_id), at=at, referral=standing, words=arrival.words)
        if arrival.person.ways:
            add_ways_to_reach(actor=actor, at=at, person_id=standing.person_id, ways=arrival.person.ways)
        _raise_urgency(standing.pk, _urgency_of(arrival))
        received = Received(standing, False)
    else:
        received = receive_referral(
            actor=actor, at=at, hub_id=actor.hub_id, arrival=arrival, key=key, content_fingerprint=content_fingerprint
        )
    note(person_id=received.referral.person_id, referral=received.referral.public_id)
    return received


@command("referral.reach_changed")
def change_reach(*, actor: Actor, at: datetime, referral: Referral, ways: list[WayToReach]) -> int:
    """Put new ways to reach the person in the place of the old ones, at their word, and tell whoever holds them."""
    if not ways:
        raise NoWayToReach
    changed = replace_ways_to_reach(actor=actor, at=at, person_id=referral.person_id, ways=tuple(ways))
    create_task(
        actor=Actor.system("door", referral.hub_id),
        at=at,
        person_id=referral.person_id,
        what="message_confirm_again",
        due_on=local_date(at),
    )
    note(person_id=referral.person_id, referral=referral.public_id, ways=changed)
    return changed


@command("referral.changed_mind")
def change_mind(*, actor: Actor, at: datetime, referral: Referral, words: str) -> None:
    """Write down that somebody has changed their mind: whoever holds them gets in touch; nothing ends by it."""
    system = Actor.system("door", referral.hub_id)
    if words.strip():
        add_to_referral(actor=system, at=at, referral=referral, words=words)
    create_call_back(actor=system, at=at, person_id=referral.person_id, what="changed_mind")
    note(person_id=referral.person_id, referral=referral.public_id)


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
    Also:     deciding is looking: what was flagged as suspected spam is flagged no longer, and messages may leave;
              the holding moves at once to the hat or team named; an invitation is written down and its message queued;
              the duty team's sight ends once a named person or another team holds.
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
    for one in Referral.objects.filter(Q(pk=referral.pk) | Q(added_to=referral)):
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


@command("crisis_call.opened")
def open_crisis_call(*, actor: Actor, at: datetime, person_id: int, referral_id: int | None = None) -> CrisisCall:
    """Note that somebody is being called now; the row stays on top until a name and a time say who took it (H12).

    Also: an open call of the same person is given back: two workers pressing at once make one.
    """
    person = lock_person(person_id)
    check_is_alive(person)
    standing = CrisisCall.objects.filter(person_id=person_id, taken_at__isnull=True).first()
    if standing:
        return standing
    made = insert(
        CrisisCall(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation_id or person.author_organisation_id,
            label="open",
            referral_id=referral_id,
            opened_at=at,
            opened_by_id=actor.hat_id,
        )
    )
    note(person_id=person_id, label="open", call=made.public_id)
    return made


@command("crisis_call.taken")
def take_crisis_call(
    *, actor: Actor, at: datetime, call_id: UUID, taken_by_name: str, taken_at: datetime, outcome: str = ""
) -> CrisisCall:
    """Write down who took a crisis call and when; only then it leaves the top of the list."""
    check_can_take_crisis_call(actor)
    call = visible_to(actor, CrisisCall.objects.select_for_update(of=("self",)).filter(public_id=call_id), at=at).first()
    if call is None:
        raise NotFound
    if call.taken_at:
        raise AlreadyDone
    call.taken_at, call.taken_by_name, call.taken_written_by_id, call.outcome = taken_at, taken_by_name, actor.hat_id, outcome
    call.save(update_fields=["taken_at", "taken_by_name", "taken_written_by", "outcome"])
    note(person_id=call.person_id, label="open", call=call.public_id)
    return call


@command("referral.added_to")
def add_to_referral(*, actor: Actor, at: datetime, referral: Referral, words: str, worse: bool = False) -> None:
    """Add what the person, or whoever asked, says afterwards; "it got worse" raises the urgency and makes a call-back today."""
    if words.strip():
        add_to_story(
            actor=actor,
            at=at,
            person_id=referral.person_id,
            words=words,
            whose_words=referral.whose_words,
            domain="asking",
            author_organisation_id=referral.author_organisation_id,
        )
    if worse:
        _raise_urgency(referral.pk, "today")
        create_call_back(actor=actor, at=at, person_id=referral.person_id, what="got_worse", due_on=local_date(at))
    note(person_id=referral.person_id, referral=referral.public_id, worse=worse)


@command("draft.kept")
def keep_draft(
    *, actor: Actor, at: datetime, hub_id: int, code: str, answers: dict[str, Any], can_be_reached: bool, not_safe: bool
) -> Draft:
    """Keep the answers given so far under a code, so that a time-out or the back button loses nothing."""
    draft, _made = Draft.objects.get_or_create(
        code_fingerprint=fingerprint(code), defaults={"hub_id": hub_id, "begun_at": at, "changed_at": at}
    )
    draft.answers, draft.changed_at, draft.can_be_reached = answers, at, can_be_reached
    draft.not_safe_at = (draft.not_safe_at or at) if not_safe else None
    draft.save(update_fields=["answers", "changed_at", "can_be_reached", "not_safe_at"])
    note(draft=draft.pk, not_safe=not_safe)
    return draft


@command("draft.finished")
def finish_draft(*, actor: Actor, at: datetime, hub_id: int, code: str, arrival: Arrival) -> Received:
    """Turn a draft into a referral; pressed twice, or sent again from the back button, it gives the same answer.

    Also: the answers are wiped from the draft in the same transaction.
    """
    draft = Draft.objects.select_for_update().filter(code_fingerprint=fingerprint(code), hub_id=hub_id).first()
    if draft is None:
        raise NotFound
    received = receive_referral(
        actor=actor,
        at=at,
        hub_id=hub_id,
        arrival=arrival,
        key=f"draft:{draft.pk}",
        content_fingerprint=f"draft:{draft.pk}",
        link_token=link_of_draft(code),
    )
    if received.is_new and not arrival.asked_by:
        send_message(
            actor=actor,
            at=at,
            person_id=received.referral.person_id,
            template="heard",
            purpose="acknowledge",
            values={"path": f"/stands/{link_of_draft(code)}/"},
        )
    draft.finished_at, draft.referral, draft.answers = draft.finished_at or at, received.referral, {}
    draft.save(update_fields=["finished_at", "referral", "answers"])
    note(draft=draft.pk, person_id=received.referral.person_id)
    return received


def link_of_draft(code: str) -> str:
    """Derive the private link's token from the draft's code, so that a second press shows the same link."""
    return fingerprint(f"link:{code}")[:48]


def _again(standing: Referral, content_fingerprint: str) -> Received:
    if standing.fingerprint != content_fingerprint:
        raise KeyUsedForSomethingElse
    note(person_id=standing.person_id, referral=standing.public_id, again=True)
    return Received(standing, False)


def _urgency_of(arrival: Arrival) -> str:
    return raise_only(arrival.urgency, "now" if arrival.not_safe_now else "steady")


def _raise_urgency(referral_id: int, urgency: str) -> None:
    """Raise a referral's urgency, never lower it: what stands now counts, not what somebody loaded a moment ago."""
    standing = Referral.objects.select_for_update().get(pk=referral_id)
    raised = raise_only(standing.urgency, urgency)
    if raised != standing.urgency:
        Referral.objects.filter(pk=referral_id).update(urgency=raised, urgency_rank=rank(raised))


def _known_for_certain(actor: Actor, hub_id: int, arrival: Arrival) -> Person | None:
    """Only a signed-in worker or a client is believed; from a public door everybody is new until a matcher has looked (T06)."""
    if actor.kind not in ("worker", "client"):
        return None
    told = arrival.person
    if told.nhs_number_unsure:
        return None
    return certain_match(hub_id, names=(told.chosen_name, told.official_name), nhs_number=told.nhs_number, born_on=told.born_on)


def _open_referral_of(person_id: int) -> Referral | None:
    return (
        Referral.objects.filter(person_id=person_id, triaged_at__isnull=True, added_to__isnull=True)
        .order_by("received_at")
        .first()
    )


def _write_down(actor: Actor, at: datetime, referral: Referral, arrival: Arrival) -> None:
    spoken = [(arrival.words, arrival.whose_words), (arrival.persons_words, "person")]
    for words, whose in spoken:
        if words.strip():
            add_to_story(
                actor=Actor.system("door", referral.hub_id),
                at=at,
                person_id=referral.person_id,
                words=words,
                whose_words=whose,
                domain="asking",
                author_organisation_id=referral.author_organisation_id,
            )
    if arrival.asked_by and arrival.asked_by.name.strip():
        insert(
            RelatedPerson(
                hub_id=referral.hub_id,
                person_id=referral.person_id,
                author_organisation_id=referral.author_organisation_id,
                label="sensitive",
                third_party=True,
                name=arrival.asked_by.name[:120],
                relationship=arrival.asked_by.relationship[:60],
                phone=arrival.asked_by.phone[:60],
                email=arrival.asked_by.email[:254],
                asked_for_them=True,
            )
        )


def _let_the_door_team_see(actor: Actor, at: datetime, referral: Referral) -> None:
    because = ("referral", referral.pk)
    open_relationship(
        actor=actor,
        at=at,
        hub_id=referral.hub_id,
        person_id=referral.person_id,
        kind="duty",
        because=because,
        team_id=referral.team_id,
    )
    if actor.hat_id:
        open_relationship(
            actor=actor,
            at=at,
            hub_id=referral.hub_id,
            person_id=referral.person_id,
            kind="referrer",
            because=because,
            hat_id=actor.hat_id,
        )


def _wake(actor: Actor, at: datetime, person_id: int, urgency: str) -> None:
    """Somebody who rests and asks again is back; whoever holds them hears of it."""
    system = Actor.system("door", actor.hub_id)
    if Membership.objects.filter(pk=person_id).exclude(rest_reason__in=["", "died"]).exists():
        bring_back(actor=system, at=at, person_id=person_id)
    is_urgent = rank(urgency) <= rank("today")
    create_call_back(actor=system, at=at, person_id=person_id, what="asked_again", due_on=local_date(at) if is_urgent else None)


def _ask_a_matcher(actor: Actor, at: datetime, referral: Referral, arrival: Arrival) -> None:
    told = arrival.person
    likely = possible_matches(
        referral.hub_id,
        name=told.chosen_name,
        nhs_number=told.nhs_number,
        born_on=told.born_on,
        phones=[way.value for way in told.ways if way.channel in ("call", "text")],
    )
    for other, because in likely:
        if other.pk != referral.person_id:
            suspect_match(
                actor=actor,
                at=at,
                hub_id=referral.hub_id,
                person_id=referral.person_id,
                other_id=other.pk,
                because=because,
                team_id=referral.team_id,
            )
