"""What a hub speaks, as a CapabilityStatement. Source: FHIR R4 CapabilityStatement; BaRS API 1.4.0, GET /metadata."""

from __future__ import annotations

from typing import Any

from alongside.exchange.fhir.response import SOFTWARE

BARS_VERSION = "1.4.0"
_DEFINITION = "https://fhir.nhs.uk/MessageDefinition/"
_MESSAGES = (
    ("receiver", "bars-message-servicerequest-request-referral"),
    ("receiver", "bars-message-servicerequest-request-cancelled"),
    ("sender", "bars-message-servicerequest-response-referral-short"),
)


def capability_statement(*, address: str) -> dict[str, Any]:
    """Write down which messages are taken, at which address, and what is not spoken yet."""
    base = f"{address.rstrip('/')}/fhir"
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{base}/metadata",
        "name": "AlongsideHub",
        "status": "active",
        "date": "2026-11-24",
        "kind": "instance",
        "software": {"name": SOFTWARE},
        "implementation": {"description": "A hub that takes referrals by message", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json"],
        "rest": [
            {
                "mode": "server",
                "documentation": f"NHS Booking and Referral Standard {BARS_VERSION}, as a receiver of referrals.",
                "security": {"description": "A bearer token for each client organisation."},
                "operation": [
                    {
                        "name": "process-message",
                        "definition": "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
                    }
                ],
            }
        ],
        "messaging": [
            {
                "documentation": (
                    "Referrals are taken and answered; new words about one are added to it; a request taken back makes a"
                    " call-back. Validation and booking are answered with an OperationOutcome (not-supported)."
                ),
                "supportedMessage": [{"mode": mode, "definition": f"{_DEFINITION}{name}"} for mode, name in _MESSAGES],
            }
        ],
    }
