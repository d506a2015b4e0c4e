"""What somebody chooses to share: per organisation or of all, at once, and an organisation's own words stay its own.

Shown to fail: without the objection in `shared_with` the practice reads on; without `check_can_write_story` anybody writes choices.
Source: promise 8; trust.md C05, H19; issue "trust", 5.
"""

from __future__ import annotations

import pytest

from alongside.access.commands import exclude, open_relationship
from alongside.access.models import Objection
from alongside.access.policy import visible_to
from alongside.people.commands import add_to_story, write_down_as_told
from alongside.people.models import Person, StoryEntry
from alongside.people.queries import allergies_of
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.commands import begin_sharing_again, stop_sharing
from alongside.safety.queries import sharing_of
from alongside.vocabulary.clock import now
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H19"), pytest.mark.hazard("H11")]


@pytest.fixture
def person(hub: MadeHub) -> Person:
    """Somebody of whom the practice and the trust have each written something, held by Cora of the practice."""
    person = hub.held_by("cora")
    for key, words in (("cora", "by the practice"), ("dana", "by the trust")):
        actor = hub.actor(key) if key == "cora" else hub.system
        add_to_story(
            actor=actor, at=AT, person_id=person.pk, words=words, whose_words="person", domain="life",
            author_organisation_id=hub.partners["practice" if key == "cora" else "trust"],
        )  # fmt: skip
    return person


def reads(hub: MadeHub, key: str, person: Person) -> list[str]:
    found = visible_to(hub.actor(key), StoryEntry.objects.filter(person=person), at=AT)
    return list(found.order_by("words").values_list("words", flat=True))


@pytest.mark.parametrize("whom", ["practice", None])
def test_an_organisation_sees_only_its_own_from_the_next_request_on(hub: MadeHub, person: Person, whom: str | None) -> None:
    assert reads(hub, "cora", person) == ["by the practice", "by the trust"]
    key = hub.partners[whom] if whom else None
    made = stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=key)
    assert reads(hub, "cora", person) == ["by the practice"]
    assert stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=key) == made
    begin_sharing_again(actor=hub.actor("cora"), at=AT, person_id=person.pk, objection_id=made.public_id)
    assert reads(hub, "cora", person) == ["by the practice", "by the trust"]


def test_what_keeps_them_safe_is_still_shown(hub: MadeHub, person: Person) -> None:
    given = {"person_id": person.pk, "kind": "allergy", "words": "Penicillin", "source": "person"}
    write_down_as_told(actor=hub.actor("cora"), at=AT, **given)
    stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=None)
    assert [one.words for one in allergies_of(hub.actor("cora"), person.pk)] == ["Penicillin"]


def test_who_may_write_it_down(hub: MadeHub, person: Person) -> None:
    with pytest.raises(NotFound):
        stop_sharing(actor=hub.actor("liv"), at=AT, person_id=person.pk, organisation_id=None)
    with pytest.raises(NotFound):
        stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=10**9)
    hub.take_on("rec", "Rec Desk", "trust", "administrator", ("door",))
    other = hub.person()
    with pytest.raises(NotThisRole):
        stop_sharing(actor=hub.actor("rec"), at=AT, person_id=other.pk, organisation_id=None)
    assert not Objection.objects.exists()


def test_when_nothing_is_shared_every_organisation_sees_only_its_own_and_the_page_says_so(hub: MadeHub, person: Person) -> None:
    """The one that first wrote the person down too. Shown to fail with that one left out."""
    about = {"hub_id": hub.hub.pk, "person_id": person.pk, "kind": "receiving", "because": ("test", 1)}
    open_relationship(actor=hub.system, at=AT, hat_id=hub.hats["wyn"], **about)
    stop_sharing(actor=hub.actor("cora"), at=AT, person_id=person.pk, organisation_id=None)
    assert [one.only_its_own for one in sharing_of(hub.actor("wyn"), person.pk, AT).beside] == [True, True]
    assert reads(hub, "wyn", person) == ["by the trust"]


def test_the_page_for_the_worker_and_the_paper_for_the_person(hub: MadeHub, person: Person) -> None:
    exclude(actor=hub.system, at=AT, hub_id=hub.hub.pk, person_id=person.pk, words="Tess Sample")
    browser, address = hub.signed_in("cora"), f"/people/{person.public_id}/sharing/"
    browser.get(f"/people/{person.public_id}/")
    page = browser.get(address).content.decode()
    assert "Cora Madeup" in page and "Tess Sample" not in page
    assert "what the partners share with each other" in page and "Is that still what is wanted?" not in page
    assert "Error:" in browser.post(address, {"organisation": ""}).content.decode()
    assert browser.post(address, {"organisation": str(hub.partners["practice"])}).status_code == 302
    # Whoever holds them still knows whom, and is told that it may be in the way.
    page, paper = (browser.get(one).content.decode() for one in (address, f"{address}print/"))
    assert "practice of rivermouth sees only what they wrote themselves" in page and "Is that still what is wanted?" in page
    for line in (
        "Who can see what about you",
        "Mair Pretend",
        "sees only what they wrote themselves",
        "Who looked at your record",
    ):
        assert line in paper
    assert "Samaritans" in paper and "Tess Sample" not in paper
    browser.post("/language/", {"language": "cy"})
    assert "Pwy edrychodd ar eich cofnod" in browser.get(f"{address}print/").content.decode()
    objection = Objection.objects.get()
    stop_sharing(actor=hub.actor("cora"), at=now(), person_id=person.pk, organisation_id=None)
    everybody = Objection.objects.get(organisation=None)
    begin_sharing_again(actor=hub.actor("cora"), at=now(), person_id=person.pk, objection_id=everybody.public_id)
    assert browser.post(f"{address}{objection.public_id}/end/").status_code == 302
    assert "Is that still what is wanted?" not in browser.get(address).content.decode()
