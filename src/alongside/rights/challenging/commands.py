# For workers only.
"""Writes of what somebody says of their record: it is not right, it is not to be used; and the answer to it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from alongside.access.commands import end_objection, object_to_sharing
from alongside.hubs.models import Hub
from alongside.hubs.queries import bank_holidays, local_date
from alongside.journal.command import command, note
from alongside.members.commands import create_task, finish_in_passing
from alongside.people.models import Person
from alongside.people.policies import check_can_write_story, check_wears_a_hat
from alongside.people.queries import lock_person
from alongside.refusals import AlreadyDone, Invalid, NotFound
from alongside.rights.challenging.queries import TASK, get_challenge, get_item, may_answer
from alongside.rights.commands import AskedInTheFuture
from alongside.rights.rules import answer_by
from alongside.safety.codes import CHALLENGES, OUTCOMES
from alongside.safety.models import Challenge
from alongside.vocabulary.actor import Actor
from alongside.writes import insert


class SayItInTheirWords(Invalid):
    code = "say_it_in_their_words"
    message = _("Write down what they say, in their words.")


class AnswerInWords(Invalid):
    code = "answer_in_words"
    message = _("Write what is right, or why it stays. They read it, and so does everybody who reads the item.")


class NotYoursToAnswer(Invalid):
    code = "not_yours_to_answer"
    status = 403
    message = _("Whoever wrote it, or whoever holds them, answers this.")


@command("challenge.made")
def challenge_item(
    *, actor: Actor, at: datetime, person_id: int, item: UUID, words: str, asked_on: date, not_used: bool = False
) -> Challenge:
    """Write down that somebody says something in their record is not right; from now on their words stand beside it.

    In:       `not_used`: until it is answered nobody sees it but who wrote it (UK GDPR art. 18(1)(a)).
    Refuses:  NotFound for an item that the actor does not see; AskedInTheFuture; SayItInTheirWords; AlreadyDone while one is open.
    Also:     whoever holds them is asked to see to an answer within a month.
    Source:   UK GDPR art. 16; trust.md C29 and C35; X-04.
    """
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    found = get_item(actor, person_id, item, at)
    return _challenge(actor, at, person, "not_right", words, asked_on, not_used, item=item, kind=found.record._meta.label)


@command("challenge.of_all_made")
def challenge_whole(*, actor: Actor, at: datetime, person_id: int, because: str, words: str, asked_on: date) -> Challenge:
    """Write down that somebody does not want their record used: it is kept, nobody sees what others wrote, it is counted nowhere.

    Refuses:  NotFound for an unknown reason; AskedInTheFuture; SayItInTheirWords; AlreadyDone while one is open.
    Source:   UK GDPR art. 18 and 21; X-04.
    """
    check_can_write_story(actor, person_id, at=at)
    person = lock_person(person_id)
    if because not in CHALLENGES or because == "not_right":
        raise NotFound
    return _challenge(actor, at, person, because, words, asked_on, True)


def _challenge(
    actor: Actor, at: datetime, person: Person, because: str, words: str, asked_on: date, not_used: bool,
    *, item: UUID | None = None, kind: str = "",
) -> Challenge:  # fmt: skip
    if not words.strip():
        raise SayItInTheirWords
    if asked_on > local_date(at):
        raise AskedInTheFuture
    standing = Challenge.objects.filter(person=person, answered_at__isnull=True)
    if standing.filter(item=item).exists() if item else standing.filter(item__isnull=True).exists():
        raise AlreadyDone
    due = answer_by(asked_on, bank_holidays(Hub.objects.get(pk=person.hub_id).nation, asked_on))
    objection = None
    if not_used:
        objection = object_to_sharing(
            actor=actor, at=at, hub_id=person.hub_id, person_id=person.pk, organisation_id=None, item=item
        )
    made = insert(
        Challenge(
            hub_id=person.hub_id,
            person=person,
            item=item,
            kind=kind,
            because=because,
            words=words.strip(),
            asked_on=asked_on,
            answer_by=due,
            written_at=at,
            written_by_id=check_wears_a_hat(actor),
            objection=objection,
        )
    )
    create_task(actor=actor, at=at, person_id=person.pk, what=TASK, due_on=due)
    note(person_id=person.pk, challenge=made.public_id, item=item, because=because, answer_by=due)
    return made


@command("challenge.answered")
def answer_challenge(*, actor: Actor, at: datetime, person_id: int, challenge_id: UUID, outcome: str, answer: str) -> Challenge:
    """Answer what somebody says of their record, in words that stand beside it for good; what stood there is kept.

    Refuses:  NotFound for what the actor does not see, and for an outcome that does not fit; AnswerInWords; NotYoursToAnswer;
              AlreadyDone.
    Also:     what was not to be used may be used again; nothing is left to be done about it.
    Source:   UK GDPR art. 12(4), 16, 18(3); trust.md C29 (amended, never overwritten).
    """
    check_can_write_story(actor, person_id, at=at)
    lock_person(person_id)
    found, item = get_challenge(actor, person_id, challenge_id, at)
    if found.answered_at:
        raise AlreadyDone
    if outcome not in outcomes_of(found):
        raise NotFound
    if not may_answer(actor, person_id, item, at):
        raise NotYoursToAnswer
    if not answer.strip():
        raise AnswerInWords
    found.outcome, found.answer = outcome, answer.strip()
    found.answered_at, found.answered_by_id = at, check_wears_a_hat(actor)
    found.save(update_fields=["outcome", "answer", "answered_at", "answered_by"])
    if found.objection_id and found.objection and found.objection.until_at is None:
        end_objection(actor=actor, at=at, person_id=person_id, objection_id=found.objection.public_id)
    if not Challenge.objects.filter(person_id=person_id, answered_at__isnull=True).exists():
        finish_in_passing(actor=actor, at=at, person_id=person_id, what=TASK)
    note(person_id=person_id, challenge=found.public_id, item=found.item, outcome=outcome)
    return found


def outcomes_of(challenge: Challenge) -> tuple[str, ...]:
    """Name the outcomes that fit: an item is put right or stays; a whole record is used again."""
    return tuple(one for one in OUTCOMES if (one == "used_again") == (challenge.item is None))
