"""A page costs the same number of statements at 1, 20 and 200 rows (performance.md, growth law)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alongside.hubs.models import Hat
from alongside.journey.care_contacts.commands import log_contact
from alongside.members.models import Holding
from alongside.people.commands import add_to_story
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def made() -> MadeHub:
    return open_hub()


def signed_in(made: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=made.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


def statements(client: Client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as found:
        answer = client.get(path)
    assert answer.status_code == 200, path
    return len(found)


@pytest.mark.parametrize(
    ("key", "path"),
    [("cora", "/today/"), ("dana", "/triage/"), ("cora", "/nobody-lost/"), ("cora", "/hub/"), ("cora", "/hub/held/")],
)
def test_a_list_costs_the_same_at_1_20_and_200_rows(made: MadeHub, key: str, path: str) -> None:
    client, counted, at = signed_in(made, key), [], now() - timedelta(days=2)
    for upto in (1, 20, 200):
        while Holding.objects.filter(until_at__isnull=True).count() < upto:
            made.held_by("cora", at=at) if path != "/triage/" else made.person(at=at)
        counted.append(statements(client, path))
    assert len(set(counted)) == 1, counted


def test_a_person_with_200_contacts_opens_for_the_same_as_one_with_1(made: MadeHub) -> None:
    at = now() - timedelta(days=2)
    person = made.held_by("cora", at=at)
    client, counted, done = signed_in(made, "cora"), [], 0
    for upto in (1, 20, 200):
        while done < upto:
            log_contact(
                actor=made.actor("cora", timezone.now()), at=at, person_id=person.pk, outcome="met", mode="telephone",
                words="Talked.", next_on=today() + timedelta(days=3),
            )  # fmt: skip
            add_to_story(
                actor=made.actor("cora", timezone.now()),
                at=at,
                person_id=person.pk,
                words="More.",
                whose_words="person",
                domain="mind",
            )
            done += 1
        counted.append(statements(client, f"/people/{person.public_id}/"))
    assert len(set(counted)) == 1, counted
    assert counted[0] <= 45, counted
