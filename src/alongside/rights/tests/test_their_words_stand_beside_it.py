"""Somebody says that something in their record is not right, or is not to be used: it is answered, and nothing is rubbed out.

Shown to fail: without `get_item` in the command whoever does not see an item writes beside it; without the objection the partner
still reads it; without `not_to_be_counted` they are in the figures.
Source: UK GDPR art. 16, 18 and 21; X-04; trust.md C29, C35.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from alongside.access import policy
from alongside.access.commands import name_in_circle
from alongside.members.models import Task
from alongside.people.commands import add_to_story
from alongside.people.models import StoryEntry
from alongside.refusals import AlreadyDone, NotFound
from alongside.rights.challenging import commands
from alongside.rights.challenging.queries import whole_record
from alongside.rights.copying import copy_of
from alongside.rights.tests.copies import asks, entry, somebody_with_a_record
from alongside.safety.models import Challenge
from alongside.vocabulary.clock import now, today
from alongside.web.figures import FIGURES, count
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WRONG = {"words": "I never said that I sleep badly.", "asked_on": today()}


def say(hub: MadeHub, person: Any, key: str = "cora", words: str = "I sleep badly.", **more: Any) -> Challenge:
    return commands.challenge_item(
        actor=hub.actor(key, now()), at=now(), person_id=person.pk, item=entry(words).public_id, **{**WRONG, **more}
    )


def answer(hub: MadeHub, person: Any, challenge: Challenge, key: str = "cora", **more: Any) -> Challenge:
    given = {"outcome": "put_right", "answer": "They sleep well; it was somebody else's note.", **more}
    return commands.answer_challenge(
        actor=hub.actor(key, now()), at=now(), person_id=person.pk, challenge_id=challenge.public_id, **given
    )


def test_what_they_say_stands_beside_it_from_now_on_and_what_stood_there_is_kept(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    before = StoryEntry.objects.filter(person=person).values_list("words", flat=True)
    kept = sorted(before)
    made = say(hub, person)
    [item] = [one for one in whole_record(hub.actor("cora", now()), person.pk, now()).items if one.said]
    assert (item.said[0].words, item.record.pk) == (WRONG["words"], entry("I sleep badly.").pk)
    task = Task.objects.get(person=person, what="answer_challenge", done_at__isnull=True)
    assert task.public_id not in {one.key for one in whole_record(hub.actor("cora", now()), person.pk, now()).items}
    assert task.due_on == made.answer_by and timedelta(27) < made.answer_by - today() < timedelta(36)
    answered = answer(hub, person, made)
    assert (answered.outcome, answered.answered_by_id) == ("put_right", hub.hats["cora"])
    assert sorted(before.all()) == kept
    assert Task.objects.get(pk=task.pk).done_at is not None


def test_a_copy_of_their_record_says_so_too_and_not_to_somebody_else(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    made = say(hub, person)
    answer(hub, person, made, outcome="stays", answer="It was told on the telephone.")
    for by, more in (("person", {}), ("parent", {"asked_by_name": "Mam Pretend"})):
        asking = asks(hub, person, by=by, **more)
        asking.decide_the_rest("include_known" if by == "parent" else "leave_confidence")
        asking.approve("saf")
        asking.approve("pia")
        said = str(copy_of(asking.actor("pia"), asking.request, at=now()).rows)
        assert (WRONG["words"] in said, "It was told on the telephone." in said) == (by == "person", by == "person")
        asking.request.closed_at, asking.request.closed_because = now(), "given"
        asking.request.save()


def test_until_it_is_answered_nobody_sees_it_but_who_wrote_it_when_they_ask_for_that(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    _hand_a_part_to(hub, person, "liv")
    item = entry("I sleep badly.").public_id

    def sees(key: str) -> bool:
        found = policy.visible_to(hub.actor(key, now()), StoryEntry.objects.filter(public_id=item), at=now())
        return found.exists()

    assert sees("liv") and sees("cora")
    made = say(hub, person, not_used=True)
    assert not sees("liv") and sees("cora")
    answer(hub, person, made)
    assert sees("liv")


def _hand_a_part_to(hub: MadeHub, person: Any, key: str) -> None:
    from alongside.access.commands import open_relationship

    open_relationship(
        actor=hub.system,
        at=now(),
        hub_id=hub.hub.pk,
        person_id=person.pk,
        kind="receiving",
        because=("test", 1),
        hat_id=hub.hats[key],
    )


def test_who_does_not_see_an_item_can_neither_say_nor_hear_nor_answer_anything_of_it(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    circle = add_to_story(
        actor=hub.actor("cora", now()),
        at=now(),
        person_id=person.pk,
        words="For Cora only",
        whose_words="person",
        domain="mind",
        label="circle",
    )
    name_in_circle(
        actor=hub.system,
        at=now(),
        hub_id=hub.hub.pk,
        person_id=person.pk,
        item=circle.public_id,
        worker_ids=[hub.actor("cora").worker],
    )
    made = say(hub, person, words="For Cora only")
    _hand_a_part_to(hub, person, "liv")
    with pytest.raises(NotFound):
        commands.challenge_item(actor=hub.actor("liv", now()), at=now(), person_id=person.pk, item=circle.public_id, **WRONG)
    with pytest.raises(NotFound):
        answer(hub, person, made, key="liv")
    page = hub.signed_in("liv").get(f"/people/{person.public_id}/put-right/").content.decode()
    assert WRONG["words"] not in page and "We talked." in page
    assert hub.signed_in("liv").get(f"/people/{person.public_id}/put-right/answers/{made.public_id}/").status_code == 404


def test_whoever_wrote_it_or_holds_them_answers_and_nobody_else(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    _hand_a_part_to(hub, person, "liv")
    made = say(hub, person)
    with pytest.raises(commands.NotYoursToAnswer):
        answer(hub, person, made, key="liv")
    assert answer(hub, person, made, key="cora").answered_at


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"words": "  "}, commands.SayItInTheirWords),
        ({"asked_on": today() + timedelta(days=7)}, commands.AskedInTheFuture),
    ],
)
def test_bad_input_is_refused(hub: MadeHub, more: dict[str, Any], refusal: type[Exception]) -> None:
    person = somebody_with_a_record(hub)
    with pytest.raises(refusal):
        commands.challenge_item(
            actor=hub.actor("cora", now()),
            at=now(),
            person_id=person.pk,
            item=entry("I sleep badly.").public_id,
            **{**WRONG, **more},
        )
    assert not Challenge.objects.exists()


def test_one_stands_open_at_a_time_and_is_answered_once(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    made = say(hub, person)
    with pytest.raises(AlreadyDone):
        say(hub, person)
    with pytest.raises(NotFound):
        answer(hub, person, made, outcome="used_again")
    with pytest.raises(commands.AnswerInWords):
        answer(hub, person, made, answer=" ")
    answer(hub, person, made)
    with pytest.raises(AlreadyDone):
        answer(hub, person, made)
    assert say(hub, person).pk != made.pk


def test_a_record_that_is_not_to_be_used_is_kept_counted_nowhere_and_used_again_when_they_are_told(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    somebody_with_a_record(hub, hidden=False, name="Ifan Pretend", email="ifan@person.example")
    _hand_a_part_to(hub, person, "liv")
    liv, since = hub.actor("liv", now()), now() - timedelta(days=90)
    figures = {name: count(one.behind(hub.hub.pk, since)).whole for name, one in FIGURES.items()}
    made = commands.challenge_whole(
        actor=hub.actor("cora", now()),
        at=now(),
        person_id=person.pk,
        because="for_a_claim",
        words="Keep it for my claim.",
        asked_on=today(),
    )
    fewer = {name: count(one.behind(hub.hub.pk, since)).whole for name, one in FIGURES.items()}
    assert figures["came-in"] - fewer["came-in"] == 1 and figures["held"] - fewer["held"] == 1
    assert not policy.visible_to(liv, StoryEntry.objects.filter(person=person), at=now()).exists()
    assert policy.visible_to(hub.actor("cora", now()), StoryEntry.objects.filter(person=person), at=now()).exists()
    page = hub.signed_in("cora").get(f"/people/{person.public_id}/").content.decode()
    assert "They need it kept, for a claim of theirs" in page
    answer(hub, person, made, outcome="used_again", answer="The claim is over; told them on the telephone.")
    assert {name: count(one.behind(hub.hub.pk, since)).whole for name, one in FIGURES.items()} == figures


def test_the_database_keeps_an_answer_in_words(hub: MadeHub) -> None:
    made = say(hub, somebody_with_a_record(hub))
    for broken in ({"outcome": "stays"}, {"answer": "x"}, {"item": None}, {"answered_at": F("written_at")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Challenge.objects.filter(pk=made.pk).update(**broken)


def test_by_page_from_saying_so_to_the_answer(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    browser, key = hub.signed_in("cora"), entry("I sleep badly.").public_id
    record = f"/people/{person.public_id}/"
    assert f"{record}put-right/" in browser.get(record).content.decode()
    listed = browser.get(f"{record}put-right/").content.decode()
    assert "CANARYVAULT" not in listed and f"{record}put-right/{key}/" in listed
    missing = browser.post(
        f"{record}put-right/{key}/", {"words": "", "asked_on_day": "1", "asked_on_month": "2", "asked_on_year": "2026"}
    )
    assert "There is a problem" in missing.content.decode()
    on = {f"asked_on_{part}": getattr(today(), part) for part in ("day", "month", "year")}
    said = browser.post(f"{record}put-right/{key}/", {"words": WRONG["words"], **on})
    assert (said.status_code, said.headers["Location"]) == (302, f"{record}put-right/")
    assert str(WRONG["words"]) in browser.get(record).content.decode()
    made = Challenge.objects.get()
    at = f"{record}put-right/answers/{made.public_id}/"
    assert at in browser.get(f"{record}put-right/").content.decode()
    asked = browser.get(at).content.decode()
    assert (
        "ico.org.uk" in asked
        and str(WRONG["words"]) in asked
        and f'href="{at}"' not in asked.split("<main")[1].split("</main")[0]
    )
    assert browser.post(at, {"outcome": "put_right", "answer": "They sleep well."}).status_code == 302
    assert "They sleep well." in browser.get(record).content.decode()
    assert browser.get(f"{record}put-right/{UUID(int=7)}/").status_code == 404


def test_a_long_record_is_listed_with_as_many_statements_as_a_short_one(hub: MadeHub, django_assert_max_num_queries: Any) -> None:
    person = somebody_with_a_record(hub)
    actor = hub.actor("cora", now())
    for number in range(30):
        add_to_story(actor=actor, at=now(), person_id=person.pk, words=f"More {number}", whose_words="person", domain="mind")
    with django_assert_max_num_queries(32):
        assert len(whole_record(actor, person.pk, now()).items) > 30
