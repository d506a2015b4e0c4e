"""An entry is believed less with time and with everybody it lets down, and what is dead falls out of the matching by itself.

Shown to fail: without `note_bounce` in `raise_unanswered` a service that is dead is still offered after half a year; without
`left` in the rule of matching it is offered for ever.
Source: promise 9; S2-309, S2-317, S2-318; H18.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.journey.directory.commands import close_service, confirm_service, hear_from_service, import_entries, note_bounce
from alongside.journey.directory.models import Bounce, Correction, Service
from alongside.journey.directory.queries.finding import find_services
from alongside.journey.directory.queries.matching import match_services
from alongside.journey.directory.rules import EACH_TAKES, FULL_FOR, LEAVES_AFTER, REMIND, fades_at, leaves, warning
from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import introduce, raise_unanswered, signpost, write_down_answer, write_down_result
from alongside.journey.handovers.queries import unanswered_past
from alongside.members.models import Task
from alongside.refusals import NotFound, NotThisRole
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import ServiceEntry
from tests.support.hub import MadeHub, open_hub

DAY = timedelta(days=1)
OUT_WITHIN = timedelta(weeks=8)
"""So soon a dead service to which somebody is introduced every other week is offered to nobody."""


@given(st.datetimes(), st.integers(0, 50), st.integers(0, 50))
def test_every_time_takes_as_much_and_the_third_is_the_last(at: datetime, times: int, later: int) -> None:
    fades = fades_at(at.replace(year=2026), times)
    assert fades is not None
    assert fades == at.replace(year=2026) + FULL_FOR - times * EACH_TAKES
    assert leaves(times) == (times >= 3 == LEAVES_AFTER)
    assert warning(fades, fades) == "old"
    assert warning(fades, fades - timedelta(seconds=1)) == ""
    assert (fades_at(at.replace(year=2026), times + later) or fades) <= fades


def test_what_nobody_confirmed_was_never_believed() -> None:
    assert fades_at(None, 0) is None
    assert warning(None, now()) == "never"
    assert warning(now() + DAY, now(), left=True) == "let_down"


@pytest.fixture
def hub(db: None) -> MadeHub:
    made = open_hub()
    made.take_on("edie", "Edie Pretend", "charity", "hub_lead")
    return made


def bounce(made: MadeHub, service: Service, times: int = 1, at: datetime | None = None) -> Service:
    for _time in range(times):
        note_bounce(actor=made.system, at=at or now(), service_id=service.pk, kind="not_there", because=uuid4())
    service.refresh_from_db()
    return service


def offered(made: MadeHub, need: str = "sleep") -> list[str]:
    [(_need, offers)] = match_services(made.public, needs=[need], age=None).offers
    return [one.short.name for one in offers]


def found(made: MadeHub, **asked: Any) -> list[str]:
    return [one.name for one in find_services(made.public, **asked).rows]


@pytest.mark.hazard("H18")
@pytest.mark.both_databases
def test_with_the_third_time_it_leaves_the_matching_and_whoever_keeps_it_hears(hub: MadeHub) -> None:
    once, thrice = make_service(hub, "Once", "sleep"), make_service(hub, "A thrice", "sleep")
    whole = make_service(hub, "Never", "sleep")
    bounce(hub, once)
    bounce(hub, thrice, 3)
    assert once.fades_at == whole.fades_at or once.let_down == 1
    assert offered(hub) == ["Never", "Once"]
    left_out = match_services(hub.public, needs=["sleep"], age=None).left_out
    assert ("A thrice", "it let people down, and nobody has confirmed it since") in left_out.rows
    assert found(hub, need="sleep") == ["Never", "Once", "A thrice"], "whoever looks for it finds it, last and with its warning"
    assert "people could not reach it lately" in Client().get("/find-support/", {"need": "sleep"}).content.decode()
    assert [one.service for one in Correction.objects.all()] == [thrice]
    bounce(hub, thrice)
    assert Correction.objects.count() == 1, "said once"


def test_the_same_introduction_counts_once(hub: MadeHub) -> None:
    service, because = make_service(hub, "One", "sleep"), uuid4()
    for _time in range(3):
        note_bounce(actor=hub.system, at=now(), service_id=service.pk, kind="unanswered", because=because)
    service.refresh_from_db()
    assert (service.let_down, Bounce.objects.count()) == (1, 1)


def test_a_word_from_there_ends_the_doubt_and_only_a_confirmation_makes_it_new(hub: MadeHub) -> None:
    service = make_service(hub, "One", "sleep", at=now() - 100 * DAY)
    was = service.fades_at or Service.objects.get().fades_at
    bounce(hub, service, 3)
    hear_from_service(actor=hub.system, at=now(), service_id=service.pk)
    service.refresh_from_db()
    assert (service.let_down, service.left_at, service.fades_at) == (0, None, was)
    bounce(hub, service, 3)
    confirm_service(actor=hub.actor("edie", now()), at=now(), service_id=service.public_id)
    service.refresh_from_db()
    assert (service.let_down, service.left_at) == (0, None)
    assert service.fades_at is not None
    assert service.fades_at > now() + FULL_FOR - DAY
    assert offered(hub) == ["One"]


def test_a_feed_that_changes_how_to_reach_it_takes_the_word_away(hub: MadeHub) -> None:
    def entry(number: str) -> ServiceEntry:
        return ServiceEntry(source="feed", source_id="1", name="Fed", needs=("sleep",), phones=((number, ""),))

    import_entries(actor=hub.system, at=now(), hub_id=hub.hub.pk, source="feed", rows=[entry("01632 960001")])
    service = Service.objects.get()
    confirm_service(actor=hub.actor("edie", now()), at=now(), service_id=service.public_id)
    import_entries(actor=hub.system, at=now(), hub_id=hub.hub.pk, source="feed", rows=[entry("01632 960002")])
    service.refresh_from_db()
    assert (service.confirmed_at, service.fades_at) == (None, None)


@pytest.mark.hazard("H18")
def test_dead_services_fall_out_within_eight_weeks_and_live_ones_stay(hub: MadeHub) -> None:
    began = now() - OUT_WITHIN
    dead, alive = make_service(hub, "Dead", "sleep", at=began), make_service(hub, "Alive", "sleep", at=began)
    left: datetime | None = None
    for day in range(OUT_WITHIN.days):
        at = began + day * DAY
        if day % 14 == 0:
            for service in (dead, alive):
                person = hub.held_by("cora", name=f"Pretend {service.name} {day}", at=at)
                asked = introduce(
                    actor=hub.actor("cora", at), at=at, person_id=person.pk, to_service_id=service.pk, words="To sleep.", person_agrees=True
                ).handover  # fmt: skip
                if service is alive:
                    _say_yes(hub, asked.public_id, at)
        for late in unanswered_past(hub.hub.pk, at.date()):
            raise_unanswered(actor=hub.system, at=at, handover_id=late.pk)
        dead.refresh_from_db()
        left = left or dead.left_at
    alive.refresh_from_db()
    assert left is not None
    assert left < began + OUT_WITHIN
    assert (alive.left_at, alive.let_down) == (None, 0)
    assert offered(hub) == ["Alive"]


def _say_yes(hub: MadeHub, handover_id: UUID, at: datetime) -> None:
    write_down_answer(
        actor=hub.actor("cora", at), at=at, handover_id=handover_id, by_name="Jo", answer="yes", meet_on=at.date() + 3 * DAY
    )


@pytest.mark.parametrize(("reason", "counts"), [("closed", 1), ("outside", 1), ("full", 0), ("they_chose", 0), ("not_safe", 0)])
def test_what_its_answer_says_of_the_entry(hub: MadeHub, reason: str, counts: int) -> None:
    service, person = make_service(hub, "One", "sleep"), hub.held_by("cora")
    asked = introduce(actor=hub.actor("cora", now()), at=now(), person_id=person.pk, to_service_id=service.pk, words="To sleep.", person_agrees=True)  # fmt: skip
    write_down_answer(
        actor=hub.actor("cora", now()),
        at=now(),
        handover_id=asked.handover.public_id,
        by_name="Jo",
        answer="not_us",
        reason=reason,
    )
    service.refresh_from_db()
    assert service.let_down == counts


def test_somebody_went_and_it_was_not_there(hub: MadeHub) -> None:
    service, person = make_service(hub, "One", "sleep"), hub.held_by("cora")
    told = signpost(actor=hub.actor("cora", now()), at=now(), person_id=person.pk, service_id=service.pk)
    write_down_result(actor=hub.actor("cora", now()), at=now(), signpost_id=told.public_id, result="not_there")
    service.refresh_from_db()
    assert service.let_down == 1
    assert Task.objects.filter(person=person, what="offer_next_fit", done_at__isnull=True).exists()


# What has closed


def test_what_has_closed_is_found_by_its_words_last_with_what_is_there_instead(hub: MadeHub) -> None:
    old, new = make_service(hub, "Harbour drop-in", "loneliness"), make_service(hub, "Quay kitchen", "loneliness")
    make_service(hub, "Harbour walks", "loneliness", confirmed=False)
    page = hub.signed_in("edie").get(f"/find-support/{old.public_id}/close/").content.decode()
    assert "Quay kitchen" in page
    assert "Harbour drop-in</option>" not in page
    done = hub.signed_in("edie").post(f"/find-support/{old.public_id}/close/", {"instead": str(new.public_id)})
    assert done.status_code == 302
    assert found(hub, text="harbour") == ["Harbour walks", "Harbour drop-in"]
    assert found(hub, need="loneliness") == ["Quay kitchen", "Harbour walks"], "a need alone leads to nothing that has closed"
    for address in ("/find-support/?words=harbour", f"/find-support/{old.public_id}/"):
        page = Client().get(address).content.decode()
        assert "This service has closed" in page
        assert reverse("directory:show-service", args=[new.public_id]) in page
    assert offered(hub, "loneliness") == ["Quay kitchen", "Harbour walks"]


def test_no_closed_crisis_offer_stands_among_those_that_help_now(hub: MadeHub) -> None:
    gone = make_service(hub, "Night haven", "crisis", is_crisis=True)
    close_service(actor=hub.system, at=now(), service_id=gone.public_id)
    make_service(hub, "Day haven", "crisis", is_crisis=True)
    assert found(hub, text="suicide haven") == ["Day haven"]


def test_instead_is_an_open_service_of_this_hub(hub: MadeHub) -> None:
    old, closed = make_service(hub, "One", "sleep"), make_service(hub, "Two", "sleep")
    close_service(actor=hub.system, at=now(), service_id=closed.public_id)
    elsewhere = make_service(open_hub(slug="elsewhere"), "Three", "sleep")
    for wrong in (closed, old, elsewhere):
        with pytest.raises(NotFound):
            close_service(actor=hub.actor("edie", now()), at=now(), service_id=old.public_id, replaced_by=wrong.public_id)
    refused = hub.signed_in("edie").post(f"/find-support/{old.public_id}/close/", {"instead": str(elsewhere.public_id)})
    assert refused.status_code == 200
    old.refresh_from_db()
    assert old.closed_at is None
    with pytest.raises(NotThisRole):
        close_service(actor=hub.actor("cora", now()), at=now(), service_id=old.public_id)


# Whoever keeps entries is asked in time


def test_they_are_asked_four_weeks_before_an_entry_fades(hub: MadeHub) -> None:
    make_service(hub, "Fresh", "sleep")
    make_service(hub, "Soon", "sleep", at=now() - FULL_FOR + REMIND - timedelta(hours=1))
    make_service(hub, "Faded", "sleep", at=now() - FULL_FOR - 9 * DAY)
    make_service(hub, "Not yet", "sleep", at=now() - FULL_FOR + REMIND + timedelta(hours=1))
    make_service(hub, "Never confirmed", "sleep", confirmed=False)
    client = hub.signed_in("edie")
    page = client.get("/entries/").content.decode()
    assert page.index("Faded") < page.index("Soon")
    for name in ("Fresh", "Not yet", "Never confirmed"):
        assert name not in page
    assert "2 entries fade" in client.get("/today/").content.decode()
    confirm_service(actor=hub.actor("edie", now()), at=now(), service_id=Service.objects.get(name="Faded").public_id)
    assert "Faded" not in client.get("/entries/").content.decode()
    assert hub.signed_in("cora").get("/entries/").status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 60])
def test_a_list_of_any_length_costs_the_same(hub: MadeHub, count: int, django_assert_num_queries: Any) -> None:
    for number in range(count):
        make_service(hub, f"Faded {number:02}", "sleep", at=now() - FULL_FOR - DAY)
    client = hub.signed_in("edie")
    client.get("/entries/")
    with django_assert_num_queries(5):
        page = client.get("/entries/").content.decode()
    assert page.count("warns its readers since") == min(count, 50)
    assert ("?after=" in page) == (count > 50)
