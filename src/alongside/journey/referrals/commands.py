"""Writes of the doors and of triage. Every door makes the same referral, in one transaction with member, holding and entry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_relationships, exclude, open_relationship
from alongside.hubs.queries import bank_holidays, hours_of_team, hub_of, local_date
from alongside.journal.command import command, note
from alongside.journey.referrals.models import Referral
from alongside.members.commands import bring_back, create_call_back, open_membership, set_next_date
from alongside.members.models import Membership
from alongside.people.commands import add_to_story, add_ways_to_reach, meet_person, suspect_match
from alongside.people.models import Person, RelatedPerson
from alongside.people.queries import certain_match, possible_matches
from alongside.refusals import Conflict, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival
from alongside.vocabulary.doors import DOORS
from alongside.vocabulary.reference import make_reference, fingerprint, new_token
from alongside.vocabulary.urgency import URGENCY, raise_only, rank
from alongside.vocabulary.working_time import due_by


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
def receive_referral(*, actor: Actor, at: datetime, hub_id: int, arrival: Arrival, key: str, content_fingerprint: str) -> Received:
    """Take somebody in by any door: from this transaction on they are a member, held, with a next date.

    In:       the same key with the same content gives the referral that is there already.
    Refuses:  KeyUsedForSomethingElse when the key came with other content; NoWayToReach; NoDoorOpen without a team at the door.
    Also:     a person known for certain is attached silently; a likely one makes a task for a matcher; a second asking of
              the same person is added to the first; an exclusion is in force before anybody is told.
    Source:   promises 1 and 2; part D; trust.md P1, P3; S1-05, S3-49.
    """
    standing = Referral.objects.filter(key=key).first()
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
    is_known = person is not None
    if person is None:
        person = meet_person(actor=actor, at=at, hub_id=hub_id, author_organisation_id=organisation_id, told=arrival.person)
    elif arrival.person.ways:
        add_ways_to_reach(actor=actor, at=at, person_id=person.pk, ways=arrival.person.ways)
    urgency = raise_only(arrival.urgency, "now" if arrival.not_safe_now else "steady")
    due = due_by(urgency, at, hours_of_team(team.pk), bank_holidays(hub.nation, local_date(at)))
    open_membership(actor=actor, at=at, hub_id=hub_id, person_id=person.pk, team_id=team.pk, next_on=local_date(due))
    if arrival.exclusion.strip():
        exclude(actor=actor, at=at, hub_id=hub_id, person_id=person.pk, words=arrival.exclusion.strip()[:400])
    first = _open_referral_of(person.pk) if is_known else None
    token = new_token()
    referral = Referral(
        hub_id=hub_id,
        person=person,
        author_organisation_id=organisation_id,
        label="sensitive",
        third_party=arrival.whose_words == "carer",
        reference=make_reference(secrets.choice),
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
        with transaction.atomic():
            referral.save(force_insert=True)
    except IntegrityError:
        # Somebody else's identical message was quicker; theirs is the one referral, and ours leaves nothing behind.
        raise _Overtaken from None
    _write_down(actor, at, referral, arrival)
    _let_the_door_team_see(actor, at, referral)
    if is_known:
        _wake(actor, at, person.pk)
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


class _Overtaken(Conflict):
    """An identical message won the race; the door asks again and gets the winner's answer."""

    code = "overtaken"


def receive(*, actor: Actor, at: datetime, hub_id: int, arrival: Arrival, key: str, content_fingerprint: str) -> Received:
    """Receive, and when an identical message was a moment quicker, give the answer that it got."""
    try:
        return receive_referral(
            actor=actor, at=at, hub_id=hub_id, arrival=arrival, key=key, content_fingerprint=content_fingerprint
        )
    except _Overtaken:
        return receive_referral(
            actor=actor, at=at, hub_id=hub_id, arrival=arrival, key=key, content_fingerprint=content_fingerprint
        )
