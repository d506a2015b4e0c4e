"""The gate: what may leave, by which way, to whom, when; the whole table, written by hand (C12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.connections.email import NeverSends
from alongside.members.codes import TASKS
from alongside.members.commands import finish_task, pass_on, rest, write_down_that_they_died
from alongside.members.models import Task
from alongside.messages.commands import send_message
from alongside.messages.delivery import deliver
from alongside.messages.models import Message
from alongside.messages.rules import Asked, Way, Whom, why_not, why_not_keeper, why_not_partner
from alongside.people.commands import confirm_way_to_reach, replace_ways_to_reach
from alongside.people.models import ContactPoint
from alongside.vocabulary.arrival import WayToReach
from tests.support.hub import AT, TODAY, MadeHub

DAY = timedelta(days=1)
ANYBODY = Whom(died=False, resting=False, wants_messages_at_rest=False)
YOUNG, CHILD = replace(ANYBODY, under_18=True), replace(ANYBODY, under_18=True, under_16=True)
SAFE = Way("email", safe=True, confirmed_on=TODAY)

TABLE: list[tuple[Whom, Way | None, str]] = [
    (ANYBODY, SAFE, ""),
    (ANYBODY, replace(SAFE, channel="text"), ""),
    (ANYBODY, replace(SAFE, channel="letter"), ""),
    (ANYBODY, replace(SAFE, confirmed_on=TODAY - 90 * DAY), ""),
    (ANYBODY, replace(SAFE, who_else="my flatmate"), ""),
    (ANYBODY, replace(SAFE, good_times="weekday mornings"), ""),
    (ANYBODY, replace(SAFE, channel="letter", good_times="when he is out"), ""),
    (YOUNG, SAFE, ""),
    (YOUNG, replace(SAFE, channel="letter"), ""),
    (YOUNG, replace(SAFE, who_else="mum", although_seen=True), ""),
    (CHILD, replace(SAFE, channel="letter", although_seen=True), ""),
    (replace(ANYBODY, resting=True, wants_messages_at_rest=True), SAFE, ""),
    # whom
    (replace(ANYBODY, died=True), SAFE, "died"),
    (replace(ANYBODY, died=True, resting=True, wants_messages_at_rest=True), SAFE, "died"),
    (replace(ANYBODY, resting=True), SAFE, "resting"),
    (replace(ANYBODY, suspected_spam=True), SAFE, "not_looked_at"),
    # by which way
    (ANYBODY, None, "no_way"),
    (ANYBODY, replace(SAFE, ended=True), "ended"),
    (ANYBODY, replace(SAFE, safe=False), "not_safe"),
    (ANYBODY, replace(SAFE, whose="her mother"), "not_theirs"),
    (ANYBODY, replace(SAFE, confirmed_on=None), "not_confirmed"),
    (ANYBODY, replace(SAFE, confirmed_on=TODAY - 91 * DAY), "confirm_again"),
    (ANYBODY, replace(SAFE, ask_again=True), "confirm_again"),
    (ANYBODY, replace(SAFE, not_working=True), "not_working"),
    (ANYBODY, replace(SAFE, good_times="when he is out"), "times_unclear"),
    (ANYBODY, replace(SAFE, channel="text", good_times="after 11pm"), "times_unclear"),
    (ANYBODY, replace(SAFE, channel="call"), "not_sendable"),
    (ANYBODY, replace(SAFE, channel="through"), "not_sendable"),
    # somebody young: nothing that a parent or carer may see, unless they say so
    (YOUNG, replace(SAFE, whose="mum"), "young_not_theirs"),
    (YOUNG, replace(SAFE, whose="mum", although_seen=True), "young_not_theirs"),
    (YOUNG, replace(SAFE, who_else="mum"), "young_seen"),
    (CHILD, replace(SAFE, who_else="mum"), "young_seen"),
    (CHILD, replace(SAFE, channel="letter"), "young_letter"),
    # what is worse is said first
    (ANYBODY, replace(SAFE, not_working=True, confirmed_on=None), "not_working"),
    (replace(ANYBODY, died=True, suspected_spam=True), None, "died"),
    (replace(ANYBODY, resting=True, suspected_spam=True), None, "resting"),
    (ANYBODY, Way("call", safe=False, confirmed_on=None, whose="x", ended=True), "ended"),
    (ANYBODY, Way("call", safe=False, confirmed_on=None, whose="x"), "not_safe"),
]


@pytest.mark.parametrize(("whom", "way", "because"), TABLE)
@pytest.mark.hazard("H08")
def test_why_a_message_may_not_leave(whom: Whom, way: Way | None, because: str) -> None:
    assert why_not(whom, way, today=TODAY, reconfirm_days=90) == because


WHOMS = st.builds(Whom, *[st.booleans()] * 6)
WAYS = st.none() | st.builds(
    Way,
    st.sampled_from(("email", "text", "letter", "call", "through")),
    st.booleans(),
    st.none() | st.integers(0, 200).map(lambda days: TODAY - days * DAY),
    st.sampled_from(("", "a friend")),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(("", "mum")),
    st.booleans(),
    st.sampled_from(("", "mornings", "when he is out")),
)


@given(whom=WHOMS, way=WAYS)
@pytest.mark.hazard("H08")
def test_only_what_is_safe_confirmed_and_their_own_leaves_for_somebody_who_may_be_written_to(whom: Whom, way: Way | None) -> None:
    if why_not(whom, way, today=TODAY, reconfirm_days=90) == "":
        assert way is not None and way.safe and not way.ended and not way.whose and way.confirmed_on
        assert not whom.died and not whom.suspected_spam and (whom.wants_messages_at_rest or not whom.resting)
        assert not way.ask_again and not way.not_working and way.channel in ("email", "text", "letter")
        assert way.channel == "letter" or way.good_times != "when he is out"
        assert way.although_seen or not (whom.under_18 and way.who_else) and not (whom.under_16 and way.channel == "letter")


ASKED = Asked(agreed=True, is_open=True)
PARTNERS: list[tuple[Whom, Asked, str, str]] = [
    (ANYBODY, ASKED, "jo@p.example", ""),
    (replace(ANYBODY, resting=True), ASKED, "jo@p.example", ""),
    (replace(ANYBODY, died=True), replace(ASKED, is_current=False), "jo@p.example", "died"),
    (replace(ANYBODY, suspected_spam=True), replace(ASKED, is_current=False), "jo@p.example", "answered"),
    (replace(ANYBODY, suspected_spam=True), ASKED, "jo@p.example", "not_looked_at"),
    (ANYBODY, replace(ASKED, agreed=False, is_open=False), "jo@p.example", "not_agreed"),
    (ANYBODY, replace(ASKED, is_open=False), "no address", "closed"),
    (ANYBODY, ASKED, "no address", "no_way"),
    (ANYBODY, ASKED, "", "no_way"),
]


@pytest.mark.parametrize(("whom", "asked", "address", "because"), PARTNERS)
def test_why_a_partner_may_not_be_asked(whom: Whom, asked: Asked, address: str, because: str) -> None:
    assert why_not_partner(whom, asked, address=address) == because


@pytest.mark.parametrize(
    ("asked", "address", "because"),
    [
        (ASKED, "jo@p.example", ""),
        (replace(ASKED, is_current=False, is_open=False), "jo@p.example", "answered"),
        (replace(ASKED, is_open=False), "no address", "closed"),
        (ASKED, "no address", "no_way"),
    ],
)
def test_why_whoever_keeps_an_entry_may_not_be_written_to(asked: Asked, address: str, because: str) -> None:
    assert why_not_keeper(asked, address=address) == because


@pytest.mark.hazard("H13")
def test_every_reason_has_words_for_the_holders_task() -> None:
    reasons = {because for _whom, _way, because in TABLE if because not in ("", "died")} | {"no_sender", "failed"}
    assert {f"message_{because}" for because in reasons} <= set(TASKS)


def ask(hub: MadeHub, person_id: int, **given: Any) -> Message:
    made = send_message(actor=hub.system, at=AT, person_id=person_id, template="invitation", purpose="care", **given)
    assert made is not None
    return made


def tasks() -> list[tuple[str, int | None]]:
    return list(Task.objects.order_by("pk").values_list("what", "hat_id"))


@pytest.mark.parametrize(
    ("ways", "because"),
    [
        ((WayToReach("email", "a@p.example", said_safe=False),), "not_confirmed"),
        ((WayToReach("email", "a@p.example", whose="her mother"),), "not_theirs"),
        ((WayToReach("call", "01632 960111"),), "not_sendable"),
    ],
)
@pytest.mark.hazard("H13")
def test_a_stopped_message_is_kept_and_becomes_a_task_for_the_holder(
    hub: MadeHub, ways: tuple[WayToReach, ...], because: str
) -> None:
    person = hub.held_by("cora", ways=ways)
    message = ask(hub, person.pk)
    assert (message.stopped_because, message.stopped_at, message.sent_at) == (because, AT, None)
    assert tasks() == [(f"message_{because}", hub.hats["cora"])]


def test_the_first_way_that_is_allowed_is_taken_and_a_chosen_one_is_not_replaced(hub: MadeHub) -> None:
    ways = (WayToReach("email", "seen@p.example", said_safe=False), WayToReach("text", "07700 900123"))
    person = hub.held_by("cora", ways=ways)
    assert ask(hub, person.pk).channel == "text"
    assert ask(hub, person.pk, channel="email").stopped_because == "not_confirmed"
    assert ask(hub, person.pk, channel="letter").stopped_because == "no_way"


def test_of_two_ways_that_are_allowed_the_one_that_leaves_by_itself_is_taken(hub: MadeHub) -> None:
    """Before, a text was chosen, then stopped because nobody sends texts, and the e-mail was never tried."""
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"), WayToReach("email", "mair@p.example")))
    done, by = deliver_now(hub, ask(hub, person.pk))
    assert (done.channel, done.sent_at, len(by.kept), tasks()) == ("email", AT, 1, [])
    assert ask(hub, person.pk, channel="text").channel == "text"


def deliver_now(hub: MadeHub, message: Message, at: Any = AT, *channels: str) -> tuple[Message, NeverSends]:
    by = NeverSends()
    senders = dict.fromkeys(channels or ("email",), by)
    done = deliver(actor=hub.system, at=at, message_id=message.pk, senders=senders, address="https://hub.example")
    return done, by


@pytest.mark.hazard("H08")
def test_a_way_that_became_unsafe_between_queue_and_send_is_not_used(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    message = ask(hub, person.pk)
    assert message.stopped_because == ""
    confirm_way_to_reach(
        actor=hub.actor("cora"), at=AT, person_id=person.pk, contact_point_id=ContactPoint.objects.get().pk, safe=False
    )
    done, by = deliver_now(hub, message)
    assert (done.stopped_because, done.sent_at, by.kept) == ("not_safe", None, [])
    assert tasks() == [("message_not_safe", hub.hats["cora"])]


@pytest.mark.hazard("H08")
def test_a_way_that_was_replaced_or_grew_old_is_not_used(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    old, late = ask(hub, person.pk), ask(hub, person.pk)
    done, by = deliver_now(hub, late, AT + 91 * DAY)
    assert (done.stopped_because, by.kept) == ("confirm_again", [])
    replace_ways_to_reach(actor=hub.system, at=AT, person_id=person.pk, ways=(WayToReach("email", "new@p.example"),))
    done, by = deliver_now(hub, old)
    assert (done.stopped_because, by.kept) == ("ended", [])


def test_nothing_leaves_for_somebody_who_has_died_and_no_task_asks_to_reach_them(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    before = ask(hub, person.pk)
    write_down_that_they_died(actor=hub.actor("cora"), at=AT, person_id=person.pk)
    done, by = deliver_now(hub, before)
    after = ask(hub, person.pk)
    assert (done.stopped_because, after.stopped_because, by.kept) == ("died", "died", [])
    assert tasks() == [("family_follow_up", hub.hats["cora"])]


def test_somebody_who_rests_is_written_to_only_when_they_want_it(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    rest(actor=cora, at=AT, person_id=person.pk, reason="not_now")
    assert ask(hub, person.pk).stopped_because == "resting"
    rest(actor=cora, at=AT, person_id=person.pk, reason="not_now", wants_messages=True)
    assert ask(hub, person.pk).stopped_because == ""


def test_what_waited_for_a_look_leaves_only_after_it(hub: MadeHub) -> None:
    person = hub.person(suspected_spam=True)
    assert ask(hub, person.pk).stopped_because == "not_looked_at"
    hub.look_at(person, is_genuine=True)
    done, by = deliver_now(hub, ask(hub, person.pk))
    assert done.sent_at == AT and len(by.kept) == 1


def test_a_text_is_for_somebody_to_send_and_the_task_follows_the_holder(hub: MadeHub) -> None:
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"),))
    done, by = deliver_now(hub, ask(hub, person.pk))
    assert (done.stopped_because, by.kept) == ("no_sender", [])
    pass_on(actor=hub.actor("cora"), at=AT, person_id=person.pk, why="agreed", to_hat_id=hub.hats["liv"])
    assert tasks() == [("message_no_sender", hub.hats["liv"])]


@pytest.mark.hazard("H25")
def test_messages_that_were_stopped_for_one_reason_are_one_task_until_it_is_done(hub: MadeHub) -> None:
    """A task each time buried the ones that matter."""
    person = hub.held_by("cora", ways=(WayToReach("call", "01632 960111"),))
    first, second = ask(hub, person.pk), ask(hub, person.pk)
    assert tasks() == [("message_not_sendable", hub.hats["cora"])]
    assert first.task_id == second.task_id == Task.objects.get().pk
    finish_task(actor=hub.actor("cora"), at=AT, task_id=first.task_id)
    assert ask(hub, person.pk).task_id != first.task_id


def test_news_for_somebody_who_rests_and_wants_none_is_not_made_at_all(hub: MadeHub) -> None:
    person, cora = hub.held_by("cora"), hub.actor("cora")
    given = {"actor": hub.system, "at": AT, "person_id": person.pk, "template": "introduced", "purpose": "news"}
    waiting = send_message(**given)
    assert waiting is not None
    rest(actor=cora, at=AT, person_id=person.pk, reason="not_now")
    assert send_message(**given) is None
    done, by = deliver_now(hub, waiting)
    assert (done.stopped_because, by.kept, tasks()) == ("resting", [], [])
    rest(actor=cora, at=AT, person_id=person.pk, reason="not_now", wants_messages=True)
    assert send_message(**given) is not None
