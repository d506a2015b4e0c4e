"""Bytes of any encoding to text, and text to rows; a file that cannot be read says why and loses nothing."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alongside.refusals import Invalid

LONGEST_FIELD = 1_000_000
LARGEST_JSON = 400 * 1024 * 1024


class CannotRead(Invalid):
    code = "cannot_read"


def text_of(path: Path) -> str:
    """Read a file as UTF-8 (with or without mark), UTF-16 by its mark, or else Windows-1252, as real feeds are."""
    if path.stat().st_size > LARGEST_JSON:
        raise CannotRead(f"{path.name} is larger than {LARGEST_JSON // 1024 // 1024} MB; split it and import the parts.")
    raw = path.read_bytes()
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def json_of(path: Path) -> Any:
    """Read a file as JSON. Refuses: CannotRead with the line and the reason when it is cut off or is not JSON."""
    text = text_of(path)
    if not text.strip():
        raise CannotRead(f"{path.name} is empty.")
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise CannotRead(f"{path.name} is not whole JSON: {fault.msg} at line {fault.lineno}, column {fault.colno}.") from None
    except RecursionError:
        raise CannotRead(f"{path.name} is nested too deeply to be a directory.") from None


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str], str]]:
    """Read a table row by row, in bounded memory: (line, cells by heading, problem or nothing)."""
    encoding = _encoding_of(path)
    csv.field_size_limit(LONGEST_FIELD)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file)
        try:
            heading = [name.strip().lstrip("\ufeff") for name in next(reader)]
        except StopIteration:
            raise CannotRead(f"{path.name} is empty.") from None
        except csv.Error as fault:
            raise CannotRead(f"{path.name} cannot be read: {fault}.") from None
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


def _encoding_of(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(65536)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        try:
            while piece := file.read(1 << 20):
                decoder.decode(piece)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"
