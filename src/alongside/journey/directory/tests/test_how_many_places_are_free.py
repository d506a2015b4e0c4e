"""Houses, beds and places of calm say how many are free now; it is shown with its time, and for a day only (S2-167, S2-168)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client

from alongside.journey.directory.commands import MoreThanThereAre, say_places
from alongside.journey.directory.models import Service
from alongside.journey.directory.queries.flow import place_words
from alongside.journey.directory.tests.factories import make_service
from alongside.refusals import NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(hub: MadeHub) -> Service:
    return make_service(hub, "Lantern house", description="A crisis house with beds", is_crisis=True, of="charity")


def test_whoever_works_there_says_it_and_everybody_sees_it_with_the_time(hub: MadeHub, house: Service) -> None:
    hub.take_on("ed", "Ed Pretend", "charity", "service_editor")
    client = hub.signed_in("ed")
    page = f"/find-support/{house.public_id}/places/"
    assert page in client.get(f"/find-support/{house.public_id}/").content.decode()
    wrong = client.post(page, {"free": "7", "in_all": "5"}).content.decode()
    assert "More are free than there are." in wrong
    assert 'value="7"' in wrong
    client.post(page, {"free": "2", "in_all": "5"})
    for address in ("/find-support/?words=crisis+house", f"/find-support/{house.public_id}/"):
        written = Client().get(address).content.decode()
        assert "2 of 5" in written
        assert f"{now().astimezone():%Y}" in written


def test_after_a_day_it_is_to_be_asked(hub: MadeHub, house: Service) -> None:
    at = now()
    service = say_places(actor=hub.system, at=at, service_id=house.public_id, free=0, in_all=5)
    assert place_words(service, at + timedelta(hours=23)).startswith("Places free: 0 of 5 (")
    assert place_words(service, at + timedelta(hours=24)).startswith("Ring to ask what is free: there are 5 places")


def test_nobody_else_says_it_and_no_more_are_free_than_there_are(hub: MadeHub, house: Service) -> None:
    with pytest.raises(NotThisRole):
        say_places(actor=hub.actor("cora", now()), at=now(), service_id=house.public_id, free=1, in_all=5)
    with pytest.raises(MoreThanThereAre):
        say_places(actor=hub.system, at=now(), service_id=house.public_id, free=6, in_all=5)
    with pytest.raises(IntegrityError):
        Service.objects.filter(pk=house.pk).update(places_free=6, places_in_all=5, places_said_at=now())
