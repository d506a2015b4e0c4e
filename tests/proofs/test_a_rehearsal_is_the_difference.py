"""What whoever changes a rule is shown before is exactly what the real matching does after, over a world made at random (S1-06).

Shown to fail: with any one of `WRONG` in place of what is right, `test_a_rehearsal_that_counts_wrongly_is_found_out` says so.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from alongside.design.words import words
from alongside.hubs.queries import local_date
from alongside.journey.assessments.commands import rank_needs
from alongside.journey.assessments.queries import ranked_needs
from alongside.journey.directory.codes import WHY_NOT
from alongside.journey.directory.commands import change_rules, say_room
from alongside.journey.directory.models import Service
from alongside.journey.directory.queries import rules_in_force
from alongside.journey.directory.queries.matching import match_services
from alongside.journey.directory.queries.rules_in_force import Rule, difference, rehearse, rule_of
from alongside.journey.directory.rules import counted
from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import introduce, write_down_answer
from alongside.journey.handovers.queries import earlier_answers
from alongside.people.models import Person
from alongside.vocabulary.ages import age_for_matching
from alongside.vocabulary.clock import now
from alongside.web import provision
from tests.support.hub import MadeHub, open_hub

NEEDS = ("sleep", "grief", "alcohol", "neurodiversity", "housing")
BANDS = ("under_11", "16_17", "18_25", "26_64", "65_over", "not_said", "")


def world(seed: int, people: int = 16) -> tuple[MadeHub, list[Service]]:
    """Make a hub whose people have ages and needs by chance, some services with rules, and some that have said no."""
    chance, hub = random.Random(seed), open_hub(f"rules{seed}")
    services = [
        make_service(
            hub, f"Service {number}", *chance.sample(NEEDS, 2), age_from=chance.choice([None, 0, 18]),
            age_to=chance.choice([None, 25, 64, 120]),
        )
        for number in range(4)
    ]  # fmt: skip
    say_room(actor=hub.system, at=now(), service_id=services[3].public_id, weeks=None)
    for number in range(people):
        person = hub.held_by("cora", at=now(), name=f"Nobody {number} of {seed}", email=f"n{number}@person.example")
        Person.objects.filter(pk=person.pk).update(age_band=chance.choice(BANDS), gender=chance.choice(["female", "male", ""]))
        rank_needs(
            actor=hub.actor("cora", now()), at=now(), person_id=person.pk, codes=chance.sample(NEEDS, chance.randint(0, 3))
        )
        if chance.random() < 0.3:
            _says_no(hub, person, chance.choice(services[:3]))
    return hub, services


def _says_no(hub: MadeHub, person: Person, service: Service) -> None:
    cora, at = hub.actor("cora", now()), now()
    asked = introduce(actor=cora, at=at, person_id=person.pk, to_service_id=service.pk, words="Please.", person_agrees=True)
    write_down_answer(actor=cora, at=at, handover_id=asked.handover.public_id, by_name="Jo", answer="not_us", reason="full")


def offered(hub: MadeHub, service: Service) -> list[bool]:
    """Tell for each person, in order, whether the real matching offers this service, near the top or further down."""
    found, today = [], local_date(now())
    for person in Person.objects.filter(hub=hub.hub).order_by("pk"):
        real = match_services(
            hub.system,
            needs=[one.code for one in ranked_needs(hub.system, person.pk)],
            age=age_for_matching(person.born_on, person.age_band, today),
            earlier=earlier_answers(hub.system, person.pk, today),
        )
        first = any(one.short.name == service.name for _need, offers in real.offers for one in offers)
        found.append(first or (service.name, words(WHY_NOT, "far")) in real.left_out.rows)
    return found


def some_rule(chance: random.Random, service: Service) -> Rule:
    needs = tuple(sorted(chance.sample(NEEDS, 2)))
    others = [need for need in NEEDS if need not in needs]
    return Rule(
        chance.choice([None, 11, 18, 30]),
        chance.choice([None, 45, 70]),
        tuple(chance.sample(others, chance.randint(0, 1))),
        needs,
    )


@pytest.mark.django_db
@pytest.mark.both_databases
@pytest.mark.parametrize("seed", range(2))
def test_a_rehearsal_is_the_difference_of_the_real_matching(seed: int) -> None:
    chance, (hub, services) = random.Random(seed), world(seed)
    touched = 0
    for service in services * 2:
        service.refresh_from_db()
        rule, before = some_rule(chance, service), offered(hub, service)
        people = provision.everybody(hub.hub.pk, now(), service)
        gain, lose = difference(service, rule_of(service), rule, people)
        shown = rehearse(service, rule, people)
        if rule == rule_of(service):
            continue
        change_rules(
            actor=hub.system, at=now(), service_id=service.public_id, rule=rule, people=people, rehearsed=shown.token,
            reason="A test.", agreed_by="The governance group.",
        )  # fmt: skip
        service.refresh_from_db()
        after = offered(hub, service)
        assert gain == [key for key, (was, is_) in enumerate(zip(before, after, strict=True)) if is_ and not was]
        assert lose == [key for key, (was, is_) in enumerate(zip(before, after, strict=True)) if was and not is_]
        assert (shown.gain, shown.lose) == (counted(len(gain)), counted(len(lose)))
        touched += len(gain) + len(lose)
    assert touched > 8, "the rules touch somebody"


WRONG: dict[str, tuple[Any, str, Any]] = {
    "forgets who has said no": (provision, "people_it_said_no_for", lambda *_given: set()),
    "forgets how old people are": (provision, "age_for_matching", lambda *_given: None),
    "forgets what goes with what": (
        rules_in_force, "fits", lambda one, needs, age, right=rules_in_force.fits: right(rules_in_force.replace(one, not_with=()), needs, age),
    ),
}  # fmt: skip
"""Mistakes that the comparison has to see: what is put in whose place."""


@pytest.mark.parametrize("mistake", WRONG)
def test_a_rehearsal_that_counts_wrongly_is_found_out(db: None, monkeypatch: pytest.MonkeyPatch, mistake: str) -> None:
    chance, (hub, services) = random.Random(5), world(5)
    tried = [(one, some_rule(chance, one)) for one in services[:3] for _time in range(6)]

    def all_of() -> list[tuple[list[int], list[int]]]:
        return [difference(one, rule_of(one), rule, provision.everybody(hub.hub.pk, now(), one)) for one, rule in tried]

    right = all_of()
    monkeypatch.setattr(*WRONG[mistake])
    assert all_of() != right
