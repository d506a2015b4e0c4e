"""A feed of any length: each row is an entry or a fault with its place, in bounded memory (E21, part 28)."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import pytest

from alongside.exchange.open_referral.reading import CannotRead, open_text
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.streaming import WINDOW, json_rows
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read, ServiceEntry
from tests.support.feed import services, write_feed

SERVICE: dict[str, Any] = {"id": "s1", "name": "Walk and talk", "status": "active", "description": "For people who feel lonely."}


def read_text(text: str | TextIO) -> list[Read]:
    return list(read_services(json_rows(StringIO(text) if isinstance(text, str) else text, "feed.json"), source="feed"))


def read_file(path: Path) -> list[Read]:
    with open_text(path) as file:
        return read_text(file)


def read(*rows: Any) -> list[Read]:
    return read_text(json.dumps({"contents": list(rows)}))


def one(**more: Any) -> ServiceEntry:
    [entry] = read({**SERVICE, **more})
    assert isinstance(entry, ServiceEntry)
    return entry


def problems(found: list[Read]) -> list[tuple[type, str]]:
    return [(type(row), row.place) for row in found if not isinstance(row, ServiceEntry)]


def test_the_published_example_of_a_service_is_read_whole(shared_data: Path) -> None:
    example = shared_data / "oruk" / "v3_profile" / "examples" / "service_full.json"
    [entry] = [row for row in read_file(example) if isinstance(row, ServiceEntry)]
    published = json.loads(example.read_text())
    assert (entry.source_id, entry.name) == (published["id"], published["name"])
    assert entry.organisation == published["organization"]["name"]
    assert entry.locations and entry.description


@pytest.mark.parametrize("folder", ["v3_profile/examples", "v3_validator_mocks/V3.0-UK-Default"])
@pytest.mark.parametrize("name", ["service_list", "service_full"])
def test_every_published_page_of_services_is_read(shared_data: Path, folder: str, name: str) -> None:
    found = read_file(shared_data / "oruk" / folder / f"{name}.json")
    assert [type(row) for row in found if not isinstance(row, LeftOut)] == [ServiceEntry]


@pytest.mark.parametrize("name", ["organization_list", "taxonomy_list", "taxonomy_term_list", "service_at_location_list"])
def test_organisations_and_taxonomies_do_not_become_services(shared_data: Path, name: str) -> None:
    found = read_file(shared_data / "oruk" / "v3_validator_mocks" / "V3.0-UK-Default" / f"{name}.json")
    assert {type(row) for row in found} == {BadRow}


@pytest.mark.parametrize("name", ["taxonomy", "taxonomy_term", "api_details"])
def test_a_published_document_that_is_no_service_is_not_taken(shared_data: Path, name: str) -> None:
    with pytest.raises(NotADirectory):
        read_file(shared_data / "oruk" / "v3_validator_mocks" / "V3.0-UK-Default" / f"{name}.json")


@pytest.mark.parametrize("text", ["null", "7", '"words"', "{}", '{"error": "no"}', '{"contents": "words"}'])
def test_something_else_than_a_directory_says_so(text: str) -> None:
    with pytest.raises(NotADirectory):
        read_text(text)


@pytest.mark.parametrize("text", ["[]", '{"contents": []}', ' {"page": 1, "services": [ ] } '])
def test_an_empty_page_is_a_directory_with_nothing_in_it(text: str) -> None:
    assert read_text(text) == []


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("words", "contents[1]"),
        (None, "contents[1]"),
        ({**SERVICE, "name": " "}, "contents[1].name"),
        ({"id": "x"}, "contents[1].name"),
        ({**SERVICE, "id": ""}, "contents[1].id"),
        ({"name": "No id"}, "contents[1].id"),
    ],
)
def test_a_bad_row_says_where_and_its_neighbours_are_taken(row: Any, place: str) -> None:
    found = read(SERVICE, row, {**SERVICE, "id": "s3"})
    assert problems(found) == [(BadRow, place)]
    assert [entry.source_id for entry in found if isinstance(entry, ServiceEntry)] == ["s1", "s3"]


@pytest.mark.parametrize("number", ["0900 123 4567", "+44 70 1234 5678", "070 1234 5678"])
def test_a_premium_number_is_left_out_and_named_and_the_service_is_taken(number: str) -> None:
    """trust.md C18."""
    found = read({**SERVICE, "phones": [{"number": number}, {"number": "01632 960123", "description": "Office"}]})
    assert problems(found) == [(LeftOut, "contents[0].phones[0]")]
    [entry] = [row for row in found if isinstance(row, ServiceEntry)]
    assert entry.phones == (("01632 960123", "Office"),)


def test_every_number_is_kept_once_wherever_it_stands_with_what_is_said_of_it() -> None:
    entry = one(
        phones=[{"number": "01632 960123", "extension": 7}, {"number": "(01632) 960123"}],
        contacts=[{"name": "Duty", "phones": [{"number": "01632 960124"}]}],
        service_at_locations=[{"location": {"name": "Hall", "phones": [{"number": "01632 960125", "description": "Hall"}]}}],
    )
    assert entry.phones == (("01632 960123 ext. 7", ""), ("01632 960124", "Duty"), ("01632 960125", "Hall"))


@pytest.mark.hazard("H18")
def test_markup_control_characters_and_unsafe_addresses_are_left_behind() -> None:
    entry = one(name="<b>Dig</b>\x00 &amp; grow", url="javascript:alert(1)", description="<script>alert(1)</script>Come\u202e")
    assert (entry.name, entry.url, entry.description) == ("Dig & grow", "", "alert(1) Come")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32"])
def test_a_feed_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "feed.json"
    path.write_bytes(json.dumps([{**SERVICE, "name": "Café £5"}], ensure_ascii=False).encode(encoding))
    [entry] = read_file(path)
    assert isinstance(entry, ServiceEntry)
    assert entry.name == "Café £5"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("  \n", "empty"),
        ("<html>", "line 1, column 1"),
        ('{"contents": [{"id": "1", "na', "cut off"),
        ('[{"id": "s1", "name": "Wal', "cut off"),
        ("[\n{},\n", "line 3, column 1: it is cut off"),
        ("[{} {}]", "line 1, column 5"),
        ('{"contents": [] 7}', "column 17"),
        ("[] []", "something stands after its end"),
        ('{"id": "s1" "name": "x"}', "column 13"),
        ("[" * 200_000, "nested too deeply"),
        ('[{"a": ' + "[" * 200_000, "nested too deeply"),
    ],
)
def test_a_feed_that_is_cut_off_or_is_not_json_says_where_and_why(text: str, says: str) -> None:
    with pytest.raises(CannotRead) as refused:
        read_text(text)
    assert str(refused.value).startswith("feed.json")
    assert says in str(refused.value)


@pytest.mark.parametrize("stop", range(1, 60, 7))
def test_a_feed_cut_anywhere_is_never_taken_for_a_whole_one(stop: int) -> None:
    text = json.dumps({"contents": [SERVICE, {**SERVICE, "id": "s2", "level": 1.5, "ok": True}]})
    with pytest.raises(CannotRead):
        read_text(text[:-stop])


@pytest.mark.parametrize("lead", [0, WINDOW - 40, WINDOW - 7, WINDOW - 1, WINDOW, WINDOW + 3])
def test_a_value_on_the_edge_of_what_is_held_at_once_is_read_whole(lead: int) -> None:
    """Numbers and words end where the next character says so: the edge of the window must never be taken for their end."""
    rows = [{**SERVICE, "minimum_age": 16, "description": "x" * lead}, {**SERVICE, "id": "s2", "maximum_age": 25}, {"id": None}]
    found = read_text(" " * lead + json.dumps(rows))
    assert [(row.age_from, row.age_to) for row in found if isinstance(row, ServiceEntry)] == [(16, None), (None, 25)]
    assert (BadRow, "[2].name") in problems(found)


def test_a_name_that_stands_twice_and_a_number_that_is_none_are_said() -> None:
    found = read_text('[{"id": "s1", "name": "Old", "name": "New", "latitude": NaN}]')
    assert [row.reason for row in found if isinstance(row, LeftOut)] == [
        "NaN is no number; it was taken as not given",
        "name stands twice; the last was taken",
    ]
    assert [row.name for row in found if isinstance(row, ServiceEntry)] == ["New"]


def test_a_field_of_fifty_megabytes_is_cut_and_said_and_the_rest_comes_in() -> None:
    found = read({**SERVICE, "description": "x" * 50_000_000}, {**SERVICE, "id": "s2"})
    assert problems(found) == [(LeftOut, "contents[0].description")]
    assert [row.source_id for row in found if isinstance(row, ServiceEntry)] == ["s1", "s2"]


def test_a_million_rows_are_read_one_by_one() -> None:
    """A feed without end: ten rows are asked for, and no more text is drawn than they need."""

    class Endless:
        drawn = 0

        def read(self, size: int) -> str:
            Endless.drawn += size
            return ("[" if Endless.drawn == size else "") + (json.dumps(SERVICE) + ",") * 1000

    rows: Iterator[Any] = json_rows(Endless(), "feed.json")  # type: ignore[arg-type]  # it is read like a file
    assert [next(rows).place for _row in range(10)] == [f"[{number}]" for number in range(10)]
    assert Endless.drawn == WINDOW


def test_memory_does_not_grow_with_the_feed(tmp_path: Path) -> None:
    def most(count: int) -> int:
        path = tmp_path / f"{count}.json"
        write_feed(path, count)
        tracemalloc.start()
        with open_text(path) as file:
            assert sum(1 for _row in json_rows(file, path.name)) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    few, many = most(500), most(4_000)
    assert many < few * 1.5


def test_the_made_up_feed_is_the_same_every_time_and_is_read_whole() -> None:
    assert list(services(20)) == list(services(20))
    assert [type(row) for row in read(*services(20))] == [ServiceEntry] * 20
