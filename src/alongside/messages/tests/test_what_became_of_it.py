"""Sent is not delivered: what the other side says later, by being asked or by calling back, and what somebody then does.

Source: trust.md P5, H13; issue "trust", B10 (delivery states). Against the stand-in for GOV.UK Notify.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.connections.email import NeverSends
from alongside.journal.models import Entry
from alongside.members.models import Task
from alongside.messages.codes import STATES, WHY_FAILED
from alongside.messages.commands import LEASE, claim_message, count_try, mark_sent, note_what_became, send_message
from alongside.messages.delivery import deliver, follow
from alongside.messages.models import Message
from alongside.messages.queries import messages_due, messages_to_follow
from alongside.messages.rules import BECAME, OUTAGE_TRIES, ask_after, became, is_given_up, wait_after
from alongside.messages.states import state_of_message, state_words
from alongside.people.commands import confirm_way_to_reach
from alongside.people.models import ContactPoint
from alongside.people.queries import way_words
from alongside.vocabulary.arrival import WayToReach
from tests.support.hub import AT, MadeHub
from tests.support.inbox import Inbox, open_inbox
from tests.support.notify import Notify, open_notify
from tests.support.servers import open_server

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def notify() -> Iterator[Notify]:
    with open_notify() as opened:
        yield opened


def a_text(hub: MadeHub, **told: Any) -> Message:
    person = hub.held_by("cora", ways=(WayToReach("text", "07700 900123"),), **told)
    made = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert made is not None
    return made


def leave(hub: MadeHub, notify: Notify, message: Message, at: Any = AT) -> Message:
    senders = {"text": notify.text_sender}
    return deliver(actor=hub.system, at=at, message_id=message.pk, senders=senders, address="https://hub.example")


def ask_again(hub: MadeHub, notify: Notify, at: Any) -> Message:
    for one in messages_to_follow(at):
        follow(actor=hub.system, at=at, message=one, senders={"text": notify.text_sender})
    return Message.objects.get()


def tasks() -> list[tuple[str, int | None]]:
    return list(Task.objects.order_by("pk").values_list("what", "hat_id"))


@pytest.mark.both_databases
def test_a_text_is_sent_and_later_delivered(hub: MadeHub, notify: Notify) -> None:
    message = leave(hub, notify, a_text(hub))
    assert (message.sent_at, message.delivered_at, message.outside_id) == (AT, None, notify.kept[0]["id"])
    assert notify.sent[0][0] == "07700900123" and "01632 960000" in notify.sent[0][1]
    assert messages_to_follow(AT + 4 * MINUTE) == [] and state_of_message(message, AT) == "sent"
    message = ask_again(hub, notify, AT + 5 * MINUTE)
    assert (message.outside_status, message.delivered_at, message.ask_at) == ("created", None, AT + 10 * MINUTE)
    notify.set_status(str(message.public_id), "delivered")
    message = ask_again(hub, notify, AT + 10 * MINUTE)
    assert (message.delivered_at, message.ask_at, tasks()) == (AT + 10 * MINUTE, None, [])


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("status", "works"), [("permanent-failure", False), ("temporary-failure", True), ("technical-failure", True)]
)
@pytest.mark.hazard("H13")
def test_what_did_not_arrive_becomes_the_holders_task_and_a_dead_number_is_marked(
    hub: MadeHub, notify: Notify, status: str, works: bool
) -> None:
    """Shown to fail without `_fail` in `note_what_became`: the text was "sent", and nobody ever heard (H13)."""
    message = leave(hub, notify, a_text(hub))
    notify.set_status(str(message.public_id), status)
    message = ask_again(hub, notify, AT + 5 * MINUTE)
    assert (message.failed_because, message.delivered_at) == (status, None)
    assert tasks() == [("message_failed", hub.hats["cora"])]
    point = ContactPoint.objects.get()
    assert (point.not_working_since is None) is works and ("comes back" in way_words(point)) is not works
    again = send_message(actor=hub.system, at=AT, person_id=message.person_id, template="invitation", purpose="care")
    assert again is not None and again.stopped_because == ("" if works else "not_working")
    confirm_way_to_reach(actor=hub.actor("cora"), at=AT, person_id=message.person_id, contact_point_id=point.pk, safe=True)
    assert ContactPoint.objects.get().not_working_since is None


def test_said_twice_or_too_late_it_changes_nothing(hub: MadeHub, notify: Notify) -> None:
    message = leave(hub, notify, a_text(hub))
    for status in ("permanent-failure", "permanent-failure", "delivered"):
        note_what_became(actor=hub.system, at=AT + DAY, message_id=message.pk, status=status)
    message.refresh_from_db()
    assert (message.failed_because, message.delivered_at, len(tasks())) == ("permanent-failure", None, 1)


def test_a_letter_that_comes_back_weeks_later_is_somebodys_task(hub: MadeHub) -> None:
    message = a_text(hub)
    Message.objects.filter(pk=message.pk).update(sent_at=AT, outside_id="n1", delivered_at=AT)
    done = note_what_became(actor=hub.system, at=AT + 30 * DAY, message_id=message.pk, status="returned-letter")
    assert done.failed_because == "returned-letter" and tasks()[0][0] == "message_failed"
    assert ContactPoint.objects.get().not_working_since == AT + 30 * DAY


def test_a_service_that_does_not_answer_is_asked_later_and_one_that_knows_nothing_is_believed(
    hub: MadeHub, notify: Notify
) -> None:
    message = leave(hub, notify, a_text(hub))
    notify.unwell = ["500"]
    assert not follow(actor=hub.system, at=AT + DAY, message=message, senders={"text": notify.text_sender})
    notify.kept.clear()
    assert follow(actor=hub.system, at=AT + DAY, message=message, senders={"text": notify.text_sender})
    message.refresh_from_db()
    assert message.failed_because == "not_known" and tasks()[0][0] == "message_failed"


def test_it_is_asked_less_and_less_often_and_not_for_ever() -> None:
    waits = [ask_after(one) for one in (MINUTE, 2 * HOUR, 2 * DAY, 9 * DAY)]
    assert waits == [5 * MINUTE, HOUR, 6 * HOUR, None]


# called back

TOKEN = "made-up-token-made-up-token-made-up"


def call_back(token: str = TOKEN, body: Any = None, **said: Any) -> int:
    header = {"HTTP_AUTHORIZATION": f"Bearer {token}"} if token else {}
    content = body if body is not None else json.dumps(said)
    return Client().post("/notify/became/", content, content_type="application/json", **header).status_code


@pytest.fixture
def token(settings: Any) -> str:
    settings.NOTIFY_CALLBACK_TOKEN = TOKEN
    return TOKEN


def test_notify_may_call_back_in_its_published_words(hub: MadeHub, notify: Notify, token: str) -> None:
    message = leave(hub, notify, a_text(hub))
    said = {
        "id": message.outside_id, "reference": str(message.public_id), "to": "07700900123", "status": "delivered",
        "created_at": "2026-03-02T09:30:00.000000Z", "completed_at": "2026-03-02T09:31:00.000000Z", "sent_at": None,
        "notification_type": "sms", "template_id": "t", "template_version": 1,
    }  # fmt: skip
    assert call_back(**said) == 204
    message.refresh_from_db()
    assert message.delivered_at is not None
    returned = {"notification_id": message.outside_id, "reference": str(message.public_id), "date_sent": "x"}
    assert call_back(**returned) == 204
    message.refresh_from_db()
    assert message.failed_because == "returned-letter"
    assert "07700" not in json.dumps(list(Entry.objects.values_list("facts", flat=True)))


def test_whoever_has_no_token_finds_nothing_there(hub: MadeHub, notify: Notify, token: str, settings: Any) -> None:
    message = leave(hub, notify, a_text(hub))
    said = {"id": message.outside_id, "reference": str(message.public_id), "status": "permanent-failure"}
    assert [call_back(token=one, **said) for one in ("", "wrong", TOKEN[:-1], TOKEN.upper())] == [404] * 4
    assert Client().get("/notify/became/", HTTP_AUTHORIZATION=f"Bearer {TOKEN}").status_code == 404
    settings.NOTIFY_CALLBACK_TOKEN = ""
    assert [call_back(token=one, **said) for one in ("", TOKEN)] == [404] * 2
    message.refresh_from_db()
    assert message.failed_at is None


def test_a_call_back_about_nothing_of_ours_changes_nothing(hub: MadeHub, notify: Notify, token: str) -> None:
    message = leave(hub, notify, a_text(hub))
    key = str(message.public_id)
    said: list[dict[str, Any]] = [
        {"id": "other", "reference": key, "status": "permanent-failure"},
        {"id": message.outside_id, "reference": "other", "status": "permanent-failure"},
        {"id": "", "reference": key, "status": "permanent-failure"},
        {"id": message.outside_id, "reference": key, "status": "exploded"},
        {"id": message.outside_id, "reference": key, "status": 7},
        {"id": message.outside_id, "reference": None, "status": "delivered"},
        {},
    ]
    assert [call_back(**one) for one in said] == [204] * len(said)
    assert [call_back(body=body) for body in ("[]", "7", "not json", "x" * 30_000)] == [204, 204, 400, 413]
    message.refresh_from_db()
    assert (message.failed_at, message.delivered_at, message.outside_status) == (None, None, "")


# claimed, and let fall


class Killed(BaseException):
    """The worker is killed: nothing of what comes after is done."""


def killed_in_the_middle(hub: MadeHub, message: Message, sender: Any, *, after_sending: bool) -> None:
    class Kills:
        can_be_asked = sender.can_be_asked

        def send(self, **given: Any) -> str:
            if after_sending:
                sender.send(**given)
            raise Killed

    with pytest.raises(Killed):
        deliver(actor=hub.system, at=AT, message_id=message.pk, senders={message.channel: Kills()}, address="")


@pytest.mark.both_databases
@pytest.mark.parametrize("after_sending", [True, False])
def test_a_text_whose_sender_was_killed_is_sent_exactly_once(hub: MadeHub, notify: Notify, after_sending: bool) -> None:
    """Shown to fail without `again`: after a kill between sending and saying so, two texts came."""
    message = a_text(hub)
    killed_in_the_middle(hub, message, notify.text_sender, after_sending=after_sending)
    assert messages_due(AT + MINUTE) == [] and leave(hub, notify, message, AT + MINUTE).sent_at is None
    [(key, _hub, channel)] = messages_due(AT + LEASE)
    assert (key, channel) == (message.pk, "text")
    done = leave(hub, notify, message, AT + LEASE)
    assert (done.sent_at, done.outside_id, len(notify.kept)) == (AT + LEASE, notify.kept[0]["id"], 1)


@pytest.mark.both_databases
@pytest.mark.parametrize("after_sending", [True, False])
@pytest.mark.hazard("H13")
def test_an_e_mail_whose_sender_was_killed_is_never_sent_twice_and_somebody_is_told(hub: MadeHub, after_sending: bool) -> None:
    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    with open_inbox() as inbox:
        killed_in_the_middle(hub, message, inbox.sender, after_sending=after_sending)
        given = {"message_id": message.pk, "senders": {"email": inbox.sender}, "address": ""}
        done = deliver(actor=hub.system, at=AT + LEASE, **given)
        assert len(inbox.mail) == int(after_sending)
    assert (done.failed_because, done.sent_at) == ("perhaps_sent", None)
    assert tasks() == [("message_perhaps_sent", hub.hats["cora"])]
    assert state_words(done, AT) == "may not have left: nobody knows whether it left"


def test_who_was_slow_and_not_killed_is_believed(hub: MadeHub) -> None:
    """A claim that ran out, and then the word that it left after all: it left."""
    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    given = {"actor": hub.system, "message_id": message.pk, "can_be_asked": {"email": False}, "address": ""}
    assert claim_message(at=AT, **given) is not None
    assert claim_message(at=AT + LEASE, **given) is None
    done = mark_sent(actor=hub.system, at=AT + LEASE + MINUTE, message_id=message.pk)
    assert (done.sent_at, done.failed_at) == (AT + LEASE + MINUTE, None)


def test_an_e_mail_whose_line_broke_after_its_last_word_is_not_sent_again(hub: MadeHub) -> None:
    """Nobody can know whether it was taken. Shown to fail with the line treated like any other that breaks."""

    def breaks(connection: Any, _asked: bytes) -> None:
        for said in (b"220 here\r\n", b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
            connection.sendall(said)
            connection.recv(65_536)

    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    with open_server(breaks, greets=True) as server:
        sender = Inbox(server.port).sender
        done = deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": sender}, address="")
    assert (done.failed_because, tasks()) == ("perhaps_sent", [("message_perhaps_sent", hub.hats["cora"])])


def test_an_outage_is_waited_out_for_about_a_day_and_a_message_that_is_turned_down_is_not() -> None:
    waited = sum((wait_after(tries) for tries in range(1, OUTAGE_TRIES)), timedelta())
    assert 23 * HOUR < waited < 26 * HOUR
    assert [is_given_up(tries=t, outages=o) for t, o in ((4, 0), (5, 0), (99, 99), (100, 100), (104, 99))] == [
        False, True, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize("stage", ["claimed", "sent", "tried", "became"])
def test_only_what_runs_by_itself_moves_a_message_on(hub: MadeHub, stage: str) -> None:
    message, cora = a_text(hub), hub.actor("cora")
    moves = {
        "claimed": lambda: claim_message(actor=cora, at=AT, message_id=message.pk, can_be_asked={"text": True}, address=""),
        "sent": lambda: mark_sent(actor=cora, at=AT, message_id=message.pk),
        "tried": lambda: count_try(actor=cora, at=AT, message_id=message.pk, code="busy"),
        "became": lambda: note_what_became(actor=cora, at=AT, message_id=message.pk, status="delivered"),
    }
    from alongside.refusals import NotPermitted

    with pytest.raises(NotPermitted):
        moves[stage]()


# in words


def test_every_state_and_every_reason_has_words(hub: MadeHub) -> None:
    message = a_text(hub)
    failures = {one.failed for one in BECAME.values() if one.failed} | {"not_reached", "busy", "fault", "perhaps_sent"}
    failures |= {became(one).failed for one in ("failed 5.1.1", "failed 5.2.2")}
    assert {one.replace("refused", "turned_down") for one in failures} <= set(WHY_FAILED)
    shown = {
        "made": {},
        "waits": {"due_at": AT + DAY},
        "tried": {"tries": 1},
        "sending": {"claimed_until": AT + MINUTE},
        "held": {"held_at": AT, "held_because": "restored"},
        "sent": {"sent_at": AT},
        "posted": {"sent_at": AT, "outside_status": "received"},
        "late": {"sent_at": AT, "outside_status": "delayed 4.4.1"},
        "delivered": {"sent_at": AT, "delivered_at": AT},
        "failed": {"sent_at": AT, "failed_at": AT, "failed_because": "permanent-failure"},
        "perhaps": {"failed_at": AT, "failed_because": "perhaps_sent"},
        "stopped": {"stopped_at": AT, "stopped_because": "not_safe"},
    }
    assert set(shown) == set(STATES)
    for state, facts in shown.items():
        one = Message(**{"channel": message.channel, "template": "heard", "made_at": AT, "due_at": AT, "tries": 0} | facts)
        assert state_of_message(one, AT) == state and state_words(one, AT)


def test_the_page_of_a_person_says_how_far_each_message_has_come(hub: MadeHub, notify: Notify) -> None:
    message = leave(hub, notify, a_text(hub))
    note_what_became(actor=hub.system, at=AT, message_id=message.pk, status="permanent-failure")
    shown = hub.signed_in("cora").get(f"/people/{message.person.public_id}/").content.decode()
    assert "did not arrive: the number or address does not work" in shown
    assert "did not arrive" not in hub.signed_in("ada").get(f"/people/{message.person.public_id}/").content.decode()


def test_what_is_kept_in_is_kept_in() -> None:
    """The demo's sender gives no number, so nothing is asked of anybody later."""
    assert NeverSends().send(to="a@p.example", subject="", body="", key="") == ""
