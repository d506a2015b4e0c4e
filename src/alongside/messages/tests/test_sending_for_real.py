"""Messages leave by SMTP, against a real server on this machine: once, contentless, in the person's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from alongside.connections.email import SmtpSender
from alongside.connections.sending import NotSent
from alongside.members.models import Task
from alongside.messages.commands import send_message
from alongside.messages.delivery import deliver
from alongside.messages.marks import mark_of
from alongside.messages.models import Message
from alongside.messages.queries import messages_due
from alongside.messages.rules import TRIES
from alongside.messages.wording import TEMPLATES, write
from alongside.people.models import ContactPoint, Person
from alongside.vocabulary.arrival import WayToReach
from tests.support.hub import AT, MadeHub
from tests.support.inbox import Inbox, free_port

ADDRESS = "https://hub.example"


WITH = {
    "heard": {"path": "/stands/abc/"}, "partner_asked": {"path": "/stands/abc/"}, "own_page": {"path": "/own/abc/"}, "own_code": {"code": "123456"},
    "entry_invited": {"path": "/entry/abc/"}, "entry_to_confirm": {"path": "/entry/abc/"}, "entry_wrong": {"path": "/entry/abc/"},
    "entry_change_waits": {"path": "/entry/abc/"}, "wrong_looked_at": {"path": "/said/abc/"},
}  # fmt: skip
"""What some messages carry: a private link, a code."""


@pytest.fixture
def asked(hub: MadeHub) -> Callable[..., Message]:
    def ask(template: str = "invitation", **told: Any) -> Message:
        person = hub.held_by("cora", **told)
        values = WITH.get(template, {})
        return send_message(actor=hub.system, at=AT, person_id=person.pk, template=template, purpose="care", values=values)

    return ask


def deliver_by(hub: MadeHub, message: Message, inbox: Inbox, at: datetime = AT) -> Message:
    return deliver(actor=hub.system, at=at, message_id=message.pk, senders={"email": inbox.sender}, address=ADDRESS)


@pytest.mark.both_databases
def test_a_message_is_sent_once(hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]) -> None:
    message = asked("heard")
    assert messages_due(AT) == [(message.pk, hub.hub.pk, "email")]
    for _ in range(3):
        message = deliver_by(hub, message, inbox)
    assert message.sent_at == AT and messages_due(AT) == []
    [(to, mail)] = inbox.mail
    assert (to, mail["To"], mail["From"]) == (["mair@person.example"], "mair@person.example", "hub@hub.example")
    assert (mail["Message-ID"], mail["Auto-Submitted"]) == (f"<{mark_of(message.public_id)}@alongside>", "auto-generated")
    assert f"{ADDRESS}/stands/abc/" in mail.get_content()


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.hazard("H08")
def test_what_leaves_names_nobody_no_service_and_no_condition(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message], template: str
) -> None:
    deliver_by(hub, asked(template, name="Mair Pretend", words="I drink too much"), inbox)
    whole = inbox.mail[0][1].as_string()
    assert any(one in whole for one in (hub.hub.phone, *WITH.get(template, {}).values()))
    for telling in ("Pretend", "drink", "rivermouth", "hub hub", "Cora", "wellbeing", "mental", "NHS", "referral", "help"):
        assert telling.casefold() not in whole.replace("hub@hub.example", "").replace(ADDRESS, "").casefold()


def test_it_leaves_in_the_persons_language(hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]) -> None:
    message = asked()
    Message.objects.filter(pk=message.pk).update(language="cy")
    deliver_by(hub, message, inbox)
    assert inbox.mail[0][1]["Subject"] == "Neges i chi"
    letters = [write(template, language="cy", hub=hub.hub, values={}, address="") for template in TEMPLATES]
    assert len({letter.body for letter in letters}) == len(TEMPLATES)


@pytest.mark.both_databases
def test_a_private_link_is_wiped_once_it_has_left_or_never_will(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]
) -> None:
    """Seen to fail with the wiping removed: every private link stood in the table for good."""
    sent, stopped, failed = (asked("heard", email=f"{name}@p.example") for name in ("one", "two", "three"))
    assert {one.values["path"] for one in (sent, stopped, failed)} == {"/stands/abc/"}
    ContactPoint.objects.filter(pk=stopped.contact_point_id).update(safe=False)
    deliver_by(hub, sent, inbox)
    deliver_by(hub, stopped, inbox)
    inbox.says_to_data = "451 try later"
    assert deliver_by(hub, failed, inbox).values == {"path": "/stands/abc/"}
    inbox.says_to_data = "550 no such user"
    deliver_by(hub, failed, inbox, AT + timedelta(minutes=1))
    over = list(Message.objects.order_by("pk").values_list("values", "stopped_because", "failed_because"))
    assert over == [({}, "", ""), ({}, "not_safe", ""), ({}, "", "server_refused")]


@pytest.mark.parametrize("where", ["says_to_recipient", "says_to_data"])
@pytest.mark.hazard("H13")
def test_an_address_refused_for_good_is_not_tried_again_and_becomes_a_task(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message], where: str
) -> None:
    setattr(inbox, where, "550 no such user")
    message = deliver_by(hub, asked(), inbox)
    assert (message.failed_at, message.tries, message.sent_at) == (AT, 1, None)
    assert list(Task.objects.values_list("what", "hat_id")) == [("message_failed", hub.hats["cora"])]
    assert messages_due(AT + timedelta(days=30)) == []


@pytest.mark.parametrize("where", ["says_to_recipient", "says_to_data"])
@pytest.mark.both_databases
@pytest.mark.hazard("H13")
def test_a_passing_fault_is_tried_again_after_1_2_4_and_8_minutes_and_then_becomes_a_task(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message], where: str
) -> None:
    setattr(inbox, where, "451 try later")
    message, at, waits = asked(), AT, []
    for _ in range(TRIES - 1):
        message = deliver_by(hub, message, inbox, at)
        waits.append((message.due_at - at).total_seconds() / 60)
        assert messages_due(message.due_at - timedelta(seconds=1)) == [] and message.failed_at is None
        at = message.due_at
    assert waits == [1, 2, 4, 8] and not Task.objects.exists()
    message = deliver_by(hub, message, inbox, at)
    assert (message.failed_at, message.tries) == (at, TRIES)
    assert [task.what for task in Task.objects.all()] == ["message_failed"]


def test_what_failed_at_first_is_sent_once_when_the_server_is_well_again(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]
) -> None:
    inbox.says_to_data = "451 try later"
    message = deliver_by(hub, asked(), inbox)
    inbox.says_to_data = "250 OK"
    message = deliver_by(hub, message, inbox, message.due_at)
    assert message.sent_at and len(inbox.mail) == 1 and not Task.objects.exists()


def test_a_server_that_is_not_there_is_tried_again(hub: MadeHub, asked: Callable[..., Message]) -> None:
    message = deliver_by(hub, asked(), Inbox(free_port()))
    assert (message.failed_at, message.tries, message.sent_at) == (None, 1, None)


def test_a_hub_whose_own_sign_in_is_wrong_does_not_give_up_on_anybody(
    hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]
) -> None:
    """The server does not let the hub in: that says nothing about the person's address."""
    sender = SmtpSender("127.0.0.1", inbox.port, "hub@hub.example", user="hub", password="wrong", timeout=5)
    message = deliver(actor=hub.system, at=AT, message_id=asked().pk, senders={"email": sender}, address=ADDRESS)
    assert (message.failed_at, message.tries) == (None, 1)


INJECTIONS = [
    "a@p.example\r\nBcc: everybody@p.example",
    "a@p.example\nSubject: other",
    "a@p.example\n\nother words",
    "a@p.example, b@p.example",
    "a@p.example;b@p.example",
    "Mair <a@p.example>",
    "no address",
    "",
    "@",
    "a@",
    "a b@p.example",
    "a@p.example\x00",
    "\u202ea@p.example",
    "a@p.example\u2028Bcc: b@p.example",
    "a" * 300 + "@p.example",
]


@pytest.mark.parametrize("to", INJECTIONS)
def test_nothing_can_be_slipped_in_by_an_address(inbox: Inbox, to: str) -> None:
    try:
        inbox.sender.send(to=to, subject="A message for you", body="Hello.", key="1")
    except NotSent:
        assert inbox.mail == []
        return
    [(recipients, mail)] = inbox.mail
    assert len(recipients) == 1 and mail["Bcc"] is None and mail["Subject"] == "A message for you"


def test_an_unusable_address_stored_in_a_record_becomes_a_task(hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]) -> None:
    message = asked()
    ContactPoint.objects.update(value=INJECTIONS[0])
    message = deliver_by(hub, message, inbox)
    assert (message.failed_because, inbox.mail) == ("address_unusable", [])
    assert [task.what for task in Task.objects.all()] == ["message_failed"]


@pytest.mark.hazard("H08")
def test_nobody_is_written_to_through_anybody_elses_address(hub: MadeHub, inbox: Inbox, asked: Callable[..., Message]) -> None:
    message = asked(ways=(WayToReach("email", "mother@person.example", whose="her mother"),))
    deliver_by(hub, message, inbox)
    assert inbox.mail == [] and Person.objects.count() == 1
