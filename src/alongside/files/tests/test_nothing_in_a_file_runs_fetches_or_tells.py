"""Whatever people write goes through every kind of file: no cell is a formula, nothing is fetched, nobody is named as its maker.

Source: trust.md C19, P11. Each property was seen to fail with `harmless`, the fetcher, or the taking out of the maker removed.
"""

from __future__ import annotations

import csv
import io
import socket
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pikepdf
import pypdfium2
import pytest
from django.utils.html import escape
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from alongside.files import pdf, tables
from alongside.files.answer import KINDS, as_file
from alongside.files.calendars import Day, as_ics
from alongside.files.data import as_json
from alongside.files.pdf import FetchRefused, as_pdf
from alongside.files.tables import CellTooLong, as_csv, as_xlsx

ANYTHING = st.text(max_size=60) | st.sampled_from(
    [
        "=1+1", "+447700900123", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "a\n=1", 'a","=1', "a;=1", "=HYPERLINK(\"http://x\")",
        "<img src=http://127.0.0.1:9/x>", "<link rel=attachment href=file:///etc/passwd>", "\x00\x0b\ud800", "\u202egnp.exe", "ŵ ŷ 🙂",
    ]
)  # fmt: skip
TELLS = (b"openpyxl", b"weasyprint", b"pikepdf", b"2026-", *(f"/{place}/".encode() for place in ("tmp", "home", "root")))


@given(st.lists(st.tuples(ANYTHING, ANYTHING), max_size=6))
@example([("=1+1", "\t=1")])
def test_no_cell_of_a_csv_is_a_formula_and_none_is_lost(rows: list[tuple[str, str]]) -> None:
    found = list(csv.reader(io.StringIO(as_csv(("=a", "b"), rows).decode("utf-8-sig"), newline="")))
    assert [len(row) for row in found] == [2] * (len(rows) + 1)
    for row in found:
        for cell in row:
            assert cell.lstrip(" \u00a0\ufeff\u200b")[:1] not in tuple("=+-@\t\r\n＝＋－＠")
    for row, asked in zip(found[1:], rows, strict=True):
        assert [one.removeprefix("'") for one in row] == [tables._CONTROL.sub("", one).removeprefix("'") for one in asked]


@given(st.lists(st.tuples(ANYTHING, st.integers(-5, 5)), min_size=1, max_size=6))
@example([("=1+1", 1)])
def test_every_cell_of_a_spreadsheet_is_a_text_or_a_number(rows: list[tuple[str, int]]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(("=a", "b"), rows))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(not str(cell.value).startswith(("=", "+", "@")) for cell in cells if cell.data_type == "s")
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [many for _text, many in rows]


def test_a_text_that_a_spreadsheet_would_cut_is_an_error_and_not_a_loss() -> None:
    with pytest.raises(CellTooLong):
        as_xlsx(("a",), [("x" * 32_768,)])


@given(st.lists(st.builds(Day, st.text(max_size=60), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.just("Work")), max_size=5))
def test_a_calendar_holds_days_and_our_title_and_nothing_else(days: list[Day]) -> None:
    made = as_ics(days)
    events = Calendar.from_ical(made).walk("VEVENT")
    assert sorted(str(one["dtstart"].dt) for one in events) == sorted(str(one.on) for one in days)
    assert {str(one["summary"]) for one in events} <= {"Work"}
    assert {name for one in events for name in one} <= {"UID", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "CLASS"}
    assert all(one.key.encode() not in made for one in days if len(one.key) > 9)
    assert len(made) < 400 + 400 * len(days)


@settings(max_examples=25)
@given(ANYTHING)
@example("<img src=http://127.0.0.1:9/x>")
def test_whatever_is_written_a_pdf_fetches_nothing_and_says_it(text: str) -> None:
    words = tables._CONTROL.sub("", text)
    made = as_pdf(
        f"<html lang=en><title>Paper</title><link rel=stylesheet href='bundled:paper.css'><p>{escape(words)}</p></html>"
    )
    with pikepdf.open(io.BytesIO(made)) as opened:
        assert [str(name) for name in opened.docinfo] == ["/Title"]
        assert "/AF" not in opened.Root and "/Names" not in opened.Root and "/OpenAction" not in opened.Root
    assert not [tell for tell in TELLS if tell in made.lower()]


@pytest.mark.parametrize(
    "markup",
    [
        "<img src='http://127.0.0.1:9/x'>",
        "<img src='file:///etc/passwd'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<link rel=stylesheet href='http://127.0.0.1:9/x.css'>",
        "<link rel=stylesheet href='bundled:../paper.css'>",
        "<style>@import 'http://127.0.0.1:9/x.css';</style>",
        "<p style='background:url(http://127.0.0.1:9/x)'>x</p>",
        "<link rel=attachment href='file:///etc/passwd'>",
        "<object data='file:///etc/passwd'></object>",
    ],
)
def test_a_page_that_asks_for_anything_else_makes_no_pdf(markup: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where markup got into a page: it ends before anything is opened, at home or elsewhere."""
    opened: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *given: opened.append(given))
    with pytest.raises(FetchRefused):
        as_pdf(f"<html lang=en><title>x</title><body>{markup}</body></html>")
    assert opened == []


def test_without_the_fetcher_the_same_page_would_read_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "OnlyBundled", lambda: None)
    as_pdf("<html lang=en><title>x</title><body><img src='file:///etc/hostname'></body></html>")


def test_a_pdf_says_its_words_in_either_language() -> None:
    made = as_pdf("<html lang=cy><title>Papur</title><p>Tŷ ŵyr, hiraeth</p></html>")
    assert "Tŷ ŵyr, hiraeth" in pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()


def test_a_spreadsheet_says_neither_who_made_it_nor_when() -> None:
    made = as_xlsx(("a",), [("b",)])
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        said = b"".join(opened.read(name) for name in opened.namelist()).lower()
        assert {one.date_time for one in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [tell for tell in TELLS if tell in said]
    assert made == as_xlsx(("a",), [("b",)])


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_an_attachment_that_no_browser_opens_or_keeps(kind: str) -> None:
    answer = as_file(b"x", name="my-list", kind=kind)
    assert answer["Content-Disposition"] == f'attachment; filename="my-list.{kind}"'
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert "sandbox" in answer["Content-Security-Policy"] and "default-src 'none'" in answer["Content-Security-Policy"]


@given(st.text(max_size=40))
def test_no_typed_text_becomes_the_name_of_a_file(name: str) -> None:
    """Headers: a name is one of ours or there is no file."""
    if not set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") or not name:
        with pytest.raises(ValueError, match="one of ours"):
            as_file(b"x", name=name, kind="csv")


@given(st.dictionaries(ANYTHING.filter(lambda text: "\ud800" not in text), st.integers() | st.none(), max_size=4))
def test_data_is_read_back_as_it_was(value: dict[str, Any]) -> None:
    import json

    assert json.loads(as_json(value)) == value
