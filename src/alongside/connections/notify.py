"""Texts and letters by GOV.UK Notify, through its own client, which goes our one way out.

Our key of the message is its reference there: before a second try Notify is asked whether it has it already, so that a text is
never sent twice. Each template at Notify is one field, ((body)): what is said stays with the hub.

Source: https://docs.notifications.service.gov.uk/rest-api.html (API 1.0.3 and later); ADR 0016.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar

import requests
from notifications_python_client.errors import APIError
from notifications_python_client.notifications import NotificationsAPIClient
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from alongside.connections.addresses import NotAllowedOut
from alongside.connections.outgoing import SECONDS, NotReached, Outgoing
from alongside.connections.sending import NotSent
from alongside.vocabulary.phone import phone_key

T = TypeVar("T")
FEWEST_LINES, MOST_LINES = 3, 7
"""Lines of an address on a letter."""
_OUR_TROUBLE = {
    401: "not_let_in",
    403: "not_let_in",
    429: "busy",
}
"""What says nothing about the message: our key, our clock, our limits."""


@dataclass(frozen=True)
class Account:
    """A service at Notify: its key, and where it is reached."""

    key: str = field(repr=False)
    url: str = "https://api.notifications.service.gov.uk"
    out: Outgoing = field(default_factory=Outgoing)

    def client(self) -> NotificationsAPIClient:
        """Give Notify's own client, made to use our limits: it is not safe to share between threads."""
        made = NotificationsAPIClient(self.key, base_url=self.url, timeout=SECONDS)
        session = made.request_session
        session.trust_env = False
        session.adapters.clear()
        for scheme in ("https://", "http://"):
            session.mount(scheme, _OurWay(self.out))
        return made

    def became_of(self, number: str) -> str:
        """Give the status of a message at Notify: created, sending, delivered, permanent-failure, and so on."""
        found = _asked(lambda: self.client().get_notification_by_id(number), perhaps=False)
        return _text(found, "status")

    def has(self, key: str) -> str:
        """Give the number under which Notify keeps the message with this reference of ours, or nothing."""
        found = _asked(lambda: self.client().get_all_notifications(reference=key), perhaps=False)
        kept = found.get("notifications")
        if not isinstance(kept, list):
            raise NotSent("not_understood", for_good=False, is_outage=True)
        return next((_text(one, "id") for one in kept if isinstance(one, dict) and one.get("reference") == key), "")


@dataclass(frozen=True)
class TextSender:
    """Send a text message."""

    account: Account
    template: str
    can_be_asked: ClassVar[bool] = True

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        if not phone_key(to):
            raise NotSent("address_unusable", for_good=True)
        number = "".join(char for char in to if char.isascii() and (char.isdigit() or char == "+"))
        return _once(
            self.account,
            key,
            again,
            lambda client: client.send_sms_notification(number, self.template, {"body": body.strip()}, reference=key),
        )

    def became_of(self, number: str) -> str:
        return self.account.became_of(number)


@dataclass(frozen=True)
class LetterSender:
    """Send a letter; `to` is the address, a line a line, the postcode last."""

    account: Account
    template: str
    can_be_asked: ClassVar[bool] = True

    def send(self, *, to: str, subject: str, body: str, key: str, again: bool = False) -> str:
        lines = [line.strip() for line in to.splitlines() if line.strip()]
        if not FEWEST_LINES <= len(lines) <= MOST_LINES:
            raise NotSent("address_unusable", for_good=True)
        fields = {f"address_line_{number}": line for number, line in enumerate(lines, start=1)}
        return _once(
            self.account,
            key,
            again,
            lambda client: client.send_letter_notification(self.template, {**fields, "body": body.strip()}, reference=key),
        )

    def became_of(self, number: str) -> str:
        return self.account.became_of(number)


def _once(account: Account, key: str, again: bool, send: Callable[[NotificationsAPIClient], Any]) -> str:
    if again and (kept := account.has(key)):
        return kept
    return _text(_asked(lambda: send(account.client()), perhaps=True), "id")


def _asked(ask: Callable[[], Any], *, perhaps: bool) -> Mapping[str, Any]:
    """Ask Notify, and turn what went wrong into a reason.

    Its documentation says to go by the status and never by the words of an error. What its own trouble or ours stopped is tried
    again later; what it refuses as it stands (400) would be refused again.
    """
    try:
        found = ask()
    except APIError as fault:
        status = fault.status_code
        if status == 404 and not perhaps:
            raise NotSent("not_known", for_good=True) from None
        if status == 400:
            raise NotSent("refused", for_good=True) from None
        code = _OUR_TROUBLE.get(status) or _trouble(fault)
        raise NotSent(code, for_good=False, is_outage=True, perhaps=perhaps and status not in _OUR_TROUBLE) from None
    if not isinstance(found, dict):
        raise NotSent("not_understood", for_good=False, is_outage=True, perhaps=perhaps)
    return found


def _trouble(fault: APIError) -> str:
    if fault.response is None:
        return "not_reached"
    return "server_fault" if fault.status_code >= 400 else "not_understood"


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value or len(value) > 40:
        raise NotSent("not_understood", for_good=False, is_outage=True, perhaps=True)
    return value


class _OurWay(BaseAdapter):
    """Carries what Notify's client asks by our one way out."""

    def __init__(self, out: Outgoing) -> None:
        super().__init__()
        self._out = out

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: Any = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        headers = {name: str(value) for name, value in request.headers.items()}
        try:
            answered = self._out.request(
                str(request.method), str(request.url), headers=headers, body=body if isinstance(body, bytes) else None
            )
        except (NotAllowedOut, NotReached) as fault:
            raise requests.ConnectionError(fault.code) from None
        made = requests.Response()
        made.status_code, made.url, made.request = answered.status, answered.url, request
        made.headers, made.encoding = CaseInsensitiveDict(answered.headers), "utf-8"
        made._content = answered.body
        return made

    def close(self) -> None:
        """Keep nothing open: each request has a connection of its own."""
