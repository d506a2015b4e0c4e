"""Promise 3: a story is told once, with whose words it is; asking again is counted."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.journal.models import Entry
from alongside.people.commands import add_to_story, ask_again, read_story
from alongside.people.models import AskedAgain, RelatedPerson, StoryEntry, StoryRead
from alongside.people.queries import story_of, story_readings, what_is_known
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.arrival import AskedBy
from tests.support.hub import AT, MadeHub, open_hub

DAY = timedelta(days=1)


def test_what_came_in_is_the_first_of_the_story_with_whose_words_it_is(hub: MadeHub) -> None:
    person = hub.refer(
        actor=hub.actor("gil"), words="Low since the spring.", whose_words="referrer", persons_words="I cannot get up."
    ).referral.person
    told = {entry.whose_words: (entry.words, entry.third_party) for entry in story_of(hub.actor("dana"), person.pk)}
    assert told == {"referrer": ("Low since the spring.", False), "person": ("I cannot get up.", False)}


@pytest.mark.hazard("H10")
def test_words_of_a_third_party_are_kept_apart(hub: MadeHub) -> None:
    one = hub.refer(
        words="My sister does not eat.", whose_words="carer", asked_by=AskedBy("Sian Pretend", "sister", phone="01632 960222")
    ).referral
    entry = StoryEntry.objects.get()
    assert (entry.third_party, one.third_party, entry.whose_words) == (True, True, "carer")
    asked = RelatedPerson.objects.get()
    assert (asked.name, asked.third_party, asked.asked_for_them) == ("Sian Pretend", True, True)


def test_what_is_told_once_is_read_by_the_next_one_and_shown_instead_of_asked(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    add_to_story(
        actor=hub.actor("cora"),
        at=AT,
        person_id=person.pk,
        words="Two girls, 4 and 6.",
        whose_words="person",
        domain="family",
        topic="children",
    )
    for subject in ("children", "family"):
        assert [one.words for one in what_is_known(hub.actor("cora"), person.pk, subject)] == ["Two girls, 4 and 6."]
    assert not what_is_known(hub.actor("cora"), person.pk, "sleep")
    assert not what_is_known(hub.actor("liv"), person.pk, "children")


def test_reading_before_meeting_is_recorded_up_to_what_stood_there(hub: MadeHub) -> None:
    person = hub.held_by("cora", words="I cannot sleep.")
    assert not story_readings(hub.hats["cora"], person.pk)
    read_story(actor=hub.actor("cora"), at=AT + DAY, person_id=person.pk)
    done = StoryRead.objects.get()
    assert (done.hat_id, done.up_to, done.at) == (hub.hats["cora"], StoryEntry.objects.get(), AT + DAY)
    assert story_readings(hub.hats["cora"], person.pk)


def test_asking_again_is_counted_with_its_reason(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    ask_again(actor=hub.actor("cora"), at=AT, person_id=person.pk, topic="children", reason="changed")
    assert list(AskedAgain.objects.values_list("topic", "reason", "asked_by_id")) == [("children", "changed", hub.hats["cora"])]


def test_whoever_is_not_near_and_whoever_does_not_read_stories_neither_reads_nor_writes(hub: MadeHub) -> None:
    hub.take_on("ann", "Ann Fable", "trust", "administrator", ("door",))
    person = hub.person(words="I cannot sleep.")
    for key, refusal in (("liv", NotFound), ("ann", NotThisRole)):
        with pytest.raises(refusal):
            read_story(actor=hub.actor(key), at=AT, person_id=person.pk)
        with pytest.raises(refusal):
            add_to_story(actor=hub.actor(key), at=AT, person_id=person.pk, words="x", whose_words="worker", domain="asking")
        assert story_of(hub.actor(key), person.pk) == []


@pytest.mark.django_db
def test_without_an_agreement_a_relationship_alone_shows_nothing_another_organisation_wrote() -> None:
    apart = open_hub("apart", sharing=False)
    person = apart.held_by("cora", words="I cannot sleep.")
    assert story_of(apart.actor("cora"), person.pk) == []
    add_to_story(actor=apart.actor("cora"), at=AT, person_id=person.pk, words="ours", whose_words="worker", domain="asking")
    assert [entry.words for entry in story_of(apart.actor("cora"), person.pk)] == ["ours"]


def test_the_journal_says_that_something_was_told_and_never_what(hub: MadeHub) -> None:
    one = hub.refer(words="My husband Gareth hits me", exclusion="Gareth", name="Mair Pretend", born_on=AT.date()).referral
    written = " ".join(str(row) for row in Entry.objects.values_list("command", "facts", "label", "actor_name"))
    for secret in ("husband", "Gareth", "Mair", "mair", "person.example", one.reference):
        assert secret not in written
