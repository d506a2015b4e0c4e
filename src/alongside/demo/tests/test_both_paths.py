"""The bulk path writes what the commands write: the same facts about the same people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from alongside.demo import making
from alongside.demo.bulk import filling
from alongside.demo.hub import build
from alongside.demo.play import play
from alongside.demo.services import fill_directory
from alongside.demo.tests.canon import facts_of_people
from alongside.demo.tests.test_demo import NOW
from alongside.journal.models import Entry
from alongside.members.models import Holding, Membership
from alongside.members.queries import mismatched_next_dates
from alongside.people.models import Person

VARIANTS = {"child": 2, "young": 1, "adult": 12, "older": 4}
PEOPLE = range(5000, 5040)


class TakeBack(Exception):
    pass


def compare() -> None:
    began = NOW - making.BEFORE
    stage = build(began)
    fill_directory(stage, began, NOW)
    with transaction.atomic():
        here = filling.neighbourhood(stage, 0, began)
    with pytest.raises(TakeBack), transaction.atomic():
        play(here, [filling.part_of(7, number, NOW, VARIANTS) for number in PEOPLE])
        by_commands = facts_of_people("demo:7:")
        raise TakeBack
    moulds_and_cells(here)
    in_bulk = facts_of_people("demo:7:")
    assert in_bulk.keys() == by_commands.keys()
    for key in sorted(by_commands):
        assert in_bulk[key] == by_commands[key], key
    assert Membership.objects.count() == len(PEOPLE) == Person.objects.count()
    assert mismatched_next_dates() == 0
    assert Holding.objects.filter(until_at__isnull=True).count() == len(PEOPLE)
    assert not Entry.objects.filter(at__gt=NOW + timedelta(minutes=30)).exists()


def moulds_and_cells(here: filling.Stage) -> None:
    """Fill the same neighbourhood in bulk, so that even the workers are the same."""
    filling.fill_neighbourhoods([here], seed=7, numbers=PEOPLE, now=NOW, variants=VARIANTS)


@pytest.mark.both_databases
@pytest.mark.django_db
def test_the_same_people_have_the_same_facts_whichever_path_wrote_them() -> None:
    compare()


@pytest.mark.django_db
def test_a_second_neighbourhood_has_its_own_workers_and_nobody_elses() -> None:
    began = NOW - making.BEFORE
    stage = build(began)
    stages = [filling.neighbourhood(stage, place, began) for place in range(2)]
    filling.fill_neighbourhoods(stages, seed=7, numbers=range(5000, 5020), now=NOW, variants=VARIANTS, people_a_cell=10)
    held_there = Holding.objects.filter(hat__isnull=False, membership__person__pk__gt=Person.objects.order_by("pk")[9].pk)
    first, second = set(stages[0].hats.values()), set(stages[1].hats.values())
    assert held_there.exists()
    assert set(held_there.values_list("hat_id", flat=True)) <= second
    assert not Holding.objects.filter(hat_id__in=first & second).exists()
