"""When a worker is about to ask what is answered already, the page shows the answer, and asking again is counted (C11)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from alongside.people.commands import SayWhyAgain, add_to_story, write_down
from alongside.people.models import AskedAgain, Person, StoryEntry
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
LONG = "x" * 20001
EMOJI, RIGHT_TO_LEFT = "Better 🌱👩‍👧 today", "أنا لا أنام"


@pytest.fixture
def made() -> MadeHub:
    return open_hub(at=now() - timedelta(days=60))


@pytest.fixture
def person(made: MadeHub) -> Person:
    return made.held_by("cora", at=now() - timedelta(days=30))


def tell(made: MadeHub, person: Person, words: str, **more: Any) -> None:
    add_to_story(
        actor=made.actor("nell", now()), at=now(), person_id=person.pk, words=words, whose_words="person", domain="mind", **more
    )


def errors(page: Any) -> list[str]:
    return re.findall(r'id="id_(\w+)-error"', page.content.decode())


def test_the_subject_is_chosen_first_and_says_how_much_is_told_of_it(made: MadeHub, person: Person) -> None:
    tell(made, person, "Since my mother died.")
    page = made.signed_in("cora").get(f"/people/{person.public_id}/write-down/").content.decode()
    rows = re.findall(r'<a href="\?domain=(\w+)">[^<]+</a></span><span class="al-rows__side">([^<]*)', page)
    assert ("mind", "1 entry already") in rows and ("body", "") in rows and len(rows) == 6
    assert "<textarea" not in page


def test_what_is_answered_stands_before_the_question_with_who_wrote_it_and_when(made: MadeHub, person: Person) -> None:
    tell(made, person, "Since my mother died.", do_not_ask_again=True)
    tell(made, person, "Worse at night.")
    page = made.signed_in("cora").get(f"/people/{person.public_id}/write-down/?domain=mind").content.decode()
    places = [page.index(one) for one in ("Answered already", "Worse at night.", "Since my mother died.", "What was said")]
    assert places == sorted(places)
    assert page.count("written down by Nell Fiction on") == 2 and page.count("told once: do not ask again") == 1


def test_writing_anyway_needs_a_reason_which_is_counted_and_nothing_typed_is_lost(made: MadeHub, person: Person) -> None:
    """Seen to fail with the question for the reason left out."""
    tell(made, person, "Since my mother died.")
    client, address = made.signed_in("cora"), f"/people/{person.public_id}/write-down/?domain=mind"
    typed = {"words": "She says the same.", "whose_words": "worker"}
    page = client.post(address, typed)
    assert errors(page) == ["why_again"] and "She says the same." in page.content.decode()
    assert StoryEntry.objects.filter(words="She says the same.").count() == AskedAgain.objects.count() == 0
    assert client.post(address, {**typed, "why_again": "unclear"}).status_code == 302
    assert list(AskedAgain.objects.values_list("topic", "reason", "asked_by_id")) == [("mind", "unclear", made.hats["cora"])]
    assert StoryEntry.objects.get(words="She says the same.").domain == "mind"


def test_the_first_answer_needs_no_reason_and_counts_nothing(made: MadeHub, person: Person) -> None:
    client = made.signed_in("cora")
    client.post(f"/people/{person.public_id}/write-down/?domain=body", {"words": "Tired.", "whose_words": "person"})
    assert StoryEntry.objects.filter(words="Tired.").exists() and not AskedAgain.objects.exists()


def test_what_was_told_while_the_page_was_open_is_shown_before_it_is_saved(made: MadeHub, person: Person) -> None:
    tell(made, person, "Since my mother died.")
    with pytest.raises(SayWhyAgain):
        write_down(
            actor=made.actor("cora", now()), at=now(), person_id=person.pk, subject="mind", words="x", whose_words="worker",
            label="open", do_not_ask_again=False,
        )  # fmt: skip


@pytest.mark.parametrize("words", ["", "   ", LONG])
def test_empty_and_over_long_words_are_said_beside_the_field_and_kept(made: MadeHub, person: Person, words: str) -> None:
    sent = {"words": words, "whose_words": "carer", "do_not_ask_again": "on"}
    page = made.signed_in("cora").post(f"/people/{person.public_id}/write-down/?domain=body", sent)
    written = page.content.decode()
    assert errors(page) == ["words"]
    assert re.search(r'value="carer" checked', written) and (words != LONG or LONG in written)
    assert ("You have used 20001." in written) == (words == LONG)


@pytest.mark.parametrize("words", [EMOJI, RIGHT_TO_LEFT, "x" * 20000])
def test_emoji_and_right_to_left_writing_are_kept_as_they_are(made: MadeHub, person: Person, words: str) -> None:
    client = made.signed_in("cora")
    client.post(f"/people/{person.public_id}/write-down/?domain=body", {"words": words, "whose_words": "person"})
    assert StoryEntry.objects.latest("pk").words == words
    assert words in client.get(f"/people/{person.public_id}/").content.decode()
