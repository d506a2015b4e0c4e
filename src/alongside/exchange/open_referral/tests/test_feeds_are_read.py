"""Feeds over HTTP: whatever a server does, nothing that stands is lost, and every row is accounted for (issue "living directory", 7, 8).

Shown to fail: with `is_partial` never set, a night without details empties what stands; without `new_fields` in `_change` a feed
writes over our own words; without `kept_at` there, over the service's own; without `without_where` the database refuses the place
of a refuge and the reading is broken off; without `rules_said_at` ages said here pass for the feed's; with `seen` left out of `_take` the page that repeats is read for ever.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.connections.outgoing import Outgoing
from alongside.exchange.open_referral.services import read_services
from alongside.exchange.open_referral.streaming import Row
from alongside.exchange.open_referral.taking.asking import Limits, Questions
from alongside.exchange.open_referral.taking.night import Means, take_feed, take_feeds_that_are_due
from alongside.exchange.open_referral.taking.pages import base_of
from alongside.journey.directory.commands import FeedSaid, add_feed, change_entry, change_feed, part_services, say_refuge
from alongside.journey.directory.commands.indexing import count_words
from alongside.journey.directory.commands.taking_in import ONLY_IN_PART
from alongside.journey.directory.models import Feed, ImportRun, KnownWord, SearchWord, Service
from alongside.journey.directory.queries.editors import as_it_stands
from alongside.journey.directory.queries.finding import find_services
from alongside.journey.directory.queries.published import perhaps_refuges
from alongside.vocabulary.clock import now
from alongside.vocabulary.service_entry import ServiceEntry, who_said
from alongside.vocabulary.stems import stem
from tests.support.hub import MadeHub
from tests.support.servers import Behaves, drips, hangs, open_server, says

LIMITS = Limits(pages=30, services=50_000, lost_pages=2, lost_details=4)
Answers = dict[str, Behaves]


def service(key: str, **more: Any) -> dict[str, Any]:
    return {"id": key, "name": f"Service {key}", "status": "active", "phones": [{"number": "01632 960123"}], **more}


def page(*rows: Any, number: int = 1, of: int = 1, total: int | None = None, **more: Any) -> dict[str, Any]:
    return {
        "total_items": len(rows) * of if total is None else total,
        "total_pages": of,
        "page_number": number,
        "last_page": number == of,
        "contents": list(rows),
        **more,
    }


def answers(what: Any, status: str = "200 OK", encoding: str = "utf-8", **headers: str) -> Behaves:
    body = what if isinstance(what, bytes) else json.dumps(what, ensure_ascii=False).encode(encoding)
    return says(status, body, Content_Type="application/json", **headers)


GONE = says("404 Not Found", b"{}")


def by_path(known: Answers) -> Behaves:
    """Answer each address of a feed as it is told to, and what is not known with 404."""

    def answer(connection: Any, asked: bytes) -> None:
        path = asked.split(b" ", 2)[1].decode()
        for begins in sorted(known, key=len, reverse=True):
            if path.startswith(begins):
                return known[begins](connection, asked)
        return GONE(connection, asked)

    return answer


def means(seconds: float = 5.0, largest: int = 2_000_000, limits: Limits = LIMITS, waited: list[float] | None = None) -> Means:
    """Read as at night, but without waiting, and from a server of this machine."""
    out = Outgoing(seconds=seconds, largest=largest, stand_ins=True)
    sleep: Callable[[float], None] = (waited if waited is not None else []).append
    return Means(lambda _kind: out, lambda asks: Questions(asks, limits, sleep=sleep))


def add(made: MadeHub, name: str = "Shire", kind: str = "v3", columns: tuple[tuple[str, str], ...] = ()) -> Feed:
    said = FeedSaid(name, kind, "https://feed.example/", columns, "Open Government Licence v3.0")
    return add_feed(actor=made.system, at=now(), said=said)


def read(feed: Feed, known: Answers, *, path: str = "", **how: Any) -> ImportRun:
    """Read a feed from a server that answers so."""
    with open_server(by_path(known)) as server:
        Feed.objects.filter(pk=feed.pk).update(address=f"http://127.0.0.1:{server.port}{path}")
        feed.refresh_from_db()
        run = take_feed(feed, at=now(), means=means(**how), asked_for=True)
    assert run is not None
    return run


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.taken, run.changed, run.unchanged, run.not_taken


def test_pages_are_read_to_the_last_and_a_second_night_only_compares(hub: MadeHub) -> None:
    feed = add(hub)
    rows = [service(f"s{number}") for number in range(6)]
    known = {f"/services?page={one}": answers(page(*rows[one * 2 - 2 : one * 2], number=one, of=3)) for one in (1, 2, 3)}
    first = read(feed, known, path="/services/")
    assert (counts(first), first.trouble, first.read, first.said) == ((6, 0, 0, 0), "", 6, 6)
    with CaptureQueriesContext(connection) as asked:
        second = read(feed, known)
    assert (counts(second), second.trouble) == ((0, 0, 6, 0), "")
    assert not [one["sql"] for one in asked if "directory_service" in one["sql"] and not one["sql"].startswith("SELECT")]
    feed.refresh_from_db()
    assert (feed.failed, feed.good_at == second.ended_at) == (0, True)
    Feed.objects.filter(pk=feed.pk).update(licence="Another licence")
    assert counts(read(feed, known)) == (0, 6, 0, 0)
    one = Service.objects.get(source_id="s1")
    assert (one.source, one.licence, who_said(one.said_by, "phones")[0]) == ("Shire", "Another licence", "Shire")


HOSTILE: list[tuple[str, Answers, str, int]] = [
    ("no feed is there", {}, "not_reached", 0),
    ("it is broken", {"/": says("500 Internal Server Error", b"")}, "not_reached", 0),
    ("a web page", {"/": says(body=b"<!DOCTYPE html><p>Welcome", Content_Type="text/html")}, "not_a_feed", 0),
    ("something else in JSON", {"/": answers({"error": "no"})}, "not_a_feed", 0),
    ("one word", {"/": answers("words")}, "not_a_feed", 0),
    ("another host", {"/": says("302 Found", b"", Location="http://127.0.0.2:1/services")}, "not_allowed", 0),
    ("too slow", {"/": hangs}, "too_slow", 0),
    ("drop by drop", {"/": drips(b"HTTP/1.1 200 OK\r\n\r\n[", 0.05)}, "too_slow", 0),
    ("a huge page", {"/": answers(page(service("s0", description="x" * 300_000)))}, "too_much", 0),
    ("no services", {"/": answers(page())}, "empty", 0),
    ("cut off in its length", {"/": says(body=b'[{"id": "s0"', length=900)}, "cut_off", 0),
    ("cut off in its words", {"/": answers(json.dumps(page(service("s0"), service("s1"))).encode()[:-40])}, "cut_off", 1),
    ("the same page for ever", {"/": answers(page(service("s0"), number=2, of=10**6))}, "repeats", 1),
    ("pages for ever", {"/": answers({"contents": [service("s0"), service("s0")]})}, "repeats", 1),
    (
        "a page in the middle is broken",
        {
            "/services?page=1": answers(page(service("s0"), of=3, total=3)),
            "/services?page=2": says("500 Oh", b""),
            "/services?page=3": answers(page(service("s2"), number=3, of=3, total=3)),
        },
        "cut_off",
        2,
    ),
    (
        "fewer than it says",
        {"/services?page=1": answers(page(service("s0"), of=2, total=40)), "/": answers(page(number=2, of=2, total=40))},
        "shorter",
        1,
    ),
    ("more than is read", {"/": answers([service(f"s{number}") for number in range(12)])}, "too_much", 9),
]


def test_whatever_a_server_does_what_stands_stays_and_it_is_said(hub: MadeHub) -> None:
    """What could be read whole is taken; the rest is named; nothing is removed, and nothing of an entry is emptied."""
    feed = add(hub)
    read(feed, {"/": answers(page(*(service(f"stands{number}") for number in range(3))))})
    limits = Limits(pages=30, services=9, lost_pages=2, lost_details=4)
    for what, known, trouble, came in HOSTILE:
        Service.objects.filter(hub=hub.hub, source_id__regex="^s[0-9]").delete()
        run = read(feed, known, seconds=0.4, largest=200_000, limits=limits)
        assert (what, run.trouble, run.read - run.not_taken) == (what, trouble, came)
        assert sum(counts(run)) == run.read, what
        assert run.problems, what
        feed.refresh_from_db()
        assert feed.good_at is not None and feed.failed > 0 and feed.good_at < run.at
        assert Service.objects.filter(source="Shire", source_id__startswith="stands", closed_at__isnull=True).count() == 3
        assert all(phones for phones in Service.objects.values_list("phones", flat=True))


def test_wrong_letters_missing_parts_ids_twice_and_empty_taxonomies_are_survived(hub: MadeHub) -> None:
    feed = add(hub)
    rows = [
        service("s0", name="Café £5", attributes=[], service_at_locations=None, organization=None),
        service("s1", attributes=[{"taxonomy_term": None}, None], schedules=[None, "x"], contacts={}),
        service("s1", name="Again"),
        service("s2", name=None),
        {"name": "No id", "phones": []},
        None,
        json.loads('{"id": "deep", "name": ' + "[" * 700 + "]" * 700 + "}"),
        service("s3", taxonomy_terms=[], cost_options=[{}], minimum_age="young", url="javascript:1"),
    ]
    run = read(feed, {"/": answers(page(*rows), encoding="cp1252")})
    assert (counts(run), run.read) == ((3, 0, 0, 5), 8)
    assert {place for place, _why, is_row in run.problems if is_row} == {
        "page 1, contents[2]",
        "page 1, contents[3].name",
        "page 1, contents[4].id",
        "page 1, contents[5]",
        "page 1, contents[6].name",
    }
    assert ["page 1", "it is not UTF-8; it is read as Windows-1252", False] in run.problems
    assert Service.objects.get(source_id="s0").name == "Café £5"


def test_a_shallow_list_is_filled_in_service_by_service_and_a_night_without_details_empties_nothing(hub: MadeHub) -> None:
    feed = add(hub)
    outlines = [{"id": f"s{number}", "name": f"Service s{number}", "description": "Walks"} for number in range(3)]
    details = {f"/services/s{number}": answers(service(f"s{number}")) for number in range(3)}
    whole = read(feed, {"/services?": answers(page(*outlines)), **details})
    assert (counts(whole), whole.trouble) == ((3, 0, 0, 0), "")
    assert Service.objects.get(source_id="s1").phones == [["01632 960123", ""]]
    waited: list[float] = []
    busy = {"/services/s1": says("503 Busy", b"", Retry_After="7"), "/services/s2": GONE}
    some = read(feed, {"/services?": answers(page(*outlines)), **details, **busy}, waited=waited)
    assert (counts(some), some.trouble) == ((0, 0, 1, 2), "cut_off")
    assert [why for _place, why, is_row in some.problems if is_row] == [ONLY_IN_PART] * 2
    assert 7.0 in waited
    none = read(feed, {"/services?": answers(page(*outlines, {"id": "s9", "name": "New"}, total=4))})
    assert (counts(none), none.trouble) == ((1, 0, 0, 3), "cut_off")
    assert Service.objects.get(source_id="s1").phones == [["01632 960123", ""]]


def test_a_feed_that_never_gives_details_is_taken_by_its_list_alone(hub: MadeHub) -> None:
    feed = add(hub)
    known = {"/services?": answers(page(*({"id": f"s{number}", "name": "Walks"} for number in range(9))))}
    assert [(counts(run), run.trouble) for run in (read(feed, known), read(feed, known))] == [
        ((9, 0, 0, 0), ""),
        ((0, 0, 9, 0), ""),
    ]


FIRST_VERSION = {
    "id": "v1",
    "name": "Parents in Pelham",
    "eligibilitys": [{"eligibility": "Parents", "minimum_age": 18, "maximum_age": 99}, {"eligibility": "Carers", "minimum_age": 16, "maximum_age": 99}],
    "regular_schedules": [{"opens_at": "09:00", "closes_at": "10:00", "weekday": 2}],
    "service_taxonomys": [{"id": "1", "taxonomy": {"id": "x", "name": "Bereavement"}}, {"taxonomy": None}],
    "contacts": [{"id": "c", "name": "Desk", "phones": [{"number": "01632 960124"}]}],
    "service_at_locations": [
        {
            "location": {
                "name": "Hall",
                "physical_addresses": [{"address_1": "1 Made-up Street", "postal_code": "ZZ1 1ZZ"}],
                "accessibility_for_disabilities": [{"accessibility": "No step"}],
            }
        }
    ],
}  # fmt: skip


def test_the_first_version_says_the_same_in_other_places(hub: MadeHub) -> None:
    [entry] = read_services([Row("content[0]", FIRST_VERSION)], source="x")
    assert isinstance(entry, ServiceEntry)
    assert (entry.age_from, entry.age_to, entry.for_whom, entry.when_next) == (16, 99, "Parents; Carers", "Tue 09:00 to 10:00")
    assert (entry.phones, entry.accessibility, entry.locations[0].postcode) == ((("01632 960124", "Desk"),), "No step", "ZZ1 1ZZ")
    assert "grief" in entry.needs
    feed = add(hub, kind="v1")
    first = {"totalElements": 2, "totalPages": 2, "number": 1, "last": False, "content": [FIRST_VERSION]}
    last = {"totalElements": 2, "totalPages": 2, "number": 2, "last": True, "content": [{**FIRST_VERSION, "id": "v2"}]}
    run = read(feed, {"/services?page=1&perPage=": answers(first), "/services?page=2&perPage=": answers(last)})
    assert (counts(run), run.trouble, run.said) == ((2, 0, 0, 0), "", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_is_read_by_its_columns_and_those_that_nothing_is_taken_from_are_named(hub: MadeHub, encoding: str) -> None:
    columns = (("Service", "name"), ("Line 1", "address"), ("Town", "address"), ("Tel", "phone"), ("Gone", "cost"))
    feed = add(hub, kind="csv", columns=columns)
    table = "Service,Line 1,Town,Tel,Notes\r\nCaffi Café,1 Made-up Street,Kelpstead,01632 960123,x\r\n,,,,no name\r\nShort,1\r\n"
    run = read(feed, {"/": says(body=table.encode(encoding), Content_Type="text/csv")})
    assert (counts(run), run.read, run.trouble) == ((1, 0, 0, 2), 3, "")
    one = Service.objects.get(source="Shire")
    assert (one.name, one.locations.get().address, one.licence) == (
        "Caffi Café",
        "1 Made-up Street, Kelpstead",
        "Open Government Licence v3.0",
    )
    said = {place: why for place, why, _is_row in run.problems}
    assert said["line 3"] == "a service needs a name" and "2 cells" in said["line 4"]
    assert {why for place, why, _is_row in run.problems if place == "line 1"} == {
        "nothing is taken from the column Notes",
        "there is no column Gone",
    }
    other = read(feed, {"/": says(body=b"Name,Tel\r\nx,y\r\n")})
    assert (other.trouble, Service.objects.filter(source="Shire").count()) == ("not_a_feed", 1)


@pytest.mark.both_databases
def test_our_own_word_in_a_field_stays_until_the_feed_says_something_new_there(hub: MadeHub) -> None:
    feed = add(hub)
    read(feed, {"/": answers(page(service("s0", email="old@shire.example")))})
    one = Service.objects.get(source_id="s0")
    one.phones, one.said_by = [["01632 960999", "Now"]], [*one.said_by, ["hub", "2026-11-01", ["phones"]]]
    one.confirmed_at = now()
    one.save()
    read(feed, {"/": answers(page(service("s0", email="new@shire.example")))})
    one.refresh_from_db()
    assert (one.phones, one.email) == ([["01632 960999", "Now"]], "new@shire.example")
    assert (who_said(one.said_by, "phones"), who_said(one.said_by, "email")[0]) == (("hub", "2026-11-01"), "Shire")
    newer = service("s0", email="new@shire.example", phones=[{"number": "01632 960777"}])
    run = read(feed, {"/": answers(page(newer))})
    one.refresh_from_db()
    assert (counts(run), one.phones, one.confirmed_at) == ((0, 1, 0, 0), [["01632 960777", ""]], None)
    assert who_said(one.said_by, "phones")[0] == "Shire"
    assert one.search_words.filter(word__word="s0").count() == 1


@pytest.mark.both_databases
@pytest.mark.hazard("H07")
def test_what_sounds_like_a_refuge_comes_in_without_its_place_until_somebody_says_that_it_is_none(hub: MadeHub) -> None:
    """Shown to fail: without `_in_doubt_without_where` for what is new, and for what changed; without the print taken away in `say_refuge`."""
    hub.take_on("hatty", "Hatty Pretend", "trust", "hub_lead")
    lead = hub.actor("hatty", now())
    place = [{"location": {"addresses": [{"address_1": "99 Canary Street", "postal_code": "ZZ1 1ZZ"}]}}]
    feed = add(hub)

    def night(**more: Any) -> ImportRun:
        refuge = service("s0", **{"name": "Lloches Merched", "description": "At ZZ1 1ZZ.", "service_at_locations": place, **more})
        return read(feed, {"/": answers(page(refuge, service("s1", description="A safe place.", service_at_locations=place)))})

    run = night()
    refuge, other = Service.objects.order_by("source_id")
    assert [one.locations.count() for one in (refuge, other)] == [0, 1] and "ZZ1" not in refuge.description
    [[_place, reason, _is_row]] = run.problems
    assert "sounds like a refuge" in reason
    assert perhaps_refuges(lead) == [refuge]
    assert counts(night()) == (0, 0, 2, 0)
    Service.objects.update(row_print="")
    assert counts(night()) == (0, 0, 2, 0), "it is the same also when each row is read again"
    night(email="new@shire.example")
    refuge.refresh_from_db()
    assert refuge.email == "new@shire.example" and not refuge.locations.exists()
    holding = SearchWord.objects.filter(word__word=stem("canary")).values_list("service_id", flat=True)
    assert list(holding) == [other.pk]
    say_refuge(actor=lead, at=now(), service_id=refuge.public_id, is_refuge=False)
    assert perhaps_refuges(lead) == []
    assert counts(night(email="new@shire.example")) == (0, 1, 1, 0)
    assert [one.address for one in refuge.locations.all()] == ["99 Canary Street"]
    say_refuge(actor=lead, at=now(), service_id=refuge.public_id, is_refuge=True)
    night(email="newer@shire.example")
    assert not refuge.locations.exists() and perhaps_refuges(lead) == []
    # Said by mistake and taken back before the feed is read again: where it is comes back with the feed.
    for is_refuge in (True, False):
        say_refuge(actor=lead, at=now(), service_id=other.public_id, is_refuge=is_refuge)
    assert not other.locations.exists()
    night(email="newer@shire.example")
    assert [one.address for one in other.locations.all()] == ["99 Canary Street"]


def test_what_a_service_keeps_a_refuge_and_rules_said_here_stand_whatever_the_feed_says(hub: MadeHub) -> None:
    place = [{"location": {"addresses": [{"address_1": "1 Made-up Street", "postal_code": "ZZ1 1ZZ"}]}}]
    feed = add(hub)
    read(feed, {"/": answers(page(*(service(f"s{one}", description="Old", service_at_locations=place) for one in range(4))))})
    kept, refuge, ruled, linked = Service.objects.order_by("source_id")
    Service.objects.filter(pk=kept.pk).update(description="Ours", kept_at=now())
    say_refuge(actor=hub.system, at=now(), service_id=refuge.public_id, is_refuge=True)
    Service.objects.filter(pk=ruled.pk).update(age_from=18, rules_said_at=now())
    Service.objects.filter(pk=linked.pk).update(link_asked_at=now(), link_found="gone")
    moved = [{"location": {"addresses": [{"address_1": "2 Made-up Street", "postal_code": "ZZ2 2ZZ"}]}}]
    how = {
        "description": "Online sessions, at ZZ2 2ZZ",
        "service_at_locations": moved,
        "minimum_age": 11,
        "url": "https://s.example/",
    }
    run = read(
        feed,
        {"/": answers(page(service("s0", **{**how, "status": "defunct"}), *(service(f"s{one}", **how) for one in (1, 2, 3))))},
    )
    kept, refuge, ruled, linked = Service.objects.order_by("source_id")
    assert counts(run) == (0, 3, 1, 0)
    assert (kept.description, kept.url, kept.closed_at is not None) == ("Ours", "", True)
    assert [one.postcode for one in kept.locations.all()] == ["ZZ1 1ZZ"]
    assert "Online" in refuge.description and "ZZ2" not in refuge.description and not refuge.locations.exists()
    assert (ruled.age_from, ruled.description) == (18, how["description"])
    assert "ages" not in ruled.said_by[-1][2] and "ages" in linked.said_by[-1][2]
    assert (linked.age_from, linked.url, linked.link_found, linked.link_asked_at) == (11, how["url"], "", None)
    assert linked.ways == "remote" and linked.search_words.filter(word__word__startswith="session").exists()
    counted = sorted(KnownWord.objects.filter(services__gt=0).values_list("word", "services"))
    count_words(hub.hub.pk)
    assert counted == sorted(KnownWord.objects.values_list("word", "services"))


def test_one_service_in_two_feeds_is_shown_once_and_a_human_may_part_them(hub: MadeHub) -> None:
    first, second = add(hub, "First"), add(hub, "Second")
    place = [{"location": {"addresses": [{"address_1": "1 Made-up Street", "postal_code": "ZZ1 1ZZ"}]}}]
    read(
        first,
        {
            "/": answers(
                page(
                    service("a", name="Kelpstead Carers Café", service_at_locations=place),
                    service("b", name="Kelpstead Carers Choir"),
                    service("c", name="Kelpstead Walkers", phones=[], url="https://www.walkers.example/kelp/"),
                )
            )
        },
    )
    theirs = page(
        service("x", name="Carers Café, Kelpstead"),
        service("y", name="Kelpstead Walkers group", phones=[], url="http://walkers.example/kelp"),
        service("z", name="Kelpstead Walkers", phones=[{"number": "01632 960555"}]),
        service("w", name="Debt advice"),
    )
    read(second, {"/": answers(theirs)})
    shown = {one.source_id: one.same_as.source_id if one.same_as else "" for one in Service.objects.filter(source="Second")}
    assert shown == {"x": "a", "y": "c", "z": "", "w": ""}
    names = [row.name for row in find_services(hub.public, text="Kelpstead").rows]
    assert sorted(names) == ["Kelpstead Carers Café", "Kelpstead Carers Choir", "Kelpstead Walkers", "Kelpstead Walkers"]
    twin = Service.objects.get(source_id="x")
    part_services(actor=hub.system, at=now(), service_id=twin.public_id)
    read(second, {"/": answers(json.loads(json.dumps(theirs).replace("Debt", "Debt and money")) | {"x": 1})})
    read(first, {"/": answers(page(service("a", name="Kelpstead Carers Café", description="Cake"), total=1))})
    twin.refresh_from_db()
    assert twin.same_as is None


def test_an_entry_that_its_service_keeps_is_shown_and_not_the_older_one_of_a_feed(hub: MadeHub) -> None:
    """Shown to fail: without `show_in_front` where it is kept first; without `is_kept` in the order, when the older one is read again."""
    feeds = [add(hub, name) for name in ("First", "Second", "Third")]

    def night(feed: Feed, key: str, **more: Any) -> None:
        read(feed, {"/": answers(page(service(key, name="Kelpstead Carers Café", **more)))})

    def shown() -> list[tuple[str, str]]:
        every = Service.objects.order_by("source_id")
        return [(one.source_id, one.same_as.source_id if one.same_as else "") for one in every]

    for feed, key in zip(feeds, "abc", strict=True):
        night(feed, key)
    assert shown() == [("a", ""), ("b", "a"), ("c", "a")]
    kept = Service.objects.get(source_id="b")
    stands = as_it_stands(kept)
    change_entry(actor=hub.system, at=now(), service_id=kept.public_id, said=replace(stands, description="Tea, and somebody."))
    assert shown() == [("a", "b"), ("b", ""), ("c", "b")]
    assert [row.name for row in find_services(hub.public, text="Kelpstead").rows] == ["Kelpstead Carers Café"]
    night(feeds[0], "a", description="Cake.")
    assert shown() == [("a", "b"), ("b", ""), ("c", "b")]


def test_feeds_are_read_once_a_night_again_after_a_fault_and_one_fault_keeps_back_no_other(hub: MadeHub) -> None:
    well, ill, stopped = add(hub, "Well"), add(hub, "Ill"), add(hub, "Stopped")
    with open_server(by_path({"/well/services?": answers(page(service("s0")))})) as server:
        for one in (well, ill, stopped):
            address = f"http://127.0.0.1:{server.port}/{one.name.lower()}"
            Feed.objects.filter(pk=one.pk).update(address=address)
        Feed.objects.filter(pk=stopped.pk).update(stopped_at=now())
        night = now().replace(hour=3)

        def round_at(at: Any) -> list[str]:
            before = ImportRun.objects.count()
            how = means()
            take_feeds_that_are_due(at, means=Means(how.out, how.questions, lambda: at))
            return [run.source for run in ImportRun.objects.order_by("pk")[before:]]

        assert sorted(round_at(night)) == ["Ill", "Well"]
        assert round_at(night + timedelta(minutes=30)) == []
        assert round_at(night + timedelta(hours=1)) == ["Ill"]
        assert round_at(night + timedelta(hours=2)) == []
        assert sorted(round_at(night + timedelta(days=1))) == ["Ill", "Well"]
        broken = ImportRun.objects.create(hub=hub.hub, feed=well, source="Well", at=night + timedelta(days=2))
        Feed.objects.filter(pk=well.pk).update(tried_at=broken.at)
        assert round_at(broken.at + timedelta(hours=1)) == ["Ill"]
        assert "Well" in round_at(broken.at + timedelta(hours=5))
        broken.refresh_from_db()
        assert broken.trouble == "lost"


def test_the_problems_of_old_readings_are_let_go_and_their_counts_stay(hub: MadeHub) -> None:
    feed = add(hub)
    bad = {"/services": answers(page({"id": "nameless"}))}
    old, lately = read(feed, bad), read(feed, bad)
    ImportRun.objects.filter(pk=old.pk).update(at=now() - timedelta(days=91))
    read(feed, bad)
    assert [(one.not_taken, bool(one.problems)) for one in ImportRun.objects.order_by("pk")] == [(1, False), (1, True), (1, True)]
    assert lately.problems


def test_a_feed_that_moves_is_asked_anew_and_addresses_are_taken_with_and_without_services(hub: MadeHub) -> None:
    feed = add(hub)
    Feed.objects.filter(pk=feed.pk).update(gives_details=True, tried_at=now(), failed=4)
    moved = change_feed(actor=hub.system, at=now(), feed_id=feed.public_id, said=FeedSaid("", "v1", "https://new.example/api/"))
    assert (moved.name, moved.gives_details, moved.tried_at, moved.failed) == ("Shire", False, None, 0)
    assert {base_of(f"https://f.example/api{end}") for end in ("", "/", "/services", "/services/")} == {"https://f.example/api"}


def test_published_examples_and_a_real_table_come_in_over_http_also_by_hand(
    hub: MadeHub, shared_data: Path, settings: Any
) -> None:
    examples = shared_data / "oruk" / "v3_profile" / "examples"
    key = json.loads((examples / "service_full.json").read_text())["id"]
    whole = says(body=(examples / "service_full.json").read_bytes())
    feed = add(hub)
    run = read(feed, {"/services?": says(body=(examples / "service_list.json").read_bytes()), f"/services/{key}": whole})
    assert (counts(run), Service.objects.get().locations.count() > 0) == ((1, 0, 0, 0), True)
    columns = (
        ("name", "name"),
        ("description", "description"),
        ("address", "address"),
        ("telephone", "phone"),
        ("postcode", "postcode"),
    )
    table, out = add(hub, "Trafford", "csv", columns), StringIO()
    settings.DEMO = settings.STAND_INS = True
    with open_server(says(body=(shared_data / "directories" / "trafford_mental_health_services.csv").read_bytes())) as server:
        Feed.objects.filter(pk=table.pk).update(address=f"http://127.0.0.1:{server.port}/table.csv")
        call_command("directory", "feeds", hub=hub.hub.slug, source="Trafford", stdout=out, stderr=StringIO())
    lines = out.getvalue().splitlines()
    assert lines[-1] == "Trafford: in 60, changed 0, unchanged 0, refused 0"
    assert "Trafford, line 1: nothing is taken from the column website" in lines


@pytest.mark.both_databases
def test_two_thousand_rows_take_a_fixed_number_of_statements_new_or_changed(hub: MadeHub) -> None:
    """Part 8: what a batch asks does not grow with how much of it changed."""
    feed = add(hub)

    def statements(rows: list[dict[str, Any]]) -> int:
        with CaptureQueriesContext(connection) as asked:
            run = read(feed, {"/": answers(rows)}, limits=Limits(pages=1))
        assert sum(counts(run)) == len(rows)
        # A database takes so many values at once: rows to be inserted are cut by that, and by nothing else.
        return len([one for one in asked if not re.match(r"(\S+ times: )?(INSERT|COPY)", one["sql"])])

    few = [service(f"s{number}") for number in range(3)]
    many = [service(f"s{number}") for number in range(30)]
    statements(few)
    one_changed = statements([service("s0", name="Other"), *few[1:]])
    three_changed = statements([service(row["id"], name="Else") for row in few])
    statements(many)
    thirty_changed = statements([service(row["id"], name="Last") for row in many])
    assert one_changed == three_changed == thirty_changed
