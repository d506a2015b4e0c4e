"""The page of the conversation: begun by the first saving, one form for everything, nothing typed is lost (E20)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.journal.models import Entry
from alongside.journey.assessments.commands import RankedMeanwhile, Ranking, rank_needs, save_conversation
from alongside.journey.assessments.models import Assessment, Need, Version
from alongside.journey.assessments.rules import ranking_mark, still_as_before
from alongside.people.commands import add_to_story
from alongside.people.models import Person
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
FIELD = re.compile(r'name="(needs_seen|based_on)" id="[^"]+" value="([^"]*)"')


@pytest.fixture
def made() -> MadeHub:
    return open_hub(at=now() - timedelta(days=60))


@pytest.fixture
def person(made: MadeHub) -> Person:
    return made.held_by("cora", at=now() - timedelta(days=30), words="I lie awake.", whose_words="person")


def page_of(client: Client, person: Person) -> str:
    return client.get(f"/people/{person.public_id}/conversation/").content.decode()


def send(client: Client, person: Person, **typed: Any) -> Any:
    """Send the whole form as a browser does: what was on the page, and what was typed."""
    seen = dict(FIELD.findall(page_of(client, person)))
    return client.post(f"/people/{person.public_id}/conversation/", {**seen, **typed})


def standing(person: Person) -> list[tuple[str, str]]:
    found = Need.objects.filter(person=person, until_at__isnull=True).order_by("rank")
    return list(found.values_list("code", "words"))


def test_looking_at_the_page_begins_nothing_and_the_first_saving_does(made: MadeHub, person: Person) -> None:
    client = made.signed_in("cora")
    for _time in range(2):
        assert "not saved yet" in page_of(client, person)
    assert not Assessment.objects.exists() and not Entry.objects.filter(command__startswith="conversation").exists()
    send(client, person, mind="Low since the spring.")
    send(client, person, mind="Low since the spring.", body="Tired.")
    assert Assessment.objects.count() == 1
    assert Entry.objects.filter(command="conversation.begun").count() == 1


@pytest.mark.parametrize("button", [{}, {"find": "yes"}])
def test_whichever_button_is_pressed_both_the_words_and_the_order_are_kept(
    made: MadeHub, person: Person, button: dict[str, str]
) -> None:
    client = made.signed_in("cora")
    typed = {"mind": "Low.", "next_steps": "Cora rings on Friday.", "need_1": "sleep", "words_1": "since June", "need_2": "grief"}
    answer = send(client, person, **typed, **button)
    assert answer["Location"].endswith("find-help/" if button else "conversation/")
    assert Version.objects.get().parts == {"mind": "Low.", "next_steps": "Cora rings on Friday."}
    assert standing(person) == [("sleep", "since June"), ("grief", "")]


def test_a_line_that_is_too_long_stands_beside_its_question_and_nothing_is_lost(made: MadeHub, person: Person) -> None:
    client = made.signed_in("cora")
    send(client, person, need_1="sleep", need_2="grief")
    long = "a" * 2000
    answer = send(client, person, mind="Low.", need_1="sleep", words_1=long, need_2="grief", need_3="alcohol")
    written = answer.content.decode()
    assert re.findall(r'id="id_(\w+)-error"', written) == ["words_1"]
    assert "Use 400 characters or fewer. You have used 2000." in written
    assert long in written and ">Low.</textarea>" in written and 'value="alcohol" selected' in written
    assert standing(person) == [("sleep", ""), ("grief", "")]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"need_1": "sleep", "need_2": "sleep"}, "need_2"),
        ({"need_1": "sleep", "words_2": "since June"}, "need_2"),
        ({"need_1": "a diagnosis"}, "need_1"),
        ({"mind": "x" * 8001}, "mind"),
    ],
)
def test_what_cannot_be_ranked_or_kept_is_said_at_its_own_question(
    made: MadeHub, person: Person, typed: dict[str, str], field: str
) -> None:
    answer = send(made.signed_in("cora"), person, **typed)
    assert re.findall(r'id="id_(\w+)-error"', answer.content.decode()) == [field]
    assert standing(person) == []


def test_two_who_rank_at_once_see_each_others_order_and_nobodys_is_overwritten(made: MadeHub, person: Person) -> None:
    """Seen to fail with the comparison of what was seen left out: the second order replaced the first in silence."""
    cora, nell = made.signed_in("cora"), made.signed_in("nell")
    stale = dict(FIELD.findall(page_of(nell, person)))
    send(cora, person, need_1="sleep", words_1="since June")
    address = f"/people/{person.public_id}/conversation/"
    answer = nell.post(address, {**stale, "need_1": "grief", "mind": "Low."}).content.decode()
    assert standing(person) == [("sleep", "since June")]
    assert "sleep: since June" in answer and 'value="grief" selected' in answer and ">Low.</textarea>" in answer
    nell.post(address, {**stale, **dict(FIELD.findall(answer)), "need_1": "sleep", "words_1": "since June", "need_2": "grief"})
    assert standing(person) == [("sleep", "since June"), ("grief", "")]


def test_who_did_not_touch_the_order_keeps_what_somebody_else_made_of_it(made: MadeHub, person: Person) -> None:
    cora, at = made.actor("cora", now()), now()
    save_conversation(actor=cora, at=at, person_id=person.pk, based_on=0, parts={}, ranking=Ranking((), {}, ""))
    rank_needs(actor=cora, at=at, person_id=person.pk, codes=["sleep"])
    before = Need.objects.count()
    given = {"actor": cora, "at": at, "person_id": person.pk, "based_on": 1, "parts": {"mind": "Low."}}
    save_conversation(**given, ranking=Ranking((), {}, ""))
    save_conversation(**given, ranking=Ranking(("sleep",), {}, ""))
    assert Need.objects.count() == before
    with pytest.raises(RankedMeanwhile):
        save_conversation(**given, ranking=Ranking(("grief",), {}, ranking_mark([("alcohol", "")])))


def test_each_part_can_stand_as_before_and_says_since_when(made: MadeHub, person: Person) -> None:
    client = made.signed_in("cora")
    assert 'name="as_before_mind"' not in page_of(client, person)
    send(client, person, mind="Low.", home="With her sister.")
    assert 'name="as_before_mind"' in page_of(client, person) and 'name="as_before_everyday"' in page_of(client, person)
    send(client, person, mind="Low.", home="With her sister.", as_before_mind="on", as_before_everyday="on")
    on = today().isoformat()
    assert Version.objects.latest("number").as_before == {"mind": on, "everyday": on}
    assert page_of(client, person).count("as before on ") == 2
    send(client, person, mind="Low.", home="With her sister.", as_before_mind="on")
    assert Version.objects.latest("number").number == 2
    send(client, person, mind="Low.", home="On her own now.")
    assert Version.objects.latest("number").as_before == {"mind": on}


def test_a_part_that_is_written_differently_stands_no_longer_as_before() -> None:
    before = {"mind": "2026-03-02", "everyday": "2026-03-02"}
    within = {"everyday": ("home", "money")}
    was = {"mind": "low", "home": "with her sister"}
    assert still_as_before(before, was, was, within) == before
    assert still_as_before(before, was, {**was, "money": "owes rent"}, within) == {"mind": "2026-03-02"}
    assert still_as_before(before, was, {"home": "with her sister"}, within) == {"everyday": "2026-03-02"}


def test_it_opens_with_what_is_known_and_each_part_with_what_is_answered_in_it(made: MadeHub, person: Person) -> None:
    told = {"actor": made.actor("nell", now()), "at": now(), "person_id": person.pk, "whose_words": "person"}
    add_to_story(words="Since my mother died.", domain="mind", do_not_ask_again=True, **told)
    written = page_of(made.signed_in("cora"), person)
    places = [written.index(one) for one in ("I lie awake.", ">Mind</h2>", "Since my mother died.", ">Body</h2>")]
    assert places == sorted(places)
    assert written.index("I lie awake.") < written.index('id="conversation"')
    assert "their own words, written down by trust of rivermouth on" in written
    assert "their own words, written down by Nell Fiction on" in written
    assert written.count("told once: do not ask again") == 1


@pytest.mark.parametrize("count", [1, 20, 200])
def test_the_page_costs_the_same_however_much_was_told(made: MadeHub, person: Person, count: int) -> None:
    for _time in range(count):
        add_to_story(
            actor=made.actor("cora", now()), at=now(), person_id=person.pk, words="More.", whose_words="person", domain="mind"
        )
    client = made.signed_in("cora")
    send(client, person, mind="Low.", need_1="sleep")
    page_of(client, person)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, person)
    assert len(asked) <= 20
