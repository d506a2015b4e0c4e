"""Nothing fits: one press counts it, searches and introductions that come to nothing count by themselves, and nobody stands in it.

Shown to fail: without `SEARCHES_A_DAY` a machine that searches fills the table; without `counted` a figure of one can be told.
Source: S0-02, S1-09; promise 9; part 14 of the living directory.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from alongside.journey.directory.commands import add_service, close_service, gaps, note_unmet_need, propose
from alongside.journey.directory.models import Place, Proposal, UnmetNeed
from alongside.journey.directory.queries.gaps import gap_map
from alongside.journey.directory.rules import counted
from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import introduce, write_down_answer
from alongside.people.models import Person
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import LocationEntry, ServiceEntry
from tests.support.hub import MadeHub, open_hub

pytestmark = [pytest.mark.django_db]


@given(st.integers(0, 100_000))
def test_a_small_number_is_never_said_and_a_larger_one_to_the_nearest_five(number: int) -> None:
    said = counted(number)
    if number == 0:
        assert said == "0"
    elif number <= 7:
        assert said == "1–7"
    else:
        assert int(said) % 5 == 0
        assert abs(int(said) - number) <= 2


@pytest.fixture
def hub() -> MadeHub:
    made = open_hub()
    made.take_on("edie", "Edie Pretend", "charity", "service_editor")
    Place.objects.create(name="Rivermouth", folded="rivermouth", outcode="RM1", county="Made-up", latitude=51.6, longitude=-3.9)
    return made


def press(hub: MadeHub, person: Person, need: str = "sleep", near: str = "", key: str = "cora") -> Any:
    return hub.signed_in(key).post(
        f"/people/{person.public_id}/find-help/nothing-fits/", {"need": need, "near": near}, follow=True
    )


def test_one_press_counts_what_where_for_whom_and_why_and_not_who(hub: MadeHub) -> None:
    make_service(hub, "For the young", "sleep", age_to=17)
    person = hub.held_by("cora", name="Nesta Nobodyfits")
    Person.objects.unscoped("A test.").filter(pk=person.pk).update(age_band="26_64")
    page = press(hub, person, near="Rivermouth").content.decode()
    assert "Counted: nothing fits for sleep" in page
    assert "Nothing fits: sleep" in page, "what was looked for still stands there, ranked or not"
    press(hub, person, near="Rivermouth")
    one = UnmetNeed.objects.get()
    assert (one.need, one.outcode, one.age_band, one.asked_by, one.missed, one.times) == (
        "sleep", "RM1", "26_64", "worker", "age", 2,
    )  # fmt: skip
    assert not [name for name in (field.name for field in UnmetNeed._meta.fields) if "person" in name or "words" in name]


def test_nonsense_and_strangers_count_nothing(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    assert press(hub, person, need="nonsense").status_code == 404
    assert press(hub, person, key="liv").status_code == 404
    assert hub.signed_in("cora").get(f"/people/{person.public_id}/find-help/nothing-fits/").status_code == 405
    with pytest.raises(NotThisRole):
        note_unmet_need(actor=hub.actor("edie", now()), at=now(), hub_id=hub.hub.pk, need="sleep", asked_by="worker")
    elsewhere = open_hub(slug="elsewhere")
    for actor, asked_by in ((hub.actor("cora", now()), "bounce"), (elsewhere.actor("cora", now()), "worker")):
        with pytest.raises(NotFound):
            note_unmet_need(actor=actor, at=now(), hub_id=hub.hub.pk, need="sleep", asked_by=asked_by)
    assert not UnmetNeed.objects.exists()


def test_a_search_that_finds_nothing_counts_once_a_day_by_itself(hub: MadeHub) -> None:
    for words in ("cannot sleep", "cannot sleep", "insomnia"):
        assert Client().get("/find-support/", {"words": words, "near": "RM1"}).status_code == 200
    Client().head("/find-support/", {"words": "gambling"})
    Client().get("/find-support/", {"words": "xyzzy"})
    Client().get("/find-support/", {"words": "suicide"})
    one = UnmetNeed.objects.get()
    assert (one.need, one.outcode, one.asked_by, one.times) == ("sleep", "RM1", "search", 1)
    make_service(hub, "Sleep better", "sleep")
    Client().get("/find-support/", {"words": "sleep"})
    assert UnmetNeed.objects.count() == 1


def test_a_machine_that_searches_fills_no_table(hub: MadeHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "SEARCHES_A_DAY", 3)
    for need in ("sleep", "grief", "caring", "housing", "voices"):
        Client().get("/find-support/", {"need": need})
    assert UnmetNeed.objects.count() == 3
    note_unmet_need(actor=hub.actor("cora", now()), at=now(), hub_id=hub.hub.pk, need="voices", asked_by="worker")
    assert UnmetNeed.objects.count() == 4, "a worker is always heard"


def test_an_introduction_that_comes_to_nothing_counts_by_itself(hub: MadeHub) -> None:
    service, person = make_service(hub, "One", "sleep"), hub.held_by("cora")
    asked = introduce(
        actor=hub.actor("cora", now()), at=now(), person_id=person.pk, to_service_id=service.pk, words="To sleep.", need="sleep",
        person_agrees=True,
    )  # fmt: skip
    write_down_answer(
        actor=hub.actor("cora", now()),
        at=now(),
        handover_id=asked.handover.public_id,
        by_name="Jo",
        answer="not_us",
        reason="full",
    )
    one = UnmetNeed.objects.get()
    assert (one.need, one.asked_by, one.missed, one.times) == ("sleep", "bounce", "full", 1)


def count(hub: MadeHub, need: str, outcode: str, times: int, days: int = 0) -> None:
    at = now() - timedelta(days=days)
    UnmetNeed.objects.create(hub=hub.hub, on=at.date(), need=need, outcode=outcode, asked_by="worker", times=times)


def test_the_map_sets_what_was_looked_for_against_what_there_is(hub: MadeHub) -> None:
    make_service(hub, "Far away", "sleep")
    for name in ("Here", "Here too"):
        entry = ServiceEntry(
            source="hub", source_id=name, name=name, needs=("sleep",), locations=(LocationEntry(postcode="RM1 2AB"),)
        )
        add_service(actor=hub.system, at=now(), hub_id=hub.hub.pk, entry=entry, confirmed=True)
    gone = make_service(hub, "Gone", "grief")
    close_service(actor=hub.system, at=now(), service_id=gone.public_id)
    count(hub, "sleep", "RM1", 12)
    count(hub, "grief", "", 3, days=30)
    count(hub, "grief", "", 4, days=3)
    count(hub, "voices", "RM1", 500, days=366)
    found = gap_map(hub.actor("cora", now()), now())
    assert [(one.need, one.place, one.asked, one.offers_there, one.offers) for one in found.gaps] == [
        ("sleep", "Rivermouth (RM1)", "10", 2, 3),
        ("grief", "", "1–7", 0, 0),
    ]
    assert found.asked_in_all == "20", "rounded by itself: 19"
    assert "grief" in found.without_offer
    assert "sleep" not in found.without_offer
    page = hub.signed_in("cora").get("/gaps/").content.decode()
    assert "no answer yet, for 30 days" in page
    assert ">12<" not in page
    assert ">19<" not in page


def test_another_hubs_gaps_are_not_there(hub: MadeHub) -> None:
    count(hub, "sleep", "RM1", 12)
    other = open_hub(slug="elsewhere")
    assert gap_map(other.actor("cora", now()), now()).gaps == ()
    assert other.signed_in("cora").get("/gaps/sleep/RM1/").status_code == 404


@pytest.mark.parametrize("rows", [1, 150])
def test_it_costs_the_same_whatever_was_looked_for(hub: MadeHub, rows: int, django_assert_num_queries: Any) -> None:
    for number in range(rows):
        count(hub, "sleep", f"RM{number}", 10)
        make_service(hub, f"Service {number}", "sleep", confirmed=False)
    actor = hub.actor("cora", now())
    with django_assert_num_queries(5):
        assert len(gap_map(actor, now()).gaps) == rows


def test_a_proposal_answers_a_gap(hub: MadeHub) -> None:
    count(hub, "sleep", "RM1", 12)
    client, address = hub.signed_in("edie"), "/gaps/sleep/RM1/"
    empty = client.post(address, {"words": " "})
    assert empty.status_code == 200
    assert not Proposal.objects.exists()
    assert client.post(address, {"words": "A sleep course at the library."}).status_code == 302
    assert "A sleep course at the library." in client.get("/gaps/").content.decode()
    assert "Edie Pretend" in hub.signed_in("cora").get(address).content.decode()
    assert "Propose it" not in hub.signed_in("cora").get(address).content.decode()
    hub.signed_in("cora").post(address, {"words": "Mine."})
    with pytest.raises(NotThisRole):
        propose(actor=hub.actor("cora", now()), at=now(), need="sleep", outcode="RM1", words="Mine.")
    assert Proposal.objects.count() == 1
    assert client.get("/gaps/grief/").status_code == 404
    assert client.get("/gaps/nonsense/").status_code == 404
