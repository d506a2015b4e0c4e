"""Two records that are said to be one person: read as one by whoever may see both, closed to whoever is kept away from either, and
taken apart again byte for byte (trust.md C29, P14; H03, H04).

Each control was seen to fail when taken away, in the last test.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from alongside.access import policy
from alongside.access.commands import exclude, object_to_sharing
from alongside.access.gains import person_records
from alongside.access.models import Joined
from alongside.hubs.models import Hat
from alongside.messages.commands import _way
from alongside.people.commands import settle_match, suspect_match, take_records_apart, write_down, write_down_as_told
from alongside.people.models import ContactPoint, Identifier, Person, StoryEntry
from alongside.people.queries import get_person, story_of, whole_of
from alongside.refusals import NotFound
from alongside.safety.alerts.commands import write_alert
from alongside.vocabulary.clock import now
from alongside.web.record import person_page
from tests.support.hub import MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H03"), pytest.mark.hazard("H04")]

NUMBER = "999 000 0018"
LEDGER = {
    "people_matchtask", "people_mergelink", "access_joined", "access_relationship", "journal_entry", "journal_look", "django_session",
    "access_session", "access_user",
}  # fmt: skip
"""What says that they were joined and taken apart, and who could compare them; nothing else may change."""


class Two:
    """Two records of one person: one that cora holds, one that dana's team holds, both within dana's reach."""

    def __init__(self, hub: MadeHub) -> None:
        self.hub, self.at = hub, now()
        self.kept = hub.person(self.at, name="Mair Pretend", email="mair@person.example", nhs_number=NUMBER)
        self.joined = hub.person(
            self.at, name="Mair Pretend", email="m.pretend@person.example", nhs_number=NUMBER, nhs_number_unsure=True
        )
        for person, words in ((self.kept, "said to the one"), (self.joined, "said to the other")):
            write_down(
                actor=hub.actor("dana", self.at), at=self.at, person_id=person.pk, subject="mind", words=words, whose_words="person",
                label="sensitive", do_not_ask_again=False,
            )  # fmt: skip

    def join(self) -> None:
        task = suspect_match(
            actor=self.hub.system, at=self.at, hub_id=self.hub.hub.pk, person_id=self.joined.pk, other_id=self.kept.pk,
            because="number", team_id=self.hub.teams["door"],
        )  # fmt: skip
        settle_match(actor=self.dana, at=self.at, task_id=task.public_id, same=True)

    def apart(self) -> None:
        take_records_apart(actor=self.dana, at=self.at, person_id=self.kept.pk, other_id=self.joined.pk)

    @property
    def dana(self) -> Any:
        return self.hub.actor("dana", self.at)

    def told(self, key: str, person: Person) -> set[str]:
        return {one.words for one in story_of(self.hub.actor(key, self.at), person.pk)}

    def sees(self, key: str, person: Person) -> bool:
        try:
            return bool(get_person(self.hub.actor(key, self.at), person.public_id))
        except NotFound:
            return False


@pytest.fixture
def two(hub: MadeHub) -> Two:
    return Two(hub)


def every_row() -> dict[str, list[tuple[Any, ...]]]:
    """Give every row of every table but the ledger, as it stands in the database."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names()):
            if table not in LEDGER and not table.startswith("sqlite"):
                cursor.execute(f'SELECT * FROM "{table}"')
                found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def every_sight(hub: MadeHub) -> dict[tuple[str, str], list[int]]:
    """Give what every worker sees of every kind of record, and what every person is shown."""
    found = {}
    for key in hub.hats:
        actor = hub.actor(key, now())
        for model in (Person, *person_records()):
            found[key, model._meta.label] = list(
                policy.visible_to(actor, model._default_manager.all()).order_by("pk").values_list("pk", flat=True)
            )
    return found


def test_joined_and_taken_apart_every_row_and_every_sight_is_as_before(two: Two) -> None:
    exclude(actor=two.hub.system, at=two.at, hub_id=two.hub.hub.pk, person_id=two.joined.pk, words="Wyn Invented")
    rows, sights = every_row(), every_sight(two.hub)
    two.join()
    assert every_sight(two.hub) != sights
    two.apart()
    after = every_row()
    assert {table for table in rows if rows[table] != after[table]} == set()
    assert every_sight(two.hub) == sights
    assert not Joined.objects.filter(until_at__isnull=True).exists()


def test_a_number_that_was_confirmed_before_stays_confirmed_when_they_are_taken_apart(two: Two) -> None:
    before = list(Identifier.objects.order_by("pk").values_list("pk", "confirmed_at"))
    two.join()
    two.apart()
    assert list(Identifier.objects.order_by("pk").values_list("pk", "confirmed_at")) == before


def test_whoever_may_see_both_reads_one_story_and_one_set_of_allergies(two: Two) -> None:
    write_down_as_told(actor=two.dana, at=two.at, person_id=two.joined.pk, kind="allergy", words="latex", source="person")
    assert two.told("dana", two.kept) == {"said to the one"}
    two.join()
    for person in (two.kept, two.joined):
        assert two.told("dana", person) == {"said to the one", "said to the other"}
    page = two.hub.signed_in("dana").get(f"/people/{two.kept.public_id}/in-a-crisis/").content.decode()
    assert "latex" in page
    shown = person_page(two.dana, get_person(two.dana, two.kept.public_id))
    assert [("another record" in one.by, one.words) for one in shown.story] == [
        (True, "said to the other"),
        (False, "said to the one"),
    ]
    body = two.hub.signed_in("dana").get(f"/people/{two.kept.public_id}/").content.decode()
    assert "Two records are read as one here" in body and "These are two people" in body


def test_whoever_may_see_one_reads_that_one(two: Two) -> None:
    """A join gives nobody sight of anything."""
    mine = two.hub.held_by("cora", two.at, name="Mair Pretend", email="third@person.example")
    task = suspect_match(
        actor=two.hub.system, at=two.at, hub_id=two.hub.hub.pk, person_id=mine.pk, other_id=two.kept.pk, because="number",
        team_id=two.hub.teams["door"],
    )  # fmt: skip
    before = two.told("cora", mine)
    settle_match(actor=two.dana, at=two.at, task_id=task.public_id, same=True)
    assert two.told("cora", mine) == before
    assert not two.sees("cora", two.kept)


@pytest.mark.parametrize("order", ["kept away, then joined", "joined, then kept away"])
def test_who_is_kept_away_from_either_is_kept_away_from_both(two: Two, order: str) -> None:
    def keep_away() -> None:
        exclude(actor=two.hub.system, at=two.at, hub_id=two.hub.hub.pk, person_id=two.joined.pk, words="Wyn Invented")

    assert two.sees("wyn", two.kept)
    if order == "kept away, then joined":
        keep_away()
        two.join()
    else:
        two.join()
        keep_away()
    assert not two.sees("wyn", two.kept) and not two.sees("wyn", two.joined)
    wyn = two.hub.actor("wyn", two.at)
    assert not policy.has_relationship(wyn, two.kept.pk, at=now()) and policy.is_kept_away(wyn, two.kept.pk, now())
    assert Hat.objects.get(pk=two.hub.hats["wyn"]).worker_id in policy.workers_kept_away_from([two.kept.pk], now())
    two.apart()
    assert two.sees("wyn", two.kept) and not two.sees("wyn", two.joined)


def test_what_the_person_objects_to_on_one_holds_on_both(two: Two, hub: MadeHub) -> None:
    """The council sees what the trust wrote, until the person objects on the other record."""
    hub.take_on("col", "Col Pretend", "council", "duty_worker", ("door",))
    assert two.told("col", two.kept) == {"said to the one"}
    object_to_sharing(actor=hub.system, at=two.at, hub_id=hub.hub.pk, person_id=two.joined.pk, organisation_id=None)
    assert two.told("col", two.kept) == {"said to the one"}
    two.join()
    assert two.told("col", two.kept) == set()
    two.apart()
    assert two.told("col", two.kept) == {"said to the one"}


def test_a_way_that_is_unsafe_on_one_is_unsafe_on_both(two: Two) -> None:
    [way] = ContactPoint.objects.filter(person=two.kept)
    ContactPoint.objects.filter(person=two.joined).update(value=way.value.upper(), safe=False)
    assert _way(way).safe  # type: ignore[union-attr]  # a way is given
    two.join()
    assert not _way(way).safe  # type: ignore[union-attr]  # as above
    two.apart()
    assert _way(way).safe  # type: ignore[union-attr]  # as above


def test_whereabouts_that_are_secret_on_one_are_secret_on_both(two: Two) -> None:
    Person.objects.filter(pk=two.kept.pk).update(gp_practice="Canary practice")
    Person.objects.filter(pk=two.joined.pk).update(whereabouts_secret=True)
    path = f"/people/{two.kept.public_id}/"
    assert "Canary practice" in two.hub.signed_in("dana").get(path).content.decode()
    two.join()
    for page in (path, f"{path}in-a-crisis/"):
        assert "Canary practice" not in two.hub.signed_in("dana").get(page).content.decode()


def test_an_alert_on_one_is_shown_on_both(two: Two) -> None:
    write_alert(
        actor=two.dana, at=two.at, person_id=two.joined.pk, kind="risk_to_self", words="Canary alert", owner_id=two.hub.hats["dana"],
        until_on=two.at.date() + timedelta(days=20),
    )  # fmt: skip
    path = f"/people/{two.kept.public_id}/"
    assert "Canary alert" not in two.hub.signed_in("dana").get(path).content.decode()
    two.join()
    assert "Canary alert" in two.hub.signed_in("dana").get(path).content.decode()
    two.apart()
    assert "Canary alert" not in two.hub.signed_in("dana").get(path).content.decode()


def test_three_records_are_one_person_and_fall_apart_where_they_are_cut(two: Two) -> None:
    two.join()
    third = two.hub.person(two.at, name="Mair Pretend", email="third@person.example")
    task = suspect_match(
        actor=two.hub.system, at=two.at, hub_id=two.hub.hub.pk, person_id=third.pk, other_id=two.joined.pk, because="number",
        team_id=two.hub.teams["door"],
    )  # fmt: skip
    settle_match(actor=two.dana, at=two.at, task_id=task.public_id, same=True)
    assert sorted(whole_of(third.pk)) == sorted([two.kept.pk, two.joined.pk, third.pk])
    assert _pairs() == {(one, other) for one in whole_of(third.pk) for other in whole_of(third.pk) if one != other}
    two.apart()
    assert _pairs() == {(third.pk, two.joined.pk), (two.joined.pk, third.pk)}


def _pairs() -> set[tuple[int, int]]:
    return set(Joined.objects.filter(until_at__isnull=True).values_list("person", "other"))


@pytest.mark.parametrize("control", ["the exclusions of the other", "the objections of the other"])
def test_without_the_control_the_other_record_is_open(
    two: Two, hub: MadeHub, monkeypatch: pytest.MonkeyPatch, control: str
) -> None:
    """Asked of the policy itself: a read that is compiled and kept would answer as before."""
    hub.take_on("col", "Col Pretend", "council", "duty_worker", ("door",))
    key, asked = (
        ("wyn", Person.objects.filter(pk=two.kept.pk))
        if "exclusions" in control
        else ("col", StoryEntry.objects.filter(person=two.kept))
    )
    if key == "wyn":
        exclude(actor=hub.system, at=two.at, hub_id=hub.hub.pk, person_id=two.joined.pk, words="Wyn Invented")
    else:
        object_to_sharing(actor=hub.system, at=two.at, hub_id=hub.hub.pk, person_id=two.joined.pk, organisation_id=None)
    two.join()
    actor = hub.actor(key, two.at)
    assert not policy.visible_to(actor, asked).exists()
    monkeypatch.setattr(policy, "Joined", type("Nothing", (), {"objects": Joined.objects.none()}))
    assert policy.visible_to(actor, asked).exists()
