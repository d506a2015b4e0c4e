"""A hub with a front door, and clients that may send to it, made through the commands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from alongside.access.clients import let_client_in
from alongside.hubs.commands import add_organisation, add_team, begin_hub
from alongside.hubs.models import Hub, Team
from alongside.vocabulary.actor import Actor

AT = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
INSTALLER = Actor.system("installer")


@dataclass(frozen=True)
class Place:
    hub: Hub
    team: Team
    token: str
    client_id: int


def open_hub(slug: str = "dyffryn") -> Place:
    """Begin a hub whose front door is held by a duty team, with one client that may send to it."""
    hub = begin_hub(actor=INSTALLER, at=AT, name="Dyffryn Hub", slug=slug, nation="wales")
    organisation = add_organisation(actor=INSTALLER, at=AT, hub_id=hub.pk, name=f"Pretend Trust {slug}", sector="nhs_trust")
    team = add_team(actor=INSTALLER, at=AT, hub_id=hub.pk, organisation_id=organisation.pk, name="Front door", kind="duty")
    Hub.objects.filter(pk=hub.pk).update(front_door_team=team)
    token, client_id = new_client(hub, "Pretend 111")
    return Place(Hub.objects.get(pk=hub.pk), team, token, client_id)


def new_client(hub: Hub, name: str) -> tuple[str, int]:
    """Let the machine of another organisation in."""
    organisation = add_organisation(actor=INSTALLER, at=AT, hub_id=hub.pk, name=name, sector="ambulance")
    client, token = let_client_in(actor=INSTALLER, at=AT, hub_id=hub.pk, organisation_id=organisation.pk, name=name)
    return token, client.pk


def referral_message(message_id: str = "made-up-1", **changes: Any) -> bytes:
    """Write a small referral about a made-up person."""
    system = "https://fhir.nhs.uk/CodeSystem/"
    request = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "plan",
        "category": [{"coding": [{"system": f"{system}message-category-servicerequest", "code": "referral"}]}],
        "subject": {"reference": "urn:uuid:p"},
        "reasonCode": [{"text": "Cannot sleep since the move"}],
    }
    header = {
        "resourceType": "MessageHeader",
        "eventCoding": {"system": f"{system}message-events-bars", "code": "servicerequest-request"},
        "source": {"name": "Pretend 111", "endpoint": "https://sender.example"},
        "reason": {"coding": [{"system": f"{system}message-reason-bars", "code": changes.pop("reason", "new")}]},
        "focus": [{"reference": "urn:uuid:r1"}],
    }
    patient = {
        "resourceType": "Patient",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}],
        "name": [{"given": ["Mair"], "family": "Pretend"}],
        "birthDate": "1990-02-03",
        "telecom": [{"system": "phone", "value": "07700 900123"}],
    }
    entries = (("h", header), ("r1", request | changes), ("p", patient))
    bundle = {
        "resourceType": "Bundle",
        "id": message_id,
        "meta": {"profile": ["https://fhir.nhs.uk/StructureDefinition/BARSBundleMessage"]},
        "type": "message",
        "entry": [{"fullUrl": f"urn:uuid:{key}", "resource": resource} for key, resource in entries],
    }
    return json.dumps(bundle).encode()
