"""Directories that others publish: real ones come in whole, faulty ones say why and lose nothing (E21, A28)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from alongside.exchange.open_referral.reading import CannotRead, json_of, rows_of
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.journey.directory.models import ImportRun, Service
from alongside.vocabulary.service_entry import BadRow, ServiceEntry
from tests.support.hub import open_hub

SERVICE: dict[str, Any] = {"id": "s1", "name": "Walk and talk", "status": "active", "description": "For people who feel lonely."}


def entries(data: Any) -> list[ServiceEntry | BadRow]:
    return list(read_services(data, source="feed"))


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_published_example_of_a_service_is_read_whole(shared_data: Path) -> None:
    example = shared_data / "oruk" / "v3_profile" / "examples" / "service_full.json"
    [entry] = entries(json_of(example))
    published = json.loads(example.read_text())
    assert isinstance(entry, ServiceEntry)
    assert (entry.source_id, entry.name, entry.organisation) == (
        published["id"],
        published["name"],
        published["organization"]["name"],
    )
    assert entry.locations and entry.description


@pytest.mark.parametrize("folder", ["v3_profile/examples", "v3_validator_mocks/V3.0-UK-Default"])
def test_every_published_page_of_services_is_read_or_named(shared_data: Path, folder: str) -> None:
    for name in ("service_list.json", "service_full.json"):
        found = entries(json_of(shared_data / "oruk" / folder / name))
        assert found, name
        assert all(isinstance(one, ServiceEntry) for one in found), (name, found)


def test_the_real_list_of_sixty_services_comes_in_whole(shared_data: Path) -> None:
    path = shared_data / "directories" / "trafford_mental_health_services.csv"
    found = list(read_table(path, read_mapping(mapping_for(path))))
    assert len(found) == 60
    assert all(isinstance(one, ServiceEntry) for one in found)
    assert sum(1 for one in found if isinstance(one, ServiceEntry) and one.needs) >= 50


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"id": "x"}, "[0].name"),
        ({"name": "No id"}, "[0].id"),
        ("not an object", "[0]"),
        ({**SERVICE, "phones": [{"number": "0900 123 4567"}]}, "[0].phones"),
        ({**SERVICE, "phones": [{"number": "+44 70 1234 5678"}]}, "[0].phones"),
    ],
)
def test_a_bad_row_is_named_with_its_place(row: Any, place: str) -> None:
    [found] = entries([row])
    assert isinstance(found, BadRow)
    assert found.place == place


def test_markup_goes_and_no_address_can_run_anything() -> None:
    [entry] = entries([{**SERVICE, "description": "<script>alert(1)</script>Come &amp; see\u202e", "url": "javascript:alert(1)"}])
    assert isinstance(entry, ServiceEntry)
    assert entry.description == "alert(1) Come & see"
    assert entry.url == ""


@pytest.mark.parametrize("data", [{}, {"error": "no"}, 7, None, "text"])
def test_something_else_than_a_directory_says_so(data: Any) -> None:
    with pytest.raises(NotADirectory):
        entries(data)


@pytest.mark.parametrize(
    ("name", "text"),
    [("cut.json", '[{"id": "s1", "name": "Wal'), ("not.json", "<html>"), ("empty.json", ""), ("deep.json", "[" * 100_000)],
)
def test_a_feed_that_is_cut_off_or_not_json_says_where(tmp_path: Path, name: str, text: str) -> None:
    with pytest.raises(CannotRead) as refused:
        json_of(write(tmp_path, name, text))
    assert name in str(refused.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_that_feeds_come_in_is_read(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "feed.json", json.dumps([{**SERVICE, "name": "Café £5"}], ensure_ascii=False).encode(encoding))
    [entry] = entries(json_of(path))
    assert isinstance(entry, ServiceEntry)
    assert entry.name == "Café £5"
    table = write(tmp_path, "table.csv", "name,postcode\r\nCafé £5,SA1 1AA\r\n".encode(encoding))
    assert [cells["name"] for _line, cells, _problem in rows_of(table)] == ["Café £5"]


def test_a_million_rows_are_read_one_by_one(tmp_path: Path) -> None:
    """In bounded memory: the reader is asked for ten rows and has read no more of the file than it needed."""
    path = tmp_path / "long.csv"
    with path.open("w") as file:
        file.write("name,postcode\n")
        file.writelines("A service,SA1 1AA\n" for _row in range(1_000_000))
    rows: Iterator[Any] = rows_of(path)
    assert [next(rows)[0] for _row in range(10)] == list(range(2, 12))


def test_a_field_of_fifty_megabytes_is_one_bad_row_and_the_rest_comes_in(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text('name,postcode\n"' + "x" * 50_000_000 + '",SA1 1AA\nA service,SA1 1AA\n')
    found = list(rows_of(path))
    assert any("cannot be read" in problem for _line, _cells, problem in found)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_importing_twice_changes_nothing_and_a_short_feed_removes_nothing(tmp_path: Path) -> None:
    made = open_hub()
    whole = [{**SERVICE, "id": f"s{number}", "name": f"Service {number}"} for number in range(5)]

    def take(rows: list[Any]) -> str:
        out = StringIO()
        call_command("directory", "import", str(write(tmp_path, "feed.json", json.dumps(rows))), hub=made.hub.slug, stdout=out)
        return out.getvalue().strip().splitlines()[-1]

    assert take(whole) == "in 5, changed 0, unchanged 0, refused 0"
    assert take(whole) == "in 0, changed 0, unchanged 5, refused 0"
    assert take([{**whole[0], "name": "Service renamed"}, {"id": "bad"}]) == "in 0, changed 1, unchanged 0, refused 1"
    assert Service.objects.filter(hub=made.hub).count() == 5
    assert ImportRun.objects.filter(hub=made.hub).count() == 3


@pytest.mark.django_db
def test_a_feed_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    made = open_hub()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("directory", "import", str(write(tmp_path, "cut.json", "[{")), hub=made.hub.slug, stdout=StringIO())
    assert Service.objects.count() == 0
