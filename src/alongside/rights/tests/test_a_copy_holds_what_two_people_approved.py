"""A person's copy of their record: what two people approved and nothing else, in every form, and no trace of the rest.

Source: trust.md C35, C10, C11, C19, T03; X-04. Seen to fail with `is_in` always true, with `ChangedSince` left out, with the vault
gathered, and with the second person's check taken away.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import openpyxl
import pypdfium2
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.access import policy
from alongside.access.codes import CATEGORIES
from alongside.access.commands import exclude
from alongside.access.gains import person_records
from alongside.exchange.fhir.structure import check_structure
from alongside.journal.models import Entry, Look
from alongside.people.codes import SOURCES, WHOSE
from alongside.people.commands import add_to_story
from alongside.people.models import Person, StoryEntry
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.rights import gathering
from alongside.rights.codes import PARTS, WHOSE_WORD, WHOSE_WORDS
from alongside.rights.commands import (
    AskedInTheFuture,
    NotApproved,
    SayWhoAsks,
    StillToDecide,
    TwoPeople,
    WithheldStays,
    approve_copy,
    ask_for_a_copy,
    close_request,
    decide_items,
    hand_over,
    take_up,
)
from alongside.rights.copying import ChangedSince, Copy
from alongside.rights.models import ApprovedItem
from alongside.rights.tests.copies import LEFT_OUT, Asking, asks, entry, somebody_with_a_record
from alongside.rights.written import KINDS
from alongside.safety.commands import release_to_person, withhold_from_person
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H07"), pytest.mark.hazard("H10")]


@pytest.fixture
def asking(hub: MadeHub) -> Asking:
    return asks(hub, somebody_with_a_record(hub))


def approved(asking: Asking) -> Asking:
    asking.decide_the_rest()
    asking.approve("pia")
    asking.approve("saf")
    return asking


def handed_over(asking: Asking, how: str = "print") -> Copy:
    return hand_over(actor=asking.actor("pia"), at=now(), request_id=asking.request.public_id, how=how, handed_over="in_person")


def said(copy: Copy) -> str:
    return json.dumps([copy.rows, copy.data, copy.name], ensure_ascii=False)


def test_every_kind_of_record_is_said_in_words_or_stands_in_the_vault() -> None:
    assert set(KINDS) == {model._meta.label for model in person_records() if not model.IN_VAULT}


def test_every_part_of_a_record_and_every_source_has_words_for_the_person() -> None:
    assert (set(PARTS), set(WHOSE_WORDS), set(WHOSE_WORD)) == (set(CATEGORIES), set(WHOSE), set(SOURCES))


def test_the_copy_holds_exactly_what_was_approved(asking: Asking) -> None:
    asking.decide("CANARYTHIRD", "include_agreed")
    copy = handed_over(approved(asking))
    approved_ids = set(ApprovedItem.objects.filter(request=asking.request).values_list("item", flat=True))
    assert {one.key for one in copy.items} == approved_ids
    assert {one["id"] for one in copy.data["record"]} == {str(key) for key in approved_ids}
    assert entry("CANARYTHIRD").public_id in approved_ids and "CANARYTHIRD" in said(copy)
    assert len(copy.items) >= 8


def test_what_is_left_out_is_in_no_form_of_it(asking: Asking) -> None:
    """The canary scan: every form, through the pages, as it leaves."""
    Person.objects.filter(pk=asking.person.pk).update(whereabouts_secret=True, postcode="CANARYPOSTCODE")
    approved(asking)
    browser = asking.hub.signed_in("pia")
    path = f"/data-rights/{asking.request.public_id}/hand-over/"
    texts: dict[str, str] = {}
    for how in ("print", "pdf", "json", "csv", "xlsx"):
        content = browser.post(path, {"how": how, "handed_over": "in_person"}).content
        if how == "pdf":
            texts[how] = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
        elif how == "xlsx":
            sheet = openpyxl.load_workbook(io.BytesIO(content)).active
            assert sheet is not None
            texts[how] = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
            assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
        else:
            texts[how] = content.decode()
    for how, text in texts.items():
        assert "I sleep badly." in text, how
        assert [one for one in LEFT_OUT if one in text] == [], how
        assert "withheld" not in text.lower() and "left out" not in text.lower(), how
    assert [row[0] for row in csv.reader(io.StringIO(texts["csv"].lstrip("\ufeff")))][0] == "Part"
    left = Entry.objects.filter(command="copy.handed_over").order_by("pk").values_list("facts__how", "facts__why")
    assert list(left) == [(how, "in_person") for how in texts]
    assert Entry.objects.filter(command="file.taken_out", facts__what="own_copy", person_id=asking.person.pk).count() == 5
    assert Look.objects.filter(page="own_copy.pdf", about_id=asking.person.pk).count() == 1


def test_two_people_who_differ_only_in_what_is_kept_from_them_get_the_same_copy(hub: MadeHub) -> None:
    """Non-interference in the person's channel: no gap, no number, no sentence tells that there is more."""
    at, found = now() - timedelta(hours=1), []
    for email, hidden in (("mair@person.example", False), ("mabli@person.example", True)):
        person = somebody_with_a_record(hub, at=at, hidden=hidden, email=email)
        copy = handed_over(approved(asks(hub, person)))
        rows = [row for row in copy.rows if email not in row[3] and person.reference not in row[3]]
        found.append((rows, [{**one, "id": ""} for one in copy.data["record"] if person.reference not in json.dumps(one)]))
    assert found[0] == found[1]


@pytest.mark.parametrize("control", ["is_in", "why"])
def test_without_a_control_the_canary_is_found(asking: Asking, monkeypatch: pytest.MonkeyPatch, control: str) -> None:
    if control == "is_in":
        asking.decide_the_rest()
        monkeypatch.setattr(gathering.Gathered, "is_in", property(lambda self: True))
    else:
        monkeypatch.setattr(gathering, "_why", lambda *given: ())
    text = said(handed_over(approved(asking)))
    assert [one for one in LEFT_OUT if one in text] == ["CANARYTHIRD", "CANARYWITHHELD", "CANARYCIRCLE"]


def test_nothing_of_the_vault_is_even_gathered(asking: Asking) -> None:
    assert not [one for one in asking.items() if one.kind == "people.HeldAddress"]


def test_it_says_who_looked_and_who_was_alongside(asking: Asking) -> None:
    copy = handed_over(approved(asking))
    assert any("Cora Madeup" in line for line in copy.looked)
    assert ("Who was alongside you") in {label for label, _said in copy.about}


def test_everything_is_decided_before_anybody_says_yes(asking: Asking) -> None:
    with pytest.raises(StillToDecide):
        asking.approve("pia")


def test_two_different_people_approve_and_one_is_a_privacy_officer(hub: MadeHub, asking: Asking) -> None:
    hub.take_on("sal", "Sal Pretend", "trust", "safeguarding_lead")
    take_up(actor=asking.actor("sal"), at=now(), request_id=asking.request.public_id)
    asking.decide_the_rest()
    asking.approve("saf")
    with pytest.raises(TwoPeople):
        asking.approve("saf")
    with pytest.raises(TwoPeople):
        asking.approve("sal")
    with pytest.raises(NotApproved):
        handed_over(asking)
    asking.approve("pia")
    assert handed_over(asking).items


def test_a_decision_that_changes_is_approved_again_by_two(asking: Asking) -> None:
    approved(asking)
    asking.decide("I sleep badly.", "leave_harm")
    with pytest.raises(NotApproved):
        handed_over(asking)
    asking.approve("saf")
    asking.approve("pia")
    copy = handed_over(asking)
    assert "I sleep badly." not in said(copy)
    assert asking.request.round == 2


def test_what_is_withheld_after_the_yes_never_leaves(asking: Asking) -> None:
    approved(asking)
    withhold_from_person(
        actor=asking.actor("cora"), at=now(), person_id=asking.person.pk, item=entry("I sleep badly.").public_id,
        reason="serious_harm", review_on=now().date() + timedelta(days=30),
    )  # fmt: skip
    with pytest.raises(ChangedSince):
        handed_over(asking)


def test_what_is_written_after_the_first_yes_is_not_in_it(asking: Asking) -> None:
    asking.decide_the_rest()
    asking.approve("pia")
    add_to_story(
        actor=asking.actor("cora"), at=now(), person_id=asking.person.pk, words="later", whose_words="person", domain="mind"
    )
    asking.approve("saf")
    assert "later" not in said(handed_over(asking))


def test_what_is_withheld_is_released_by_whoever_withheld_it_and_not_by_a_reviewer(asking: Asking) -> None:
    with pytest.raises(WithheldStays):
        asking.decide("CANARYWITHHELD", "include_own")
    release_to_person(actor=asking.actor("cora"), at=now(), person_id=asking.person.pk, item=entry("CANARYWITHHELD").public_id)
    assert "CANARYWITHHELD" in said(handed_over(approved(asking)))


def test_a_copy_lasts_thirty_days_and_is_then_approved_anew(asking: Asking) -> None:
    approved(asking)
    with time_machine.travel(now() + timedelta(days=30, seconds=1), tick=False):
        with pytest.raises(NotApproved):
            handed_over(asking)
        asking.approve("pia")
        asking.approve("saf")
        assert handed_over(asking).items


def test_when_somebody_else_asks_what_is_sensitive_is_decided_and_nothing_says_where_or_how(hub: MadeHub) -> None:
    """T03: a request on a child's behalf does not hand over what a young person told in confidence."""
    person = somebody_with_a_record(hub)
    asking = asks(hub, person, by="parent", asked_by_name="A made-up parent")
    assert {one.why for one in asking.items() if getattr(one.record, "words", "") == "I sleep badly."} == {("for_another",)}
    copy = handed_over(approved(asking))
    text = said(copy)
    assert not [
        one
        for one in ("I sleep badly.", "mair@person.example", "SA1 1AA", "A made-up practice", "Cora", *LEFT_OUT)
        if one in json.dumps([copy.about, copy.looked, copy.bundle["entry"][0]]) or (one != "Cora" and one in text)
    ]
    assert copy.looked == ()


def test_what_a_person_chose_about_a_carer_is_decided_one_by_one_when_somebody_else_asks(hub: MadeHub) -> None:
    """That somebody may be told nothing is not told to them by a copy (T03, T21)."""
    person = somebody_with_a_record(hub)
    own = asks(hub, person)
    assert "What you chose that a carer may be told" in said(handed_over(approved(own)))
    close_request(actor=own.actor("pia"), at=now(), request_id=own.request.public_id, because="given")
    theirs = asks(hub, person, by="parent", asked_by_name="Mam")
    assert {one.kind for one in theirs.items() if "for_another" in one.why} >= {"safety.CarerChoice", "safety.Alert"}
    assert "What you chose that a carer may be told" not in said(handed_over(approved(theirs)))


@pytest.mark.parametrize(("by", "name", "proof"), [("parent", "", "authority_seen"), ("authority", "A name", "known")])
def test_who_asks_for_another_is_named_and_has_an_authority(hub: MadeHub, by: str, name: str, proof: str) -> None:
    person = hub.held_by("cora", now())
    with pytest.raises(SayWhoAsks):
        ask_for_a_copy(
            actor=hub.actor("cora", now()), at=now(), person_id=person.pk, asked_by=by, proof=proof, asked_on=now().date(), asked_by_name=name
        )  # fmt: skip


def test_a_request_is_written_down_once_and_not_for_a_day_to_come(hub: MadeHub) -> None:
    person = hub.held_by("cora", now())
    about: dict[str, Any] = {
        "actor": hub.actor("cora", now()),
        "at": now(),
        "person_id": person.pk,
        "asked_by": "person",
        "proof": "known",
    }
    with pytest.raises(AskedInTheFuture):
        ask_for_a_copy(**about, asked_on=now().date() + timedelta(days=2))
    ask_for_a_copy(**about, asked_on=now().date())
    with pytest.raises(AlreadyDone):
        ask_for_a_copy(**about, asked_on=now().date())


def test_who_answers_reads_for_the_request_alone_and_only_until_it_is_closed(hub: MadeHub) -> None:
    """A narrow scope: no page of a record opens by it, nothing of anybody else, and it ends with the request."""
    person, other = somebody_with_a_record(hub), hub.held_by("cora", now(), email="other@person.example")
    asking = asks(hub, person, answer=False)
    pia, stories = asking.actor("pia"), StoryEntry.objects.all()
    assert not policy.under_review(pia, stories, at=now()).exists()
    take_up(actor=pia, at=now(), request_id=asking.request.public_id)
    assert set(policy.under_review(pia, stories, at=now()).values_list("person", flat=True)) == {person.pk}
    assert not policy.visible_to(pia, stories).exists() and not policy.visible_to(pia, Person.objects.all()).exists()
    assert hub.signed_in("pia").get(f"/people/{person.public_id}/").status_code == 404
    assert not policy.under_review(asking.actor("saf"), stories, at=now()).exists()
    assert not policy.under_review(asking.actor("cora"), stories, at=now()).exists()
    close_request(actor=pia, at=now(), request_id=asking.request.public_id, because="given")
    assert not policy.under_review(asking.actor("pia"), stories, at=now()).exists()
    assert other.pk != person.pk


def test_whoever_is_kept_away_finds_no_request(asking: Asking) -> None:
    exclude(actor=asking.hub.system, at=now(), hub_id=asking.hub.hub.pk, person_id=asking.person.pk, words="Pia Fictional")
    browser = asking.hub.signed_in("pia")
    assert str(asking.request.public_id) not in browser.get("/data-rights/").content.decode()
    assert browser.get(f"/data-rights/{asking.request.public_id}/").status_code == 404
    with pytest.raises(NotFound):
        approve_copy(actor=asking.actor("pia"), at=now(), request_id=asking.request.public_id)


def test_other_roles_answer_nothing(asking: Asking) -> None:
    for key in ("cora", "lea", "ada", "dana"):
        with pytest.raises(NotThisRole):
            decide_items(actor=asking.actor(key), at=now(), request_id=asking.request.public_id, decisions={})
        assert asking.hub.signed_in(key).get("/data-rights/").status_code == 403


def test_an_item_of_somebody_else_is_not_there(asking: Asking) -> None:
    other = asking.hub.held_by("cora", now(), email="other@person.example")
    theirs = add_to_story(
        actor=asking.actor("cora"), at=now(), person_id=other.pk, words="theirs", whose_words="person", domain="mind"
    )
    with pytest.raises(NotFound):
        decide_items(
            actor=asking.actor("pia"), at=now(), request_id=asking.request.public_id, decisions={theirs.public_id: "include_own"}
        )  # fmt: skip


def test_its_data_is_valid_fhir(asking: Asking) -> None:
    bundle = handed_over(approved(asking)).bundle
    kinds = [one["resource"]["resourceType"] for one in bundle["entry"]]
    assert kinds == ["Patient", "AllergyIntolerance", "MedicationStatement", "Encounter"] or sorted(kinds) == sorted(
        ["Patient", "AllergyIntolerance", "MedicationStatement", "Encounter"]
    )
    assert [(one.where, one.words) for one in check_structure(bundle)] == []


def test_a_long_record_costs_as_many_statements_as_a_short_one(asking: Asking) -> None:
    counts = []
    for more in (1, 20):
        for number in range(more):
            add_to_story(
                actor=asking.actor("cora"), at=now(), person_id=asking.person.pk, words=f"more {number}", whose_words="person", domain="mind"
            )  # fmt: skip
        with CaptureQueriesContext(
            connection,
        ) as found:
            asking.items()
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_by_page_from_asking_to_handing_over(hub: MadeHub) -> None:
    person = somebody_with_a_record(hub)
    hub.take_on("pia", "Pia Fictional", "trust", "privacy_officer")
    today = now().date()
    sent = {
        "asked_by": "person",
        "proof": "photo",
        "asked_on_day": today.day,
        "asked_on_month": today.month,
        "asked_on_year": today.year,
    }
    assert hub.signed_in("cora").post(f"/people/{person.public_id}/own-copy/", sent).status_code == 302
    pia, saf = hub.signed_in("pia"), hub.signed_in("saf")
    listed = pia.get("/data-rights/").content.decode()
    assert "Mair Pretend" not in listed and "/data-rights/" in listed
    path = listed.split('al-rows__main"><a href="')[1].split('"')[0]
    for browser in (pia, saf):
        browser.post(f"{path}take-up/")
    page = pia.get(f"{path}items/").content.decode()
    assert "CANARYTHIRD" in page and "CANARYCIRCLE" in page and "I sleep badly." not in page
    fields = [part.split('"')[0] for part in page.split('name="item_')[1:]]
    assert pia.post(f"{path}items/", {f"item_{one}": "leave_confidence" for one in fields}).status_code == 302
    assert "I sleep badly." in pia.get(f"{path}items/?all=yes").content.decode()
    for browser in (pia, saf):
        assert browser.post(f"{path}approve/").status_code == 302
    answer = saf.post(f"{path}hand-over/", {"how": "print", "handed_over": "shown"})
    assert "I sleep badly." in answer.content.decode()
    assert pia.post(f"{path}close/", {"because": "given"}).status_code == 302
    assert pia.get(path).status_code == 404
