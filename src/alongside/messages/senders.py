"""What each kind of message leaves by, as the installation is set up; the only place that makes senders.

In the demo nothing leaves at all. A text or a letter leaves by itself only where GOV.UK Notify is set up for it; without, it is a
task for somebody. A live installation without a mail server says so of every e-mail, and never that it has left.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings

from alongside.connections.email import NeverSends, NoServer, SmtpSender
from alongside.connections.notify import Account, LetterSender, TextSender
from alongside.connections.outgoing import Outgoing
from alongside.connections.sending import Sender

Senders = Mapping[str, Sender]
"""By channel."""


def senders() -> Senders:
    """Give what leaves by itself, by channel."""
    found: dict[str, Sender] = {"email": _mail()}
    if settings.DEMO or not settings.NOTIFY_KEY:
        return found
    account = Account(settings.NOTIFY_KEY, settings.NOTIFY_URL, Outgoing(stand_ins=settings.STAND_INS))
    if settings.NOTIFY_TEXT_TEMPLATE:
        found["text"] = TextSender(account, settings.NOTIFY_TEXT_TEMPLATE)
    if settings.NOTIFY_LETTER_TEMPLATE:
        found["letter"] = LetterSender(account, settings.NOTIFY_LETTER_TEMPLATE)
    return found


def channels() -> frozenset[str]:
    """Name the channels by which something leaves by itself."""
    return frozenset(senders())


def nothing_leaves() -> Senders:
    """Give a sender of e-mail that keeps everything in, for made-up lives."""
    return {"email": NeverSends()}


def _mail() -> Sender:
    if settings.DEMO:
        return NeverSends()
    if not settings.EMAIL_HOST:
        return NoServer()
    return SmtpSender(
        host=settings.EMAIL_HOST,
        port=settings.EMAIL_PORT,
        sender=settings.DEFAULT_FROM_EMAIL,
        bounces=settings.BOUNCES,
        user=settings.EMAIL_HOST_USER,
        password=settings.EMAIL_HOST_PASSWORD,
        use_tls=settings.EMAIL_USE_TLS,
        timeout=settings.EMAIL_TIMEOUT,
    )
