"""A safeguarding override: one item, one recipient, a reason in law, until a day; nothing else of the person opens by it.

Shown to fail: with the item left out of `_overridden`, with the recipient left out, and with the check of the lead's own sight.
Source: trust.md C05, A3; DfE, Information sharing (2024); issue "trust", 1 and 9.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from alongside.access.commands import CannotBeShown, SayWhy, end_override, exclude, object_to_sharing, open_relationship
from alongside.access.models import Override
from alongside.access.policy import visible_to
from alongside.people.commands import add_to_story
from alongside.people.models import Person, StoryEntry
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.commands import AlreadyOver, share_for_safety
from alongside.safety.queries import shown_to_me
from alongside.vocabulary.clock import today
from tests.support.hub import AT, TODAY, MadeHub, dated

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H11")]
WHY = "The children are in the home tonight."


@pytest.fixture
def told(hub: MadeHub) -> StoryEntry:
    """One of two things that somebody told Liv at the charity, and the safeguarding lead is near them."""
    person = hub.held_by("liv")
    for words in ("He comes back tonight.", "I like to walk."):
        add_to_story(actor=hub.actor("liv"), at=AT, person_id=person.pk, words=words, whose_words="person", domain="life")
    open_relationship(
        actor=hub.system,
        at=AT,
        hub_id=hub.hub.pk,
        person_id=person.pk,
        kind="receiving",
        because=("test", 1),
        hat_id=hub.hats["saf"],
    )
    return StoryEntry.objects.get(words="He comes back tonight.")


def share(hub: MadeHub, told: StoryEntry, key: str = "saf", to: str = "cora", **changes: Any) -> Override:
    given: dict[str, Any] = {
        "item": told.public_id, "recipient_id": hub.hats[to], "basis": "child_at_risk", "reason": WHY, "until_on": TODAY,
    }  # fmt: skip
    return share_for_safety(actor=hub.actor(key), at=AT, person_id=told.person_id, **given | changes)


def seen(hub: MadeHub, key: str, at: Any = AT) -> list[str]:
    return list(visible_to(hub.actor(key, at), StoryEntry.objects.all(), at=at).values_list("words", flat=True))


def test_it_opens_this_item_to_this_recipient_and_nothing_else(hub: MadeHub, told: StoryEntry) -> None:
    object_to_sharing(
        actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=told.person_id, organisation_id=hub.partners["practice"]
    )
    assert seen(hub, "cora") == []
    share(hub, told)
    assert seen(hub, "cora") == ["He comes back tonight."]
    assert seen(hub, "nell") == []
    assert not visible_to(hub.actor("cora"), Person.objects.filter(pk=told.person_id), at=AT).exists()
    assert [one.words for one in shown_to_me(hub.actor("cora"), AT)] == ["He comes back tonight."]


def test_it_ends_with_the_day_or_when_the_lead_ends_it(hub: MadeHub, told: StoryEntry) -> None:
    made = share(hub, told)
    midnight = AT.replace(hour=0, minute=0) + timedelta(days=1)
    assert [bool(seen(hub, "cora", at)) for at in (midnight - timedelta(seconds=1), midnight)] == [True, False]
    end_override(actor=hub.actor("saf"), at=AT + timedelta(hours=1), person_id=told.person_id, override_id=made.public_id)
    assert seen(hub, "cora", AT + timedelta(hours=1)) == []
    with pytest.raises(NotFound):
        end_override(actor=hub.actor("saf"), at=AT + timedelta(hours=2), person_id=told.person_id, override_id=made.public_id)


@pytest.mark.parametrize("days", [-1, 91])
def test_a_day_that_is_over_or_too_far_away_is_refused(hub: MadeHub, told: StoryEntry, days: int) -> None:
    with pytest.raises(AlreadyOver):
        share(hub, told, until_on=TODAY + timedelta(days=days))


def test_only_a_safeguarding_lead_and_only_what_the_lead_sees(hub: MadeHub, told: StoryEntry) -> None:
    with pytest.raises(NotThisRole):
        share(hub, told, key="liv")
    told.label = "circle"
    told.save()
    with pytest.raises(NotFound):
        share(hub, told)
    assert not Override.objects.exists()


def test_never_to_somebody_whom_the_person_keeps_away(hub: MadeHub, told: StoryEntry) -> None:
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=told.person_id, words="Cora Madeup")
    with pytest.raises(CannotBeShown):
        share(hub, told)


def test_it_needs_a_reason(hub: MadeHub, told: StoryEntry) -> None:
    with pytest.raises(SayWhy):
        share(hub, told, reason="because")


def test_the_lead_and_the_recipient_have_their_pages(hub: MadeHub, told: StoryEntry) -> None:
    lead, recipient = hub.signed_in("saf"), hub.signed_in("cora")
    address = f"/people/{told.person.public_id}/share-for-safety/"
    page = lead.get(address).content.decode()
    assert "He comes back tonight." in page and "Cora Madeup" in page
    given = {"item": str(told.public_id), "recipient": str(hub.hats["cora"]), "basis": "child_at_risk", "reason": WHY}
    assert "Choose a day from today on" in lead.post(address, given | dated("until_on", date(2020, 1, 1))).content.decode()
    assert "He comes back tonight." not in recipient.get("/shown-to-me/").content.decode()
    assert lead.post(address, given | dated("until_on", today())).status_code == 302
    assert "He comes back tonight." in recipient.get("/shown-to-me/").content.decode()
    assert "Shown to me" in recipient.get("/today/").content.decode()
    shown = Override.objects.get()
    assert lead.post(f"{address}{shown.public_id}/end/").status_code == 302
    assert "He comes back tonight." not in recipient.get("/shown-to-me/").content.decode()
