"""Patient: who the person is, as the sender wrote it, with whose each telephone number is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from alongside.exchange.fhir.bars_codes import GENDERS
from alongside.exchange.fhir.message import (
    Address,
    Organisation,
    Patient,
    PersonName,
    Telecom,
)
from alongside.exchange.fhir.node import Node, last_part
from alongside.exchange.fhir.problems import Problem
from alongside.vocabulary.nhs_number import NhsNumber, read_nhs_number

Find = Callable[[Node], Node | None]
"""Follow a reference within the message."""

_PART_OF_A_DATE = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2]))?")
"""A year, or a year and a month, which FHIR allows."""
_SELF = ("ONESELF", "SELF", "O")
_IMPOSSIBLE = {
    "wrong_length": "The NHS number does not have ten digits. It is kept as received and not used to find anybody.",
    "check_digit": "The NHS number fails its check digit. It is kept as received and not used to find anybody.",
    "placeholder": "The NHS number is one digit ten times. It is kept as received and not used to find anybody.",
}


def read_patient(resource: Node, key: str, find: Find, problems: list[Problem]) -> Patient:
    """Read a Patient as received; what is odd is noted with its place, and never keeps the person out."""
    numbers = tuple(_nhs_numbers(resource, problems))
    born_on, born_as_received = _birth_date(resource["birthDate"], problems)
    names = tuple(name for name in (_name(node) for node in resource.each("name")) if name.text)
    if not names:
        problems.append(Problem(f"{resource.path}.name", "required", "The patient has no name; we will ask what to call them."))
    gender = resource["gender"].text
    if gender and gender not in GENDERS:
        words = "The gender is not one of male, female, other, unknown; it is kept as received."
        problems.append(Problem(f"{resource.path}.gender", "code-invalid", words))
    languages = sorted(resource.each("communication"), key=lambda one: not one["preferred"].is_true)
    language = languages[0]["language"] if languages else Node(None, resource.path)
    return Patient(
        key=key,
        names=names,
        nhs_numbers=numbers,
        verification=_verification(resource),
        born_on=born_on,
        born_as_received=born_as_received,
        gender=gender,
        ethnicity=_extension(resource, "EthnicCategory")["valueCodeableConcept"].first("coding")["code"].text,
        addresses=tuple(_addresses(resource)),
        telecoms=tuple(_telecoms(resource)),
        language=language.first("coding")["code"].text or language["text"].text,
        interpreter=_needs_interpreter(resource),
        has_died=resource["deceasedBoolean"].is_true or bool(resource["deceasedDateTime"].text),
        gp=_practice(resource, find),
    )


def read_name(node: Node) -> str:
    """Say a HumanName: given and family name, or its text."""
    said = _name(node)
    return said.without_title or said.text


def read_organisation(resource: Node | None) -> Organisation:
    """Read an Organization: its name, its ODS code and a telephone number."""
    if resource is None:
        return Organisation()
    codes = [one for one in resource.each("identifier") if one["system"].text.casefold().endswith("ods-organization-code")]
    return Organisation(resource["name"].text[:160], codes[0]["value"].text[:20].upper() if codes else "", read_phone(resource))


def read_phone(resource: Node) -> str:
    """Give the first telephone number of a resource."""
    phones = (one["value"].text for one in resource.each("telecom") if one["system"].text in ("phone", ""))
    return next((phone[:60] for phone in phones if phone), "")


def _nhs_numbers(resource: Node, problems: list[Problem]) -> Iterator[NhsNumber]:
    for identifier in resource.each("identifier"):
        if not identifier["system"].text.casefold().endswith("nhs-number") or not identifier["value"].text:
            continue
        number = read_nhs_number(identifier["value"].text[:60])
        if number.problem:
            problems.append(Problem(f"{identifier.path}.value", "value", _IMPOSSIBLE[number.problem]))
        yield number


def _verification(resource: Node) -> str:
    for identifier in resource.each("identifier"):
        stated = _extension(identifier, "NHSNumberVerificationStatus")["valueCodeableConcept"].first("coding")["code"].text
        if stated:
            return stated
    return ""


def _birth_date(node: Node, problems: list[Problem]) -> tuple[date | None, str]:
    if not node.text:
        return None, ""
    if _PART_OF_A_DATE.fullmatch(node.text):
        return None, node.text
    try:
        return date.fromisoformat(node.text[:10]), node.text[:40]
    except ValueError:
        words = "The birth date is not a day of the calendar; it is kept as received."
        problems.append(Problem(node.path, "value", words))
        return None, node.text[:40]


def _name(node: Node) -> PersonName:
    given = " ".join(part.text for part in node.each("given") if part.text)
    without_title = " ".join(part for part in (given, node["family"].text) if part)
    prefix = " ".join(part.text for part in node.each("prefix") if part.text)
    whole = node["text"].text or f"{prefix} {without_title}".strip()
    return PersonName(whole[:160], (without_title or whole)[:160], node["use"].text)


def _addresses(resource: Node) -> Iterator[Address]:
    for node in resource.each("address"):
        lines = [line.text for line in node.each("line")]
        parts = [*lines, *(node[name].text for name in ("city", "district", "postalCode"))]
        text = node["text"].text or ", ".join(part for part in parts if part)
        if text:
            yield Address(text[:250], node["postalCode"].text.upper()[:10], node["use"].text)


def _telecoms(resource: Node) -> Iterator[Telecom]:
    for node in resource.each("telecom"):
        yield from _telecom(node)
    for contact in resource.each("contact"):
        relationship = contact.first("relationship")
        codes = {coding["code"].text.upper() for coding in relationship.each("coding")}
        words = "self" if codes & set(_SELF) else relationship.words
        for node in contact.each("telecom"):
            yield from _telecom(node, under_contact=True, relationship=words[:80], name=read_name(contact["name"]))


def _telecom(node: Node, *, under_contact: bool = False, relationship: str = "", name: str = "") -> Iterator[Telecom]:
    value, use = node["value"].text, node["use"].text
    if not value or use == "old" or node["period"]["end"].is_there:
        return
    rank = node["rank"].value
    yield Telecom(
        system=node["system"].text or "phone",
        value=value[:250],
        use=use,
        rank=rank if isinstance(rank, int) and not isinstance(rank, bool) and rank > 0 else 99,
        stood_under_contact=under_contact,
        relationship=relationship,
        contact_name=name[:80],
    )


def _needs_interpreter(resource: Node) -> bool:
    inside = [resource, *_extensions(resource, "NHSCommunication")]
    named = [
        found
        for holder in inside
        for found in (*_extensions(holder, "interpreterRequired"), *_extensions(holder, "patient-interpreterRequired"))
    ]
    return any(one["valueBoolean"].is_true for one in named)


def _practice(resource: Node, find: Find) -> Organisation:
    for reference in resource.each("generalPractitioner"):
        found = find(reference)
        if found is None:
            identifier = reference["identifier"]
            if identifier["value"].text:
                return Organisation(reference["display"].text[:160], identifier["value"].text[:20])
            continue
        if found.resource_type == "PractitionerRole":
            found = find(found["organization"]) or found
        return read_organisation(found)
    return Organisation()


def _extensions(holder: Node, end: str) -> Iterator[Node]:
    for extension in holder.each("extension"):
        if last_part(extension["url"].text).endswith(end.casefold()):
            yield extension


def _extension(holder: Node, end: str) -> Node:
    return next(_extensions(holder, end), Node(None, f"{holder.path}.extension"))
