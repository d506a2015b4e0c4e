"""Broken glass: three things known of somebody, a reason, four hours; the holder hears at once, and somebody looks at it.

Shown to fail, each with one control removed: without the count of traces nobody is stopped; without `is_kept_away` in `break_glass`
the excluded worker opens; without the check of all that is given a wrong postcode opens.
Source: trust.md C09, C13, A4, H06; issue "trust", 1 and 9.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from alongside.access.commands import NotYourOwn, SayWhy, exclude, review_glass
from alongside.access.models import Glass
from alongside.access.policy import visible_to
from alongside.journal.models import Entry, Look
from alongside.members.models import Task
from alongside.people.commands import write_down_as_told
from alongside.people.models import Person, StoryEntry
from alongside.people.queries import Traced
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.commands import NobodyOpens, Opened, TooOften, open_in_an_emergency
from alongside.safety.queries import glass_to_review
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub, dated, open_hub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H06")]

BORN = date(1987, 3, 9)
KNOWN = Traced("Mair Pretend", BORN, postcode="ZZ3 1AA")
WHY = "She rang, said she has taken tablets, and is alone."


def somebody(hub: MadeHub, **told: Any) -> Person:
    """Give somebody held by Liv at the charity, whom nobody of the trust has a reason to see."""
    told = {"born_on": BORN, "postcode": "zz31aa"} | told
    return hub.held_by("liv", **told)


def opens(hub: MadeHub, key: str = "tess", known: Traced = KNOWN, reason: str = WHY, at: Any = AT) -> Opened:
    return open_in_an_emergency(actor=hub.actor(key, at), at=at, known=known, category="danger_to_life", reason=reason)


def sees(hub: MadeHub, key: str, person: Person, at: Any = AT) -> bool:
    return visible_to(hub.actor(key, at), Person.objects.filter(pk=person.pk), at=at).exists()


def test_it_opens_for_four_hours_and_no_longer(hub: MadeHub) -> None:
    person = somebody(hub, words="I have had enough.")
    hub.take_on("nia", "Nia Unrelated", "practice", "coordinator", at=AT - timedelta(days=1))
    assert not sees(hub, "nia", person)
    opened = opens(hub, "nia")
    assert opened.person_id == person.public_id
    last = AT + timedelta(hours=4)
    assert [sees(hub, "nia", person, at) for at in (AT, last - timedelta(seconds=1), last, AT - timedelta(seconds=1))] == [
        True, True, False, False,
    ]  # fmt: skip
    actor = hub.actor("nia", AT)
    assert visible_to(actor, StoryEntry.objects.filter(person=person), at=AT).exists()
    StoryEntry.objects.filter(person=person).update(label="circle")
    assert not visible_to(actor, StoryEntry.objects.filter(person=person), at=AT).exists()


def test_whoever_holds_them_hears_at_once_and_it_waits_for_a_review(hub: MadeHub) -> None:
    person = somebody(hub)
    opens(hub)
    task = Task.objects.get(what="opened_in_emergency")
    assert (task.person, task.hat_id, task.due_on) == (person, hub.hats["liv"], AT.date())
    hub.take_on("pat", "Pat Privacy", "trust", "privacy_officer")
    [glass] = glass_to_review(hub.actor("pat"), AT)
    assert (glass.category, glass.review_by) == ("danger_to_life", date(2026, 3, 5))
    assert Entry.objects.filter(command="emergency.opened", person_id=person.pk).count() == 1
    assert not [one for one in Entry.objects.all() if "tablets" in str(one.facts)]


@pytest.mark.parametrize(
    "known",
    [
        Traced("Mair Pretend", BORN),
        Traced("Mair Pretend", None, postcode="ZZ3 1AA"),
        Traced("Mair Pretend", BORN, postcode="ZZ3 1AB"),
        Traced("Mair Pretend", BORN, phone="07700 900999", postcode="ZZ3 1AA"),
        Traced("Mair Pretend", BORN, nhs_number="943 476 5919", postcode="ZZ3 1AA"),
        Traced("Mair Pretend", BORN, nhs_number="1", postcode="ZZ3 1AA"),
        Traced("Gareth Otherwise", BORN, postcode="ZZ3 1AA"),
        Traced("Mair Pretend", date(1987, 9, 3), postcode="ZZ3 1AA"),
        Traced("", BORN, postcode="ZZ3 1AA"),
    ],
)
def test_what_is_not_certain_opens_nobody(hub: MadeHub, known: Traced) -> None:
    somebody(hub)
    with pytest.raises(NobodyOpens):
        opens(hub, known=known)
    assert not Glass.objects.exists()


def test_two_people_of_whom_it_is_true_open_neither(hub: MadeHub) -> None:
    somebody(hub)
    somebody(hub)
    with pytest.raises(NobodyOpens):
        opens(hub)


def test_somebody_of_another_hub_is_not_here(hub: MadeHub) -> None:
    somebody(open_hub("elsewhere"))
    with pytest.raises(NobodyOpens):
        opens(hub)


def test_whoever_is_kept_away_learns_nothing_not_even_that_there_is_somebody(hub: MadeHub) -> None:
    person = somebody(hub)
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Tess Sample")
    said = []
    for known in (KNOWN, replace(KNOWN, name="Nobody Atall")):
        with pytest.raises(NobodyOpens) as refused:
            opens(hub, known=known)
        said.append((str(refused.value), refused.value.code, refused.value.status))
    assert said[0] == said[1]
    assert not Glass.objects.exists() and not Task.objects.filter(what="opened_in_emergency").exists()


@pytest.mark.parametrize("key", ["gil", "ada", "lea"])
def test_a_role_without_it_is_refused(hub: MadeHub, key: str) -> None:
    somebody(hub)
    with pytest.raises(NotThisRole):
        opens(hub, key)


def test_a_student_has_none(hub: MadeHub) -> None:
    hub.take_on("stu", "Stu Learner", "trust", "student")
    with pytest.raises(NotThisRole):
        opens(hub, "stu")


def test_it_needs_a_reason_that_somebody_else_understands(hub: MadeHub) -> None:
    somebody(hub)
    with pytest.raises(SayWhy):
        opens(hub, reason="   urgent            ")
    assert not Glass.objects.exists()


def test_who_asks_for_many_within_the_hour_is_stopped(hub: MadeHub) -> None:
    person = somebody(hub)
    at = now()
    for _time in range(10):
        with pytest.raises(NobodyOpens):
            opens(hub, known=replace(KNOWN, postcode="ZZ9 9ZZ"), at=at)
    assert Look.objects.filter(page="emergency.opened", outcome="refused").count() == 10
    with pytest.raises(TooOften):
        opens(hub, at=at)
    assert opens(hub, "cora", at=at).person_id == person.public_id
    assert opens(hub, at=at + timedelta(hours=1, seconds=1)).person_id == person.public_id


def test_the_crisis_door_sees_what_an_emergency_needs_and_no_story(hub: MadeHub) -> None:
    person = somebody(hub, words="I have had enough.")
    given = {"person_id": person.pk, "kind": "allergy", "words": "Penicillin", "source": "person"}
    write_down_as_told(actor=hub.actor("liv"), at=AT, **given)
    hub.take_on("amb", "Amb Blue", "trust", "crisis_door")
    at = now()
    opens(hub, "amb", at=at)
    browser = hub.signed_in("amb")
    crisis = browser.get(f"/people/{person.public_id}/in-a-crisis/").content.decode()
    assert "Penicillin" in crisis and "Write down allergies" not in crisis
    record = browser.get(f"/people/{person.public_id}/").content.decode()
    assert "Opened in an emergency" in record and "I have had enough" not in record
    assert "Change holder" not in record


def test_reviewed_by_a_privacy_officer_and_never_by_who_opened_it(hub: MadeHub) -> None:
    somebody(hub)
    glass = opens(hub).glass
    hub.take_on("pat", "Pat Privacy", "trust", "privacy_officer")
    given = {"at": AT, "glass_id": glass.public_id, "finding": "right"}
    with pytest.raises(NotThisRole):
        review_glass(actor=hub.actor("saf"), **given)
    Glass.objects.filter(pk=glass.pk).update(hat=hub.hats["pat"])
    with pytest.raises(NotYourOwn):
        review_glass(actor=hub.actor("pat"), **given)
    Glass.objects.filter(pk=glass.pk).update(hat=hub.hats["tess"])
    assert review_glass(actor=hub.actor("pat"), **given).finding == "right"
    with pytest.raises(NotFound):
        review_glass(actor=hub.actor("pat"), **given)
    assert glass_to_review(hub.actor("pat"), AT) == []


def test_the_page_leads_to_what_an_emergency_needs(hub: MadeHub) -> None:
    person = somebody(hub)
    browser = hub.signed_in("tess")
    given = {
        "name": "Mair Pretend", "postcode": "ZZ3 1AA", "category": "danger_to_life", "reason": WHY, **dated("born_on", BORN),
    }  # fmt: skip
    assert (
        "Give their NHS number, postcode or telephone" in browser.post("/emergency/", given | {"postcode": ""}).content.decode()
    )
    assert "We could not open a record with this" in browser.post("/emergency/", given | {"postcode": "ZZ1"}).content.decode()
    assert "20 letters or more" in browser.post("/emergency/", given | {"reason": "now!"}).content.decode()
    assert browser.post("/emergency/", given)["Location"] == f"/people/{person.public_id}/in-a-crisis/"
