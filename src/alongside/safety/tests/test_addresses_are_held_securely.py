"""Where somebody is: sealed, opened one at a time with a reason, and nowhere else (trust.md C11, H07, T14, T17)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from alongside.access.models import Relationship
from alongside.access.policy import visible_to
from alongside.access.sealing import CannotUnseal, seal, unseal
from alongside.journal.models import Entry
from alongside.messages.commands import send_message
from alongside.people.commands import SayWhatFor, keep_address, open_address
from alongside.people.models import AddressOpened, ContactPoint, HeldAddress, Person
from alongside.people.queries import Traced, delivery_address
from alongside.refusals import NotFound, NotThisRole
from alongside.safety.commands import open_in_an_emergency
from alongside.vocabulary.arrival import WayToReach
from tests.support.hub import AT, TODAY, MadeHub

CANARY = "17 Cnryaddress Row, Nowheretown"
WHY = "I visit them there on Thursday morning"
MAIL = WayToReach("email", "mair@person.example")


@pytest.fixture
def person(hub: MadeHub) -> Person:
    """Somebody whose letters go to a safe address; Wyn of the trust holds them."""
    return hub.held_by("wyn", words="It has been a hard year.", ways=(MAIL, WayToReach("letter", CANARY)))


def everything_in_the_database() -> str:
    """Read every column of every table as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


def address(hub: MadeHub, key: str, person: Person, **given: Any) -> str:
    return open_address(actor=hub.actor(key), at=AT, person_id=person.pk, **{"kind": "delivery", "reason": WHY, **given})


@pytest.mark.both_databases
@pytest.mark.hazard("H07")
def test_whoever_reads_the_tables_alone_reads_no_address(hub: MadeHub, person: Person) -> None:
    keep_address(actor=hub.actor("wyn"), at=AT, person_id=person.pk, kind="home", words=CANARY)
    assert HeldAddress.objects.count() == 2
    assert "Cnryaddress" not in everything_in_the_database()
    assert "mair@person.example" in everything_in_the_database(), "what is not sealed is found this way"


def test_a_letter_says_that_its_address_is_held_and_nothing_more(hub: MadeHub, person: Person) -> None:
    assert ContactPoint.objects.get(channel="letter").value == ""
    page = hub.signed_in("wyn").get(reverse("web:show-person", args=[person.public_id])).content.decode()
    assert "Letter: the address is held securely." in page and "Cnryaddress" not in page
    assert delivery_address(person.pk) == CANARY


@pytest.mark.hazard("H07")
def test_no_scope_gives_an_address(hub: MadeHub, person: Person) -> None:
    for actor in (hub.actor("wyn"), hub.system):
        assert list(visible_to(actor, HeldAddress.objects.all(), at=AT)) == []


@pytest.mark.hazard("H07")
def test_one_is_opened_with_a_reason_that_is_kept(hub: MadeHub, person: Person) -> None:
    with pytest.raises(SayWhatFor):
        address(hub, "wyn", person, reason="need it")
    assert address(hub, "wyn", person) == CANARY
    one = AddressOpened.objects.get()
    assert (one.person_id, one.hat_id, one.reason) == (person.pk, hub.hats["wyn"], WHY)
    entry = Entry.objects.get(command="address.opened")
    assert entry.person_id == person.pk and "Cnry" not in str(entry.facts) and WHY not in str(entry.facts)


@pytest.mark.parametrize("kind", ["home", "key_safe", "nothing"])
def test_what_is_not_held_is_not_there(hub: MadeHub, person: Person, kind: str) -> None:
    with pytest.raises(NotFound):
        address(hub, "wyn", person, kind=kind)


@pytest.mark.hazard("H07")
def test_only_whoever_is_near_and_visits_or_sends_opens_one(hub: MadeHub, person: Person) -> None:
    with pytest.raises(NotFound):
        address(hub, "liv", person)
    Relationship.objects.create(
        hub=hub.hub, person=person, hat_id=hub.hats["ada"], kind="giving", because_kind="handover", because_id=0, from_at=AT
    )
    with pytest.raises(NotThisRole):
        address(hub, "ada", person)
    assert not AddressOpened.objects.exists()


@pytest.mark.hazard("H07")
def test_neither_broken_glass_nor_an_exclusion_opens_it(hub: MadeHub) -> None:
    person = hub.held_by(
        "wyn",
        name="Mair Pretend",
        born_on=TODAY.replace(year=1980),
        ways=(MAIL, WayToReach("letter", CANARY)),
        postcode="SA1 1AA",
    )
    known = Traced("Mair Pretend", TODAY.replace(year=1980), postcode="SA1 1AA")
    open_in_an_emergency(
        actor=hub.actor("liv"), at=AT, known=known, category="danger_to_life", reason="They rang and said goodbye to us"
    )
    with pytest.raises(NotFound):
        address(hub, "liv", person)


def test_a_new_address_takes_the_place_of_the_old_and_every_way_is_asked_again(hub: MadeHub, person: Person) -> None:
    assert ContactPoint.objects.filter(person=person, ask_again_since__isnull=False).count() == 0
    keep_address(actor=hub.actor("wyn"), at=AT, person_id=person.pk, kind="delivery", words="1 Elsewhere")
    assert address(hub, "wyn", person) == "1 Elsewhere"
    assert ContactPoint.objects.filter(person=person, ask_again_since__isnull=True, until_at__isnull=True).count() == 0
    sent = send_message(actor=hub.actor("wyn"), at=AT, person_id=person.pk, template="invitation", purpose="care")
    assert sent is not None and sent.stopped_because == "confirm_again"


def test_another_key_opens_what_an_older_one_sealed_and_a_lost_one_says_so(settings: Any) -> None:
    settings.VAULT_KEYS = ["the first key of this installation"]
    sealed = seal(CANARY)
    settings.VAULT_KEYS = ["the second key of this installation", "the first key of this installation"]
    assert unseal(sealed) == CANARY
    settings.VAULT_KEYS = ["the second key of this installation"]
    with pytest.raises(CannotUnseal):
        unseal(sealed)


class TestByPage:
    def test_the_words_are_in_the_answer_to_a_post_with_a_reason_and_on_no_other_page(self, hub: MadeHub, person: Person) -> None:
        client, where = hub.signed_in("wyn"), reverse("safety:open-address", args=[person.public_id])
        assert "Cnryaddress" not in client.get(where).content.decode()
        short = client.post(where, {"kind": "delivery", "reason": "need it"}).content.decode()
        assert "20 letters" in short and "Cnryaddress" not in short
        answer = client.post(where, {"kind": "delivery", "reason": WHY})
        assert "17 Cnryaddress Row" in answer.content.decode() and answer["Cache-Control"] == "no-store"
        listed = client.get(reverse("safety:addresses", args=[person.public_id])).content.decode()
        assert WHY in listed and "Cnryaddress" not in listed

    @pytest.mark.hazard("H07")
    def test_after_a_change_it_shows_what_is_under_way(self, hub: MadeHub, person: Person) -> None:
        client = hub.signed_in("wyn")
        send_message(actor=hub.actor("wyn"), at=AT, person_id=person.pk, template="invitation", purpose="care")
        given = {"kind": "home", "words": CANARY}
        shown = client.post(reverse("safety:change-address", args=[person.public_id]), given, follow=True).content.decode()
        assert "Check what is under way" in shown and "2 wait for somebody to confirm" in shown and "E-mail" in shown
        assert "Cnryaddress" not in shown
        empty = client.post(reverse("safety:change-address", args=[person.public_id]), {"kind": "home"}).content.decode()
        assert "There is a problem" in empty

    @pytest.mark.hazard("H07")
    def test_whose_whereabouts_are_secret_has_no_practice_on_any_page_but_this(self, hub: MadeHub) -> None:
        person = hub.held_by("wyn", ways=(MAIL, WayToReach("letter", CANARY)), gp_practice="Cnrypractice Surgery")
        client = hub.signed_in("wyn")
        pages = [reverse(name, args=[person.public_id]) for name in ("web:show-person", "web:in-a-crisis")]
        assert all("Cnrypractice" in client.get(page).content.decode() for page in pages)
        client.post(reverse("safety:whereabouts", args=[person.public_id]), {"secret": "yes"})
        assert not any("Cnrypractice" in client.get(page).content.decode() for page in pages)
        opened = client.post(
            reverse("safety:open-address", args=[person.public_id]), {"kind": "delivery", "reason": WHY}
        ).content.decode()
        assert "Cnrypractice" in opened
