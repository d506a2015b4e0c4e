"""A service says in one tap what it can take; it stands with whose word it is and when, and goes stale where everybody sees it (S2-010)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from alongside.journey.directory.commands import note_bounce, say_room
from alongside.journey.directory.models import RoomSaid, Service
from alongside.journey.directory.queries.flow import room_words, wait_words
from alongside.journey.directory.queries.matching import match_services
from alongside.journey.directory.tests.factories import make_service
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub, open_hub

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made() -> MadeHub:
    made = open_hub()
    made.take_on("hal", "Hal Pretend", "council", "hub_lead")
    return made


def choir(made: MadeHub, **said: object) -> Service:
    service = make_service(made, "Choir", "loneliness")
    Service.objects.filter(pk=service.pk).update(**said)
    service.refresh_from_db()
    return service


def test_whoever_works_there_or_keeps_entries_says_it_and_nobody_else(made: MadeHub) -> None:
    """Shown to fail: without `check_can_say_room` anybody with a hat says it for everybody."""
    service = choir(made, team_id=made.teams["harbour"], organisation_id=made.partners["charity"])
    for key in ("liv", "tess", "hal"):
        say_room(actor=made.actor(key, now()), at=now(), service_id=service.public_id, weeks=2)
    for stranger in (made.actor("cora", now()), made.public):
        with pytest.raises(NotThisRole):
            say_room(actor=stranger, at=now(), service_id=service.public_id, weeks=0)
    with pytest.raises(NotFound):
        say_room(actor=made.actor("liv", now()), at=now(), service_id=service.public_id, weeks=3)
    assert list(RoomSaid.objects.values_list("by_id", "weeks")) == [(made.hats[key], 2) for key in ("liv", "tess", "hal")]


def test_one_tap_on_the_page_says_it_to_everybody_with_whose_word_it_is(made: MadeHub) -> None:
    service = choir(made, team_id=made.teams["harbour"], organisation_id=made.partners["charity"])
    page = f"/find-support/{service.public_id}/"
    theirs = made.signed_in("liv")
    assert theirs.get(page).content.decode().count("We can take") == 5
    assert "We can take" not in made.signed_in("cora").get(page).content.decode() + Client().get(page).content.decode()
    assert theirs.post(f"{page}in-4-weeks/").status_code == 302
    written = Client().get(page).content.decode()
    assert "Can take: people in about 4 weeks (charity of rivermouth, " in written
    assert "They say: people in about 4 weeks (charity of rivermouth, " in written, "the wait is what they typed, and says so"
    assert Client().get("/find-support/", {"need": "loneliness"}).content.decode().count("people in about 4 weeks") == 1
    assert theirs.post(f"{page}full/").status_code == 302
    assert "Full now" in Client().get(page).content.decode()
    assert theirs.post(f"{page}in-3-weeks/").status_code == 404
    assert made.signed_in("cora").post(f"{page}full/").status_code in (403, 404)


def test_full_leaves_it_out_for_two_weeks_and_is_then_shown_as_too_old(made: MadeHub) -> None:
    """Shown to fail: with `room_stands` always true it is left out for ever; with it never true a full service is offered."""
    service = choir(made)

    def said(days: int) -> tuple[list[str], list[str], str]:
        say_room(actor=made.actor("hal", now()), at=now() - days * DAY, service_id=service.public_id, weeks=None)
        service.refresh_from_db()
        found = match_services(made.public, needs=["loneliness"], age=None)
        [(_need, offers)] = found.offers
        return [one.short.room for one in offers], [one.words for one in found.misses.values()], room_words(service)

    offered, missed, words = said(13)
    assert (offered, missed) == ([], [words])
    assert words.startswith("Can take: nobody, it is full (council of rivermouth, ")
    offered, missed, words = said(14)
    assert (offered, missed) == ([words], [])
    assert words.startswith("Ask again what they can take: they said nobody, it is full, but long ago (council of rivermouth, ")


def test_what_nobody_said_is_not_said_and_a_word_from_there_ends_a_doubt(made: MadeHub) -> None:
    service = choir(made, organisation_id=made.partners["charity"])
    assert (room_words(service), wait_words(service)) == ("", "The wait is not known: ask them how long it is.")
    for key, left in (("hal", 1), ("liv", 0)):
        if key == "hal":
            note_bounce(actor=made.system, at=now(), service_id=service.pk, kind="not_there", because=service.public_id)
        say_room(actor=made.actor(key, now()), at=now(), service_id=service.public_id, weeks=0)
        service.refresh_from_db()
        assert service.let_down == left
