"""A stand-in for GOV.UK Notify that follows its published API, and can be told to be unwell.

`tests/contracts/test_the_stand_in_for_notify.py` checks it against the specification, through Notify's own client.
"""

from __future__ import annotations

import json
import re
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

from alongside.connections.notify import Account, LetterSender, TextSender
from alongside.connections.outgoing import Outgoing

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"made_up-{SERVICE}-{SECRET}"
TEXT, LETTER, EMAIL = (f"f33517ff-2a88-4f6e-b855-c550268ce08{last}" for last in "abc")
TEMPLATES = {TEXT: "sms", LETTER: "letter", EMAIL: "email"}
FINAL = {"delivered", "permanent-failure", "temporary-failure", "technical-failure", "received", "cancelled"}
_LINES = [f"address_line_{number}" for number in range(1, 8)]


class Refused(Exception):
    """An answer that is an error."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(message)
        self.status, self.error, self.message = status, error, message


@dataclass
class Notify:
    """What it keeps, and how it is."""

    port: int = 0
    unwell: list[str] = field(default_factory=list)
    """What happens to the next requests, one each: an HTTP status, or hang, drip, bad_json, no_id, cut_after (kept, then the line
    is cut), redirect; well again when the list is at its end."""
    always: str = ""
    """What happens to every request."""
    kept: list[dict[str, Any]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def account(self) -> Account:
        return Account(KEY, self.url, Outgoing(stand_ins=True))

    @property
    def text_sender(self) -> TextSender:
        return TextSender(self.account, TEXT)

    @property
    def letter_sender(self) -> LetterSender:
        return LetterSender(self.account, LETTER)

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Whom it sent what."""
        return [(one["phone_number"] or one["email_address"] or one["line_1"], one["body"]) for one in self.kept]

    def set_status(self, reference: str, status: str) -> None:
        """Say what became of one message."""
        [one] = [one for one in self.kept if one["reference"] == reference]
        one["status"] = status
        one["completed_at"] = _now() if status in FINAL else None

    def next_fault(self) -> str:
        with self.lock:
            return self.always or (self.unwell.pop(0) if self.unwell else "")

    def take(self, kind: str, given: dict[str, Any]) -> dict[str, Any]:
        """Check and keep one message."""
        needed = {"sms": ["phone_number"], "email": ["email_address"], "letter": ["personalisation"]}[kind]
        for name in [*needed, "template_id"]:
            if name not in given:
                raise Refused(400, "ValidationError", f"{name} is a required property")
        known = {"sms_sender_id", "email_reply_to_id", "one_click_unsubscribe_url", "sanitise_content_for"}
        for name in set(given) - {*needed, "template_id", "personalisation", "reference", *known}:
            raise Refused(400, "ValidationError", f"Additional properties are not allowed ({name} was unexpected)")
        fields = given.get("personalisation", {})
        if kind == "sms":
            _check_number(given["phone_number"])
        if kind == "letter":
            _check_lines(fields)
        if TEMPLATES.get(given["template_id"]) != kind:
            raise Refused(400, "BadRequestError", "Template not found")
        if "body" not in fields:
            raise Refused(400, "BadRequestError", "Missing personalisation: body")
        lines = [fields[name] for name in _LINES if fields.get(name)]
        made = {
            "id": str(uuid.uuid4()),
            "reference": given.get("reference"),
            "email_address": given.get("email_address"),
            "phone_number": given.get("phone_number"),
            **{
                f"line_{number}": lines[number - 1] if kind == "letter" and number <= len(lines) else None
                for number in range(1, 7)
            },
            "postcode": lines[-1] if kind == "letter" else None,
            "postage": "second" if kind == "letter" else None,
            "type": kind,
            "status": "accepted" if kind == "letter" else "created",
            "template": self._template(given["template_id"]),
            "body": fields["body"],
            "subject": None if kind == "sms" else "A message for you",
            "created_at": _now(),
            "created_by_name": None,
            "sent_at": _now(),
            "completed_at": None,
            "scheduled_for": None,
        }
        with self.lock:
            self.kept.append(made)
        return made

    def answer_to(self, made: dict[str, Any]) -> dict[str, Any]:
        content = {"body": made["body"]}
        if made["type"] == "sms":
            content["from_number"] = "GOVUK"
        else:
            content["subject"] = made["subject"]
        if made["type"] == "email":
            content["from_email"] = "hub@notifications.service.gov.uk"
        return {
            "id": made["id"],
            "reference": made["reference"],
            "scheduled_for": None,
            "content": content,
            "uri": f"{self.url}/v2/notifications/{made['id']}",
            "template": made["template"],
        }

    def _template(self, key: str) -> dict[str, Any]:
        return {"id": key, "version": 1, "uri": f"{self.url}/v2/template/{key}"}


class _Handler(BaseHTTPRequestHandler):
    notify: Notify
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer(lambda: self._post(body))

    def do_GET(self) -> None:
        self._answer(self._get)

    def _answer(self, find: Any) -> None:
        self.notify.asked.append(f"{self.command} {self.path}")
        fault = self.notify.next_fault()
        if fault == "hang":
            self.notify.over.wait(20)
            self.close_connection = True
            return
        if fault == "drip":
            self._drip()
            return
        try:
            self._check_token()
            if fault.isdecimal():
                raise Refused(int(fault), *_WORDS.get(fault, ("Exception", "Internal server error")))
            status, said = find()
        except Refused as no:
            status, said = no.status, {"status_code": no.status, "errors": [{"error": no.error, "message": no.message}]}
        if fault == "cut_after":
            self.close_connection = True
            return
        if fault == "no_id":
            said = {name: value for name, value in said.items() if name != "id"}
        whole = b"<html>Welcome to the hotel</html>" if fault == "bad_json" else json.dumps(said).encode()
        self.send_response(302 if fault == "redirect" else status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(whole)))
        if fault == "redirect":
            self.send_header("Location", "https://evil.example/")
        self.end_headers()
        self.wfile.write(whole)

    def _post(self, body: bytes) -> tuple[int, Any]:
        found = re.fullmatch(r"/v2/notifications/(sms|letter|email)", self.path)
        if not found:
            raise Refused(404, "NotFound", "The requested URL was not found on the server.")
        try:
            given = json.loads(body)
        except ValueError:
            raise Refused(400, "BadRequestError", "Invalid JSON supplied in POST data") from None
        return 201, self.notify.answer_to(self.notify.take(found[1], given))

    def _get(self) -> tuple[int, Any]:
        address = urlsplit(self.path)
        if address.path == "/v2/notifications":
            wanted = parse_qs(address.query)
            kept = [one for one in reversed(self.notify.kept) if one["reference"] in wanted.get("reference", [one["reference"]])]
            kept = [one for one in kept if one["status"] in wanted.get("status", [one["status"]])]
            return 200, {"notifications": kept[:250], "links": {"current": f"{self.notify.url}{self.path}"}}
        key = address.path.removeprefix("/v2/notifications/")
        if not re.fullmatch(r"[0-9a-f-]{36}", key):
            raise Refused(400, "ValidationError", "id is not a valid UUID")
        for one in self.notify.kept:
            if one["id"] == key:
                return 200, one
        raise Refused(404, "NoResultFound", "No result found")

    def _check_token(self) -> None:
        """A token of HS256, signed with the secret, issued by the service within thirty seconds."""
        kind, _gap, token = self.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer":
            raise Refused(401, "AuthError", "Unauthorized: authentication token must be provided")
        try:
            claims = jwt.decode(token, SECRET, algorithms=["HS256"], options={"require": ["iss", "iat"]}, leeway=30)
        except jwt.PyJWTError:
            raise Refused(403, "AuthError", "Invalid token: signature, API token not found") from None
        if claims["iss"] != SERVICE:
            raise Refused(403, "AuthError", "Invalid token: service not found")
        if abs(datetime.now(UTC).timestamp() - claims["iat"]) > 30:
            raise Refused(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds")

    def _drip(self) -> None:
        self.close_connection = True
        self.wfile.write(b"HTTP/1.1 201 CREATED\r\nContent-Length: 5000\r\n\r\n")
        while not self.notify.over.wait(0.2):
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


_WORDS = {
    "400": ("BadRequestError", "Can't send to this recipient using a team-only API key"),
    "403": ("AuthError", "Invalid token: API key not found"),
    "429": ("RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"),
    "500": ("Exception", "Internal server error"),
}


@contextmanager
def open_notify() -> Iterator[Notify]:
    """Open a stand-in on a free port until the test is over."""
    notify = Notify()
    handler = type("Handler", (_Handler,), {"notify": notify})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads, server.block_on_close = True, False
    notify.port = server.server_address[1]
    threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True).start()
    try:
        yield notify
    finally:
        notify.over.set()
        server.shutdown()
        server.server_close()


def _check_number(number: str) -> None:
    digits = re.sub(r"[\s()+-]", "", number)
    if not digits.isdecimal():
        raise Refused(400, "ValidationError", "phone_number Must not contain letters or symbols")
    if len(digits) < 10:
        raise Refused(400, "ValidationError", "phone_number Not enough digits")
    if len(digits) > 15:
        raise Refused(400, "ValidationError", "phone_number Too many digits")


def _check_lines(fields: dict[str, Any]) -> None:
    for name in _LINES[:3]:
        if name not in fields:
            raise Refused(400, "ValidationError", f"personalisation {name} is a required property")
    last = [fields[name] for name in _LINES if fields.get(name)][-1]
    if not re.fullmatch(r"[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}", last):
        raise Refused(400, "ValidationError", "Must be a real UK postcode")


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
