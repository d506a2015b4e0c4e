"""Sending e-mail by SMTP, and the stand-in of the demo that never sends."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass, field
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Protocol

from alongside.vocabulary.email_address import is_email


class EmailFailed(Exception):
    """A message did not leave: `for_good` when trying again would not help."""

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.code = code
        self.for_good = for_good


class Sender(Protocol):
    """Whatever can send an e-mail."""

    def send(self, *, to: str, subject: str, body: str, key: str) -> None: ...


@dataclass
class SmtpSender:
    """Send through an SMTP server; 5xx is for good, everything else is tried again.

    Source: RFC 5321 section 4.2.1.
    """

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    use_tls: bool = False
    timeout: float = 10.0

    def send(self, *, to: str, subject: str, body: str, key: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, _one_address(to), subject
        message["Message-ID"] = f"<{key}@alongside>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body)
        try:
            with smtplib.SMTP(self.host, self.port, timeout=self.timeout) as server:
                if self.use_tls:
                    server.starttls()
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(message)
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPSenderRefused):
            # The server does not take the hub itself: that says nothing about the person's address.
            raise EmailFailed("not_let_in", for_good=False) from None
        except smtplib.SMTPRecipientsRefused as refused:
            codes = [code for code, _ in refused.recipients.values()]
            raise EmailFailed("address_refused", for_good=all(code >= 500 for code in codes)) from None
        except smtplib.SMTPResponseException as answer:
            raise EmailFailed("server_refused", for_good=answer.smtp_code >= 500) from None
        except (OSError, smtplib.SMTPException):
            raise EmailFailed("not_reached", for_good=False) from None


@dataclass
class NeverSends:
    """The demo's sender: keeps what would have been sent and lets nothing out."""

    kept: list[tuple[str, str, str]] = field(default_factory=list)

    def send(self, *, to: str, subject: str, body: str, key: str) -> None:
        self.kept.append((to, subject, body))


class NoServer:
    """The sender of a live installation that knows no mail server: nothing leaves, and nobody is told that it did."""

    def send(self, *, to: str, subject: str, body: str, key: str) -> None:
        raise EmailFailed("no_server", for_good=True)


def _one_address(to: str) -> str:
    if not is_email(to) or not to.isprintable():
        raise EmailFailed("address_unusable", for_good=True)
    try:
        read = Address(addr_spec=to.strip())
    except (ValueError, IndexError, HeaderParseError):
        # IndexError: what the standard library says of an address that ends too soon.
        raise EmailFailed("address_unusable", for_good=True) from None
    return read.addr_spec
