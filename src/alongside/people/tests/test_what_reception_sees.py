"""Reception sees name, contact safety and diary: no story, and not who depends on somebody (lists.md, Roles).

Shown to fail: with `dependants_of` not limited to what the actor may see.
"""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from alongside.hubs.commands import give_seat
from alongside.hubs.models import Hat
from alongside.people.models import Dependant
from tests.support.hub import AT, MadeHub

pytestmark = pytest.mark.django_db


def pages_of(hub: MadeHub, key: str, person_id: object) -> str:
    client = Client()
    user = Hat.objects.get(pk=hub.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    pages = [client.get(reverse(name, args=[person_id])) for name in ("web:show-person", "web:in-a-crisis")]
    assert [page.status_code for page in pages] == [200, 200]
    return " ".join(page.content.decode() for page in pages)


def test_who_depends_on_somebody_is_a_record_of_whoever_wrote_it_down(hub: MadeHub) -> None:
    person = hub.refer(actor=hub.actor("gil"), dependants=(("child", "two, 4 and 9"),)).referral.person
    one = Dependant.objects.get()
    assert (one.hub_id, one.author_organisation_id, one.person) == (hub.hub.pk, hub.partners["practice"], person)
    assert (one.label, one.third_party) == ("open", True)


@pytest.mark.parametrize(("key", "sees"), [("ada", False), ("cora", True), ("pip", True)])
def test_reception_does_not_see_the_children(hub: MadeHub, key: str, sees: bool) -> None:
    hub.take_on("pip", "Pip Practice", "practice", "registered_practice", ("north",))
    person = hub.held_by("cora", dependants=(("child", "two, 4 and 9"),))
    give_seat(actor=hub.system, at=AT, hub_id=hub.hub.pk, team_id=hub.teams["north"], hat_id=hub.hats["ada"])
    words = pages_of(hub, key, person.public_id)
    assert ("two, 4 and 9" in words) is sees
    assert person.chosen_name in words and "mair@person.example" in words
    assert ("not shown to your role" in words) is not sees, "nothing is said to be missing that is only not shown"
