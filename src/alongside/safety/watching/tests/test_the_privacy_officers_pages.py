"""The privacy officer's pages: nobody else opens them, nobody helped is named, and they cost the same at one look and at many.

Shown to fail: without `denied` in `person_by_reference` an officer who is kept away is answered.
"""

from __future__ import annotations

import re
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from alongside.access.commands import exclude
from alongside.design.page import Page
from alongside.hubs.models import Hat
from alongside.journal.looks import look_at
from alongside.journal.models import Look
from alongside.journal.sealing import beat, seal_all
from alongside.people.models import Person
from alongside.safety.models import HomePostcode, LookToLookAt, MadeUpPerson, Watch, Witness
from alongside.safety.watching.codes import PAGES
from alongside.safety.watching.noticing import go_through
from alongside.vocabulary.clock import now
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LISTS = ("/looks/", "/looks/somebody/", "/looks/watch-list/", "/looks/made-up/", "/looks/journal/")


@pytest.fixture
def officer(hub: MadeHub) -> Client:
    hub.take_on("pat", "Pat Privacy", "trust", "privacy_officer")
    return hub.signed_in("pat")


def opens(hub: MadeHub, key: str, person: Person, times: int = 1) -> None:
    for _ in range(times):
        at = now()
        with look_at(actor=hub.actor(key, at), at=at, page="PersonPage", person_ids=[person.pk], about_id=person.pk):
            pass


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())


def test_nobody_but_a_privacy_officer_opens_them(hub: MadeHub, officer: Client) -> None:
    for key in ("cora", "saf", "lea", "dana"):
        browser = hub.signed_in(key)
        assert {browser.get(path).status_code for path in LISTS} == {403}
        assert "Looks</a>" not in browser.get("/today/").content.decode()
    assert {officer.get(path).status_code for path in LISTS} == {200}
    assert "Looks</a>" in officer.get("/looks/").content.decode()


def test_who_looked_is_found_by_the_reference_and_says_who_when_which_page_and_why(hub: MadeHub, officer: Client) -> None:
    person = hub.held_by("cora", at=now() - DAY)
    opens(hub, "cora", person)
    opens(hub, "liv", person)
    page = text(officer, f"/looks/somebody/?reference={person.reference.lower()}")
    assert "Cora Madeup, practice of rivermouth, complex-needs coordinator" in page
    assert "the whole record · as the holder" in page and "the whole record · no reason is known" in page
    assert "Mair Pretend" not in page
    look = Look.objects.filter(page="WhoLookedPage").get()
    assert (look.person_ids, look.about_id) == ([person.pk], None)
    assert "Nobody whom you may ask about" in text(officer, "/looks/somebody/?reference=ZZZ-999")


def test_an_officer_who_is_kept_away_learns_nothing(hub: MadeHub, officer: Client) -> None:
    person = hub.held_by("cora", at=now() - 20 * DAY)
    opens(hub, "liv", person)
    seal_all(at=now())
    go_through(now())
    liv = Hat.objects.get(pk=hub.hats["liv"]).worker
    noticed = LookToLookAt.objects.get(signal="no_contact")
    assert person.reference in text(officer, "/looks/") and person.reference in text(officer, f"/looks/workers/{liv.public_id}/")
    exclude(actor=hub.system, at=now(), hub_id=hub.hub.pk, person_id=person.pk, words="Pat Privacy")
    for path in ("/looks/", f"/looks/workers/{liv.public_id}/"):
        assert person.reference not in text(officer, path)
    nobody = text(officer, "/looks/somebody/?reference=ZZZ-999").replace("ZZZ-999", "X")
    theirs = text(officer, f"/looks/somebody/?reference={person.reference}").replace(person.reference, "X")
    assert theirs == nobody
    assert officer.get(f"/looks/noticed/{noticed.public_id}/").status_code == 404
    kept = officer.post("/looks/watch-list/", {"reference": person.reference, "reason": "asked", "until_on_day": "1"})
    assert kept.status_code == 200 and not Watch.objects.exists()


def test_what_was_noticed_is_shown_with_what_was_counted_and_settled(hub: MadeHub, officer: Client) -> None:
    person = hub.held_by("cora", at=now() - 20 * DAY)
    opens(hub, "liv", person)
    seal_all(at=now())
    go_through(now())
    [one] = LookToLookAt.objects.filter(signal="no_contact")
    page = text(officer, "/looks/")
    assert "nothing happened between the two near that day: nothing at all is written down" in page
    assert "Liv Example" in page and person.reference in page and "Mair Pretend" not in page
    path = f"/looks/noticed/{one.public_id}/"
    assert "Was there a good reason?" in text(officer, path)
    assert "Error:" in officer.post(path, {"finding": ""}).content.decode()
    assert officer.post(path, {"finding": "right", "words": "Covered."}).status_code == 302
    one.refresh_from_db()
    assert (one.finding, one.words, one.settled_by_id) == ("right", "Covered.", hub.hats["pat"])


def test_the_watch_list_made_up_people_and_a_postcode(hub: MadeHub, officer: Client) -> None:
    person = hub.held_by("cora")
    until = (now() + DAY).date()
    given = {"reference": person.reference, "reason": "in_the_news", "words": "Monday's paper"}
    date = {"until_on_day": until.day, "until_on_month": until.month, "until_on_year": until.year}
    assert officer.post("/looks/watch-list/", given | date).status_code == 302, "put on"
    page = text(officer, "/looks/watch-list/")
    assert person.reference in page and "they are in the news (Monday" in page and "Mair Pretend" not in page
    assert officer.post(f"/looks/watch-list/{Watch.objects.get().public_id}/end/").status_code == 302
    assert person.reference not in text(officer, "/looks/watch-list/")
    born = {"born_on_day": 1, "born_on_month": 2, "born_on_year": 1980}
    assert officer.post("/looks/made-up/", {"name": "Olwen Nobody", "postcode": "ZZ9 9ZZ"} | born).status_code == 302
    assert "Olwen Nobody" in text(officer, "/looks/made-up/") and MadeUpPerson.objects.count() == 1
    cora = Hat.objects.get(pk=hub.hats["cora"]).worker
    assert officer.post(f"/looks/workers/{cora.public_id}/", {"postcode": "ZZ1 1AA"}).status_code == 302
    assert HomePostcode.objects.get().postcode == "ZZ1 1AA"


def test_the_page_of_the_journal_says_how_it_stands_and_who_keeps_its_end(hub: MadeHub, officer: Client) -> None:
    page = text(officer, "/looks/journal/")
    assert "Nothing is sealed yet." in page and "The background worker does not run." in page
    seal_all(at=now())
    beat(now())
    page = text(officer, "/looks/journal/")
    assert "Where it ends now" in page and "The background worker does not run." not in page
    given = {"organisation": str(hub.partners["council"]), "address": "witness@council.example"}
    assert "Error:" in officer.post("/looks/journal/", given | {"address": "nowhere"}).content.decode()
    assert officer.post("/looks/journal/", given).status_code == 302
    assert "council of rivermouth: witness@council.example" in text(officer, "/looks/journal/")
    assert officer.post(f"/looks/journal/{Witness.objects.get().public_id}/end/").status_code == 302
    assert "Nobody yet: choose somebody today." in text(officer, "/looks/journal/")


def test_they_cost_the_same_at_one_look_and_at_many_and_lead_on(
    hub: MadeHub, officer: Client, django_assert_max_num_queries: Any
) -> None:
    person = hub.held_by("cora", at=now() - 20 * DAY)
    liv = Hat.objects.get(pk=hub.hats["liv"]).worker
    paths = (f"/looks/somebody/?reference={person.reference}", f"/looks/workers/{liv.public_id}/", "/looks/")
    counts = []
    for times in (1, 19, 40):
        opens(hub, "liv", person, times)
        seal_all(at=now())
        go_through(now())
        row = []
        for path in paths:
            with django_assert_max_num_queries(40) as counted:
                text(officer, path)
            row.append(len(counted.captured_queries))
        counts.append(row)
    assert counts[0] == counts[1] == counts[2]
    for path in paths[:2]:
        first = text(officer, path)
        assert first.count('<li><span class="al-rows__main">') == 50
        after = first.split('href="?after=')[1].split('"')[0].replace("&amp;", "&")
        assert text(officer, f"{path.split('?')[0]}?after={after}").count('<li><span class="al-rows__main">') == 10


def test_every_page_that_is_of_one_person_has_its_words() -> None:
    """A look at it is told to the person by these words, in both languages."""
    kinds = [page.__subclasses__() for page in (Page, *Page.__subclasses__())]
    of_one = {kind.__name__ for some in kinds for kind in some if "strip" in {one.name for one in fields(kind)}}
    assert of_one - set(PAGES) == set()
