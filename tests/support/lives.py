"""One life with a row of every kind that an address can name, so that every address can be tried about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from alongside.access.commands import exclude
from alongside.access.models import DeclaredRelation, Exclusion, Glass, Objection, Override
from alongside.exchange.open_referral.publishing.identifiers import of_named_organisation
from alongside.exchange.open_referral.publishing.mapping import places_of
from alongside.exports.models import ListAsked
from alongside.files.received import Clean
from alongside.hubs.models import Hat, Team
from alongside.journey.assessments.commands import save_conversation
from alongside.journey.directory.commands import suggest_correction
from alongside.journey.directory.models import Feed, Service, ServiceAtLocation
from alongside.journey.handovers.commands import introduce, signpost, write_down_answer
from alongside.journey.referrals.commands import decide, keep_draft, take_crisis_call
from alongside.journey.referrals.models import CrisisCall, Referral, TriageDecision
from alongside.members.commands import create_task
from alongside.messages.commands import send_message
from alongside.messages.models import Message
from alongside.people.commands import add_to_story, attach
from alongside.people.models import Deletion, LegalHold, MergeLink, Person, RelatedPerson
from alongside.rights.challenging.commands import challenge_item
from alongside.rights.models import AccessRequest
from alongside.safety.alerts.commands import write_alert
from alongside.safety.choices.commands import choose_for_carer
from alongside.safety.models import LookToLookAt, Watch, Witness
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub


@dataclass(frozen=True)
class Life:
    """Somebody, and the id of everything about them that an address names, by the kind of the id."""

    person: Person
    ids: dict[str, Any]

    def was_brought_in_and_decided_by(self, hat_id: int) -> None:
        """Let a hat have brought this person in and decided about them, so that their own words and decision are theirs to read."""
        Referral.objects.filter(person=self.person).update(source_hat=hat_id)
        TriageDecision.objects.filter(person=self.person).update(by=hat_id)


def live_through(hub: MadeHub, *, holder: str, to: str, keeps_away: str = "Nobody Here") -> Life:
    """Let somebody come in in danger, be decided about, talked with, told of a service, and introduced to a team that said yes.

    Also: whoever sits in that team is near them from then on, and the team at the door no longer is; unless it is that team.
    """
    at = now()
    referral = hub.refer(at, name="Mair Pretend", urgency="now").referral
    person, key = referral.person, referral.person_id
    dana, system = hub.actor("dana", at), hub.system
    call = CrisisCall.objects.get(person=person)
    take_crisis_call(actor=dana, at=at, call_id=call.public_id, taken_by_name="Dana", taken_at=at)
    decide(actor=dana, at=at, referral_id=referral.public_id, urgency="soon", to_hat_id=hub.hats[holder])
    giver, about = hub.actor(holder, at), {"at": at, "person_id": key}
    service, _made = Service.objects.get_or_create(hub=hub.hub, name="A walking group", source="tests", source_id="1")
    Service.objects.filter(pk=service.pk).update(organisation_name="Walkers")
    ServiceAtLocation.objects.get_or_create(hub=hub.hub, service=service, name="The park")
    told = signpost(actor=giver, service_id=service.pk, ask_on=today() + timedelta(days=9), **about)
    for words in ("one", "another"):
        saved = save_conversation(actor=giver, based_on=0, parts={"mind": words}, **about)
    asked = introduce(actor=giver, words="hello", to_team_id=hub.teams[to], **about).handover
    write_down_answer(
        actor=giver, at=at, handover_id=asked.public_id, by_name="them", answer="yes", meet_on=today() + timedelta(days=1)
    )
    task = create_task(actor=system, what="do", words="Ring them", due_on=today(), **about)
    exclude(actor=system, hub_id=hub.hub.pk, words=keeps_away, **about)
    said = {"safe": {"safe": "no"}, "keep-away": {"words": keeps_away}}
    code = f"{hub.hub.slug}-{key}"
    draft = keep_draft(actor=system, at=at, hub_id=hub.hub.pk, code=code, answers=said, can_be_reached=True, not_safe=True)
    feed, _made = Feed.objects.get_or_create(hub=hub.hub, name="Shire", defaults={"kind": "v3", "address": "https://f.example/"})
    wrong = suggest_correction(actor=hub.public, at=at, hub_id=hub.hub.pk, service_id=service.public_id, words="It has moved.")
    hat = Hat.objects.select_related("worker").get(pk=hub.hats[holder])
    assert saved.parked
    message = send_message(actor=system, template="invitation", purpose="care", **about)
    assert message is not None
    Message.objects.filter(pk=message.pk).update(held_at=at, held_because="restored")
    told_by = {"hub": hub.hub, "person": person, "author_organisation_id": hat.organisation_id}
    carer = RelatedPerson.objects.create(**told_by, name="Ifor Pretend", relationship="brother", phone="07700 900111")
    story = add_to_story(actor=giver, words="I sleep badly.", whose_words="person", domain="mind", **about)
    in_a_month = today() + timedelta(days=30)
    choose_for_carer(actor=giver, carer_id=carer.public_id, topics=["how"], review_on=in_a_month, **about)
    warns = {"kind": "practical", "words": "The bell is broken: knock."}
    alert = write_alert(actor=giver, owner_id=hub.hats[holder], until_on=in_a_month, **warns, **about)
    lasts = {
        "hub": hub.hub,
        "person": person,
        "reason": "made up for this test",
        "from_at": at,
        "until_at": at + timedelta(hours=4),
    }
    glass = Glass.objects.create(hat=hat, category="medical", review_by=today(), **lasts)
    noticed = LookToLookAt.objects.create(
        hub=hub.hub, hat=hat, person=person, signal="hours", on=today(), counted=5, first_look_id=1, noticed_at=at
    )
    watched = Watch.objects.create(
        hub=hub.hub, person=person, reason="incident", from_at=at, until_at=at + timedelta(days=1), by=hat
    )
    witness, _new = Witness.objects.get_or_create(
        hub=hub.hub,
        organisation_id=hub.partners["council"],
        until_at=None,
        defaults={"address": "a@b.example", "from_at": at},
    )
    objects = Objection.objects.create(
        hub=hub.hub, person=person, organisation_id=hub.partners["council"], from_at=at, written_by=hat
    )
    shown = Override.objects.create(item=asked.public_id, recipient=hat, basis="child_at_risk", made_by=hat, **lasts)
    file = attach(actor=giver, entry_id=story.public_id, file=Clean("png", b"made up"), **about)
    challenge = challenge_item(actor=giver, item=story.public_id, words="That is not right.", asked_on=today(), **about)
    asks = AccessRequest.objects.create(
        hub=hub.hub, person=person, asked_by="person", proof="known", asked_on=today(), answer_by=today() + timedelta(days=28),
        written_at=at, written_by=hat,
    )  # fmt: skip
    kept = LegalHold.objects.create(hub=hub.hub, person=person, because="claim", words="C-12", from_at=at, from_by=hat)
    goes = Deletion.objects.create(
        hub=hub.hub, person_key=person.pk, because="nobody", proposed_at=at, proposed_by=hat, proposer_id=hat.worker_id
    )
    asking = {"hub": hub.hub, "how": "csv", "reason": "visits", "people": [key], "asked_at": at}
    wants, _new = ListAsked.objects.get_or_create(hat=hat, what="caseload", answered_at=None, defaults=asking)
    return Life(
        person,
        {
            "person_id": person.public_id,
            "other_id": _linked_with(hub, person, at, to).public_id,
            "referral_id": referral.public_id,
            "call_id": call.public_id,
            "signpost_id": told.public_id,
            "handover_id": asked.public_id,
            "version_id": saved.pk,
            "task_id": task.public_id,
            "exclusion_id": Exclusion.objects.get(person=person).public_id,
            "glass_id": glass.public_id,
            "noticed_id": noticed.public_id,
            "watch_id": watched.public_id,
            "witness_id": witness.public_id,
            "override_id": shown.public_id,
            "objection_id": objects.public_id,
            "item_id": story.public_id,
            "carer_id": carer.public_id,
            "alert_id": alert.public_id,
            "file_id": file.public_id,
            "request_id": asks.public_id,
            "challenge_id": challenge.public_id,
            "hold_id": kept.public_id,
            "deletion_id": goes.public_id,
            "declared_id": says_they_know(hat).public_id,
            "draft_id": draft.public_id,
            "service_id": service.public_id,
            "place_id": places_of(service, service.locations.all())[0][0],
            "organisation_id": of_named_organisation(hub.hub.public_id, "Walkers"),
            "correction_id": wrong.public_id,
            "feed_id": feed.public_id,
            "team_id": Team.objects.get(pk=hub.teams[to]).public_id,
            "hat_id": hat.public_id,
            "worker_id": hat.worker.public_id,
            "message_id": message.public_id,
            "export_id": wants.public_id,
        },
    )


def says_they_know(hat: Hat) -> DeclaredRelation:
    """Let a worker say that they know somebody who is not here."""
    return DeclaredRelation.objects.create(
        hub=hat.hub, worker=hat.worker, kind="friend", name="Idris Elsewhere", born_on=date(1970, 1, 2), from_at=now()
    )


def _linked_with(hub: MadeHub, person: Person, at: datetime, team: str) -> Person:
    """Give another record of the same person, held by a team and linked with it."""
    other = hub.refer(at, name="Meirion Pretend", email="meirion@person.example").referral
    decide(actor=hub.actor("dana", at), at=at, referral_id=other.public_id, urgency="soon", to_team_id=hub.teams[team])
    MergeLink.objects.create(hub=hub.hub, kept=other.person, joined=person, at=at, by_id=hub.hats["dana"])
    return other.person
