"""Find help for someone: what said no for this person is not offered again, and each offer says what a person asks first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.journey.assessments.commands import rank_needs
from alongside.journey.directory.commands import import_places
from alongside.journey.directory.models import Service
from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import answer, introduce, write_down_answer
from alongside.people.models import Person
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made() -> MadeHub:
    made = open_hub(at=now() - 60 * DAY)
    import_places(actor=made.system, at=now(), rows=[("Rivermouth", "RM1", "Made-up", 51.6, -3.9)])
    return made


def lonely(made: MadeHub, name: str) -> Person:
    person = made.held_by("cora", at=now() - 30 * DAY, name=name)
    rank_needs(actor=made.actor("cora", now()), at=now(), person_id=person.pk, codes=["loneliness"])
    return person


def offers(client: Client, person: Person, **asked: str) -> tuple[list[str], list[str]]:
    written = client.get(f"/people/{person.public_id}/find-help/", asked).content.decode()
    shown, left_out = written.split('id="left-out"')
    return re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a></h3>", shown), re.findall(r"<li>([^<]+: [^<]+)</li>", left_out)


def test_who_said_not_us_for_this_person_is_not_the_next_fit_and_says_why(made: MadeHub) -> None:
    """Seen to fail with the earlier answers left out of matching: the same service was the next fit."""
    garden, walks = make_service(made, "Garden", "loneliness"), make_service(made, "Walks", "loneliness")
    Service.objects.filter(pk=walks.pk).update(team_id=made.teams["harbour"])
    make_service(made, "Choir", "loneliness")
    person, other, client = lonely(made, "Mair Pretend"), lonely(made, "Ifan Pretend"), made.signed_in("cora")
    assert offers(client, person)[0] == ["Choir", "Garden", "Walks"]
    cora, at = made.actor("cora", now()), now()
    one = introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_service_id=garden.pk).handover
    write_down_answer(
        actor=cora, at=at, handover_id=one.public_id, by_name="Jo", answer="not_us", reason="full", words="until May"
    )
    one = introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_team_id=made.teams["harbour"]).handover
    answer(actor=made.actor("liv", now()), at=now(), handover_id=one.public_id, answer="not_now", until=today() + 9 * DAY)
    shown, left_out = offers(client, person)
    assert shown == ["Choir"]
    assert [line.split(" on ")[0] for line in left_out] == ["Garden: they said not us", "Walks: they said not now"]
    assert left_out[0].endswith(": we are full") and "May" not in str(left_out)
    # Only this person's matching is changed.
    assert offers(client, other)[0] == ["Choir", "Garden", "Walks"]
    assert not Service.objects.filter(is_full=True).exists()


def test_an_unknown_place_is_said_and_a_known_one_is_named(made: MadeHub) -> None:
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    address = f"/people/{person.public_id}/find-help/"
    assert "We do not know the place Atlantis." in client.get(address, {"near": "Atlantis"}).content.decode()
    assert "Near Rivermouth, Made-up." in client.get(address, {"near": "rivermouth"}).content.decode()


def test_an_offer_says_where_what_it_costs_how_long_the_wait_and_how_to_start(made: MadeHub) -> None:
    make_service(made, "Choir", "loneliness", cost="free", how_to_start="Come along.", when_next="Tuesdays", near=(51.61, -3.9))
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    written = client.get(f"/people/{person.public_id}/find-help/", {"near": "Rivermouth"}).content.decode()
    lines = re.findall(r"<li>([^<]+)</li>", written.split("<h3")[1].split("</ul>")[0])
    assert lines[:5] == [
        "about 0.7 miles", "Tuesdays", "Cost: free", "The wait is not known: ask them how long it is.", "Come along.",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 20, 200])
def test_it_costs_the_same_whatever_was_answered_before(made: MadeHub, count: int) -> None:
    for number in range(count):
        make_service(made, f"Choir {number}", "loneliness")
    person, client, cora = lonely(made, "Mair Pretend"), made.signed_in("cora"), made.actor("cora", now())
    for service in Service.objects.all()[:20]:
        one = introduce(actor=cora, at=now(), person_id=person.pk, words="hello", to_service_id=service.pk).handover
        write_down_answer(actor=cora, at=now(), handover_id=one.public_id, by_name="Jo", answer="not_us", reason="full")
    offers(client, person)
    with CaptureQueriesContext(connection) as asked:
        offers(client, person)
    assert len(asked) <= 19
