"""Booking and Referral Standard: from the text of a message to what it says. Reads only; writes nothing.

Liberal in what is read: addresses with spaces, references in several spellings, single values without their list. What
was tolerated is noted with its place. Source: NHS BaRS API 1.4.0; FHIR R4 messaging.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from alongside.exchange.fhir import bars_codes as codes
from alongside.exchange.fhir.message import (
    Asker,
    Attachment,
    Consent,
    Flag,
    Message,
    Organisation,
    Patient,
    Request,
)
from alongside.exchange.fhir.node import Node, last_part
from alongside.exchange.fhir.patient import (
    read_name,
    read_organisation,
    read_patient,
    read_phone,
)
from alongside.exchange.fhir.problems import Problem, UnreadableMessage
from alongside.exchange.fhir.received_text import decode, load
from alongside.exchange.fhir.words import statements
from alongside.vocabulary.urgency import raise_only

MOST_ENTRIES = 500
MOST_PROBLEMS = 100
"""What one answer names; the rest is counted."""


def read_message(content: bytes | str) -> Message:
    """Read one message whole.

    Out:      a `Message`; it may be taken when it has no stopping problems. `message.kind` says what it is.
    Refuses:  UnreadableMessage when there is no message bundle to speak of.
    Source:   issue part D16; BaRS API 1.4.0, $process-message.
    """
    text, noticed = decode(content)
    return read_loaded(load(text), noticed)


def read_loaded(value: Any, noticed: tuple[Problem, ...] = ()) -> Message:
    """Read one message from JSON values that passed `load`.

    Refuses:  UnreadableMessage when there is no message bundle to speak of.
    """
    bundle = _Bundle.open(value, list(noticed))
    header = bundle.header()
    event = header["eventCoding"]["code"].text
    reason = header["reason"].first("coding")["code"].text or "new"
    request = bundle.request(header) if event.startswith("servicerequest") else None
    patient = bundle.patient(request, event) if event in codes.EVENTS else None
    asked = _read_request(request, bundle)
    kind = _kind(event, reason, asked)
    bundle.check_known("MessageHeader.eventCoding", event, codes.EVENTS, header["eventCoding"]["code"].path, stops=True)
    bundle.check_known("MessageHeader.reason", reason, codes.REASONS, f"{header.path}.reason.coding[0].code")
    sender = bundle.find(header["sender"]) or bundle.find(header["responsible"])
    return Message(
        message_id=bundle.message_id,
        event=event,
        reason=reason,
        kind=kind,
        definition=last_part(header["definition"].text),
        sender=read_organisation(sender) if sender else Organisation(header["sender"]["display"].text[:160]),
        receiver=read_organisation(bundle.find(header.first("destination")["receiver"])),
        source=header["source"]["name"].text[:160],
        source_phone=header["source"]["contact"]["value"].text[:60],
        request=asked,
        asker=_read_asker(request, bundle),
        patient=patient,
        said=statements(bundle.resources),
        flags=tuple(_flags(bundle)),
        attachments=tuple(_attachments(bundle)),
        consent=_consent(bundle),
        problems=bundle.noticed(),
    )


def _kind(event: str, reason: str, asked: Request) -> str:
    if event.startswith("booking-"):
        return "booking"
    if event == "servicerequest-response":
        return "response"
    if event != "servicerequest-request":
        return "unknown"
    if asked.status in codes.TAKEN_BACK or reason == "delete":
        return "revocation"
    if asked.category == "validation":
        return "validation"
    return "update" if reason == "update" else "referral"


@dataclass
class _Bundle:
    """The resources of one message, found by whatever way they are referred to."""

    root: Node
    resources: list[Node]
    keys: list[str]
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def open(cls, value: Any, problems: list[Problem]) -> _Bundle:
        """Check that this is a message bundle of a profile that we read, and list what is in it."""
        root = Node(value, "Bundle")
        kind = root.resource_type
        if kind != "Bundle":
            what = f"a {kind[:40]}" if kind else "something without a resourceType"
            raise UnreadableMessage(
                Problem("$this.resourceType", "invalid", f"We take a Bundle of type message here; this is {what}.", "fatal")
            )
        if root["type"].text != "message":
            words = "We take a Bundle of type message here; this Bundle has another type."
            raise UnreadableMessage(Problem("Bundle.type", "invalid", words, "fatal"))
        bundle = cls(root, [], [], problems)
        bundle._check_profile()
        entries = list(root.each("entry"))
        if len(entries) > MOST_ENTRIES:
            words = f"The message has {len(entries):,} entries; we take up to {MOST_ENTRIES}."
            raise UnreadableMessage(Problem("Bundle.entry", "too-costly", words, "fatal"))
        for entry in entries:
            bundle._add(entry)
        return bundle

    def _check_profile(self) -> None:
        named = [(one, last_part(one.text)) for one in self.root["meta"].each("profile") if one.text]
        if not named:
            words = "The message names no profile; it was read as a Booking and Referral Standard message."
            self.note("Bundle.meta.profile", "required", words)
        elif not any(name in codes.BUNDLE_PROFILES and "stu3" not in one.text.casefold() for one, name in named):
            words = "The message names a profile that we do not speak. We read BARSBundleMessage (BaRS, FHIR R4)."
            self.note(named[0][0].path, "not-supported-version", words, "error")
        for one, _name in named:
            if isinstance(one.value, str) and one.value != one.value.strip():
                self.note(one.path, "value", "The address has spaces around it; they were left out.", "information")

    def _add(self, entry: Node) -> None:
        resource = entry["resource"]
        if not isinstance(resource.value, dict):
            if not entry.resource_type:
                self.note(resource.path, "required", "The entry holds no resource; it was left out.")
                return
            self.note(resource.path, "structure", "The resource stands in the entry itself; it was read there.")
            resource = entry
        if not resource.resource_type:
            resource = self._named_by_profile(resource)
        self.resources.append(resource)
        self.keys.append(last_part(entry["fullUrl"].text) or last_part(resource["id"].text))

    def _named_by_profile(self, resource: Node) -> Node:
        for profile in resource["meta"].each("profile"):
            found = re.match(r"(?:ukcore-|bars)?([a-z]+)", last_part(profile.text))
            known = next((name for name in _RESOURCES if found and name.casefold() == found[1]), "")
            if known:
                self.note(f"{resource.path}.resourceType", "required", f"The resourceType is missing; the profile says {known}.")
                return Node({**resource.value, "resourceType": known}, resource.path)
        self.note(f"{resource.path}.resourceType", "required", "The resourceType is missing; the resource was not read.")
        return resource

    @property
    def message_id(self) -> str:
        """Give the id that the sender gave this message: Bundle.identifier, else Bundle.id."""
        return (self.root["identifier"]["value"].text or self.root["id"].text)[:100]

    def header(self) -> Node:
        """Find the MessageHeader, which says what the message is about."""
        if not self.message_id:
            words = "The message has no id of its own; the same content sent again counts as the same message."
            self.note("Bundle.id", "required", words)
        headers = self.of_type("MessageHeader")
        if not headers:
            words = "The message has no MessageHeader, so we cannot know what is asked."
            self.note("Bundle.entry", "required", words, "error")
            return Node(None, "Bundle.entry[0].resource")
        if len(headers) > 1:
            words = "The message has more than one MessageHeader; we cannot know which one is meant."
            self.note(headers[1].path, "invariant", words, "error")
        return headers[0]

    def request(self, header: Node) -> Node | None:
        """Find the ServiceRequest that the header is about."""
        focus = [found for found in (self.find(one) for one in header.each("focus")) if found is not None]
        about = [one for one in focus if one.resource_type == "ServiceRequest"] or self.of_type("ServiceRequest")
        if not about:
            words = "The message has no ServiceRequest, so we cannot know what is asked."
            self.note("Bundle.entry", "required", words, "error")
            return None
        if not focus:
            words = "The focus points at nothing in the message; its only request was read."
            self.note(f"{header.path}.focus", "not-found", words)
        return about[0]

    def patient(self, request: Node | None, event: str) -> Patient | None:
        """Find the one person the message is about."""
        patients = self.of_type("Patient")
        if not patients:
            words = "The message has no Patient, so we cannot know who it is about."
            self.note("Bundle.entry", "required", words, "error")
            return None
        if len(patients) > 1:
            words = "The message is about more than one Patient. Please send one message for each person."
            self.note(patients[1].path, "invariant", words, "error")
        subject = self.find(request["subject"]) if request else None
        if request and (subject is None or subject.resource_type != "Patient"):
            words = "The subject points at no Patient in the message; its only Patient was read."
            self.note(f"{request.path}.subject", "not-found", words)
        return read_patient(patients[0], self.key_of(patients[0]), self.find, self.problems)

    def of_type(self, kind: str) -> list[Node]:
        return [resource for resource in self.resources if resource.resource_type == kind]

    def find(self, reference: Node) -> Node | None:
        """Follow a reference within the message, however it is spelt; None when it leads nowhere."""
        key = reference.reference_key
        if not key:
            return None
        for resource, own in zip(self.resources, self.keys, strict=True):
            if key in (own, last_part(resource["id"].text)):
                return resource
        return None

    def key_of(self, resource: Node) -> str:
        return next((key for one, key in zip(self.resources, self.keys, strict=True) if one is resource), "")

    def check_known(self, what: str, code: str, known: tuple[str, ...], path: str, *, stops: bool = False) -> None:
        """Note a code that the standard does not have; a missing one is noted elsewhere."""
        if code and code not in known:
            words = f"“{code[:40]}” is not a code of {what} that we know ({', '.join(known)})."
            self.note(path, "not-supported" if stops else "code-invalid", words, "error" if stops else "warning")
        elif not code and stops and self.of_type("MessageHeader"):
            self.note(path, "required", f"{what} is missing, so we cannot know what is asked.", "error")

    def note(self, path: str, code: str, words: str, severity: str = "warning") -> None:
        self.problems.append(Problem(path, code, words, severity))

    def noticed(self) -> tuple[Problem, ...]:
        """Give what was noticed, the stopping ones first, never more than an answer can carry."""
        ordered = sorted(dict.fromkeys(self.problems), key=lambda problem: not problem.stops)
        if len(ordered) <= MOST_PROBLEMS:
            return tuple(ordered)
        rest = Problem("Bundle", "informational", f"{len(ordered) - MOST_PROBLEMS} more were noticed.", "information")
        return (*ordered[:MOST_PROBLEMS], rest)


def _read_request(request: Node | None, bundle: _Bundle) -> Request:
    if request is None:
        return Request()
    status = request["status"].text
    bundle.check_known("ServiceRequest.status", status, codes.REQUEST_STATUSES, f"{request.path}.status")
    concepts = list(request.each("category"))
    category = next(
        (found for found in (one.coding_in("message-category-servicerequest")["code"].text for one in concepts) if found), ""
    )
    use_case = next((found for found in (one.coding_in("usecases-categories-bars") for one in concepts) if found.is_there), None)
    bundle.check_known("ServiceRequest.category", category, codes.CATEGORIES, f"{request.path}.category[0].coding[0].code")
    priority = request["priority"].text
    bundle.check_known("ServiceRequest.priority", priority, tuple(codes.PRIORITY_URGENCY), f"{request.path}.priority")
    urgency, because = _urgency(priority, bundle)
    period = request["occurrencePeriod"]
    return Request(
        key=bundle.key_of(request),
        status=status,
        category=category,
        use_case=use_case["code"].text[:40] if use_case else "",
        use_case_words=use_case["display"].text[:100] if use_case else "",
        priority=priority[:20],
        from_text=(period["start"].text or request["occurrenceDateTime"].text)[:40],
        until_text=period["end"].text[:40],
        authored_text=request["authoredOn"].text[:40],
        urgency=urgency,
        urgency_because=because,
    )


def _urgency(priority: str, bundle: _Bundle) -> tuple[str, str]:
    """Take the most urgent hint of the message: what it says may raise urgency, and never lowers it."""
    urgency, because = codes.PRIORITY_URGENCY.get(priority, "steady"), f"priority {priority}" if priority else ""
    hints = [(codes.AMBULANCE_URGENCY.get(code), f"ambulance priority {code}") for code in _outcomes(bundle, "arp-priority-code")]
    hints += [
        (codes.DISPOSITION_URGENCY.get(code.upper()), f"disposition {code}") for code in _outcomes(bundle, "pathways-dx-codes")
    ]
    for flag in _flags(bundle):
        if flag.category == codes.SAFEGUARDING and flag.code != codes.NO_SAFEGUARDING_ISSUE:
            hints.append(("today", "a safeguarding flag"))
    for hint, reason in hints:
        if hint and raise_only(urgency, hint) != urgency:
            urgency, because = hint, reason
    return urgency, because


def _outcomes(bundle: _Bundle, system: str) -> Iterator[str]:
    for plan in bundle.of_type("CarePlan"):
        for activity in plan.each("activity"):
            for outcome in activity.each("outcomeCodeableConcept"):
                for coding in outcome.each("coding"):
                    if last_part(coding["system"].text).startswith(system):
                        yield coding["code"].text[:20]


def _read_asker(request: Node | None, bundle: _Bundle) -> Asker:
    requester = bundle.find(request["requester"]) if request else None
    if requester is None:
        return Asker(name=request["requester"]["display"].text[:160] if request else "")
    if requester.resource_type == "Organization":
        return Asker(organisation=requester["name"].text[:160], phone=read_phone(requester))
    role = requester if requester.resource_type == "PractitionerRole" else _role_of(requester, bundle)
    practitioner = requester if requester.resource_type == "Practitioner" else bundle.find(requester["practitioner"])
    organisation = bundle.find(role["organization"]) if role else None
    return Asker(
        name=read_name(practitioner.first("name"))[:160] if practitioner else "",
        role=role.first("code").words[:100] if role else "",
        phone=(read_phone(practitioner) if practitioner else "") or (read_phone(role) if role else ""),
        organisation=organisation["name"].text[:160] if organisation else "",
    )


def _role_of(practitioner: Node, bundle: _Bundle) -> Node | None:
    key = bundle.key_of(practitioner)
    return next((role for role in bundle.of_type("PractitionerRole") if role["practitioner"].reference_key == key), None)


def _flags(bundle: _Bundle) -> Iterator[Flag]:
    for resource in bundle.of_type("Flag"):
        if resource["status"].text == "entered-in-error":
            continue
        category = resource.first("category").first("coding")["code"].text
        yield Flag(category[:20], resource["code"].first("coding")["code"].text[:60], resource["code"].words[:200])


def _consent(bundle: _Bundle) -> Consent:
    for resource in bundle.of_type("Consent"):
        basis = resource["policyRule"].first("coding")["code"].text
        agrees = {"OPTIN": True, "OPTOUT": False}.get(basis.upper())
        return Consent(resource.first("category").words[:100], basis[:40], agrees)
    return Consent()


def _attachments(bundle: _Bundle) -> Iterator[Attachment]:
    found: list[Attachment] = []
    for resource in bundle.resources:
        if resource.resource_type == "Binary":
            found.append(_attachment(resource))
        for content in resource.each("content"):
            if content["attachment"].is_there:
                found.append(_attachment(content["attachment"]))
        for name in ("photo", "contentAttachment", "presentedForm"):
            found.extend(_attachment(one) for one in resource.each(name) if isinstance(one.value, dict))
        for payload in resource.each("payload"):
            if payload["contentAttachment"].is_there:
                found.append(_attachment(payload["contentAttachment"]))
    for one in found:
        words = "A file came with the message. It is kept with the received text and was not opened."
        bundle.note(one.path, "informational", words, "information")
        yield one


def _attachment(node: Node) -> Attachment:
    data = node["data"].value
    size = len(data) * 3 // 4 if isinstance(data, str) else 0
    return Attachment(node["title"].text[:160], node["contentType"].text[:80], size, node.path)


_RESOURCES = (
    "MessageHeader", "ServiceRequest", "Patient", "Organization", "Practitioner", "PractitionerRole", "Encounter", "CarePlan",
    "Observation", "Condition", "Flag", "Consent", "Location", "HealthcareService", "QuestionnaireResponse", "Appointment",
    "MedicationStatement", "AllergyIntolerance", "Communication", "DocumentReference", "Task", "Procedure", "Slot", "Schedule",
)  # fmt: skip
