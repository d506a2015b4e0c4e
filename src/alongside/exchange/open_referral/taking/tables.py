"""A feed that is a table (CSV): one answer, read by the columns that the feed says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence

from alongside.exchange.open_referral.reading import CannotRead
from alongside.exchange.open_referral.tables import Mapping, read_open_table
from alongside.exchange.open_referral.taking.asking import NoAnswer, Questions, Stopped, text_of
from alongside.exchange.open_referral.taking.pages import Fetched
from alongside.vocabulary.service_entry import BadRow, LeftOut, Read, ServiceEntry


def mapping_of(source: str, licence: str, columns: Iterable[Sequence[str]]) -> Mapping:
    """Give the mapping of a feed: it is kept by column, and read by field; several columns of one field are put together."""
    fields: dict[str, str | list[str]] = {}
    for column, what in columns:
        before = fields.get(what)
        fields[what] = column if before is None else [*([before] if isinstance(before, str) else before), column]
    return Mapping(source, licence, fields, {})


def fetch_table(address: str, mapping: Mapping, questions: Questions) -> tuple[Fetched, Iterator[Read]]:
    """Fetch a table whole. Out: what came of it, and its rows; a fault in the middle of it ends the rows and is said."""
    found = Fetched()
    try:
        text, read_as = text_of(questions.ask(address, _check))
    except Stopped as end:
        found.hear(end.trouble, LeftOut("the feed", end.words))
        return found, iter(())
    except NoAnswer as fault:
        found.hear(fault.trouble, LeftOut("the feed", fault.words))
        return found, iter(())
    if read_as:
        found.problems.append(LeftOut("the feed", f"it is not UTF-8; it is read as {read_as}"))
    return found, _rows(text, mapping, found)


def _check(body: bytes) -> None:
    if body.lstrip()[:1] == b"<":
        raise NoAnswer("a web page (or XML) is answered, and no table", 200)


def _rows(text: str, mapping: Mapping, found: Fetched) -> Iterator[Read]:
    try:
        for row in read_open_table(io.StringIO(text, newline=""), "the table", mapping):
            found.rows += isinstance(row, (ServiceEntry, BadRow))
            yield row
    except CannotRead as fault:
        found.hear("not_a_feed", LeftOut("the feed", str(fault)))
    if not found.rows:
        found.hear("empty", LeftOut("the feed", "it gave no service"))
