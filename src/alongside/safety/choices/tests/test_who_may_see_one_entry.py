"""Who may see one entry of a story: at once, ended again by page; of an entry that a worker does not see nothing is told.

Shown to fail: without `Q(item=OuterRef("public_id"))` in the policy the whole record closes; without `get_item` in
`begin_sharing_again` whoever knows the number of a choice ends it. Source: promise 8; trust.md C05; issue "trust", A5.
"""

from __future__ import annotations

import re

import pytest

from alongside.access.commands import open_relationship
from alongside.access.models import Objection
from alongside.access.policy import visible_to
from alongside.journal.models import Entry
from alongside.people.commands import add_to_story
from alongside.people.models import Person, StoryEntry
from alongside.refusals import NotFound
from alongside.safety.choices.commands import WroteItThemselves, choose_for_item
from alongside.safety.choices.queries import items_not_for_all
from alongside.safety.commands import begin_sharing_again
from tests.support.hub import AT, MadeHub

pytestmark = [pytest.mark.django_db, pytest.mark.hazard("H19"), pytest.mark.hazard("H11")]


@pytest.fixture
def person(hub: MadeHub) -> Person:
    """Somebody of whom the trust has written two things; held by Cora of the practice, and Wyn of the trust and Liv are near."""
    person = hub.held_by("cora")
    about = {"hub_id": hub.hub.pk, "person_id": person.pk, "kind": "receiving"}
    for number, key in enumerate(("wyn", "liv"), start=1):
        open_relationship(actor=hub.system, at=AT, hat_id=hub.hats[key], because=("test", number), **about)
    for words in ("one", "two"):
        add_to_story(
            actor=hub.system, at=AT, person_id=person.pk, words=words, whose_words="person", domain="mind",
            author_organisation_id=hub.partners["trust"],
        )  # fmt: skip
    return person


def reads(hub: MadeHub, person: Person) -> dict[str, list[str]]:
    found = {}
    for key in ("wyn", "cora", "liv"):
        seen = visible_to(hub.actor(key), StoryEntry.objects.filter(person=person, domain="mind"), at=AT)
        found[key] = list(seen.order_by("words").values_list("words", flat=True))
    return found


BOTH = ["one", "two"]


def test_all_who_share_or_only_who_wrote_it_or_all_but_one(hub: MadeHub, person: Person) -> None:
    item = StoryEntry.objects.get(words="one").public_id
    chosen = {"actor": hub.actor("wyn"), "at": AT, "person_id": person.pk, "item": item}
    assert reads(hub, person) == {"wyn": BOTH, "cora": BOTH, "liv": BOTH}
    choose_for_item(organisation_id=hub.partners["charity"], **chosen)
    assert reads(hub, person) == {"wyn": BOTH, "cora": BOTH, "liv": ["two"]}
    choose_for_item(**chosen)
    assert reads(hub, person) == {"wyn": BOTH, "cora": ["two"], "liv": ["two"]}
    choose_for_item(with_all=True, **chosen)
    assert reads(hub, person) == {"wyn": BOTH, "cora": BOTH, "liv": BOTH}
    entry = Entry.objects.filter(command="sharing.item_chosen").latest("pk")
    assert set(entry.facts) == {"item", "with_all"}


def test_what_is_refused(hub: MadeHub, person: Person) -> None:
    item = StoryEntry.objects.get(words="one").public_id
    chosen = {"at": AT, "person_id": person.pk, "item": item}
    with pytest.raises(WroteItThemselves):
        choose_for_item(actor=hub.actor("wyn"), organisation_id=hub.partners["trust"], **chosen)
    with pytest.raises(NotFound):
        choose_for_item(actor=hub.actor("wyn"), organisation_id=10**9, **chosen)
    with pytest.raises(NotFound):
        choose_for_item(actor=hub.actor("tess"), **chosen)
    with pytest.raises(NotFound):
        choose_for_item(actor=hub.actor("wyn"), **chosen | {"person_id": hub.held_by("cora", name="Other").pk})
    assert not Objection.objects.exists()


def test_of_an_entry_that_a_worker_does_not_see_nothing_is_told_and_nothing_ended(hub: MadeHub, person: Person) -> None:
    item = StoryEntry.objects.get(words="one").public_id
    browser = hub.signed_in("liv")
    address = f"/people/{person.public_id}/sharing/"
    for _ in range(2):
        browser.get(address)

    def seen() -> str:
        page = browser.get(address).content.decode().partition("<main")[2]
        return re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", page.partition("Who looked")[0])

    before = seen()
    choose_for_item(actor=hub.actor("wyn"), at=AT, person_id=person.pk, item=item)
    made = Objection.objects.get()
    assert items_not_for_all(hub.actor("liv"), person.pk, AT) == []
    assert [one.entry.words for one in items_not_for_all(hub.actor("wyn"), person.pk, AT)] == ["one"]
    assert seen() == before and "What they asked not to be shared" in before
    for path in (f"{address}items/{item}/", f"{address}items/{person.public_id}/"):
        assert browser.get(path).status_code == 404
    assert browser.post(f"{address}{made.public_id}/end/").status_code == 404
    with pytest.raises(NotFound):
        begin_sharing_again(actor=hub.actor("liv"), at=AT, person_id=person.pk, objection_id=made.public_id)
    assert Objection.objects.get().until_at is None


def test_it_is_chosen_from_the_entry_listed_and_ended_by_page_and_stands_on_paper(hub: MadeHub, person: Person) -> None:
    item = StoryEntry.objects.get(words="one")
    browser, record = hub.signed_in("wyn"), f"/people/{person.public_id}/"
    path = f"{record}sharing/items/{item.public_id}/"
    assert path in browser.get(record).content.decode()
    page = browser.get(path).content.decode()
    assert "not charity of rivermouth" in page and "not trust of rivermouth" not in page and "one" in page
    assert "There is a problem" in browser.post(path, {}).content.decode()
    assert browser.post(path, {"who": "author"}).status_code == 302
    listed = "What was written on Monday 2 March 2026 about mind: only the organisation that wrote it sees it"
    assert listed in browser.get(f"{record}sharing/").content.decode()
    assert listed in browser.get(f"{record}sharing/print/").content.decode()
    assert "Share again" in browser.get(path).content.decode()
    made = Objection.objects.get()
    assert browser.post(f"{record}sharing/{made.public_id}/end/").status_code == 302
    assert listed not in browser.get(f"{record}sharing/").content.decode()
    browser.post(path, {"who": str(hub.partners["charity"])})
    assert "charity of rivermouth does not see it" in browser.get(path).content.decode()
    browser.post(path, {"who": "all"})
    assert "charity of rivermouth does not see it" not in browser.get(path).content.decode()
