"""Sending e-mail by SMTP, and the stand-in of the demo that never sends."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any, ClassVar

from alongside.connections.deadline import Deadline
from alongside.connections.sending import NotSent
from alongside.vocabulary.email_address import is_email


@dataclass
class SmtpSender:
    """Send through an SMTP server; 5xx is for good, everything else is tried again.

    The whole conversation has so many seconds, whatever the server does with them. When the line breaks after the last word of
    the message, nobody can know whether it was taken: it is said to have left perhaps, and is not sent a second time.
    What comes back later comes to `bounces`, where there is one, by an address that holds the key of the message and names nobody.
    Source: RFC 5321 sections 4.2.1 and 4.5.3.2; trust.md P5.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    timeout: float = 10.0
    bounces: str = ""
    can_be_asked: ClassVar[bool] = False

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        message = EmailMessage(policy=_SEVEN_BITS)
        recipient = _one_address(to)
        message["From"], message["To"], message["Subject"] = self.sender, recipient, subject
        message["Message-ID"] = f"<{key}@alongside>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        with Deadline(self.timeout) as deadline:
            self._converse(message.as_bytes(), self._comes_back_to(key), recipient, deadline)
        return ""

    def _comes_back_to(self, key: str) -> str:
        mailbox, at, domain = self.bounces.partition("@")
        return f"{mailbox}+{key}{at}{domain}" if self.bounces else self.sender

    def _converse(self, whole: bytes, sender: str, recipient: str, deadline: Deadline) -> None:
        said_all = False
        server = _Watched(deadline)
        try:
            server.connect(self.host, self.port)
            if self.use_tls:
                server.starttls(context=ssl.create_default_context())
            if self.user:
                server.login(self.user, self.password)
            server.ehlo_or_helo_if_needed()
            _taken(server.mail(sender), "not_let_in")
            _taken(server.rcpt(recipient), "address_refused")
            _taken(server.docmd("data"), "server_refused", wanted=354)
            server.send(_as_data(whole))
            said_all = True
            _taken(server.getreply(), "server_refused")
            _say_goodbye(server)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError):
            # The server does not take the hub itself: that says nothing about the person's address.
            raise NotSent("not_let_in", for_good=False, is_outage=True) from None
        except (OSError, smtplib.SMTPException, ValueError):
            raise NotSent("not_reached", for_good=False, is_outage=True, perhaps=said_all) from None
        finally:
            server.close()


_SEVEN_BITS = SMTP.clone(cte_type="7bit")


def _say_goodbye(server: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):  # the message is theirs already
        server.quit()


class _Watched(smtplib.SMTP):
    """A conversation whose line is shut when its whole time is over."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        super().__init__(timeout=deadline.left)

    def connect(self, host: str = "localhost", port: int = 0, source_address: Any = None) -> tuple[int, bytes]:
        self._host = host  # whose certificate is asked for
        code, said = super().connect(host, port, source_address)
        if code != 220:
            raise smtplib.SMTPConnectError(code, said)
        return code, said

    def _get_socket(self, host: str, port: int, timeout: Any) -> socket.socket:
        made = socket.create_connection((host, port), timeout=self._deadline.left)
        self._deadline.watch(made)
        return made


def _taken(answer: tuple[int, bytes], why: str, *, wanted: int = 0) -> None:
    """Go on when the server takes what was said; its own words are nobody's business."""
    code, _said = answer
    if code == wanted or (not wanted and 200 <= code < 300):
        return
    is_about_us = why == "not_let_in" or code == 421
    raise NotSent("not_let_in" if is_about_us else why, for_good=code >= 500 and not is_about_us, is_outage=is_about_us)


def _as_data(whole: bytes) -> bytes:
    """Write a message as it stands after DATA: lines that begin with a dot get another one, and a dot ends it."""
    lines = b"\r\n".join(whole.splitlines())
    return re.sub(rb"(?m)^\.", b"..", lines) + b"\r\n.\r\n"


@dataclass
class NeverSends:
    """The demo's sender: keeps what would have been sent and lets nothing out."""

    kept: list[tuple[str, str, str]] = field(default_factory=list)
    can_be_asked: ClassVar[bool] = True

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        self.kept.append((to, subject, body))
        return ""


class NoServer:
    """The sender of a live installation that knows no mail server: nothing leaves, and nobody is told that it did."""

    can_be_asked: ClassVar[bool] = True

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        raise NotSent("no_server", for_good=True)


def _one_address(to: str) -> str:
    if not is_email(to) or not to.isprintable():
        raise NotSent("address_unusable", for_good=True)
    try:
        read = Address(addr_spec=to.strip())
    except (ValueError, IndexError, HeaderParseError):
        # IndexError: what the standard library says of an address that ends too soon.
        raise NotSent("address_unusable", for_good=True) from None
    return read.addr_spec
