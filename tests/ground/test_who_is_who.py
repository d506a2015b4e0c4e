"""Two records that may be one person: a named matcher compares name, birthday and numbers, and no more, until it is settled.

Shown to fail: without the relationship of the matcher nothing can be settled after triage; without `denied` in `sight_of`
somebody who must be kept away reads the name; with the matcher among `FULL_SIGHT` the whole record opens.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from alongside.access.models import Relationship
from alongside.access.policy import visible_to
from alongside.hubs.models import Hat
from alongside.journey.referrals.commands import decide
from alongside.people.commands import settle_match, take_records_apart
from alongside.people.models import Identifier, MatchTask, MergeLink, Person
from alongside.people.queries import matches_to_settle
from alongside.refusals import NotFound, NotThisRole
from alongside.web.queries import nobody_lost
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NUMBER = "9434765919"
DAY = timedelta(days=1)


def two(hub: MadeHub, **told: str) -> tuple[Person, Person]:
    """Give two records of one number, both passed by triage to another team, and so out of the door team's reach."""
    first = hub.refer(name="Mair Pretend", nhs_number=NUMBER, email="one@person.example").referral
    second = hub.refer(name="Mary Pretend", nhs_number=NUMBER, email="two@person.example", **told).referral
    for one in (first, second):
        decide(actor=hub.actor("wyn"), at=AT, referral_id=one.public_id, urgency="steady", to_hat_id=hub.hats["cora"])
    return first.person, second.person


def signed_in(hub: MadeHub, key: str) -> Client:
    client = Client()
    user = Hat.objects.get(pk=hub.hats[key]).worker.user
    assert user is not None
    client.force_login(user, backend="alongside.access.backend.Accounts")
    client.get("/hat/")
    return client


@pytest.mark.hazard("H04")
def test_a_match_is_settled_although_both_records_have_gone_to_another_team(hub: MadeHub) -> None:
    two(hub)
    task = MatchTask.objects.get()
    assert "match_untouched" in {one.why for one in nobody_lost(hub.hub.pk, AT + 9 * DAY)}
    client = signed_in(hub, "dana")
    page = client.get("/who-is-who/").content.decode()
    assert "Mair Pretend" in page and "Mary Pretend" in page and "943 476 5919" in page
    assert "the same NHS number and a like name" in page and "asked of Dana Pretend" in page
    assert client.post("/who-is-who/", {"task": str(task.public_id), "same": "no"}).status_code == 302
    assert "match_untouched" not in {one.why for one in nobody_lost(hub.hub.pk, AT + 9 * DAY)}


@pytest.mark.hazard("H03")
def test_a_matcher_sees_name_birthday_and_numbers_and_nothing_else(hub: MadeHub) -> None:
    first, second = two(hub)
    assert not visible_to(hub.actor("dana"), Person.objects.all(), at=AT).exists()
    client = signed_in(hub, "dana")
    for person in (first, second):
        assert client.get(reverse("web:show-person", args=[person.public_id])).status_code == 404
    assert [one.person.chosen_name for one in matches_to_settle(hub.actor("dana"), at=AT)] == ["Mary Pretend"]
    page = signed_in(hub, "cora").get(reverse("web:show-person", args=[first.public_id])).content.decode()
    assert "Dana" not in page.split("Who can see this")[1]


def test_the_sight_ends_when_it_is_settled(hub: MadeHub) -> None:
    two(hub)
    task = MatchTask.objects.get()
    assert Relationship.objects.filter(kind="matcher", until_at__isnull=True).count() == 4
    settle_match(actor=hub.actor("dana"), at=AT + DAY, task_id=task.public_id, same=False)
    assert not Relationship.objects.filter(kind="matcher", until_at__isnull=True).exists()
    with pytest.raises(NotFound):
        settle_match(actor=hub.actor("dana"), at=AT + 2 * DAY, task_id=task.public_id, same=True)


def test_whoever_must_be_kept_away_neither_compares_nor_is_asked(hub: MadeHub) -> None:
    two(hub, exclusion="Dana Pretend, my neighbour")
    task = MatchTask.objects.get()
    assert task.matcher_id == hub.hats["wyn"]
    assert matches_to_settle(hub.actor("dana"), at=AT) == []
    with pytest.raises(NotFound):
        settle_match(actor=hub.actor("dana"), at=AT, task_id=task.public_id, same=True)
    assert matches_to_settle(hub.actor("wyn"), at=AT) == [task]


def test_no_role_but_one_that_matches_and_no_other_team_settles(hub: MadeHub) -> None:
    two(hub)
    task = MatchTask.objects.get()
    with pytest.raises(NotThisRole):
        settle_match(actor=hub.actor("nell"), at=AT, task_id=task.public_id, same=True)
    hub.take_on("will", "Will Other", "charity", "wellbeing_practitioner", ("harbour",))
    assert matches_to_settle(hub.actor("will"), at=AT) == []
    with pytest.raises(NotFound):
        settle_match(actor=hub.actor("will"), at=AT, task_id=task.public_id, same=True)


@pytest.mark.hazard("H04")
def test_the_same_confirms_the_number_and_each_record_shows_the_other(hub: MadeHub) -> None:
    first, second = two(hub)
    settle_match(actor=hub.actor("dana"), at=AT + DAY, task_id=MatchTask.objects.get().public_id, same=True)
    assert list(Identifier.objects.filter(confirmed_at__isnull=False).values_list("person_id", flat=True)) == [first.pk]
    stranger = hub.person(name="Nobody Like", email="three@person.example", nhs_number="9434765870")
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.filter(person=stranger).update(value=NUMBER, confirmed_at=AT)
    client = signed_in(hub, "cora")
    for one, other in ((first, second), (second, first)):
        page = client.get(reverse("web:show-person", args=[one.public_id])).content.decode()
        assert f'href="{reverse("web:show-person", args=[other.public_id])}">{other.chosen_name}' in page
        assert "linked on Tue 3 Mar" in page
    assert first.chosen_name == Person.objects.get(pk=first.pk).chosen_name, "nothing merges by itself"


def test_who_sees_only_one_of_the_two_does_not_hear_of_the_other(hub: MadeHub) -> None:
    first = hub.held_by("nell", name="Mair Pretend", nhs_number=NUMBER, email="one@person.example")
    hub.take_on("tam", "Tam Alone", "charity", "coordinator")
    second = hub.held_by("tam", name="Mary Pretend", nhs_number=NUMBER, email="two@person.example")
    settle_match(actor=hub.actor("dana"), at=AT, task_id=MatchTask.objects.get().public_id, same=True)
    page = signed_in(hub, "nell").get(reverse("web:show-person", args=[first.public_id])).content.decode()
    assert "Also known as" not in page and str(second.public_id) not in page


@pytest.mark.hazard("H03")
def test_two_records_are_taken_apart_again(hub: MadeHub) -> None:
    first, second = two(hub)
    settle_match(actor=hub.actor("dana"), at=AT, task_id=MatchTask.objects.get().public_id, same=True)
    apart = {"at": AT + DAY, "person_id": second.pk, "other_id": first.pk}
    with pytest.raises(NotThisRole):
        take_records_apart(actor=hub.actor("nell"), **apart)
    with pytest.raises(NotFound):
        take_records_apart(actor=hub.actor("dana"), **apart)
    address = reverse("people:take-apart", args=[second.public_id, first.public_id])
    assert signed_in(hub, "cora").post(address).status_code == 302
    assert MergeLink.objects.get().undone_at is not None
    assert not Identifier.objects.filter(confirmed_at__isnull=False).exists()
