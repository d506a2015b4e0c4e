"""Find help for someone: what said no for this person is not offered again, what was tried comes later, wishes rank and hide nothing,
each offer says what a person asks first, and what was shown is kept with what was chosen (issue "The living directory" 12)."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.design.words import month_name
from alongside.hubs.queries import local_date
from alongside.journey.assessments.commands import rank_needs
from alongside.journey.directory.commands import import_places
from alongside.journey.directory.models import Service
from alongside.journey.directory.tests.factories import make_service
from alongside.journey.handovers.commands import answer, introduce, signpost, write_down_answer, write_down_result
from alongside.journey.handovers.models import Handover, Signpost
from alongside.people.commands import add_to_story
from alongside.people.models import CommunicationNeed, Person
from alongside.vocabulary.clock import now, today
from tests.support.hub import MadeHub, dated, open_hub

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def made() -> MadeHub:
    made = open_hub(at=now() - 100 * DAY)
    import_places(actor=made.system, at=now(), rows=[("Rivermouth", "RM1", "Made-up", 51.6, -3.9)])
    return made


def lonely(made: MadeHub, name: str, days: int = 30) -> Person:
    person = made.held_by("cora", at=now() - days * DAY, name=name)
    rank_needs(actor=made.actor("cora", now()), at=now(), person_id=person.pk, codes=["loneliness"])
    return person


def offers(client: Client, person: Person, **asked: str) -> tuple[list[str], list[str]]:
    written = client.get(f"/people/{person.public_id}/find-help/", asked).content.decode()
    shown, left_out = written.split('id="left-out"')
    return re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a></h3>", shown), re.findall(r"<li>([^<]+: [^<]+)</li>", left_out)


def test_who_said_not_us_for_this_person_is_not_the_next_fit_and_says_why(made: MadeHub) -> None:
    """Seen to fail with the earlier answers left out of matching: the same service was the next fit."""
    garden, walks = make_service(made, "Garden", "loneliness"), make_service(made, "Walks", "loneliness")
    Service.objects.filter(pk=walks.pk).update(team_id=made.teams["harbour"])
    make_service(made, "Choir", "loneliness")
    person, other, client = lonely(made, "Mair Pretend"), lonely(made, "Ifan Pretend"), made.signed_in("cora")
    assert offers(client, person)[0] == ["Choir", "Garden", "Walks"]
    cora, at = made.actor("cora", now()), now()
    one = introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_service_id=garden.pk).handover
    write_down_answer(
        actor=cora, at=at, handover_id=one.public_id, by_name="Jo", answer="not_us", reason="full", words="until May"
    )
    one = introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_team_id=made.teams["harbour"]).handover
    answer(actor=made.actor("liv", now()), at=now(), handover_id=one.public_id, answer="not_now", until=today() + 9 * DAY)
    shown, left_out = offers(client, person)
    assert shown == ["Choir"]
    assert [line.split(" on ")[0] for line in left_out] == ["Garden: they said not us", "Walks: they said not now"]
    assert left_out[0].endswith(": we are full") and "May" not in str(left_out)
    # Only this person's matching is changed.
    assert offers(client, other)[0] == ["Choir", "Garden", "Walks"]
    assert not Service.objects.filter(is_full=True).exists()


def test_an_unknown_place_is_said_and_a_known_one_is_named(made: MadeHub) -> None:
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    address = f"/people/{person.public_id}/find-help/"
    assert "We do not know the place Atlantis." in client.get(address, {"near": "Atlantis"}).content.decode()
    assert "Near Rivermouth, Made-up." in client.get(address, {"near": "rivermouth"}).content.decode()


def test_an_offer_says_where_what_it_costs_how_long_the_wait_and_how_to_start(made: MadeHub) -> None:
    make_service(made, "Choir", "loneliness", cost="free", how_to_start="Come along.", when_next="Tuesdays", near=(51.61, -3.9))
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    written = client.get(f"/people/{person.public_id}/find-help/", {"near": "Rivermouth"}).content.decode()
    lines = re.findall(r"<li>([^<]+)</li>", written.split("<h3")[1].split("</ul>")[0])
    assert lines[:5] == [
        "about 0.7 miles, some 20 minutes on foot", "Tuesdays", "Cost: free", "The wait is not known: ask them how long it is.", "Come along.",
    ]  # fmt: skip


def cards(client: Client, person: Person, **asked: object) -> dict[str, str]:
    written = client.get(f"/people/{person.public_id}/find-help/", asked).content.decode()
    return dict(re.findall(r"<h3[^>]*><a [^>]*>([^<]+)</a></h3>(.*?)</div>", written.split('id="left-out"')[0], re.DOTALL))


def test_what_they_told_already_is_wished_for_and_another_wish_changes_the_order_and_hides_nothing(made: MadeHub) -> None:
    make_service(made, "Garden", "loneliness", accessibility="A quiet corner. No wheelchair access.")
    make_service(made, "Group", "loneliness", description="A group in Welsh, step-free.", level=2)
    make_service(made, "Away", "grief", age_from=90)
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    assert list(cards(client, person)) == ["Garden", "Group"]
    CommunicationNeed.objects.create(person=person, code="quiet_place")
    Person.objects.unscoped("A test.").filter(pk=person.pk).update(language="cy")
    told = cards(client, person)
    assert "As they wish: in a quiet place" in told["Garden"]
    assert "The entry does not say, so ask: in Welsh" in told["Garden"]
    asked = cards(client, person, asked="yes", wish=["step_free", "group"])
    assert list(asked) == ["Group", "Garden"]
    assert "As they wish: in a group; without steps" in asked["Group"] and "Not met: without steps" in asked["Garden"]
    assert cards(client, person, asked="yes").keys() == asked.keys() == cards(client, person, asked="yes", wish="nonsense").keys()


def test_what_was_tried_before_is_marked_and_comes_later(made: MadeHub) -> None:
    """Also "we are full", once that is eight weeks old: it is not kept from the person for ever."""
    for name in ("Choir", "Darts", "Garden", "Walks"):
        make_service(made, name, "loneliness")
    choir, darts, garden = Service.objects.order_by("name")[:3]
    person, client = lonely(made, "Mair Pretend", days=70), made.signed_in("cora")
    for service, days, said in (
        (choir, 60, {"answer": "not_us", "reason": "full"}),
        (garden, 50, {"answer": "yes", "meet_on": today() - 49 * DAY}),
    ):
        at = now() - days * DAY
        cora = made.actor("cora", at)
        one = introduce(actor=cora, at=at, person_id=person.pk, words="hello", to_service_id=service.pk).handover
        write_down_answer(actor=cora, at=at, handover_id=one.public_id, by_name="Jo", **said)  # type: ignore[arg-type]  # by its answer
    told = signpost(actor=made.actor("cora", now()), at=now(), person_id=person.pk, service_id=darts.pk)
    write_down_result(actor=made.actor("cora", now()), at=now(), signpost_id=told.public_id, result="not_for_them")
    found = cards(client, person)
    assert list(found) == ["Walks", "Choir", "Darts", "Garden"]
    on = local_date(now() - 50 * DAY)
    assert f"tried in {month_name(on.month, 'en')} {on.year}: did not meet" in found["Garden"]
    assert (
        "they said not us on " in found["Choir"] and ": it was not for them" in found["Darts"] and "tried" not in found["Walks"]
    )


def test_a_diagnosis_or_a_substance_need_never_narrows_what_is_offered(made: MadeHub) -> None:
    """On the page itself: told today of autism, and with alcohol and drugs ranked first, nothing that was offered has gone."""
    for number in range(8):
        make_service(made, f"Choir {number}", "loneliness", *(["alcohol"] if number > 5 else []))
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    before = offers(client, person)[0]
    assert len(before) == 5
    cora = made.actor("cora", now())
    add_to_story(
        actor=cora, at=now(), person_id=person.pk, words="Diagnosed with autism today.", whose_words="person", domain="mind"
    )
    assert offers(client, person)[0] == before
    for codes in (["neurodiversity", "loneliness"], ["alcohol", "drugs", "neurodiversity", "loneliness"]):
        rank_needs(actor=cora, at=now(), person_id=person.pk, codes=codes)
        assert set(offers(client, person)[0]) >= set(before)


def test_the_person_chooses_and_what_was_shown_is_kept_with_what_was_chosen(made: MadeHub) -> None:
    """Keys and codes only, and only of this hub: what a link makes up is not kept."""
    names = ("Choir", "Garden", "Walks")
    services = {name: make_service(made, name, "loneliness") for name in names}
    elsewhere = make_service(open_hub(slug="elsewhere"), "Theirs", "loneliness")
    person, client = lonely(made, "Mair Pretend"), made.signed_in("cora")
    card = cards(client, person, asked="yes", wish="group")["Garden"]
    introduces, tells = (unescape(one) for one in re.findall(r'href="([^"]+\?service=[^"]+)"', card))
    sent = {"receiver": f"service:{services['Garden'].public_id}", "words": "Hello.", "person_agrees": "on"}
    assert client.post(introduces, sent).status_code in (200, 302)
    assert client.post(tells, dated("ask_on", today() + 3 * DAY)).status_code == 302
    for one in (Handover.objects.get(person=person), Signpost.objects.get(person=person)):
        assert (one.need, one.wishes) == ("loneliness", ["group"])
        assert one.shown == [services[name].pk for name in names]
    made_up = f"?service={services['Walks'].public_id}&need=nonsense&wish=nonsense&shown={elsewhere.public_id.hex}.x.{'g' * 32}"
    assert client.post(tells.split("?")[0] + made_up, dated("ask_on", today() + 3 * DAY)).status_code == 302
    last = Signpost.objects.filter(person=person).latest("pk")
    assert (last.need, last.wishes, last.shown) == ("", [], [])


@pytest.mark.parametrize("count", [1, 20, 200])
def test_it_costs_the_same_whatever_was_answered_before(made: MadeHub, count: int) -> None:
    for number in range(count):
        make_service(made, f"Choir {number}", "loneliness")
    person, client, cora = lonely(made, "Mair Pretend"), made.signed_in("cora"), made.actor("cora", now())
    for service in Service.objects.all()[:20]:
        one = introduce(actor=cora, at=now(), person_id=person.pk, words="hello", to_service_id=service.pk).handover
        write_down_answer(actor=cora, at=now(), handover_id=one.public_id, by_name="Jo", answer="not_us", reason="full")
    offers(client, person)
    with CaptureQueriesContext(connection) as asked:
        offers(client, person)
    assert len(asked) <= 21
