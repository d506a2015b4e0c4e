"""The response to a referral that was taken, or to a request that was taken back: strict, and the same for everybody.

It repeats only what the sender sent and gives our reference; it never shows whether we knew the person before.
Source: BaRS MessageDefinition bars-message-servicerequest-response-referral-short.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from alongside.exchange.fhir.message import Message
from alongside.exchange.fhir.outcome import id_for

BARS = "https://fhir.nhs.uk/StructureDefinition/"
UK_CORE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-"
ODS = "https://fhir.nhs.uk/Id/ods-organization-code"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
DEFINITION = "https://fhir.nhs.uk/MessageDefinition/bars-message-servicerequest-response-referral-short"
EVENTS = "https://fhir.nhs.uk/CodeSystem/message-events-bars"
MESSAGE_REASONS = "https://fhir.nhs.uk/CodeSystem/message-reason-bars"
CATEGORIES = "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest"
SOFTWARE = "Alongside"


def response_message(
    message: Message, *, message_id: str, reference: str, at: datetime, held_by: str, held_by_ods: str = "", address: str
) -> dict[str, Any]:
    """Write the Bundle that answers one message: taken, by whom, under which reference.

    In:       `message_id` is the id to answer to (the sender's, or ours when it gave none); `address` is the hub's web address.
    Source:   FHIR R4 messaging (MessageHeader.response); BaRS Response - Referral Short.
    """
    key = {what: id_for(message_id, what) for what in ("bundle", "header", "us", "sender", "receiving", "sent", "asker", "role")}
    patient_key = message.patient.key if message.patient and message.patient.key else id_for(message_id, "patient")
    request_key = message.request.key or id_for(message_id, "request")
    moment = at.isoformat(timespec="seconds")
    about = {"subject": {"reference": f"urn:uuid:{patient_key}"}}
    resources = {
        key["header"]: _header(message, message_id, key, request_key, address),
        request_key: _request(message, reference, about, key, address),
        patient_key: _patient(message),
        key["sent"]: _encounter(about, "finished"),
        key["receiving"]: _encounter(about, "planned") | {"identifier": [_reference(reference, address)]},
        key["us"]: _organisation(held_by, held_by_ods),
        key["sender"]: _organisation(message.sender.name or message.source or "Sender", message.sender.ods_code),
        key["asker"]: _profiled("Practitioner") | {"name": [{"text": message.asker.name or "Not named in the message"}]},
        key["role"]: _profiled("PractitionerRole")
        | {
            "practitioner": {"reference": f"urn:uuid:{key['asker']}"},
            "organization": {"reference": f"urn:uuid:{key['sender']}"},
        },
    }
    return {
        "resourceType": "Bundle",
        "id": key["bundle"],
        "meta": {"profile": [f"{BARS}BARSBundleMessage"], "lastUpdated": moment},
        "type": "message",
        "timestamp": moment,
        "entry": [{"fullUrl": f"urn:uuid:{own}", "resource": resource} for own, resource in resources.items()],
    }


def _header(message: Message, message_id: str, key: dict[str, str], request_key: str, address: str) -> dict[str, Any]:
    reason = message.reason if message.reason in ("new", "update", "delete") else "new"
    return {
        "resourceType": "MessageHeader",
        "meta": {"profile": [f"{BARS}BARSMessageHeader-servicerequest-response"]},
        "eventCoding": {"system": EVENTS, "code": "servicerequest-response"},
        "destination": [{"endpoint": address, "receiver": {"reference": f"urn:uuid:{key['sender']}"}}],
        "sender": {"reference": f"urn:uuid:{key['us']}"},
        "source": {"name": SOFTWARE, "software": SOFTWARE, "endpoint": address},
        "reason": {"coding": [{"system": MESSAGE_REASONS, "code": reason}]},
        "response": {"identifier": _as_id(message_id), "code": "ok"},
        "focus": [{"reference": f"urn:uuid:{request_key}"}],
        "definition": DEFINITION,
    }


def _request(message: Message, reference: str, about: dict[str, Any], key: dict[str, str], address: str) -> dict[str, Any]:
    status = "revoked" if message.kind == "revocation" else "active"
    return {
        "resourceType": "ServiceRequest",
        "meta": {"profile": [f"{BARS}BARSServiceRequest-request-referral"]},
        "identifier": [_reference(reference, address)],
        "status": status,
        "intent": "plan",
        "category": [{"coding": [{"system": CATEGORIES, "code": "referral", "display": "Transfer of Care"}]}],
        **about,
        "encounter": {"reference": f"urn:uuid:{key['sent']}"},
        "requester": {"reference": f"urn:uuid:{key['asker']}"},
        "performer": [{"reference": f"urn:uuid:{key['us']}"}],
    }


def _patient(message: Message) -> dict[str, Any]:
    patient = _profiled("Patient")
    received = message.patient
    if received is None:
        return patient | {"name": [{"text": "Not named in the message"}]}
    valid = [number.digits for number in received.nhs_numbers if number.is_valid]
    if valid:
        patient["identifier"] = [{"system": NHS_NUMBER, "value": number} for number in valid]
    patient["name"] = [{"text": received.names[0].text if received.names else "Not named in the message"}]
    if received.born_on:
        patient["birthDate"] = received.born_on.isoformat()
    return patient


def _encounter(about: dict[str, Any], status: str) -> dict[str, Any]:
    kind = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB", "display": "ambulatory"}
    return _profiled("Encounter") | {"status": status, "class": kind, **about}


def _organisation(name: str, ods_code: str) -> dict[str, Any]:
    organisation = _profiled("Organization") | {"name": name}
    return organisation | {"identifier": [{"system": ODS, "value": ods_code}]} if ods_code else organisation


def _profiled(kind: str) -> dict[str, Any]:
    return {"resourceType": kind, "meta": {"profile": [f"{UK_CORE}{kind}"]}}


def _reference(reference: str, address: str) -> dict[str, Any]:
    return {"system": f"{address.rstrip('/')}/id/reference", "value": reference}


def _as_id(text: str) -> str:
    """Give an id as FHIR allows it: 64 letters, digits, dots and dashes."""
    kept = "".join(char if char.isascii() and (char.isalnum() or char in ".-") else "-" for char in text)
    return kept[:64] or "unnamed"
