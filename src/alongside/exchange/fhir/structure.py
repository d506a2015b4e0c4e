"""What the shape of FHIR R4 asks, in two halves: the structure by fhir.resources, the required codes by our own table.

fhir.resources does not check required value sets (it lets Observation.status "finalx" pass), so the table below does.
Liberal in what is read: what is found in a received message is a warning. Strict in what is written: our own answers
must come out of here without any. Source: FHIR R4 4.0.1, required bindings of the elements named.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from alongside.exchange.fhir.bars_codes import GENDERS, REQUEST_STATUSES
from alongside.exchange.fhir.node import Node
from alongside.exchange.fhir.problems import Problem

_NAME_USES = frozenset(("usual", "official", "temp", "nickname", "anonymous", "old", "maiden"))
_IDENTIFIER_USES = frozenset(("usual", "official", "temp", "secondary", "old"))
_TELECOM_SYSTEMS = frozenset(("phone", "fax", "email", "pager", "url", "sms", "other"))
_TELECOM_USES = frozenset(("home", "work", "temp", "old", "mobile"))
_RECORD_STATUSES = frozenset(("active", "inactive", "entered-in-error"))
_OBSERVATION_STATUSES = frozenset(
    ("registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown")
)
_ENCOUNTER_STATUSES = frozenset(
    ("planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown")
)
_REQUEST_INTENTS = frozenset(
    ("proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option")
)
_ISSUE_CODES = frozenset(
    (
        "invalid", "structure", "required", "value", "invariant", "security", "login", "unknown", "expired", "forbidden",
        "suppressed", "processing", "not-supported", "duplicate", "multiple-matches", "not-found", "deleted", "too-long",
        "code-invalid", "extension", "too-costly", "business-rule", "conflict", "transient", "lock-error", "no-store",
        "exception", "timeout", "incomplete", "throttled", "informational",
    )
)  # fmt: skip

REQUIRED_CODES: dict[tuple[str, str], frozenset[str]] = {
    ("Bundle", "type"): frozenset(
        (
            "document",
            "message",
            "transaction",
            "transaction-response",
            "batch",
            "batch-response",
            "history",
            "searchset",
            "collection",
        )
    ),
    ("MessageHeader", "response.code"): frozenset(("ok", "transient-error", "fatal-error")),
    ("Patient", "gender"): frozenset(GENDERS),
    ("Patient", "contact.gender"): frozenset(GENDERS),
    ("ServiceRequest", "status"): frozenset(REQUEST_STATUSES),
    ("ServiceRequest", "intent"): _REQUEST_INTENTS,
    ("ServiceRequest", "priority"): frozenset(("routine", "urgent", "asap", "stat")),
    ("Encounter", "status"): _ENCOUNTER_STATUSES,
    ("CarePlan", "status"): frozenset(REQUEST_STATUSES),
    ("CarePlan", "intent"): frozenset(("proposal", "plan", "order", "option")),
    ("Observation", "status"): _OBSERVATION_STATUSES,
    ("QuestionnaireResponse", "status"): frozenset(("in-progress", "completed", "amended", "entered-in-error", "stopped")),
    ("Flag", "status"): _RECORD_STATUSES,
    ("MedicationStatement", "status"): frozenset(
        ("active", "completed", "entered-in-error", "intended", "stopped", "on-hold", "unknown", "not-taken")
    ),
    ("OperationOutcome", "issue.severity"): frozenset(("fatal", "error", "warning", "information")),
    ("OperationOutcome", "issue.code"): _ISSUE_CODES,
    ("CapabilityStatement", "status"): frozenset(("draft", "active", "retired", "unknown")),
    ("CapabilityStatement", "kind"): frozenset(("instance", "capability", "requirements")),
    **{(kind, "name.use"): _NAME_USES for kind in ("Patient", "Practitioner")},
    **{(kind, "identifier.use"): _IDENTIFIER_USES for kind in ("Patient", "Practitioner", "Organization", "ServiceRequest")},
    **{(kind, "telecom.system"): _TELECOM_SYSTEMS for kind in ("Patient", "Practitioner", "Organization")},
    **{(kind, "telecom.use"): _TELECOM_USES for kind in ("Patient", "Practitioner", "Organization")},
    ("Patient", "contact.telecom.system"): _TELECOM_SYSTEMS,
    ("Patient", "contact.telecom.use"): _TELECOM_USES,
    ("Patient", "address.use"): frozenset(("home", "work", "temp", "old", "billing")),
    ("Patient", "address.type"): frozenset(("postal", "physical", "both")),
}
MOST = 50


def check_structure(resource: dict[str, Any]) -> tuple[Problem, ...]:
    """Check one resource, or a bundle with all that is in it.

    Out:      warnings with their places, at most `MOST`; nothing for what is as the standard asks.
    """
    found = [*_shape(resource), *_codes(Node(resource, str(resource.get("resourceType", "$this"))))]
    return tuple(found[:MOST])


def _shape(resource: dict[str, Any]) -> Iterator[Problem]:
    # Imported when first needed: the models take 0.4 s to load, and most of what starts never reads a message.
    from fhir.resources.R4B import get_fhir_model_class
    from pydantic import ValidationError

    kind = resource.get("resourceType")
    try:
        model = get_fhir_model_class(kind if isinstance(kind, str) else "")
    except (KeyError, ValueError, AttributeError):
        yield Problem("$this.resourceType", "structure", "This is not a resource of FHIR R4.")
        return
    try:
        model.model_validate(resource)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_input=False, include_context=False):
            yield Problem(_path(str(kind), one["loc"]), "structure", f"{one['msg'][:200].rstrip('.')}.")
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        # On what is far from FHIR (a resourceType that is a number) the library falls over with errors of its own.
        yield Problem(str(kind)[:60], "structure", "The shape is too far from FHIR R4 to be checked.")


def _path(kind: str, location: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part[:60]}" for part in location)
    return kind + "".join(parts)


def _codes(root: Node) -> Iterator[Problem]:
    kind = root.resource_type
    for (owner, steps), allowed in REQUIRED_CODES.items():
        if owner == kind:
            for place in _places(root, steps.split(".")):
                if place.is_there and place.text not in allowed:
                    yield Problem(place.path, "code-invalid", "The code is not in the value set that FHIR R4 requires here.")
    if kind == "Bundle":
        for entry in root.each("entry"):
            yield from _codes(entry["resource"]) if entry["resource"].resource_type != "Bundle" else ()


def _places(node: Node, steps: list[str]) -> Iterator[Node]:
    if not steps:
        yield node
        return
    for inner in node.each(steps[0]):
        yield from _places(inner, steps[1:])
