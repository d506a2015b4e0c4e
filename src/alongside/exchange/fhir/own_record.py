"""A person's own record as FHIR R4, for the parts that have a sensible shape there: who they are, allergies, medicines, meetings.

It takes plain values and reads no table; the rest of a copy is plain JSON beside it. Strict in what is written: what comes out has no
finding of `structure.check_structure` (a test holds it). Source: FHIR R4 4.0.1; S2-348 (data portability, UK GDPR art. 20).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose record it is, as far as the copy says."""

    key: UUID
    name: str
    born_on: date | None = None
    nhs_numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """One item: an allergy, a medicine or a meeting."""

    kind: str
    """allergy, medicine or contact."""
    key: UUID
    words: str
    at: datetime
    is_over: bool = False
    """It no longer holds; or, of a meeting, it has been."""
    is_virtual: bool = False


def bundle(whose: Whose, items: Iterable[Told]) -> dict[str, Any]:
    """Write a collection: the Patient, and a resource for each item that has a shape of its own here."""
    subject = {"reference": f"urn:uuid:{whose.key}"}
    resources = [(whose.key, _patient(whose)), *((one.key, _MADE[one.kind](one, subject)) for one in items if one.kind in _MADE)]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{key}", "resource": resource} for key, resource in resources],
    }


def _patient(whose: Whose) -> dict[str, Any]:
    made: dict[str, Any] = {"resourceType": "Patient", "name": [{"text": whose.name}]}
    if whose.nhs_numbers:
        made["identifier"] = [{"system": NHS_NUMBER, "value": number} for number in whose.nhs_numbers]
    if whose.born_on:
        made["birthDate"] = whose.born_on.isoformat()
    reached = [("phone", one) for one in whose.phones] + [("email", one) for one in whose.emails]
    if reached:
        made["telecom"] = [{"system": system, "value": value} for system, value in reached]
    return made


def _allergy(one: Told, patient: dict[str, str]) -> dict[str, Any]:
    status = "inactive" if one.is_over else "active"
    system = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
    return {
        "resourceType": "AllergyIntolerance",
        "clinicalStatus": {"coding": [{"system": system, "code": status}]},
        "code": {"text": one.words},
        "patient": patient,
        "recordedDate": one.at.isoformat(),
    }


def _medicine(one: Told, subject: dict[str, str]) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "status": "stopped" if one.is_over else "active",
        "medicationCodeableConcept": {"text": one.words},
        "subject": subject,
        "dateAsserted": one.at.isoformat(),
    }


def _contact(one: Told, subject: dict[str, str]) -> dict[str, Any]:
    code, display = ("VR", "virtual") if one.is_virtual else ("AMB", "ambulatory")
    made: dict[str, Any] = {
        "resourceType": "Encounter",
        "status": "finished",
        "class": {"system": ACT_CODE, "code": code, "display": display},
        "subject": subject,
        "period": {"start": one.at.isoformat(), "end": one.at.isoformat()},
    }
    if one.words:
        made["reasonCode"] = [{"text": one.words}]
    return made


_MADE = {"allergy": _allergy, "medicine": _medicine, "contact": _contact}
