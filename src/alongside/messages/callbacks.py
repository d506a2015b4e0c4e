"""Where GOV.UK Notify says what became of a text, or that a letter came back: with a token of our own, and answered without a word.

Source: https://docs.notifications.service.gov.uk/rest-api.html#callbacks; trust.md H13.
"""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from alongside.messages.commands import note_what_became
from alongside.messages.queries import message_sent_as
from alongside.refusals import NotFound
from alongside.vocabulary.actor import Actor
from alongside.vocabulary.clock import now

LARGEST = 20_000


@csrf_exempt
def became(request: HttpRequest) -> HttpResponse:
    """Take what became of a message; whoever has no token finds nothing here, and what we do not know is taken and forgotten."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    ours = settings.NOTIFY_CALLBACK_TOKEN
    if request.method != "POST" or not ours or scheme != "Bearer" or not constant_time_compare(token, ours):
        raise NotFound
    size = request.META.get("CONTENT_LENGTH") or "0"
    if not size.isdecimal() or int(size) > LARGEST:
        return HttpResponse(status=413)
    try:
        said = json.loads(request.body)
    except ValueError:
        return HttpResponse(status=400)
    key, number, status = _read(said if isinstance(said, dict) else {})
    message = message_sent_as(key, number)
    if message and status:
        note_what_became(actor=Actor.system("notify", message.hub_id), at=now(), message_id=message.pk, status=status)
    return HttpResponse(status=204)


def _read(said: dict[str, Any]) -> tuple[str, str, str]:
    """Give our key, their number and the state; of a letter that came back they say only which one it is."""
    returned = "notification_id" in said and "status" not in said
    number, status = (said.get("notification_id"), "returned-letter") if returned else (said.get("id"), said.get("status"))
    return tuple(value if isinstance(value, str) else "" for value in (said.get("reference"), number, status))  # type: ignore[return-value]  # three
