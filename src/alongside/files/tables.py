"""Rows as CSV and as a spreadsheet, in which nothing can be taken for a formula and nothing says who made it.

Source: OWASP, CSV Injection; trust.md C19, P11.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Value = str | int | None
DANGEROUS = "=+-@\t\r\n＝＋－＠"
"""How a cell begins that a spreadsheet may take for a formula; the wide forms too, which some turn into the plain ones."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767
"""Letters that a cell of a spreadsheet holds."""
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


class CellTooLong(ValueError):
    """A programming error: a text that a spreadsheet would cut, so that something would be lost without a word."""


def harmless(value: Value) -> str | int:
    """Give a value as a cell that is a text or a number and nothing else."""
    if isinstance(value, int):
        return int(value)
    text = _CONTROL.sub("", value or "")
    return f"'{text}" if text.lstrip(" \u00a0\ufeff\u200b")[:1] in tuple(DANGEROUS) else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Write rows as CSV: UTF-8 with its mark (so that a spreadsheet reads ŵ and ŷ), every cell quoted."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in (head, *rows):
        writer.writerow([harmless(value) for value in row])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Write rows as a spreadsheet of one sheet: every cell a text or a number.

    Refuses:  CellTooLong; a text is never cut.
    """
    cells = [[harmless(value) for value in row] for row in (head, *rows)]
    if any(isinstance(value, str) and len(value) > LONGEST for row in cells for value in row):
        raise CellTooLong
    book = Workbook(write_only=True)
    sheet = book.create_sheet("1")
    for row in cells:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return _nobody_made_it(out.getvalue())


def _cell(sheet: Any, value: str | int) -> Any:
    cell = WriteOnlyCell(sheet)
    cell.value = value
    cell.data_type = "s" if isinstance(value, str) else "n"
    return cell


def _nobody_made_it(content: bytes) -> bytes:
    """Take out who made it, with what and when: the same rows give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as clean:
        for name in made.namelist():
            told = {"docProps/core.xml": _CORE, "docProps/app.xml": _APP}.get(name)
            clean.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), told or made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
