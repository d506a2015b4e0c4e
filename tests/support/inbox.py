"""A mail server on this machine that keeps what it is given, and answers what it is told to."""

from __future__ import annotations

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from alongside.connections.email import SmtpSender


@dataclass
class Inbox:
    """What has come, and what is said to whoever comes."""

    port: int = 0
    says_to_recipient: str = ""
    says_to_data: str = "250 OK"
    mail: list[tuple[list[str], EmailMessage]] = field(default_factory=list)
    came_from: list[str] = field(default_factory=list)
    """To whom each would come back."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.says_to_recipient:
            return self.says_to_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.says_to_data.startswith("2"):
            read = email.message_from_bytes(envelope.content or b"", policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.mail.append((list(envelope.rcpt_tos), read))
            self.came_from.append(envelope.mail_from or "")
        return self.says_to_data

    @property
    def sender(self) -> SmtpSender:
        return SmtpSender("127.0.0.1", self.port, "hub@hub.example", timeout=5)


@contextmanager
def open_inbox() -> Iterator[Inbox]:
    """Open a mail server on a free port until the test is over."""
    box = Inbox(free_port())
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    try:
        yield box
    finally:
        server.stop()


def free_port() -> int:
    """Give a port on which nobody answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
