"""A specialist partner that keeps its own notes is a pointer for the others: whom to ring, and neither name nor team (trust.md section 0, 5)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.access.commands import open_relationship, set_participation
from alongside.people.models import Person
from tests.support.hub import AT, MadeHub

PLACES = ("web:show-person", "safety:sharing", "safety:sharing-on-paper")


@pytest.fixture
def person(hub: MadeHub) -> Person:
    """Somebody whom the charity holds, with a worker of the trust alongside."""
    person = hub.held_by("liv", words="It has been a hard year.")
    open_relationship(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, kind="giving", because=("handover", 0),
        hat_id=hub.hats["wyn"],
    )  # fmt: skip
    return person


def keeps_its_own_notes(hub: MadeHub, how: str, line: str = "") -> None:
    set_participation(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, organisation_id=hub.partners["charity"], participation=how, duty_line=line
    )


def pages(hub: MadeHub, key: str, person: Person) -> str:
    client = hub.signed_in(key)
    return "".join(client.get(reverse(name, args=[person.public_id])).content.decode() for name in PLACES)


@pytest.mark.hazard("H09")
def test_the_others_read_whom_to_ring_and_never_who_it_is(hub: MadeHub, person: Person) -> None:
    before = pages(hub, "wyn", person)
    assert "Liv Example" in before and "charity of rivermouth" in before
    keeps_its_own_notes(hub, "pointer", "01632 960555")
    after = pages(hub, "wyn", person)
    assert "Liv Example" not in after and "harbour" not in after
    assert "support service (ring 01632 960555)" in after


def test_figures_only_is_no_pointer_either(hub: MadeHub, person: Person) -> None:
    keeps_its_own_notes(hub, "aggregate")
    after = pages(hub, "wyn", person)
    assert "Liv Example" not in after and "harbour" not in after and "ring" not in after.split("support service", 1)[1][:20]
