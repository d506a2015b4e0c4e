"""One place in a received message: its value, its FHIRPath, and ways to look further that never fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from alongside.vocabulary.text import clean

LONGEST_TEXT = 20_000
"""What is taken out of one field; the whole of it stays in the received text."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it stands. Looking for what is not there gives an empty place."""

    value: Any
    path: str

    def __getitem__(self, name: str) -> Node:
        """Look one step down; `_name` is taken where a sender wrote it instead of `name`."""
        if not isinstance(self.value, dict):
            return Node(None, f"{self.path}.{name}")
        value = self.value.get(name)
        if value is None and isinstance(self.value.get(f"_{name}"), str):
            value = self.value[f"_{name}"]
        return Node(value, f"{self.path}.{name}")

    def each(self, name: str) -> Iterator[Node]:
        """Look at every repetition; one that stands without its list is taken as a list of one."""
        inner = self[name]
        if isinstance(inner.value, list):
            for place, value in enumerate(inner.value):
                yield Node(value, f"{inner.path}[{place}]")
        elif inner.value is not None:
            yield inner

    def first(self, name: str) -> Node:
        """Look at the first repetition."""
        return next(self.each(name), Node(None, f"{self.path}.{name}[0]"))

    @property
    def text(self) -> str:
        """Give the words, without control characters and leading spaces; nothing for what is no text."""
        if isinstance(self.value, str):
            return clean(self.value[:LONGEST_TEXT])
        if isinstance(self.value, (int, float)) and not isinstance(self.value, bool):
            return str(self.value)
        return ""

    @property
    def is_true(self) -> bool:
        return self.value is True

    @property
    def is_there(self) -> bool:
        return self.value not in (None, "", [], {})

    @property
    def resource_type(self) -> str:
        return self["resourceType"].text

    def coding_in(self, system_end: str) -> Node:
        """Find the coding of a CodeableConcept whose system ends so (publishers vary http, https and letter case)."""
        for coding in self.each("coding"):
            if coding["system"].text.casefold().rstrip("/").endswith(system_end.casefold()):
                return coding
        return Node(None, f"{self.path}.coding[0]")

    @property
    def words(self) -> str:
        """Say a CodeableConcept: its own text, else what its first coding shows, else the bare code."""
        shown = [coding["display"].text or coding["code"].text for coding in self.each("coding")]
        displayed = next((words for words in shown if words), "")
        text = self["text"].text
        return f"{text}: {displayed}" if text and displayed and displayed not in text else text or displayed

    @property
    def reference_key(self) -> str:
        """Give what two references to the same thing have in common: urn:uuid:X, Patient/X and :uuid:X are all X."""
        return last_part(self["reference"].text)


def last_part(address: str) -> str:
    """Give the last part of an address, the way it is looked up."""
    return address.strip().rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1].casefold()
