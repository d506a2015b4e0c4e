"""A feed is added, changed and stopped by whoever keeps the hub's settings, who sees how each one is (issue "living directory", 7)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.design.words import short_day
from alongside.hubs.roles import ROLES
from alongside.journal.models import Entry
from alongside.journey.directory.commands import FeedSaid, add_feed, begin_reading, end_reading, say_how_far, stop_feed, take_part
from alongside.journey.directory.commands.taking_in import KEPT_PROBLEMS, Outcome
from alongside.journey.directory.models import Feed, ImportRun, Service
from alongside.refusals import AlreadyDone, NotPermitted, NotThisRole
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import BadRow, LeftOut, ServiceEntry
from tests.support.hub import MadeHub

pytestmark = pytest.mark.django_db
WHOLE = {"name": "Shire", "kind": "v3", "address": "https://shire.example/v3", "licence": "Open Government Licence v3.0"}
TABLE = {**WHOLE, "name": "Table", "kind": "csv", "columns": "Service name = name\r\n Tel. = phone \r\n"}


@pytest.fixture
def lead(hub: MadeHub) -> Client:
    hub.take_on("hatty", "Hatty Pretend", "trust", "hub_lead")
    return hub.signed_in("hatty")


def main(client: Client, address: str) -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def reading(hub: MadeHub, feed: Feed, outcome: Outcome, trouble: str = "", count: int = 0) -> ImportRun:
    """Let a feed be read with what came of it."""
    by: dict[str, Any] = {"actor": hub.system, "at": now()}
    run = begin_reading(**by, feed_id=feed.public_id, asked_for=True)
    assert run is not None
    say_how_far(**by, run_id=run.pk, read=count)
    facts = {"read": count, "said": None, "trouble": trouble, "gave_details": False}
    return end_reading(**by, run_id=run.pk, outcome=outcome, **facts)


def test_a_feed_is_added_changed_stopped_and_begun_again(hub: MadeHub, lead: Client) -> None:
    made = lead.post("/feeds/add/", TABLE, follow=True)
    one = Feed.objects.get()
    assert (one.columns, one.kept_by_id, made.redirect_chain[-1][0]) == (
        [["Service name", "name"], ["Tel.", "phone"]],
        hub.hats["hatty"],
        f"/feeds/{one.public_id}/",
    )
    assert "not read yet" in main(lead, "/feeds/") and "Hatty Pretend" in main(lead, f"/feeds/{one.public_id}/")
    lead.post(f"/feeds/{one.public_id}/change/", {**WHOLE, "name": "ignored", "address": "https://new.example/"})
    one.refresh_from_db()
    assert (one.name, one.kind, one.address, one.columns) == ("Table", "v3", "https://new.example/", [])
    lead.post(f"/feeds/{one.public_id}/", {"what": "stop"})
    assert "stopped since" in main(lead, "/feeds/")
    assert begin_reading(actor=hub.system, at=now(), feed_id=one.public_id, asked_for=True) is None
    lead.post(f"/feeds/{one.public_id}/", {"what": "start"})
    assert begin_reading(actor=hub.system, at=now(), feed_id=one.public_id) is not None
    assert "being read" in main(lead, "/feeds/")
    journal = Entry.objects.filter(command__startswith="feed.").order_by("pk").values_list("command", "facts__takes")
    asked = [("feed.added", None), ("feed.changed", None), ("feed.stopped", None), ("feed.began", False), ("feed.stopped", None)]
    assert list(journal) == [*asked, ("feed.began", True)]


WRONG: list[tuple[dict[str, str], str]] = [
    ({**WHOLE, "address": "shire.example"}, "begins with https://"),
    ({**WHOLE, "address": "javascript:alert(1)"}, "begins with https://"),
    ({**WHOLE, "name": "Here already"}, "has this name"),
    ({**WHOLE, "name": "hub"}, "has this name"),
    ({**WHOLE, "name": "From a file"}, "has this name"),
    ({**WHOLE, "name": ""}, "We need this one"),
    ({**WHOLE, "kind": "v9"}, "Choose from the list"),
    ({**TABLE, "columns": ""}, "We need this one"),
    ({**TABLE, "columns": "Tel = phone"}, "Say which column is the name"),
    ({**TABLE, "columns": "Name = name\r\nTel. telephone"}, "on the line “Tel. telephone”"),
    ({**TABLE, "columns": "Name = name\r\nTel = number"}, "on the line “Tel = number”"),
]


def test_what_cannot_be_used_is_said_on_the_page_and_nothing_typed_is_lost(hub: MadeHub, lead: Client) -> None:
    add_feed(actor=hub.system, at=now(), said=FeedSaid("Here already", "v3", "https://a.example/"))
    Service.objects.create(hub=hub.hub, name="x", source="From a file", source_id="1")
    for typed, says in WRONG:
        page = lead.post("/feeds/add/", typed).content.decode()
        assert says in page, (typed, says)
        assert all(one.splitlines()[0] in page for name, one in typed.items() if one and name != "kind"), typed
    assert Feed.objects.count() == 1


def test_only_whoever_keeps_the_settings_says_which_feeds_are_read(hub: MadeHub) -> None:
    """Shown to fail: with `check_can_keep` in place of `check_can_keep_feeds` a charity's editor points the hub at any address."""
    feed = add_feed(actor=hub.system, at=now(), said=FeedSaid("Here", "v3", "https://a.example/"))
    for role in ROLES:
        hub.take_on(f"one-{role}", f"One {role.title()}", "charity", role)
        client, may = hub.signed_in(f"one-{role}"), role == "hub_lead"
        found = [client.get(address).status_code for address in ("/feeds/", "/feeds/add/", f"/feeds/{feed.public_id}/")]
        assert (role, found) == (role, [200] * 3 if may else [403] * 3)
        if not may:
            with pytest.raises(NotThisRole):
                stop_feed(actor=hub.actor(f"one-{role}"), at=now(), feed_id=feed.public_id)
            with pytest.raises(NotPermitted):
                begin_reading(actor=hub.actor(f"one-{role}"), at=now(), feed_id=feed.public_id)


def test_each_feed_says_how_it_is_and_every_row_that_was_not_taken(hub: MadeHub, lead: Client) -> None:
    feed = add_feed(actor=hub.system, at=now(), said=FeedSaid("Here", "v3", "https://a.example/"))
    whole = Outcome()
    run = begin_reading(actor=hub.system, at=now(), feed_id=feed.public_id)
    assert run is not None and begin_reading(actor=hub.system, at=now(), feed_id=feed.public_id, asked_for=True) is None
    entries = [ServiceEntry("Here", f"s{number}", f"Service {number}") for number in range(5)]
    take_part(actor=hub.system, at=now(), run_id=run.pk, entries=entries, outcome=whole)
    done = {"read": 5, "said": 5, "trouble": "", "gave_details": False}
    end_reading(actor=hub.system, at=now(), run_id=run.pk, outcome=whole, **done)
    assert "in 5, changed 0, unchanged 0, not taken 0" in main(lead, "/feeds/") and "less than a day ago" in main(lead, "/feeds/")
    fewer = Outcome(unchanged=2)
    fewer.hear(BadRow("page 3, contents[7].name", "a service needs a name"))
    fewer.hear(LeftOut("page 9", "it is answered with 500"))
    assert reading(hub, feed, fewer, count=3).trouble == "shrunk"
    page = main(lead, f"/feeds/{feed.public_id}/")
    for words in ("less than half of what stands", "page 3, contents[7].name", "a service needs a name", "answered with 500"):
        assert words in page
    assert [run.missing for run in ImportRun.objects.order_by("pk")] == [0, 3]
    assert Service.objects.filter(source="Here", closed_at__isnull=True).count() == 5
    many = Outcome(unchanged=5)
    for number in range(KEPT_PROBLEMS + 10):
        many.hear(BadRow(f"line {number}", "a service needs a name"))
    run = reading(hub, feed, many, count=KEPT_PROBLEMS + 15)
    assert (run.not_taken, len(run.problems)) == (KEPT_PROBLEMS + 10, KEPT_PROBLEMS)
    assert "Only the first 1,000 are kept." in main(lead, f"/feeds/{feed.public_id}/")
    feed.refresh_from_db()
    assert (feed.failed, feed.good_at) == (0, run.ended_at)


def test_the_list_asks_as_often_for_one_feed_as_for_twenty(hub: MadeHub, lead: Client) -> None:
    asked = []
    for count in (1, 20):
        for number in range(Feed.objects.count(), count):
            feed = add_feed(actor=hub.system, at=now(), said=FeedSaid(f"Feed {number}", "v3", "https://a.example/"))
            reading(hub, feed, Outcome(), "not_reached")
        with CaptureQueriesContext(connection) as found:
            assert main(lead, "/feeds/").count("it could not be reached") == count
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_what_is_shown_as_one_says_both_sources_and_is_parted_by_a_button(hub: MadeHub, lead: Client) -> None:
    made = {}
    for source in ("First", "Second"):
        made[source] = Service.objects.create(
            hub=hub.hub,
            name="Walks",
            source=source,
            source_id="1",
            said_by=[[source, "2026-11-01", []], ["hub", "2026-11-02", ["cost"]]],
        )
    first, second = made["First"], made["Second"]
    Service.objects.filter(pk=second.pk).update(same_as=first)
    page = main(lead, f"/find-support/{first.public_id}/")
    assert "First; Second" in page and f"this hub, {short_day(date(2026, 11, 2))}" in page and "is another service" in page
    everybody = main(Client(), f"/find-support/{first.public_id}/")
    assert "First; Second" in everybody and "Who said what" not in everybody and "is another service" not in everybody
    assert f'href="/find-support/{first.public_id}/"' in main(Client(), f"/find-support/{second.public_id}/")
    lead.post(f"/find-support/{second.public_id}/apart/")
    second.refresh_from_db()
    assert second.same_as is None
    assert lead.post(f"/find-support/{second.public_id}/apart/").status_code == AlreadyDone.status
