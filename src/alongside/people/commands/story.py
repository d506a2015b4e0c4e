"""Writes of the story: told once, read before we meet, asked again with a reason; allergies and medicines as told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access import policy
from alongside.access.commands import name_in_circle
from alongside.journal.command import command, note
from alongside.people.codes import KINDS, SOURCES
from alongside.people.models import (
    Allergy,
    AskedAgain,
    AsTold,
    Medicine,
    StoryEntry,
    StoryRead,
)
from alongside.people.policies import (
    check_can_read_story,
    check_can_write_story,
    check_wears_a_hat,
)
from alongside.people.queries import lock_person, what_is_known
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.vocabulary.actor import Actor
from alongside.writes import insert, insert_later


class SayWhyAgain(Invalid):
    code = "say_why_again"
    message = _("This is answered already. Say why it is asked again.")


class NotToldWell(Invalid):
    code = "not_told_well"
    message = _("Say what it is, and whose word it is.")


_AS_TOLD: dict[str, type[AsTold]] = {"allergy": Allergy, "medicine": Medicine}


@command("story.added")
def add_to_story(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    words: str,
    whose_words: str,
    domain: str,
    author_organisation_id: int | None = None,
    topic: str = "",
    label: str = "sensitive",
    do_not_ask_again: bool = False,
) -> StoryEntry:
    """Write something down once, with whose words they are, so that nobody has to ask again.

    Also:     words of a third party are kept apart from the person's own.
    Source:   promise 3; S0-39, S0-40.
    """
    if actor.is_worker:
        check_can_write_story(actor, person_id, at=at)
    hub_id, author_id = actor.hub_id, author_organisation_id or actor.organisation_id
    if hub_id is None or author_id is None:
        person = lock_person(person_id)
        hub_id, author_id = person.hub_id, author_id or person.author_organisation_id
    entry = StoryEntry(
        hub_id=hub_id,
        person_id=person_id,
        author_organisation_id=author_id,
        label=label,
        third_party=whose_words in ("carer", "third_party"),
        at=at,
        written_by_id=actor.hat_id,
        whose_words=whose_words,
        domain=domain,
        topic=topic,
        words=words,
        do_not_ask_again=do_not_ask_again,
    )
    insert_later(entry)
    note(
        person_id=person_id,
        author_organisation_id=entry.author_organisation_id,
        label=label,
        entry=entry.public_id,
        domain=domain,
        whose=whose_words,
    )
    return entry


@command("story.written_down")
def write_down(
    *,
    actor: Actor,
    at: datetime,
    person_id: int,
    subject: str,
    words: str,
    whose_words: str,
    label: str,
    do_not_ask_again: bool,
    why_again: str = "",
    names: Iterable[int] = (),
) -> StoryEntry:
    """Write down what was said about a subject; where it is answered already, with why it was asked again.

    In:       `names`: the workers who may see a circle item beside its writer.
    Refuses:  SayWhyAgain where something is known about the subject and no reason is given.
    Also:     asking again is counted with its reason.
    Source:   part C11; S0-40, S2-267.
    """
    check_can_write_story(actor, person_id, at=at)
    if what_is_known(actor, person_id, subject):
        if not why_again:
            raise SayWhyAgain
        ask_again(actor=actor, at=at, person_id=person_id, topic=subject, reason=why_again)
    entry = add_to_story(
        actor=actor,
        at=at,
        person_id=person_id,
        words=words,
        whose_words=whose_words,
        domain=subject,
        topic=subject,
        label=label,
        do_not_ask_again=do_not_ask_again,
    )
    if label == "circle":
        workers = (actor.worker, *names)
        name_in_circle(actor=actor, at=at, hub_id=entry.hub_id, person_id=person_id, item=entry.public_id, worker_ids=workers)
    note(person_id=person_id, label=label, entry=entry.public_id)
    return entry


@command("body.written_down")
def write_down_as_told(*, actor: Actor, at: datetime, person_id: int, kind: str, words: str, source: str) -> AsTold:
    """Write down an allergy or a medicine as it was told, with whose word it is; nobody has checked it with anybody.

    Refuses:  NotThisRole for a role that does not read stories; NotToldWell for an unknown kind or source, or no words.
    Source:   design.md section 5; pages.md (In a crisis).
    """
    check_can_write_story(actor, person_id, at=at)
    if kind not in KINDS or source not in SOURCES or not words.strip():
        raise NotToldWell
    person = lock_person(person_id)
    made = insert(
        _AS_TOLD[kind](
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            words=words.strip()[:200],
            source=source,
            at=at,
            written_by_id=check_wears_a_hat(actor),
        )
    )
    note(person_id=person_id, kind=kind, record=made.public_id, source=source)
    return made


@command("body.no_longer")
def say_it_no_longer_holds(*, actor: Actor, at: datetime, person_id: int, kind: str, record_id: UUID) -> AsTold:
    """Say that an allergy or a medicine no longer holds; what was written stays in the record."""
    check_can_write_story(actor, person_id, at=at)
    if kind not in KINDS:
        raise NotFound
    found = policy.visible_to(
        actor,
        _AS_TOLD[kind]._default_manager.select_for_update(of=("self",)).filter(person_id=person_id, public_id=record_id),
        at=at,
    ).first()
    if found is None:
        raise NotFound
    if found.until_at:
        raise AlreadyDone
    found.until_at = at
    found.save(update_fields=["until_at"])
    note(person_id=person_id, kind=kind, record=found.public_id)
    return found


@command("story.read")
def read_story(*, actor: Actor, at: datetime, person_id: int) -> StoryRead:
    """Note that this worker has read the story; before they have met, it counts (promise 3)."""
    check_can_read_story(actor, person_id, at=at)
    newest = policy.visible_to(actor, StoryEntry.objects.filter(person_id=person_id), at=at).order_by("-at", "-pk").first()
    done = insert(StoryRead(person_id=person_id, hat_id=check_wears_a_hat(actor), at=at, up_to=newest))
    note(person_id=person_id)
    return done


@command("story.asked_again")
def ask_again(*, actor: Actor, at: datetime, person_id: int, topic: str, reason: str) -> AskedAgain:
    """Count a question that is asked although its answer was there, with the reason (S0-40, S2-267)."""
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    asked = insert(
        AskedAgain(
            hub_id=person.hub_id,
            person=person,
            author_organisation_id=actor.organisation,
            at=at,
            asked_by_id=check_wears_a_hat(actor),
            topic=topic,
            reason=reason,
        )
    )
    note(person_id=person_id, topic=topic, reason=reason)
    return asked
