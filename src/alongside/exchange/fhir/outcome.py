"""What we answer: an OperationOutcome that names the place and the reason, or the response to a referral that was taken.

The pairs of HTTP status and code are the standard's. Source: BaRS API 1.4.0, examples OperationOutcome/REC.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from alongside.exchange.fhir.message import Message
from alongside.exchange.fhir.problems import Problem

ERROR_CODES = "https://fhir.nhs.uk/Codesystem/http-error-codes"
OUTCOME_PROFILE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-OperationOutcome"
_NAMESPACE = uuid.UUID("5f0c6f9e-6c0e-5d0e-9d3a-3a2b7c1d4e50")
"""Ids in our answers are made from the message's id, so that the same message gets the same answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one kind of no is said: the HTTP status, the standard's code and the FHIR issue type."""

    status: int
    code: str
    issue: str


ANSWERS = {
    "invalid": Answer(400, "REC_BAD_REQUEST", "invalid"),
    "invariant": Answer(400, "REC_BAD_REQUEST", "invariant"),
    "required": Answer(400, "REC_BAD_REQUEST", "required"),
    "value": Answer(400, "REC_BAD_REQUEST", "value"),
    "token": Answer(401, "REC_UNAUTHORIZED", "forbidden"),
    "forbidden": Answer(403, "REC_FORBIDDEN", "forbidden"),
    "not-found": Answer(404, "REC_NOT_FOUND", "not-found"),
    "method": Answer(405, "REC_METHOD_NOT_ALLOWED", "not-supported"),
    "not-acceptable": Answer(406, "REC_NOT_ACCEPTABLE", "processing"),
    "conflict": Answer(409, "REC_CONFLICT", "conflict"),
    "duplicate": Answer(409, "REC_CONFLICT", "duplicate"),
    "not-supported-version": Answer(422, "REC_UNPROCESSABLE_ENTITY", "not-supported"),
    "too-costly": Answer(422, "REC_UNPROCESSABLE_ENTITY", "too-costly"),
    "exception": Answer(500, "REC_SERVER_ERROR", "exception"),
    "not-supported": Answer(501, "REC_NOT_IMPLEMENTED", "not-supported"),
    "transient": Answer(503, "REC_SERVICE_UNAVAILABLE", "transient"),
}
"""By the code of the problem that stops a message; what only warns keeps its own issue type and no error code."""

NOT_SPOKEN = {
    "validation": (
        "ServiceRequest.category",
        (
            "We do not check other services' assessments (category “validation”). Nobody was taken in and nothing will be checked."
            " Send category “referral” to introduce somebody to us."
        ),
    ),
    "booking": (
        "MessageHeader.eventCoding.code",
        "We do not take bookings by message yet; nothing was booked. Send servicerequest-request to introduce somebody to us.",
    ),
    "response": (
        "MessageHeader.eventCoding.code",
        "We have asked nothing by message, so we cannot use a response. Please telephone if it is about somebody we hold.",
    ),
}
"""What is understood but not spoken yet: where it stands, and what to do instead."""


def not_spoken(message: Message) -> Problem | None:
    """Say why a message of a kind that we do not speak yet is not acted on; nothing for the kinds that we speak."""
    if message.kind not in NOT_SPOKEN:
        return None
    path, words = NOT_SPOKEN[message.kind]
    return Problem(path, "not-supported", words, "error")


def http_status(problems: Iterable[Problem]) -> int:
    """Give the HTTP status of the first problem that stops; 200 when none does."""
    return next((answer_for(problem).status for problem in problems if problem.stops), 200)


def answer_for(problem: Problem) -> Answer:
    """Say how a stopping problem is answered."""
    return ANSWERS.get(problem.code, ANSWERS["invalid"])


def operation_outcome(problems: Sequence[Problem]) -> dict[str, Any]:
    """Write an OperationOutcome with one issue for each problem, in their order.

    Empty:    one informational issue that says all is well.
    """
    issues = [_issue(problem) for problem in problems]
    well = {"severity": "information", "code": "informational", "diagnostics": "Nothing was found wrong."}
    return {"resourceType": "OperationOutcome", "meta": {"profile": [OUTCOME_PROFILE]}, "issue": issues or [well]}


def _issue(problem: Problem) -> dict[str, Any]:
    issue: dict[str, Any] = {"severity": problem.severity, "code": problem.code}
    if problem.stops:
        answer = answer_for(problem)
        issue["code"] = answer.issue
        issue["details"] = {"coding": [{"system": ERROR_CODES, "code": answer.code}]}
    issue["diagnostics"] = problem.words
    if problem.path:
        issue["expression"] = [problem.path]
    return issue


def id_for(message_id: str, what: str) -> str:
    """Make the id of one part of our answer to one message."""
    return str(uuid.uuid5(_NAMESPACE, f"{message_id}/{what}"))
