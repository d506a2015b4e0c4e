"""Writes of "ask for help" before it is sent: answers are kept, and somebody not safe is heard as soon as they can be reached."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alongside.hubs.queries import local_date
from alongside.journal.command import command, note
from alongside.journey.referrals.commands.crisis import take_call_of_draft
from alongside.journey.referrals.commands.doors import Received, keep_away, people_around, receive_referral
from alongside.journey.referrals.models import Draft, Referral
from alongside.members.commands import create_task
from alongside.messages.commands import send_message
from alongside.people.commands import add_to_story, tell_more
from alongside.people.models import Person
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.arrival import Arrival
from alongside.vocabulary.reference import fingerprint
from alongside.writes import insert_later


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


@command("draft.heard")
def hear_draft(*, actor: Actor, at: datetime, hub_id: int, code: str, arrival: Arrival, before: Arrival) -> Referral:
    """Make the referral of somebody not safe before they have finished asking; the next time, add to it what they say since.

    In:       `before` is what the draft said before this answer: only what differs is written down, so nothing is doubled and
              what a worker has corrected meanwhile stays.
    Also:     urgency now, with an open crisis call; when somebody has called already, that call is it. An exclusion is in force
              at once, for whoever holds too. The answers stay in the draft, so that they can go on.
    Source:   pages.md (ask for help, 1 and 8); promises 1 and 2; trust.md C07.
    """
    draft = _lock_draft(hub_id, code)
    if draft.referral is None:
        draft.referral = _receive(actor, at, draft, code, arrival).referral
        draft.save(update_fields=["referral"])
        if draft.taken_at:
            take_call_of_draft(actor=actor, at=at, draft=draft)
    else:
        _add(actor, at, draft.referral_id or 0, before, arrival)
    note(draft=draft.pk, person_id=draft.referral.person_id)
    return draft.referral


@command("draft.finished")
def finish_draft(*, actor: Actor, at: datetime, hub_id: int, code: str, arrival: Arrival) -> Received:
    """Turn a draft into a referral; pressed twice, or sent again from the back button, it gives the same answer.

    Also:     the answers are wiped from the draft in the same transaction; one that was heard before (somebody not safe) keeps
              its referral, and whoever holds the person by now hears that there is more to read.
    """
    draft = _lock_draft(hub_id, code)
    is_first = draft.finished_at is None
    received = _receive(actor, at, draft, code, arrival)
    referral = received.referral
    if is_first and not received.is_new:
        _finish_what_was_heard(actor, at, referral, arrival)
    if is_first and not arrival.asked_by:
        send_message(
            actor=actor,
            at=at,
            person_id=referral.person_id,
            template="heard",
            purpose="acknowledge",
            values={"path": f"/stands/{link_of_draft(code)}/"},
        )
    draft.finished_at, draft.referral, draft.answers = draft.finished_at or at, referral, {}
    draft.save(update_fields=["finished_at", "referral", "answers"])
    note(draft=draft.pk, person_id=referral.person_id)
    return received


def _lock_draft(hub_id: int, code: str) -> Draft:
    draft = Draft.objects.select_for_update().filter(code_fingerprint=fingerprint(code), hub_id=hub_id).first()
    if draft is None:
        raise NotFound
    return draft


def _receive(actor: Actor, at: datetime, draft: Draft, code: str, arrival: Arrival) -> Received:
    return receive_referral(
        actor=actor,
        at=at,
        hub_id=draft.hub_id,
        arrival=arrival,
        key=f"draft:{draft.pk}",
        content_fingerprint=f"draft:{draft.pk}",
        link_token=link_of_draft(code),
    )


def _add(actor: Actor, at: datetime, referral_id: int, before: Arrival, arrival: Arrival) -> None:
    """Write down what differs from what the draft said before."""
    referral = Referral.objects.select_for_update().get(pk=referral_id)
    if arrival.exclusion.strip() and arrival.exclusion != before.exclusion:
        keep_away(actor=actor, at=at, hub_id=referral.hub_id, person_id=referral.person_id, words=arrival.exclusion)
    if arrival.person != before.person:
        tell_more(actor=actor, at=at, person_id=referral.person_id, before=before.person, told=arrival.person)
    if arrival.words.strip() and arrival.words != before.words:
        referral.words = arrival.words
        add_to_story(
            actor=Actor.system("door", referral.hub_id),
            at=at,
            person_id=referral.person_id,
            words=arrival.words,
            whose_words=referral.whose_words,
            domain="asking",
            author_organisation_id=referral.author_organisation_id,
        )
    if (arrival.asked_by, arrival.asked_with) != (before.asked_by, before.asked_with):
        insert_later(*people_around(referral, arrival))
    referral.needs, referral.knows, referral.agrees = list(arrival.needs), arrival.knows, arrival.agrees
    referral.save(update_fields=["words", "needs", "knows", "agrees"])


def _finish_what_was_heard(actor: Actor, at: datetime, referral: Referral, arrival: Arrival) -> None:
    if arrival.suspected_spam and referral.looked_at is None:
        Referral.objects.filter(pk=referral.pk).update(suspected_spam=True)
        Person.objects.filter(pk=referral.person_id).update(messages_wait=True)
    if referral.triaged_at:
        create_task(actor=actor, at=at, person_id=referral.person_id, what="told_more", due_on=local_date(at))


def link_of_draft(code: str) -> str:
    """Derive the private link's token from the draft's code, so that a second press shows the same link."""
    return fingerprint(f"link:{code}")[:48]
