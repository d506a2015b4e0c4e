"""C12, C17, C27: nothing leaves but by the gate, and nothing leaves twice; each control is removed once, and something then leaks.

What the source itself shows (nobody else calls a sender, nobody else reaches the network) stands in
`tests/fitness/test_no_way_out_but_the_gate.py`, with what each of its rules catches.
Source: trust.md C12, C17, C27, T03, T17, H07, H08, H10; issue "trust", B10.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from alongside.connections.email import SmtpSender
from alongside.connections.notify import Account
from alongside.hubs.commands import set_standard
from alongside.members.commands import rest, write_down_that_they_died
from alongside.messages import commands
from alongside.messages.commands import LEASE, send_message
from alongside.messages.delivery import deliver
from alongside.messages.models import Message
from alongside.messages.rules import why_not
from alongside.people.commands import (
    confirm_way_to_reach,
    contacts_to_confirm_again,
    replace_ways_to_reach,
    way_does_not_work,
)
from alongside.people.models import ContactPoint, Person
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import UK
from tests.support.hub import AT, MadeHub
from tests.support.inbox import open_inbox
from tests.support.notify import open_notify

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.django_db,
    pytest.mark.hazard("H07"),
    pytest.mark.hazard("H08"),
    pytest.mark.hazard("H10"),
    pytest.mark.hazard("H13"),
]

DAY = timedelta(days=1)
NIGHT = datetime(2026, 3, 2, 23, tzinfo=UK)
EMAIL, TEXT = WayToReach("email", "mair@person.example"), WayToReach("text", "07700 900123")
LETTER = WayToReach("letter", "1 Made Up Street")
HOME = "1 Made Up Street, SA1 1AA"


class Counts:
    """A sender that counts what leaves."""

    can_be_asked = True

    def __init__(self) -> None:
        self.left: list[str] = []

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        self.left.append(to)
        return ""


class Leaks:
    """One hub, and what leaves although it must not."""

    def __init__(self, hub: MadeHub) -> None:
        self.hub, self.by = hub, Counts()

    def person(self, *ways: WayToReach, **told: Any) -> Person:
        return self.hub.held_by("cora", ways=ways or (EMAIL,), **told)

    def ask(self, person: Person, at: datetime = AT, purpose: str = "care") -> Message | None:
        return send_message(actor=self.hub.system, at=at, person_id=person.pk, template="invitation", purpose=purpose)

    def let_leave(self, message: Message | None, at: datetime = AT, sender: Any = None) -> None:
        if message is not None:
            senders = dict.fromkeys(("email", "text", "letter"), sender or self.by)
            deliver(actor=self.hub.system, at=at, message_id=message.pk, senders=senders, address="https://hub.example")

    def point(self) -> dict[str, int]:
        one = ContactPoint.objects.latest("pk")
        return {"person_id": one.person_id, "contact_point_id": one.pk}


def died(it: Leaks) -> int:
    message = it.ask(person := it.person())
    write_down_that_they_died(actor=it.hub.actor("cora"), at=AT, person_id=person.pk)
    it.let_leave(message)
    return len(it.by.left)


def resting(it: Leaks) -> int:
    message = it.ask(person := it.person())
    rest(actor=it.hub.actor("cora"), at=AT, person_id=person.pk, reason="not_now")
    it.let_leave(message)
    return len(it.by.left)


def not_looked_at(it: Leaks) -> int:
    it.let_leave(it.ask(it.hub.person(suspected_spam=True)))
    return len(it.by.left)


def ended(it: Leaks) -> int:
    message = it.ask(person := it.person())
    replace_ways_to_reach(actor=it.hub.system, at=AT, person_id=person.pk, ways=(WayToReach("call", "01632 960111"),))
    it.let_leave(message)
    return len(it.by.left)


def not_safe(it: Leaks) -> int:
    """It became unsafe after it was queued: the perpetrator has the telephone now (H08)."""
    message = it.ask(it.person())
    confirm_way_to_reach(actor=it.hub.actor("cora"), at=AT, safe=False, **it.point())
    it.let_leave(message)
    return len(it.by.left)


def stopped_by_a_way(*ways: WayToReach, **told: Any) -> Callable[[Leaks], int]:
    def leaks(it: Leaks) -> int:
        it.let_leave(it.ask(it.person(*ways, **told)))
        return len(it.by.left)

    return leaks


def not_working(it: Leaks) -> int:
    message = it.ask(it.person())
    way_does_not_work(actor=it.hub.system, at=AT, **it.point())
    it.let_leave(message)
    return len(it.by.left)


def confirmed_long_ago(it: Leaks) -> int:
    message = it.ask(it.person())
    it.let_leave(message, AT + 91 * DAY)
    return len(it.by.left)


def moved(it: Leaks) -> int:
    """In-flight post to the old address (T17, H07)."""
    message = it.ask(person := it.person())
    contacts_to_confirm_again(actor=it.hub.system, at=AT, person_id=person.pk)
    it.let_leave(message)
    return len(it.by.left)


def at_night(it: Leaks) -> int:
    it.let_leave(it.ask(it.person(TEXT), NIGHT), NIGHT)
    return len(it.by.left)


def outside_their_times(it: Leaks) -> int:
    it.let_leave(it.ask(it.person(WayToReach("email", "a@person.example", good_times="mornings")), NIGHT, "crisis"), NIGHT)
    return len(it.by.left)


def fourth_to_a_number(it: Leaks) -> int:
    person = it.person(TEXT)
    for _time in range(5):
        it.let_leave(it.ask(person))
    return len(it.by.left) - 3


def more_than_the_hubs_share(it: Leaks) -> int:
    set_standard(actor=it.hub.system, at=AT, hub_id=it.hub.hub.pk, code="messages_a_day", value=1, origin="ours")
    for number in range(3):
        it.let_leave(it.ask(it.person(WayToReach("email", f"p{number}@person.example"), name=f"P {number}")))
    return len(it.by.left) - 1


def two_workers_at_once(it: Leaks) -> int:
    """The second one comes while the first is still sending."""
    message = it.ask(it.person())

    class SlowOne(Counts):
        def send(inner, **given: Any) -> str:
            it.let_leave(message, AT)
            return it.by.send(**given)

    it.let_leave(message, sender=SlowOne())
    return len(it.by.left) - 1


class Killed(BaseException):
    """The worker is killed."""


def _killed_after_sending(it: Leaks, message: Message | None, sender: Any) -> None:
    class Kills:
        can_be_asked = sender.can_be_asked

        def send(self, **given: Any) -> str:
            sender.send(**given)
            raise Killed

    with pytest.raises(Killed):
        it.let_leave(message, sender=Kills())
    it.let_leave(message, AT + LEASE, sender)


def killed_while_texting(it: Leaks) -> int:
    with open_notify() as notify:
        _killed_after_sending(it, it.ask(it.person(TEXT)), notify.text_sender)
        return len(notify.kept) - 1


def killed_while_mailing(it: Leaks) -> int:
    with open_inbox() as inbox:
        _killed_after_sending(it, it.ask(it.person()), inbox.sender)
        return len(inbox.mail) - 1


def for_no_known_reason(it: Leaks) -> int:
    try:
        it.let_leave(it.ask(it.person(), purpose="marketing"))
    except ValueError:
        return 0
    return len(it.by.left)


CASES: dict[str, Callable[[Leaks], int]] = {
    "died": died,
    "resting": resting,
    "not_looked_at": not_looked_at,
    "ended": ended,
    "not_safe": not_safe,
    "not_theirs": stopped_by_a_way(WayToReach("email", "mother@person.example", whose="her mother")),
    "young_not_theirs": stopped_by_a_way(WayToReach("email", "m@person.example", whose="mum"), born_on=date(2010, 3, 3)),
    "not_working": not_working,
    "not_confirmed": stopped_by_a_way(WayToReach("email", "a@person.example", said_safe=False)),
    "confirm_again": moved,
    "confirmed long ago": confirmed_long_ago,
    "young_seen": stopped_by_a_way(WayToReach("email", "a@person.example", who_else="mum"), born_on=date(2010, 3, 3)),
    "young_letter": stopped_by_a_way(LETTER, born_on=date(2011, 3, 3)),
    "times_unclear": stopped_by_a_way(WayToReach("email", "a@person.example", good_times="when my husband is out")),
    "at night": at_night,
    "outside their times": outside_their_times,
    "the fourth to a number": fourth_to_a_number,
    "more than the hub's share": more_than_the_hubs_share,
    "two workers at once": two_workers_at_once,
    "killed while texting": killed_while_texting,
    "killed while mailing": killed_while_mailing,
    "for no known reason": for_no_known_reason,
}
"""What must not leave, or not twice; each gives how much did all the same."""


@pytest.fixture
def it(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> Leaks:
    """Give a hub where an address for letters is kept, so that a letter could leave."""
    monkeypatch.setattr(commands, "delivery_address", lambda person_id: HOME)
    return Leaks(hub)


@pytest.mark.parametrize("case", CASES)
def test_nothing_leaves_that_must_not_and_nothing_twice(it: Leaks, case: str) -> None:
    assert CASES[case](it) == 0


def test_what_may_leave_does(it: Leaks) -> None:
    """A gate that is shut would pass everything above."""
    for number, way in enumerate((EMAIL, TEXT, LETTER)):
        it.let_leave(it.ask(it.person(way, name=f"P {number}")))
    assert it.by.left == ["mair@person.example", "07700 900123", "P 2\n1 Made Up Street\nSA1 1AA"]


def _without(code: str) -> Callable[..., str]:
    """Give the gate with one of its reasons taken out."""

    def gate(*args: Any, **more: Any) -> str:
        found = why_not(*args, **more)
        return "" if found == code else found

    return gate


REASONS = (
    "died", "resting", "not_looked_at", "ended", "not_safe", "not_theirs", "young_not_theirs", "not_working", "not_confirmed",
    "confirm_again", "young_seen", "young_letter", "times_unclear",
)  # fmt: skip
SABOTAGE: dict[str, tuple[Any, str, Any, str]] = {
    **{f"the gate, without {code}": (commands, "why_not", _without(code), code) for code in REASONS},
    "ninety days": (commands, "why_not", _without("confirm_again"), "confirmed long ago"),
    "asking again when it is sent": (commands, "_why_not_now", lambda *_all: "", "not_safe"),
    "asking again after a move": (commands, "_why_not_now", lambda *_all: "", "confirm_again"),
    "our hours": (commands, "next_moment", lambda way, purpose, at, **_more: at, "at night"),
    "their hours": (commands, "next_moment", lambda way, purpose, at, **_more: at, "outside their times"),
    "the budget of a number": (commands, "over_budget", lambda *_all, **_more: "", "the fourth to a number"),
    "the budget of a hub": (commands, "over_budget", lambda *_all, **_more: "", "more than the hub's share"),
    "the lease": (commands, "LEASE", timedelta(0), "two workers at once"),
    "asking whether Notify has it": (Account, "has", lambda *_all: "", "killed while texting"),
    "not sending what nobody can be asked about": (SmtpSender, "can_be_asked", True, "killed while mailing"),
    "known purposes": (commands, "PURPOSES", ("care", "marketing"), "for no known reason"),
}
"""Each control: where it stands, what is put in its place, and what leaks then."""


@pytest.mark.parametrize("control", SABOTAGE)
def test_without_a_control_something_leaks(it: Leaks, monkeypatch: pytest.MonkeyPatch, control: str) -> None:
    where, name, instead, case = SABOTAGE[control]
    monkeypatch.setattr(where, name, instead)
    assert CASES[case](it) > 0


def test_every_case_has_a_control_that_is_removed_once() -> None:
    assert {case for _where, _name, _instead, case in SABOTAGE.values()} == set(CASES)
