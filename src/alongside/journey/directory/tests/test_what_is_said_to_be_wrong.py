"""Whatever somebody says is wrong with an entry is read by whoever keeps entries, and settled by them (promise 9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.design.words import short_day
from alongside.hubs.roles import ROLES
from alongside.journal.models import Entry
from alongside.journey.directory.commands import SayWhatWasDone, settle_correction, suggest_correction
from alongside.journey.directory.commands import corrections as commands_corrections
from alongside.journey.directory.models import Correction
from alongside.journey.directory.queries.corrections import PAGE, corrections_waiting, open_corrections
from alongside.journey.directory.tests.factories import make_service
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H18")]
DAY = timedelta(days=1)
KEEPERS = {"service_editor", "hub_lead"}


@pytest.fixture
def editor(hub: MadeHub) -> Client:
    hub.take_on("edie", "Edie Pretend", "charity", "service_editor")
    return hub.signed_in("edie")


def said(hub: MadeHub, words: str = "The telephone number is an old one.", at: Any = AT) -> Correction:
    service = make_service(hub, "A walking group", of="charity")
    return suggest_correction(actor=hub.public, at=at, hub_id=hub.hub.pk, service_id=service.public_id, words=words)


def test_what_is_open_stands_oldest_first_with_its_entry_its_words_and_its_date(hub: MadeHub, editor: Client) -> None:
    said(hub, "the newer", AT + DAY)
    said(hub, "the older")
    page = editor.get("/corrections/").content.decode().split("<main")[1]
    assert page.index("the older") < page.index("the newer") < page.index("</main>")
    assert page.count("A walking group") == 2 and short_day(AT) in page


def test_it_is_settled_with_what_was_done_or_said_not_to_be_so(hub: MadeHub, editor: Client) -> None:
    done, not_so = said(hub), said(hub, "It has closed.")
    editor.post(f"/corrections/{done.public_id}/", {"done": "The new number stands in the entry.", "was_so": "yes"})
    editor.post(f"/corrections/{not_so.public_id}/", {"done": "", "was_so": "no"})
    kept = Correction.objects.order_by("pk").values_list("was_so", "done", "settled_by")
    assert list(kept) == [(True, "The new number stands in the entry.", hub.hats["edie"]), (False, "", hub.hats["edie"])]
    assert "Nothing is said to be wrong." in editor.get("/corrections/").content.decode()
    assert "The new number stands in the entry." in editor.get(f"/corrections/{done.public_id}/").content.decode()


def test_what_was_done_is_asked_for_and_the_sentence_stands_beside_the_question(hub: MadeHub, editor: Client) -> None:
    one = said(hub)
    page = editor.post(f"/corrections/{one.public_id}/", {"done": " ", "was_so": "yes"})
    assert page.status_code == 200 and str(SayWhatWasDone.message) in page.content.decode()
    assert not Correction.objects.filter(settled_at__isnull=False).exists()


def test_the_journal_says_who_settled_which_and_none_of_the_words(hub: MadeHub) -> None:
    hub.take_on("edie", "Edie Pretend", "charity", "service_editor")
    one = said(hub, "Ask for Blodwen instead.")
    settle_correction(
        actor=hub.actor("edie"), at=AT, correction_id=one.public_id, was_so=True, done="Blodwen stands in the entry."
    )
    entry = Entry.objects.get(command="service.correction_settled")
    assert entry.facts == {"service": str(one.service.public_id), "correction": str(one.public_id), "was_so": True}
    assert "Blodwen" not in str(list(Entry.objects.values()))


def test_settled_once_by_whoever_keeps_entries_of_this_hub(hub: MadeHub) -> None:
    one, other = said(hub), open_hub("otherplace")
    hub.take_on("edie", "Edie Pretend", "charity", "service_editor")
    other.take_on("eli", "Eli Pretend", "charity", "service_editor")
    asked = {"at": AT, "correction_id": one.public_id, "was_so": False}
    with pytest.raises(NotFound):
        settle_correction(actor=other.actor("eli"), **asked)
    with pytest.raises(NotThisRole):
        settle_correction(actor=hub.actor("cora"), **asked)
    settle_correction(actor=hub.actor("edie"), **asked)
    with pytest.raises(AlreadyDone):
        settle_correction(actor=hub.actor("edie"), **asked)


@pytest.mark.parametrize("role", ROLES)
def test_only_whoever_keeps_entries_is_led_there_and_told_how_many_wait(hub: MadeHub, role: str) -> None:
    said(hub, at=now())
    hub.take_on("new", "Newt Pretend", "charity", role)
    browser = hub.signed_in("new")
    today = browser.get("/today/").content.decode()
    keeps = role in KEEPERS
    assert ("1 thing is said to be wrong in the directory" in today) is keeps
    assert ('href="/corrections/"' in today.split("<main")[0]) is keeps
    assert browser.get("/corrections/").status_code == (200 if keeps else 403)


@pytest.mark.both_databases
def test_the_list_and_the_count_cost_the_same_at_1_20_and_200_and_lose_nothing_from_page_to_page(
    hub: MadeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands_corrections, "CORRECTIONS_AT_MOST", 1000)
    hub.take_on("edie", "Edie Pretend", "charity", "service_editor")
    edie, counted, seen, after = hub.actor("edie"), [], [], None
    for many in (1, 20, 200):
        for number in range(Correction.objects.count(), many):
            said(hub, at=AT + timedelta(minutes=number % 3))
        with CaptureQueriesContext(connection) as asked:
            list(open_corrections(edie))
            waiting = corrections_waiting(edie).first()
        counted.append((len(asked), waiting.many, waiting.since) if waiting else None)
    assert counted == [(2, many, AT) for many in (1, 20, 200)]
    while True:
        rows = list(open_corrections(edie, after=after))
        seen += rows[:PAGE]
        if len(rows) <= PAGE:
            break
        after = (rows[PAGE - 1].at, rows[PAGE - 1].pk)
    assert [one.pk for one in seen] == list(Correction.objects.order_by("at", "pk").values_list("pk", flat=True))
    assert corrections_waiting(open_hub("otherplace").actor("lea")) == []


@pytest.mark.parametrize("broken", [{"settled_at": AT}, {"settled_at": AT, "was_so": True}, {"was_so": False}])
def test_nothing_half_settled_can_be_stored(hub: MadeHub, broken: dict[str, Any]) -> None:
    one = said(hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(**broken)


@pytest.mark.parametrize("after", ["x", "x_1", "2026-03-02_x", f"2026-03-02T09:30:00+00:00_{10**30}"])
def test_nonsense_in_the_address_is_the_first_page(hub: MadeHub, editor: Client, after: str) -> None:
    said(hub, "the oldest")
    assert "the oldest" in editor.get("/corrections/", {"after": after}).content.decode()
