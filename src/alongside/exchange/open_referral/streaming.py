"""The rows of a JSON feed one by one: memory holds one row and a window of the text, however long the feed is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TextIO

from alongside.exchange.open_referral.reading import CannotRead

LISTS = ("contents", "content", "services")
"""Under these names a page of a feed keeps its rows."""
WINDOW = 1 << 18
LONGEST_ROW = 128 * 1024 * 1024
_SPACE = re.compile(r"[ \t\n\r]*")
_TOKEN = 16
"""No word of JSON is longer: a fault this near the end of the window may only be a word cut in two."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stood: where, what, and what was odd about how it was written. A lone document has no place."""

    place: str
    value: Any
    oddities: tuple[str, ...] = ()
    is_partial: bool = False
    """Its details could not be read."""
    size: int = 0
    """How long it was, in characters."""


def json_rows(file: TextIO, name: str) -> Iterator[Row]:
    """Read a list, a page that keeps its list under one of `LISTS`, or a lone document.

    Refuses: CannotRead with the line and the reason when the text is cut off, is not JSON, or is nested too deeply; the rows
    before that place have been given by then, so whoever keeps them does so in one transaction.
    """
    text = _Window(file, name)
    start = text.peek()
    if not start:
        raise CannotRead(f"{name} is empty.")
    if start == "[":
        yield from _list(text, "")
    elif start == "{":
        yield from _document(text)
    else:
        yield Row("", text.value())
    if text.peek():
        text.refuse("something stands after its end")


def json_parts(file: TextIO, name: str, *, longest: int, lists: tuple[str, ...] = LISTS[:1]) -> Iterator[Row]:
    """Read as `json_rows` does, but of a page also what it says about itself: last, without a place, with an empty list of contents.

    In:       how long one value may be, in characters; under which names a page keeps its rows.
    Refuses:  CannotRead, as `json_rows`.
    """
    text = _Window(file, name, longest=longest)
    start = text.peek()
    if not start:
        raise CannotRead(f"{name} is empty.")
    if start == "[":
        yield from _list(text, "")
    elif start == "{":
        yield from _document(text, lists=lists, beside=True)
    else:
        yield Row("", text.value(), tuple(text.oddities))
    if text.peek():
        text.refuse("something stands after its end")


def _document(text: _Window, *, lists: tuple[str, ...] = LISTS, beside: bool = False) -> Iterator[Row]:
    found, odd = False, list[str]()
    lone: dict[str, Any] = {}
    for key in _members(text):
        if key in lists and text.peek() == "[":
            found = True
            odd += text.oddities
            yield from _list(text, key)
            text.oddities.clear()
            if beside:
                lone[key] = []
        else:
            if key in lone:
                text.oddities.append(f"{key[:40]} stands twice; the last was taken")
            lone[key] = text.value()
    if not found or beside:
        yield Row("", lone, tuple(odd + text.oddities))


def _members(text: _Window) -> Iterator[str]:
    text.take("{")
    if text.peek() == "}":
        text.take("}")
        return
    while True:
        if text.peek() != '"':
            text.refuse("a name in quotes is missing")
        key = text.value()
        text.take(":")
        yield key
        if text.take(",}") == "}":
            return


def _list(text: _Window, name: str) -> Iterator[Row]:
    text.take("[")
    if text.peek() == "]":
        text.take("]")
        return
    number = 0
    while True:
        text.oddities.clear()
        value = text.value()
        yield Row(f"{name}[{number}]", value, tuple(dict.fromkeys(text.oddities)), size=text.size)
        if text.take(",]") == "]":
            return
        number += 1


@dataclass
class _Window:
    """The part of the text that is being read, and how much of it has been."""

    file: TextIO
    name: str
    text: str = ""
    at: int = 0
    line: int = 1
    column: int = 1
    is_whole: bool = False
    oddities: list[str] = field(default_factory=list)
    size: int = 0
    """How long the last value was."""
    longest: int = LONGEST_ROW

    def __post_init__(self) -> None:
        self.decode = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant).raw_decode

    def peek(self) -> str:
        """Give the next character that is no space, or nothing at the end."""
        while True:
            self.at = _SPACE.match(self.text, self.at).end()  # type: ignore[union-attr]  # it matches nothing, too
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more(WINDOW):
                return ""

    def take(self, wanted: str) -> str:
        """Go past the next character, which must be one of those wanted."""
        found = self.peek()
        if not found:
            self.refuse("it is cut off")
        if found not in wanted:
            self.refuse(f"{' or '.join(wanted)} is missing")
        self.at += 1
        return found

    def value(self) -> Any:
        """Read one value whole, making the window as long as it needs."""
        self.peek()
        size = WINDOW
        while True:
            said = len(self.oddities)
            try:
                value, end = self.decode(self.text, self.at)
            except RecursionError:
                self.refuse("it is nested too deeply to be a directory")
            except json.JSONDecodeError as fault:
                may_go_on = fault.pos >= len(self.text) - _TOKEN or fault.msg.startswith("Unterminated")
                if not may_go_on or self.is_whole:
                    self.refuse("it is cut off" if may_go_on else fault.msg, fault.pos)
            except ValueError as fault:
                self.refuse(str(fault))
            else:
                if end < len(self.text) or self.is_whole:
                    self.size, self.at = end - self.at, end
                    return value
            del self.oddities[said:]
            if len(self.text) - self.at > self.longest:
                self.refuse(f"one value is longer than {self.longest // 1024 // 1024} MB")
            self._more(size)
            size *= 2

    def refuse(self, reason: str, at: int | None = None) -> Any:
        """Stop with the place and the reason."""
        self._pass(self.at if at is None else at)
        raise CannotRead(f"{self.name} is not whole JSON at line {self.line}, column {self.column}: {reason}.")

    def _more(self, size: int) -> bool:
        self._pass(self.at)
        more = self.file.read(size)
        self.is_whole = not more
        self.text += more
        return bool(more)

    def _pass(self, end: int) -> None:
        """Let go of what has been read, and know at which line the rest begins."""
        lines = self.text.count("\n", 0, end)
        self.line += lines
        self.column = end - self.text.rfind("\n", 0, end) if lines else self.column + end
        self.text, self.at = self.text[end:], 0

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _value in pairs]
            twice = sorted({name[:40] for name in names if names.count(name) > 1})[:5] if len(names) < 1000 else []
            self.oddities.append(f"{', '.join(twice) or 'a name'} stands twice; the last was taken")
        return found

    def _constant(self, word: str) -> None:
        self.oddities.append(f"{word} is no number; it was taken as not given")
