"""The stand-in for GOV.UK Notify follows its published API: paths, fields, statuses, errors, tokens; asked through its own client.

Source: https://docs.notifications.service.gov.uk/rest-api.html and the OpenAPI description that it is made from
(alphagov/notifications-tech-docs, openapi/, 23 June 2026): the fields below are that description's, in our own writing.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from typing import Any

import jsonschema
import jwt
import pytest
import requests
from notifications_python_client.errors import HTTPError
from notifications_python_client.notifications import NotificationsAPIClient

from tests.support.notify import EMAIL, KEY, LETTER, SECRET, SERVICE, TEXT, Notify, open_notify

WORD, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
TEMPLATE = {
    "type": "object",
    "properties": {"id": WORD, "version": {"type": "number"}, "uri": WORD},
    "required": ["id", "version", "uri"],
    "additionalProperties": False,
}


def response(**content: Any) -> dict[str, Any]:
    """Say what a message that was taken is answered with (201)."""
    return {
        "type": "object",
        "properties": {
            "id": WORD,
            "reference": MAYBE,
            "scheduled_for": MAYBE,
            "content": {
                "type": "object", "properties": content, "required": list(content), "additionalProperties": False
            },
            "uri": WORD,
            "template": TEMPLATE,
        },
        "required": ["id", "reference", "content", "uri", "template"],
        "additionalProperties": False,
    }  # fmt: skip


SENT = {
    "sms": response(body=WORD, from_number=WORD),
    "email": response(subject=WORD, body=WORD, from_email=WORD),
    "letter": response(subject=WORD, body=WORD),
}
STATUSES = {
    "sms": ["created", "sending", "pending", "sent", "delivered", "permanent-failure", "temporary-failure", "technical-failure"],
    "letter": ["accepted", "received", "cancelled", "technical-failure", "permanent-failure", "pending-virus-check",
               "validation-failed"],
    "email": ["created", "sending", "delivered", "permanent-failure", "temporary-failure", "technical-failure"],
}  # fmt: skip


def one_message(kind: str) -> dict[str, Any]:
    names = ["reference", "email_address", "phone_number", *(f"line_{n}" for n in range(1, 7)), "postcode", "subject",
             "created_by_name", "completed_at", "scheduled_for"]  # fmt: skip
    return {
        "type": "object",
        "properties": {
            **dict.fromkeys(names, MAYBE),
            "id": WORD,
            "postage": {"enum": ["first", "second", "economy", "europe", "rest-of-world", None]},
            "type": {"enum": [kind]},
            "status": {"enum": STATUSES[kind]},
            "template": TEMPLATE,
            "body": WORD,
            "created_at": WORD,
            "sent_at": WORD,
        },
        "required": ["id", "reference", "type", "status", "template", "body", "created_at", "sent_at", "completed_at"],
        "additionalProperties": False,
    }


ERROR = {
    "type": "object",
    "properties": {
        "status_code": {"type": "integer"},
        "errors": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {"error": WORD, "message": WORD},
                "required": ["error", "message"],
                "additionalProperties": False,
            },
        },
    },
    "required": ["status_code", "errors"],
    "additionalProperties": False,
}


@pytest.fixture
def notify() -> Iterator[Notify]:
    with open_notify() as opened:
        yield opened


@pytest.fixture
def client(notify: Notify) -> NotificationsAPIClient:
    """Give Notify's own client, as its documentation makes it."""
    return NotificationsAPIClient(KEY, base_url=notify.url)


ADDRESS = {"address_line_1": "Mair Pretend", "address_line_2": "1 Made Up Street", "address_line_3": "SW1A 1AA"}


def send(client: NotificationsAPIClient, kind: str, reference: str | None = "ours") -> Any:
    if kind == "sms":
        return client.send_sms_notification("07700900123", TEXT, {"body": "Hello."}, reference=reference)
    if kind == "email":
        return client.send_email_notification("mair@person.example", EMAIL, {"body": "Hello."}, reference=reference)
    return client.send_letter_notification(LETTER, {**ADDRESS, "body": "Hello."}, reference=reference)


@pytest.mark.parametrize("kind", SENT)
def test_a_message_is_taken_and_told_of_as_published(client: NotificationsAPIClient, kind: str) -> None:
    taken = send(client, kind)
    jsonschema.validate(taken, SENT[kind])
    assert taken["reference"] == "ours" and taken["content"]["body"] == "Hello."
    found = client.get_notification_by_id(taken["id"])
    jsonschema.validate(found, one_message(kind))
    assert (found["id"], found["reference"], found["completed_at"]) == (taken["id"], "ours", None)


def test_messages_are_found_again_by_reference(client: NotificationsAPIClient) -> None:
    taken = [send(client, "sms", "one"), send(client, "sms", "two"), send(client, "sms", "one"), send(client, "sms", None)]
    found = client.get_all_notifications(reference="one")
    assert set(found) == {"notifications", "links"} and set(found["links"]) <= {"current", "next"}
    assert [one["id"] for one in found["notifications"]] == [taken[2]["id"], taken[0]["id"]]
    for one in found["notifications"]:
        jsonschema.validate(one, one_message("sms"))
    assert client.get_all_notifications(reference="three")["notifications"] == []


@pytest.mark.parametrize(("kind", "status"), [(kind, one) for kind in ("sms", "letter") for one in STATUSES[kind]])
def test_every_published_status_can_be_told(notify: Notify, client: NotificationsAPIClient, kind: str, status: str) -> None:
    taken = send(client, kind)
    notify.set_status("ours", status)
    jsonschema.validate(client.get_notification_by_id(taken["id"]), one_message(kind))


def refused(call: Any) -> tuple[int, str]:
    """Give status and kind of the error, whose shape is checked."""
    with pytest.raises(HTTPError) as no:
        call()
    assert no.value.response is not None
    said = no.value.response.json()
    jsonschema.validate(said, ERROR)
    assert said["status_code"] == no.value.status_code
    return no.value.status_code, said["errors"][0]["error"]


def test_errors_have_the_published_status_kind_and_shape(notify: Notify, client: NotificationsAPIClient) -> None:
    letter = client.send_letter_notification
    assert refused(lambda: client.send_sms_notification("0770", TEXT, {"body": "x"})) == (400, "ValidationError")
    assert refused(lambda: client.send_sms_notification("mair", TEXT, {"body": "x"})) == (400, "ValidationError")
    assert refused(lambda: client.send_sms_notification("07700900123", LETTER, {"body": "x"})) == (400, "BadRequestError")
    assert refused(lambda: client.send_sms_notification("07700900123", TEXT)) == (400, "BadRequestError")
    assert refused(lambda: letter(LETTER, {"body": "x"})) == (400, "ValidationError")
    assert refused(lambda: letter(LETTER, {**ADDRESS, "address_line_3": "nowhere", "body": "x"})) == (400, "ValidationError")
    assert refused(lambda: client.get_notification_by_id("nothing")) == (400, "ValidationError")
    assert refused(lambda: client.get_notification_by_id(uuid.uuid4())) == (404, "NoResultFound")
    for fault, kind in (("403", "AuthError"), ("429", "RateLimitError"), ("500", "Exception")):
        notify.unwell = [fault]
        assert refused(lambda: send(client, "sms")) == (int(fault), kind)
    assert notify.kept == []


def token(secret: str = SECRET, algorithm: str = "HS256", **claims: Any) -> str:
    return jwt.encode({"iss": SERVICE, "iat": int(time.time()), **claims}, secret, algorithm=algorithm)


WRONG = {
    "no token": ("", 401),
    "another scheme": ("Basic YTpi", 401),
    "another secret": (f"Bearer {token('x' * 36)}", 403),
    "another service": (f"Bearer {token(iss=str(uuid.uuid4()))}", 403),
    "not signed": (f"Bearer {token('', 'none')}", 403),
    "another way of signing": (f"Bearer {token('x' * 64, 'HS512')}", 403),
    "too old": (f"Bearer {token(iat=int(time.time()) - 120)}", 403),
    "not yet": (f"Bearer {token(iat=int(time.time()) + 600)}", 403),
}


@pytest.mark.parametrize("how", WRONG)
def test_only_the_services_own_fresh_token_is_let_in(notify: Notify, how: str) -> None:
    header, status = WRONG[how]
    said = requests.post(f"{notify.url}/v2/notifications/sms", json={}, headers={"Authorization": header}, timeout=5)
    assert said.status_code == status
    jsonschema.validate(said.json(), ERROR)


def test_a_fresh_token_of_the_service_is_let_in(notify: Notify) -> None:
    said = requests.get(f"{notify.url}/v2/notifications", headers={"Authorization": f"Bearer {token()}"}, timeout=5)
    assert (said.status_code, said.json()["notifications"]) == (200, [])
