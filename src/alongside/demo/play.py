"""Playing lives through the commands, in the order of time, with the clock passed in: journal and ledger are true."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from alongside.demo.hub import Stage
from alongside.demo.identities import Identity
from alongside.demo.lives import Life, Step
from alongside.hubs.queries import local_date
from alongside.journey.assessments.commands import begin_conversation, finish_conversation, rank_needs, save_conversation
from alongside.journey.care_contacts.commands import log_contact
from alongside.journey.handovers.commands import (
    answer,
    introduce,
    raise_unanswered,
    settle,
    signpost,
    write_down_answer,
    write_down_introduction,
    write_down_result,
)
from alongside.journey.handovers.models import Handover, Signpost
from alongside.journey.referrals.commands import decide, open_crisis_call, receive_referral, take_crisis_call
from alongside.journey.referrals.models import CrisisCall, Referral
from alongside.members.commands import bring_back, finish_task, rest, write_down_that_they_died
from alongside.members.models import Membership, Task
from alongside.messages.delivery import deliver
from alongside.messages.queries import still_to_leave
from alongside.messages.senders import nothing_leaves
from alongside.people.commands import read_story
from alongside.people.models import ContactPoint
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.ages import band_of
from alongside.vocabulary.arrival import Arrival, AskedBy, PersonAsTold, WayToReach
from alongside.vocabulary.reference import fingerprint

PRACTICE_NAMES = {
    "quay": "Quayside Surgery", "mill": "Millrace Medical Practice", "beacon": "Beacon Hill Surgery", "saltings": "Saltings Family Practice",
}  # fmt: skip
_PLAYED = "The demo plays a life that it made up."


@dataclass(frozen=True, slots=True)
class Part:
    """One person with what happens to them."""

    identity: Identity
    life: Life
    key: str
    """What keeps their referral apart from every other one, on whichever path."""


def play(stage: Stage, parts: Iterable[Part], *, events: Iterable[tuple[datetime, Callable[[], Any]]] = ()) -> dict[str, int]:
    """Carry out every step of every life, and the events between them, oldest first; give the people's ids by key."""
    people: dict[str, int] = {}
    timeline: list[tuple[datetime, int, Callable[[], Any]]] = [(at, 0, event) for at, event in events]
    for place, part in enumerate(parts, start=1):
        timeline += [(step.at, place, _doing(stage, people, part, step)) for step in part.life.steps]
    timeline.sort(key=lambda row: row[:2])
    at = 0
    while at < len(timeline):
        # A week in one transaction: SQLite writes to the disk at every commit.
        until = timeline[at][0] + timedelta(days=7)
        with transaction.atomic():
            while at < len(timeline) and timeline[at][0] < until:
                timeline[at][2]()
                at += 1
    return people


def _doing(stage: Stage, people: dict[str, int], part: Part, step: Step) -> Callable[[], Any]:
    def do() -> None:
        if step.verb == "arrive":
            people[part.key] = _arrive(stage, part, step)
            return
        actor = stage.actor(step.who, step.at) if step.who else stage.system
        _VERBS[step.verb](stage, people[part.key], actor, step.at, step.facts)

    return do


def told(identity: Identity, life: Life, at: datetime) -> PersonAsTold:
    """Give the person as the door of this life describes them."""
    by_somebody = life.steps[0].who != ""
    return PersonAsTold(
        chosen_name=identity.chosen_name,
        ways=ways(identity, life),
        official_name=identity.official_name if by_somebody else "",
        pronouns=identity.pronouns,
        born_on=identity.born_on if life.tells_birthday else None,
        age_band="" if life.tells_birthday else band_of(identity.age(local_date(at))),
        language=identity.language,
        nhs_number=identity.nhs_number if life.has_number else "",
        postcode=identity.postcode,
        gp_practice=PRACTICE_NAMES[life.practice],
        gender=identity.gender,
        ethnicity=identity.ethnicity,
    )


def ways(identity: Identity, life: Life) -> tuple[WayToReach, ...]:
    """Give the ways to reach them, in the order of the life."""
    return tuple(_WAYS[kind](identity) for kind in life.reach)


_WAYS: dict[str, Callable[[Identity], WayToReach]] = {
    "text": lambda one: WayToReach("text", one.phone, good_times="mornings"),
    "call": lambda one: WayToReach("call", one.phone, voicemail=True),
    "email": lambda one: WayToReach("email", one.email),
    "letter": lambda one: WayToReach("letter", one.address),
    "unsafe_call": lambda one: WayToReach(
        "call", one.carer_phone, said_safe=False, who_else="somebody at home", whose="shared at home"
    ),
}


def _arrive(stage: Stage, part: Part, step: Step) -> int:
    identity, facts = part.identity, step.facts
    asked_by = AskedBy(identity.carer_name, "sister or brother", identity.carer_phone) if part.life.asked_by_somebody else None
    received = receive_referral(
        actor=stage.actor(step.who, step.at) if step.who else Actor.public(stage.hub.pk),
        at=step.at,
        hub_id=stage.hub.pk,
        arrival=Arrival(person=told(identity, part.life, step.at), asked_by=asked_by, **facts),
        key=part.key,
        content_fingerprint=fingerprint(part.key),
    )
    return received.referral.person_id


def _triage(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    referral = Referral.objects.unscoped(_PLAYED).filter(person_id=person, triaged_at__isnull=True).order_by("pk").first()
    if referral is None:
        return
    _take_open_calls(person, actor, at)
    how = (
        ContactPoint.objects.unscoped(_PLAYED)
        .filter(person_id=person, safe=True, confirmed_on__isnull=False, channel__in=("text", "email", "letter"))
        .order_by("place")
        .values_list("channel", flat=True)
        .first()
    )
    decide(
        actor=actor,
        at=at,
        referral_id=referral.public_id,
        urgency=facts["urgency"],
        level=facts["level"],
        to_hat_id=stage.hats[facts["to"]],
        next_on=facts["next_on"],
        how_to_invite=(how or "") if facts["invite"] else "",
        invite_for=facts["next_on"] if facts["invite"] and how else None,
        risk=facts["risk"],
        why="Talked it through with the team; the person's own words come first.",
    )
    _let_messages_leave(stage, person, at)


def _take_open_calls(person: int, actor: Actor, at: datetime) -> None:
    for call in CrisisCall.objects.unscoped(_PLAYED).filter(person_id=person, taken_at__isnull=True):
        take_crisis_call(
            actor=actor,
            at=at,
            call_id=call.public_id,
            taken_by_name="Crisis team, Estuary",
            taken_at=at,
            outcome="Safe tonight; seen at home.",
        )


def _contact(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    if facts["introduced"]:
        handover = _handover(person, accepted_at__isnull=False, met_at__isnull=True)
        if handover:
            write_down_introduction(actor=actor, at=at, handover_id=handover.public_id)
    log_contact(
        actor=actor,
        at=at,
        person_id=person,
        outcome=facts["outcome"],
        mode=facts["mode"],
        words=facts["words"],
        next_on=facts["next_on"],
        next_what=facts["next_what"],
    )
    if facts["outcome"] == "met":
        _finish_tasks(person, actor, at)
        handover = _handover(person, met_at__lte=at - timedelta(days=14), settled_at__isnull=True)
        if handover:
            settle(actor=actor, at=at, handover_id=handover.public_id)


def _finish_tasks(person: int, actor: Actor, at: datetime) -> None:
    for task_id in (
        Task.objects.unscoped(_PLAYED).filter(person_id=person, done_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    ):
        finish_task(actor=actor, at=at, task_id=task_id)


def _converse(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    begin_conversation(actor=actor, at=at, person_id=person)
    save_conversation(actor=actor, at=at, person_id=person, based_on=0, parts=facts["parts"])
    rank_needs(actor=actor, at=at, person_id=person, codes=list(facts["needs"]))
    if facts["finished"]:
        finish_conversation(actor=actor, at=at, person_id=person)


def _introduce(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    introduce(
        actor=actor,
        at=at,
        person_id=person,
        words=facts["words"],
        to_team_id=stage.teams[facts["team"]],
        need=facts["need"],
        agreed_to_share="What matters to me, and how to reach me.",
    )


def _answer(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    handover = _handover(person, answer__in=("", "not_now"))
    if handover is None:
        return
    given = facts["answer"]
    answer(
        actor=actor,
        at=at,
        handover_id=handover.public_id,
        answer=given,
        meet_on=facts["meet_on"] if given in ("yes", "after_talk") else None,
        until=facts["until"] if given == "not_now" else None,
        reason="full" if given == "not_us" else "",
        words="We are full until the new year and would not want them to wait." if given == "not_us" else "",
    )
    _let_messages_leave(stage, person, at)


def _answer_for_them(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    """The giver rings the receiver, and writes down what they said."""
    handover = _handover(person, answered_at__isnull=True)
    if handover:
        write_down_answer(
            actor=actor, at=at, handover_id=handover.public_id, by_name=facts["by_name"], answer="not_us", reason="full",
            words="Nobody had seen it. They have no room before the spring.",
        )  # fmt: skip


def _raise(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    handover = _handover(person, answered_at__isnull=True)
    if handover:
        raise_unanswered(actor=actor, at=at, handover_id=handover.pk)


def _signpost(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    services = sorted(stage.services.values())
    if services:
        chosen = services[int(facts["pick"] * len(services))]
        signpost(actor=actor, at=at, person_id=person, service_id=chosen, need=facts["need"], ask_on=facts["ask_on"])


def _signpost_result(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    given = Signpost.objects.unscoped(_PLAYED).filter(person_id=person, result="").order_by("pk").first()
    if given:
        write_down_result(actor=actor, at=at, signpost_id=given.public_id, result=facts["result"])


def _crisis_call(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    open_crisis_call(actor=actor, at=at, person_id=person)
    _take_open_calls(person, actor, at + timedelta(minutes=12))


def _rest(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    _finish_tasks(person, actor, at)
    rest(actor=actor, at=at, person_id=person, reason=facts["reason"], hello_on=facts["hello_on"])


def _die(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    write_down_that_they_died(actor=actor, at=at, person_id=person, died_on=facts["died_on"])


def _think_of_the_family(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    _finish_tasks(person, actor, at)


def _bring_back(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    if Membership.objects.filter(pk=person).exclude(rest_reason="").exists():
        bring_back(actor=actor, at=at, person_id=person, next_on=facts["next_on"])


def _read_story(stage: Stage, person: int, actor: Actor, at: datetime, facts: dict[str, Any]) -> None:
    read_story(actor=actor, at=at, person_id=person)


def _let_messages_leave(stage: Stage, person: int, at: datetime) -> None:
    """Do at once what the background worker does within seconds; the demo's sender keeps everything to itself."""
    for message_id in still_to_leave(person):
        deliver(actor=Actor.system("outbox", stage.hub.pk), at=at, message_id=message_id, senders=nothing_leaves(), address="")


def _handover(person: int, **facts: Any) -> Handover | None:
    return Handover.objects.unscoped(_PLAYED).filter(person_id=person, **facts).order_by("-offered_at", "-pk").first()


_VERBS: dict[str, Callable[[Stage, int, Actor, datetime, dict[str, Any]], None]] = {
    "triage": _triage,
    "read_story": _read_story,
    "contact": _contact,
    "converse": _converse,
    "introduce": _introduce,
    "answer": _answer,
    "answer_for_them": _answer_for_them,
    "raise_unanswered": _raise,
    "signpost": _signpost,
    "signpost_result": _signpost_result,
    "crisis_call": _crisis_call,
    "rest": _rest,
    "die": _die,
    "think_of_the_family": _think_of_the_family,
    "bring_back": _bring_back,
}
