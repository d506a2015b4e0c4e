"""A message arrives, somebody is held, and the sender is answered; and every no is FHIR with its place and reason."""

from __future__ import annotations

import json
from base64 import b64encode
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client

from alongside.access.clients import shut_client_out
from alongside.access.models import ApiClient
from alongside.exchange.fhir.structure import check_structure
from alongside.exchange.tests.hubs import (
    AT,
    INSTALLER,
    Place,
    new_client,
    open_hub,
    referral_message,
)
from alongside.journal.models import Entry
from alongside.journey.referrals.models import MessageReceived, Referral
from alongside.members.models import Holding, Task
from alongside.people.models import ContactPoint, Identifier, StoryEntry

pytestmark = [pytest.mark.django_db, pytest.mark.urls("alongside.config.api")]

EXAMPLES = Path("fhir") / "bars_ig_json" / "Examples"
REFERRAL = EXAMPLES / "REFREQ01 - Referral Service Request New Full - 111 to ED.json"
REVOCATION = EXAMPLES / "SERVREQ01 - Service Request Update - Revoked.json"
BOOKING = EXAMPLES / "BOOKREQ01 - Booking Request New Full.json"
VALIDATION = Path("fhir/bars/specification/examples1.4.0/process_message/request/ValidationRequest (POST) .json")


@pytest.fixture
def place() -> Place:
    return open_hub()


def _post(content: bytes, token: str, **headers: str) -> HttpResponse:
    return Client().post(  # type: ignore[return-value]  # the test client's response is an HttpResponse
        "/fhir/$process-message",
        data=content,
        content_type="application/fhir+json",
        headers={"Authorization": f"Bearer {token}", **headers},
    )


def _issue(response: HttpResponse) -> tuple[int, str, str]:
    body = json.loads(response.content)
    assert check_structure(body) == ()
    first = body["issue"][0]
    return response.status_code, first["details"]["coding"][0]["code"], first.get("expression", [""])[0]


# -- the saved real message


def test_the_saved_111_referral_is_taken_held_flagged_and_answered(shared_data: Path, place: Place) -> None:
    content = (shared_data / REFERRAL).read_bytes()
    response = _post(content, place.token)
    assert response.status_code == 200
    body = json.loads(response.content)
    assert check_structure(body) == ()

    referral = Referral.objects.select_related("person").get()
    assert (referral.person.chosen_name, referral.door, referral.urgency, referral.whose_words) == (
        "Julie Jones",
        "111",
        "now",
        "referrer",
    )
    assert "The nose was continuing to bleed." in referral.words
    number = Identifier.objects.get(person=referral.person)
    assert (number.as_received, number.is_valid, number.problem) == ("3478526985", False, "check_digit")
    ways = ContactPoint.objects.filter(person=referral.person).order_by("place")
    assert [(way.channel, way.value, way.whose, way.confirmed_on is not None) for way in ways][:4] == [
        ("call", "07736312544", "self (stood under contacts)", False),
        ("call", "01138698975", "self (stood under contacts)", False),
        ("email", "jjones@hotmail.co.uk", "self (stood under contacts)", False),
        ("call", "0789 1234567", "Jack Grayson, emergency contact (stood under contacts)", False),
    ]
    holding = Holding.objects.get(open_for=referral.person_id)
    assert holding.team == place.team

    kept = MessageReceived.objects.get()
    assert kept.text == content.decode()
    assert (kept.referral, kept.client_id, kept.kind) == (referral, place.client_id, "referral")
    assert {"path": "Bundle.entry[5].resource.identifier[0].value", "code": "value"}.items() <= kept.problems[0].items()
    ours = [one["resource"] for one in body["entry"] if one["resource"]["resourceType"] == "ServiceRequest"]
    assert ours[0]["identifier"][0]["value"] == referral.reference
    assert Entry.objects.filter(command="message.received", person_id=referral.person_id).count() == 1


def test_taking_the_saved_referral_back_makes_a_call_back_and_ends_nothing(shared_data: Path, place: Place) -> None:
    _post((shared_data / REFERRAL).read_bytes(), place.token)
    before = Holding.objects.values_list("pk", "until_at").get()
    response = _post((shared_data / REVOCATION).read_bytes(), place.token)
    assert response.status_code == 200
    assert check_structure(json.loads(response.content)) == ()
    assert Holding.objects.values_list("pk", "until_at").get() == before
    assert [(task.kind, task.what, task.team_id) for task in Task.objects.filter(kind="call_back")] == [
        ("call_back", "revoked", place.team.pk)
    ]


@pytest.mark.parametrize("example", [BOOKING, VALIDATION])
def test_what_is_not_spoken_yet_is_kept_and_answered_with_the_place(shared_data: Path, place: Place, example: Path) -> None:
    content = (shared_data / example).read_bytes()
    first, again = _post(content, place.token), _post(content, place.token)
    assert _issue(first)[:2] == (501, "REC_NOT_IMPLEMENTED")
    assert first.content == again.content
    assert MessageReceived.objects.get().text == content.decode()
    assert not Referral.objects.exists()


def test_every_saved_message_is_answered_in_fhir(shared_data: Path, place: Place) -> None:
    files = sorted((*(shared_data / "fhir/bars").rglob("*.json"), *(shared_data / "fhir/bars_ig_json").rglob("*.json")))
    answers = [_post(file.read_bytes(), place.token) for file in files]
    assert {answer.status_code for answer in answers} == {200, 400, 501}
    assert [check_structure(json.loads(answer.content)) for answer in answers] == [()] * len(files)
    assert Referral.objects.count() == 1


# -- the same again


def test_the_same_message_again_gets_the_same_bytes_and_one_referral(place: Place) -> None:
    first, again = _post(referral_message(), place.token), _post(referral_message(), place.token)
    assert (first.status_code, first.content) == (200, again.content)
    assert (Referral.objects.count(), MessageReceived.objects.count(), Task.objects.count()) == (1, 1, 0)


def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(place: Place) -> None:
    _post(referral_message(), place.token)
    assert _issue(_post(referral_message(priority="urgent"), place.token)) == (409, "REC_CONFLICT", "Bundle.id")
    assert Referral.objects.get().urgency == "steady"


def test_two_clients_may_use_the_same_id(place: Place) -> None:
    other, _id = new_client(place.hub, "Pretend ambulance")
    assert [_post(referral_message(), token).status_code for token in (place.token, other)] == [200, 200]
    assert MessageReceived.objects.count() == 2


def test_the_answer_does_not_show_whether_the_person_was_known(place: Place) -> None:
    other, _id = new_client(place.hub, "Pretend ambulance")
    bodies = [json.loads(_post(referral_message(), token).content) for token in (place.token, other)]
    assert Referral.objects.values("person").distinct().count() == 1
    references = Referral.objects.order_by("pk").values_list("reference", flat=True)
    texts = [
        json.dumps(_without_time(body)).replace(reference, "REFERENCE")
        for body, reference in zip(bodies, references, strict=True)
    ]
    assert texts[0] == texts[1]


def test_a_number_that_nobody_has_traced_matches_nobody_by_itself(place: Place) -> None:
    _post(referral_message(), place.token)
    bundle = json.loads(referral_message("made-up-2"))
    status = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus"
    untraced = {"url": status, "valueCodeableConcept": {"coding": [{"code": "number-present-but-not-traced"}]}}
    bundle["entry"][2]["resource"]["identifier"][0]["extension"] = [untraced]
    _post(json.dumps(bundle).encode(), place.token)
    assert Referral.objects.values("person").distinct().count() == 2


def test_a_message_that_was_not_taken_may_come_again_corrected_under_its_own_id(place: Place) -> None:
    wrong = json.loads(referral_message())
    wrong["entry"] = [one for one in wrong["entry"] if one["resource"]["resourceType"] != "Patient"]
    assert _issue(_post(json.dumps(wrong).encode(), place.token)) == (400, "REC_BAD_REQUEST", "Bundle.entry")
    assert _post(referral_message(), place.token).status_code == 200
    assert [kept.referral_id is None for kept in MessageReceived.objects.order_by("pk")] == [True, False]


# -- later messages about the same request


def test_more_about_a_request_is_added_to_the_story_and_somebody_is_told(place: Place) -> None:
    _post(referral_message(), place.token)
    more = referral_message("made-up-2", reason="update", reasonCode=[{"text": "Now has nightmares too"}])
    assert _post(more, place.token).status_code == 200
    referral = Referral.objects.get()
    assert [task.what for task in Task.objects.filter(person=referral.person)] == ["told_more"]
    words = StoryEntry.objects.filter(person=referral.person).values_list("words", flat=True)
    assert any("Now has nightmares too" in one for one in words)


def test_worse_news_raises_the_urgency_and_is_for_today(place: Place) -> None:
    _post(referral_message(), place.token)
    _post(referral_message("made-up-2", reason="update", priority="stat"), place.token)
    assert Referral.objects.get().urgency == "today"
    assert [task.what for task in Task.objects.all()] == ["got_worse"]


def test_an_update_of_something_we_never_had_is_taken_as_a_referral(place: Place) -> None:
    assert _post(referral_message(reason="update"), place.token).status_code == 200
    assert Referral.objects.count() == 1


def test_nobody_can_take_back_what_another_organisation_asked(place: Place) -> None:
    _post(referral_message(), place.token)
    other, _id = new_client(place.hub, "Pretend ambulance")
    taking_back = referral_message("made-up-2", reason="update", status="revoked")
    never_there = referral_message("made-up-2", reason="update", status="revoked").replace(b"urn:uuid:r1", b"urn:uuid:r9")
    answers = [_post(taking_back, other), _post(never_there, other)]
    assert [_issue(answer)[:2] for answer in answers] == [(404, "REC_NOT_FOUND")] * 2
    assert answers[0].content == answers[1].content
    assert not Task.objects.exists()


# -- who may send, and how


def test_every_wrong_token_gets_the_same_bytes(place: Place) -> None:
    shut_client_out(actor=INSTALLER, at=AT, hub_id=place.hub.pk, client_id=place.client_id)
    without = Client().post("/fhir/$process-message", data=referral_message(), content_type="application/fhir+json")
    answers = [_post(referral_message(), "nobody's"), _post(referral_message(), place.token), _post(b"x", ""), without]
    assert {_issue(answer)[:2] for answer in answers} == {(401, "REC_UNAUTHORIZED")}
    assert len({answer.content for answer in answers}) == 1
    assert not MessageReceived.objects.exists()


def test_a_token_is_kept_only_as_a_fingerprint(place: Place) -> None:
    assert place.token not in str(list(ApiClient.objects.values()))


def test_the_senders_request_ids_come_back(place: Place) -> None:
    response = _post(b"no", place.token, **{"X-Request-Id": "60E0B220", "X-Correlation-Id": "11C46F5F"})
    assert (response.headers["X-Request-Id"], response.headers["X-Correlation-Id"]) == ("60E0B220", "11C46F5F")


def test_on_whose_behalf_a_message_comes_is_written_down(place: Place) -> None:
    organisation = {"resourceType": "Organization", "name": "Pretend Out of Hours", "identifier": []}
    header = b64encode(json.dumps(organisation).encode()).decode()
    assert _post(referral_message(), place.token, **{"NHSD-End-User-Organisation": header}).status_code == 200
    assert "Sent on behalf of Pretend Out of Hours." in Referral.objects.get().words


def test_a_header_that_cannot_be_read_is_noted_and_the_person_is_taken_in(place: Place) -> None:
    assert _post(referral_message(), place.token, **{"NHSD-End-User-Organisation": "%%%"}).status_code == 200
    assert "NHSD-End-User-Organisation" in MessageReceived.objects.get().problems[0]["words"]


def test_a_message_of_fifty_megabytes_is_answered_without_being_read(place: Place) -> None:
    assert _issue(_post(b" " * 50_000_000, place.token)) == (422, "REC_UNPROCESSABLE_ENTITY", "$this")


def test_another_method_is_answered_in_fhir() -> None:
    response = Client().get("/fhir/$process-message")
    assert _issue(response)[:2] == (405, "REC_METHOD_NOT_ALLOWED")
    assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("charset", ["utf-16", "no-such", "base64"])
def test_whatever_is_said_about_its_letters_a_message_is_read_by_its_bytes(place: Place, charset: str) -> None:
    """UTF-16 is read when its bytes are; what was said of it gave a page."""
    text = referral_message().decode()
    content = text.encode("utf-16-le" if charset == "utf-16" else "utf-8")
    kind, token = f"application/fhir+json; charset={charset}", {"authorization": f"Bearer {place.token}"}
    answer = Client().generic("POST", "/fhir/$process-message", content, kind, headers=token)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/fhir+json; charset=utf-8")


@pytest.mark.parametrize("method", ["get", "head", "post", "delete", "options"])
@pytest.mark.parametrize("address", ["/fhir", "/fhir/", "/fhir/Patient/1", "/fhir/$nothing"])
def test_an_unknown_address_is_answered_in_fhir(db: None, method: str, address: str) -> None:
    answer = getattr(Client(), method)(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/fhir+json; charset=utf-8")
    assert method == "head" or json.loads(answer.content)["resourceType"] == "OperationOutcome"


def test_a_hub_without_a_front_door_says_try_again(place: Place) -> None:
    place.hub.front_door_team = None
    place.hub.save()
    response = _post(referral_message(), place.token)
    assert _issue(response)[:2] == (503, "REC_SERVICE_UNAVAILABLE")
    assert response.headers["Retry-After"] == "5"
    assert not MessageReceived.objects.exists()


def test_an_attachment_is_kept_named_and_not_opened(place: Place) -> None:
    bundle = json.loads(referral_message())
    document = {
        "resourceType": "DocumentReference",
        "status": "current",
        "content": [{"attachment": {"title": "letter.pdf", "contentType": "application/pdf", "data": "UERG"}}],
    }
    bundle["entry"].append({"fullUrl": "urn:uuid:d", "resource": document})
    content = json.dumps(bundle).encode()
    assert _post(content, place.token).status_code == 200
    assert "A file came with it (letter.pdf)" in Referral.objects.get().words
    assert MessageReceived.objects.get().text == content.decode()


def test_what_is_spoken_here_is_said_strictly() -> None:
    for address in ("/fhir/metadata", "/metadata"):
        body = json.loads(Client().get(address).content)
        assert (body["resourceType"], check_structure(body)) == ("CapabilityStatement", ())


def test_the_openapi_description_declares_every_no_and_has_no_word_for_turning_people_away() -> None:
    text = Client().get("/api/openapi.json").content.decode()
    operation = json.loads(text)["paths"]["/fhir/$process-message"]["post"]
    assert sorted(operation["responses"]) == ["200", "400", "401", "403", "404", "405", "406", "409", "422", "500", "501", "503"]
    assert not [word for word in ("reject", "refus", "redirect", "declin") if word in text.casefold()]


# -- from the command line


def test_a_client_let_in_by_command_can_send(place: Place) -> None:
    out = StringIO()
    call_command("let_client_in", organisation="pretend 111", name="Second machine", stdout=out)
    assert _post(referral_message(), out.getvalue().strip()).status_code == 200


def test_a_client_of_an_organisation_that_is_no_partner_is_not_let_in(place: Place) -> None:
    with pytest.raises(CommandError, match="no partner"):
        call_command("let_client_in", organisation="Somebody else", name="Machine")


def test_intake_takes_files_one_line_each(shared_data: Path, place: Place, tmp_path: Path) -> None:
    made_up = tmp_path / "made-up.json"
    made_up.write_bytes(referral_message())
    out = StringIO()
    call_command("intake", str(shared_data / REFERRAL), str(made_up), str(made_up), stdout=out)
    references = list(Referral.objects.order_by("pk").values_list("reference", flat=True))
    assert [line.split("\t")[1:] for line in out.getvalue().splitlines()] == [
        ["taken", references[0]],
        ["taken", references[1]],
        ["taken", references[1]],
    ]


def test_intake_says_which_file_was_not_taken_and_why_and_goes_on(place: Place, tmp_path: Path) -> None:
    files = {"not-json.json": b"Dear hub", "good.json": referral_message()}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    out = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("intake", *(str(tmp_path / name) for name in [*files, "absent.json"]), stdout=out)
    assert ended.value.returncode == 1
    assert [line.split("\t")[1] for line in out.getvalue().splitlines()] == [
        "not taken: $this: The message is not JSON: Expecting value at line 1, column 1.",
        "taken",
        "not taken: the file could not be read (No such file or directory)",
    ]


def _without_time(body: dict[str, Any]) -> dict[str, Any]:
    return body | {"timestamp": "", "meta": ""}
