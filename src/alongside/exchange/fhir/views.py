"""The FHIR address of a hub: messages come in, and it says what it speaks. Every answer is FHIR, also every no."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.views.decorators.csrf import csrf_exempt
from ninja import Router

from alongside.access.clients import client_actor
from alongside.exchange.fhir.capability import capability_statement
from alongside.exchange.fhir.headers import END_USER
from alongside.exchange.fhir.openapi import METADATA, PROCESS_MESSAGE
from alongside.exchange.fhir.outcome import http_status, operation_outcome
from alongside.exchange.fhir.problems import Problem
from alongside.exchange.fhir.received_text import MAX_BYTES, too_large
from alongside.exchange.intake import take_in
from alongside.vocabulary.clock import now

log = logging.getLogger("alongside.exchange")

_NO_TOKEN = Problem("", "token", "Send the bearer token that this hub gave to your organisation.", "error")
_NOT_HERE = Problem("", "not-found", "There is nothing at this address. GET /fhir/metadata says what is spoken here.", "error")
_CUT_OFF = Problem("$this", "invalid", "The connection ended before the message did. Please send it again.", "error")
_TRY_AGAIN = Problem(
    "", "transient", "We could not keep this safely, so nothing was taken. The same message may be sent again.", "error"
)
router = Router(tags=["FHIR"])

_ECHOED = ("X-Request-Id", "X-Correlation-Id")

View = Callable[[HttpRequest], HttpResponse]


def speaks_fhir(*methods: str) -> Callable[[View], View]:
    """Make a view answer in FHIR whatever happens, and give back the sender's own request ids."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest) -> HttpResponse:
            response = _answer(view, request) if request.method in methods else _other_method(methods)
            for name in _ECHOED:
                value = request.headers.get(name, "")
                if value and value.isascii() and value.isprintable() and len(value) <= 200:
                    response.headers[name] = value
            response.headers["Cache-Control"] = "no-store"
            return response

        return answer

    return decorate


@router.api_operation(["GET", "PUT", "PATCH", "DELETE"], "/$process-message", include_in_schema=False)
@router.post("/$process-message", operation_id="process-message", openapi_extra=PROCESS_MESSAGE)
@speaks_fhir("POST")
def process_message(request: HttpRequest) -> HttpResponse:
    """Take one BaRS message from a client organisation; it is answered only when everything is committed."""
    at = now()
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    actor = client_actor(token.strip(), at=at) if scheme.casefold() == "bearer" and token.strip() else None
    if actor is None:
        response = fhir([_NO_TOKEN])
        response.headers["WWW-Authenticate"] = 'Bearer realm="messages"'
        return response
    size = request.META.get("CONTENT_LENGTH") or "0"
    if size.isdecimal() and int(size) > MAX_BYTES:
        return fhir([too_large(int(size))])
    end_user = request.headers.get(END_USER, "")[:4_000]
    answered = take_in(actor=actor, at=at, content=request.body, address=settings.PUBLIC_ADDRESS, end_user_header=end_user)
    response = fhir_body(answered.body, answered.status)
    if answered.status == 503:
        response.headers["Retry-After"] = "5"
    return response


@router.api_operation(["POST", "PUT", "PATCH", "DELETE"], "/metadata", include_in_schema=False)
@router.get("/metadata", operation_id="metadata", openapi_extra=METADATA)
@speaks_fhir("GET", "HEAD")
def metadata(request: HttpRequest) -> HttpResponse:
    """Say what this hub speaks (CapabilityStatement); open to everybody, and about nobody."""
    return fhir_body(capability_statement(address=settings.PUBLIC_ADDRESS), 200)


@speaks_fhir("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
def not_here(request: HttpRequest) -> HttpResponse:
    """Say that nothing is spoken at an address where somebody looked for FHIR."""
    return fhir([_NOT_HERE])


def fhir(problems: list[Problem]) -> HttpResponse:
    """Answer with an OperationOutcome."""
    return fhir_body(operation_outcome(problems), http_status(problems))


def fhir_body(body: dict[str, Any], status: int) -> HttpResponse:
    """Answer with a FHIR resource; its names are sorted, so that the same answer is the same bytes."""
    content = json.dumps(body, sort_keys=True, ensure_ascii=False)
    return HttpResponse(content, status=status, content_type="application/fhir+json; charset=utf-8")


def _answer(view: View, request: HttpRequest) -> HttpResponse:
    try:
        return view(request)
    except RequestDataTooBig:
        return fhir([too_large(int(request.META.get("CONTENT_LENGTH") or 0))])
    except UnreadablePostError:
        return fhir([_CUT_OFF])
    except (OperationalError, InterfaceError) as problem:
        # Full disk, locked database, lost connection: nothing was kept, and the same message may be sent again.
        cause = problem.__cause__
        name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None)
        log.error("database %s (%s) while taking a message", type(problem).__name__, name)
        response = fhir([_TRY_AGAIN])
        response.headers["Retry-After"] = "5"
        return response
    except Exception as problem:  # noqa: BLE001 - nobody may get a page where FHIR is spoken
        # The text of the problem goes nowhere: it could hold a name (ADR 0009).
        reference = secrets.token_hex(4)
        log.error("unexpected %s while taking a message, reference %s", type(problem).__name__, reference)
        words = f"Something went wrong on our side; nothing was taken. Reference {reference}."
        return fhir([Problem("", "exception", words, "error")])


def _other_method(methods: tuple[str, ...]) -> HttpResponse:
    response = fhir([Problem("", "method", f"This address takes {' and '.join(methods)}.", "error")])
    response.headers["Allow"] = ", ".join(methods)
    return response
