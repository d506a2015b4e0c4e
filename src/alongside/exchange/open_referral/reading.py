"""Bytes of any encoding to text, and text to rows; a file that cannot be read says why and loses nothing."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from alongside.refusals import Invalid

LONGEST_FIELD = 1_000_000


class CannotRead(Invalid):
    code = "cannot_read"


def open_text(path: Path) -> TextIO:
    """Open a file as UTF-8 (with or without mark), UTF-16 or UTF-32, or else as Windows-1252, as real feeds are."""
    return path.open(encoding=encoding_of(path), errors="replace", newline="")


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str], str]]:
    """Read a table row by row, in bounded memory: (line, cells by heading, problem or nothing)."""
    with open_text(path) as file:
        yield from rows_in(file, path.name)


def rows_in(
    file: TextIO, name: str, heard: Callable[[list[str]], None] = lambda _heading: None
) -> Iterator[tuple[int, dict[str, str], str]]:
    """Read a table that is open, as `rows_of` does; `heard` is told the heading before the first row."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(file)
    try:
        heading = [name.strip().lstrip("\ufeff") for name in next(reader)]
    except StopIteration:
        raise CannotRead(f"{name} is empty.") from None
    except csv.Error as fault:
        raise CannotRead(f"{name} cannot be read: {fault}.") from None
    heard(heading)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            yield reader.line_num, {}, f"the row cannot be read: {fault}"
            continue
        if not any(cell.strip() for cell in cells):
            continue
        problem = "" if len(cells) == len(heading) else f"{len(cells)} cells where the heading has {len(heading)}"
        yield reader.line_num, dict(zip(heading, cells, strict=False)), problem


def encoding_of(path: Path) -> str:
    """Tell how a file is written, by its mark or its first bytes, and by whether all of it is UTF-8."""
    with path.open("rb") as file:
        found = json.detect_encoding(file.read(8))
        if not found.startswith("utf-8"):
            return found
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            while piece := file.read(1 << 20):
                decoder.decode(piece)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"
