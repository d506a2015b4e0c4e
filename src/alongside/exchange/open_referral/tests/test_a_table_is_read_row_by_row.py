"""Plain tables of services, through a mapping file: real ones whole, faulty ones with line and reason (E21, part 28)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from alongside.exchange.open_referral.reading import LONGEST_FIELD, rows_of
from alongside.exchange.open_referral.tables import mapping_for, read_mapping, read_table
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read, ServiceEntry


def table(tmp_path: Path, content: bytes) -> list[Read]:
    file = tmp_path / "trafford_mental_health_services.csv"
    file.write_bytes(content)
    rows = read_table(file, read_mapping(mapping_for(file)))
    return [one for one in rows if isinstance(one, ServiceEntry) or one.place != "line 1"]  # which columns are there


@pytest.mark.parametrize(("name", "rows"), [("trafford_mental_health_services", 60), ("gm_food_banks", 171)])
def test_every_row_of_a_real_table_becomes_an_entry(shared_data: Path, name: str, rows: int) -> None:
    file = shared_data / "directories" / f"{name}.csv"
    found = list(read_table(file, read_mapping(mapping_for(file))))
    assert (len([one for one in found if isinstance(one, ServiceEntry)]), [o for o in found if isinstance(o, BadRow)]) == (
        rows,
        [],
    )


def test_the_needs_of_the_sixty_real_services_are_guessed_from_their_words(shared_data: Path) -> None:
    file = shared_data / "directories" / "trafford_mental_health_services.csv"
    found = read_table(file, read_mapping(mapping_for(file)))
    assert sum(1 for one in found if isinstance(one, ServiceEntry) and one.needs) >= 50


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_in_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    [row] = table(tmp_path, "name,postcode\r\nCafé Caffi £5,M4 4DE\r\n".encode(encoding))
    assert isinstance(row, ServiceEntry)
    assert row.name == "Café Caffi £5"


def test_a_cell_with_two_numbers_gives_both_and_a_premium_one_is_named(tmp_path: Path) -> None:
    content = b"name,postcode,telephone\nOne,M4 4DE,0161 496 0001 / 0161 496 0002\nTwo,M4 4DE,0900 123 4567\n"
    found = table(tmp_path, content)
    assert [one.phones for one in found if isinstance(one, ServiceEntry)] == [(("0161 496 0001", ""), ("0161 496 0002", "")), ()]
    assert [one.place for one in found if isinstance(one, LeftOut)] == ["line 3"]


def test_a_field_too_long_is_reported_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    long = b"x" * (LONGEST_FIELD + 1)
    rows = table(tmp_path, b"name,postcode\nFirst,M4 4DE\n" + long + b",M4\nLast,M4 4DE\n")
    assert [one.name if isinstance(one, ServiceEntry) else one.place for one in rows] == ["First", "line 3", "Last"]


def test_a_million_rows_are_read_one_by_one(tmp_path: Path) -> None:
    """The reader is asked for ten rows and has read no more of the file than it needed."""
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
    assert [cells["name"] for _line, cells, problem in found if not problem] == ["A service"]
