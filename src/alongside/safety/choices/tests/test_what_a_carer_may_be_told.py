"""What each carer may be told: chosen topic by topic, until a day; shown beside them, and what it stands against too.

Shown to fail: without the check of the review day; without `born_on` a 16th birthday ends nothing; with the carer's namesake of an
exclusion looked for among conflicts the two pages differ. Source: trust.md T03, T21, C10, H10; S2-361, S2-364; issue "trust", A5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.access.commands import exclude
from alongside.journal.models import Entry
from alongside.members.models import Task
from alongside.people.commands import CarerNeedsName, write_down_carer
from alongside.people.models import ContactPoint, Person, RelatedPerson
from alongside.refusals import NotFound
from alongside.safety.choices.commands import (
    ReviewWithinHalfAYear,
    UnknownTopic,
    ask_about_choice,
    choose_for_carer,
    end_choice_by_itself,
    take_back_choice,
)
from alongside.safety.choices.queries import carers_of, choices_past_their_day, choices_to_ask_about, holder_sees_only_its_own
from alongside.safety.commands import stop_sharing
from alongside.safety.models import CarerChoice
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.clock import start_of
from tests.support.hub import AT, TODAY, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H10")]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def on_that_monday(hub: MadeHub) -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


def with_carer(hub: MadeHub, name: str = "Sian Pretend", **told: object) -> tuple[Person, RelatedPerson]:
    person = hub.held_by("cora", **told)
    made = {"hub": hub.hub, "person": person, "author_organisation_id": hub.partners["practice"]}
    return person, RelatedPerson.objects.create(**made, name=name, relationship="sister", phone="01632 960123")


def choose(hub: MadeHub, carer: RelatedPerson, *topics: str, key: str = "cora", **changes: object) -> CarerChoice:
    given = {"at": AT, "person_id": carer.person_id, "carer_id": carer.public_id, "review_on": TODAY + 90 * DAY, **changes}
    return choose_for_carer(actor=hub.actor(key), topics=topics, **given)  # type: ignore[arg-type]


def told(hub: MadeHub, person: Person, at: object = AT, key: str = "cora") -> list[tuple[bool, tuple[str, ...], str]]:
    found = carers_of(hub.actor(key), person, at)  # type: ignore[arg-type]
    return [(one.chosen, one.topics, one.conflict) for one in found]


def test_nothing_is_told_before_it_is_chosen_and_place_only_when_it_is(hub: MadeHub) -> None:
    person, carer = with_carer(hub)
    assert told(hub, person) == [(False, (), "")]
    choose(hub, carer, "crisis", "day")
    assert told(hub, person) == [(True, ("day", "crisis"), "")]
    choose(hub, carer)
    assert told(hub, person) == [(True, (), "")]
    assert list(CarerChoice.objects.order_by("pk").values_list("ended_because", flat=True)) == ["chosen_again", ""]
    take_back_choice(actor=hub.actor("cora"), at=AT, person_id=person.pk, carer_id=carer.public_id)
    assert told(hub, person) == [(False, (), "")]


@pytest.mark.both_databases
@pytest.mark.parametrize("born_on", [None, date(2015, 3, 20), date(2010, 3, 20)])
def test_it_ends_by_itself_and_the_holder_is_asked_before(hub: MadeHub, born_on: date | None) -> None:
    """A child's choice ends on the 11th and 16th birthday, whatever day was chosen."""
    person, carer = with_carer(hub, born_on=born_on)
    one = choose(hub, carer, "how")
    end = date(2026, 3, 20) if born_on else TODAY + 90 * DAY
    first, last = start_of(end), start_of(end) - timedelta(seconds=1)
    assert [told(hub, person, at)[0][0] for at in (last, first, first + DAY)] == [True, False, False]
    asked_on = end - 7 * DAY
    assert choices_to_ask_about(asked_on - DAY) == [] and choices_to_ask_about(asked_on) == [(one.pk, hub.hub.pk)]
    for _ in range(2):
        ask_about_choice(actor=hub.system, at=start_of(asked_on), choice_id=one.pk)
    what = "carer_birthday" if born_on else "carer_choice_ends"
    assert list(Task.objects.filter(what__startswith="carer").values_list("what", "hat_id", "due_on")) == [
        (what, hub.hats["cora"], end)
    ]
    assert choices_past_their_day(end - DAY) == [] and choices_past_their_day(end) == [(one.pk, hub.hub.pk)]
    assert end_choice_by_itself(actor=hub.system, at=last, choice_id=one.pk) is None
    end_choice_by_itself(actor=hub.system, at=first, choice_id=one.pk)
    assert CarerChoice.objects.get().ended_because == ("birthday" if born_on else "review_day")
    # It never renews itself: nothing is told until somebody chooses again.
    assert told(hub, person, first + 30 * DAY)[0][0] is False


def test_a_birthday_that_is_learned_later_ends_it_too(hub: MadeHub) -> None:
    person, carer = with_carer(hub)
    choose(hub, carer, "how")
    person.born_on = date(2010, 3, 20)
    person.save()
    assert told(hub, person, start_of(date(2026, 3, 20)))[0][0] is False


def test_what_is_refused(hub: MadeHub) -> None:
    person, carer = with_carer(hub)
    with pytest.raises(UnknownTopic):
        choose(hub, carer, "everything")
    for review_on in (TODAY, TODAY + 181 * DAY):
        with pytest.raises(ReviewWithinHalfAYear):
            choose(hub, carer, "how", review_on=review_on)
    other, _theirs = with_carer(hub, name="Somebody Else")
    with pytest.raises(NotFound):
        choose(hub, carer, "how", person_id=other.pk)
    with pytest.raises(NotFound):
        choose(hub, carer, "how", key="liv")
    assert not CarerChoice.objects.exists()
    entry = choose(hub, carer, "how") and Entry.objects.get(command="carer.choice_made")
    assert set(entry.facts) == {"carer", "choice", "review_on"} and entry.person_id == person.pk


def test_the_database_keeps_one_choice_a_carer(hub: MadeHub) -> None:
    _person, carer = with_carer(hub)
    one = choose(hub, carer, "how")
    one.pk, one.public_id = None, carer.public_id
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


def test_a_conflict_is_shown_as_a_conflict(hub: MadeHub) -> None:
    through = WayToReach("through", "01632 960123", whose="Sian Pretend")
    person, carer = with_carer(hub, ways=(through,))
    choose(hub, carer)
    assert told(hub, person) == [(True, (), "only_way")]
    ContactPoint.objects.create(person=person, channel="email", value="mair@person.example", place=2)
    assert told(hub, person) == [(True, (), "a_way")]
    browser, record = hub.signed_in("cora"), f"/people/{person.public_id}/"
    for page in (record, f"{record}sharing/"):
        seen = browser.get(page).content.decode()
        assert "Sian Pretend may be told nothing, and is one of the ways to reach them." in seen, page
    choose(hub, carer, "how")
    assert told(hub, person) == [(True, ("how",), "")]
    assert not holder_sees_only_its_own(person.pk, AT)
    stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=hub.partners["practice"])
    assert "Whoever holds them sees only what their own organisation wrote." in browser.get(f"{record}sharing/").content.decode()


def test_a_carers_namesake_in_an_exclusion_is_no_conflict_and_changes_no_byte(hub: MadeHub) -> None:
    person, carer = with_carer(hub, name="Idris Pretend")
    choose(hub, carer, "how")
    browser, record = hub.signed_in("nell"), f"/people/{person.public_id}/"
    paths = (record, f"{record}sharing/", f"{record}sharing/print/", f"{record}sharing/carers/{carer.public_id}/")

    def pages() -> list[str]:
        return [browser.get(one).content.decode().partition("<main")[2].partition("Who looked")[0] for one in paths]

    before = pages()
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Idris Pretend, my brother")
    for one, again in zip(before, pages(), strict=True):
        assert _plain(one) == _plain(again) and len(one) > 500


def _plain(page: str) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_it_is_chosen_by_page_and_stands_on_the_record_and_on_paper(hub: MadeHub) -> None:
    person, carer = with_carer(hub)
    browser, record = hub.signed_in("cora"), f"/people/{person.public_id}/"
    path, review = f"{record}sharing/carers/{carer.public_id}/", TODAY + 30 * DAY
    seen = browser.get(record).content.decode()
    assert path in seen and "Nobody has chosen yet what they may be told: nothing but general advice." in seen
    assert "General advice is always allowed" in seen
    form = browser.get(path).content.decode()
    assert "General advice is always allowed" in form and "checked" not in form
    dated = {"review_on_day": str(review.day), "review_on_month": str(review.month), "review_on_year": str(review.year)}
    for wrong in ({}, {"topics": ["how"], "nothing": "on"}, {"topics": ["how"], "review_on_year": "2027"}):
        assert "There is a problem" in browser.post(path, dated | wrong).content.decode()
    assert browser.post(path, dated | {"topics": ["how", "plan"]}).status_code == 302
    assert "May be told: how they are; their plan; asked again by Wednesday 1 April 2026" in browser.get(record).content.decode()
    paper = browser.get(f"{record}sharing/print/").content.decode()
    assert "Sian Pretend (sister): how they are; their plan. Until Wednesday 1 April 2026" in paper
    assert "We may always give them general advice" in paper
    assert browser.post(f"{path}end/").status_code == 302
    assert "Take the choice back" not in browser.get(path).content.decode()
    assert browser.post(path, dated | {"nothing": "on"}).status_code == 302
    assert "Sian Pretend (sister): nothing" in browser.get(f"{record}sharing/print/").content.decode()
    browser.post("/language/", {"language": "cy"})
    paper = browser.get(f"{record}sharing/print/").content.decode()
    assert "Yr hyn y caniateir ei ddweud wrth y rhai sy" in paper and "Sian Pretend (sister): dim" in paper


def test_a_child_whose_birthday_nobody_knows_is_said_to_be_so(hub: MadeHub) -> None:
    person, carer = with_carer(hub, age_band="11_15")
    path = f"/people/{person.public_id}/sharing/carers/{carer.public_id}/"
    assert "nobody has written down when they were born" in hub.signed_in("cora").get(path).content.decode()


def test_a_carer_is_written_down_by_page_and_told_nothing_until_it_is_chosen(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    browser, path = hub.signed_in("cora"), f"/people/{person.public_id}/sharing/carers/"
    assert path in browser.get(f"/people/{person.public_id}/").content.decode()
    assert "There is a problem" in browser.post(path, {"relationship": "aunt"}).content.decode()
    sent = {"name": "Nan Pretend", "relationship": "grandmother", "phone": "01632 960321"}
    answer = browser.post(path, sent)
    carer = RelatedPerson.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{path}{carer.public_id}/")
    assert (carer.name, carer.relationship, carer.third_party) == ("Nan Pretend", "grandmother", True)
    assert told(hub, person) == [(False, (), "")]
    with pytest.raises(NotFound):
        write_down_carer(actor=hub.actor("liv"), at=AT, person_id=person.pk, name="Somebody")
    with pytest.raises(CarerNeedsName):
        write_down_carer(actor=hub.actor("cora"), at=AT, person_id=person.pk, name=" ")
