"""National postcode files as their publishers lay them out, with made-up contents: the second half of each postcode is 9ZZ or the like."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from alongside.vocabulary.postcode import AREAS

FEBRUARY_2023 = (
    "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward,parish,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,nhser,ctry,rgn,streg,pcon,"
    "eer,teclec,ttwa,pct,itl,statsward,oa01,casward,park,lsoa01,msoa01,ur01ind,oac01,oa11,lsoa11,msoa11,wz11,sicbl,bua11,buasd11,"
    "ru11ind,oac11,lat,long,lep1,lep2,pfa,imd,calncv,icb,oa21,lsoa21,msoa21"
)
MAY_2025 = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,ttwa,itl,park,lsoa21,"
    "msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb"
)
AUGUST_2026 = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty26cd,ced25cd,lad26cd,wd26cd,nhser24cd,ctry26cd,rgn26cd,"
    "pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl26cd,bua24cd,ruc21ind,oac21ind,lat,long,lep21cd1,lep21cd2,"
    "pfa23cd,imd25ind,icb26cd"
)
FEBRUARY_2008 = "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,osward,usertype,oseast1m,osnrth1m,osgrdind,oshlthau,hro,ctry,GENIND,pafind,gor,streg,pcon"
Made = tuple[str, str, str, str]
"""A postcode, when it ended, latitude and longitude as the file writes them."""
MADE: tuple[Made, ...] = (
    ("SA1 9ZZ", "", "51.620000", "-3.940000"),
    ("SA1 8ZZ", "", "51.640000", "-3.940000"),
    ("SA1 7ZZ", "199606", "51.600000", "-3.940000"),
    ("SA1 6ZZ", "", "99.999999", "0.000000"),
    ("BT1 9ZZ", "", "54.600000", "-5.930000"),
)


def whole_country() -> list[Made]:
    """Give one postcode for every area of Great Britain, beside those that the tests look for."""
    return [*MADE, *((f"{area}9 9ZZ", "", "52.500000", "-1.900000") for area in sorted(AREAS))]


def ons(heading: str, rows: Iterable[Made], *, mark: str = "", end: str = "\r\n") -> bytes:
    """Write the ONS Postcode Directory or Lookup under one of its headings."""
    names = heading.split(",")
    lines = [heading]
    for postcode, ended, latitude, longitude in rows:
        out, inward = postcode.split()
        said = {
            "pcd": f'"{out:<4}{inward}"', "pcd7": f'"{out:<4}{inward}"', "pcd2": f'"{out:<5}{inward}"', "pcd8": f'"{out:<5}{inward}"',
            "pcds": f'"{postcode}"', "dointr": '"198001"', "doterm": f'"{ended}"', "lat": latitude, "long": longitude,
        }  # fmt: skip
        lines.append(",".join(said.get(name.lower(), '"Ynys Môn"' if name.startswith("w") else '""') for name in names))
    return (mark + end.join(lines) + end).encode("utf-8" if mark else "latin-1")


def code_point(rows: Iterable[tuple[str, int, int, int]]) -> bytes:
    """Write one area of Code-Point Open: postcode, quality, easting, northing, and codes of areas."""
    line = '"{}",{},{},{},"W92000004","","W11000031","","W06000011","W05000992"\r\n'
    return "".join(line.format(*row) for row in rows).encode()


def code_point_zip(path: Path, swansea: Iterable[tuple[str, int, int, int]]) -> Path:
    """Write a zip as it is fetched, with its papers: every area of Great Britain, and in that of Swansea what is given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr(
            "Doc/Code-Point_Open_Column_Headers.csv", "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\nPostcode,Positional_quality_indicator\r\n"
        )
        out.writestr("Doc/licence.txt", "Made up.")
        for area in sorted(AREAS):
            rows = [(f"{area}9 9ZZ", 10, 400_000, 300_000), *(swansea if area == "SA" else ())]
            out.writestr(f"Data/CSV/{area.lower()}.csv", code_point(rows))
    return path
