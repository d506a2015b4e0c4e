"""A worker takes their own list or calendar out: with a reason, in the journal, and never more than they may see."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client
from icalendar import Calendar

from alongside.access.commands import SayWhatFor, exclude, take_out
from alongside.journal.models import Entry, Look
from alongside.journey.directory.models import Service
from alongside.people.models import Person
from alongside.refusals import NotFound
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, gives_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H07")]


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def held_and_not(hub: MadeHub) -> tuple[Person, Person, Person]:
    """Give somebody whom cora holds, somebody of liv's, and somebody whom cora holds and who keeps her away since."""
    mine = hub.held_by("cora", now(), name="=cmd|'Mair", email="mair@person.example")
    theirs = hub.held_by("liv", now(), name="Canary Outofreach", email="out@person.example")
    away = hub.held_by("cora", now(), name="Canary Keptaway", email="away@person.example")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=away.pk, words="Cora Madeup")
    return mine, theirs, away


@pytest.mark.parametrize("how", ["csv", "xlsx"])
def test_a_list_names_whom_one_holds_and_may_see_and_says_why_it_left(hub: MadeHub, how: str) -> None:
    mine, *_others = held_and_not(hub)
    answer = hub.signed_in("cora").post("/today/list/", {"how": how, "reason": "visits"})
    assert answer["Content-Disposition"] == f'attachment; filename="my-list.{how}"'
    if how == "csv":
        found = rows(answer.content)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
        found = [[str(cell.value) for cell in row] for row in sheet.iter_rows()]
    assert [row[:2] for row in found] == [["Name", "Reference"], ["'=cmd|'Mair", mine.reference]]
    entry = Entry.objects.get(command="file.taken_out")
    assert entry.facts == {"what": "caseload", "how": how, "reason": "visits", "people": [mine.pk]}
    assert Look.objects.get(page=f"caseload.{how}").person_ids == [mine.pk]


def test_a_calendar_says_nothing_about_anybody(hub: MadeHub) -> None:
    mine, *_others = held_and_not(hub)
    answer = hub.signed_in("cora").post("/today/calendar/", {"how": "ics", "reason": "visits"})
    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["summary"]) == "Work"
    said = answer.content.decode()
    assert not [one for one in (mine.chosen_name, "Mair", mine.reference, str(mine.public_id), "rivermouth") if one in said]


@pytest.mark.parametrize("path", ["/today/list/", "/today/calendar/"])
def test_nothing_leaves_before_it_is_shown_again_who_it_is(hub: MadeHub, path: str) -> None:
    """Shown to fail: with `require_step_up` taken out of `leaves_the_hub`."""
    held_and_not(hub)
    browser = hub.signed_in("cora")
    gives_second_factor(browser, now() - timedelta(hours=1))
    answer = browser.post(path, {"how": "csv", "reason": "visits"})
    assert answer.status_code == 403 and "Content-Disposition" not in answer.headers
    assert not Entry.objects.filter(command="file.taken_out").exists()


def test_without_a_reason_nothing_leaves(hub: MadeHub) -> None:
    held_and_not(hub)
    answer = hub.signed_in("cora").post("/today/list/", {"how": "csv"})
    assert "Content-Disposition" not in answer.headers
    assert not Entry.objects.filter(command="file.taken_out").exists()
    with pytest.raises(SayWhatFor):
        take_out(actor=hub.actor("cora", now()), at=now(), what="caseload", how="csv", reason="because", person_ids=[])


def test_nobody_out_of_reach_is_taken_out_whoever_asks(hub: MadeHub) -> None:
    mine, theirs, away = held_and_not(hub)
    for one in (theirs, away):
        with pytest.raises(NotFound):
            take_out(
                actor=hub.actor("cora", now()), at=now(), what="caseload", how="csv", reason="visits", person_ids=[mine.pk, one.pk]
            )  # fmt: skip


def test_who_holds_nobody_has_no_list_to_take(hub: MadeHub) -> None:
    hub.take_on("stu", "Stu Pretend", "charity", "student", ("harbour",))
    for key in ("stu", "ada", "lea"):
        assert hub.signed_in(key).post("/today/list/", {"how": "csv", "reason": "visits"}).status_code == 403


def test_the_directory_is_everybodys_and_a_malicious_entry_is_a_text(hub: MadeHub) -> None:
    Service.objects.create(
        hub=hub.hub, name="=HYPERLINK(1)", organisation_name="+Evil", source="tests", source_id="1", phones=[["+44 1632 960000", ""]]
    )  # fmt: skip
    answer = Client().get("/find-support/all/")
    [_head, row] = rows(answer.content)
    assert row[:4] == ["'=HYPERLINK(1)", "'+Evil", "", "'+44 1632 960000"]
    assert not Look.objects.exists()
