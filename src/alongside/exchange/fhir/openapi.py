"""How the FHIR operations stand in the OpenAPI description: bodies, answers, every declared no."""

from __future__ import annotations

from typing import Any

from alongside.exchange.fhir.outcome import ANSWERS
from alongside.exchange.fhir.received_text import MAX_BYTES

_FHIR = "application/fhir+json"
_HEADERS = [
    {
        "name": name,
        "in": "header",
        "required": False,
        "description": "Given back in the answer.",
        "schema": {"type": "string", "maxLength": 200},
    }
    for name in ("X-Request-Id", "X-Correlation-Id")
]


def _resource(kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "title": kind,
        "required": ["resourceType"],
        "properties": {"resourceType": {"const": kind}},
    }


def _answer(description: str, kind: str) -> dict[str, Any]:
    return {"description": description, "content": {_FHIR: {"schema": _resource(kind)}}}


def _answers_of(status: int) -> str:
    said = sorted({f"{answer.code} ({answer.issue})" for answer in ANSWERS.values() if answer.status == status})
    return ", ".join(said)


_NOES: dict[int, Any] = {
    status: _answer(_answers_of(status), "OperationOutcome") for status in sorted({answer.status for answer in ANSWERS.values()})
}
PROCESS_MESSAGE: dict[str, Any] = {
    "summary": "Introduce somebody by a BaRS message",
    "description": (
        "Takes one Bundle of type message. The same Bundle.id with the same content gets the same answer and makes one referral;"
        f" other content under the same id is a conflict. Up to {MAX_BYTES:,} bytes. An answer means that it is stored."
    ),
    "parameters": _HEADERS,
    "security": [{"bearer": []}],
    "requestBody": {"required": True, "content": {_FHIR: {"schema": _resource("Bundle")}}},
    "responses": {200: _answer("Taken; the Bundle carries our reference.", "Bundle"), **_NOES},
}
METADATA: dict[str, Any] = {
    "summary": "What is spoken here",
    "responses": {200: _answer("What this hub speaks.", "CapabilityStatement"), 405: _NOES[405]},
}
