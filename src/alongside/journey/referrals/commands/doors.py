"""Writes of the doors: every one makes the same referral, in one transaction with member, holding and entry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from alongside.access.commands import exclude, open_relationship
from alongside.access.policy import check_is_part_or_system, is_kept_away, workers_kept_away_from
from alongside.hubs.queries import DoorReads, door_reads, hub_of, local_date
from alongside.journal.command import command, note
from alongside.journey.referrals.commands.crisis import open_crisis_call
from alongside.journey.referrals.models import Referral
from alongside.journey.referrals.policies import check_can_bring_in
from alongside.journey.referrals.queries import referrals_with
from alongside.members.commands import bring_back, create_call_back, create_task, open_membership, take_over
from alongside.members.models import Holding, Membership
from alongside.people.commands import add_to_story, add_ways_to_reach, meet_person, replace_ways_to_reach, suspect_match
from alongside.people.models import Person, RelatedPerson
from alongside.people.queries import certain_match, possible_matches
from alongside.reads import together
from alongside.refusals import Conflict, Invalid
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival, WayToReach
from alongside.vocabulary.reference import fingerprint, make_reference, new_token
from alongside.vocabulary.urgency import raise_only, rank
from alongside.vocabulary.working_time import due_by
from alongside.writes import insert, insert_later, keys_ahead


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


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What every door looks up first, in one trip: what came under this key already, and the door itself."""

    standing: Referral | None
    door: DoorReads


def _look_up(hub_id: int, key: str, at: datetime) -> LookedUp:
    keys_ahead(Person, Holding, Referral)
    standing, door = referrals_with(key), door_reads(hub_id, local_date(at))
    together(standing, *door)
    return LookedUp(standing.first(), door)


@command("referral.received")
def receive_referral(
    *,
    actor: Actor,
    at: datetime,
    hub_id: int,
    arrival: Arrival,
    key: str,
    content_fingerprint: str,
    link_token: str = "",
    looked_up: LookedUp | None = None,
) -> Received:
    """Take somebody in by any door: from this transaction on they are a member, held, with a next date.

    In:       the same key with the same content gives the referral that is there already; `looked_up` by the outer command.
    Refuses:  KeyUsedForSomethingElse when the key came with other content; NoWayToReach; NoDoorOpen without a team at the door.
    Also:     the entry of a second sending says `again`; a person known for certain is attached silently; a likely one makes a task for a matcher; a second asking of
              the same person is added to the first; an exclusion is in force before anybody is told.
    Source:   promises 1 and 2; part D; trust.md P1, P3; S1-05, S3-49.
    """
    looked_up = looked_up or _look_up(hub_id, key, at)
    if looked_up.standing:
        return _again(looked_up.standing, content_fingerprint)
    door = looked_up.door.door()
    team = door.hub.front_door_team
    if team is None:
        raise NoDoorOpen
    if not arrival.person.ways and not (arrival.asked_by and (arrival.asked_by.phone or arrival.asked_by.email)):
        raise NoWayToReach
    organisation_id = actor.organisation_id or team.organisation_id
    person = _known_for_certain(actor, at, hub_id, arrival)
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
    urgency = urgency_of(arrival)
    due_on = local_date(due_by(urgency, at, door.hours, door.holidays))
    open_membership(
        actor=actor, at=at, hub_id=hub_id, person_id=person.pk, team_id=team.pk, next_on=due_on, just_met=not is_known
    )
    if arrival.exclusion.strip():
        keep_away(actor=actor, at=at, hub_id=hub_id, person_id=person.pk, words=arrival.exclusion)
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
        name_given=arrival.person.chosen_name,
        due_on=due_on,
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
    insert(referral)  # when somebody else's identical message was quicker, the command is run again and finds theirs
    _write_down(actor, at, referral, arrival)
    _let_the_door_team_see(actor, at, referral)
    if urgency == "now":
        open_crisis_call(actor=actor, at=at, person_id=person.pk, referral_id=referral.pk)
    if first:
        _raise_urgency(first.pk, urgency, because="asked_again")
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


@command("person.kept_away")
def keep_away(*, actor: Actor, at: datetime, hub_id: int, person_id: int, words: str) -> None:
    """Keep somebody away as the person asks, at once: when it is the holder who is meant, the team at the door holds from now on.

    Also:     the ledger says only that it was agreed with the person: whom they meant is read by nobody else.
    Source:   trust.md C07; pages.md (ask for help, 8).
    """
    check_is_part_or_system(actor)
    exclude(actor=actor, at=at, hub_id=hub_id, person_id=person_id, words=words.strip()[:400])
    holder = Holding.objects.select_related("hat").get(open_for=person_id).hat
    if holder and holder.worker_id in workers_kept_away_from([person_id], at):
        door = hub_of(hub_id).front_door_team_id
        take_over(actor=actor, at=at, person_id=person_id, why="agreed", to_team_id=door)
    note(person_id=person_id, label="circle")


@command("referral.brought_in")
def bring_in(*, actor: Actor, at: datetime, arrival: Arrival, key: str, content_fingerprint: str) -> Received:
    """Bring someone in from the professional form; pressed twice it is one referral, and a changed second send is added to it.

    Refuses:  NotThisRole for a role that brings nobody in.
    Source:   part D15, D17.
    """
    check_can_bring_in(actor)
    assert actor.hub_id is not None
    looked_up = _look_up(actor.hub_id, key, at)
    standing = looked_up.standing
    if standing and standing.source_hat_id == actor.hat_id and standing.fingerprint != content_fingerprint:
        add_to_referral(actor=Actor.system("door", actor.hub_id), at=at, referral=standing, words=arrival.words)
        if arrival.person.ways:
            add_ways_to_reach(actor=actor, at=at, person_id=standing.person_id, ways=arrival.person.ways)
        _raise_urgency(standing.pk, urgency_of(arrival), because="asked_again")
        received = Received(standing, False)
    else:
        received = receive_referral(
            actor=actor, at=at, hub_id=actor.hub_id, arrival=arrival, key=key, content_fingerprint=content_fingerprint,
            looked_up=looked_up,
        )  # fmt: skip
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
        _raise_urgency(referral.pk, "today", because="got_worse")
        create_call_back(actor=actor, at=at, person_id=referral.person_id, what="got_worse", due_on=local_date(at))
    note(person_id=referral.person_id, referral=referral.public_id, worse=worse)


def people_around(referral: Referral, arrival: Arrival) -> list[RelatedPerson]:
    """Give whoever asked on the person's behalf, and whoever was with a child who asked, ready to be written down."""
    by = arrival.asked_by
    around = []
    if arrival.asked_with.strip():
        around.append(RelatedPerson(name=arrival.asked_with[:120], relationship=str(_("was with them when they asked"))))
    if by and by.name.strip():
        told = {"relationship": by.relationship[:60], "phone": by.phone[:60], "email": by.email[:254]}
        around.append(RelatedPerson(name=by.name[:120], asked_for_them=True, **told))
    for one in around:
        one.hub_id, one.person_id, one.author_organisation_id = (
            referral.hub_id,
            referral.person_id,
            referral.author_organisation_id,
        )
        one.label, one.third_party = "sensitive", True
    return around


def _again(standing: Referral, content_fingerprint: str) -> Received:
    if standing.fingerprint != content_fingerprint:
        raise KeyUsedForSomethingElse
    note(person_id=standing.person_id, referral=standing.public_id, again=True)
    return Received(standing, False)


def urgency_of(arrival: Arrival) -> str:
    """Give how urgent somebody comes in: as asked for, raised by "not safe", never lowered."""
    return raise_only(arrival.urgency, "now" if arrival.not_safe_now else "steady")


def _raise_urgency(referral_id: int, urgency: str, *, because: str) -> None:
    """Raise a referral's urgency, never lower it: what stands now counts, not what somebody loaded a moment ago."""
    standing = Referral.objects.select_for_update().get(pk=referral_id)
    raised = raise_only(standing.urgency, urgency)
    if raised != standing.urgency:
        Referral.objects.filter(pk=referral_id).update(urgency=raised, urgency_rank=rank(raised), raised_because=because)


def _known_for_certain(actor: Actor, at: datetime, hub_id: int, arrival: Arrival) -> Person | None:
    """Only a signed-in worker or a client is believed; from a public door everybody is new until a matcher has looked (T06).

    Somebody who keeps this worker away is new as well, and a matcher looks: attached, the answer would be that nobody is there.
    """
    if actor.kind not in ("worker", "client"):
        return None
    told = arrival.person
    if told.nhs_number_unsure:
        return None
    names = (told.chosen_name, told.official_name)
    found = certain_match(hub_id, names=names, nhs_number=told.nhs_number, born_on=told.born_on)
    return None if found and is_kept_away(actor, found.pk, at) else found


def _open_referral_of(person_id: int) -> Referral | None:
    return (
        Referral.objects.filter(person_id=person_id, triaged_at__isnull=True, added_to__isnull=True)
        .order_by("received_at")
        .first()
    )


def _write_down(actor: Actor, at: datetime, referral: Referral, arrival: Arrival) -> None:
    for words, whose in ((arrival.words, arrival.whose_words), (arrival.persons_words, "person")):
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
    insert_later(*people_around(referral, arrival))


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
