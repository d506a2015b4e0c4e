"""What a mail server says later of an e-mail that left: it came back, it is late, it arrived.

Only a report as RFC 3464 writes it is read, and of it only what became of the message and the status code. It is believed when it
carries the mark that the message left with (`marks.py`): in the address that it came to, or in the headers that it gives back.
Whoever writes it may be anybody: what cannot be read is no report, and changes nothing.

Source: RFC 3464 (reports), RFC 3463 (status codes), RFC 6533 (the same in UTF-8); issue (delivery states); trust.md P5, H13; ADR 0030.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, message_from_string
from email.message import Message as Mail
from uuid import UUID

from alongside.messages.commands import note_what_became
from alongside.messages.marks import keys_in
from alongside.messages.queries import message_by_mail
from alongside.vocabulary.actor import Actor

LARGEST = 1_000_000
"""So many bytes are read (ours): what the report says stands before the message that it gives back."""
HEARD, NOT_A_REPORT, TRY_AGAIN = 0, 65, 75
"""What mail servers understand: EX_OK, EX_DATAERR and EX_TEMPFAIL of sysexits.h."""
_MANY = 50
"""A real report has about five parts; whoever stacks hundreds keeps the library busy for long (ours)."""
_REPORT = ("message/delivery-status", "message/global-delivery-status")
_HEADERS = ("text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers")
_TOLD = {"failed": "5.0.0", "delayed": "4.0.0", "delivered": "2.0.0", "relayed": "2.0.0", "expanded": "2.0.0"}
"""What may have become of it, the worst first, and the code where none is said."""
_CODE = re.compile(r"(?<![0-9.])[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")


@dataclass(frozen=True, slots=True)
class Report:
    """What is read of a report."""

    became: str
    """In one word and one code: "failed 5.1.1"."""
    keys: tuple[UUID, ...]
    """Of the messages whose true mark it carries."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What came of one message that was handed in."""

    code: int
    said: str
    """One line that names nobody and holds nothing that stood in it."""


def hear(content: bytes, at: datetime) -> Heard:
    """Take one message that came to the address for bounces, and write down what became of the e-mail that it is about.

    Also:     a report that was faster than our own note that the e-mail has left is to be handed in again.
    """
    report = read_report(content)
    if report is None:
        return Heard(NOT_A_REPORT, "no report of a mail server: nothing was changed")
    message = message_by_mail(report.keys[0]) if report.keys else None
    if message is None:
        return Heard(NOT_A_REPORT, "a report about no message of ours: nothing was changed")
    if message.failed_at or message.stopped_at:
        return Heard(HEARD, f"{report.became}: it was known already that it did not arrive")
    if not message.sent_at:
        return Heard(TRY_AGAIN, "it is not yet written down that this message has left: hand it in again")
    by = Actor.system("bounces", message.hub_id)
    note_what_became(actor=by, at=at, message_id=message.pk, status=report.became)
    return Heard(HEARD, f"{report.became}: heard")


def read_report(content: bytes) -> Report | None:
    """Read what a report says; None for whatever is no report: a reply of a person or a machine, what is broken, what is a trap."""
    if content.lower().count(b"content-type") > _MANY:
        return None
    try:
        return _read(message_from_bytes(content[:LARGEST]))
    except Exception:  # whatever a made-up message breaks in the library, it is no report
        return None


def _read(mail: Mail) -> Report | None:
    parts = list(_parts(mail))
    told = [one for part in parts if part.get_content_type() in _REPORT for block in _blocks(part) for one in _told(block)]
    if not told:
        return None
    # Not "References": what somebody writes in answer to a message of ours, and what then comes back, is none of ours.
    said = _values(mail, "To", "Delivered-To", "X-Original-To", "Envelope-To", "In-Reply-To")
    said += [one for part in parts for one in _values(_given_back(part), "Message-ID", "Return-Path")]
    worst = min(told, key=lambda one: list(_TOLD).index(one.partition(" ")[0]))
    return Report(worst, tuple(key for one in said for key in keys_in(one)))


def _parts(mail: Mail) -> Iterator[Mail]:
    """Give the parts of a message, and none of a message that is attached to it: what somebody forwards is no report to us."""
    if mail.get_content_maintype() != "multipart":
        yield mail
        return
    for part in _held(mail):
        yield from _parts(part)


def _blocks(part: Mail) -> Iterator[Mail]:
    """Give the blocks of a report: one about the whole, one for each recipient."""
    for block in _held(part):
        yield block
        rest = block.get_payload()  # only the library's reading of the UTF-8 kind leaves one
        if isinstance(rest, str):
            yield from (message_from_string(one) for one in re.split(r"\r?\n[ \t]*\r?\n", rest) if one.strip())


def _told(block: Mail) -> Iterator[str]:
    """Give what one block says became of it, with the status code; nothing where it says nothing that we know."""
    action = re.match(r"\s*([a-z]+)", str(block.get("Action", "")).casefold())
    if action and action[1] in _TOLD:
        code = _CODE.search(str(block.get("Status", "")))
        yield f"{action[1]} {code[0] if code else _TOLD[action[1]]}"


def _given_back(part: Mail) -> Mail:
    """Give the headers of the message that came back, as far as a part holds them."""
    if part.get_content_type() not in _HEADERS:
        return Mail()
    held = _held(part)
    if held:
        return held[0]
    text = part.get_payload(decode=True)
    return message_from_bytes(text) if isinstance(text, bytes) else Mail()


def _held(mail: Mail) -> list[Mail]:
    """Give what a message holds as messages: parts, blocks, or the one that came back; nothing where it holds text."""
    held = mail.get_payload()
    return [one for one in held if isinstance(one, Mail)] if isinstance(held, list) else []


def _values(mail: Mail, *names: str) -> list[str]:
    return [str(value) for name in names for value in mail.get_all(name, [])]
