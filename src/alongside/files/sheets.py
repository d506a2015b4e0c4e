"""A table that somebody sends, CSV or a spreadsheet: read by its own bytes as plain texts, line by line, or refused with a sentence.

A cell that would work something out is said to be one, and the file's name, its colours and whoever made it are not looked at.
Source: trust.md C20, P10; OWASP, CSV Injection; ASVS 5.0 V5.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from alongside.files.received import LARGEST
from alongside.files.tables import DANGEROUS, LONGEST
from alongside.refusals import Invalid

LINES = 5_000
COLUMNS = 60
UNPACKED = 60 * 1024 * 1024
_CARRIES = ("vba", "macrosheets", "externallinks", "embeddings", "activex", "connections.xml")
"""Parts of a spreadsheet by which it runs, fetches or carries something."""


class NotThisTable(Invalid):
    code = "not_this_table"
    message = _("Choose a table (CSV) or a spreadsheet (XLSX) of 10 MB, 5,000 lines and one sheet at most. Nothing was kept.")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number as a spreadsheet shows it, its texts, and whether a cell of it works something out."""

    number: int
    cells: tuple[str, ...]
    has_formula: bool = False


def look_into_table(content: bytes) -> list[Line]:
    """Read a table that was sent; lines without any text are left out.

    Refuses:  NotThisTable for anything that is none, is too large, runs something or fetches something.
    """
    if not content or len(content) > LARGEST:
        raise NotThisTable
    try:
        read = _sheet(content) if content.startswith(b"PK\x03\x04") else _plain(content)
        found = [one for one in read if any(cell.strip() for cell in one.cells)]
    except NotThisTable:
        raise
    except Exception as fault:  # noqa: BLE001  # whatever a made-up table breaks in the library, it is no table
        raise NotThisTable from fault
    if not found:
        raise NotThisTable
    return found


def _plain(content: bytes) -> Iterator[Line]:
    text = content.decode("utf-8-sig")
    if "\x00" in text:
        raise NotThisTable
    number = 1
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=";" if _by_semicolons(text) else ",")
    for count, row in enumerate(rows, 1):
        if count > LINES or len(row) > COLUMNS:
            raise NotThisTable
        yield Line(number, tuple(_as_written(cell) for cell in row))
        number = rows.line_num + 1


def _by_semicolons(text: str) -> bool:
    """Tell whether the first line is cut by semicolons, as some spreadsheets do."""
    first = text.partition("\n")[0]
    return first.count(";") > first.count(",")


def _sheet(content: bytes) -> Iterator[Line]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = packed.infolist()
        if len(parts) > 200 or sum(one.file_size for one in parts) > UNPACKED:
            raise NotThisTable
        if any(part in one.filename.lower() for one in parts for part in _CARRIES):
            raise NotThisTable
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    if len(book.worksheets) != 1:
        raise NotThisTable
    for count, row in enumerate(book.worksheets[0].iter_rows(), 1):
        if count > LINES or len(row) > COLUMNS:
            raise NotThisTable
        yield Line(
            count, tuple(_as_written(_text(cell)) for cell in row), any(getattr(one, "data_type", "") == "f" for one in row)
        )


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _as_written(cell: str) -> str:
    """Take off the mark that `tables.harmless` sets before what could be taken for a formula, and make line ends one kind."""
    if len(cell) > LONGEST:
        raise NotThisTable
    bare = cell[1:] if cell.startswith("'") else ""
    return (bare if bare.lstrip(" \u00a0\ufeff\u200b")[:1] in tuple(DANGEROUS) and bare.strip() else cell).replace("\r\n", "\n")
