"""One command for every file of places: it sees by the heading which one it has, accounts for every row, and replaces as a whole."""

from __future__ import annotations

import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from alongside.exchange.tests.postcode_files import (
    AUGUST_2026,
    FEBRUARY_2008,
    FEBRUARY_2023,
    MADE,
    MAY_2025,
    code_point,
    code_point_zip,
    ons,
    whole_country,
)
from alongside.journal.models import Entry
from alongside.journey.directory.models import Place, Postcode, PostcodeFile
from alongside.vocabulary.distance import miles_between

pytestmark = pytest.mark.django_db


def places(path: Path, **options: object) -> list[str]:
    out = StringIO()
    call_command("directory", "places", str(path), stdout=out, stderr=StringIO(), **options)
    return out.getvalue().strip().splitlines()


def written(folder: Path, content: bytes, name: str = "ONSPD_MAY_2025_UK.csv") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def standing() -> dict[str, tuple[float, float, bool]]:
    found = Postcode.objects.filter(code__startswith="SA1").values_list("code", "latitude", "longitude", "ended")
    return {code: (latitude, longitude, ended) for code, latitude, longitude, ended in found}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("heading", [FEBRUARY_2023, MAY_2025, AUGUST_2026, AUGUST_2026.upper()])
def test_the_directory_is_read_under_each_of_its_headings_and_every_row_is_accounted_for(
    tmp_path: Path, heading: str, mark: str
) -> None:
    said = places(written(tmp_path, ons(heading, whole_country(), mark=mark)))
    assert said[0] == "ONS Postcode Directory or National Statistics Postcode Lookup"
    assert said[1] == (
        "125 rows: 123 postcodes, of which 1 are no longer used; 0 came twice, 1 have no point, "
        "1 are of Northern Ireland and left out, 0 cannot be read"
    )
    assert standing() == {
        "SA19ZZ": (51.62, -3.94, False), "SA18ZZ": (51.64, -3.94, False), "SA17ZZ": (51.6, -3.94, True),
    } | {code: point for code, point in standing().items() if code == "SA99ZZ"}  # fmt: skip
    assert not Postcode.objects.filter(code__startswith="BT").exists()
    one = PostcodeFile.objects.get()
    assert (one.kind, one.year, one.postcodes) == ("ons", 2025, 123)
    entry = Entry.objects.filter(command="postcodes.imported").get()
    assert entry.facts == {"kind": "ons", "postcodes": 123, "placed": 0}


def test_northern_ireland_comes_in_when_it_is_asked_for(tmp_path: Path) -> None:
    places(written(tmp_path, ons(MAY_2025, whole_country())), northern_ireland=True)
    assert Postcode.objects.filter(code="BT19ZZ").exists()


def test_the_zip_is_read_as_it_was_fetched_and_nothing_in_it_twice(tmp_path: Path) -> None:
    path = tmp_path / "ONSPD_AUG_2026.zip"
    content = ons(AUGUST_2026, whole_country())
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("Data/ONSPD_AUG_2026_UK.csv", content)
        out.writestr("Data/multi_csv/ONSPD_AUG_2026_UK_SA.csv", ons(AUGUST_2026, MADE))
        out.writestr("Documents/Country names and codes UK.csv", "CTRY12CD,CTRY12NM\r\nE92000001,England\r\n")
    assert places(path)[1].startswith("125 rows: 123 postcodes, of which 1 are no longer used; 0 came twice")
    with zipfile.ZipFile(path) as zipped:
        zipped.extractall(tmp_path / "unpacked")
    Postcode.objects.all().delete()
    assert places(tmp_path / "unpacked")[1].startswith("125 rows: 123 postcodes")


def test_code_point_open_is_turned_into_latitude_and_longitude(tmp_path: Path) -> None:
    swansea = [("SA1 9ZZ", 10, 265_600, 192_900), ("SA1 8ZZ", 90, 0, 0), ("SA1 9ZZ", 10, 265_600, 192_900)]
    said = places(code_point_zip(tmp_path / "codepo_gb.zip", swansea))
    assert said[0] == "Code-Point Open"
    assert said[1] == (
        "123 rows: 121 postcodes, of which 0 are no longer used; 1 came twice, 1 have no point, "
        "0 are of Northern Ireland and left out, 0 cannot be read"
    )
    point = Postcode.objects.get(code="SA19ZZ")
    assert miles_between((point.latitude, point.longitude), (51.62, -3.94)) < 1
    assert PostcodeFile.objects.get().kind == "os"


def test_another_edition_replaces_the_one_before_as_a_whole(tmp_path: Path) -> None:
    places(written(tmp_path, ons(MAY_2025, whole_country())))
    later = [("SA1 5ZZ", "", "51.650000", "-3.940000"), *whole_country()[1:]]
    places(written(tmp_path, ons(AUGUST_2026, later), "ONSPD_AUG_2026_UK.csv"))
    assert {"SA15ZZ", "SA18ZZ"} <= set(standing()) and "SA19ZZ" not in standing()
    assert PostcodeFile.objects.get().year == 2026


WHOLE = ons(MAY_2025, whole_country())


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (WHOLE[: len(WHOLE) // 2 - 30], "cut.csv", "breaks off in line"),
        (b"\r\n".join(WHOLE.split(b"\r\n")[:70]) + b"\r\n", "cut_at_a_line.csv", "has no postcode that begins with"),
        (ons(FEBRUARY_2008, []), "NSPDF_FEB_2008.csv", "is neither a gazetteer"),
        (b"name,colour\r\nSwansea,blue\r\n", "other.csv", "is neither a gazetteer"),
        (b"PK\x03\x04 broken", "codepo_gb.zip", "breaks off, or is no zip file"),
        (WHOLE.replace(b"52.500000", b"north"), "words.csv", "of 125 rows of words.csv cannot be read"),
        (ons(MAY_2025, whole_country()[:1]), "one.csv", "has no postcode that begins with AB, AL"),
    ],
)  # fmt: skip
def test_what_is_cut_off_or_of_another_kind_changes_nothing_and_says_why(
    tmp_path: Path, content: bytes, name: str, why: str
) -> None:
    places(written(tmp_path, WHOLE))
    Place.objects.create(name="Rivermouth", folded="rivermouth", outcode="RM1", latitude=51.6, longitude=-3.9)
    before = (list(Postcode.objects.order_by("pk").values()), list(PostcodeFile.objects.values()), list(Place.objects.values()))
    with pytest.raises(CommandError, match=why) as told:
        places(written(tmp_path, content, name))
    assert str(told.value).endswith("Nothing was changed.")
    assert before == (
        list(Postcode.objects.order_by("pk").values()), list(PostcodeFile.objects.values()), list(Place.objects.values()),
    )  # fmt: skip


def test_a_zip_that_breaks_off_changes_nothing(tmp_path: Path) -> None:
    path = code_point_zip(tmp_path / "codepo_gb.zip", [])
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - 500])
    with pytest.raises(CommandError, match=r"codepo_gb.zip breaks off.* Nothing was changed"):
        places(path)
    damaged = bytearray(whole)
    damaged[40_00:40_40] = bytes(40)
    path.write_bytes(damaged)
    with pytest.raises(CommandError, match=r"damaged|cannot be read|breaks off"):
        places(path)
    assert not Postcode.objects.exists()


def test_a_much_shorter_one_is_taken_only_when_that_is_meant(tmp_path: Path) -> None:
    more = [(f"SA2 {number}Z{letter}", "", "51.6", "-3.9") for number in range(10) for letter in "ABCDEFGHIJKLMNOPQ"]
    places(written(tmp_path, ons(MAY_2025, [*whole_country(), *more])))
    with pytest.raises(CommandError, match="names 123 postcodes where 293 stand. Say --replace"):
        places(written(tmp_path, WHOLE))
    assert Postcode.objects.count() == 293
    places(written(tmp_path, WHOLE), replace=True)
    assert Postcode.objects.count() == 123
    places(written(tmp_path, code_point([("SA1 9ZZ", 10, 265_600, 192_900)]), "sa.csv"), replace=True)
    assert list(Postcode.objects.values_list("code", flat=True)) == ["SA19ZZ"]


def test_one_bad_row_among_many_is_told_and_the_rest_comes_in(tmp_path: Path) -> None:
    rows = [*whole_country(), ("SA1 4ZZ", "", "5x", "-3.9"), *whole_country()]
    assert "1 cannot be read" in places(written(tmp_path, ons(MAY_2025, rows)))[1]
