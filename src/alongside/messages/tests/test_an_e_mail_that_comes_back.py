"""An e-mail that comes back later is heard: the holder has a task, and a dead address is marked.

Controls that are taken away once, and what is then not held: the comparison in `marks.keys_in` (a forged report marks a message as
failed: `test_without_the_comparison_a_forged_report_is_believed` does so at every run), `bounces._MANY` (a stack of parts keeps the
reader busy for 20 seconds).
Source: issue (delivery states; a permanent failure becomes a task); trust.md P5, H13; RFC 3464; ADR 0030.
"""

from __future__ import annotations

import io
import json
import random
import time
from base64 import b32encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError

from alongside.connections.email import SmtpSender
from alongside.journal.models import Entry
from alongside.members.models import Task
from alongside.messages import bounces, marks
from alongside.messages.bounces import HEARD, LARGEST, NOT_A_REPORT, TRY_AGAIN, hear, read_report
from alongside.messages.commands import send_message
from alongside.messages.delivery import deliver
from alongside.messages.marks import keys_in, mark_of
from alongside.messages.models import Message
from alongside.messages.queries import messages_to_follow
from alongside.messages.rules import became
from alongside.messages.states import state_of_message, state_words
from alongside.people.models import ContactPoint
from alongside.people.queries import way_words
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub
from tests.support.inbox import Inbox

from . import reports

DAY = timedelta(days=1)
KEY = UUID("6f1c0d3e-8a52-4c11-9d0e-0123456789ab")
BOUNCES = "bounces@hub.example"


def back_to(key: UUID) -> str:
    return f"bounces+{mark_of(key)}@hub.example"


def message_id(key: UUID) -> str:
    return f"<{mark_of(key)}@alongside>"


@pytest.fixture
def sent(hub: MadeHub) -> Message:
    """Give an e-mail that has left, to somebody whom Cora holds."""
    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    Message.objects.filter(pk=message.pk).update(sent_at=AT)
    message.refresh_from_db()
    return message


def tasks() -> list[tuple[str, int | None]]:
    return list(Task.objects.order_by("pk").values_list("what", "hat_id"))


def stands(message: Message) -> tuple[Any, ...]:
    """Give what is kept of what became of it."""
    message.refresh_from_db()
    return message.failed_because, message.delivered_at, message.outside_status, message.ask_at


# the mark


def test_a_mark_is_an_address_names_nobody_and_is_read_in_any_case() -> None:
    mark = mark_of(KEY)
    assert len(mark) == 42 and mark.isalnum() and mark == mark.lower() == mark_of(KEY)
    assert str(KEY).replace("-", "") not in mark
    for text in (back_to(KEY), back_to(KEY).upper(), f"Bounces <{back_to(KEY)}>", message_id(KEY), f"rfc822; {back_to(KEY)}"):
        assert list(keys_in(text)) == [KEY]
    for text in ("", "a@b.example", mark, f"x{mark}@alongside", f"{mark}x@alongside", mark[:-1] + "@alongside"):
        assert list(keys_in(text)) == []


def test_a_mark_that_somebody_made_up_is_none(settings: Any) -> None:
    mark = mark_of(KEY)
    for place in range(len(mark) - 1):  # of the last letter three bits count
        other = "b" if mark[place] != "b" else "c"
        assert list(keys_in(f"{mark[:place]}{other}{mark[place + 1 :]}@alongside")) == []
    guessed = b32encode(KEY.bytes + random.Random(1).randbytes(10)).decode().rstrip("=").lower()
    assert list(keys_in(f"{guessed}@alongside")) == []
    settings.SECRET_KEY = "another-" * 10
    assert list(keys_in(f"{mark}@alongside")) == []


# what is read


REAL: list[tuple[str, Callable[[], bytes], str]] = [
    ("postfix", lambda: reports.postfix(to=BOUNCES, message_id=message_id(KEY)), "failed 5.1.1"),
    ("postfix, only headers", lambda: reports.postfix(to=BOUNCES, message_id=message_id(KEY), returned="text/rfc822-headers"), "failed 5.1.1"),
    ("postfix, in UTF-8", lambda: reports.postfix(to=BOUNCES, message_id=message_id(KEY), returned="message/global"), "failed 5.1.1"),
    ("postfix, late", lambda: reports.postfix(to=back_to(KEY), action="delayed", status="4.4.1"), "delayed 4.4.1"),
    ("postfix, given up after days", lambda: reports.postfix(to=back_to(KEY), status="4.4.7"), "failed 4.4.7"),
    ("exchange", lambda: reports.exchange(to="hub@hub.example", message_id=message_id(KEY)), "failed 5.1.10"),
    ("gmail", lambda: reports.gmail(to="hub@hub.example", message_id=message_id(KEY)), "failed 5.1.1"),
    ("nothing given back", lambda: reports.bare(to=back_to(KEY)), "failed 5.2.2"),
    ("nothing given back, in UTF-8", lambda: reports.bare(to=back_to(KEY), kind="message/global-delivery-status"), "failed 5.2.2"),
    ("arrived", lambda: reports.bare(to=back_to(KEY), action="Delivered", status="2.0.0"), "delivered 2.0.0"),
    ("handed on", lambda: reports.bare(to=back_to(KEY), action="relayed", status="2.1.9"), "relayed 2.1.9"),
    ("no code", lambda: reports.bare(to=back_to(KEY), status="none"), "failed 5.0.0"),
    ("a code that is none", lambda: reports.bare(to=back_to(KEY), status="5.1.1.1 5.9999.1"), "failed 5.0.0"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "became_of_it"), [row[1:] for row in REAL], ids=[row[0] for row in REAL])
def test_a_report_is_read_as_mail_servers_write_it(written: Callable[[], bytes], became_of_it: str) -> None:
    report = read_report(written())
    assert report is not None and report.became == became_of_it and set(report.keys) == {KEY}
    assert read_report(written().replace(b"\r\n", b"\n")) == report


def test_of_several_recipients_the_worst_counts() -> None:
    one = reports.bare(to=back_to(KEY), action="delivered", status="2.0.0")
    more = b"\r\n\r\nFinal-Recipient: rfc822; other@p.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--"
    report = read_report(one.replace(b"\r\n\r\n--b--", more))
    assert report is not None and report.became == "failed 5.1.1"


NO_REPORT = {
    "a reply by itself": reports.on_holiday(to=back_to(KEY), message_id=message_id(KEY)),
    "nothing": b"",
    "no mail": b"\x00\xff\xfe not a mail \x80" * 50,
    "a report that says nothing": reports.bare(to=back_to(KEY), action="exploded"),
    "a report without its blocks": reports.bare(to=back_to(KEY)).partition(b"Reporting-MTA")[0],
    "a receipt that it was read": reports.bare(to=back_to(KEY), kind="message/disposition-notification"),
    "a report that somebody forwards": b"To: " + back_to(KEY).encode() + b"\r\nContent-Type: message/rfc822\r\n\r\n" + reports.bare(to=back_to(KEY)),
    "an unknown encoding": b"To: " + back_to(KEY).encode() + b"\r\nContent-Type: text/plain; charset=none-such\r\nContent-Transfer-Encoding: x\r\n\r\nAction: failed",
}  # fmt: skip


@pytest.mark.parametrize("what", NO_REPORT)
def test_what_is_no_report_is_none(what: str) -> None:
    assert read_report(NO_REPORT[what]) is None


def test_a_report_in_a_huge_message_is_heard_and_what_follows_is_not_read() -> None:
    whole = reports.postfix(to=back_to(KEY), message_id=message_id(KEY))
    huge = whole.replace(b"Hello.", b"x" * 70 + b"\r\n" + b"y" * 5_000_000)
    assert read_report(huge) == read_report(whole)
    assert read_report(b"x" * LARGEST + whole) is None


@pytest.mark.parametrize("trap", ["multipart", "message"])
def test_parts_in_parts_in_parts_keep_nobody_busy(trap: str) -> None:
    """Shown to fail without `_MANY`: the first took 20 seconds, because each line is held against every boundary."""
    deep = 400
    if trap == "multipart":
        heads = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(deep))
    else:
        heads = b"Content-Type: message/rfc822\n\n" * 20_000
    began = time.process_time()
    assert read_report(heads + b"x\n" * ((LARGEST - len(heads)) // 2)) is None
    assert time.process_time() - began < 2


def test_a_real_report_with_anything_changed_breaks_nothing() -> None:
    """Hundreds of broken reports: read, or no report, and nothing raised."""
    chance = random.Random(3464)
    for _time in range(100):
        for _name, written, _became in REAL[:8:2]:
            broken = bytearray(written())
            for _fault in range(chance.randint(1, 30)):
                place = chance.randrange(len(broken))
                broken[place : place + chance.choice((0, 1, 40))] = chance.choice(
                    (b"", b"\x00", b"\xff", b"\r\n", b"=?", b"--", b";;")
                )
            report = read_report(bytes(broken))
            assert report is None or report.became.split()[0] in ("failed", "delayed", "delivered")


# what is done


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("status", "why", "works"),
    [
        ("5.1.1", "permanent-failure", False),
        ("5.1.10", "permanent-failure", False),
        ("5.2.1", "permanent-failure", False),
        ("5.4.4", "permanent-failure", False),
        ("5.2.2", "sent-back", True),
        ("5.7.1", "sent-back", True),
        ("5.1.8", "sent-back", True),
        ("5.0.0", "sent-back", True),
        ("4.4.7", "sent-back", True),
    ],
)
@pytest.mark.hazard("H13")
def test_what_came_back_is_the_holders_task_and_a_dead_address_is_marked(
    hub: MadeHub, sent: Message, status: str, why: str, works: bool
) -> None:
    heard = hear(reports.bare(to=back_to(sent.public_id), status=status), AT + DAY)
    assert (heard.code, heard.said) == (HEARD, f"failed {status}: heard")
    assert stands(sent) == (why, None, f"failed {status}", None)
    assert tasks() == [("message_failed", hub.hats["cora"])] and sent.task is not None
    point = ContactPoint.objects.get()
    assert (point.not_working_since is None) is works and ("comes back" in way_words(point)) is not works
    said = {"permanent-failure": "the number or address does not work", "sent-back": "a mail server sent it back"}[why]
    assert state_words(sent, AT) == f"did not arrive: {said}"


@pytest.mark.both_databases
@pytest.mark.hazard("H13")
def test_the_same_report_twice_changes_nothing(hub: MadeHub, sent: Message) -> None:
    report = reports.bare(to=back_to(sent.public_id))
    hear(report, AT + DAY)
    before = stands(sent)
    assert hear(report, AT + 2 * DAY).code == HEARD
    assert (stands(sent), len(tasks()), sent.failed_at) == (before, 1, AT + DAY)


def test_late_is_no_failure_and_is_asked_of_nobody_and_what_comes_after_counts(hub: MadeHub, sent: Message) -> None:
    """Nobody can be asked about an e-mail: one that were asked after like a text would be taken for lost five minutes later."""
    key = back_to(sent.public_id)
    assert hear(reports.postfix(to=key, action="delayed", status="4.4.1"), AT + DAY).said == "delayed 4.4.1: heard"
    assert stands(sent) == ("", None, "delayed 4.4.1", None) and tasks() == []
    assert messages_to_follow(AT + 30 * DAY) == []
    assert (state_of_message(sent, AT), state_words(sent, AT)) == (
        "late",
        "sent, and late on its way, Monday 2 March 2026, 09:30",
    )
    hear(reports.bare(to=key, action="relayed", status="2.1.9"), AT + DAY)
    assert stands(sent) == ("", None, "relayed 2.1.9", None) and state_of_message(sent, AT) == "sent"
    hear(reports.bare(to=key, action="delivered", status="2.0.0"), AT + DAY)
    assert stands(sent) == ("", AT + DAY, "delivered 2.0.0", None) and state_of_message(sent, AT) == "delivered"
    hear(reports.postfix(to=key, action="delayed", status="4.4.1"), AT + 2 * DAY)
    assert stands(sent) == ("", AT + DAY, "delivered 2.0.0", None)
    hear(reports.bare(to=key, status="5.1.1"), AT + 3 * DAY)  # it was sent on from there, and that did not work
    assert stands(sent)[0] == "permanent-failure" and state_of_message(sent, AT) == "failed"
    assert tasks() == [("message_failed", hub.hats["cora"])]


@pytest.mark.both_databases
@pytest.mark.hazard("H13")
def test_a_report_without_the_mark_marks_nothing_as_failed(hub: MadeHub, sent: Message) -> None:
    """Whoever knows the key of a message, from the address of a page for one, cannot say that it did not arrive."""
    forged = made_up_mark(sent)
    texts = [reports.bare(to=f"bounces+{one}@hub.example") for one in (forged, str(sent.public_id), sent.public_id.hex)]
    texts += [
        reports.postfix(to=BOUNCES, message_id=f"<{forged}@alongside>"),
        reports.postfix(to=BOUNCES, message_id=f"<{sent.public_id}@alongside>"),
        reports.exchange(to=BOUNCES, message_id=f"<{forged}@alongside>"),
        reports.bare(to=BOUNCES),
    ]
    assert {hear(one, AT + DAY).code for one in texts} == {NOT_A_REPORT}
    assert stands(sent) == ("", None, "", None) and tasks() == []


def test_without_the_comparison_a_forged_report_is_believed(hub: MadeHub, sent: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control taken away: what the test above holds is then not so."""
    monkeypatch.setattr(marks, "constant_time_compare", lambda one, other: True)
    forged = reports.bare(to=f"bounces+{made_up_mark(sent)}@hub.example")
    assert hear(forged, AT + DAY).code == HEARD
    assert stands(sent)[0] == "sent-back" and tasks() == [("message_failed", hub.hats["cora"])]


def made_up_mark(message: Message) -> str:
    """Write what somebody can who has the key of a message and not our secret."""
    return b32encode(message.public_id.bytes + bytes(10)).decode().rstrip("=").lower()


def test_a_report_about_a_message_that_is_not_there_changes_nothing(hub: MadeHub, sent: Message) -> None:
    assert hear(reports.bare(to=back_to(uuid4())), AT).code == NOT_A_REPORT
    Message.objects.filter(pk=sent.pk).update(channel="text")
    assert hear(reports.bare(to=back_to(sent.public_id)), AT).code == NOT_A_REPORT
    assert stands(sent) == ("", None, "", None) and tasks() == []


def test_what_comes_back_of_an_answer_to_our_message_is_not_our_message(hub: MadeHub, sent: Message) -> None:
    """Somebody at the hub's mailbox answers the person by hand, and that answer comes back: it only refers to ours."""
    own = "<20260302.abc@hub.example>"
    back = reports.postfix(to="hub@hub.example", message_id=f"{own}\r\nReferences: {message_id(sent.public_id)}")
    assert message_id(sent.public_id).encode() in back
    assert hear(back, AT).code == NOT_A_REPORT
    assert stands(sent)[0] == ""


def test_a_report_that_is_faster_than_our_own_note_is_to_be_handed_in_again(hub: MadeHub, sent: Message) -> None:
    Message.objects.filter(pk=sent.pk).update(sent_at=None, claimed_until=AT + DAY)
    report = reports.bare(to=back_to(sent.public_id))
    assert hear(report, AT).code == TRY_AGAIN and tasks() == []
    Message.objects.filter(pk=sent.pk).update(sent_at=AT)
    assert hear(report, AT).code == HEARD and len(tasks()) == 1


@pytest.mark.both_databases
@pytest.mark.hazard("H13")
def test_nothing_of_what_a_report_says_is_kept_or_said_but_the_code(
    hub: MadeHub, sent: Message, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    said = [hear(reports.postfix(to=back_to(sent.public_id), message_id=message_id(sent.public_id)), AT + DAY).said]
    said += [hear(one, AT).said for one in NO_REPORT.values()]
    kept = [*said, caplog.text, json.dumps(list(Entry.objects.values_list("facts", flat=True)))]
    kept += [str(vars(Message.objects.get())), str(vars(Task.objects.get()))]
    for one in kept:
        assert not {word for word in ("moved", "Pretend", "person.example", mark_of(sent.public_id)) if word in one}


def test_a_code_that_nobody_knows_means_no_more_than_that_it_came_back() -> None:
    assert (became("failed 5.999.999").failed, became("failed 5.1").failed, became("failed").failed) == ("sent-back", "", "")


# handed in


def pipe_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> tuple[int, str]:
    """Hand one message in as a mail server does; give the code and the one line."""
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    out = io.StringIO()
    try:
        call_command("bounce", stdout=out)
    except CommandError as no:
        return no.returncode, str(no)
    return 0, out.getvalue().strip()


@pytest.mark.both_databases
@pytest.mark.hazard("H13")
def test_an_e_mail_leaves_comes_back_and_its_holder_is_told(hub: MadeHub, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """From end to end: a real server takes it, the report goes to the address that the server was given."""
    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    sender = SmtpSender("127.0.0.1", inbox.port, "hub@hub.example", timeout=5, bounces=BOUNCES)
    deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": sender}, address="https://hub.example")
    [comes_back_to], [(_to, mail)] = inbox.came_from, inbox.mail
    assert comes_back_to == back_to(message.public_id) and mail["From"] == "hub@hub.example"
    assert len(comes_back_to.partition("@")[0]) <= 64
    page = f"/people/{person.public_id}/"
    assert "did not arrive" not in hub.signed_in("cora").get(page).content.decode()
    assert pipe_in(monkeypatch, reports.bare(to=comes_back_to, status="5.1.1")) == (0, "failed 5.1.1: heard")
    assert tasks() == [("message_failed", hub.hats["cora"])]
    shown = hub.signed_in("cora").get(page).content.decode()
    assert "did not arrive: the number or address does not work" in shown and "could not be delivered" in shown


def test_without_an_address_of_its_own_it_comes_back_to_the_sender_and_is_known_by_its_headers(
    hub: MadeHub, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = hub.held_by("cora")
    message = send_message(actor=hub.system, at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert message is not None
    deliver(actor=hub.system, at=AT, message_id=message.pk, senders={"email": inbox.sender}, address="")
    assert inbox.came_from == ["hub@hub.example"]
    report = reports.gmail(to="hub@hub.example", message_id=str(inbox.mail[0][1]["Message-ID"]))
    assert pipe_in(monkeypatch, report) == (0, "failed 5.1.1: heard")
    assert tasks() == [("message_failed", hub.hats["cora"])]


def test_a_mail_server_is_answered_in_codes_that_it_knows(hub: MadeHub, sent: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    report = reports.bare(to=back_to(sent.public_id))
    assert pipe_in(monkeypatch, NO_REPORT["a reply by itself"])[0] == 65

    def away(*_given: Any, **_more: Any) -> None:
        raise OperationalError("connection to mair@person.example refused")

    with monkeypatch.context() as broken:
        broken.setattr(bounces, "message_by_mail", away)
        code, said = pipe_in(monkeypatch, report)
    assert (code, "OperationalError" in said, "mair" in said) == (75, True, False)
    assert pipe_in(monkeypatch, report)[0] == 0
    assert pipe_in(monkeypatch, report) == (0, "failed 5.2.2: it was known already that it did not arrive")


def test_a_pipe_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the mail server's own writing breaks off, and it does not hear the answer."""
    whole = io.BytesIO(b"x" * (3 * LARGEST))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=whole))
    with pytest.raises(CommandError):
        call_command("bounce")
    assert whole.read() == b""


def test_of_a_maildir_what_is_heard_is_kept_as_read_and_what_is_no_report_as_unread(
    hub: MadeHub, sent: Message, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1.a.host").write_bytes(reports.bare(to=back_to(sent.public_id)))
    (tmp_path / "new" / "2.b.host").write_bytes(NO_REPORT["a reply by itself"])
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 3 not heard") as ended:
        call_command("bounce", str(tmp_path), *self_written(tmp_path, sent), stdout=out)
    assert ended.value.returncode == 65
    assert out.getvalue().splitlines() == [
        "1.a.host\tfailed 5.2.2: heard",
        "2.b.host\tno report of a mail server: nothing was changed",
        "alone\tfailed 5.2.2: it was known already that it did not arrive",
    ]
    assert sorted(one.name for one in (tmp_path / "cur").iterdir()) == ["1.a.host:2,S", "2.b.host:2,"]
    assert list((tmp_path / "new").iterdir()) == [] and (tmp_path / "alone").exists() and len(tasks()) == 1
    call_command("bounce", str(tmp_path), stdout=out)


def self_written(folder: Path, message: Message) -> list[str]:
    """Write one report into a file of its own, which stays where it is."""
    (folder / "alone").write_bytes(reports.bare(to=back_to(message.public_id)))
    return [str(folder / "alone")]


def test_what_cannot_be_heard_now_stays_where_it_is(hub: MadeHub, sent: Message, tmp_path: Path) -> None:
    for name in ("new", "cur"):
        (tmp_path / name).mkdir()
    Message.objects.filter(pk=sent.pk).update(sent_at=None)
    (tmp_path / "new" / "1.a.host").write_bytes(reports.bare(to=back_to(sent.public_id)))
    with pytest.raises(CommandError, match="2 of 2 not heard") as ended:
        call_command("bounce", str(tmp_path), str(tmp_path / "absent"), stdout=io.StringIO())
    assert ended.value.returncode == 75 and (tmp_path / "new" / "1.a.host").exists()


def test_the_clock_of_the_command_is_ours(hub: MadeHub, sent: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day that a report claims is not believed."""
    began = now()
    pipe_in(monkeypatch, reports.postfix(to=back_to(sent.public_id)))
    sent.refresh_from_db()
    assert sent.failed_at is not None and began <= sent.failed_at <= now()
