"""The national postcode files: which one a file is, by its heading, and the point of every postcode in it.

Three are read, each as its publisher gives it: unpacked, as the folder it unpacks to, or as the zip itself.

- ONS Postcode Directory and National Statistics Postcode Lookup (one CSV with a heading; `Data/ONSPD_FEB_2025_UK.csv`, or
  `Data/multi_csv/…`). Over the years the postcode has stood under pcds, pcd, pcd2, pcd7 and pcd8, its end under doterm (year and month,
  blank while it is used), its point under lat and long; 99.999999 and 0.000000 mean that it has none. The other columns, whose names
  carry the year of their areas (oslaua, laua, lad25cd), are not read. Those of 2008 and before have no lat and long.
  Source: ONS Geography, "ONS Postcode Directory: User Guide", section on the record; the headings of NSPL August 2020, May 2025 and
  August 2026 and of ONSPD February 2008 and February 2023.
- Code-Point Open (`Data/CSV/ab.csv` and so on, an area each, no heading): postcode, quality, easting, northing, country, two NHS areas,
  county, district, ward. Quality 90 means that it has no point. Source: Ordnance Survey, "Code-Point Open technical specification".
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from alongside.exchange.open_referral.reading import CannotRead
from alongside.vocabulary.national_grid import to_latitude_longitude
from alongside.vocabulary.postcode import whole
from alongside.vocabulary.postcode_points import PostcodePoints

POSTCODE = ("pcds", "pcd", "pcd7", "pcd8", "pcd2")
"""Where the postcode stands, the best first; after the first the space in it is not always there."""
SECONDS = ("multi_csv",)
"""Folders in which the same rows stand a second time."""
NORTHERN_IRELAND = "BT"
NO_POINT_QUALITY = "90"
ROWS_A_LINE = 250_000
SHOWN = 20
"""So many rows that cannot be read are told one by one."""
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass
class Counts:
    """Every row of a file is one of these."""

    taken: int = 0
    ended: int = 0
    """Of those that are taken: no longer used."""
    without_point: int = 0
    northern_ireland: int = 0
    unreadable: int = 0

    @property
    def rows(self) -> int:
        return self.taken + self.without_point + self.northern_ireland + self.unreadable


@dataclass
class NationalFile:
    """What was read: of which kind, of which year (0 when its name does not say), and its postcodes."""

    kind: str
    year: int
    points: PostcodePoints = field(default_factory=PostcodePoints)
    counts: Counts = field(default_factory=Counts)


@dataclass(frozen=True)
class _Part:
    """One CSV of a file: its name with its folders, and how it is opened."""

    name: str
    open: Callable[[], IO[bytes]]


def is_gazetteer(path: Path) -> bool:
    """Tell whether a file is a list of named places, by its heading."""
    if path.is_dir() or path.suffix.lower() == ".zip" or zipfile.is_zipfile(path):
        return False
    return {"name", "lat", "lon"} <= set(_first_row(_Part(path.name, lambda: path.open("rb"))))


def read_national(path: Path, *, tell: Callable[[str], None], northern_ireland: bool = False) -> NationalFile:
    """Read a national postcode file in bounded memory; nothing is written.

    In:       `northern_ireland` to take its postcodes as well: they come under a licence of their own.
    Out:      every row is counted once: taken, without a point, of Northern Ireland, or unreadable (those are told).
    Refuses:  CannotRead for a file that breaks off, for one of another kind, and where more than one row in a hundred is unreadable.
    """
    with _parts(path) as parts:
        kinds = [(_kind(_first_row(part)), part) for part in parts]
        kind = next((kind for kind, _part in kinds if kind), "")
        if not kind:
            raise CannotRead(
                f"{path.name} is neither a gazetteer (NAME, ZCTA5, USPS, LAT, LON), nor the ONS Postcode Directory or Lookup"
                " (pcds, doterm, lat, long), nor Code-Point Open."
            )
        found = NationalFile(kind, _year(path, [part.name for one, part in kinds if one == kind]))
        for part in _once([part for one, part in kinds if one == kind]):
            _read_part(found, part, tell=tell, northern_ireland=northern_ireland)
    if found.counts.unreadable * 100 > found.counts.rows:
        raise CannotRead(f"{found.counts.unreadable:,} of {found.counts.rows:,} rows of {path.name} cannot be read.")
    return found


@contextmanager
def _parts(path: Path) -> Iterator[list[_Part]]:
    """Give every CSV in a file, a folder or a zip."""
    if path.is_dir():
        files = sorted(one for one in path.rglob("*") if one.suffix.lower() == ".csv" and one.is_file())
        yield [_Part(one.relative_to(path).as_posix(), lambda one=one: one.open("rb")) for one in files]  # type: ignore[misc]
        return
    if not zipfile.is_zipfile(path):
        if path.suffix.lower() == ".zip":
            raise CannotRead(f"{path.name} breaks off, or is no zip file. Fetch it again.")
        yield [_Part(path.name, lambda: path.open("rb"))]
        return
    try:
        with zipfile.ZipFile(path) as zipped:
            names = sorted(one for one in zipped.namelist() if one.lower().endswith(".csv"))
            yield [_Part(one, lambda one=one: zipped.open(one)) for one in names]  # type: ignore[misc]
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        raise CannotRead(f"{path.name} breaks off, or is damaged. Fetch it again.") from None


def _once(parts: list[_Part]) -> list[_Part]:
    """Leave out what stands a second time in pieces beside the whole."""
    wholes = [part for part in parts if not any(second in part.name.lower() for second in SECONDS)]
    return wholes or parts


def _text(part: _Part) -> io.TextIOWrapper:
    """Open a part as text: what is read of it is plain letters, so its accents may be in either code."""
    return io.TextIOWrapper(part.open(), encoding="latin-1", newline="")


def _first_row(part: _Part) -> list[str]:
    with _text(part) as file:
        line = file.readline(20_000)
    try:
        return _heading(next(csv.reader([line]), []))
    except csv.Error:
        return []


def _heading(cells: list[str]) -> list[str]:
    return [cell.strip().removeprefix("ï»¿").strip('" ').lower() for cell in cells]


def _kind(first: list[str]) -> str:
    if {"lat", "long"} <= set(first) and any(name in first for name in POSTCODE):
        return "ons"
    is_a_point = len(first) >= 10 and bool(whole(first[0])) and all(cell.isdigit() for cell in first[1:4])
    return "os" if is_a_point else ""


def _year(path: Path, names: list[str]) -> int:
    years = [int(year) for name in (path.name, *names[:1]) for year in _YEAR.findall(name)]
    return years[0] if years else 0


def _read_part(found: NationalFile, part: _Part, *, tell: Callable[[str], None], northern_ireland: bool) -> None:
    counts, points = found.counts, found.points
    row_of = _of_ons if found.kind == "ons" else _of_code_point
    with _text(part) as file:
        reader = csv.reader(file)
        first = _heading(next(reader)) if found.kind == "ons" else []
        width, columns = len(first) or 10, _columns(first)
        last: list[str] = []
        seen = counts.rows
        try:
            for cells in reader:
                if not cells:
                    continue
                last, seen = cells, seen + 1
                said = row_of(cells, columns) if len(cells) >= width else None
                if said is None:
                    counts.unreadable += 1
                    if counts.unreadable <= SHOWN:
                        tell(f"{part.name}, line {reader.line_num}: this is no postcode with its point.")
                elif said[0].startswith(NORTHERN_IRELAND) and not northern_ireland:
                    counts.northern_ireland += 1
                elif said[3] is None:
                    counts.without_point += 1
                else:
                    code, ended, latitude, longitude = said
                    points.add(code, latitude, longitude, ended=ended)
                    counts.taken += 1
                    counts.ended += ended
                if seen % ROWS_A_LINE == 0:
                    tell(f"{seen:,} rows read")
        except csv.Error as fault:
            raise CannotRead(f"{part.name}, line {reader.line_num}: it cannot be read ({fault}).") from None
        if last and len(last) < width:
            raise CannotRead(f"{part.name} breaks off in line {reader.line_num}.")


_Said = tuple[str, bool, float, float] | tuple[str, bool, None, None] | None
"""A postcode, whether it is no longer used, and its point; or nothing, when a row cannot be read."""


def _columns(first: list[str]) -> tuple[list[int], int, int, int]:
    if not first:
        return [0], -1, 3, 2
    postcode = [first.index(name) for name in POSTCODE if name in first]
    return postcode, first.index("doterm") if "doterm" in first else -1, first.index("lat"), first.index("long")


def _of_ons(cells: list[str], columns: tuple[list[int], int, int, int]) -> _Said:
    names, end, north, east = columns
    code = next((code for name in names if (code := whole(cells[name]))), "")
    ended = end >= 0 and cells[end].strip().strip('"') != ""
    if not code:
        return None
    try:
        latitude, longitude = float(cells[north] or 99.999999), float(cells[east] or 0)
    except ValueError:
        return None
    if latitude > 99 or (latitude == 0 and longitude == 0):
        return code, ended, None, None
    if not (49 < latitude < 62 and -9 < longitude < 3):
        return None
    return code, ended, latitude, longitude


def _of_code_point(cells: list[str], _columns: tuple[list[int], int, int, int]) -> _Said:
    code = whole(cells[0])
    if not code or not (cells[2].strip().isdigit() and cells[3].strip().isdigit()):
        return None
    easting, northing = int(cells[2]), int(cells[3])
    if cells[1].strip() == NO_POINT_QUALITY or easting == 0 or northing == 0:
        return code, False, None, None
    if easting > 700_000 or northing > 1_300_000:
        return None
    return code, False, *to_latitude_longitude(easting, northing)
