"""Who is meant by an exclusion may be whoever holds the person: a team without them takes over, at once and silently.

Shown to fail: without the take-over the person's holder is somebody who cannot see them.
Source: trust.md C07, H11; promise 2; issue "trust", 4 and 7.
"""

from __future__ import annotations

from typing import Any

import pytest

from alongside.access.commands import exclude
from alongside.access.models import Exclusion, KeptAway
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat
from alongside.members.models import Holding
from alongside.people.models import Person
from alongside.safety.commands import NobodyElseHolds, settle_who_is_meant
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H11"), pytest.mark.hazard("H09")]


def settle(hub: MadeHub, person: Person, *, workers: tuple[str, ...] = (), **meant: Any) -> None:
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="the tall one")
    settle_who_is_meant(
        actor=hub.actor("saf"),
        at=AT,
        exclusion_id=Exclusion.objects.get(person=person).pk,
        worker_ids=[Hat.objects.get(pk=hub.hats[key]).worker_id for key in workers],
        **{"team_ids": [], "organisation_ids": []} | meant,
    )


def held_by(person: Person) -> tuple[int | None, int | None]:
    holding = Holding.objects.get(open_for=person.pk)
    return holding.hat_id, holding.team_id


def test_a_worker_who_holds_gives_way_to_the_team_at_the_door(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    settle(hub, person, workers=("cora",))
    assert held_by(person) == (None, hub.teams["door"])
    assert not visible_to(hub.actor("cora"), Person.objects.filter(pk=person.pk), at=AT).exists()
    assert visible_to(hub.actor("wyn"), Person.objects.filter(pk=person.pk), at=AT).exists()


@pytest.mark.parametrize("whole", ["team", "organisation"])
def test_a_whole_team_or_organisation_that_holds_gives_way_to_another(hub: MadeHub, whole: str) -> None:
    person = hub.person()
    assert held_by(person) == (None, hub.teams["door"])
    meant = {"team_ids": [hub.teams["door"]]} if whole == "team" else {"organisation_ids": [hub.partners["trust"]]}
    settle(hub, person, **meant)
    assert held_by(person) == (None, hub.teams["north"])
    assert not visible_to(hub.actor("dana"), Person.objects.filter(pk=person.pk), at=AT).exists()
    assert visible_to(hub.actor("cora"), Person.objects.filter(pk=person.pk), at=AT).exists()


def test_somebody_else_who_is_meant_changes_no_holder(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    settle(hub, person, workers=("liv",))
    assert held_by(person) == (hub.hats["cora"], None)


def test_nobody_is_left_without_a_holder_who_may_see_them(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    with pytest.raises(NobodyElseHolds):
        settle(hub, person, organisation_ids=[hub.partners[key] for key in ("trust", "practice", "charity")])
    assert held_by(person) == (hub.hats["cora"], None)
    assert not KeptAway.objects.filter(organisation__isnull=False).exists()


def test_the_page_offers_teams_and_organisations_too(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="all of the charity")
    browser = hub.signed_in("saf")
    address = f"/exclusions/{Exclusion.objects.get().public_id}/"
    assert "charity of rivermouth" in browser.get(address).content.decode()
    sent = {"organisations": str(hub.partners["charity"])}
    assert "You have ticked somebody above" in browser.post(address, sent | {"nobody": "on"}).content.decode()
    assert browser.post(address, sent).status_code == 302
    assert KeptAway.objects.get().organisation_id == hub.partners["charity"]
