"""The published messages of the Booking and Referral Standard, each read as what it is; and nothing makes the reader fall over."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.exchange.fhir.arrivals import NAME_NOT_GIVEN, arrival_of
from alongside.exchange.fhir.bars import MOST_PROBLEMS, read_message
from alongside.exchange.fhir.message import KINDS, Message
from alongside.exchange.fhir.outcome import (
    ANSWERS,
    http_status,
    not_spoken,
    operation_outcome,
)
from alongside.exchange.fhir.problems import Problem, UnreadableMessage
from alongside.exchange.fhir.received_text import MAX_BYTES
from alongside.exchange.fhir.response import response_message
from alongside.exchange.fhir.structure import check_structure

from .bars_examples import by_file

REFERRAL = "bars_ig_json/Examples/REFREQ01 - Referral Service Request New Full - 111 to ED.json"
REVOCATION = "bars_ig_json/Examples/SERVREQ01 - Service Request Update - Revoked.json"
SHORT_RESPONSE = "bars_ig_json/MessageDefinition/BARS-MessageDefinition-ServiceRequest-Response-Referral-Short.json"
AT = datetime(2026, 12, 3, 10, 30, tzinfo=UTC)


@pytest.fixture
def fhir(shared_data: Path) -> Path:
    return shared_data / "fhir"


@pytest.fixture
def referral(fhir: Path) -> bytes:
    return (fhir / REFERRAL).read_bytes()


def _small_message(**changes: Any) -> dict[str, Any]:
    """The least that is a referral, made up here so that faults can be made in it without the shared data."""
    patient = {"resourceType": "Patient", "name": [{"family": "Pretend", "given": ["Mair"]}], "birthDate": "1990-02-03"}
    request = {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "plan",
        "category": [
            {"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-category-servicerequest", "code": "referral"}]}
        ],
        "subject": {"reference": "urn:uuid:p"},
    }
    header = {
        "resourceType": "MessageHeader",
        "eventCoding": {"system": "https://fhir.nhs.uk/CodeSystem/message-events-bars", "code": "servicerequest-request"},
        "reason": {"coding": [{"system": "https://fhir.nhs.uk/CodeSystem/message-reason-bars", "code": "new"}]},
        "source": {"endpoint": "https://sender.example"},
        "focus": [{"reference": "urn:uuid:r"}],
    }
    patient |= changes.pop("patient", {})
    request |= changes.pop("request", {})
    header |= changes.pop("header", {})
    entries = [("h", header), ("r", request), ("p", patient), *changes.pop("more", [])]
    return {
        "resourceType": "Bundle",
        "id": "made-up-1",
        "meta": {"profile": ["https://fhir.nhs.uk/StructureDefinition/BARSBundleMessage"]},
        "type": "message",
        "entry": [{"fullUrl": f"urn:uuid:{key}", "resource": resource} for key, resource in entries],
        **changes,
    }


def _read(bundle: dict[str, Any]) -> Message:
    return read_message(json.dumps(bundle).encode())


def _places(message: Message) -> list[tuple[str, str, str]]:
    return [(problem.severity, problem.code, problem.path) for problem in message.problems]


# -- what is published


def test_every_published_example_reads_as_what_the_table_says(fhir: Path) -> None:
    read: dict[str, str] = {}
    for file in sorted((*(fhir / "bars").rglob("*.json"), *(fhir / "bars_ig_json").rglob("*.json"))):
        try:
            message = read_message(file.read_bytes())
        except UnreadableMessage as unreadable:
            problem = unreadable.problems[0]
            read[str(file.relative_to(fhir))] = f"{problem.code} at {problem.path}"
            assert http_status(unreadable.problems) == 400
        else:
            read[str(file.relative_to(fhir))] = message.kind
            assert message.message_id
            assert message.stopping_problems == ()
    assert read == by_file()


def test_the_saved_referral_keeps_its_invalid_number_and_whose_each_telephone_is(referral: bytes) -> None:
    message = read_message(referral)
    patient = message.patient
    assert patient is not None
    assert (message.kind, message.event, message.reason) == ("referral", "servicerequest-request", "new")
    assert (message.sender.ods_code, message.asker.name) == ("RND", "Marcy BLAKE")
    number = patient.nhs_numbers[0]
    assert (number.as_received, number.is_valid, number.problem) == ("3478526985", False, "check_digit")
    assert patient.verification == "number-present-and-verified"
    assert (patient.names[0].without_title, patient.born_on, patient.gender) == ("Julie Jones", date(1959, 5, 4), "female")
    assert [(one.value, one.stood_under_contact, one.relationship, one.contact_name) for one in patient.telecoms] == [
        ("01138698975", True, "self", ""),
        ("07736312544", True, "self", ""),
        ("jjones@hotmail.co.uk", True, "self", ""),
        ("0789 1234567", True, "emergency contact", "Jack Grayson"),
    ]
    assert patient.gp.ods_code == "G82080"
    assert [flag.category for flag in message.flags] == ["SG", "RA", "RS"]
    assert (message.consent.basis, message.consent.agrees) == ("IMPLIED", None)
    assert (message.request.urgency, message.request.urgency_because) == ("now", "disposition DX02")
    assert _places(message) == [("warning", "value", "Bundle.entry[5].resource.identifier[0].value")]


def test_the_saved_referral_arrives_with_no_way_taken_for_safe(referral: bytes) -> None:
    arrival = arrival_of(read_message(referral))
    assert (arrival.person.chosen_name, arrival.person.nhs_number, arrival.door) == ("Julie Jones", "3478526985", "111")
    assert [(way.channel, way.value, way.whose) for way in arrival.person.ways] == [
        ("call", "07736312544", "self (stood under contacts)"),
        ("call", "01138698975", "self (stood under contacts)"),
        ("email", "jjones@hotmail.co.uk", "self (stood under contacts)"),
        ("call", "0789 1234567", "Jack Grayson, emergency contact (stood under contacts)"),
        ("letter", "22 Brightside Crescent, Overtown, West Yorkshire, LS10 4YU", ""),
        ("through", "Marcy BLAKE, Sender Organization, 0205568263", "whoever sent the message"),
    ]
    assert not any(way.said_safe for way in arrival.person.ways)
    assert "The nose was continuing to bleed." in arrival.words
    assert "fails its check digit" in arrival.words
    assert (arrival.whose_words, arrival.knows, arrival.agrees) == ("referrer", None, None)


def test_a_revocation_is_understood_and_names_the_request_that_it_takes_back(fhir: Path) -> None:
    revocation = read_message((fhir / REVOCATION).read_bytes())
    assert (revocation.kind, revocation.request.status) == ("revocation", "revoked")
    assert revocation.request.key == read_message((fhir / REFERRAL).read_bytes()).request.key
    assert not_spoken(revocation) is None


def test_what_is_not_spoken_yet_is_answered_with_the_place_and_the_reason(fhir: Path) -> None:
    answered: dict[str, tuple[str, int]] = {}
    for name, kind in by_file().items():
        if kind in KINDS and kind not in ("referral", "revocation"):
            problem = not_spoken(read_message((fhir / name).read_bytes()))
            assert problem is not None
            answered[kind] = (problem.path, http_status([problem]))
    assert answered == {
        "validation": ("ServiceRequest.category", 501),
        "booking": ("MessageHeader.eventCoding.code", 501),
        "response": ("MessageHeader.eventCoding.code", 501),
    }


def test_every_receiver_error_of_the_standard_has_its_code_and_status_here_or_a_reason_why_not(fhir: Path) -> None:
    ours = {(answer.status, answer.code, answer.issue) for answer in ANSWERS.values()}
    published = set()
    for file in (fhir / "bars/specification/examples1.4.0/OperationOutcome/REC").glob("*.json"):
        issue = json.loads(file.read_text())["issue"][0]
        published.add((int(file.name[:3]), issue["details"]["coding"][0]["code"], issue["code"]))
    never_said_by_us = {
        (400, "REC_BAD_REQUEST", "not-supported"),  # we say 501 for what we do not speak
        (403, "REC_FORBIDDEN", "security"),  # mutual TLS is the gateway's
        (408, "REC_TIMEOUT", "timeout"),  # nothing downstream to wait for
        (500, "REC_SERVER_ERROR", "no-store"),  # a full disk is 503: the same message may be sent again
        (500, "REC_SERVER_ERROR", "too costly"),  # slots; not an issue type of FHIR
        (500, "REC_SERVER_ERROR", "transient"),  # likewise 503
    }
    assert published - ours == never_said_by_us
    assert ours - published == {(405, "REC_METHOD_NOT_ALLOWED", "not-supported")}  # published outside that folder


# -- what we write


def test_the_response_to_a_referral_is_strict(referral: bytes, fhir: Path) -> None:
    response = _response(read_message(referral))
    assert check_structure(response) == ()
    counts: dict[str, int] = {"Bundle": 1}
    for entry in response["entry"]:
        kind = entry["resource"]["resourceType"]
        counts[kind] = counts.get(kind, 0) + 1
    for focus in json.loads((fhir / SHORT_RESPONSE).read_text())["focus"]:
        most = 10**6 if focus["max"] == "*" else int(focus["max"])
        assert focus["min"] <= counts.get(focus["code"], 0) <= most, focus["code"]
    header = response["entry"][0]["resource"]
    assert header["response"] == {"identifier": "79120f41-a431-4f08-bcc5-1e67006fcae0", "code": "ok"}
    assert header["eventCoding"]["code"] == "servicerequest-response"


def test_every_reference_in_the_response_leads_to_something_in_it(referral: bytes) -> None:
    response = _response(read_message(referral))
    there = {entry["fullUrl"] for entry in response["entry"]}
    assert len(there) == len(response["entry"])
    assert set(_references(response)) <= there


def test_an_invalid_number_is_never_sent_back_as_an_nhs_number(referral: bytes) -> None:
    assert "3478526985" not in json.dumps(_response(read_message(referral)))


def test_the_same_message_gets_the_same_response(referral: bytes) -> None:
    assert _response(read_message(referral)) == _response(read_message(referral))


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_every_operation_outcome_is_strict(code: str) -> None:
    problems = [Problem("Bundle.entry[0].resource", code, "Words.", "error"), Problem("Bundle.id", "required", "Words.")]
    outcome = operation_outcome(problems)
    assert check_structure(outcome) == ()
    assert http_status(problems) == ANSWERS[code].status
    assert outcome["issue"][0]["details"]["coding"][0]["code"] == ANSWERS[code].code


def test_our_own_table_catches_what_the_library_lets_through() -> None:
    wrong = {"resourceType": "ServiceRequest", "status": "active", "intent": "orderx", "subject": {"reference": "Patient/1"}}
    assert [problem.path for problem in check_structure(wrong)] == ["ServiceRequest.intent"]


# -- faults, each with its place


@pytest.mark.parametrize(
    ("content", "code", "begins"),
    [
        (b"", "required", "The message is empty"),
        (b"   \n", "required", "The message is empty"),
        (b"Dear hub, please see Mair", "invalid", "The message is not JSON"),
        (b'{"resourceType": "Bundle", "entry": [{"fullUrl": "urn', "invalid", "The message is cut off"),
        (b'{"resourceType": "Bundle", "entry": [', "invalid", "The message is cut off"),
        (b"[1, 2]", "invalid", "We take a Bundle of type message here; this is something without"),
        (b"null", "invalid", "We take a Bundle of type message here; this is something without"),
        (b'{"resourceType": "Patient"}', "invalid", "We take a Bundle of type message here; this is a Patient"),
        (b'{"resourceType": "Bundle", "type": "searchset"}', "invalid", "We take a Bundle of type message here; this Bundle"),
        (b'{"a":' * 5_000 + b"1" + b"}" * 5_000, "too-costly", "The message is nested more than 60"),
        (b"[" * 100 + b"]" * 100, "too-costly", "The message is nested more than 60"),
        (b'{"total": ' + b"9" * 5_000 + b"}", "value", "A number has more than 18 digits"),
        (b'{"total": NaN}', "value", "A number has more than 18 digits"),
        (b'{"id": "a", "id": "b"}', "invalid", "This name stands twice"),
    ],
)
def test_what_is_no_message_is_answered_with_a_clear_sentence(content: bytes, code: str, begins: str) -> None:
    with pytest.raises(UnreadableMessage) as caught:
        read_message(content)
    problem = caught.value.problems[0]
    assert (problem.code, problem.severity) == (code, "fatal")
    assert problem.words.startswith(begins)


def test_a_field_of_fifty_megabytes_is_told_what_we_take() -> None:
    bundle = _small_message(request={"patientInstruction": "x" * 50_000_000})
    with pytest.raises(UnreadableMessage) as caught:
        _read(bundle)
    assert caught.value.problems[0].words.endswith(f"we take up to {MAX_BYTES:,}. Please send it without its attachments.")
    assert http_status(caught.value.problems) == 422


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"])
def test_a_name_with_an_accent_survives_every_encoding(encoding: str) -> None:
    bundle = _small_message(patient={"name": [{"family": "Siôn", "given": ["Zoë"]}]})
    message = read_message(json.dumps(bundle, ensure_ascii=False).encode(encoding))
    assert message.patient is not None
    assert message.patient.names[0].text == "Zoë Siôn"
    assert _places(message) == ([] if encoding.startswith("utf-8") else [("warning", "value", "$this")])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"meta": {"profile": [" https://fhir.nhs.uk/StructureDefinition/BARSBundleMessage"]}}, ("information", "value", "Bundle.meta.profile[0]")),
        ({"meta": {}}, ("warning", "required", "Bundle.meta.profile")),
        ({"meta": {"profile": ["https://fhir.nhs.uk/STU3/StructureDefinition/ITK-Message-Bundle-1"]}}, ("error", "not-supported-version", "Bundle.meta.profile[0]")),
        ({"id": None}, ("warning", "required", "Bundle.id")),
        ({"header": {"eventCoding": {"code": "prescription-order"}}}, ("error", "not-supported", "Bundle.entry[0].resource.eventCoding.code")),
        ({"header": {"eventCoding": {}}}, ("error", "required", "Bundle.entry[0].resource.eventCoding.code")),
        ({"header": {"reason": {"coding": [{"code": "because"}]}}}, ("warning", "code-invalid", "Bundle.entry[0].resource.reason.coding[0].code")),
        ({"header": {"focus": []}}, ("warning", "not-found", "Bundle.entry[0].resource.focus")),
        ({"request": {"status": "activex"}}, ("warning", "code-invalid", "Bundle.entry[1].resource.status")),
        ({"request": {"priority": "soonish"}}, ("warning", "code-invalid", "Bundle.entry[1].resource.priority")),
        ({"request": {"subject": {"reference": "Group/9"}}}, ("warning", "not-found", "Bundle.entry[1].resource.subject")),
        ({"patient": {"gender": "F"}}, ("warning", "code-invalid", "Bundle.entry[2].resource.gender")),
        ({"patient": {"birthDate": "1959-02-30"}}, ("warning", "value", "Bundle.entry[2].resource.birthDate")),
        ({"patient": {"name": []}}, ("warning", "required", "Bundle.entry[2].resource.name")),
        ({"patient": {"resourceType": "Device"}}, ("error", "required", "Bundle.entry")),
        ({"request": {"resourceType": "Task"}}, ("error", "required", "Bundle.entry")),
        ({"more": [("q", {"resourceType": "Patient"})]}, ("error", "invariant", "Bundle.entry[3].resource")),
        ({"more": [("d", {"resourceType": "DocumentReference", "content": [{"attachment": {"title": "letter.pdf", "data": "QUJD"}}]})]}, ("information", "informational", "Bundle.entry[3].resource.content[0].attachment")),
        ({"more": [("d", {"resourceType": None, "meta": {"profile": ["https://fhir.hl7.org.uk/StructureDefinition/UKCore-Flag"]}})]}, ("warning", "required", "Bundle.entry[3].resource.resourceType")),
        ({"patient": {"identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "123"}]}}, ("warning", "value", "Bundle.entry[2].resource.identifier[0].value")),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_place(changes: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert _places(_read(_small_message(**changes))) == [expected]


def test_the_least_message_has_nothing_to_complain_about_and_can_be_answered() -> None:
    message = _read(_small_message())
    assert (message.kind, message.problems) == ("referral", ())
    arrival = arrival_of(message)
    assert arrival.words == "The message says nothing about why. Please ask the sender."
    assert [way.channel for way in arrival.person.ways] == ["through"]
    assert check_structure(_response(message)) == ()


def test_somebody_without_a_name_still_arrives() -> None:
    assert arrival_of(_read(_small_message(patient={"name": None}))).person.chosen_name == NAME_NOT_GIVEN


def test_a_message_without_a_header_or_entries_says_so() -> None:
    assert [problem.severity for problem in _read(_small_message(entry=[])).problems] == ["error"]


def test_a_message_with_a_thousand_faults_names_a_hundred_and_counts_the_rest() -> None:
    message = _read(
        _small_message(more=[(f"q{n}", {"resourceType": "Patient"}) for n in range(400)], entry=None) | {"entry": [{}] * 400}
    )
    assert len(message.problems) == MOST_PROBLEMS + 1
    assert message.problems[0].stops


@pytest.mark.parametrize(
    ("priority", "urgency"), [("routine", "steady"), ("urgent", "today"), ("asap", "today"), ("stat", "now"), (None, "steady")]
)
def test_priority_raises_urgency(priority: str | None, urgency: str) -> None:
    assert _read(_small_message(request={"priority": priority})).request.urgency == urgency


def test_control_characters_and_right_to_left_overrides_are_left_out_and_emoji_stay() -> None:
    message = _read(_small_message(patient={"name": [{"text": "Ma\u0000ir \u202e😀\ud800"}]}))
    assert message.patient is not None
    assert message.patient.names[0].text == "Mair 😀"


# -- anything at all

_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(), st.text(max_size=20))
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=8
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400) | _JSON.map(json.dumps))
def test_nothing_makes_the_reader_fall_over(content: bytes | str) -> None:
    with pytest.raises(UnreadableMessage):
        read_message(content)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_message_with_anything_put_anywhere_is_read_or_answered(data: st.DataObject) -> None:
    bundle = _small_message(
        patient={
            "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}],
            "telecom": [{"system": "phone", "value": "07700900123", "rank": 1}],
            "contact": [{"relationship": [{"text": "sister"}], "name": {"text": "A"}, "telecom": [{"value": "07700900124"}]}],
            "address": [{"line": ["1 Made Up Street"], "postalCode": "ZZ99 3VZ"}],
            "communication": [{"language": {"coding": [{"code": "cy"}]}, "preferred": True}],
        },
        more=[("f", {"resourceType": "Flag", "category": [{"coding": [{"code": "SG"}]}], "code": {"text": "x"}})],
    )
    holder, key = data.draw(st.sampled_from(sorted(_spots(bundle), key=lambda spot: str(spot[1]))))
    holder[key] = data.draw(_JSON)
    try:
        message = _read(bundle)
    except UnreadableMessage as unreadable:
        assert check_structure(operation_outcome(unreadable.problems)) == ()
        return
    assert message.kind in KINDS
    assert check_structure(operation_outcome(message.problems)) == ()
    check_structure(bundle)
    if message.kind == "referral" and not message.stopping_problems:
        assert arrival_of(message).person.ways
        assert check_structure(_response(message)) == ()


def _spots(value: Any) -> list[tuple[Any, Any]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [spot for key, one in inner for spot in ((value, key), *_spots(one))]


def _response(message: Message) -> dict[str, Any]:
    return response_message(
        message,
        message_id=message.message_id or "none",
        reference="KFR-4829-T",
        at=AT,
        held_by="Front door",
        address="https://hub.example/",
    )


def _references(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["reference"]] if isinstance(value.get("reference"), str) else []
        return own + [found for inner in value.values() for found in _references(inner)]
    return [found for inner in value for found in _references(inner)] if isinstance(value, list) else []
