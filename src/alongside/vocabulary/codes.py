"""Code lists: a short code, the plain words in English and Welsh, and where the list comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of a code list; `cy` is to be checked by a speaker until `cy_checked` is true."""

    code: str
    en: str
    cy: str
    national: str = ""
    """The national code for the same thing, where a standard gives one."""
    colour: str = ""
    """The NHS tag colour; a tag always shows its words as well."""
    note: str = ""
    cy_checked: bool = False

    def words(self, language: str) -> str:
        """Give the plain words in the language asked for ("cy", or anything else for English)."""
        return self.cy if language.startswith("cy") else self.en


class CodeList(Mapping[str, Code]):
    """An ordered, closed list of codes with the source it was taken from."""

    def __init__(self, name: str, source: str, *codes: Code) -> None:
        self.name = name
        self.source = source
        self._codes = {code.code: code for code in codes}
        if len(self._codes) != len(codes):
            raise ValueError(f"A code stands twice in the list {name!r}.")

    def __getitem__(self, code: str) -> Code:
        return self._codes[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __repr__(self) -> str:
        return f"CodeList({self.name!r}, {len(self)} codes)"

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Give (code, words) pairs in the order of the list."""
        return [(code.code, code.words(language)) for code in self._codes.values()]

    def words(self, code: str, language: str) -> str:
        """Give the words of one code; an unknown code is shown as it was received."""
        found = self._codes.get(code)
        return found.words(language) if found else code
