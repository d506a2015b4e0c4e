"""Every row of a feed becomes an entry or a fault with its place; what cannot be read says so (E21, part 28)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from alongside.exchange.open_referral.reading import LONGEST_FIELD, CannotRead, json_of
from alongside.exchange.open_referral.services import NotADirectory, read_services
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.vocabulary.service_entry import BadRow, ServiceEntry


def _service(**more: Any) -> dict[str, Any]:
    return {"id": "s1", "name": "Allotment", "status": "active", "organization": {"name": "Green Charity"}, **more}


def _read(*rows: Any) -> list[ServiceEntry | BadRow]:
    return list(read_services({"contents": list(rows)}, source="test"))


def _table(tmp_path: Path, content: bytes) -> list[ServiceEntry | BadRow]:
    file = tmp_path / "trafford_mental_health_services.csv"
    file.write_bytes(content)
    return list(read_table(file, read_mapping(mapping_for(file))))


@pytest.mark.parametrize(("name", "rows"), [("trafford_mental_health_services", 60), ("gm_food_banks", 171)])
def test_every_row_of_a_real_table_becomes_an_entry(shared_data: Path, name: str, rows: int) -> None:
    file = shared_data / "directories" / f"{name}.csv"
    read = list(read_table(file, read_mapping(mapping_for(file))))
    assert (len(read), [one for one in read if isinstance(one, BadRow)]) == (rows, [])


@pytest.mark.parametrize("name", ["service_full", "service_list"])
def test_published_examples_of_services_are_read(shared_data: Path, name: str) -> None:
    for folder in ("v3_profile/examples", "v3_validator_mocks/V3.0-UK-Default"):
        data = json_of(shared_data / "oruk" / folder / f"{name}.json")
        assert [type(one) for one in read_services(data, source="test")] == [ServiceEntry]


@pytest.mark.parametrize("name", ["organization_list", "taxonomy_list", "taxonomy_term_list", "service_at_location_list"])
def test_organisations_and_taxonomies_do_not_become_services(shared_data: Path, name: str) -> None:
    data = json_of(shared_data / "oruk" / "v3_validator_mocks" / "V3.0-UK-Default" / f"{name}.json")
    read = list(read_services(data, source="test"))
    assert read
    assert {type(one) for one in read} == {BadRow}


@pytest.mark.parametrize("name", ["taxonomy", "taxonomy_term", "api_details"])
def test_a_document_that_is_no_service_is_not_taken(shared_data: Path, name: str) -> None:
    data = json_of(shared_data / "oruk" / "v3_validator_mocks" / "V3.0-UK-Default" / f"{name}.json")
    with pytest.raises(NotADirectory):
        list(read_services(data, source="test"))


def test_a_bad_row_says_where_and_why_and_its_neighbours_are_taken() -> None:
    read = _read(_service(), "words", _service(name=" "), _service(id=""), _service(phones=[{"number": "070 1234 5678"}]))
    assert [type(one) for one in read] == [ServiceEntry, BadRow, BadRow, BadRow, BadRow]
    places = [one.place for one in read if isinstance(one, BadRow)]
    assert places == ["contents[1]", "contents[2].name", "contents[3].id", "contents[4].phones"]


def test_markup_control_characters_and_unsafe_addresses_are_left_behind() -> None:
    (entry,) = _read(_service(name="<b>Dig</b>\x00 &amp; grow", url="javascript:alert(1)", description="=1+1"))
    assert isinstance(entry, ServiceEntry)
    assert (entry.name, entry.url, entry.description) == ("Dig & grow", "", "=1+1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_file_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    (row,) = _table(tmp_path, "name,postcode\nCafé Caffi,M4 4DE\n".encode(encoding))
    assert isinstance(row, ServiceEntry)
    assert row.name == "Café Caffi"
    file = tmp_path / "feed.json"
    file.write_bytes(json.dumps(_service(name="Café"), ensure_ascii=False).encode(encoding))
    assert json_of(file)["name"] == "Café"


@pytest.mark.parametrize("text", ["", "  \n", "<html>", '{"contents": [{"id": "1", "na', "[" * 200_000])
def test_a_feed_that_is_cut_off_or_is_not_json_says_so(tmp_path: Path, text: str) -> None:
    file = tmp_path / "feed.json"
    file.write_text(text)
    with pytest.raises(CannotRead):
        json_of(file)


@pytest.mark.parametrize("data", [None, 7, "words", {}, {"contents": "words"}])
def test_another_shape_is_not_a_directory(data: Any) -> None:
    with pytest.raises(NotADirectory):
        list(read_services(data, source="test"))


def test_a_field_too_long_is_reported_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    long = b"x" * (LONGEST_FIELD + 1)
    rows = _table(tmp_path, b"name,postcode\nFirst,M4 4DE\n" + long + b",M4\nLast,M4 4DE\nLast,M4 4DE\n")
    assert [one.name if isinstance(one, ServiceEntry) else one.place for one in rows] == ["First", "line 3", "Last", "line 5"]
