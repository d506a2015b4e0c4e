"""From bytes as they arrive to JSON values: limits, encodings, doubled names. Liberal where nothing can be misread."""

from __future__ import annotations

import codecs
import json
from typing import Any

from alongside.exchange.fhir.problems import Problem, UnreadableMessage

MAX_BYTES = 5 * 1024 * 1024
"""What one message may weigh, attachments included. Ours; the largest published example is 42 kB."""
MAX_DEPTH = 60
"""How deep it may be nested; the deepest published example is 14."""
MAX_DIGITS = 18
"""Longer whole numbers do not fit 64 bits."""


class TwiceNamed(dict[str, Any]):
    """A JSON object in which a name stands twice with different values."""

    names: tuple[str, ...] = ()


class _NumberTooLong(ValueError):
    pass


def decode(content: bytes | str) -> tuple[str, tuple[Problem, ...]]:
    """Turn received bytes into text: UTF-8, or with a warning UTF-16, UTF-32 or Windows-1252.

    Refuses:  UnreadableMessage when it is larger than `MAX_BYTES`.
    """
    size = len(content) if isinstance(content, bytes) else len(content.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise UnreadableMessage(too_large(size))
    if isinstance(content, str):
        return content.removeprefix("\ufeff"), ()
    content = content.removeprefix(codecs.BOM_UTF8)
    encoding = json.detect_encoding(content)
    if not encoding.startswith("utf-8"):
        try:
            return content.decode(encoding).removeprefix("\ufeff"), (_other_encoding(encoding),)
        except UnicodeDecodeError:
            pass
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        # Windows-1252 has a few bytes without a meaning; they become U+FFFD, so that a letter is lost and not a person.
        return content.decode("cp1252", "replace"), (_other_encoding("windows-1252"),)


def load(text: str) -> Any:
    """Turn text into JSON values, in which no number is too long and nothing is nested too deep.

    Counts:   a name that stands twice with the same value as once.
    Refuses:  UnreadableMessage with the line and column, when it is not JSON, cut off, too deep, or ambiguous.
    """
    if not text.strip():
        raise UnreadableMessage(Problem("$this", "required", "The message is empty.", "fatal"))
    try:
        value = json.loads(text, object_pairs_hook=_without_losing_a_name, parse_int=_bounded, parse_constant=_no_such_number)
    except json.JSONDecodeError as error:
        raise UnreadableMessage(_not_json(error, text)) from None
    except _NumberTooLong:
        words = f"A number has more than {MAX_DIGITS} digits, or is not a number that JSON knows."
        raise UnreadableMessage(Problem("$this", "value", words, "fatal")) from None
    except RecursionError:
        raise UnreadableMessage(_too_deep()) from None
    _look_through(value)
    return value


def too_large(size: int) -> Problem:
    """Say that a message is larger than we take."""
    words = f"The message has {size:,} bytes; we take up to {MAX_BYTES:,}. Please send it without its attachments."
    return Problem("$this", "too-costly", words, "fatal")


def _look_through(value: Any) -> None:
    """Walk without recursion: depth, and names that stand twice."""
    waiting: list[tuple[Any, str, int]] = [(value, "Bundle", 0)]
    while waiting:
        here, path, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise UnreadableMessage(_too_deep())
        if isinstance(here, TwiceNamed):
            place = f"{path}.{here.names[0][:60]}"
            words = "This name stands twice in one object, with different values; we cannot know which one is meant."
            raise UnreadableMessage(Problem(place, "invalid", words, "fatal"))
        if isinstance(here, dict):
            waiting.extend((inner, f"{path}.{name}", depth + 1) for name, inner in here.items())
        elif isinstance(here, list):
            waiting.extend((inner, f"{path}[{place}]", depth + 1) for place, inner in enumerate(here))


def _without_losing_a_name(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twice = sorted({name for name, value in pairs if not _same(plain[name], value)})
    if not twice:
        return plain
    marked = TwiceNamed(plain)
    marked.names = tuple(twice)
    return marked


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _bounded(digits: str) -> int:
    if len(digits.lstrip("-")) > MAX_DIGITS:
        raise _NumberTooLong
    return int(digits)


def _no_such_number(name: str) -> float:
    raise _NumberTooLong


def _other_encoding(name: str) -> Problem:
    words = f"The message is written in {name}, not UTF-8. We read it; please check names with accents."
    return Problem("$this", "value", words)


def _not_json(error: json.JSONDecodeError, text: str) -> Problem:
    is_cut_off = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
    what = "The message is cut off" if is_cut_off else "The message is not JSON"
    return Problem("$this", "invalid", f"{what}: {error.msg} at line {error.lineno}, column {error.colno}.", "fatal")


def _too_deep() -> Problem:
    return Problem("$this", "too-costly", f"The message is nested more than {MAX_DEPTH} levels deep.", "fatal")
