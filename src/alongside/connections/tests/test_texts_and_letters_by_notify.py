"""Texts and letters by GOV.UK Notify, through its own client and our one way out, against the stand-in that follows its API.

Source: trust.md P5; issue "trust", B10 and E20. The stand-in itself is checked in `tests/contracts`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from alongside.connections.addresses import NotAllowedOut
from alongside.connections.notify import Account, LetterSender, TextSender
from alongside.connections.outgoing import Outgoing
from alongside.connections.sending import NotSent
from tests.support.notify import KEY, LETTER, SECRET, TEXT, Notify, open_notify

HOME = "Mair Pretend\n1 Made Up Street\nRivermouth\nSW1A 1AA"


@pytest.fixture
def notify() -> Iterator[Notify]:
    with open_notify() as opened:
        yield opened


def text(notify: Notify, key: str = "ours", **more: Any) -> str:
    return notify.text_sender.send(**{"to": "07700 900123", "subject": "", "body": "Hello.\n", "key": key} | more)


def test_a_text_leaves_once_with_our_key_as_its_reference(notify: Notify) -> None:
    number = text(notify)
    [kept] = notify.kept
    assert (kept["id"], kept["phone_number"], kept["body"], kept["reference"]) == (number, "07700900123", "Hello.", "ours")
    assert notify.asked == ["POST /v2/notifications/sms"]


def test_a_letter_leaves_with_its_address_line_by_line(notify: Notify) -> None:
    number = notify.letter_sender.send(to=HOME, subject="", body="Hello.", key="ours")
    [kept] = notify.kept
    assert (kept["id"], kept["type"], kept["line_1"], kept["postcode"]) == (number, "letter", "Mair Pretend", "SW1A 1AA")


@pytest.mark.parametrize("to", ["", "07700", "mair", "ext 12", "mair@person.example"])
def test_what_is_no_number_is_not_asked_of_anybody(notify: Notify, to: str) -> None:
    with pytest.raises(NotSent) as no:
        text(notify, to=to)
    assert (no.value.code, no.value.for_good, notify.asked) == ("address_unusable", True, [])


@pytest.mark.parametrize("to", ["", "Mair Pretend\nSW1A 1AA", "\n".join("12345678")])
def test_what_is_no_address_is_not_asked_of_anybody(notify: Notify, to: str) -> None:
    with pytest.raises(NotSent) as no:
        notify.letter_sender.send(to=to, subject="", body="Hello.", key="ours")
    assert (no.value.code, no.value.for_good, notify.asked) == ("address_unusable", True, [])


FAULTS = [
    # what happens, why, for good, an outage, may have left all the same
    ("400", "refused", True, False, False),
    ("403", "not_let_in", False, True, False),
    ("429", "busy", False, True, False),
    ("500", "server_fault", False, True, True),
    ("503", "server_fault", False, True, True),
    ("hang", "not_reached", False, True, True),
    ("drip", "not_reached", False, True, True),
    ("cut_after", "not_reached", False, True, True),
    ("redirect", "not_reached", False, True, True),
    ("bad_json", "not_understood", False, True, True),
    ("no_id", "not_understood", False, True, True),
]


@pytest.mark.parametrize(("fault", "code", "for_good", "is_outage", "perhaps"), FAULTS)
def test_each_fault_has_its_reason_and_none_takes_longer_than_three_seconds(
    notify: Notify, fault: str, code: str, for_good: bool, is_outage: bool, perhaps: bool
) -> None:
    notify.unwell, began = [fault], time.monotonic()
    with pytest.raises(NotSent) as no:
        text(notify)
    found = no.value
    assert (found.code, found.for_good, found.is_outage, found.perhaps) == (code, for_good, is_outage, perhaps)
    assert time.monotonic() - began < 4 and SECRET not in str(found) and "07700" not in str(found)


def test_a_service_that_is_not_there_is_an_outage(notify: Notify) -> None:
    account = Account(KEY, "http://127.0.0.1:9", Outgoing(stand_ins=True))
    with pytest.raises(NotSent) as no:
        TextSender(account, TEXT).send(to="07700 900123", subject="", body="Hello.", key="ours")
    assert (no.value.code, no.value.is_outage) == ("not_reached", True)


@pytest.mark.parametrize("fault", ["cut_after", "bad_json", "no_id"])
def test_what_was_taken_although_nobody_heard_so_is_never_sent_again(notify: Notify, fault: str) -> None:
    """Shown to fail with the question by reference removed: two texts came."""
    notify.unwell = [fault]
    with pytest.raises(NotSent):
        text(notify)
    assert text(notify, again=True) == notify.kept[0]["id"] and len(notify.kept) == 1


@pytest.mark.parametrize("fault", ["hang", "500", "429"])
def test_what_was_not_taken_is_sent_by_the_second_try(notify: Notify, fault: str) -> None:
    notify.unwell = [fault]
    with pytest.raises(NotSent):
        text(notify)
    assert text(notify, again=True) == notify.kept[0]["id"] and len(notify.kept) == 1


@pytest.mark.parametrize("fault", ["500", "hang", "bad_json", "403"])
def test_without_an_answer_to_whether_it_has_it_nothing_is_sent(notify: Notify, fault: str) -> None:
    notify.unwell = [fault]
    with pytest.raises(NotSent) as no:
        text(notify, again=True)
    assert no.value.is_outage and notify.kept == []


def test_what_became_of_a_message_is_asked_by_its_number(notify: Notify) -> None:
    number = text(notify)
    notify.set_status("ours", "permanent-failure")
    assert notify.text_sender.became_of(number) == "permanent-failure"
    with pytest.raises(NotSent) as no:
        notify.letter_sender.became_of("740e5834-3a29-46b4-9a6f-16142fde533a")
    assert (no.value.code, no.value.for_good) == ("not_known", True)


def test_its_client_goes_our_one_way_out(notify: Notify) -> None:
    """Loopback without leave, and any other door, are as closed to it as to everything else."""
    for account in (replace(notify.account, out=Outgoing()), replace(notify.account, url="https://127.0.0.1/")):
        sender = TextSender(replace(account, out=Outgoing()), TEXT)
        with pytest.raises(NotSent) as no:
            sender.send(to="07700 900123", subject="", body="Hello.", key="ours")
        assert no.value.code == "not_reached"
    assert notify.asked == []
    with pytest.raises(NotAllowedOut):
        Outgoing().request("GET", notify.url)


def test_no_environment_can_lead_it_elsewhere(notify: Notify, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert text(notify) == notify.kept[0]["id"]


def test_a_sender_that_is_written_out_does_not_tell_its_key(notify: Notify) -> None:
    assert SECRET not in repr(notify.text_sender) + repr(LetterSender(notify.account, LETTER))
