"""Somebody with a record of every kind, and the two people who answer what they ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from alongside.access.commands import name_in_circle
from alongside.journal.looks import look_at
from alongside.journey.assessments.commands import save_conversation
from alongside.journey.care_contacts.commands import log_contact
from alongside.people.commands import add_to_story, keep_address, write_down, write_down_as_told
from alongside.people.models import Person, RelatedPerson, StoryEntry
from alongside.rights.commands import approve_copy, ask_for_a_copy, decide_items, take_up
from alongside.rights.gathering import Gathered, gather
from alongside.rights.models import AccessRequest
from alongside.safety.alerts.commands import write_alert
from alongside.safety.choices.commands import choose_for_carer
from alongside.safety.commands import withhold_from_person
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

LEFT_OUT = ("CANARYTHIRD", "CANARYWITHHELD", "CANARYCIRCLE", "CANARYVAULT", "CANARYPOSTCODE", "CANARYRELATEDPHONE")


@dataclass
class Asking:
    """A hub with a privacy officer, and somebody who asks for a copy."""

    hub: MadeHub
    person: Person
    request: AccessRequest

    def actor(self, key: str) -> Actor:
        return self.hub.actor(key, now())

    def items(self, key: str = "pia") -> list[Gathered]:
        self.request.refresh_from_db()
        return gather(self.actor(key), self.request, at=now())

    def decide(self, words: str, decision: str, key: str = "pia") -> UUID:
        [item] = [one.item for one in self.items(key) if words in getattr(one.record, "words", "")]
        decide_items(actor=self.actor(key), at=now(), request_id=self.request.public_id, decisions={item: decision})
        return item

    def decide_the_rest(self, decision: str = "leave_confidence") -> None:
        rest = {one.item: decision for one in self.items() if one.is_open}
        decide_items(actor=self.actor("pia"), at=now(), request_id=self.request.public_id, decisions=rest)

    def approve(self, key: str) -> AccessRequest:
        self.request = approve_copy(actor=self.actor(key), at=now(), request_id=self.request.public_id)
        return self.request


def somebody_with_a_record(hub: MadeHub, *, at: datetime | None = None, hidden: bool = True, **told: Any) -> Person:
    """Give somebody whom cora holds, with entries of many kinds; with `hidden` also what is not for a copy."""
    at = at or now()
    person = hub.held_by("cora", at, postcode="SA1 1AA", gp_practice="A made-up practice", dependants=(("child", "two"),), **told)
    cora = hub.actor("cora", at)
    about: dict[str, Any] = {"actor": cora, "at": at, "person_id": person.pk}
    write_down(**about, subject="mind", words="I sleep badly.", whose_words="person", label="sensitive", do_not_ask_again=False)
    write_down_as_told(**about, kind="allergy", words="penicillin, a rash", source="person")
    write_down_as_told(**about, kind="medicine", words="sertraline, 50 mg", source="person")
    log_contact(
        **about, outcome="met", mode="in_person", words="We talked.", next_on=at.date() + timedelta(days=7), next_what="meet"
    )
    write_alert(
        **about, kind="risk_to_self", words="At night, above all.", owner_id=cora.hat, until_on=at.date() + timedelta(days=20)
    )  # fmt: skip
    carer = RelatedPerson.objects.create(
        hub=hub.hub, person=person, author_organisation_id=cora.organisation, name="Mam", relationship="mother", phone="CANARYRELATEDPHONE"
    )  # fmt: skip
    choose_for_carer(**about, carer_id=carer.public_id, topics=[], review_on=at.date() + timedelta(days=90))
    save_conversation(**about, based_on=0, parts={"mind": "Low since the winter."})
    with look_at(actor=cora, at=at, page="PersonPage", person_ids=[person.pk], about_id=person.pk):
        pass
    if hidden:
        _hide(hub, about, person)
    return person


def _hide(hub: MadeHub, about: dict[str, Any], person: Person) -> None:
    at, cora = about["at"], about["actor"]
    write_down(
        **about, subject="everyday", words="CANARYTHIRD said so.", whose_words="third_party", label="open", do_not_ask_again=False
    )
    kept = add_to_story(**about, words="CANARYWITHHELD", whose_words="worker", domain="mind")
    withhold_from_person(**about, item=kept.public_id, reason="serious_harm", review_on=at.date() + timedelta(days=30))
    circle = add_to_story(**about, words="CANARYCIRCLE", whose_words="person", domain="mind", label="circle")
    name_in_circle(
        actor=hub.system, at=at, hub_id=hub.hub.pk, person_id=person.pk, item=circle.public_id, worker_ids=[cora.worker]
    )
    keep_address(**about, kind="home", words="CANARYVAULT Lane")


def asks(hub: MadeHub, person: Person, *, by: str = "person", key: str = "cora", answer: bool = True, **more: Any) -> Asking:
    """Let somebody ask, and a privacy officer and the safeguarding lead take it up."""
    if "pia" not in hub.hats:
        hub.take_on("pia", "Pia Fictional", "trust", "privacy_officer", at=now() - timedelta(days=1))
    proof = "known" if by == "person" else "authority_seen"
    request = ask_for_a_copy(
        actor=hub.actor(key, now()), at=now(), person_id=person.pk, asked_by=by, proof=proof, asked_on=now().date(), **more
    )
    made = Asking(hub, person, request)
    if answer:
        for one in ("pia", "saf"):
            take_up(actor=made.actor(one), at=now(), request_id=request.public_id)
    return made


def entry(words: str) -> StoryEntry:
    return StoryEntry.objects.get(words__contains=words)
