"""The kind question in the conversation: its answer is an exclusion like the door's, and no part of the conversation.

Shown to fail: with the answer put among the parts it stands in a version; without `keep_away` whoever has such a name still reads.
Source: trust.md C07, T01; issue "trust", A7.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from alongside.access.models import Exclusion, KeptAway
from alongside.access.policy import has_relationship
from alongside.journal.models import Entry, Look
from alongside.journey.assessments.commands import NameThem, keep_away_as_told
from alongside.journey.assessments.models import Version
from alongside.members.models import Holding
from alongside.people.models import StoryEntry
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H09")]
ASKED = "Is there anyone in these services who should not see this?"


def test_it_is_asked_in_the_conversation_and_answered_on_a_page_of_its_own(hub: MadeHub) -> None:
    person = hub.held_by("cora", at=now() - timedelta(days=1))
    browser, talk = hub.signed_in("cora"), f"/people/{person.public_id}/conversation/"
    assert ASKED in browser.get(talk).content.decode()
    answer = browser.post(talk, {"based_on": "0", "mind": "Sleeps badly.", "keep-away": "yes"})
    assert (answer.status_code, answer["Location"]) == (302, f"{talk}keep-away/")
    assert Version.objects.get().parts == {"mind": "Sleeps badly."}
    assert "There is a problem" in browser.post(f"{talk}keep-away/", {"words": " "}).content.decode()
    answer = browser.post(f"{talk}keep-away/", {"words": "my ex, Nell"})
    assert (answer.status_code, answer["Location"]) == (302, f"{talk}keep-away/?written")
    assert Exclusion.objects.get().words == "my ex, Nell"
    # It counts at once, and is shown to nobody again: not on its own page, not in the conversation, not on the record.
    assert not has_relationship(hub.actor("nell", now()), person.pk, at=now())
    written = browser.get(f"{talk}keep-away/?written").content.decode()
    assert "It is written down and counts already" in written
    for path in (f"{talk}keep-away/?written", talk, f"/people/{person.public_id}/", f"/people/{person.public_id}/sharing/"):
        assert "my ex" not in browser.get(path).content.decode(), path
    assert not StoryEntry.objects.filter(words__contains="my ex").exists()
    assert not any("my ex" in str(version.parts) for version in Version.objects.all())
    assert not any("Nell" in str(one.facts) for one in Entry.objects.all())
    assert not Look.objects.filter(reason__contains="Nell").exists()


def test_the_safeguarding_lead_reads_it_and_the_holder(hub: MadeHub) -> None:
    person = hub.held_by("cora", at=now() - timedelta(days=1))
    keep_away_as_told(actor=hub.actor("cora"), at=now(), person_id=person.pk, words="Nell, my sister")
    path = f"/exclusions/{Exclusion.objects.get().public_id}/"
    for key, status in (("saf", 200), ("cora", 200), ("nell", 404), ("liv", 404), ("lea", 404)):
        answer = hub.signed_in(key).get(path)
        assert (answer.status_code, "my sister" in answer.content.decode()) == (status, status == 200), key


def test_a_worker_whose_own_name_it_is_sees_no_more_of_them_and_a_team_takes_over(hub: MadeHub) -> None:
    person = hub.held_by("cora", at=now() - timedelta(days=1))
    browser, talk = hub.signed_in("cora"), f"/people/{person.public_id}/conversation/"
    answer = browser.post(f"{talk}keep-away/", {"words": "my mother Cora"})
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    assert browser.get(talk).status_code == 404
    assert Holding.objects.get(open_for=person.pk).team_id == hub.teams["door"]


def test_who_may_write_it_down(hub: MadeHub) -> None:
    person = hub.held_by("cora")
    with pytest.raises(NameThem):
        keep_away_as_told(actor=hub.actor("cora"), at=AT, person_id=person.pk, words="  ")
    with pytest.raises(NotFound):
        keep_away_as_told(actor=hub.actor("liv"), at=AT, person_id=person.pk, words="Nell")
    other = hub.held_by("tess", name="Somebody Else")
    with pytest.raises(NotThisRole):
        keep_away_as_told(actor=hub.actor("tess"), at=AT, person_id=other.pk, words="Nell")
    assert not Exclusion.objects.exists() and not KeptAway.objects.exists()
