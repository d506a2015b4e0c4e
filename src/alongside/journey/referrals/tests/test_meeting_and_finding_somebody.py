"""A name and one way are enough; search finds within reach only; who is who is settled by a person, never by itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from alongside.journey.referrals.commands import NoWayToReach, Received
from alongside.journey.referrals.models import Referral
from alongside.members.models import Membership, Task
from alongside.people.commands import NameNeeded, settle_match
from alongside.people.models import Identifier, MatchTask, MergeLink, Person
from alongside.people.queries import Asked, find_people
from alongside.refusals import AlreadyDone, NotFound, NotThisRole
from alongside.vocabulary.arrival import WayToReach
from alongside.vocabulary.names import search_keys
from tests.support.hub import AT, MadeHub, open_hub

NUMBER = "943 476 5919"
BORN = date(1990, 2, 3)
WHOLE = {"name": "Mair Pretend", "nhs_number": NUMBER, "born_on": BORN}


def test_a_name_and_one_way_are_enough(hub: MadeHub) -> None:
    person = hub.person(name=" Mo ", ways=(WayToReach("call", "01632 960111"),))
    assert (person.chosen_name, person.born_on, person.postcode, person.gp_practice, person.age_band) == ("Mo", None, "", "", "")
    assert Membership.objects.filter(pk=person.pk).exists() and not Identifier.objects.exists()


def test_without_a_name_or_a_way_nobody_is_written_down(hub: MadeHub) -> None:
    with pytest.raises(NameNeeded):
        hub.refer(name="  ")
    with pytest.raises(NoWayToReach):
        hub.refer(ways=())
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("received", "value", "valid", "problem"),
    [
        (NUMBER, "9434765919", True, ""),
        ("943-476-5918", "9434765918", False, "check_digit"),
        ("12345", "12345", False, "wrong_length"),
        ("unknown", "", False, "wrong_length"),
        ("9999999999", "9999999999", False, "placeholder"),
        ("٩٤٣٤٧٦٥٩١٩", "9434765919", True, ""),
    ],
)
def test_a_number_is_kept_as_it_was_received_and_flagged_when_it_does_not_check_out(
    hub: MadeHub, received: str, value: str, valid: bool, problem: str
) -> None:
    hub.person(nhs_number=received)
    kept = Identifier.objects.get()
    assert (kept.as_received, kept.value, kept.is_valid, kept.problem, kept.confirmed_at) == (
        received,
        value,
        valid,
        problem,
        None,
    )


@pytest.mark.both_databases
@pytest.mark.hazard("H03")
def test_one_confirmed_number_is_one_person_and_a_wrong_one_is_never_confirmed(hub: MadeHub) -> None:
    first, second = hub.person(**WHOLE), hub.person(**WHOLE)
    Identifier.objects.filter(person=first).update(confirmed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.filter(person=second).update(confirmed_at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.filter(person=second).update(is_valid=False, confirmed_at=AT)


@pytest.mark.parametrize(
    "asked",
    [
        Asked(nhs_number="9434765919"),
        Asked(nhs_number=" 943 476 5919 "),
        Asked(name="Catherine Lloyd"),
        Asked(name="Katherine Lloyd"),
        Asked(name="Kathryn Loyd"),
        Asked(name="lloyd"),
        Asked(name="Cathy", born_on=BORN),
        Asked(born_on=BORN),
        Asked(phone="07700 900 123"),
        Asked(phone="+447700900123"),
    ],
    ids=str,
)
@pytest.mark.both_databases
def test_somebody_is_found_by_number_misspelt_name_birthday_or_phone(hub: MadeHub, asked: Asked) -> None:
    person = hub.person(
        name="Catherine Lloyd",
        nhs_number=NUMBER,
        born_on=BORN,
        ways=(WayToReach("call", "07700 900123"), WayToReach("email", "c@p.example")),
    )
    hub.person(name="Gethin Invented", born_on=date(1955, 5, 5), ways=(WayToReach("call", "07700 900456"),))
    assert [one.pk for one in find_people(hub.actor("dana"), asked)] == [person.pk]


@pytest.mark.parametrize(
    "asked", [Asked(nhs_number=NUMBER), Asked(name="Mair Pretend"), Asked(born_on=BORN), Asked(phone="07700 900123")], ids=str
)
def test_nobody_out_of_reach_is_found_whatever_is_asked(hub: MadeHub, asked: Asked) -> None:
    ways = (WayToReach("call", "07700 900123"),)
    hub.person(**WHOLE, ways=ways)
    hub.person(**WHOLE, ways=ways, exclusion="Wyn")
    elsewhere = open_hub("elsewhere")
    elsewhere.person(**WHOLE, ways=ways)
    assert len(find_people(hub.actor("dana"), asked)) == 2
    assert len(find_people(hub.actor("wyn"), asked)) == 1
    for stranger in (hub.actor("cora"), hub.actor("gil"), hub.public):
        assert find_people(stranger, asked) == []
    assert len(find_people(elsewhere.actor("dana"), asked)) == 1


def test_searching_costs_the_same_number_of_queries_for_one_twenty_and_two_hundred(hub: MadeHub) -> None:
    dana, asked = hub.actor("dana"), Asked(name="Mair Pretend", nhs_number=NUMBER, phone="07700 900123", born_on=BORN)
    costs = []
    for many in (1, 20, 200):
        for number in range(Person.objects.count(), many):
            hub.person(name="Mair Pretend", born_on=BORN, email=f"p{number}@person.example")
        with CaptureQueriesContext(connection) as queries:
            assert find_people(dana, asked)
        costs.append(len(queries))
    assert costs == [3, 3, 3]


def bring(hub: MadeHub, **told: Any) -> Received:
    return hub.refer(AT + timedelta(days=1), actor=hub.actor("gil"), door="gp", **told)


@pytest.mark.both_databases
@pytest.mark.hazard("H04")
def test_somebody_known_for_certain_is_attached_silently_and_the_answer_is_the_same(hub: MadeHub) -> None:
    person = hub.person(**WHOLE)
    fresh = bring(hub, name="Somebody Else", email="else@person.example")
    again = bring(hub, **WHOLE | {"name": "Mair Pretend"}, email="new@person.example")
    assert again.referral.person_id == person.pk and Person.objects.count() == 2
    assert (again.is_new, bool(again.link_token)) == (fresh.is_new, bool(fresh.link_token)) == (True, True)
    assert type(again) is type(fresh) and again.referral.reference != Referral.objects.earliest("pk").reference
    assert not MatchTask.objects.exists()
    assert sorted(person.contact_points.values_list("value", flat=True)) == ["mair@person.example", "new@person.example"]
    assert "asked_again" in Task.objects.filter(person=person).values_list("what", flat=True)


@pytest.mark.parametrize(
    "told",
    [
        {"name": "Mair Pretend", "nhs_number": NUMBER, "born_on": date(1990, 3, 2)},
        {"name": "Mair Pretend", "nhs_number": NUMBER},
        {"name": "Gareth Different", "nhs_number": NUMBER, "born_on": BORN},
        {"name": "Mair Pretend", "nhs_number": "9434765918", "born_on": BORN},
        {"name": "Mair Pretend", "born_on": BORN},
        {"name": "Mair Pretend", "ways": (WayToReach("call", "07700 900123"),)},
    ],
    ids=["other birthday", "no birthday", "other name", "wrong number", "no number", "same phone"],
)
@pytest.mark.both_databases
@pytest.mark.hazard("H04")
def test_anything_less_certain_is_a_new_person_and_a_task_for_a_named_matcher(hub: MadeHub, told: dict[str, Any]) -> None:
    known = hub.person(**WHOLE, ways=(WayToReach("call", "07700 900123"),))
    one = bring(hub, **told).referral
    assert one.person_id != known.pk
    task = MatchTask.objects.get()
    assert (task.person_id, task.other_id, task.matcher_id) == (one.person_id, known.pk, hub.hats["dana"])
    assert not MergeLink.objects.exists()


def test_somebody_quite_different_makes_no_task(hub: MadeHub) -> None:
    hub.person(**WHOLE)
    bring(hub, name="Gareth Different", born_on=date(1960, 1, 1), nhs_number="4010232137")
    assert not MatchTask.objects.exists()


@pytest.mark.hazard("H03")
def test_a_public_door_attaches_nobody_by_itself(hub: MadeHub) -> None:
    known = hub.person(**WHOLE)
    assert hub.refer(**WHOLE).referral.person_id != known.pk
    assert MatchTask.objects.get().because == "number"


@pytest.mark.hazard("H03")
def test_a_number_that_nobody_has_traced_attaches_nobody_by_itself(hub: MadeHub) -> None:
    known = hub.person(**WHOLE)
    one = bring(hub, **WHOLE, nhs_number_unsure=True).referral
    assert one.person_id != known.pk and Identifier.objects.get(person_id=one.person_id).as_received == NUMBER


@pytest.mark.hazard("H03")
def test_nothing_merges_by_itself_and_what_a_matcher_links_stays_whole(hub: MadeHub) -> None:
    known, again = hub.person(**WHOLE), hub.person(**WHOLE)
    task = MatchTask.objects.get()
    with pytest.raises(NotThisRole):
        settle_match(actor=hub.actor("nell"), at=AT, task_id=task.public_id, same=True)
    with pytest.raises(NotFound):
        settle_match(actor=open_hub("elsewhere").actor("dana"), at=AT, task_id=task.public_id, same=True)
    settle_match(actor=hub.actor("dana"), at=AT, task_id=task.public_id, same=True)
    with pytest.raises(AlreadyDone):
        settle_match(actor=hub.actor("dana"), at=AT, task_id=task.public_id, same=False)
    link = MergeLink.objects.get()
    assert (link.kept_id, link.joined_id, link.undone_at) == (known.pk, again.pk, None)
    assert [Referral.objects.filter(person=one).count() for one in (known, again)] == [1, 1]
    assert Membership.objects.count() == 2


def test_a_name_is_found_by_either_order_of_its_parts() -> None:
    assert set(search_keys("Catherine Lloyd")) == set(search_keys("Lloyd, Kathryn"))
