"""After a restore nothing leaves by itself: each message waits for a named person, and then for the gate (trust.md 0.10, H17)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.hubs.commands import mark_restored, say_it_is_written_again
from alongside.members.models import Task
from alongside.messages import queries
from alongside.messages.commands import (
    count_try,
    hold_everything_unsent,
    leave_unsent,
    release_held,
    send_message,
)
from alongside.messages.delivery import deliver
from alongside.messages.models import Message
from alongside.messages.queries import held_messages, messages_due
from alongside.messages.senders import nothing_leaves
from alongside.people.commands import confirm_way_to_reach
from alongside.people.models import ContactPoint, Person
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.actor import Actor
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.hazard("H17")]
DAY = timedelta(days=1)
SYSTEM = Actor.system("restore")
RESTORED = AT + DAY
LATER = AT + 2 * DAY


@pytest.fixture
def lead(hub: MadeHub) -> Actor:
    hub.take_on("hedd", "Hedd Plot", "trust", "hub_lead")
    return hub.actor("hedd")


@pytest.fixture
def message(hub: MadeHub, lead: Actor) -> Message:
    """A message that was in the outbox when the copy was made, in a hub that was restored a day later."""
    made = send_message(actor=hub.system, at=AT, person_id=hub.held_by("cora").pk, template="invitation", purpose="care")
    assert made is not None and not made.stopped_at
    hold_everything_unsent(actor=SYSTEM, at=RESTORED, because="restored")
    mark_restored(actor=SYSTEM, at=RESTORED, hub_id=hub.hub.pk, restored_to=AT)
    return made


def sent() -> list[bool]:
    """Let the outbox go round once; say of each message whether it has left."""
    for message_id, hub_id, _channel in messages_due(LATER):
        deliver(actor=Actor.system("outbox", hub_id), at=LATER, message_id=message_id, senders=nothing_leaves(), address="")
    return [bool(one.sent_at) for one in Message.objects.order_by("pk")]


def test_nothing_leaves_by_itself(hub: MadeHub, message: Message) -> None:
    assert sent() == [False]
    for command in (
        lambda: deliver(actor=hub.system, at=LATER, message_id=message.pk, senders=nothing_leaves(), address=""),
        lambda: count_try(actor=hub.system, at=LATER, message_id=message.pk, code="fault"),
    ):
        command()
        message.refresh_from_db()
        assert (message.sent_at, message.stopped_at, message.tries) == (None, None, 0)


def test_it_would_leave_without_the_two_things_that_hold_it(
    hub: MadeHub, message: Message, lead: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Shown to fail: with the list of what is due blind to it, the one who delivers still holds it; without that it goes."""
    say_it_is_written_again(actor=lead, at=LATER, hub_id=hub.hub.pk)
    monkeypatch.setattr(queries, "_waiting", queries._unsent)
    assert messages_due(LATER) != [] and sent() == [False]
    Message.objects.update(held_at=None)
    assert sent() == [True]


def test_released_it_leaves_only_by_a_way_that_was_asked_about_since(hub: MadeHub, message: Message, lead: Actor) -> None:
    release_held(actor=lead, at=LATER, message_id=message.public_id)
    assert sent() == [False]
    message.refresh_from_db()
    assert (message.stopped_because, message.released_by_id) == ("confirm_again", lead.hat_id)
    assert Task.objects.filter(what="message_confirm_again", person=message.person).count() == 1


def test_asked_about_again_it_leaves(hub: MadeHub, message: Message, lead: Actor) -> None:
    point = ContactPoint.objects.get(person=message.person)
    confirm_way_to_reach(actor=hub.system, at=RESTORED, person_id=point.person_id, contact_point_id=point.pk, safe=True)
    release_held(actor=lead, at=LATER, message_id=message.public_id)
    assert sent() == [True]


def test_once_all_is_written_again_it_leaves_as_before(hub: MadeHub, message: Message, lead: Actor) -> None:
    say_it_is_written_again(actor=lead, at=LATER, hub_id=hub.hub.pk)
    # What was held stays held until somebody has looked at it.
    assert sent() == [False]
    release_held(actor=lead, at=LATER, message_id=message.public_id)
    assert sent() == [True]


def test_a_way_that_is_not_safe_stays_shut_whoever_releases(hub: MadeHub, message: Message, lead: Actor) -> None:
    ContactPoint.objects.update(safe=False)
    say_it_is_written_again(actor=lead, at=LATER, hub_id=hub.hub.pk)
    release_held(actor=lead, at=LATER, message_id=message.public_id)
    assert sent() == [False]
    assert Message.objects.get().stopped_because == "not_safe"


def test_left_unsent_it_is_a_task_for_whoever_holds_them(hub: MadeHub, message: Message, lead: Actor) -> None:
    leave_unsent(actor=lead, at=LATER, message_id=message.public_id)
    message.refresh_from_db()
    assert (message.stopped_because, message.values, bool(message.stopped_at)) == ("not_released", {}, True)
    assert Task.objects.get(what="message_not_released").hat_id == hub.hats["cora"]
    for again in (leave_unsent, release_held):
        with pytest.raises(AlreadyDone):
            again(actor=lead, at=LATER, message_id=message.public_id)
    assert sent() == [False]


def test_only_a_lead_of_this_hub_releases(hub: MadeHub, message: Message, lead: Actor) -> None:
    other = open_hub("hilltop")
    other.take_on("hedd", "Hedd Plot", "trust", "hub_lead")
    for step in (release_held, leave_unsent):
        with pytest.raises(NotThisRole):
            step(actor=hub.actor("cora"), at=LATER, message_id=message.public_id)
        with pytest.raises(NotFound):
            step(actor=other.actor("hedd"), at=LATER, message_id=message.public_id)
    assert [one.pk for one in held_messages(lead)] == [message.pk]
    assert held_messages(other.actor("hedd")) == []
    with pytest.raises(NotThisRole):
        held_messages(hub.actor("cora"))


def test_what_the_installation_asks_for_by_itself_waits_too(hub: MadeHub, message: Message) -> None:
    """Word back, a reminder: it may have been said in the hours that are missing. What somebody asks for now is not held."""
    person = Person.objects.get(pk=message.person_id)
    given = {"at": LATER, "person_id": person.pk, "template": "invitation", "purpose": "care"}
    by_itself = send_message(actor=hub.system, **given)  # type: ignore[arg-type]
    asked_now = send_message(actor=hub.actor("cora"), **given)  # type: ignore[arg-type]
    assert by_itself is not None and asked_now is not None
    assert (bool(by_itself.held_at), by_itself.held_because, asked_now.held_at) == (True, "restored", None)
