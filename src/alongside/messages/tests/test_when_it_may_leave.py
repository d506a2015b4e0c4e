"""When a message may leave: the person's own good times, no text at night, budgets, and what an address change asks for.

Source: trust.md C12, C17, T03, T17; issue "trust", B10.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from alongside.connections.email import NeverSends
from alongside.hubs.commands import set_standard
from alongside.members.models import Task
from alongside.messages import senders as made_here
from alongside.messages.commands import claim_message, send_message
from alongside.messages.delivery import deliver
from alongside.messages.models import Budget, Message
from alongside.messages.rules import CRISIS, Way, next_moment, over_budget
from alongside.people.commands import (
    add_ways_to_reach,
    confirm_way_to_reach,
    contacts_to_confirm_again,
    keep_address,
    let_go_of_address,
    replace_ways_to_reach,
    tell_more,
)
from alongside.people.models import ContactPoint, Person
from alongside.people.queries import way_words
from alongside.vocabulary.arrival import PersonAsTold, WayToReach
from alongside.vocabulary.clock import UK
from tests.support.hub import AT, MadeHub

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TEXT, EMAIL = Way("text", safe=True, confirmed_on=AT.date()), Way("email", safe=True, confirmed_on=AT.date())
HOURS = {"text_from": 8, "text_until": 20}


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """Give a moment on a British clock in March 2026; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UK)


TIMES: list[tuple[Way, str, datetime, datetime]] = [
    # way, purpose, now, when
    (TEXT, "care", on(2, 9), on(2, 9)),
    (TEXT, "care", on(2, 8), on(2, 8)),
    (TEXT, "care", on(2, 7, 59), on(2, 8)),
    (TEXT, "care", on(2, 20), on(3, 8)),
    (TEXT, "care", on(2, 23), on(3, 8)),
    (TEXT, "care", on(3, 3), on(3, 8)),
    (TEXT, "care", on(29, 0, 30), on(29, 8)),  # the night in which the clocks go forward
    (TEXT, CRISIS, on(2, 23), on(2, 23)),
    (EMAIL, "care", on(2, 23), on(2, 23)),
    (replace(TEXT, channel="letter"), "care", on(2, 23), on(2, 23)),
    (replace(TEXT, channel="letter", good_times="mornings"), "care", on(2, 23), on(2, 23)),
    (replace(TEXT, good_times="mornings"), "care", on(2, 13), on(3, 8)),
    (replace(TEXT, good_times="mornings"), CRISIS, on(2, 13), on(3, 8)),
    (replace(EMAIL, good_times="mornings"), "care", on(2, 13), on(3, 8)),
    (replace(TEXT, good_times="weekdays after 6"), "care", on(6, 21, 30), on(6, 21, 30)),
    (replace(TEXT, good_times="weekdays after 6"), "care", on(6, 22), on(9, 18)),
    (replace(EMAIL, good_times="weekdays after 6"), "care", on(6, 23), on(6, 23)),
    (replace(TEXT, good_times="Sundays"), "care", on(2, 9), on(8, 7)),
    (replace(TEXT, good_times="any time"), "care", on(2, 21), on(3, 8)),
    (replace(TEXT, good_times="any time"), CRISIS, on(2, 21), on(2, 21)),
]


@pytest.mark.parametrize(("way", "purpose", "now", "when"), TIMES)
def test_when_a_message_may_leave(way: Way, purpose: str, now: datetime, when: datetime) -> None:
    assert next_moment(way, purpose, now.astimezone(UTC), **HOURS) == when


@pytest.mark.parametrize(("begins", "ends"), [(20, 8), (0, 0), (99, 99), (-1, 5), (8, 8)])
def test_hours_that_make_no_sense_never_open_the_night(begins: int, ends: int) -> None:
    assert next_moment(TEXT, "care", on(2, 23), text_from=begins, text_until=ends) > on(3, 6)


BUDGETS = [
    # purpose, of number, of day, at work, which is used up
    ("care", 0, 0, False, ""),
    ("care", 2, 89, False, ""),
    ("care", 3, 0, False, "too_many"),
    (CRISIS, 3, 0, False, "too_many"),
    ("care", 0, 90, False, "too_many_today"),
    (CRISIS, 0, 90, False, ""),
    (CRISIS, 0, 100, False, "too_many_today"),
    ("partner", 50, 89, True, ""),
    ("partner", 0, 90, True, "too_many_today"),
]


@pytest.mark.parametrize(("purpose", "of_number", "of_day", "is_work", "over"), BUDGETS)
def test_which_budget_is_used_up(purpose: str, of_number: int, of_day: int, is_work: bool, over: str) -> None:
    assert over_budget(purpose, of_number=of_number, of_day=of_day, per_number=3, per_day=100, is_work=is_work) == over


def ask(hub: MadeHub, person: Person, at: datetime = AT, **given: Any) -> Message:
    given = {"template": "invitation", "purpose": "care"} | given
    made = send_message(actor=hub.system, at=at, person_id=person.pk, **given)
    assert made is not None
    return made


def leave(hub: MadeHub, message: Message, at: datetime = AT) -> tuple[Message, list[str]]:
    """Let one message leave by a sender of every kind; give it with whom something went to."""
    by = NeverSends()
    given = {"senders": {"email": by, "text": by, "letter": by}, "address": "https://hub.example"}
    done = deliver(actor=hub.system, at=at, message_id=message.pk, **given)
    return done, [to for to, _subject, _body in by.kept]


def tasks() -> list[str]:
    return list(Task.objects.order_by("pk").values_list("what", flat=True))


@pytest.mark.both_databases
@pytest.mark.hazard("H08")
def test_a_text_at_night_waits_for_the_morning_and_leaves_once(hub: MadeHub) -> None:
    """Shown to fail with `_when` removed: it left at eleven at night."""
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"),))
    message = ask(hub, person, on(2, 23))
    done, went = leave(hub, message, on(2, 23))
    assert (done.due_at, done.sent_at, done.tries, went) == (on(3, 8), None, 0, [])
    assert leave(hub, message, on(3, 7, 59))[1] == []
    done, went = leave(hub, message, on(3, 8))
    assert (done.sent_at, went, tasks()) == (on(3, 8), ["07700 900123"], [])


@pytest.mark.hazard("H08")
def test_good_times_that_only_a_person_can_judge_make_a_task_with_the_words_to_send(hub: MadeHub) -> None:
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123", good_times="when my husband is at work"),))
    message = ask(hub, person)
    assert (message.stopped_because, tasks()) == ("times_unclear", ["message_times_unclear"])


@pytest.mark.both_databases
def test_a_number_gets_three_messages_a_day_whoever_they_are_about(hub: MadeHub) -> None:
    """Shown to fail with `_spend` removed. Two people of one number share it; the next day begins anew (C17)."""
    one = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"),))
    other = hub.held_by("cora", name="Nia Pretend", ways=(WayToReach("text", "+44 7700 900 123"),))
    went = [leave(hub, ask(hub, person))[1] for person in (one, other, one, other, one)]
    assert [len(one) for one in went] == [1, 1, 1, 0, 0]
    assert tasks() == ["message_too_many", "message_too_many"]
    assert len(leave(hub, ask(hub, one, AT + DAY), AT + DAY)[1]) == 1
    assert not Budget.objects.filter(key__contains="7700").exists()


def test_an_address_is_counted_however_it_is_written(hub: MadeHub) -> None:
    for number, email in enumerate(("mair@person.example", "Mair@Person.example", " MAIR@person.example ")):
        person = hub.held_by("cora", name=f"Mair {number}", email=email)
        leave(hub, ask(hub, person))
    assert sorted(Budget.objects.values_list("used", flat=True)) == [3, 3]


def test_a_try_that_did_not_succeed_is_not_counted_twice(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    message = ask(hub, person)
    for minutes in (0, 10, 20):
        moment = AT + minutes * MINUTE
        claim_message(actor=hub.system, at=moment, message_id=message.pk, can_be_asked={"email": True}, address="")
    assert sorted(Budget.objects.values_list("used", flat=True)) == [1, 1]


@pytest.mark.both_databases
def test_a_hub_has_a_budget_of_which_a_part_is_kept_for_crises(hub: MadeHub) -> None:
    set_standard(actor=hub.system, at=AT, hub_id=hub.hub.pk, code="messages_a_day", value=10, origin="ours")
    people = [hub.held_by("cora", name=f"P{n}", email=f"p{n}@person.example") for n in range(11)]
    went = [len(leave(hub, ask(hub, person))[1]) for person in people[:10]]
    assert went == [1] * 9 + [0] and tasks() == ["message_too_many_today"]
    assert len(leave(hub, ask(hub, people[10], purpose=CRISIS))[1]) == 1
    assert len(leave(hub, ask(hub, people[0], purpose=CRISIS))[1]) == 0


def test_nothing_is_written_about_for_a_reason_that_nobody_knows(hub: MadeHub) -> None:
    with pytest.raises(ValueError):
        ask(hub, hub.held_by("cora"), purpose="marketing")
    assert not Message.objects.exists()


# after an address changed


def before_and_now(**changed: Any) -> dict[str, PersonAsTold]:
    ways = (WayToReach("email", "mair@person.example"), WayToReach("text", "07700 900123"))
    before = PersonAsTold("Mair Pretend", ways=ways, postcode="SA1 1AA")
    return {"before": before, "told": replace(before, **changed)}


@pytest.fixture
def told(hub: MadeHub) -> Person:
    ways = (WayToReach("email", "mair@person.example"), WayToReach("text", "07700 900123"))
    person = hub.held_by("cora", ways=ways, postcode="SA1 1AA")
    add_ways_to_reach(actor=hub.system, at=AT, person_id=person.pk, ways=(WayToReach("email", "old@person.example"),))
    return person


def in_question() -> set[str]:
    standing = ContactPoint.objects.filter(until_at__isnull=True, ask_again_since__isnull=False)
    return set(standing.values_list("value", flat=True))


@pytest.mark.both_databases
@pytest.mark.hazard("H07")
def test_after_an_address_change_nothing_leaves_until_each_way_is_confirmed_again(hub: MadeHub, told: Person) -> None:
    """Shown to fail without the question: the message that was queued before the move left after it (T17)."""
    queued = ask(hub, told)
    assert contacts_to_confirm_again(actor=hub.actor("cora"), at=AT, person_id=told.pk) == 3
    done, went = leave(hub, queued)
    assert (done.stopped_because, went, tasks()) == ("confirm_again", [], ["message_confirm_again"])
    assert ask(hub, told).stopped_because == "confirm_again"
    first = ContactPoint.objects.order_by("pk")[0]
    assert "Ask again" in way_words(first)
    confirm_way_to_reach(actor=hub.actor("cora"), at=AT, person_id=told.pk, contact_point_id=first.pk, safe=True)
    assert leave(hub, ask(hub, told))[1] == ["mair@person.example"]


def test_a_new_postcode_puts_in_question_what_was_not_said_again(hub: MadeHub, told: Person) -> None:
    tell_more(actor=hub.system, at=AT + DAY, person_id=told.pk, **before_and_now(postcode="SA2 2BB"))
    assert in_question() == {"old@person.example"}


def test_a_way_taken_back_puts_in_question_what_was_not_said_again(hub: MadeHub, told: Person) -> None:
    ways = (WayToReach("email", "mair@person.example"),)
    tell_more(actor=hub.system, at=AT + DAY, person_id=told.pk, **before_and_now(ways=ways))
    assert in_question() == {"old@person.example"}


def test_what_is_no_change_of_address_asks_for_nothing(hub: MadeHub, told: Person) -> None:
    tell_more(actor=hub.system, at=AT + DAY, person_id=told.pk, **before_and_now(pronouns="she"))
    add_ways_to_reach(actor=hub.system, at=AT, person_id=told.pk, ways=(WayToReach("call", "01632 960111"),))
    assert in_question() == set()


def test_ways_that_are_replaced_end_and_the_new_ones_are_as_they_were_said(hub: MadeHub, told: Person) -> None:
    queued = ask(hub, told)
    replace_ways_to_reach(actor=hub.system, at=AT, person_id=told.pk, ways=(WayToReach("email", "new@person.example"),))
    assert leave(hub, queued)[1] == [] and leave(hub, ask(hub, told))[1] == ["new@person.example"]


# somebody young


@pytest.mark.parametrize(
    ("born", "way", "stopped"),
    [
        (date(2010, 3, 3), WayToReach("email", "a@person.example", who_else="mum"), "young_seen"),
        (date(2010, 3, 3), WayToReach("email", "a@person.example", whose="mum"), "young_not_theirs"),
        (date(2010, 3, 3), WayToReach("letter", "1 Made Up Street"), "young_letter"),
        (date(2010, 3, 2), WayToReach("letter", "1 Made Up Street"), ""),  # sixteen today
        (date(2008, 3, 3), WayToReach("email", "a@person.example", who_else="mum"), "young_seen"),
        (date(2008, 3, 2), WayToReach("email", "a@person.example", who_else="mum"), ""),  # eighteen today
    ],
)
@pytest.mark.hazard("H10")
def test_nothing_that_a_parent_may_see_leaves_for_somebody_young(hub: MadeHub, born: date, way: WayToReach, stopped: str) -> None:
    """H10, T03: shown to fail with the ages left out of what the gate is told."""
    person = hub.held_by("cora", born_on=born, ways=(way,))
    assert ask(hub, person).stopped_because == stopped


def test_a_band_of_age_counts_where_no_birthday_was_told(hub: MadeHub) -> None:
    way = WayToReach("email", "a@person.example", who_else="mum")
    assert ask(hub, hub.held_by("cora", age_band="16_17", ways=(way,))).stopped_because == "young_seen"
    assert ask(hub, hub.held_by("cora", name="Nia", age_band="18_25", ways=(way,))).stopped_because == ""


def test_when_the_young_person_says_so_it_may_be_used(hub: MadeHub) -> None:
    ways = (WayToReach("email", "a@person.example", who_else="mum"),)
    person, cora = hub.held_by("cora", born_on=date(2010, 3, 3), ways=ways), hub.actor("cora")
    given = {"actor": cora, "at": AT, "person_id": person.pk, "contact_point_id": ContactPoint.objects.get().pk}
    confirm_way_to_reach(**given, safe=True, although_seen=True)
    assert leave(hub, ask(hub, person))[1] == ["a@person.example"]
    confirm_way_to_reach(**given, safe=True)
    assert ask(hub, person).stopped_because == "young_seen"
    confirm_way_to_reach(**given, safe=False, although_seen=True)
    assert not ContactPoint.objects.get().although_seen


# what leaves by itself


@pytest.mark.parametrize(
    ("given", "channels"),
    [
        ({}, {"email"}),
        ({"NOTIFY_KEY": "k" * 80}, {"email"}),
        ({"NOTIFY_KEY": "k" * 80, "NOTIFY_TEXT_TEMPLATE": "t"}, {"email", "text"}),
        ({"NOTIFY_KEY": "k" * 80, "NOTIFY_TEXT_TEMPLATE": "t", "NOTIFY_LETTER_TEMPLATE": "l"}, {"email", "text", "letter"}),
        ({"NOTIFY_TEXT_TEMPLATE": "t", "NOTIFY_LETTER_TEMPLATE": "l"}, {"email"}),
        ({"NOTIFY_KEY": "k" * 80, "NOTIFY_TEXT_TEMPLATE": "t", "DEMO": True}, {"email"}),
    ],
)
def test_what_leaves_by_itself_follows_what_is_set_up(settings: Any, given: dict[str, Any], channels: set[str]) -> None:
    settings.DEMO = False
    for name, value in given.items():
        setattr(settings, name, value)
    assert made_here.channels() == channels


@pytest.mark.hazard("H07")
def test_a_letter_goes_to_the_address_for_letters_as_it_stands_when_it_leaves(hub: MadeHub) -> None:
    """T17: what was queued before the address changed is not sent to the old one, nor to the new one before somebody has asked."""
    person, cora = hub.held_by("cora", ways=(WayToReach("letter", "1 Made Up Street, Rivermouth, SA1 1AA"),)), hub.actor("cora")
    assert leave(hub, ask(hub, person))[1] == ["Mair Pretend\n1 Made Up Street\nRivermouth\nSA1 1AA"]
    queued = ask(hub, person)
    keep_address(actor=cora, at=AT, person_id=person.pk, kind="delivery", words="2 Other Street\nRivermouth\nSA2 2BB")
    done, went = leave(hub, queued)
    assert (done.stopped_because, went) == ("confirm_again", [])
    confirm_way_to_reach(actor=cora, at=AT, person_id=person.pk, contact_point_id=ContactPoint.objects.get().pk, safe=True)
    assert leave(hub, ask(hub, person))[1] == ["Mair Pretend\n2 Other Street\nRivermouth\nSA2 2BB"]
    let_go_of_address(actor=cora, at=AT, person_id=person.pk, kind="delivery")
    done, went = leave(hub, ask(hub, person))
    assert (done.stopped_because, went) == ("no_sender", [])


def test_another_address_for_letters_puts_the_other_ways_in_question(hub: MadeHub, told: Person) -> None:
    add_ways_to_reach(actor=hub.system, at=AT, person_id=told.pk, ways=(WayToReach("letter", "1 Made Up Street"),))
    assert in_question() == set()
    add_ways_to_reach(actor=hub.system, at=AT, person_id=told.pk, ways=(WayToReach("letter", "2 Other Street"),))
    assert in_question() == {"mair@person.example", "07700 900123", "old@person.example"}
